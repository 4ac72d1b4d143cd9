//! What the program does by itself: what is overdue goes up, who waited is told, what is forgotten goes.

use super::{draft::begun_or_none, way};
use crate::{
    services::{
        notices::{NoticeWords, tell},
        people::{Failed, People},
    },
    store::{Entry, KeptApplication, Overdue},
};
use domain::{
    account::{ApplicationId, OrganisationId},
    membership::{
        ApplicationState,
        routing::{Route, above, route, to_call},
    },
    organisation::OrganisationTree,
    policy::{Action, Role},
    time::{DAY_MS, LocalTime, Millis},
};
use std::time::Duration;

/// How often it is looked.
const EVERY: Duration = Duration::from_mins(10);
/// So long an application waits for what was asked back.
const ASKED_LASTS_MS: Millis = 30 * DAY_MS;
/// A draft that nobody touched for so long is forgotten.
const DRAFTS_LAST_MS: Millis = 180 * DAY_MS;
/// So many rows at once.
const BATCH: i32 = 200;
const FIRST: ApplicationId = ApplicationId([0; 16]);

/// Moves what is overdue up, takes back what was never answered, tells whoever waited for a union, forgets what ran out; says how many of these.
///
/// # Errors
/// The database or the vault does not answer: the rest stays for the next time.
pub async fn keep(people: &People, now: Millis) -> Result<u64, Failed> {
    let mut done = escalate(people, now).await? + take_back(people, now).await? + tell_waiting(people, now).await?;
    let mut edit = people.store.edit().await?;
    done += edit.forget_preparations(now).await?;
    done += edit.forget_drafts(now - DRAFTS_LAST_MS).await?;
    edit.finish().await?;
    Ok(done)
}

/// Does so now and every ten minutes.
pub async fn keep_going(people: People, clock: fn() -> Millis) {
    let mut every = tokio::time::interval(EVERY);
    loop {
        every.tick().await;
        if let Err(error) = keep(&people, clock()).await {
            tracing::warn!(%error, "applications that wait for the program wait longer: {error}");
        }
    }
}

async fn escalate(people: &People, now: Millis) -> Result<u64, Failed> {
    let (mut done, mut after) = (0, FIRST);
    loop {
        let batch = people.store.overdue_applications(after, now, BATCH).await?;
        let Some(last) = batch.last() else { return Ok(done) };
        after = last.id;
        for one in batch {
            done += u64::from(goes_up(people, one, now).await?);
        }
    }
}

/// Where an application goes from an owner that did not decide, or is no more. Where nobody above is 已开通 it stays,
/// with a new date; what is dissolved has it taken from it even so: to the nearest that is there.
fn upwards(tree: &OrganisationTree, one: Overdue, adcode: Option<u32>, now: Millis) -> Option<(OrganisationId, Route)> {
    let way = above(tree, one.parent, now);
    if let Some(to) = way.owner() {
        return Some((to, way));
    }
    if tree.get(one.owner).is_some() {
        return Some((one.owner, way));
    }
    let nearest = way.steps.first().map(|step| step.organisation).or_else(|| to_call(tree, adcode).map(|one| one.id));
    nearest.map(|to| (to, way))
}

