//! Made-up members and applications for measuring: as many as wanted, the same ones for the same seed, in a database that
//! has none. Every row is marked 示范, and nobody stands behind it.

use super::generate::Dice;
use crate::{
    organisations::id_of_region,
    regions::Regions,
    store::{MADE_UP, MadeUp, Store, StoreError},
};
use domain::{
    account::OrganisationId,
    ports::Level,
    time::{DAY_MS, Millis},
};
use std::collections::HashSet;

/// How many.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// Members.
    pub members: u32,
    /// Applications.
    pub applications: u32,
    /// The same seed makes the same rows.
    pub seed: u64,
}

const OCCUPATIONS: [(&str, &str); 5] = [
    ("made_up_courier", "快递员（示范）"),
    ("made_up_delivery", "外卖配送员（示范）"),
    ("made_up_truck", "货车司机（示范）"),
    ("made_up_ride", "网约车司机（示范）"),
    ("made_up_housekeeping", "家政服务员（示范）"),
];
const PLATFORMS: u8 = 12;
const LINKS: usize = 20;
/// Three in ten live in one county: its queue and its list are the longest.
const CROWDED: u32 = 410_105;
/// They came in so many days.
const DAYS: usize = 400;
/// Rows of one transaction.
const BATCH: usize = 10_000;

/// Makes them.
///
/// # Errors
/// The database does not answer. What was written stays: the database is one for measuring.
pub async fn fill(store: &Store, regions: &Regions, wanted: Wanted, now: Millis) -> Result<(), StoreError> {
    // Some regions have no union of their own.
    let known: HashSet<OrganisationId> = store.organisations().await?.into_iter().map(|one| one.id).collect();
    let has_union = |adcode: &u32| known.contains(&id_of_region(*adcode));
    let counties = regions.all().filter(|one| one.level == Level::County).map(|one| one.adcode).filter(has_union);
    let mut make = Make { dice: Dice(wanted.seed), counties: counties.collect(), made: 0, now };
    let mut edit = store.edit().await?;
    let platforms: Vec<([u8; 16], String)> =
        (0..PLATFORMS).map(|at| (platform(at), format!("平台 {at}（示范）"))).collect();
    let links: Vec<String> = (0..LINKS).map(link).collect();
    edit.put_made_up_lists(&OCCUPATIONS, &platforms, &links, now).await?;
    edit.finish().await?;
    let mut left = usize::try_from(wanted.members).unwrap_or(usize::MAX);
    while left > 0 {
        let rows: Vec<MadeUp> = (0..left.min(BATCH)).map(|_| make.member()).collect();
        left -= rows.len();
        let mut edit = store.edit().await?;
        edit.put_made_up_members(&rows, now).await?;
        edit.finish().await?;
    }
    let mut left = usize::try_from(wanted.applications).unwrap_or(usize::MAX);
    while left > 0 {
        let rows: Vec<MadeUp> = (0..left.min(BATCH)).map(|_| make.application()).collect();
        left -= rows.len();
        let mut edit = store.edit().await?;
        edit.put_made_up_applications(&rows, now).await?;
        edit.finish().await?;
    }
    Ok(())
}

const fn platform(at: u8) -> [u8; 16] {
    let mut id = [0x5f; 16];
    id[15] = at;
    id
}

fn link(at: usize) -> String {
    format!("made-up-{at}")
}

struct Make {
    dice: Dice,
    counties: Vec<u32>,
    made: u64,
    now: Millis,
}

impl Make {
    fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        for part in bytes.chunks_mut(8) {
            part.copy_from_slice(&self.dice.next().to_be_bytes()[..part.len()]);
        }
        bytes
    }

    /// In order, as real ids are: the database appends.
    fn id(&mut self) -> [u8; 16] {
        let mut id = self.bytes::<16>();
        id[..8].copy_from_slice(&self.made.to_be_bytes());
        id
    }

    fn anybody(&mut self) -> MadeUp {
        self.made += 1;
        let adcode = if self.dice.below(10) < 3 || self.counties.is_empty() {
            CROWDED
        } else {
            self.counties[self.dice.below(self.counties.len())]
        };
        let back = DAY_MS * i64::try_from(self.dice.below(DAYS)).unwrap_or_default();
        MadeUp {
            id: self.id(),
            subject: self.id(),
            id_hash: self.bytes(),
            name_mobile_hash: self.bytes(),
            organisation: id_of_region(adcode).0,
            state: "active",
            number: format!("{MADE_UP}{:09}", self.made),
            occupation: OCCUPATIONS[self.dice.below(OCCUPATIONS.len())].0,
            enterprise: (!self.dice.one_in(4)).then(|| platform(u8::try_from(self.made % 12).unwrap_or_default())),
            adcode,
            entry: None,
            at: self.now - back - 1,
            until: None,
            due_at: self.now + 365 * DAY_MS,
        }
    }

    fn member(&mut self) -> MadeUp {
        let mut one = self.anybody();
        if self.dice.one_in(20) {
            (one.state, one.until) = ("resigned", Some(self.now - 1));
        }
        one
    }

    fn application(&mut self) -> MadeUp {
        let mut one = self.anybody();
        one.entry = self.dice.one_in(2).then(|| link(self.dice.below(LINKS)));
        one.due_at = one.at + 7 * DAY_MS;
        let took = DAY_MS * i64::try_from(self.dice.below(9)).unwrap_or_default();
        let decided = Some((one.at + took).min(self.now));
        (one.state, one.until) = match self.dice.below(20) {
            0..12 => ("approved", decided),
            12..14 => ("rejected", decided),
            14 => ("withdrawn", None),
            _ => ("submitted", None),
        };
        one
    }
}
