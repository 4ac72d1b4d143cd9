//! The tree: who stands above whom, and whom a role reaches.

use super::{Kind, Level};
use crate::{
    account::{Actor, OrganisationId, Reach},
    policy::{Relation, Role},
    station::Code,
    time::{DAY_MS, Millis},
};
use std::collections::{BTreeMap, HashMap, HashSet};

/// 已开通: an officer was active in so many days.
pub const OPEN_DAYS: i64 = 14;

/// A union organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Which.
    pub id: OrganisationId,
    /// 统一社会信用代码; a seeded organisation has none yet.
    pub code: Option<String>,
    /// `金水区总工会`.
    pub name: String,
    /// 组织类型.
    pub kind: Kind,
    /// 组织级别.
    pub level: Level,
    /// GB/T 2260, of the region it answers for.
    pub adcode: Option<u32>,
    /// What it stands under.
    pub parent: Option<OrganisationId>,
    /// The trade of an industry federation.
    pub industry: Option<String>,
    /// 会费 in its own words.
    pub dues: Option<String>,
    /// To call.
    pub phone: Option<String>,
    /// Where the row is from: `seed`, or the name of a file.
    pub source: String,
    /// Made from the list of regions, not told by anybody.
    pub seeded: bool,
    /// When one of its officers was last active.
    pub officer_active_at: Option<Millis>,
    /// It is no more.
    pub dissolved_at: Option<Millis>,
}

impl Organisation {
    /// 已开通: it takes applications, because somebody reads them.
    #[must_use]
    pub fn is_open(&self, now: Millis) -> bool {
        self.dissolved_at.is_none() && self.officer_active_at.is_some_and(|at| now - at < OPEN_DAYS * DAY_MS)
    }
}

/// All organisations, to be read only. What is dissolved is not in it: no role reaches it.
#[derive(Clone, Debug, Default)]
pub struct OrganisationTree {
    by_id: HashMap<OrganisationId, Organisation>,
    children: HashMap<OrganisationId, Vec<OrganisationId>>,
    by_region: BTreeMap<u32, OrganisationId>,
    by_code: HashMap<String, OrganisationId>,
    federations: Vec<OrganisationId>,
}

