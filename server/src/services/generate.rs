//! Made-up stations for measuring: as many as wanted, the same ones for the same seed.
//!
//! They lie around county towns as people do, and most say as little of themselves as real rows:
//! three in four have no hours, two in three no facility. Every row is marked.

use crate::regions::{Region, Regions};
use domain::{
    ports::Level,
    station::{Amenity, Audience, Door, Kind},
};
use std::io::{self, Write};

/// Writes a CSV file of `count` stations, in WGS-84.
///
/// # Errors
/// The file cannot be written.
pub fn write(regions: &Regions, count: u32, seed: u64, out: &mut impl Write) -> io::Result<()> {
    let mut dice = Dice(seed);
    let counties: Vec<&Region> =
        regions.all().filter(|region| region.level == Level::County && region.has_polygon).collect();
    // A few counties have many stations, most have few.
    let mut reach = 0.0;
    let upto: Vec<f64> = counties
        .iter()
        .map(|_| {
            let rare = dice.share() * dice.share();
            reach += 0.05 + rare * rare * 4.0;
            reach
        })
        .collect();

    write!(out, "synthetic,id,name,kind,lat,lng,address,hours,phone,door,audience")?;
    for amenity in Amenity::ALL {
        write!(out, ",{}", amenity.code())?;
    }
    writeln!(out)?;
    for number in 1..=count {
        let drawn = dice.share() * reach;
        let Some(county) = counties.get(upto.partition_point(|upto| *upto <= drawn)) else { continue };
        row(county, number, &mut dice, out)?;
    }
    Ok(())
}

fn row(county: &Region, number: u32, dice: &mut Dice, out: &mut impl Write) -> io::Result<()> {
    const NAMES: [&str; 6] = ["工会驿站", "爱心驿站", "户外劳动者服务站点", "暖心驿站", "司机之家", "职工之家"];
    // One in six sits right in the town, the rest thin out around it.
    let spread = if dice.one_in(6) { 0.004 } else { 0.06 };
    let lat = (county.centre.lat() + dice.normal() * spread).clamp(-89.0, 89.0);
    let lng = (county.centre.lng() + dice.normal() * spread).clamp(-179.0, 179.0);
    let kind = match dice.below(100) {
        0..=84 => Kind::UnionStation,
        85..=89 => Kind::DriverHome,
        90..=92 => Kind::DriverStation,
        93..=96 => Kind::ServiceArea,
        _ => Kind::StaffHome,
    };
    let name = NAMES[dice.below(NAMES.len())];
    write!(out, "yes,{number},{}{name}{number}（造）,{},{lat:.6},{lng:.6},", county.name, kind.code())?;
    if !dice.one_in(5) {
        write!(out, "{}第{}街道{}号", county.name, dice.below(12) + 1, dice.below(300) + 1)?;
    }
    write!(out, ",{},", hours(dice))?;
    if dice.one_in(4) {
        write!(out, "0000-{:07}", dice.below(10_000_000))?;
    }
    let door = if dice.one_in(8) { Door::ALL[dice.below(Door::ALL.len())].code() } else { "" };
    let audience = if dice.one_in(8) { Audience::ALL[dice.below(Audience::ALL.len())].code() } else { "" };
    write!(out, ",{door},{audience}")?;
    let speaks = dice.one_in(3);
    for _ in Amenity::ALL {
        let said = match if speaks { dice.below(20) } else { 99 } {
            0..=3 => "yes",
            4 => "yes;free",
            5 => "no",
            6 if dice.one_in(4) => "yes;broken",
            _ => "",
        };
        write!(out, ",{said}")?;
    }
    writeln!(out)
}

/// One in four speaks of hours, and one in ten of those in words nobody understands.
fn hours(dice: &mut Dice) -> &'static str {
    const HOURS: [&str; 10] = [
        "08:00-18:00",
        "08:30-17:30",
        "周一至周五 09:00-17:00",
        "24小时",
        "09:00-21:00",
        "\"08:30-12:00,14:00-17:30\"",
        "07:00-22:00",
        "周一至周五 08:00-18:00",
        "22:00-08:00",
        "工作日开放",
    ];
    if dice.one_in(4) { HOURS[dice.below(HOURS.len())] } else { "" }
}

/// `SplitMix64` (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// 0 to below `limit`.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        usize::try_from((u128::from(self.next()) * limit as u128) >> 64).unwrap_or_default()
    }

    pub(super) fn one_in(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    /// 0 to below 1.
    fn share(&mut self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
        let share = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        share
    }

    /// About normal: mean 0, deviation 1, never beyond 6. Sums only, so equal on every machine.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.share()).sum::<f64>() - 6.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(count: u32, seed: u64) -> String {
        let regions = Regions::load().expect("the shipped regions load");
        let mut out = Vec::new();
        write(&regions, count, seed, &mut out).expect("written to memory");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn a_seed_gives_the_same_file_every_time_and_another_seed_another() {
        assert_eq!(file(500, 1), file(500, 1));
        assert_ne!(file(500, 1), file(500, 2));
    }

    #[test]
    fn every_row_is_marked_and_most_say_little() {
        let file = file(2000, 1);
        let rows: Vec<&str> = file.lines().skip(1).collect();
        assert_eq!(rows.len(), 2000);
        assert!(rows.iter().all(|row| row.starts_with("yes,") && row.contains("（造）")));
        let silent = rows.iter().filter(|row| row.ends_with(&",".repeat(Amenity::ALL.len()))).count();
        assert!((1200..1500).contains(&silent), "{silent}");
    }

    #[test]
    fn splitmix64_gives_the_published_numbers() {
        let mut dice = Dice(1_234_567);
        assert_eq!(dice.next(), 6_457_827_717_110_365_317);
        assert_eq!(dice.next(), 3_203_168_211_198_807_973);
    }
}
