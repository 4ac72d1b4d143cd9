//! Invitations: a link that is used once and opens one role.

use crate::{
    services::people::{People, Trouble as _},
    store::{Edit, Entry, Invitation, StoreError},
    vault::{Lookup, Vault, random},
};
use data_encoding::HEXLOWER;
use domain::{
    account::{GrantId, OrganisationId, Reach, Strength, SubjectId},
    policy::{Action, Refused, Role},
    time::{DAY_MS, Millis},
};
use uuid::Uuid;

/// So long an invitation by a person may be taken up.
pub const LASTS_MS: Millis = 3 * DAY_MS;
/// So long one of the console.
pub const CONSOLE_LASTS_MS: Millis = DAY_MS;

/// What gives a role: administrators and auditors are another matter than officers and handlers.
#[must_use]
pub const fn action_of(role: Role) -> Action {
    match role {
        Role::Administrator | Role::Auditor => Action::AppointAdministrator,
        Role::Manager => Action::AppointManager,
        _ => Action::AppointStaff,
    }
}

/// `organisation 0f…`, or the whole country.
#[must_use]
pub fn object_of(organisation: Option<OrganisationId>) -> String {
    organisation.map_or_else(|| "everywhere".to_owned(), |id| format!("organisation {id}"))
}

/// Who invites to what.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// To what; one of [`Role::STAFF`].
    pub role: Role,
    /// Of which organisation; `None` is the whole country.
    pub organisation: Option<OrganisationId>,
    /// Who enrols again; `None` for somebody new.
    pub subject: Option<SubjectId>,
    /// By whom; `None` on the console.
    pub by: Option<SubjectId>,
    /// How long it lasts.
    pub lasts: Millis,
}

/// Makes an invitation and gives its token, which is kept by nobody: 256 random bits in hexadecimal digits. Whether
/// the actor may was asked before; the entry in the audit log is the caller's, who knows the reason.
///
/// # Errors
/// The database does not answer.
pub async fn make(vault: &Vault, edit: &mut Edit, wanted: Wanted, now: Millis) -> Result<String, StoreError> {
    let token = HEXLOWER.encode(&random::<32>());
    let invitation = Invitation {
        id: Uuid::now_v7().into_bytes(),
        role: wanted.role,
        organisation: wanted.organisation,
        subject: wanted.subject,
        invited_by: wanted.by,
        created_at: now,
        expires_at: now + wanted.lasts,
    };
    edit.put_invitation(&invitation, &vault.hash(Lookup::Token, &token)).await?;
    Ok(token)
}

/// The invitation of a link. What was never there, was used, withdrawn or ran out is the same: `None`.
///
/// # Errors
/// [`Refused::Unavailable`].
pub async fn find_invitation(people: &People, token: &str, now: Millis) -> Result<Option<Invitation>, Refused> {
    let hash = people.vault.hash(Lookup::Token, token);
    let found = people.store.invitation(&hash, now).await.or_unavailable("find an invitation")?;
    // An organisation that was dissolved since takes nobody in.
    let tree = people.organisations.tree();
    Ok(found.filter(|found| found.organisation.is_none_or(|id| tree.get(id).is_some())))
}

/// Takes an invitation up in the caller's transaction: marks it used, gives the role, writes it down. `None` when
/// somebody was faster, it ran out, it is meant for somebody else, or they were given another role since: then the caller drops its transaction.
///
/// Who is invited again loses every passkey, authenticator and session first: call this before enrolling the new
/// passkey or authenticator.
///
/// # Errors
/// The database does not answer.
pub async fn take_up(
    people: &People,
    edit: &mut Edit,
    invitation: &Invitation,
    subject: SubjectId,
    now: Millis,
) -> Result<Option<GrantId>, StoreError> {
    if invitation.subject.is_some_and(|meant| meant != subject)
        || !edit.use_invitation(invitation.id, Some(subject), now).await?
    {
        return Ok(None);
    }
    if invitation.subject.is_some() {
        // Whoever invited them again may give every role they held then; of a later one nobody was asked.
        if edit.was_given_a_role_since(subject, invitation.created_at).await? {
            return Ok(None);
        }
        edit.forget_proofs(subject).await?;
        edit.end_sessions_known_by(subject, &[Strength::Passkey, Strength::Totp]).await?;
    }
    let reach = invitation.organisation.map_or(Reach::Everywhere, Reach::Tree);
    let grant = edit.put_grant(subject, invitation.role, &reach, invitation.invited_by, now).await?;
    let reason = if invitation.subject.is_some() { "重新登记设备" } else { "接受邀请" };
    let entry = Entry {
        actor: Some(subject),
        role: invitation.role,
        action: action_of(invitation.role),
        object: &format!("grant {grant}"),
        reason,
    };
    edit.audit(&people.vault.audit_key(), &entry, now).await?;
    Ok(Some(grant))
}
