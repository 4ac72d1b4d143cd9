//! An installation without accounts: for tests of other things.

use super::{
    Accounts, ApplicationRow, Attempt, AuditLog, AuditPage, Authenticator, AuthenticatorFor, Browser, Ceremony,
    CodeFor, CodeSent, Consent, ConsentFor, CoverPost, Desk, Draft, Entered, Export, GrantDesk, Handed, Held, Identity,
    IdentityWrong, Invited, IssuedCode, Joining, Key, Keys, Later, LinkDesk, MadeInvitation, MatterPage, MatterRow,
    Matters, Me, MyApplication, NewMatter, NotDone, NotEntered, NotProved, NotRead, NotRemoved, NotSaved, NotSent,
    NotSubmitted, Notice, NoticeRow, OrganisationDesk, PasskeyFor, Prepared, Preview, Proofs, Registered, Sender,
    SessionRow, Shown, SignedIn, Staff, StationDesk, Suggestion, TrialLinks, TypedChange, TypedIdentity,
    TypedInvitation, TypedScreen, Welcome,
};
use crate::{
    account::{Actor, MatterId, NoticeId, PasskeyId, SessionId, SubjectId},
    membership::{Lane, Occupation, Screen},
    policy::{Refused, Role},
    time::Millis,
};

/// Nobody has an account, and nobody can get one.
#[derive(Clone, Copy, Debug)]
pub struct Closed;

impl Accounts for Closed {
    fn actor<'a>(&'a self, _: Option<&'a str>, _: Millis) -> Later<'a, Result<Actor, Refused>> {
        Box::pin(async { Ok(Actor::Anonymous) })
    }

    fn send_code<'a>(
        &'a self,
        _: &'a str,
        _: CodeFor,
        _: &'a Browser,
        _: Millis,
    ) -> Later<'a, Result<CodeSent, NotSent>> {
        Box::pin(async { Err(NotSent::Refused(Refused::Unavailable)) })
    }

    fn resend_code<'a>(&'a self, _: &'a str, _: &'a Browser, _: Millis) -> Later<'a, Result<CodeSent, NotSent>> {
        Box::pin(async { Err(NotSent::Refused(Refused::Unavailable)) })
    }

    fn attempt<'a>(&'a self, _: &'a str, _: Millis) -> Later<'a, Result<Option<Attempt>, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn enter_code<'a>(
        &'a self,
        _: &'a str,
        _: &'a str,
        _: &'a Browser,
        _: Millis,
    ) -> Later<'a, Result<Entered, NotEntered>> {
        Box::pin(async { Err(NotEntered::Unavailable) })
    }

    fn enter_fact<'a>(
        &'a self,
        _: &'a str,
        _: &'a str,
        _: &'a Browser,
        _: Millis,
    ) -> Later<'a, Result<SignedIn, NotEntered>> {
        Box::pin(async { Err(NotEntered::Unavailable) })
    }

    fn not_mine<'a>(&'a self, _: &'a str, _: &'a Browser, _: Millis) -> Later<'a, Result<SignedIn, NotEntered>> {
        Box::pin(async { Err(NotEntered::Unavailable) })
    }

    fn sign_out<'a>(&'a self, _: &'a Actor, _: Millis) -> Later<'a, Result<(), Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn me<'a>(&'a self, _: &'a Actor, _: Millis) -> Later<'a, Result<Me, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn sessions<'a>(&'a self, _: &'a Actor, _: Millis) -> Later<'a, Result<Vec<SessionRow>, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn end_session<'a>(&'a self, _: &'a Actor, _: SessionId, _: Millis) -> Later<'a, Result<(), Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn end_all_sessions<'a>(&'a self, _: &'a Actor, _: Millis) -> Later<'a, Result<(), Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn inbox<'a>(&'a self, _: &'a Actor) -> Later<'a, Result<Vec<NoticeRow>, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn notice<'a>(&'a self, _: &'a Actor, _: NoticeId, _: Millis) -> Later<'a, Result<Notice, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn consents<'a>(&'a self, _: &'a Actor) -> Later<'a, Result<Vec<Consent>, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn set_consent<'a>(
        &'a self,
        _: &'a Actor,
        _: ConsentFor,
        _: Option<i32>,
        _: Millis,
    ) -> Later<'a, Result<(), Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn save_identity<'a>(
        &'a self,
        _: &'a Actor,
        _: &'a TypedIdentity,
        _: Millis,
    ) -> Later<'a, Result<(), IdentityWrong>> {
        Box::pin(async { Err(IdentityWrong { refused: Some(Refused::Unavailable), ..IdentityWrong::default() }) })
    }

    fn reveal_identity<'a>(
        &'a self,
        _: &'a Actor,
        _: &'a str,
        _: Millis,
    ) -> Later<'a, Result<Option<Identity>, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn held<'a>(&'a self, _: &'a Actor) -> Later<'a, Result<Vec<Held>, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn export<'a>(&'a self, _: &'a Actor, _: Millis) -> Later<'a, Result<Export, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn erase<'a>(&'a self, _: &'a Actor, _: Millis) -> Later<'a, Result<(), Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }
}

