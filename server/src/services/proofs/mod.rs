//! How staff prove who they are: passkeys, and an authenticator where a device has none.
//!
//! `WebAuthn` is spoken by `webauthn_rp`: pure Rust over the `RustCrypto` and dalek crates, and nothing but the
//! relying party's part. Its nearest neighbour, `webauthn-rs`, brings OpenSSL with it (for attestation, which is
//! not asked for here: a union does not choose its officers' phones), and with it a C library to build and to
//! patch. `webauthn_rp` also keeps a ceremony as bytes, so that a second server may end what the first began.
//!
//! A passkey is discoverable and always verified by the phone's own lock, so it is two factors in one gesture, and
//! nobody types a name. The user handle is the subject's random id: it says nothing about the person.

mod authenticator;
mod enrol;
mod keys;
mod passed;
mod passkey;
mod relying_party;
mod session;
mod totp;

pub use relying_party::RelyingParty;
pub use totp::{code as totp_code, step as totp_step};

use super::people::People;
use domain::{
    account::{Actor, PasskeyId},
    policy::Refused,
    ports::{
        Authenticator, AuthenticatorFor, Browser, Ceremony, Invited, Key, Keys, Later, NotProved, NotRemoved,
        PasskeyFor, Proofs, Sender, Shown, SignedIn,
    },
    time::Millis,
};
use std::sync::Arc;

/// Proofs of who somebody is.
#[derive(Clone)]
pub struct ProofService {
    people: People,
    /// None where the address of the site can have no passkeys.
    site: Option<Arc<RelyingParty>>,
}

impl ProofService {
    /// On a database and a vault, for the address that people reach the site by.
    #[must_use]
    pub fn new(people: People) -> Self {
        let site = RelyingParty::at(&people.address).map(Arc::new);
        Self { people, site }
    }
}

impl Proofs for ProofService {
    fn has_passkeys(&self) -> bool {
        self.site.is_some()
    }

    fn begin_passkey<'a>(
        &'a self,
        actor: &'a Actor,
        to: PasskeyFor<'a>,
        sender: &'a Sender,
        now: Millis,
    ) -> Later<'a, Result<Ceremony, NotProved>> {
        Box::pin(self.begin(actor, to, sender, now))
    }

    fn finish_passkey<'a>(
        &'a self,
        actor: &'a Actor,
        to: PasskeyFor<'a>,
        ceremony: &'a str,
        answer: &'a str,
        browser: &'a Browser,
        now: Millis,
    ) -> Later<'a, Result<Shown, NotProved>> {
        Box::pin(self.finish(actor, to, ceremony, answer, browser, now))
    }

    fn invitation<'a>(&'a self, token: &'a str, now: Millis) -> Later<'a, Result<Invited, Refused>> {
        Box::pin(enrol::look(&self.people, token, now))
    }

    fn authenticator<'a>(
        &'a self,
        actor: &'a Actor,
        to: AuthenticatorFor<'a>,
        now: Millis,
    ) -> Later<'a, Result<Authenticator, NotProved>> {
        Box::pin(authenticator::show(&self.people, actor, to, now))
    }

    fn set_up_authenticator<'a>(
        &'a self,
        actor: &'a Actor,
        to: AuthenticatorFor<'a>,
        code: &'a str,
        browser: &'a Browser,
        now: Millis,
    ) -> Later<'a, Result<SignedIn, NotProved>> {
        Box::pin(authenticator::set_up(&self.people, actor, to, code, browser, now))
    }

    fn enter_totp<'a>(
        &'a self,
        actor: &'a Actor,
        attempt: &'a str,
        code: &'a str,
        browser: &'a Browser,
        now: Millis,
    ) -> Later<'a, Result<SignedIn, NotProved>> {
        Box::pin(totp::enter(&self.people, attempt, code, (actor, browser), now))
    }

    fn prove_totp<'a>(
        &'a self,
        actor: &'a Actor,
        code: &'a str,
        now: Millis,
    ) -> Later<'a, Result<SignedIn, NotProved>> {
        Box::pin(totp::prove(&self.people, actor, code, now))
    }

    fn keys<'a>(&'a self, actor: &'a Actor) -> Later<'a, Result<Keys, Refused>> {
        Box::pin(keys::list(&self.people, actor))
    }

    fn rename_passkey<'a>(&'a self, actor: &'a Actor, id: PasskeyId, name: &'a str) -> Later<'a, Result<(), Refused>> {
        Box::pin(keys::rename(&self.people, actor, id, name))
    }

    fn remove_key<'a>(&'a self, actor: &'a Actor, key: Key, now: Millis) -> Later<'a, Result<(), NotRemoved>> {
        Box::pin(keys::remove(&self.people, actor, key, now))
    }
}
