//! A draft with its seals opened, for the applicant alone: what is answered, what is missing.

use crate::{
    services::people::{Failed, People},
    store::{KeptApplication, NamedEnterprise, StoreError, SubjectRow},
    vault::{Owner, Place, Secret, VaultError},
};
use domain::{
    account::{ApplicationId, IdNumber, IdType, Mobile, PersonName, SubjectId},
    membership::{ApplicationState, Lane, Screen},
    time::Date,
};
use uuid::Uuid;

/// Where a column of an application is sealed.
#[must_use]
pub const fn place(id: ApplicationId, column: &'static str) -> Place {
    Place { table: "application", column, row: id.0 }
}

/// What was sealed under a person's key; `None` where there is nothing, or no key any more.
///
/// # Errors
/// The vault does not answer.
pub async fn opened(
    people: &People,
    subject: SubjectId,
    place: Place,
    sealed: Option<&Vec<u8>>,
) -> Result<Option<Secret>, Failed> {
    let Some(sealed) = sealed else { return Ok(None) };
    match people.vault.open(Owner::Subject(subject), place, sealed).await {
        Ok(secret) => Ok(Some(secret)),
        Err(VaultError::NoKey) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// A draft as its applicant sees it.
pub struct Seen {
    /// The row.
    pub kept: KeptApplication,
    /// The name: as typed, else as the account has it.
    pub name: Option<String>,
    /// The type of the document.
    pub id_type: Option<IdType>,
    /// Its number: as typed, else as the account has it.
    pub number: Option<String>,
    /// The platform or unit as typed.
    pub unit: Option<String>,
    /// The mobile that the account signed in with.
    pub mobile: Option<Mobile>,
    /// The number that the account held, as it was sealed: another ciphertext is another identity.
    pub account_number: Option<Vec<u8>>,
}

impl Seen {
    /// Of nothing that is filled in yet: for looking at what somebody typed without writing it.
    #[must_use]
    pub fn none(account: &SubjectRow) -> Self {
        let kept = KeptApplication {
            id: ApplicationId(Uuid::now_v7().into_bytes()),
            subject: Some(account.id),
            state: ApplicationState::Draft,
            kind: None,
            lane: None,
            name: None,
            id_type: None,
            id_number: None,
            occupation: None,
            enterprise: None,
            unit: None,
            chosen: None,
            adcode: None,
            town: None,
            entry: None,
            screen: None,
            number: None,
            owner: None,
            due_at: None,
            route: None,
            escalations: 0,
            submitted_at: None,
            decided_at: None,
            authority: None,
            reason: None,
            answer: None,
            helper: None,
            created_at: 0,
            changed_at: 0,
            version: 0,
        };
        Self { kept, name: None, id_type: None, number: None, unit: None, mobile: None, account_number: None }
    }

    /// Opens what a draft and the account behind it hold. Asks the vault alone, so that it may stand in a transaction.
    ///
    /// # Errors
    /// The vault does not answer.
    pub async fn of(people: &People, kept: KeptApplication, account: &SubjectRow) -> Result<Self, Failed> {
        let text = |secret: Option<Secret>| secret.map(|secret| secret.reveal().to_owned());
        let own = async |column, sealed: Option<&Vec<u8>>| {
            let place = Place { table: "subject", column, row: account.id.0 };
            Ok::<_, Failed>(text(opened(people, account.id, place, sealed).await?))
        };
        let typed = async |column, sealed: Option<&Vec<u8>>| {
            Ok::<_, Failed>(text(opened(people, account.id, place(kept.id, column), sealed).await?))
        };
        let name = match typed("name", kept.name.as_ref()).await? {
            None => own("name", account.name.as_ref()).await?,
            typed => typed,
        };
        let (id_type, number) = match typed("id_number", kept.id_number.as_ref()).await? {
            None if kept.id_type.is_none() => (account.id_type, own("id_number", account.id_number.as_ref()).await?),
            typed => (kept.id_type, typed),
        };
        let unit = typed("unit", kept.unit.as_ref()).await?;
        let mobile = match &account.mobile_hash {
            Some(_) => own("mobile", account.mobile.as_ref()).await?,
            // The number went to somebody else: it says nothing of this person.
            None => None,
        };
        let mobile = mobile.and_then(|mobile| Mobile::parse(&mobile).ok());
        Ok(Self { kept, name, id_type, number, unit, mobile, account_number: account.id_number.clone() })
    }

    /// The platform or unit of the list. Asked outside of transactions alone: it takes another connection.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn enterprise(&self, people: &People) -> Result<Option<NamedEnterprise>, StoreError> {
        match self.kept.enterprise {
            Some(id) => people.store.named_enterprise(id).await,
            None => Ok(None),
        }
    }

    /// The name, where it is one.
    #[must_use]
    pub fn right_name(&self) -> Option<PersonName> {
        self.name.as_deref().and_then(|name| PersonName::parse(name).ok())
    }

    /// The number, where it is one.
    #[must_use]
    pub fn right_number(&self, today: Date) -> Option<IdNumber> {
        IdNumber::parse(self.id_type?, self.number.as_deref()?, today).ok()
    }

    /// Whether a screen needs no answer any more.
    #[must_use]
    pub fn has(&self, screen: Screen, today: Date) -> bool {
        let kept = &self.kept;
        match screen {
            Screen::Kind => kept.kind.is_some(),
            Screen::Lane => kept.lane.is_some(),
            Screen::Occupation => kept.occupation.is_some(),
            // What may be skipped is answered once it was.
            Screen::Unit => {
                kept.enterprise.is_some()
                    || kept.chosen.is_some()
                    || self.unit.is_some()
                    || (kept.lane != Some(Lane::Unit) && kept.screen >= Some(Screen::Unit))
            }
            Screen::Place => kept.adcode.is_some(),
            Screen::Name => self.right_name().is_some(),
            Screen::Id => self.right_number(today).is_some(),
            Screen::Check => false,
        }
    }

    /// Screens that are answered.
    #[must_use]
    pub fn answered(&self, today: Date) -> Vec<Screen> {
        Screen::ALL.iter().copied().filter(|&screen| self.has(screen, today)).collect()
    }

    /// Where it goes on.
    #[must_use]
    pub fn next(&self, today: Date) -> Screen {
        Screen::ALL.iter().copied().find(|&screen| !self.has(screen, today)).unwrap_or(Screen::Check)
    }
}
