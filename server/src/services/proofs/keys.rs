//! What somebody proves themselves with, as they look after it.

use crate::{
    services::people::{People, Trouble as _},
    store::{Entry, StoreError},
};
use domain::{
    account::{Actor, PasskeyId, SubjectId},
    policy::{Action, Refused, Relation, Role},
    ports::{Key, Keys, NotRemoved, PasskeyRow},
    time::Millis,
};

const OWN: &[(Role, Relation)] = &[(Role::Worker, Relation::Own)];

fn own(people: &People, actor: &Actor, action: Action) -> Result<SubjectId, Refused> {
    people.policy.check(actor, action, OWN)?;
    actor.subject().ok_or(Refused::SignIn)
}

/// Whether somebody holds a role that only a key opens, used in this session or not.
async fn is_staff(people: &People, subject: SubjectId) -> Result<bool, Refused> {
    let grants = people.store.grants_of(subject).await.or_unavailable("read roles")?;
    Ok(grants.iter().any(|grant| grant.role.is_staff()))
}

pub(super) async fn list(people: &People, actor: &Actor) -> Result<Keys, Refused> {
    let subject = own(people, actor, Action::ReadAccount)?;
    let passkeys = people.store.passkeys_of(subject).await.or_unavailable("read passkeys")?;
    let authenticator = people.store.totp_of(subject).await.or_unavailable("read an authenticator")?;
    Ok(Keys {
        passkeys: passkeys
            .into_iter()
            .map(|passkey| PasskeyRow {
                id: passkey.id,
                name: passkey.name,
                created_at: passkey.created_at,
                used_at: passkey.used_at,
            })
            .collect(),
        authenticator: authenticator.map(|totp| totp.created_at),
        is_needed: is_staff(people, subject).await?,
    })
}

pub(super) async fn rename(people: &People, actor: &Actor, id: PasskeyId, name: &str) -> Result<(), Refused> {
    let subject = own(people, actor, Action::ChangeAccount)?;
    let renamed = async {
        let mut edit = people.store.edit().await?;
        let renamed = edit.rename_passkey(subject, id, name).await?;
        edit.finish().await?;
        Ok::<_, StoreError>(renamed)
    };
    if renamed.await.or_unavailable("name a passkey")? { Ok(()) } else { Err(Refused::NotFound) }
}

/// Takes a key away. Whoever holds a role of staff keeps one, and has shown one just now: a phone that is left
/// lying about must not lock its owner out.
pub(super) async fn remove(people: &People, actor: &Actor, key: Key, now: Millis) -> Result<(), NotRemoved> {
    let refused = NotRemoved::Refused;
    let subject = own(people, actor, Action::ChangeAccount).map_err(refused)?;
    if !actor.has_proved_lately(now) {
        return Err(NotRemoved::Refused(Refused::ProveAgain));
    }
    let is_staff = is_staff(people, subject).await.map_err(refused)?;
    let removed = async {
        let mut edit = people.store.edit().await?;
        let (removed, object) = match key {
            Key::Passkey(id) => (edit.remove_passkey(subject, id).await?, format!("passkey {id}")),
            Key::Authenticator => (edit.remove_totp(subject).await?, format!("authenticator {subject}")),
        };
        if !removed {
            return Ok(Err(NotRemoved::Refused(Refused::NotFound)));
        }
        // Somebody else's key is as good as none, so that is said first. This one was the last: it stays, since the
        // transaction is not finished.
        if is_staff && edit.count_keys(subject).await? == 0 {
            return Ok(Err(NotRemoved::Last));
        }
        let role = actor.grants().first().map_or(Role::Worker, |grant| grant.role);
        let reason = "删除登录方式";
        let entry = Entry { actor: Some(subject), role, action: Action::ChangeAccount, object: &object, reason };
        edit.audit(&people.vault.audit_key(), &entry, now).await?;
        edit.finish().await?;
        Ok::<_, StoreError>(Ok(()))
    };
    removed.await.or_unavailable("take a key away").map_err(refused)?
}
