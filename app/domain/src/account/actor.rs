//! Who acts: the one value that every service asks before it does something.

use super::{GrantId, OrganisationId, SessionId, SubjectId};
use crate::{policy::Role, station::Code, time::Millis};
use std::sync::Arc;

codes! {
    /// How strongly a session knows who it belongs to.
    pub enum Strength {
        /// A code sent to the mobile number. A number is resold after 90 days: it proves a number, not a person.
        Sms = "sms" "短信验证码",
        /// An officer's one-use code and a code to the mobile number, bound to one browser.
        Manager = "manager" "站点管理码",
        /// A code to the mobile number and one of an authenticator (RFC 6238).
        Totp = "totp" "动态口令",
        /// A passkey.
        Passkey = "passkey" "通行密钥",
    }
}

impl Strength {
    /// Whether desks of staff open to it.
    #[must_use]
    pub const fn opens_desks(self) -> bool {
        matches!(self, Self::Totp | Self::Passkey)
    }
}

/// How long a shown passkey or authenticator counts for what needs it shown again.
pub const PROOF_LASTS_MS: Millis = 10 * 60 * 1000;

/// Where a role reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The whole country.
    Everywhere,
    /// An organisation and all below it.
    Tree(OrganisationId),
    /// One station.
    Station(Code),
}

/// A role that somebody holds now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Which grant it is.
    pub id: GrantId,
    /// The role.
    pub role: Role,
    /// Where it reaches.
    pub reach: Reach,
}

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Nobody has signed in.
    Anonymous,
    /// Somebody has.
    Person {
        /// The person.
        subject: SubjectId,
        /// The browser.
        session: SessionId,
        /// How strongly that is known.
        strength: Strength,
        /// When a passkey or an authenticator was last shown in this session.
        proved_at: Option<Millis>,
        /// The roles whose desks this session may open: of staff only with [`Strength::opens_desks`], of a manager
        /// also with [`Strength::Manager`].
        grants: Arc<[Grant]>,
        /// Whether there are roles that wait for a passkey or an authenticator: a code to the number alone does not
        /// open them.
        waiting: bool,
    },
}

impl Actor {
    /// The person, when somebody has signed in.
    #[must_use]
    pub const fn subject(&self) -> Option<SubjectId> {
        match self {
            Self::Anonymous => None,
            Self::Person { subject, .. } => Some(*subject),
        }
    }

    /// The browser, when somebody has signed in.
    #[must_use]
    pub const fn session(&self) -> Option<SessionId> {
        match self {
            Self::Anonymous => None,
            Self::Person { session, .. } => Some(*session),
        }
    }

    /// Whether a passkey or an authenticator was shown in this session in the last ten minutes.
    #[must_use]
    pub fn has_proved_lately(&self, now: Millis) -> bool {
        let proved_at = match self {
            Self::Anonymous => None,
            Self::Person { strength, proved_at, .. } => proved_at.filter(|_| strength.opens_desks()),
        };
        proved_at.is_some_and(|at| now - at <= PROOF_LASTS_MS)
    }

    /// The roles this session may use beside [`Role::Anonymous`] and [`Role::Worker`].
    #[must_use]
    pub fn grants(&self) -> &[Grant] {
        match self {
            Self::Anonymous => &[],
            Self::Person { grants, .. } => grants,
        }
    }

    /// Whether a role is among them, wherever it reaches.
    #[must_use]
    pub fn holds(&self, role: Role) -> bool {
        self.grants().iter().any(|grant| grant.role == role)
    }
}
