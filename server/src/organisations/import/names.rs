//! Finding regions and organisations by what a file calls them.

use super::cells::Draft;
use crate::regions::Regions;
use domain::{
    account::OrganisationId,
    organisation::{CreditCode, Kind, OrganisationTree},
};
use std::collections::HashMap;

/// The names of a region: its own, and with any of those above it in front: `金水区`, `郑州市金水区`,
/// `河南省郑州市金水区`.
fn names_of(regions: &Regions, adcode: u32) -> Vec<String> {
    let lineage = regions.lineage(adcode);
    (0..lineage.len()).map(|from| lineage[from..].iter().map(|region| region.name.as_str()).collect()).collect()
}

/// Regions by their names.
pub struct RegionNames(HashMap<String, Vec<u32>>);

impl RegionNames {
    /// Of all regions.
    #[must_use]
    pub fn new(regions: &Regions) -> Self {
        let mut all: HashMap<String, Vec<u32>> = HashMap::new();
        for region in regions.all() {
            let mut names = names_of(regions, region.adcode);
            names.push(region.short.clone());
            names.sort_unstable();
            names.dedup();
            for name in names {
                all.entry(name).or_default().push(region.adcode);
            }
        }
        Self(all)
    }

    /// Those that a name can mean.
    #[must_use]
    pub fn find(&self, name: &str) -> &[u32] {
        let name: String = name.split_whitespace().collect();
        self.0.get(&name).map_or(&[], Vec::as_slice)
    }
}

/// Organisations by code and name: those that are there and those of the file.
pub struct Names {
    by_code: HashMap<String, Vec<OrganisationId>>,
    by_name: HashMap<String, Vec<OrganisationId>>,
}

impl Names {
    /// Of a tree and the rows of a file.
    pub fn new<'a>(
        regions: &Regions,
        tree: &OrganisationTree,
        rows: impl Iterator<Item = (OrganisationId, &'a Draft)>,
    ) -> Self {
        let mut names = Self { by_code: HashMap::new(), by_name: HashMap::new() };
        for one in tree.all() {
            names.add(regions, one.id, one.code.as_deref(), &one.name, one.kind, one.adcode);
        }
        for (id, draft) in rows {
            names.add(regions, id, draft.code.as_ref().map(CreditCode::as_str), &draft.name, draft.kind, draft.adcode);
        }
        names
    }

    fn add(
        &mut self,
        regions: &Regions,
        id: OrganisationId,
        code: Option<&str>,
        name: &str,
        kind: Kind,
        adcode: Option<u32>,
    ) {
        let put = |map: &mut HashMap<String, Vec<OrganisationId>>, key: String| {
            let all = map.entry(key).or_default();
            if !all.contains(&id) {
                all.push(id);
            }
        };
        if let Some(code) = code {
            put(&mut self.by_code, code.to_owned());
        }
        put(&mut self.by_name, name.split_whitespace().collect());
        if let (Kind::General, Some(adcode)) = (kind, adcode) {
            for region in names_of(regions, adcode) {
                put(&mut self.by_name, format!("{region}总工会"));
            }
        }
    }

    /// Those of a code: one at most, unless the file says otherwise.
    #[must_use]
    pub fn by_code(&self, code: &str) -> &[OrganisationId] {
        self.by_code.get(code).map_or(&[], Vec::as_slice)
    }

    /// Those of a name.
    #[must_use]
    pub fn by_name(&self, name: &str) -> &[OrganisationId] {
        let name: String = name.split_whitespace().collect();
        self.by_name.get(&name).map_or(&[], Vec::as_slice)
    }
}
