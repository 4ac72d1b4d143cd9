//! A thousand random sets of tables, each attacked with all that is known.

use super::{
    AT_LEAST, Line,
    attack::{Page, knows_the_rule, propagate},
    promised,
};

const SEED: u64 = 20_261_124;
const TABLES: u64 = 1_000;

/// `SplitMix64` (S. Vigna, public domain).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % limit
    }
}

/// Months × tables × cells; each table of a month adds up to the same. Small months, empty ones, and some large ones.
fn people(random: &mut Random) -> Vec<Vec<Vec<u64>>> {
    let months = 1 + random.below(12);
    let sizes: Vec<u64> = (0..=random.below(4)).map(|_| 1 + random.below(9)).collect();
    let largest = [6, 20, 60, 400][usize::try_from(random.below(4)).expect("small")];
    let month = |random: &mut Random| {
        let total = random.below(largest);
        let fill = |random: &mut Random, size: u64| {
            let mut table = vec![0; usize::try_from(size).expect("small")];
            // Skewed, so that most tables have small cells beside large ones.
            for _ in 0..total {
                let at = random.below(size).min(random.below(size));
                table[usize::try_from(at).expect("small")] += 1;
            }
            table
        };
        sizes.iter().map(|size| fill(random, *size)).collect()
    };
    (0..months).map(|_| month(random)).collect()
}

fn published(people: &[Vec<Vec<u64>>], offset: u8) -> Vec<Vec<Vec<u64>>> {
    let mut line = Line::new(offset);
    let mut months = Vec::new();
    for month in people {
        let begin = line;
        let mut tables = Vec::new();
        for table in month {
            line = begin;
            tables.push(table.iter().map(|cell| line.pass(*cell)).collect());
        }
        months.push(tables);
    }
    months
}

fn each_cell(people: &[Vec<Vec<u64>>]) -> impl Iterator<Item = (usize, usize, usize, u64)> {
    people.iter().enumerate().flat_map(|(m, month)| {
        month
            .iter()
            .enumerate()
            .flat_map(move |(t, table)| table.iter().enumerate().map(move |(c, cell)| (m, t, c, *cell)))
    })
}

#[test]
fn no_solver_finds_a_cell_to_within_fewer_than_five_numbers() {
    println!("seed {SEED}, {TABLES} sets of tables");
    let mut random = Random(SEED);
    let mut small = 0;
    for set in 0..TABLES {
        let people = people(&mut random);
        let offset = u8::try_from(random.below(AT_LEAST)).expect("small");
        let shown = published(&people, offset);
        let totals: Vec<u64> = shown.iter().map(|month| month[0].iter().sum()).collect();
        for (month, total) in shown.iter().zip(&totals) {
            assert!(month.iter().all(|table| table.iter().sum::<u64>() == *total), "set {set}: one total for all");
        }
        let page = Page {
            cells: shown
                .iter()
                .map(|month| month.iter().map(|table| table.iter().map(|cell| Some(*cell)).collect()).collect())
                .collect(),
            totals: totals.into_iter().map(Some).collect(),
            off: AT_LEAST - 1,
        };
        let (spread, exact) = (propagate(&page), knows_the_rule(&shown));
        for (m, t, c, cell) in each_cell(&people) {
            let (low, high) = promised(shown[m][t][c]);
            assert!(low <= cell && cell <= high, "set {set}: {cell} is not what {} says", shown[m][t][c]);
            for (found_low, found_high) in [spread[m][t][c], exact[m][t][c]] {
                let where_it_is = format!("seed {SEED} set {set} month {m} table {t} cell {c} of {cell}");
                assert!(found_low <= low && high <= found_high, "{where_it_is}: {found_low}..={found_high}");
                assert!(found_high - found_low >= AT_LEAST - 1, "{where_it_is}");
            }
            small += u64::from(cell > 0 && cell < AT_LEAST);
        }
        for (m, month) in people.iter().enumerate() {
            let (total, told) = (month[0].iter().sum::<u64>(), shown[m][0].iter().sum::<u64>());
            let (low, high) = promised(told);
            assert!(low <= total && total <= high, "set {set} month {m}");
        }
    }
    println!("{small} cells of 1 to 4 people, none found");
    assert!(small > 5_000, "the tables are worth attacking");
}

#[test]
fn the_solver_finds_many_where_small_cells_are_only_left_blank() {
    let mut random = Random(SEED);
    let (mut small, mut found) = (0, 0);
    for _ in 0..TABLES {
        let people = people(&mut random);
        random.below(AT_LEAST);
        let shown = |cell: &u64| (*cell >= AT_LEAST).then_some(*cell);
        let page = Page {
            cells: people
                .iter()
                .map(|month| month.iter().map(|table| table.iter().map(shown).collect()).collect())
                .collect(),
            totals: people.iter().map(|month| Some(month[0].iter().sum())).collect(),
            off: 0,
        };
        let spread = propagate(&page);
        for (m, t, c, cell) in each_cell(&people).filter(|(.., cell)| *cell > 0 && *cell < AT_LEAST) {
            let (low, high) = spread[m][t][c];
            assert!(low <= cell && cell <= high, "the solver is right");
            small += 1;
            found += u64::from(low == high);
        }
    }
    println!("seed {SEED}: {found} of {small} small cells found exactly");
    assert!(found > 1_000);
}

#[test]
fn the_solver_that_knows_the_rule_finds_cells_when_totals_are_exact() {
    // Two cells that show 不足 5, and an exact total of eight: each holds four.
    let page = Page { cells: vec![vec![vec![Some(0), Some(0)]]], totals: vec![Some(8)], off: 0 };
    let mut page = page;
    page.cells[0][0] = vec![None, None];
    assert_eq!(propagate(&page)[0][0], vec![(4, 4), (4, 4)]);
}

#[test]
fn consecutive_months_of_a_standing_line_show_no_small_change() {
    // Members at the end of each month: the same offset each month, so that who stays is shown the same each time.
    for before in 0..40_u64 {
        for change in 0..AT_LEAST {
            let shown = |people: u64, offset: u8| Line::new(offset).pass(people);
            let pairs: Vec<(u64, u64)> =
                (0..5).map(|offset| (shown(before, offset), shown(before + change, offset))).collect();
            for (first, second) in pairs {
                // All changes that look like this one.
                let like: Vec<i64> = (0..5)
                    .flat_map(|offset| (0..60_u64).map(move |a| (offset, a)))
                    .filter(|(offset, a)| shown(*a, *offset) == first)
                    .flat_map(|(offset, a)| (0..70_u64).map(move |b| (offset, a, b)))
                    .filter(|(offset, _, b)| shown(*b, *offset) == second)
                    .map(|(_, a, b)| i64::try_from(b).expect("small") - i64::try_from(a).expect("small"))
                    .collect();
                let (low, high) = (like.iter().min().expect("one"), like.iter().max().expect("one"));
                assert!(high - low >= 8, "{before} and {change} more: {low}..={high}");
            }
        }
    }
}

#[test]
fn nobody_who_stays_is_counted_twice_and_sums_stay_near() {
    let mut line = Line::new(3);
    let shown: u64 = (0..1_000).map(|_| line.pass(7)).sum();
    assert!(shown.abs_diff(7_000) < AT_LEAST);
    let mut standing = [Line::new(2), Line::new(2)];
    assert_eq!(standing[0].pass(13), standing[1].pass(13));
}
