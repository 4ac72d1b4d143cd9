//! The applicant's own applications: the list, one of them, taking it back, answering.

use super::{
    draft::unit_name,
    own,
    seen::{Seen, opened, place},
    submit::name_of,
    way,
};
use crate::{
    services::{
        membership::transfer::withdraw_with,
        people::{Failed, People, Trouble as _},
    },
    store::{ApplicationEvent, Entry, KeptApplication},
    vault::Owner,
};
use domain::{
    account::{Actor, ApplicationId, MembershipId, SubjectId},
    membership::{ApplicationKind, ApplicationState},
    policy::{Action, Refused, Relation, Role},
    ports::{ApplicationRow, MyApplication, NotSaved},
    time::{LocalTime, Millis},
};

/// The longest answer, in characters.
const ANSWER_AT_MOST: usize = 500;

pub(super) async fn applications(people: &People, actor: &Actor) -> Result<Vec<ApplicationRow>, Refused> {
    let subject = own(people, actor, Action::Apply)?;
    let sent = people.store.sent_applications(subject).await.or_unavailable("list applications")?;
    Ok(sent.iter().map(|kept| row(people, kept)).collect())
}

pub(super) fn row(people: &People, kept: &KeptApplication) -> ApplicationRow {
    let waits = matches!(kept.state, ApplicationState::Submitted | ApplicationState::NeedsInfo);
    ApplicationRow {
        id: kept.id.to_string(),
        state: kept.state,
        kind: kept.kind.unwrap_or(ApplicationKind::Join),
        number: kept.number.clone().unwrap_or_default(),
        submitted_at: kept.submitted_at.unwrap_or(kept.created_at),
        owner: name_of(people, kept.owner),
        due_at: kept.due_at.filter(|_| waits),
    }
}

/// The application of an address, when it is the actor's own and was sent.
async fn find(
    people: &People,
    actor: &Actor,
    action: Action,
    id: &str,
) -> Result<(SubjectId, KeptApplication), Refused> {
    let found = match ApplicationId::parse(id) {
        Some(id) => people.store.application(id).await.or_unavailable("find an application")?,
        None => None,
    };
    let found = found.filter(|kept| kept.submitted_at.is_some() && kept.subject.is_some());
    let is_own = found.as_ref().is_some_and(|kept| kept.subject == actor.subject());
    let relation = if is_own { Relation::Own } else { Relation::Other };
    people.policy.check(actor, action, &[(Role::Worker, relation)])?;
    let found = found.filter(|_| is_own).ok_or(Refused::NotFound)?;
    actor.subject().map(|subject| (subject, found)).ok_or(Refused::SignIn)
}

pub(super) async fn application(
    people: &People,
    actor: &Actor,
    id: &str,
    now: Millis,
) -> Result<MyApplication, Refused> {
    let (subject, kept) = find(people, actor, Action::ReadApplication, id).await?;
    shown(people, subject, kept, now).await.or_unavailable("show an application")
}

async fn shown(
    people: &People,
    subject: SubjectId,
    kept: KeptApplication,
    now: Millis,
) -> Result<MyApplication, Failed> {
    let text = async |column, sealed: Option<&Vec<u8>>| {
        let secret = opened(people, subject, place(kept.id, column), sealed).await?;
        Ok::<_, Failed>(secret.map(|secret| secret.reveal().to_owned()))
    };
    let (reason, answer) = (text("reason", kept.reason.as_ref()).await?, text("answer", kept.answer.as_ref()).await?);
    let events = people.store.application_events(kept.id).await?;
    let membership = match kept.state {
        ApplicationState::Approved => people.store.membership_from(kept.id).await?,
        _ => None,
    };
    let tree = people.organisations.tree();
    let is_decided = matches!(kept.state, ApplicationState::Approved | ApplicationState::Rejected);
    let authority = kept.authority.clone().or_else(|| kept.owner.map(|owner| name_of(people, Some(owner))));
    Ok(MyApplication {
        row: row(people, &kept),
        decided: authority.zip(kept.decided_at).filter(|_| is_decided),
        reason,
        answer,
        history: events.iter().map(|event| (event.at, sentence(people, event))).collect(),
        phone: kept.owner.and_then(|id| tree.get(id)).and_then(|one| one.phone.clone()),
        membership: membership.map(|id| MembershipId(id).to_string()),
        facts: match people.store.subject(subject).await? {
            Some(account) => facts(people, &Seen::of(people, kept, &account).await?, now).await?,
            None => Vec::new(),
        },
    })
}

