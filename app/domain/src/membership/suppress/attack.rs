//! Whoever wants to know: two solvers that are given published tables and nothing else.

use super::AT_LEAST;

/// A published page: months × tables × cells. A cell that is not shown is `None`.
pub struct Page {
    pub cells: Vec<Vec<Vec<Option<u64>>>>,
    /// The total of each month, where it is told.
    pub totals: Vec<Option<u64>>,
    /// By how much a shown number may be off.
    pub off: u64,
}

type Bounds = (u64, u64);

fn known(shown: Option<u64>, off: u64) -> Bounds {
    // What is not shown is below five: that is why it is not shown.
    shown.map_or((0, AT_LEAST - 1), |shown| (shown.saturating_sub(off), shown + off))
}

/// Interval propagation over "the cells of a table add up to the month's total", until nothing moves: what a patient
/// reader with a spreadsheet finds.
pub fn propagate(page: &Page) -> Vec<Vec<Vec<Bounds>>> {
    let mut cells: Vec<Vec<Vec<Bounds>>> = page
        .cells
        .iter()
        .map(|month| month.iter().map(|table| table.iter().map(|cell| known(*cell, page.off)).collect()).collect())
        .collect();
    for (month, total) in cells.iter_mut().zip(&page.totals) {
        let mut total = total.map_or((0, u64::MAX / 2), |total| known(Some(total), page.off));
        let mut moved = true;
        while moved {
            moved = false;
            for table in month.iter_mut() {
                let (low, high): Bounds = table.iter().fold((0, 0), |(l, h), (a, b)| (l + a, h + b));
                let narrower = (total.0.max(low), total.1.min(high));
                moved |= narrower != total;
                total = narrower;
                for cell in table.iter_mut() {
                    let (a, b) = *cell;
                    let (others_low, others_high) = (low - a, high - b);
                    let narrower =
                        (a.max(total.0.saturating_sub(others_high)), b.min(total.1.saturating_sub(others_low)));
                    moved |= narrower != (a, b);
                    *cell = narrower;
                    if moved {
                        break;
                    }
                }
            }
        }
    }
    cells
}

/// Knows the rule, the order of the line and everything but the offset, and finds exactly what is possible: for each
/// offset the places in the line where cells begin and end lie in known blocks of five and in a known order, and the
/// tables meet at the end of each month. Of such a system the least and the greatest solution are reached at once, and
/// so are the bounds of a cell: its end at most less its beginning at least.
pub fn knows_the_rule(cells: &[Vec<Vec<u64>>]) -> Vec<Vec<Vec<Bounds>>> {
    let mut found: Vec<Vec<Vec<Bounds>>> =
        cells.iter().map(|month| month.iter().map(|table| vec![(u64::MAX, 0); table.len()]).collect()).collect();
    for offset in 0..AT_LEAST {
        let Some(bounds) = with_offset(cells, offset) else { continue };
        for (month, bounds) in found.iter_mut().zip(bounds) {
            for (table, bounds) in month.iter_mut().zip(bounds) {
                for (cell, (low, high)) in table.iter_mut().zip(bounds) {
                    *cell = (cell.0.min(low), cell.1.max(high));
                }
            }
        }
    }
    found
}

fn with_offset(cells: &[Vec<Vec<u64>>], offset: u64) -> Option<Vec<Vec<Vec<Bounds>>>> {
    // Places: how many have passed. 0 at the beginning; then at every end of a cell, in every table of every month.
    let block = |marks: u64| -> Option<Bounds> {
        let high = (marks + AT_LEAST - 1).checked_sub(offset)?;
        Some((marks.saturating_sub(offset), high))
    };
    let mut places: Vec<Vec<Vec<Bounds>>> = Vec::new();
    let mut marked = 0;
    for month in cells {
        let mut tables = Vec::new();
        for table in month {
            let mut at = marked;
            let mut ends = Vec::new();
            for shown in table {
                at += shown;
                ends.push(block(at)?);
            }
            tables.push(ends);
        }
        marked += month.first().map_or(0, |table| table.iter().sum());
        places.push(tables);
    }
    // Forwards the least, backwards the greatest; at the end of a month all tables are at the same place.
    let mut least = 0;
    for tables in &mut places {
        let mut end = least;
        for table in tables.iter_mut() {
            let mut low = least;
            for place in table.iter_mut() {
                low = low.max(place.0);
                place.0 = low;
            }
            end = end.max(low);
        }
        for table in tables.iter_mut() {
            if let Some(last) = table.last_mut() {
                last.0 = end;
            }
        }
        least = end;
    }
    let mut greatest = u64::MAX;
    for tables in places.iter_mut().rev() {
        let mut begin = greatest;
        for table in tables.iter() {
            begin = begin.min(table.last().map_or(u64::MAX, |place| place.1));
        }
        let mut first = begin;
        for table in tables.iter_mut() {
            let mut high = begin;
            for place in table.iter_mut().rev() {
                high = high.min(place.1);
                place.1 = high;
                if place.0 > high {
                    return None;
                }
            }
            first = first.min(high);
        }
        greatest = first;
    }
    let mut before = (0, 0);
    let mut bounds = Vec::new();
    for tables in &places {
        let mut of_month = Vec::new();
        for table in tables {
            let mut passed = before;
            let mut of_table = Vec::new();
            for place in table {
                of_table.push((place.0.saturating_sub(passed.1), place.1 - passed.0));
                passed = *place;
            }
            of_month.push(of_table);
        }
        before = tables.first().and_then(|table| table.last()).copied().unwrap_or(before);
        bounds.push(of_month);
    }
    Some(bounds)
}