impl TrialLinks for Closed {
    fn look<'a>(&'a self, _: &'a str, _: Millis) -> Later<'a, Result<Role, Refused>> {
        Box::pin(async { Err(Refused::NotFound) })
    }

    fn take_up<'a>(&'a self, _: &'a str, _: &'a Browser, _: Millis) -> Later<'a, Result<SignedIn, Refused>> {
        Box::pin(async { Err(Refused::NotFound) })
    }
}

impl Proofs for Closed {
    fn has_passkeys(&self) -> bool {
        false
    }

    fn begin_passkey<'a>(
        &'a self,
        _: &'a Actor,
        _: PasskeyFor<'a>,
        _: &'a Sender,
        _: Millis,
    ) -> Later<'a, Result<Ceremony, NotProved>> {
        Box::pin(async { Err(NotProved::NoPasskeys) })
    }

    fn finish_passkey<'a>(
        &'a self,
        _: &'a Actor,
        _: PasskeyFor<'a>,
        _: &'a str,
        _: &'a str,
        _: &'a Browser,
        _: Millis,
    ) -> Later<'a, Result<Shown, NotProved>> {
        Box::pin(async { Err(NotProved::NoPasskeys) })
    }

    fn invitation<'a>(&'a self, _: &'a str, _: Millis) -> Later<'a, Result<Invited, Refused>> {
        Box::pin(async { Err(Refused::NotFound) })
    }

    fn authenticator<'a>(
        &'a self,
        _: &'a Actor,
        _: AuthenticatorFor<'a>,
        _: Millis,
    ) -> Later<'a, Result<Authenticator, NotProved>> {
        Box::pin(async { Err(NotProved::Gone) })
    }

    fn set_up_authenticator<'a>(
        &'a self,
        _: &'a Actor,
        _: AuthenticatorFor<'a>,
        _: &'a str,
        _: &'a Browser,
        _: Millis,
    ) -> Later<'a, Result<SignedIn, NotProved>> {
        Box::pin(async { Err(NotProved::Gone) })
    }

    fn enter_totp<'a>(
        &'a self,
        _: &'a Actor,
        _: &'a str,
        _: &'a str,
        _: &'a Browser,
        _: Millis,
    ) -> Later<'a, Result<SignedIn, NotProved>> {
        Box::pin(async { Err(NotProved::Gone) })
    }

    fn prove_totp<'a>(&'a self, _: &'a Actor, _: &'a str, _: Millis) -> Later<'a, Result<SignedIn, NotProved>> {
        Box::pin(async { Err(NotProved::Refused(Refused::SignIn)) })
    }

    fn keys<'a>(&'a self, _: &'a Actor) -> Later<'a, Result<Keys, Refused>> {
        Box::pin(async { Err(Refused::SignIn) })
    }

    fn rename_passkey<'a>(&'a self, _: &'a Actor, _: PasskeyId, _: &'a str) -> Later<'a, Result<(), Refused>> {
        Box::pin(async { Err(Refused::SignIn) })
    }

    fn remove_key<'a>(&'a self, _: &'a Actor, _: Key, _: Millis) -> Later<'a, Result<(), NotRemoved>> {
        Box::pin(async { Err(NotRemoved::Refused(Refused::SignIn)) })
    }
}

