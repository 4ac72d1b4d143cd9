//! What a join link chose.

use crate::{
    services::people::{Failed, People},
    store::KeptLink,
};
use domain::ports::{Entry, StationLookup, Stations as _};

/// A link with what it stands for.
pub(super) struct Chosen {
    /// As pages show it.
    pub(super) entry: Entry,
    /// As it is kept.
    pub(super) link: KeptLink,
    /// Where it hangs.
    pub(super) adcode: Option<u32>,
}

/// Codes are short: anything longer is none.
const CODE_AT_MOST: usize = 32;

/// The link of a code; `None` where there is none, or what it was for is gone.
pub(super) async fn find(people: &People, code: &str) -> Result<Option<Chosen>, Failed> {
    if code.is_empty() || code.len() > CODE_AT_MOST || code.chars().any(char::is_control) {
        return Ok(None);
    }
    let Some(link) = people.store.entry_link(code).await? else { return Ok(None) };
    Ok(name(people, &link).await?.map(|(name, adcode)| Chosen {
        entry: Entry { code: link.code.clone(), name },
        link,
        adcode,
    }))
}

/// What a link is called, and where it hangs.
pub(super) async fn name(people: &People, link: &KeptLink) -> Result<Option<(String, Option<u32>)>, Failed> {
    let tree = people.organisations.tree();
    let organisation = link.organisation.and_then(|id| tree.get(id));
    if let Some(code) = link.station {
        return Ok(match people.finder.by_code(code) {
            StationLookup::Here(station) => Some((station.name.to_string(), station.adcode)),
            StationLookup::Retired | StationLookup::Missing => None,
        });
    }
    if let Some(id) = link.enterprise {
        let enterprise = people.store.named_enterprise(id).await?;
        return Ok(enterprise.map(|one| match organisation {
            Some(at) => (format!("{}（{}）", one.name, at.name), None),
            None => (one.name, one.adcode),
        }));
    }
    Ok(organisation.map(|one| (one.name.clone(), None)))
}
