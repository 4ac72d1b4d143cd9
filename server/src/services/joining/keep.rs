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
/// A draft that nobody touched for so long is forgotten.
const DRAFTS_LAST_MS: Millis = 180 * DAY_MS;
/// So many rows at once.
const BATCH: i32 = 200;
const FIRST: ApplicationId = ApplicationId([0; 16]);

/// Moves what is overdue up, tells whoever waited for a union, forgets what ran out; says how many of these.
///
/// # Errors
/// The database or the vault does not answer: the rest stays for the next time.
pub async fn keep(people: &People, now: Millis) -> Result<u64, Failed> {
    let mut done = escalate(people, now).await? + tell_waiting(people, now).await?;
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

/// Where an application goes from an owner that did not decide, or is no more. What is dissolved has it taken from it
/// also where nobody above is 已开通: to the nearest that is there.
fn upwards(tree: &OrganisationTree, one: Overdue, adcode: Option<u32>, now: Millis) -> Option<(OrganisationId, Route)> {
    let way = above(tree, one.parent, now);
    if let Some(to) = way.owner() {
        return Some((to, way));
    }
    if tree.get(one.owner).is_some() {
        return None;
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
    edit.put_application_event(one.id, "escalated", Some(to), None, now).await?;
    let entry = Entry {
        actor: None,
        role: Role::Anonymous,
        action: Action::DecideApplication,
        object: &format!("application {} organisation {to}", one.id),
        reason: "到期没有答复或者工会已撤销，自动转给上级",
    };
    edit.audit(&people.vault.audit_key(), &entry, now).await?;
    if let Some(subject) = kept.subject {
        let name = tree.get(to).map(|one| one.name.clone()).unwrap_or_default();
        let date = LocalTime::of(due_at).date();
        let words = NoticeWords {
            kind: "application_escalated",
            title: "入会申请转给了上级工会".to_owned(),
            text: format!("原来的工会没有按时答复，现在由{name}办理，最晚 {date} 答复你。你什么也不用做。"),
            link: Some(format!("/me/applications/{}", one.id)),
        };
        tell(people, &mut edit, subject, &words, true, now).await?;
    }
    edit.finish().await?;
    metrics::counter!("applications_escalated").increment(1);
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
