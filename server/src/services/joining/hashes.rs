//! By what one person is known in applications and memberships: first what the identity service calls them, else the
//! document, else name and mobile. The hashes are the same wherever they stand, so that SQL compares them.

use crate::{
    store::Hashes,
    vault::{Lookup, Vault},
};
use domain::account::{IdNumber, IdType, Mobile, PersonName};

/// The hash of a document.
#[must_use]
pub fn of_document(vault: &Vault, number: &IdNumber) -> [u8; 32] {
    of_kept(vault, number.id_type(), number.as_str())
}

/// The hash of a document that was looked at when it was kept.
#[must_use]
pub fn of_kept(vault: &Vault, id_type: IdType, number: &str) -> [u8; 32] {
    vault.hash(Lookup::MemberId, &format!("{}:{number}", id_type.code()))
}

/// The hash of a name with a mobile.
#[must_use]
pub fn of_name_and_mobile(vault: &Vault, name: &PersonName, mobile: &Mobile) -> [u8; 32] {
    vault.hash(Lookup::MemberNameMobile, &format!("{}:{}", mobile.as_str(), name.as_str()))
}

/// All of them. `person`: `subject.person_hash`, which stands under a domain of its own already.
#[must_use]
pub fn of(
    vault: &Vault,
    person: Option<Vec<u8>>,
    number: &IdNumber,
    name: &PersonName,
    mobile: Option<&Mobile>,
) -> Hashes {
    Hashes {
        person,
        id: of_document(vault, number).to_vec(),
        name_mobile: mobile.map(|mobile| of_name_and_mobile(vault, name, mobile).to_vec()),
    }
}