impl OrganisationTree {
    /// The tree of rows in any order. A row whose parent is not there stands alone.
    #[must_use]
    pub fn new(rows: impl IntoIterator<Item = Organisation>) -> Self {
        let mut tree = Self::default();
        for row in rows.into_iter().filter(|row| row.dissolved_at.is_none()) {
            if let Some(parent) = row.parent {
                tree.children.entry(parent).or_default().push(row.id);
            }
            if let (Kind::General, Some(adcode)) = (row.kind, row.adcode) {
                tree.by_region.insert(adcode, row.id);
            }
            if row.kind == Kind::IndustryFederation {
                tree.federations.push(row.id);
            }
            if let Some(code) = &row.code {
                tree.by_code.insert(code.clone(), row.id);
            }
            tree.by_id.insert(row.id, row);
        }
        let Self { by_id, children, .. } = &mut tree;
        for below in children.values_mut() {
            below.sort_by_key(|id| by_id.get(id).map(|one| (one.level, one.adcode, one.name.clone(), one.id)));
        }
        tree
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// All, in no order.
    pub fn all(&self) -> impl Iterator<Item = &Organisation> {
        self.by_id.values()
    }

    /// Those without anything above them, in order.
    #[must_use]
    pub fn roots(&self) -> Vec<&Organisation> {
        let alone = |one: &&Organisation| one.parent.is_none_or(|parent| !self.by_id.contains_key(&parent));
        let mut roots: Vec<_> = self.all().filter(alone).collect();
        roots.sort_by_key(|one| (one.level, one.adcode, one.name.as_str(), one.id));
        roots
    }

    /// One of them.
    #[must_use]
    pub fn get(&self, id: OrganisationId) -> Option<&Organisation> {
        self.by_id.get(&id)
    }

    /// 行业性工会联合会, in no order: few beside all others, and asked for with every application.
    pub fn industry_federations(&self) -> impl Iterator<Item = &Organisation> {
        self.federations.iter().filter_map(|id| self.get(*id))
    }

    /// The one of a 统一社会信用代码.
    #[must_use]
    pub fn by_code(&self, code: &str) -> Option<&Organisation> {
        self.by_code.get(code).and_then(|id| self.get(*id))
    }

    /// The general union of a region, exactly.
    #[must_use]
    pub fn general_union(&self, adcode: u32) -> Option<&Organisation> {
        self.by_region.get(&adcode).and_then(|id| self.get(*id))
    }

    /// The general union that answers for a place: of its county, or of what the county lies in. Codes of GB/T 2260
    /// name city and province in their first digits.
    #[must_use]
    pub fn answering_for(&self, adcode: u32) -> Option<&Organisation> {
        [adcode, adcode / 100 * 100, adcode / 10_000 * 10_000].into_iter().find_map(|code| self.general_union(code))
    }

    /// What stands directly below one, in order.
    pub fn children(&self, id: OrganisationId) -> impl Iterator<Item = &Organisation> {
        self.children.get(&id).into_iter().flatten().filter_map(|id| self.get(*id))
    }

    /// One and all above it, upwards. A ring, which no import makes, ends where it closes.
    #[must_use]
    pub fn lineage(&self, id: OrganisationId) -> Vec<&Organisation> {
        let mut seen = HashSet::new();
        std::iter::successors(self.get(id), |one| one.parent.and_then(|parent| self.get(parent)))
            .take_while(|one| seen.insert(one.id))
            .collect()
    }

    /// Whether a reach takes in an organisation: it itself, or one above it. Nothing reaches what is not there.
    #[must_use]
    pub fn reaches(&self, reach: &Reach, id: OrganisationId) -> bool {
        match reach {
            Reach::Everywhere => self.by_id.contains_key(&id),
            Reach::Tree(top) => self.lineage(id).iter().any(|above| above.id == *top),
            Reach::Station(_) => false,
        }
    }

    /// Whether a reach takes in a station of a county.
    #[must_use]
    pub fn reaches_station(&self, reach: &Reach, station: Code, adcode: Option<u32>) -> bool {
        match reach {
            Reach::Everywhere => true,
            Reach::Station(own) => *own == station,
            Reach::Tree(_) => {
                let answering = adcode.and_then(|adcode| self.answering_for(adcode));
                answering.is_some_and(|answering| self.reaches(reach, answering.id))
            }
        }
    }

    /// How each of an actor's roles stands to an organisation, for the policy.
    #[must_use]
    pub fn relations(&self, actor: &Actor, id: OrganisationId) -> Vec<(Role, Relation)> {
        relations(actor, |reach| self.reaches(reach, id))
    }

    /// How each of an actor's roles stands to a station, for the policy.
    #[must_use]
    pub fn station_relations(&self, actor: &Actor, station: Code, adcode: Option<u32>) -> Vec<(Role, Relation)> {
        relations(actor, |reach| self.reaches_station(reach, station, adcode))
    }
}

fn relations(actor: &Actor, reaches: impl Fn(&Reach) -> bool) -> Vec<(Role, Relation)> {
    let relation = |reach| if reaches(reach) { Relation::Within } else { Relation::Other };
    actor.grants().iter().map(|grant| (grant.role, relation(&grant.reach))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn id(number: usize) -> OrganisationId {
        OrganisationId(u128::try_from(number).expect("small").to_be_bytes())
    }

    fn row(number: usize, parent: Option<usize>) -> Organisation {
        Organisation {
            id: id(number),
            code: None,
            name: format!("第 {number} 工会"),
            kind: Kind::Grassroots,
            level: Level::Unit,
            adcode: None,
            parent: parent.map(id),
            industry: None,
            dues: None,
            phone: None,
            source: "test".into(),
            seeded: false,
            officer_active_at: None,
            dissolved_at: None,
        }
    }

    fn general(number: usize, parent: Option<usize>, adcode: u32) -> Organisation {
        Organisation { kind: Kind::General, adcode: Some(adcode), ..row(number, parent) }
    }

    /// Parents stand before their children; some have none.
    fn any_forest() -> impl Strategy<Value = Vec<Option<usize>>> {
        proptest::collection::vec(proptest::option::weighted(0.9, 0..1_000_usize), 1..40).prop_map(|picks| {
            picks.iter().enumerate().map(|(at, pick)| pick.filter(|_| at > 0).map(|pick| pick % at.max(1))).collect()
        })
    }

    proptest! {
        #[test]
        fn a_role_reaches_exactly_its_organisation_and_all_below(forest in any_forest()) {
            let tree = OrganisationTree::new(forest.iter().enumerate().map(|(at, parent)| row(at, *parent)));
            for top in 0..forest.len() {
                for below in 0..forest.len() {
                    // Counted apart, from the plain list.
                    let mut at = Some(below);
                    let mut is_below = false;
                    while let Some(now) = at {
                        is_below |= now == top;
                        at = forest[now];
                    }
                    prop_assert_eq!(tree.reaches(&Reach::Tree(id(top)), id(below)), is_below);
                }
                prop_assert!(!tree.reaches(&Reach::Tree(id(top)), id(forest.len())), "nobody reaches what is not there");
            }
        }

        #[test]
        fn any_parents_at_all_even_rings_are_walked_to_an_end(parents in proptest::collection::vec(0..12_usize, 1..12)) {
            let tree = OrganisationTree::new(parents.iter().enumerate().map(|(at, parent)| row(at, Some(*parent))));
            for at in 0..parents.len() {
                prop_assert!(tree.lineage(id(at)).len() <= parents.len());
            }
        }
    }

    #[test]
    fn a_station_belongs_to_the_general_union_of_its_county_or_of_what_that_lies_in() {
        let tree = OrganisationTree::new([general(1, None, 410_000), general(2, Some(1), 410_100), row(3, Some(2))]);
        let code = Code::of_hash([7; 8]);
        let reaches = |top: usize, adcode| tree.reaches_station(&Reach::Tree(id(top)), code, adcode);
        assert!(reaches(2, Some(410_105)) && reaches(1, Some(410_105)), "no union of the county: the city's");
        assert!(reaches(1, Some(419_001)) && !reaches(2, Some(419_001)), "济源 is no part of 郑州");
        assert!(!reaches(1, Some(420_100)) && !reaches(1, None) && !reaches(3, Some(410_105)));
        assert!(tree.reaches_station(&Reach::Everywhere, code, None));
        assert!(tree.reaches_station(&Reach::Station(code), code, None));
        assert!(!tree.reaches_station(&Reach::Station(Code::of_hash([8; 8])), code, Some(410_105)));
    }

    #[test]
    fn an_organisation_is_open_for_fourteen_days_after_an_officer_was_there() {
        let at = |officer_active_at| Organisation { officer_active_at, ..row(1, None) };
        assert!(!at(None).is_open(0));
        assert!(at(Some(0)).is_open(14 * DAY_MS - 1));
        assert!(!at(Some(0)).is_open(14 * DAY_MS));
    }

    #[test]
    fn what_is_dissolved_is_not_there() {
        let gone = Organisation { dissolved_at: Some(1), ..row(1, None) };
        let tree = OrganisationTree::new([gone, row(2, Some(1))]);
        assert!(!tree.reaches(&Reach::Everywhere, id(1)) && !tree.reaches(&Reach::Tree(id(1)), id(2)));
        assert_eq!(tree.roots().len(), 1);
    }
}
