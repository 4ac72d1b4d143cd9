//! The lists that ship: occupations and platforms. What is there stays as an administrator left it.

use crate::store::{NamedEnterprise, Store, StoreError};
use domain::{account::EnterpriseId, membership::Occupation, time::Millis};
use sha2::{Digest as _, Sha256};

const OCCUPATIONS: &[u8] = include_bytes!("../../../data/occupations/occupations.csv");
const PLATFORMS: &[u8] = include_bytes!("../../../data/enterprises/platforms.csv");

/// What the source of a platform that ships is called.
pub const SEED_SOURCE: &str = "seed";

/// The occupations that ship, in their order.
#[must_use]
pub fn occupations() -> Vec<Occupation> {
    let text = |row: &csv::StringRecord, at: usize| row.get(at).unwrap_or_default().to_owned();
    rows(OCCUPATIONS)
        .into_iter()
        .zip(1..)
        .map(|(row, place)| Occupation {
            code: text(&row, 0),
            name: text(&row, 1),
            eight: &row[2] == "1",
            four: &row[3] == "1",
            industry: Some(text(&row, 4)).filter(|industry| !industry.is_empty()),
            position: place * 10,
            is_retired: false,
        })
        .collect()
}

/// The platforms that ship. Their ids are the same on every server, so that two that start at once make one list.
#[must_use]
pub fn platforms() -> Vec<NamedEnterprise> {
    rows(PLATFORMS)
        .into_iter()
        .map(|row| NamedEnterprise {
            id: id_of(&row[0]),
            name: row[1].to_owned(),
            kind: "platform".to_owned(),
            industry: Some(row[2].to_owned()),
            adcode: None,
            organisation: None,
        })
        .collect()
}

/// The id of a platform that ships.
fn id_of(key: &str) -> EnterpriseId {
    let hash = Sha256::digest(format!("enterprise platform {key}"));
    let mut id = [0; 16];
    id.copy_from_slice(&hash[..16]);
    EnterpriseId(id)
}

fn rows(file: &'static [u8]) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(file).into_records().filter_map(Result::ok).collect()
}

/// Makes what is not there yet, in one transaction, and says how many that were.
///
/// # Errors
/// The database does not answer.
pub async fn seed(store: &Store, now: Millis) -> Result<u32, StoreError> {
    let mut made = 0;
    let mut edit = store.edit().await?;
    for one in occupations() {
        made += u32::from(edit.make_occupation(&one, now).await?);
    }
    for (one, place) in platforms().iter().zip(0..) {
        // The order of the file is the order in which they are offered.
        made += u32::from(edit.make_enterprise(one, SEED_SOURCE, now + place).await?);
    }
    edit.finish().await?;
    Ok(made)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_groups_are_those_of_2018_and_2021() {
        let all = occupations();
        assert_eq!((all.iter().filter(|one| one.eight).count(), all.iter().filter(|one| one.four).count()), (8, 4));
        let driver = all.iter().find(|one| one.code == "ride_hailing_driver").expect("listed");
        assert!(driver.four && !driver.eight, "in the four, not in the eight");
        assert_eq!(all.last().map(|one| (one.code.as_str(), one.eight, one.four)), Some(("other", false, false)));
        assert_eq!(all.iter().map(|one| &one.code).collect::<HashSet<_>>().len(), all.len());
    }

    #[test]
    fn every_platform_has_a_trade_of_an_occupation_and_an_id_of_its_own() {
        let trades: HashSet<_> = occupations().into_iter().filter_map(|one| one.industry).collect();
        let all = platforms();
        assert!(all.len() >= 20);
        assert!(all.iter().all(|one| one.industry.as_ref().is_some_and(|trade| trades.contains(trade))));
        assert_eq!(all.iter().map(|one| one.id).collect::<HashSet<_>>().len(), all.len());
    }
}
