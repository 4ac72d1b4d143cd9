//! Who a token stands for.

use super::session::idle;
use crate::{
    services::people::{People, Trouble as _},
    store::Session,
    vault::Lookup,
};
use domain::{
    account::{Actor, Grant, Reach, Strength},
    policy::{Refused, Role},
    time::Millis,
};

/// How old the time of last use may become before it is written again: not every page is a write.
const NOTED_EVERY_MS: Millis = 10 * 60 * 1000;

pub(super) async fn of(people: &People, token: Option<&str>, now: Millis) -> Result<Actor, Refused> {
    let Some(token) = token else { return Ok(Actor::Anonymous) };
    let hash = people.vault.hash(Lookup::Token, token);
    let Some(session) = people.store.session(&hash, now).await.or_unavailable("find a session")? else {
        return Ok(Actor::Anonymous);
    };
    let held = people.store.grants_of(session.subject).await.or_unavailable("read roles")?;
    let actor = person(&session, held);
    // 已开通 is a matter of minutes, not of the moment: also here, not every page is a write.
    let tree = people.organisations.tree();
    let noted = |id| tree.get(id).and_then(|one| one.officer_active_at).is_some_and(|at| now - at < NOTED_EVERY_MS);
    let officers = actor.grants().iter().filter(|grant| grant.role == Role::Officer);
    let unnoted: Vec<_> = officers
        .filter_map(|grant| if let Reach::Tree(id) = grant.reach { Some(id) } else { None })
        .filter(|id| !noted(*id))
        .collect();
    if now - session.seen_at >= NOTED_EVERY_MS || !unnoted.is_empty() {
        let touched = async {
            let mut edit = people.store.edit().await?;
            edit.touch_session(session.id, now, (now + idle(session.strength)).min(session.expires_at)).await?;
            for organisation in unnoted {
                edit.note_officer(organisation, now).await?;
            }
            edit.finish().await
        };
        // Who reads a page is not refused because the time could not be noted.
        if let Err(error) = touched.await {
            tracing::warn!(%error, "a session's last use could not be noted: {error}");
        }
    }
    Ok(actor)
}

/// Who a session stands for, with those of the roles held that it may use.
#[must_use]
pub fn person(session: &Session, held: Vec<Grant>) -> Actor {
    let all = held.len();
    let usable = |role: Role| match session.strength {
        Strength::Sms => false,
        Strength::Manager => role == Role::Manager,
        Strength::Totp | Strength::Passkey => true,
    };
    let grants: Vec<_> = held.into_iter().filter(|grant| usable(grant.role)).collect();
    Actor::Person {
        subject: session.subject,
        session: session.id,
        strength: session.strength,
        proved_at: session.proved_at,
        waiting: grants.len() < all,
        grants: grants.into(),
    }
}
