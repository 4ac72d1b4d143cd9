//! What a worker with the link sees and does.

use super::{
    climb::{name_of, not_open},
    start::WORDS_AT_MOST,
    text, told,
    words::{opened, seal},
};
use crate::{
    services::{
        owned::history,
        people::{People, Trouble as _},
        staff::invite_qr,
    },
    store::FoundingKept,
    vault::Lookup,
};
use domain::{
    account::{Actor, SubjectId},
    founding::{FoundingStage, shown_to_supporters},
    organisation::OrganisationTree,
    policy::{Action, Refused, Relation, Role},
    ports::{Concluded, FoundingPage, FoundingRow, NotDone},
    time::Millis,
};

const OWN: [(Role, Relation); 1] = [(Role::Worker, Relation::Own)];

/// Who asks, when they may ask for a union at all.
fn own(people: &People, actor: &Actor) -> Result<SubjectId, Refused> {
    people.policy.check(actor, Action::AskForUnion, &OWN)?;
    actor.subject().ok_or(Refused::SignIn)
}

async fn found(people: &People, token: &str) -> Result<FoundingKept, Refused> {
    // 16 random bytes in hexadecimal digits: anything else is none.
    if token.len() != 32 || !token.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)) {
        return Err(Refused::NotFound);
    }
    people.store.founding_by_token(token).await.or_unavailable("find a request")?.ok_or(Refused::NotFound)
}

/// A request in a list. `path`: of its page. `count`: as it may be shown there.
pub(super) fn row(people: &People, one: &FoundingKept, path: String, count: Option<u32>) -> FoundingRow {
    FoundingRow {
        path,
        unit: one.unit.0.clone(),
        place: people.regions.path(one.adcode),
        stage: one.stage,
        due_at: one.due_at,
        count,
    }
}

/// A request as supporters see it in a list: its count is blurred by a number that nobody can work out.
fn own_row(people: &People, one: &FoundingKept, count: u32) -> FoundingRow {
    let blur = people.vault.hash(Lookup::Token, &format!("founding count\n{}", one.id))[0];
    row(people, one, format!("/join/union/{}", one.token), shown_to_supporters(count, blur.into()))
}

pub(super) fn concluded(tree: &OrganisationTree, one: &FoundingKept) -> Option<Concluded> {
    let outcome = one.outcome?;
    let organisation = one.organisation.map(|id| name_of(tree, id));
    Some(Concluded { outcome, organisation, reason: one.reason.clone() })
}

pub(super) async fn mine(people: &People, actor: &Actor) -> Result<Vec<FoundingRow>, Refused> {
    let subject = own(people, actor)?;
    let all = people.store.foundings_of(subject).await.or_unavailable("read own requests")?;
    let ids: Vec<_> = all.iter().map(|one| one.id).collect();
    let counts = people.store.founding_counts(&ids).await.or_unavailable("count who joined")?;
    let rows = all.iter().zip(counts);
    Ok(rows.map(|(one, count)| own_row(people, one, count)).collect())
}

pub(super) async fn page(people: &People, actor: &Actor, token: &str) -> Result<FoundingPage, Refused> {
    let one = found(people, token).await?;
    let members = people.store.founding_members(one.id).await.or_unavailable("read who joined")?;
    let mine = actor.subject().and_then(|subject| members.iter().find(|(member, _)| *member == subject));
    let (is_member, contact) = (mine.is_some(), mine.is_some_and(|(_, contact)| *contact));
    let is_starter = is_member && actor.subject() == one.starter;
    let tree = people.organisations.tree();
    let owner = one.owner.and_then(|id| tree.get(id)).map(|union| (union.name.clone(), union.phone.clone()));
    let events = if is_member {
        people.store.events_of(one.id).await.or_unavailable("read the way of a request")?
    } else {
        Vec::new()
    };
    let count = u32::try_from(members.len()).unwrap_or(u32::MAX);
    let link = (is_member && one.stage.is_open()).then(|| format!("{}/join/union/{}", people.site.url, one.token));
    Ok(FoundingPage {
        row: own_row(people, &one, count),
        number: is_member.then(|| one.number.clone()),
        is_member,
        is_starter,
        contact,
        owner,
        not_open: (one.stage == FoundingStage::Waiting).then(|| not_open(&tree, one.adcode)),
        concluded: concluded(&tree, &one),
        history: history(&tree, events, told::step),
        written: if is_starter { opened(people, &one).await.or_unavailable("open words")? } else { Vec::new() },
        qr: link.as_deref().map(invite_qr),
        link,
    })
}

pub(super) async fn join(
    people: &People,
    actor: &Actor,
    token: &str,
    contact: bool,
    now: Millis,
) -> Result<(), Refused> {
    let subject = own(people, actor)?;
    let one = found(people, token).await?;
    if !one.stage.is_open() {
        return Ok(());
    }
    let mut edit = people.store.edit().await.or_unavailable("join a request")?;
    edit.join_founding(one.id, subject, contact, now).await.or_unavailable("join a request")?;
    edit.finish().await.or_unavailable("join a request")
}

pub(super) async fn leave(people: &People, actor: &Actor, token: &str, now: Millis) -> Result<(), Refused> {
    let subject = own(people, actor)?;
    let one = found(people, token).await?;
    let mut edit = people.store.edit().await.or_unavailable("leave a request")?;
    edit.leave_founding(one.id, subject, now).await.or_unavailable("leave a request")?;
    edit.finish().await.or_unavailable("leave a request")
}

pub(super) async fn write(
    people: &People,
    actor: &Actor,
    token: &str,
    typed: &str,
    now: Millis,
) -> Result<(), NotDone> {
    let subject = own(people, actor)?;
    let one = found(people, token).await?;
    // Only the starter writes to the union; to anybody else there is no such form.
    if one.starter != Some(subject) || !one.stage.is_open() {
        return Err(Refused::NotFound.into());
    }
    let Some(words) = text::words("words", typed, WORDS_AT_MOST)? else {
        return Err(NotDone::at("words", "写一句想告诉工会的话。"));
    };
    let sealed = seal(people, subject, &words, false, now).await.or_unavailable("seal words")?;
    let mut edit = people.store.edit().await.or_unavailable("write to the union")?;
    edit.put_founding_words(one.id, &sealed, None).await.or_unavailable("write to the union")?;
    edit.finish().await.or_unavailable("write to the union")?;
    Ok(())
}
