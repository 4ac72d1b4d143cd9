//! The address of a list: the cell and the wishes, nothing finer.

use domain::{geo::Cell, station::Wanted};

/// `/?cell=34.75,113.66&want=hot_water`.
#[must_use]
pub fn nearby_path(cell: Cell, wanted: &Wanted) -> String {
    path("/", cell, wanted)
}

/// The same question put to another path.
#[must_use]
pub fn path(base: &str, cell: Cell, wanted: &Wanted) -> String {
    if wanted.is_empty() {
        return format!("{base}?cell={cell}");
    }
    format!("{base}?cell={cell}&want={}", wanted.to_query())
}

/// The wishes of a query; words that are no wish are left out, so that an old link still opens.
#[must_use]
pub fn read_wanted(text: Option<&str>) -> Wanted {
    let words = text.unwrap_or_default().split(',').filter(|word| Wanted::parse(word).is_ok());
    Wanted::parse(&words.collect::<Vec<_>>().join(",")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_reads_back_and_nonsense_is_left_out() {
        let cell = Cell::parse("34.75,113.66").expect("a cell");
        let wanted = read_wanted(Some("hot_water,sauna,open,,open"));
        assert_eq!(nearby_path(cell, &wanted), "/?cell=34.75,113.66&want=open,hot_water");
        assert_eq!(nearby_path(cell, &read_wanted(None)), "/?cell=34.75,113.66");
    }
}