async fn goes_up(people: &People, one: Overdue, now: Millis) -> Result<bool, Failed> {
    let tree = people.organisations.tree();
    let mut edit = people.store.edit().await?;
    let Some(kept) = edit.application(one.id).await? else { return Ok(false) };
    let Some((to, way)) = upwards(&tree, one, kept.adcode, now) else { return Ok(false) };
    if kept.owner != Some(one.owner) || !matches!(kept.state, ApplicationState::Submitted | ApplicationState::NeedsInfo)
    {
        return Ok(false);
    }
    let due_at = way::due(people, now);
    let json = way::json(kept.route.as_deref(), &way);
    if !edit.escalate_application(one.id, one.owner, to, due_at, &json, now).await? {
        return Ok(false);
    }
    let stays = to == one.owner;
    edit.put_application_event(one.id, if stays { "overdue" } else { "escalated" }, Some(to), None, now).await?;
    let entry = Entry {
        actor: None,
        role: Role::Anonymous,
        action: Action::DecideApplication,
        object: &format!("application {} organisation {to}", one.id),
        reason: if stays {
            "到期没有答复，上级都没有开通，重新计期"
        } else {
            "到期没有答复或者工会已撤销，自动转给上级"
        },
    };
    edit.audit(&people.vault.audit_key(), &entry, now).await?;
    if let Some(subject) = kept.subject {
        let name = tree.get(to).map(|one| one.name.clone()).unwrap_or_default();
        let date = LocalTime::of(due_at).date();
        let (title, text) = if stays {
            let text =
                format!("{name}没有按时答复，上级工会还没有开通网上入会。新的期限是 {date}。也可以打 12351 催问。");
            ("入会申请还没有答复", text)
        } else {
            let text = format!("原来的工会没有按时答复，现在由{name}办理，最晚 {date} 答复你。你什么也不用做。");
            ("入会申请转给了上级工会", text)
        };
        let words = NoticeWords {
            kind: "application_escalated",
            title: title.to_owned(),
            text,
            link: Some(format!("/me/applications/{}", one.id)),
        };
        tell(people, &mut edit, subject, &words, true, now).await?;
    }
    edit.finish().await?;
    metrics::counter!("applications_escalated").increment(1);
    Ok(true)
}

async fn take_back(people: &People, now: Millis) -> Result<u64, Failed> {
    let (mut done, mut after) = (0, FIRST);
    loop {
        let batch = people.store.unanswered_applications(after, now - ASKED_LASTS_MS, BATCH).await?;
        let Some(last) = batch.last() else { return Ok(done) };
        after = *last;
        for id in batch {
            done += u64::from(taken_back(people, id, now).await?);
        }
    }
}

async fn taken_back(people: &People, id: ApplicationId, now: Millis) -> Result<bool, Failed> {
    let mut edit = people.store.edit().await?;
    let Some(kept) = edit.application(id).await? else { return Ok(false) };
    // An answer may have come meanwhile.
    if kept.state != ApplicationState::NeedsInfo || !edit.withdraw_application(id, now).await? {
        return Ok(false);
    }
    edit.put_application_event(id, "ran_out", kept.owner, None, now).await?;
    if let Some(subject) = kept.subject {
        let words = NoticeWords {
            kind: "application_ran_out",
            title: "入会申请先收回了".to_owned(),
            text: "工会请你补充材料，30 天没有等到，申请先收回。想入会随时再申请，不用等。".to_owned(),
            link: Some(format!("/me/applications/{id}")),
        };
        tell(people, &mut edit, subject, &words, true, now).await?;
    }
    edit.finish().await?;
    Ok(true)
}

async fn tell_waiting(people: &People, now: Millis) -> Result<u64, Failed> {
    let (mut done, mut after) = (0, FIRST);
    loop {
        let batch = people.store.waiting_drafts(after, BATCH).await?;
        let Some(last) = batch.last() else { return Ok(done) };
        after = last.id;
        for one in batch {
            done += u64::from(tell_one(people, &one, now).await?);
        }
    }
}

async fn tell_one(people: &People, waiting: &KeptApplication, now: Millis) -> Result<bool, Failed> {
    let Some(subject) = waiting.subject else { return Ok(false) };
    let Some(seen) = begun_or_none(people, subject).await? else { return Ok(false) };
    let tree = people.organisations.tree();
    let found = route(&tree, &way::applicant(people, &seen).await?, now);
    let Some(owner) = found.owner().and_then(|id| tree.get(id)) else { return Ok(false) };
    let mut edit = people.store.edit().await?;
    // Once: whoever is told waits no more.
    if !edit.waits_no_more(waiting.id).await? {
        return Ok(false);
    }
    let words = NoticeWords {
        kind: "joining_opened",
        title: "你那里可以网上入会了".to_owned(),
        text: format!("{}开通了网上入会。你填的都还在，看一遍就能发出去。", owner.name),
        link: Some("/join".to_owned()),
    };
    tell(people, &mut edit, subject, &words, true, now).await?;
    edit.finish().await?;
    Ok(true)
}