impl Staff for Closed {
    fn desk<'a>(&'a self, _: &'a Actor, _: Millis) -> Later<'a, Result<Desk, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn station_desk<'a>(&'a self, _: &'a Actor, _: &'a str, _: Millis) -> Later<'a, Result<StationDesk, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn clear_alert<'a>(
        &'a self,
        _: &'a Actor,
        _: &'a str,
        _: &'a str,
        _: bool,
        _: Millis,
    ) -> Later<'a, Result<(), Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn issue_manager_code<'a>(&'a self, _: &'a Actor, _: &'a str, _: Millis) -> Later<'a, Result<IssuedCode, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn organisation<'a>(&'a self, _: &'a Actor, _: &'a str, _: Millis) -> Later<'a, Result<OrganisationDesk, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn may_invite<'a>(
        &'a self,
        _: &'a Actor,
        _: &'a str,
        _: Millis,
    ) -> Later<'a, Result<(String, Vec<Role>), Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn invite<'a>(
        &'a self,
        _: &'a Actor,
        _: &'a str,
        _: &'a TypedInvitation,
        _: Millis,
    ) -> Later<'a, Result<MadeInvitation, NotDone>> {
        Box::pin(async { Err(Refused::Unavailable.into()) })
    }

    fn withdraw_invitation<'a>(&'a self, _: &'a Actor, _: &'a str, _: Millis) -> Later<'a, Result<String, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn grant<'a>(&'a self, _: &'a Actor, _: &'a str, _: Millis) -> Later<'a, Result<GrantDesk, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn revoke<'a>(&'a self, _: &'a Actor, _: &'a str, _: &'a str, _: Millis) -> Later<'a, Result<String, NotDone>> {
        Box::pin(async { Err(Refused::Unavailable.into()) })
    }

    fn invite_again<'a>(
        &'a self,
        _: &'a Actor,
        _: &'a str,
        _: &'a str,
        _: Millis,
    ) -> Later<'a, Result<MadeInvitation, NotDone>> {
        Box::pin(async { Err(Refused::Unavailable.into()) })
    }

    fn may_change_mobile<'a>(&'a self, _: &'a Actor, _: Millis) -> Later<'a, Result<(), Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn change_mobile<'a>(&'a self, _: &'a Actor, _: &'a TypedChange, _: Millis) -> Later<'a, Result<String, NotDone>> {
        Box::pin(async { Err(Refused::Unavailable.into()) })
    }

    fn cover_desk<'a>(&'a self, _: &'a Actor, _: Millis) -> Later<'a, Result<Vec<CoverPost>, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }
}

impl Matters for Closed {
    fn list_assigned<'a>(&'a self, _: &'a Actor) -> Later<'a, Result<Vec<MatterRow>, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn read<'a>(
        &'a self,
        _: &'a Actor,
        _: Option<&'a str>,
        _: MatterId,
        _: Millis,
    ) -> Later<'a, Result<MatterPage, NotRead>> {
        Box::pin(async { Err(NotRead::KeyProcess) })
    }

    fn open<'a>(
        &'a self,
        _: &'a Actor,
        _: Option<&'a str>,
        _: &'a NewMatter,
        _: Millis,
    ) -> Later<'a, Result<MatterId, NotRead>> {
        Box::pin(async { Err(NotRead::KeyProcess) })
    }

    fn assign<'a>(
        &'a self,
        _: &'a Actor,
        _: Option<&'a str>,
        _: MatterId,
        _: SubjectId,
        _: Millis,
    ) -> Later<'a, Result<(), NotRead>> {
        Box::pin(async { Err(NotRead::KeyProcess) })
    }
}