/// What was filled in: label and value, masked.
pub(super) async fn facts(people: &People, seen: &Seen, now: Millis) -> Result<Vec<(&'static str, String)>, Failed> {
    let today = LocalTime::of(now).date();
    let tree = people.organisations.tree();
    let occupations = people.store.occupations().await?;
    let occupation = occupations.into_iter().find(|one| Some(&one.code) == seen.kept.occupation.as_ref());
    let number = seen.right_number(today);
    let facts = [
        ("申请", seen.kept.kind.map(|kind| kind.word().to_owned())),
        ("姓名", seen.right_name().map(|name| name.masked())),
        ("证件", number.map(|number| format!("{} {}", number.id_type().word(), number.masked()))),
        ("手机号", seen.mobile.map(|mobile| mobile.masked())),
        ("职业", occupation.map(|one| one.name)),
        ("平台或单位", unit_name(people, seen).await?),
        ("常在的地方", seen.kept.adcode.map(|adcode| people.regions.path(adcode))),
        ("街道（乡镇）", seen.kept.town.and_then(|id| tree.get(id)).map(|one| one.name.clone())),
    ];
    Ok(facts.into_iter().filter_map(|(label, value)| Some((label, value?))).collect())
}

fn sentence(people: &People, event: &ApplicationEvent) -> String {
    let organisation = name_of(people, event.organisation);
    match event.kind.as_str() {
        "submitted" => format!("已登记，交给{organisation}。"),
        "escalated" => format!("到期没有答复，转给上级{organisation}。"),
        "overdue" => format!("到期没有答复，上级都没有开通，还在{organisation}，重新定了期限。"),
        "ran_out" => "30 天没有补充材料，申请先收回了。".to_owned(),
        "reassigned" => format!("转给{organisation}办理。"),
        "asked" => format!("{organisation}请你补充材料。"),
        "answered" => "你补充了材料，继续审核。".to_owned(),
        "approved" => format!("{organisation}批准了。"),
        "rejected" => format!("{organisation}没有通过，原因在上面。"),
        "withdrawn" => "你撤回了申请。".to_owned(),
        "ended" => "会籍结束了，这份申请不再办。".to_owned(),
        "merged" => "和你的另一条记录合并了。".to_owned(),
        "unmerged" => "和另一条记录分开了。".to_owned(),
        _ => "有一步变化。".to_owned(),
    }
}

pub(super) async fn withdraw(people: &People, actor: &Actor, id: &str, now: Millis) -> Result<(), Refused> {
    let (subject, kept) = find(people, actor, Action::Apply, id).await?;
    match kept.state {
        // Twice is once.
        ApplicationState::Withdrawn => return Ok(()),
        // What is decided stays decided: there is nothing to take back.
        ApplicationState::Approved | ApplicationState::Rejected | ApplicationState::Draft => {
            return Err(Refused::NotFound);
        }
        ApplicationState::Submitted | ApplicationState::NeedsInfo => {}
    }
    taken_back(people, subject, &kept, now).await.or_unavailable("withdraw an application")
}

async fn taken_back(people: &People, subject: SubjectId, kept: &KeptApplication, now: Millis) -> Result<(), Failed> {
    let mut edit = people.store.edit().await?;
    withdraw_with(people, &mut edit, subject, kept.id, now).await?;
    if edit.withdraw_application(kept.id, now).await? {
        edit.put_application_event(kept.id, "withdrawn", kept.owner, None, now).await?;
        let entry = Entry {
            actor: Some(subject),
            role: Role::Worker,
            action: Action::Apply,
            object: &kept.object(),
            reason: "本人撤回申请",
        };
        edit.audit(&people.vault.audit_key(), &entry, now).await?;
    }
    edit.finish().await?;
    Ok(())
}

pub(super) async fn answer(people: &People, actor: &Actor, id: &str, text: &str, now: Millis) -> Result<(), NotSaved> {
    let (subject, kept) = find(people, actor, Action::Apply, id).await.map_err(NotSaved::Refused)?;
    let text = text.trim();
    let length = text.chars().count();
    let wrong = |sentence: String| Err(NotSaved::At { field: "answer", sentence });
    if kept.state == ApplicationState::Submitted && kept.answer.is_some() {
        // Sent twice: the first one counts.
        return Ok(());
    }
    if kept.state != ApplicationState::NeedsInfo {
        return Err(NotSaved::Refused(Refused::NotFound));
    }
    if length == 0 {
        return wrong("写一下要补充的内容，再发。".to_owned());
    }
    if length > ANSWER_AT_MOST {
        return wrong(format!("最多 {ANSWER_AT_MOST} 个字，现在是 {length} 个字，删短一点。"));
    }
    answered(people, subject, &kept, text, now).await.or_unavailable("answer").map_err(NotSaved::Refused)
}

async fn answered(
    people: &People,
    subject: SubjectId,
    kept: &KeptApplication,
    text: &str,
    now: Millis,
) -> Result<(), Failed> {
    let sealed = people.vault.seal(Owner::Subject(subject), place(kept.id, "answer"), text, now).await?;
    let mut edit = people.store.edit().await?;
    if edit.answer_application(kept.id, &sealed.0, way::due(people, now), now).await? {
        edit.put_application_event(kept.id, "answered", kept.owner, None, now).await?;
        let entry = Entry {
            actor: Some(subject),
            role: Role::Worker,
            action: Action::Apply,
            object: &kept.object(),
            reason: "本人补充材料",
        };
        edit.audit(&people.vault.audit_key(), &entry, now).await?;
    }
    edit.finish().await?;
    Ok(())
}
