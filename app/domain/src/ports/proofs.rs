//! How staff prove who they are: passkeys (`WebAuthn` level 3), and where a device has none, an authenticator
//! (RFC 6238) beside a code sent by SMS.
//!
//! Tokens and secrets are told once, to the browser that they are for.

use super::{Browser, Later, Sender, SignedIn};
use crate::{
    account::{Actor, PasskeyId},
    policy::{Refused, Role},
    time::Millis,
};

/// What a ceremony of a passkey is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasskeyFor<'a> {
    /// Signing in: the passkey says who it is.
    SignIn,
    /// The actor shows again that it is them.
    Prove,
    /// One more passkey of the actor.
    Add,
    /// The first passkey of whoever takes up an invitation; its token.
    Invitation(&'a str),
}

/// A ceremony that has begun.
#[derive(Clone, PartialEq, Eq)]
pub struct Ceremony {
    /// Its token: five minutes, one use.
    pub token: String,
    /// What the browser's `navigator.credentials` is called with, as JSON.
    pub options: String,
}

/// How a ceremony ended well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// A session began, or the actor's own has another token now.
    SignedIn(SignedIn),
    /// The actor has one more passkey.
    Added,
}

/// Why somebody did not prove who they are. What is told about a passkey never says whether it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotProved {
    /// The site is reached by an IP address, which no passkey can belong to (`WebAuthn` 5.1.2, RP ID).
    NoPasskeys,
    /// The ceremony, the sign-in or the invitation ran out or was used: it begins anew.
    Gone,
    /// What was shown does not fit.
    Wrong,
    /// The phone has this passkey already.
    Already,
    /// More ceremonies begin than people can.
    TooMany,
    /// The number of the SMS is not the one of the account that the invitation is for.
    OtherNumber,
    /// Too many wrong codes: nobody is asked until then.
    Locked {
        /// Until when.
        until: Millis,
    },
    /// The actor may not, or the database does not answer.
    Refused(Refused),
}

impl From<Refused> for NotProved {
    fn from(why: Refused) -> Self {
        Self::Refused(why)
    }
}

/// What an invitation says to whoever opens it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    /// As what.
    pub role: Role,
    /// Where; `None` is the whole country.
    pub organisation: Option<String>,
    /// Who invites, by the name of their organisation; `None` is whoever runs the server.
    pub invited_by: Option<String>,
    /// Until when.
    pub expires_at: Millis,
    /// Whether somebody enrols again: what they had before goes.
    pub again: bool,
}

/// Whose authenticator is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthenticatorFor<'a> {
    /// The actor's own, in place of an older one.
    Actor,
    /// Of whoever takes up an invitation.
    Invitation {
        /// Its token.
        token: &'a str,
        /// The token of the sign-in whose SMS code was right.
        attempt: &'a str,
    },
}

/// An authenticator to set up. It counts once a code of it was entered.
#[derive(Clone, PartialEq, Eq)]
pub struct Authenticator {
    /// The secret in Base32 (RFC 4648), in groups of four.
    pub secret: String,
    /// The same as an `otpauth:` address, as the rows of a QR code without its quiet zone: true is dark.
    pub squares: Vec<Vec<bool>>,
}

/// A passkey in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasskeyRow {
    /// Which.
    pub id: PasskeyId,
    /// What its owner calls it.
    pub name: String,
    /// When it was made.
    pub created_at: Millis,
    /// When it was last shown.
    pub used_at: Option<Millis>,
}

/// What somebody proves themselves with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// Passkeys, the oldest first.
    pub passkeys: Vec<PasskeyRow>,
    /// When the authenticator was set up.
    pub authenticator: Option<Millis>,
    /// Whether the last one may not go: its owner holds a role of staff.
    pub is_needed: bool,
}

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// A passkey.
    Passkey(PasskeyId),
    /// The authenticator.
    Authenticator,
}

/// Why a key was not taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotRemoved {
    /// It is the last one, and its owner holds a role that nothing else opens.
    Last,
    /// The actor may not, there is none, or the database does not answer.
    Refused(Refused),
}

/// The longest name of a passkey, in letters.
pub const KEY_NAME_AT_MOST: usize = 30;

/// Proofs of who somebody is.
pub trait Proofs: Send + Sync {
    /// Whether the address of the site can have passkeys at all.
    fn has_passkeys(&self) -> bool;

    /// Begins a ceremony of a passkey.
    fn begin_passkey<'a>(
        &'a self,
        actor: &'a Actor,
        to: PasskeyFor<'a>,
        sender: &'a Sender,
        now: Millis,
    ) -> Later<'a, Result<Ceremony, NotProved>>;

    /// Ends it with what the browser answered, as JSON (`RegistrationResponseJSON`, `AuthenticationResponseJSON`).
    fn finish_passkey<'a>(
        &'a self,
        actor: &'a Actor,
        to: PasskeyFor<'a>,
        ceremony: &'a str,
        answer: &'a str,
        browser: &'a Browser,
        now: Millis,
    ) -> Later<'a, Result<Shown, NotProved>>;

    /// What an invitation says; [`Refused::NotFound`] for a wrong, a used and an old one alike.
    fn invitation<'a>(&'a self, token: &'a str, now: Millis) -> Later<'a, Result<Invited, Refused>>;

    /// An authenticator to set up: the same each time it is asked for, until one was.
    fn authenticator<'a>(
        &'a self,
        actor: &'a Actor,
        to: AuthenticatorFor<'a>,
        now: Millis,
    ) -> Later<'a, Result<Authenticator, NotProved>>;

    /// Sets it up with a first code.
    fn set_up_authenticator<'a>(
        &'a self,
        actor: &'a Actor,
        to: AuthenticatorFor<'a>,
        code: &'a str,
        browser: &'a Browser,
        now: Millis,
    ) -> Later<'a, Result<SignedIn, NotProved>>;

    /// Signs in with a code of the authenticator, after the right code of an SMS. The session that this browser
    /// had ends.
    fn enter_totp<'a>(
        &'a self,
        actor: &'a Actor,
        attempt: &'a str,
        code: &'a str,
        browser: &'a Browser,
        now: Millis,
    ) -> Later<'a, Result<SignedIn, NotProved>>;

    /// Shows again with a code of the authenticator that it is the actor.
    fn prove_totp<'a>(&'a self, actor: &'a Actor, code: &'a str, now: Millis)
    -> Later<'a, Result<SignedIn, NotProved>>;

    /// What the actor proves themselves with.
    fn keys<'a>(&'a self, actor: &'a Actor) -> Later<'a, Result<Keys, Refused>>;

    /// Names a passkey. The name is trimmed, not blank, at most [`KEY_NAME_AT_MOST`] letters.
    fn rename_passkey<'a>(&'a self, actor: &'a Actor, id: PasskeyId, name: &'a str) -> Later<'a, Result<(), Refused>>;

    /// Takes one away.
    fn remove_key<'a>(&'a self, actor: &'a Actor, key: Key, now: Millis) -> Later<'a, Result<(), NotRemoved>>;
}
