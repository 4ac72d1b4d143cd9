//! The number of a sign-in of staff whose SMS code was right, for the account that it becomes the number of.

use crate::{
    services::{
        accounts::{self, Passed, mobile_of_passed},
        people::{People, Trouble as _},
    },
    store::{Edit, StoreError},
    vault::{Owner, Place, Sealed},
};
use data_encoding::HEXLOWER;
use domain::{account::SubjectId, policy::Refused, ports::NotProved, time::Millis};

/// The sign-in of a token, when its SMS code was right and it was not used up.
pub(super) async fn find(people: &People, attempt: &str, now: Millis) -> Result<Passed, NotProved> {
    let found = accounts::passed_attempt(people, attempt, now).await.or_unavailable("read a sign-in of staff")?;
    found.ok_or(NotProved::Gone)
}

/// What the limit of wrong codes goes by: the person, or a sign-in of a number that is nobody's.
pub(super) fn limit_key(passed: &Passed) -> String {
    passed.subject.map_or_else(|| HEXLOWER.encode(&passed.id), |subject| subject.to_string())
}

/// A number that goes over to somebody.
pub(super) struct Mobile {
    hash: Vec<u8>,
    sealed: Sealed,
}

impl Mobile {
    /// That of a sign-in, sealed for somebody.
    pub(super) async fn of(people: &People, attempt: &str, to: SubjectId, now: Millis) -> Result<Self, NotProved> {
        let found = mobile_of_passed(people, attempt).await.or_unavailable("open a number")?;
        let (mobile, hash) = found.ok_or(NotProved::Gone)?;
        let place = Place { table: "subject", column: "mobile", row: to.0 };
        let sealed = people.vault.seal(Owner::Subject(to), place, mobile.reveal(), now).await;
        let sealed: Result<Sealed, Refused> = sealed.or_unavailable("seal a number");
        Ok(Self { hash, sealed: sealed? })
    }

    /// Gives it to them, unless they have it; says whether they have it now, and no other.
    pub(super) async fn give(&self, edit: &mut Edit, to: SubjectId) -> Result<bool, StoreError> {
        edit.give_mobile(to, &self.hash, &self.sealed.0).await
    }
}
