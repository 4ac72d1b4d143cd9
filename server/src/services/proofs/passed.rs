//! Sign-ins of staff whose SMS code was right, and which wait for the authenticator.

use crate::{
    services::people::{People, Trouble as _},
    store::{Edit, PassedAttempt, StoreError},
    vault::{Lookup, Owner, Place, Sealed},
};
use data_encoding::HEXLOWER;
use domain::{account::SubjectId, policy::Refused, time::Millis};

/// A sign-in that has come half the way.
pub(super) struct Passed {
    kept: PassedAttempt,
    /// Whose number it is, when it is somebody's.
    pub subject: Option<SubjectId>,
}

impl Passed {
    /// What the limit of wrong codes goes by: the person, or a number that is nobody's.
    pub(super) fn limit_key(&self) -> String {
        self.subject.map_or_else(|| HEXLOWER.encode(&self.kept.mobile_hash), |subject| subject.to_string())
    }
}

/// The sign-in of a token, when its SMS code was right and it was not used up.
pub(super) async fn find(people: &People, attempt: &str, now: Millis) -> Result<Option<Passed>, Refused> {
    let hash = people.vault.hash(Lookup::Token, attempt);
    let kept = people.store.passed_attempt(&hash, now).await.or_unavailable("read a sign-in of staff")?;
    let Some(kept) = kept else { return Ok(None) };
    let subject = people.store.subject_of_mobile(&kept.mobile_hash).await.or_unavailable("find a person")?;
    Ok(Some(Passed { kept, subject }))
}

/// Uses a sign-in up; says whether it was still to be had.
pub(super) async fn consume(people: &People, edit: &mut Edit, attempt: &str, now: Millis) -> Result<bool, StoreError> {
    edit.use_passed_attempt(&people.vault.hash(Lookup::Token, attempt), now).await
}

/// Gives somebody the number of a sign-in, unless they have it; says whether they have it now, and no other.
pub(super) async fn give_mobile(
    edit: &mut Edit,
    passed: &Passed,
    subject: SubjectId,
    sealed: &Sealed,
) -> Result<bool, StoreError> {
    edit.give_mobile(subject, &passed.kept.mobile_hash, &sealed.0).await
}

/// The number of a sign-in, sealed for somebody who takes it over.
pub(super) async fn mobile_for(
    people: &People,
    passed: &Passed,
    subject: SubjectId,
    now: Millis,
) -> Result<Sealed, Refused> {
    let from = Place { table: "sign_in_attempt", column: "mobile", row: passed.kept.id };
    let mobile = people.vault.open(Owner::Program, from, &passed.kept.mobile).await.or_unavailable("open a number")?;
    let to = Place { table: "subject", column: "mobile", row: subject.0 };
    people.vault.seal(Owner::Subject(subject), to, mobile.reveal(), now).await.or_unavailable("seal a number")
}
