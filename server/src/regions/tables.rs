//! Reads `regions.csv` and `zones.csv`.

use domain::geo::Point;
use domain::ports::Level;

use super::{Region, RegionsError};

/// A development zone or the like that the statistics bureau counts as if it were a county: it has a
/// name people use, and no border.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    /// The bureau's code, not one of GB/T 2260.
    pub code: u32,
    /// The city it lies in, or the province.
    pub parent: u32,
    /// `郑州高新技术产业开发区`.
    pub name: String,
}

/// The rows of `regions.csv`, by adcode.
///
/// # Errors
/// A row cannot be read, codes are not in order, or a region belongs to one that is not there or not
/// above it.
pub fn regions(bytes: &[u8]) -> Result<Vec<Region>, RegionsError> {
    let mut regions: Vec<Region> = Vec::with_capacity(3_300);
    for record in csv::Reader::from_reader(bytes).records() {
        let region = region(&record?)?;
        if regions.last().is_some_and(|last| last.adcode >= region.adcode) {
            return Err(RegionsError::Region(region.adcode, "编号没有排好"));
        }
        regions.push(region);
    }
    for region in &regions {
        let above = region
            .parent
            .map(|parent| regions.binary_search_by_key(&parent, |one| one.adcode).map(|slot| regions[slot].level));
        match (region.level, above) {
            (Level::Province, None)
            | (Level::City, Some(Ok(Level::Province)))
            | (Level::County, Some(Ok(Level::Province | Level::City))) => {}
            _ => return Err(RegionsError::Region(region.adcode, "上级不对")),
        }
    }
    Ok(regions)
}

/// The rows of `zones.csv`.
///
/// # Errors
/// A row cannot be read.
pub fn zones(bytes: &[u8]) -> Result<Vec<Zone>, RegionsError> {
    let mut reader = csv::Reader::from_reader(bytes);
    let rows = reader.records().map(|record| {
        let record = record?;
        let code = number(&record, 0).ok_or(RegionsError::Region(0, "编号读不了"))?;
        let parent = number(&record, 1).ok_or(RegionsError::Region(code, "上级读不了"))?;
        Ok(Zone { code, parent, name: text(&record, 2).to_owned() })
    });
    rows.collect()
}

fn region(record: &csv::StringRecord) -> Result<Region, RegionsError> {
    let adcode = number(record, 0).ok_or(RegionsError::Region(0, "编号读不了"))?;
    let wrong = |what| RegionsError::Region(adcode, what);
    let parent = number(record, 1).ok_or(wrong("上级读不了"))?;
    let degrees = |column| text(record, column).parse::<f64>().ok();
    Ok(Region {
        adcode,
        parent: (parent != 0).then_some(parent),
        level: Level::parse(text(record, 2)).ok_or(wrong("级别读不了"))?,
        name: text(record, 3).to_owned(),
        short: text(record, 4).to_owned(),
        centre: degrees(5)
            .zip(degrees(6))
            .and_then(|(lat, lng)| Point::from_degrees(lat, lng))
            .ok_or(wrong("中心点读不了"))?,
        has_polygon: text(record, 7) == "1",
        is_listed: text(record, 8) == "1",
        former: number(record, 9),
    })
}

fn text(record: &csv::StringRecord, column: usize) -> &str {
    record.get(column).unwrap_or_default()
}

fn number(record: &csv::StringRecord, column: usize) -> Option<u32> {
    text(record, column).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "adcode,parent,level,name,short,lat,lng,polygon,listed,former\n";

    #[test]
    fn a_county_of_a_city_that_is_not_there_is_an_orphan() {
        let rows = format!(
            "{HEAD}410000,0,province,河南省,河南,34,113,0,1,\n410105,410100,county,金水区,金水区,34,113,1,1,\n"
        );
        assert!(matches!(regions(rows.as_bytes()), Err(RegionsError::Region(410_105, _))));
    }

    #[test]
    fn a_province_belongs_to_nothing_and_a_county_to_something() {
        for row in ["410000,500000,province,河南省,河南,34,113,0,1,", "410105,0,county,金水区,金水区,34,113,1,1,"]
        {
            assert!(regions(format!("{HEAD}{row}\n").as_bytes()).is_err(), "{row}");
        }
    }

    #[test]
    fn a_row_without_a_centre_is_refused() {
        let rows = format!("{HEAD}410000,0,province,河南省,河南,,113,0,1,\n");
        assert!(matches!(regions(rows.as_bytes()), Err(RegionsError::Region(410_000, _))));
    }
}
