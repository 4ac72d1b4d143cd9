//! Inviting somebody to a role.

use super::{
    invitation::{self, LASTS_MS, Wanted, action_of, object_of},
    organisation::may_invite,
    reason::reason,
    scope::{Scope, acting_as, proved_to_open, proved_to_send, relations, scope},
};
use crate::{
    services::people::{People, Trouble as _},
    store::{Edit, Entry},
};
use domain::{
    account::Actor,
    policy::{Action, Refused, Role},
    ports::{MadeInvitation, NotDone, TypedInvitation},
    time::Millis,
};
use qrcode::{EcLevel, QrCode, render::svg};
use uuid::Uuid;

/// The name of the organisation and the roles, for who may open the form.
pub(super) fn may(people: &People, actor: &Actor, id: &str, now: Millis) -> Result<(String, Vec<Role>), Refused> {
    let at = scope(people, actor, Action::AppointStaff, id)?;
    proved_to_open(actor, now)?;
    Ok((at.name(&people.organisations.tree()), may_invite(people, actor, at)))
}

pub(super) async fn invite(
    people: &People,
    actor: &Actor,
    id: &str,
    typed: &TypedInvitation,
    now: Millis,
) -> Result<MadeInvitation, NotDone> {
    let at = scope(people, actor, Action::AppointStaff, id)?;
    proved_to_send(actor, now)?;
    let roles = may_invite(people, actor, at);
    let role = Role::parse(&typed.role).filter(|role| roles.contains(role));
    let mut wrong = Vec::new();
    if role.is_none() {
        wrong.push(("role", "选一个角色。".to_owned()));
    }
    let why = match reason(&typed.reason) {
        Ok(why) => why,
        Err(mut not) => {
            wrong.append(&mut not.wrong);
            String::new()
        }
    };
    let Some(role) = role.filter(|_| wrong.is_empty()) else { return Err(NotDone { wrong, refused: None }) };
    let mut edit = people.store.edit().await.or_unavailable("invite")?;
    let wanted = Wanted { role, organisation: at.organisation(), subject: None, by: actor.subject(), lasts: LASTS_MS };
    let made = make(people, &mut edit, actor, wanted, &why, now).await?;
    edit.finish().await.or_unavailable("invite")?;
    Ok(made)
}

/// Makes an invitation and writes it down; the caller finishes the transaction.
pub(super) async fn make(
    people: &People,
    edit: &mut Edit,
    actor: &Actor,
    wanted: Wanted,
    why: &str,
    now: Millis,
) -> Result<MadeInvitation, Refused> {
    let token = invitation::make(&people.vault, edit, wanted, now).await.or_unavailable("invite")?;
    let at = Scope::of(wanted.organisation);
    let tree = people.organisations.tree();
    let action = action_of(wanted.role);
    let again = wanted.subject.map(|subject| format!(" subject {subject}")).unwrap_or_default();
    let entry = Entry {
        actor: actor.subject(),
        role: acting_as(people, action, &relations(&tree, actor, at)),
        action,
        object: &format!("{} {}{again}", object_of(wanted.organisation), wanted.role.code()),
        reason: why,
    };
    edit.audit(&people.vault.audit_key(), &entry, now).await.or_unavailable("write the audit log")?;
    let link = format!("{}/invite/{token}", people.site.url);
    Ok(MadeInvitation {
        role: wanted.role,
        place: at.name(&tree),
        qr: qr(&link),
        link,
        until: now + wanted.lasts,
        back: format!("/desk/organisations/{}", at.address()),
    })
}

/// A text as an `<svg>`: black on white in every theme, because cameras read it so.
pub(in crate::services) fn qr(text: &str) -> String {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else { return String::new() };
    let whole = code.render::<svg::Color<'_>>().min_dimensions(240, 240).build();
    // Inside a page the declaration of XML is none of its business.
    whole.find("<svg").map(|at| whole[at..].to_owned()).unwrap_or_default()
}

pub(super) async fn withdraw(people: &People, actor: &Actor, id: &str, now: Millis) -> Result<String, Refused> {
    let id = Uuid::try_parse(id).map(Uuid::into_bytes).unwrap_or_default();
    let open = people.store.invitation_by_id(id, now).await.or_unavailable("find an invitation")?;
    let tree = people.organisations.tree();
    let (action, held) = open.as_ref().map_or((Action::AppointStaff, Vec::new()), |open| {
        (action_of(open.role), relations(&tree, actor, Scope::of(open.organisation)))
    });
    people.policy.check(actor, action, &held)?;
    let open = open.ok_or(Refused::NotFound)?;
    let mut edit = people.store.edit().await.or_unavailable("withdraw an invitation")?;
    if edit.use_invitation(open.id, None, now).await.or_unavailable("withdraw an invitation")? {
        let entry = Entry {
            actor: actor.subject(),
            role: acting_as(people, action, &held),
            action,
            object: &format!("{} {}", object_of(open.organisation), open.role.code()),
            reason: "撤回邀请",
        };
        edit.audit(&people.vault.audit_key(), &entry, now).await.or_unavailable("write the audit log")?;
    }
    edit.finish().await.or_unavailable("withdraw an invitation")?;
    Ok(format!("/desk/organisations/{}", Scope::of(open.organisation).address()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_qr_code_is_a_picture_without_styles_or_scripts() {
        let svg = qr(&format!("https://zhan.example.cn/invite/{}", "0f".repeat(32)));
        assert!(svg.starts_with("<svg") && svg.ends_with("</svg>"), "{svg}");
        assert!(!svg.contains("style") && !svg.contains("<script") && !svg.contains("invite"));
    }
}
