//! A role that was given: taking it back, inviting its holder again.

use super::{
    invitation::{LASTS_MS, Wanted, action_of},
    invite,
    masked::holder,
    reason::reason,
    scope::{Scope, acting_as, proved_to_open, proved_to_send, relations},
};
use crate::{
    services::{
        notices::{NoticeWords, tell},
        people::{People, Trouble as _},
    },
    store::{Entry, HeldGrant},
};
use domain::{
    account::{Actor, GrantId, Reach, Strength},
    policy::{Action, Refused, Relation, Role},
    ports::{GrantDesk, MadeInvitation, NotDone, StationLookup, Stations as _},
    time::Millis,
};

/// The grant of an address, when the actor may appoint to it, and how the actor's roles stand to it.
async fn find(people: &People, actor: &Actor, id: &str) -> Result<(HeldGrant, Vec<(Role, Relation)>), Refused> {
    let found = match GrantId::parse(id) {
        Some(id) => people.store.grant(id).await.or_unavailable("find a role")?,
        None => None,
    };
    let (action, held) = found.as_ref().map_or((Action::AppointStaff, Vec::new()), |grant| {
        (action_of(grant.role), relations_to(people, actor, &grant.reach))
    });
    people.policy.check(actor, action, &held)?;
    Ok((found.ok_or(Refused::NotFound)?, held))
}

pub(super) fn relations_to(people: &People, actor: &Actor, reach: &Reach) -> Vec<(Role, Relation)> {
    let tree = people.organisations.tree();
    match reach {
        Reach::Everywhere => relations(&tree, actor, Scope::Everywhere),
        Reach::Tree(id) => relations(&tree, actor, Scope::Organisation(*id)),
        Reach::Station(code) => match people.finder.by_code(*code) {
            StationLookup::Here(station) => tree.station_relations(actor, *code, station.adcode),
            StationLookup::Retired | StationLookup::Missing => Vec::new(),
        },
    }
}

fn back(reach: &Reach) -> String {
    match reach {
        Reach::Everywhere => format!("/desk/organisations/{}", Scope::Everywhere.address()),
        Reach::Tree(id) => format!("/desk/organisations/{id}"),
        Reach::Station(code) => format!("/desk/stations/{code}"),
    }
}

fn place(people: &People, reach: &Reach) -> String {
    let tree = people.organisations.tree();
    match reach {
        Reach::Everywhere => Scope::Everywhere.name(&tree),
        Reach::Tree(id) => Scope::Organisation(*id).name(&tree),
        Reach::Station(code) => match people.finder.by_code(*code) {
            StationLookup::Here(station) => station.name.to_string(),
            StationLookup::Retired | StationLookup::Missing => code.to_string(),
        },
    }
}

pub(super) async fn desk(people: &People, actor: &Actor, id: &str, now: Millis) -> Result<GrantDesk, Refused> {
    let (grant, _) = find(people, actor, id).await?;
    proved_to_open(actor, now)?;
    Ok(GrantDesk {
        holder: holder(people, &grant, actor.subject()).await?,
        place: place(people, &grant.reach),
        back: back(&grant.reach),
        may_invite_again: grant.role.is_staff() && actor.subject() != Some(grant.subject),
    })
}

pub(super) async fn revoke(
    people: &People,
    actor: &Actor,
    id: &str,
    typed: &str,
    now: Millis,
) -> Result<String, NotDone> {
    let (grant, held) = find(people, actor, id).await?;
    proved_to_send(actor, now)?;
    if actor.subject() == Some(grant.subject) {
        return Err(NotDone::at("", "不能收回自己的角色，请让另一位有权的人来做。"));
    }
    let why = reason(typed)?;
    let action = action_of(grant.role);
    let others = people.store.grants_of(grant.subject).await.or_unavailable("read roles")?;
    let is_last_post = !others.iter().any(|other| other.id != grant.id && other.role == Role::Manager);
    let mut edit = people.store.edit().await.or_unavailable("take a role back")?;
    if edit.revoke_grant(grant.id, actor.subject(), now).await.or_unavailable("take a role back")? {
        // The right ends with the row; the sessions that rest on it end too, so that a browser holds nothing.
        let rest_on_it: &[Strength] = match grant.role {
            Role::Manager if is_last_post => &[Strength::Manager],
            Role::Manager => &[],
            _ => &[Strength::Passkey, Strength::Totp],
        };
        edit.end_sessions_known_by(grant.subject, rest_on_it).await.or_unavailable("end sessions")?;
        edit.withdraw_issued_by(grant.subject, now).await.or_unavailable("withdraw invitations")?;
        let entry = Entry {
            actor: actor.subject(),
            role: acting_as(people, action, &held),
            action,
            object: &format!("grant {} subject {}", grant.id, grant.subject),
            reason: &format!("收回：{why}"),
        };
        edit.audit(&people.vault.audit_key(), &entry, now).await.or_unavailable("write the audit log")?;
        let words = NoticeWords {
            kind: "role_revoked",
            title: format!("你不再是{}", grant.role.word()),
            text: format!("{}的{}这个角色收回了。有疑问，问你的组织。", place(people, &grant.reach), grant.role.word()),
            link: None,
        };
        tell(people, &mut edit, grant.subject, &words, false, now).await.or_unavailable("tell somebody")?;
    }
    edit.finish().await.or_unavailable("take a role back")?;
    Ok(back(&grant.reach))
}

pub(super) async fn invite_again(
    people: &People,
    actor: &Actor,
    id: &str,
    typed: &str,
    now: Millis,
) -> Result<MadeInvitation, NotDone> {
    let (grant, _) = find(people, actor, id).await?;
    proved_to_send(actor, now)?;
    // A manager is given another code; nobody invites themselves again.
    if !grant.role.is_staff() || actor.subject() == Some(grant.subject) {
        return Err(Refused::NotFound.into());
    }
    // The link opens the whole account: whoever makes it must be able to give all that the account may do.
    for other in people.store.grants_of(grant.subject).await.or_unavailable("read roles")? {
        people.policy.check(actor, action_of(other.role), &relations_to(people, actor, &other.reach))?;
    }
    let why = reason(typed)?;
    let organisation = match grant.reach {
        Reach::Tree(id) => Some(id),
        Reach::Everywhere | Reach::Station(_) => None,
    };
    let wanted =
        Wanted { role: grant.role, organisation, subject: Some(grant.subject), by: actor.subject(), lasts: LASTS_MS };
    let mut edit = people.store.edit().await.or_unavailable("invite again")?;
    let made = invite::make(people, &mut edit, actor, wanted, &format!("重新登记：{why}"), now).await?;
    let words = NoticeWords {
        kind: "invited_again",
        title: "有人给你发了重新登记的链接".to_owned(),
        text: format!(
            "{}的工作人员给你的工作台账号发了新的邀请链接，用了它，原来的通行密钥和动态口令就作废。不是你要的，马上联系他们。",
            made.place
        ),
        link: None,
    };
    tell(people, &mut edit, grant.subject, &words, true, now).await.or_unavailable("tell somebody")?;
    edit.finish().await.or_unavailable("invite again")?;
    Ok(made)
}
