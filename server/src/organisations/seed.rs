//! 总工会 of provinces, cities and counties, from the regions that ship.

use crate::{
    regions::{Region, Regions},
    store::{Store, StoreError},
};
use domain::{
    account::OrganisationId,
    organisation::{Kind, Level, Organisation, general_union_of},
    ports,
    time::Millis,
};
use sha2::{Digest as _, Sha256};

/// What the source of a seeded row is called.
pub const SEED_SOURCE: &str = "seed";

/// Taiwan, Hong Kong and Macau: their unions are no part of this tree.
const NOT_SEEDED: [u32; 3] = [71, 81, 82];

fn id_of(what: &str, key: &str) -> OrganisationId {
    let hash = Sha256::digest(format!("organisation {what} {key}"));
    let mut id = [0; 16];
    id.copy_from_slice(&hash[..16]);
    OrganisationId(id)
}

/// The id of the general union of a region: the same on every server, so that two that seed at once make one tree.
#[must_use]
pub fn id_of_region(adcode: u32) -> OrganisationId {
    id_of("region", &adcode.to_string())
}

/// The id of an imported organisation, from its 统一社会信用代码.
#[must_use]
pub fn id_of_code(code: &str) -> OrganisationId {
    id_of("code", code)
}

fn is_seeded(region: &Region) -> bool {
    region.is_listed && !NOT_SEEDED.contains(&(region.adcode / 10_000))
}

/// One row a region, provinces before cities before counties.
#[must_use]
pub fn seeds(regions: &Regions) -> Vec<Organisation> {
    let level = |region: &Region| match region.level {
        ports::Level::Province => Level::Province,
        ports::Level::City => Level::City,
        ports::Level::County => Level::County,
    };
    let mut rows: Vec<Organisation> = regions
        .all()
        .filter(|region| is_seeded(region))
        .map(|region| Organisation {
            id: id_of_region(region.adcode),
            code: None,
            name: general_union_of(&region.name),
            kind: Kind::General,
            level: level(region),
            adcode: Some(region.adcode),
            parent: region.parent.map(id_of_region),
            industry: None,
            dues: None,
            phone: None,
            source: SEED_SOURCE.to_owned(),
            seeded: true,
            officer_active_at: None,
            dissolved_at: None,
        })
        .collect();
    rows.sort_by_key(|row| (row.level, row.adcode));
    rows
}

/// Makes what is not there yet, in one transaction, and says how many that were. What is there stays as it is.
///
/// # Errors
/// The database does not answer.
pub async fn seed(store: &Store, regions: &Regions, now: Millis) -> Result<u64, StoreError> {
    let mut edit = store.edit().await?;
    let made = edit.make_organisations(&seeds(regions), now).await?;
    edit.finish().await?;
    Ok(made)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::regions::tree::shipped;
    use domain::organisation::OrganisationTree;

    fn tree() -> OrganisationTree {
        OrganisationTree::new(seeds(shipped()))
    }

    fn names(tree: &OrganisationTree, adcode: u32) -> Vec<&str> {
        let of = tree.general_union(adcode).expect("seeded");
        tree.lineage(of.id).iter().map(|one| one.name.as_str()).collect()
    }

    #[test]
    fn every_listed_region_of_the_mainland_has_its_general_union() {
        let tree = tree();
        assert_eq!(tree.roots().len(), 31);
        assert_eq!(names(&tree, 410_105), ["金水区总工会", "郑州市总工会", "河南省总工会"]);
        assert_eq!(names(&tree, 110_101), ["东城区总工会", "北京市总工会"], "municipalities have no cities");
        assert_eq!(names(&tree, 419_001), ["济源市总工会", "河南省总工会"]);
        assert_eq!(names(&tree, 441_900), ["东莞市总工会", "广东省总工会"]);
        for none in [710_000, 810_000, 820_000, 629_700, 629_800, 629_900] {
            assert!(tree.general_union(none).is_none(), "{none}");
        }
    }

    #[test]
    fn every_county_of_the_mainland_has_somebody_who_answers_for_it() {
        let tree = tree();
        let mainland = shipped().all().filter(|region| region.adcode < 700_000);
        for region in mainland {
            let answering = tree.answering_for(region.adcode).expect("somebody");
            assert!(!region.is_listed || answering.adcode == Some(region.adcode), "{}", region.name);
        }
        assert!(tree.answering_for(710_021).is_none() && tree.answering_for(820_000).is_none());
    }

    #[test]
    fn an_id_is_the_same_on_every_server() {
        assert_eq!(id_of_region(410_105), id_of_region(410_105));
        assert_eq!(id_of_region(410_105).to_string(), id_of("region", "410105").to_string());
        assert_ne!(id_of_region(410_105), id_of_code("410105"));
    }
}
