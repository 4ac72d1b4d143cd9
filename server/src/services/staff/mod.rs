//! Organisations, roles and desks.

mod cover;
mod desk;
mod grant;
pub mod invitation;
mod invite;
pub mod masked;
mod mobile;
mod organisation;
pub mod reason;
pub mod scope;
mod station;

pub(super) use invite::qr as invite_qr;

use super::people::People;
use domain::{
    account::Actor,
    policy::{Refused, Role},
    ports::{
        CoverPost, Desk, GrantDesk, IssuedCode, Later, MadeInvitation, NotDone, OrganisationDesk, Staff, StationDesk,
        TypedChange, TypedInvitation,
    },
    time::Millis,
};

/// Organisations, roles and desks.
#[derive(Clone)]
pub struct StaffService {
    people: People,
}

impl StaffService {
    /// On a database and a vault.
    #[must_use]
    pub const fn new(people: People) -> Self {
        Self { people }
    }
}

impl Staff for StaffService {
    fn desk<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<Desk, Refused>> {
        Box::pin(desk::desk(&self.people, actor, now))
    }

    fn station_desk<'a>(
        &'a self,
        actor: &'a Actor,
        code: &'a str,
        now: Millis,
    ) -> Later<'a, Result<StationDesk, Refused>> {
        Box::pin(station::desk(&self.people, actor, code, now))
    }

    fn clear_alert<'a>(
        &'a self,
        actor: &'a Actor,
        code: &'a str,
        alert: &'a str,
        undo: bool,
        now: Millis,
    ) -> Later<'a, Result<(), Refused>> {
        Box::pin(station::clear_alert(&self.people, actor, code, alert, undo, now))
    }

    fn issue_manager_code<'a>(
        &'a self,
        actor: &'a Actor,
        code: &'a str,
        now: Millis,
    ) -> Later<'a, Result<IssuedCode, Refused>> {
        Box::pin(station::issue_code(&self.people, actor, code, now))
    }

    fn organisation<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        now: Millis,
    ) -> Later<'a, Result<OrganisationDesk, Refused>> {
        Box::pin(organisation::desk(&self.people, actor, id, now))
    }

    fn may_invite<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        now: Millis,
    ) -> Later<'a, Result<(String, Vec<Role>), Refused>> {
        Box::pin(async move { invite::may(&self.people, actor, id, now) })
    }

    fn invite<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        typed: &'a TypedInvitation,
        now: Millis,
    ) -> Later<'a, Result<MadeInvitation, NotDone>> {
        Box::pin(invite::invite(&self.people, actor, id, typed, now))
    }

    fn withdraw_invitation<'a>(
        &'a self,
        actor: &'a Actor,
        invitation: &'a str,
        now: Millis,
    ) -> Later<'a, Result<String, Refused>> {
        Box::pin(invite::withdraw(&self.people, actor, invitation, now))
    }

    fn grant<'a>(&'a self, actor: &'a Actor, id: &'a str, now: Millis) -> Later<'a, Result<GrantDesk, Refused>> {
        Box::pin(grant::desk(&self.people, actor, id, now))
    }

    fn revoke<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        reason: &'a str,
        now: Millis,
    ) -> Later<'a, Result<String, NotDone>> {
        Box::pin(grant::revoke(&self.people, actor, id, reason, now))
    }

    fn invite_again<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        reason: &'a str,
        now: Millis,
    ) -> Later<'a, Result<MadeInvitation, NotDone>> {
        Box::pin(grant::invite_again(&self.people, actor, id, reason, now))
    }

    fn may_change_mobile<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<(), Refused>> {
        Box::pin(async move { mobile::may(&self.people, actor, now) })
    }

    fn change_mobile<'a>(
        &'a self,
        actor: &'a Actor,
        typed: &'a TypedChange,
        now: Millis,
    ) -> Later<'a, Result<String, NotDone>> {
        Box::pin(mobile::change(&self.people, actor, typed, now))
    }

    fn cover_desk<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<Vec<CoverPost>, Refused>> {
        Box::pin(async move { cover::desk(&self.people, actor, now) })
    }
}