impl AuditLog for Closed {
    fn list<'a>(
        &'a self,
        _: &'a Actor,
        _: Option<&'a str>,
        _: Option<i64>,
        _: Millis,
    ) -> Later<'a, Result<AuditPage, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }
}

impl Joining for Closed {
    fn welcome<'a>(
        &'a self,
        _: &'a Actor,
        _: Option<&'a str>,
        _: Option<u32>,
        _: Millis,
    ) -> Later<'a, Result<Welcome, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn draft<'a>(&'a self, _: &'a Actor, _: Option<&'a str>, _: Millis) -> Later<'a, Result<Draft, NotSaved>> {
        Box::pin(async { Err(NotSaved::Refused(Refused::Unavailable)) })
    }

    fn save<'a>(
        &'a self,
        _: &'a Actor,
        _: Screen,
        _: &'a TypedScreen,
        _: Millis,
    ) -> Later<'a, Result<Screen, NotSaved>> {
        Box::pin(async { Err(NotSaved::Refused(Refused::Unavailable)) })
    }

    fn preview<'a>(&'a self, _: &'a Actor, _: Millis) -> Later<'a, Result<Preview, NotSaved>> {
        Box::pin(async { Err(NotSaved::Refused(Refused::Unavailable)) })
    }

    fn submit<'a>(&'a self, _: &'a Actor, _: bool, _: bool, _: Millis) -> Later<'a, Result<Registered, NotSubmitted>> {
        Box::pin(async { Err(NotSubmitted::Refused(Refused::Unavailable)) })
    }

    fn discard<'a>(&'a self, _: &'a Actor, _: Millis) -> Later<'a, Result<(), Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn applications<'a>(&'a self, _: &'a Actor) -> Later<'a, Result<Vec<ApplicationRow>, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn application<'a>(&'a self, _: &'a Actor, _: &'a str, _: Millis) -> Later<'a, Result<MyApplication, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn withdraw<'a>(&'a self, _: &'a Actor, _: &'a str, _: Millis) -> Later<'a, Result<(), Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn answer<'a>(&'a self, _: &'a Actor, _: &'a str, _: &'a str, _: Millis) -> Later<'a, Result<(), NotSaved>> {
        Box::pin(async { Err(NotSaved::Refused(Refused::Unavailable)) })
    }

    fn occupations(&self) -> Later<'_, Result<Vec<Occupation>, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn suggest<'a>(
        &'a self,
        _: Lane,
        _: &'a str,
        _: Option<u32>,
        _: Millis,
    ) -> Later<'a, Result<Vec<Suggestion>, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn towns(&self, _: u32) -> Vec<(String, String)> {
        Vec::new()
    }

    fn prepare<'a>(
        &'a self,
        _: &'a Actor,
        _: &'a str,
        _: &'a TypedScreen,
        _: Millis,
    ) -> Later<'a, Result<Handed, NotSaved>> {
        Box::pin(async { Err(NotSaved::Refused(Refused::Unavailable)) })
    }

    fn prepared<'a>(&'a self, _: &'a Actor, _: &'a str, _: Millis) -> Later<'a, Result<Prepared, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn take_over<'a>(&'a self, _: &'a Actor, _: &'a str, _: Millis) -> Later<'a, Result<Screen, NotSaved>> {
        Box::pin(async { Err(NotSaved::Refused(Refused::Unavailable)) })
    }

    fn entry_link<'a>(&'a self, _: &'a Actor, _: &'a str) -> Later<'a, Result<LinkDesk, Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }

    fn make_entry_link<'a>(&'a self, _: &'a Actor, _: &'a str, _: Millis) -> Later<'a, Result<(), Refused>> {
        Box::pin(async { Err(Refused::Unavailable) })
    }
}
