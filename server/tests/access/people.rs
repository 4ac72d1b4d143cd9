//! Somebody for every column of the matrix, made for one request and gone after it.

use super::world::{Access, NOW};
use domain::{
    account::{OrganisationId, Strength, SubjectId},
    policy::Role,
    station::Code,
};
use server::services::accounts::begin;
use uuid::Uuid;

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    Anonymous,
    Worker,
    OtherWorker,
    Manager,
    OtherManager,
    OfficerInTree,
    OfficerOutOfTree,
    HandlerAssigned,
    HandlerOther,
    CoverAdministrator,
    Administrator,
    Auditor,
    /// An officer who has signed in with a code to the number alone.
    OfficerBySms,
}

impl Who {
    pub const ALL: [Self; 13] = [
        Self::Anonymous,
        Self::Worker,
        Self::OtherWorker,
        Self::Manager,
        Self::OtherManager,
        Self::OfficerInTree,
        Self::OfficerOutOfTree,
        Self::HandlerAssigned,
        Self::HandlerOther,
        Self::CoverAdministrator,
        Self::Administrator,
        Self::Auditor,
        Self::OfficerBySms,
    ];

    /// The role that is given to them, beside the one that everybody has.
    pub const fn role(self) -> Option<Role> {
        match self {
            Self::Anonymous | Self::Worker | Self::OtherWorker => None,
            Self::Manager | Self::OtherManager => Some(Role::Manager),
            Self::OfficerInTree | Self::OfficerOutOfTree | Self::OfficerBySms => Some(Role::Officer),
            Self::HandlerAssigned | Self::HandlerOther => Some(Role::Handler),
            Self::CoverAdministrator => Some(Role::CoverAdministrator),
            Self::Administrator => Some(Role::Administrator),
            Self::Auditor => Some(Role::Auditor),
        }
    }

    /// The roles that count when they ask: a role that waits for a passkey does not.
    pub fn roles(self) -> Vec<Role> {
        let general = if self == Self::Anonymous { Role::Anonymous } else { Role::Worker };
        let given = self.role().filter(|_| self != Self::OfficerBySms);
        std::iter::once(general).chain(given).collect()
    }

    /// Whether their session rests on a number alone, or on a number and an officer's word.
    pub const fn strength_is_weak(self) -> bool {
        !self.strength().opens_desks()
    }

    const fn strength(self) -> Strength {
        match self {
            Self::Anonymous | Self::Worker | Self::OtherWorker | Self::OfficerBySms => Strength::Sms,
            Self::Manager | Self::OtherManager => Strength::Manager,
            _ => Strength::Passkey,
        }
    }
}

/// Somebody with a session.
#[derive(Clone, Debug)]
pub struct Person {
    pub who: Who,
    pub subject: Option<SubjectId>,
    /// The `Cookie` header.
    pub cookie: String,
    /// Their own session, as an address names it.
    pub session: Option<String>,
}

/// Where roles reach in this world.
#[derive(Clone, Copy, Debug)]
pub struct Places {
    /// A station, and the county union that answers for it.
    pub station: Code,
    pub county: OrganisationId,
    /// A station elsewhere, and the union of another province.
    pub other_station: Code,
    pub elsewhere: OrganisationId,
}

impl Access {
    pub async fn person(&self, who: Who) -> Person {
        if who == Who::Anonymous {
            return Person { who, subject: None, cookie: String::new(), session: None };
        }
        let subject = SubjectId(Uuid::now_v7().into_bytes());
        let mut edit = self.people.store.edit().await.expect("writes");
        edit.put_trial_subject(subject, NOW).await.expect("a person");
        let places = self.places;
        if let Some(role) = who.role() {
            let (organisation, station) = match who {
                Who::Manager => (None, Some(places.station)),
                Who::OtherManager => (None, Some(places.other_station)),
                Who::OfficerOutOfTree | Who::HandlerOther => (Some(places.elsewhere), None),
                Who::Administrator | Who::Auditor => (None, None),
                _ => (Some(places.county), None),
            };
            edit.put_trial_grant(subject, role, organisation, station, NOW).await.expect("a role");
        }
        let device = Some("0123456789abcdef0123456789abcdef");
        let begun =
            begin(&self.people, &mut edit, subject, who.strength(), "测试", device, NOW).await.expect("a session");
        edit.finish().await.expect("written");
        Person {
            who,
            subject: Some(subject),
            cookie: format!("sid={}", begun.token),
            session: Some(begun.id.to_string()),
        }
    }
}
