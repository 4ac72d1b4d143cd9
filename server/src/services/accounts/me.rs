//! 我的: the first page, and the browsers that are signed in.

use super::{complete::mobile_of, fact, own::own};
use crate::{
    services::people::{Failed, People, Trouble as _},
    store::{Edit, StoreError, SubjectRow},
    vault::{Owner, Place, Secret, VaultError},
};
use domain::{
    account::{Actor, IdNumber, IdType, Mobile, PersonName, SessionId, SubjectId},
    policy::{Action, Refused},
    ports::{Me, SessionRow},
    time::{LocalTime, Millis},
};

pub(super) async fn me(people: &People, actor: &Actor, now: Millis) -> Result<Me, Refused> {
    let (subject, _) = own(people, actor, Action::ReadAccount)?;
    shown(people, subject, now).await.or_unavailable("read an account")?.ok_or(Refused::SignIn)
}

async fn shown(people: &People, subject: SubjectId, now: Millis) -> Result<Option<Me>, Failed> {
    let Some(row) = people.store.subject(subject).await? else { return Ok(None) };
    let sessions = people.store.sessions_of(subject, now).await?;
    let (standing, union) = people.store.standing_of(subject).await?;
    let tree = people.organisations.tree();
    Ok(Some(Me {
        standing,
        union: union.and_then(|id| tree.get(id)).map(|one| one.name.clone()),
        mobile: masked_mobile(people, &row).await?,
        name: open_name(people, &row).await?.map(|name| masked_name(name.reveal())),
        id: open_number(people, &row)
            .await?
            .map(|(id_type, number)| (id_type, masked_number(id_type, number.reveal(), now))),
        unread: people.store.unread_of(subject).await?,
        sessions: u32::try_from(sessions.len()).unwrap_or(u32::MAX),
        has_desk: !people.store.grants_of(subject).await?.is_empty(),
    }))
}

async fn masked_mobile(people: &People, row: &SubjectRow) -> Result<String, Failed> {
    let Some(sealed) = &row.mobile else { return Ok("没有手机号".to_owned()) };
    let Some(mobile) = opened(people, row.id, mobile_of(row.id), sealed).await? else {
        return Ok("没有手机号".to_owned());
    };
    Ok(Mobile::parse(mobile.reveal()).map(|mobile| mobile.masked()).unwrap_or_default())
}

/// What was sealed for somebody. Without their key there is nothing: an erasure that stopped half way can be asked for
/// again from 我的.
async fn opened(people: &People, subject: SubjectId, place: Place, sealed: &[u8]) -> Result<Option<Secret>, Failed> {
    match people.vault.open(Owner::Subject(subject), place, sealed).await {
        Ok(secret) => Ok(Some(secret)),
        Err(VaultError::NoKey) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Where somebody's name or ID number is sealed.
pub(super) const fn place(subject: SubjectId, column: &'static str) -> Place {
    Place { table: "subject", column, row: subject.0 }
}

pub(super) async fn open_name(people: &People, row: &SubjectRow) -> Result<Option<Secret>, Failed> {
    let Some(sealed) = &row.name else { return Ok(None) };
    opened(people, row.id, place(row.id, "name"), sealed).await
}

pub(super) async fn open_mobile(people: &People, row: &SubjectRow) -> Result<Option<Mobile>, Failed> {
    let Some(sealed) = &row.mobile else { return Ok(None) };
    let mobile = opened(people, row.id, mobile_of(row.id), sealed).await?;
    Ok(mobile.and_then(|mobile| Mobile::parse(mobile.reveal()).ok()))
}

pub(super) async fn open_number(people: &People, row: &SubjectRow) -> Result<Option<(IdType, Secret)>, Failed> {
    let (Some(id_type), Some(sealed)) = (row.id_type, &row.id_number) else { return Ok(None) };
    let number = opened(people, row.id, place(row.id, "id_number"), sealed).await?;
    Ok(number.map(|number| (id_type, number)))
}

fn masked_name(name: &str) -> String {
    PersonName::parse(name).map_or_else(|_| "***".to_owned(), |name| name.masked())
}

fn masked_number(id_type: IdType, number: &str, now: Millis) -> String {
    let today = LocalTime::of(now).date();
    IdNumber::parse(id_type, number, today).map_or_else(|_| "***".to_owned(), |number| number.masked())
}

pub(super) async fn sessions(people: &People, actor: &Actor, now: Millis) -> Result<Vec<SessionRow>, Refused> {
    let (subject, this) = own(people, actor, Action::ReadAccount)?;
    let kept = people.store.sessions_of(subject, now).await.or_unavailable("read sessions")?;
    let mut rows: Vec<SessionRow> = kept
        .into_iter()
        .map(|session| SessionRow {
            id: session.id,
            phone: session.phone,
            strength: session.strength,
            created_at: session.created_at,
            seen_at: session.seen_at,
            is_this: session.id == this,
        })
        .collect();
    // This one first; the others stay in the order of use.
    rows.sort_by_key(|row| !row.is_this);
    Ok(rows)
}

pub(super) async fn sign_out(people: &People, actor: &Actor) -> Result<(), Refused> {
    let (subject, session) = own(people, actor, Action::EndSession)?;
    end(people, subject, session, true).await.or_unavailable("sign out").map(drop)
}

pub(super) async fn end_session(people: &People, actor: &Actor, id: SessionId) -> Result<(), Refused> {
    let (subject, this) = own(people, actor, Action::EndSession)?;
    let ended = end(people, subject, id, id == this).await.or_unavailable("end a session")?;
    if ended { Ok(()) } else { Err(Refused::NotFound) }
}

/// Whether a known browser is all that vouches for somebody: something is held, and there is nothing to ask for.
async fn is_all_there_is(edit: &mut Edit, subject: SubjectId) -> Result<bool, StoreError> {
    let Some(row) = edit.subject(subject).await? else { return Ok(false) };
    let facts = fact::facts_of(edit, &row).await?;
    Ok(!facts.id_number && !facts.member_number && fact::holds(edit, &row).await?)
}

async fn end(people: &People, subject: SubjectId, id: SessionId, is_own: bool) -> Result<bool, StoreError> {
    let mut edit = people.store.edit().await?;
    // The phone that was lost or lent is nobody's pass around the second fact any more. The browser that signs itself
    // out stays known only where nothing could be asked instead: it would lose its owner the matter.
    if !is_own || !is_all_there_is(&mut edit, subject).await? {
        edit.forget_device_of(subject, id).await?;
    }
    let ended = edit.end_session(subject, id).await?;
    edit.finish().await?;
    Ok(ended)
}

/// Ends every session; whoever comes back is asked as if for the first time.
pub(super) async fn end_all(people: &People, actor: &Actor, now: Millis) -> Result<(), Refused> {
    let (subject, _) = own(people, actor, Action::EndSession)?;
    let ended = async {
        let mut edit = people.store.edit().await?;
        edit.end_sessions(subject, None).await?;
        edit.forget_devices(subject).await?;
        edit.forget_sessions(now).await?;
        edit.finish().await
    };
    ended.await.or_unavailable("end all sessions")
}
