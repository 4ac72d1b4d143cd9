//! What is shown of counts: every number goes through [`super::suppress`] here, and nowhere else.

use super::{Month, suppress::Line};
use std::collections::BTreeMap;

codes! {
    /// By what people are counted.
    pub enum Dimension {
        /// Where they work.
        Region = "region" "地区",
        /// 职业.
        Occupation = "occupation" "职业",
        /// 平台.
        Platform = "platform" "平台",
        /// 头部企业, with its affiliates.
        Head = "head" "头部企业",
        /// The link or poster by which they came.
        Entry = "entry" "入口",
    }
}

/// Exact counts of one cell. Never shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Applications sent.
    pub applied: u64,
    /// Of these, approved.
    pub approved: u64,
    /// Members at the end of the month.
    pub members: u64,
}

/// Counts by fives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// Applications sent.
    pub applied: u64,
    /// Of these, approved.
    pub approved: u64,
    /// Members at the end of the month.
    pub members: u64,
}

impl Shown {
    const fn is_nothing(self) -> bool {
        self.applied == 0 && self.members == 0
    }
}

/// Exact counts of a month: of each dimension the categories that hold anybody. Each dimension adds up to the same.
pub type Exact = BTreeMap<Month, BTreeMap<Dimension, BTreeMap<String, Counts>>>;

/// A category with its months.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its code; `""` is not told.
    pub category: String,
    /// For each month of the page.
    pub months: Vec<Shown>,
}

impl Row {
    /// Sums of the months; members of the last.
    #[must_use]
    pub fn sum(&self) -> Shown {
        sum(&self.months)
    }
}

/// Sums of what is shown; members of the last month.
#[must_use]
pub fn sum(months: &[Shown]) -> Shown {
    let add = |sum: Shown, month: &Shown| Shown {
        applied: sum.applied + month.applied,
        approved: sum.approved + month.approved,
        members: month.members,
    };
    months.iter().fold(Shown::default(), add)
}

/// What a page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// The months, the first first.
    pub months: Vec<Month>,
    /// All people of each.
    pub totals: Vec<Shown>,
    /// By each dimension, the largest first. Categories that show nothing at all are left out: whether they hold
    /// nobody or few is not told.
    pub tables: Vec<(Dimension, Vec<Row>)>,
}

impl Figures {
    /// The same of the last months alone.
    #[must_use]
    pub fn last(mut self, months: usize) -> Self {
        let skip = self.months.len().saturating_sub(months);
        self.months.drain(..skip);
        self.totals.drain(..skip);
        for (_, rows) in &mut self.tables {
            for row in rows.iter_mut() {
                row.months.drain(..skip);
            }
            rows.retain(|row| !row.months.iter().all(|month| month.is_nothing()));
        }
        self
    }

    /// What was approved in the months of a year.
    #[must_use]
    pub fn approved_in(&self, year: i32) -> u64 {
        self.months
            .iter()
            .zip(&self.totals)
            .filter(|(month, _)| month.year() == year)
            .map(|(_, one)| one.approved)
            .sum()
    }
}

/// The secret offsets of an organisation: of its applications, and of its members.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Offsets {
    /// Of the line of applications, which goes on from month to month.
    pub applied: u8,
    /// Of the line of members, who stand in line anew each month: who stays is shown the same each time.
    pub members: u8,
}

/// Counts by fives. `passed` people applied before the first of the months.
#[must_use]
pub fn shown(months: &[Month], exact: &Exact, offsets: Offsets, passed: u64) -> Figures {
    let mut line = Line::new(offsets.applied);
    line.pass(passed);
    let mut totals = Vec::new();
    let mut tables: BTreeMap<usize, BTreeMap<&str, Vec<Shown>>> = BTreeMap::new();
    for (at, month) in months.iter().enumerate() {
        let begin = line;
        let mut total = Shown::default();
        for (number, dimension) in Dimension::ALL.iter().enumerate() {
            let table = tables.entry(number).or_default();
            let cells = exact.get(month).and_then(|month| month.get(dimension));
            line = begin;
            let mut members = Line::new(offsets.members);
            total = Shown::default();
            // First those that were approved, then the others: two parts of the month, each with the same sum in every
            // table.
            let approved: Vec<u64> = cells.into_iter().flatten().map(|(_, one)| line.pass(one.approved)).collect();
            for ((category, counts), approved) in cells.into_iter().flatten().zip(approved) {
                let others = line.pass(counts.applied.saturating_sub(counts.approved));
                let cell = Shown { applied: approved + others, approved, members: members.pass(counts.members) };
                table.entry(category).or_insert_with(|| vec![Shown::default(); months.len()])[at] = cell;
                total.applied += cell.applied;
                total.members += cell.members;
                total.approved += cell.approved;
            }
        }
        totals.push(total);
    }
    let table = |(number, rows): (usize, BTreeMap<&str, Vec<Shown>>)| {
        let mut rows: Vec<Row> = rows
            .into_iter()
            .map(|(category, months)| Row { category: category.to_owned(), months })
            .filter(|row| !row.months.iter().all(|month| month.is_nothing()))
            .collect();
        rows.sort_by_key(|row| {
            let sum = row.sum();
            (std::cmp::Reverse((sum.applied, sum.members)), row.category.clone())
        });
        (Dimension::ALL[number], rows)
    };
    Figures { months: months.to_vec(), totals, tables: tables.into_iter().map(table).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact() -> Exact {
        let mut exact = Exact::new();
        for at in 0..12_u64 {
            let mut month = BTreeMap::new();
            for (number, dimension) in (1..).zip(Dimension::ALL) {
                // 40 applications, 23 approved, 300 members a month, split in as many parts as the dimension's number.
                let mut cells = BTreeMap::new();
                let part = |of: u64, which: u64| of / number + u64::from(which < of % number);
                for which in 0..number {
                    let (applied, approved) = (part(40 + at, which), part(23, which));
                    let counts = Counts { applied: applied.max(approved), approved, members: part(300 + at, which) };
                    cells.insert(format!("{which}"), counts);
                }
                month.insert(*dimension, cells);
            }
            exact.insert(Month(24_312 + i32::try_from(at).expect("small")), month);
        }
        exact
    }

    #[test]
    fn every_table_of_a_month_has_the_same_totals_and_all_are_fives() {
        let exact = exact();
        let months: Vec<Month> = exact.keys().copied().collect();
        for offset in 0..5 {
            let figures = shown(&months, &exact, Offsets { applied: offset, members: 4 - offset }, 17);
            assert_eq!(figures.tables.len(), Dimension::ALL.len());
            for (at, total) in figures.totals.iter().enumerate() {
                for (dimension, rows) in &figures.tables {
                    let add = |of: fn(&Shown) -> u64| rows.iter().map(|row| of(&row.months[at])).sum::<u64>();
                    let sums = (add(|one| one.applied), add(|one| one.approved), add(|one| one.members));
                    assert_eq!(sums, (total.applied, total.approved, total.members), "{dimension:?}");
                }
                assert!([total.applied, total.approved, total.members].iter().all(|count| count % 5 == 0));
                assert!(total.applied.abs_diff(40 + at as u64) < 5 && total.approved.abs_diff(23) < 5);
                assert!(total.members.abs_diff(300 + at as u64) < 5);
            }
        }
    }

    #[test]
    fn an_older_page_is_a_part_of_a_newer_one() {
        let exact = exact();
        let months: Vec<Month> = exact.keys().copied().collect();
        let offsets = Offsets { applied: 2, members: 3 };
        let whole = shown(&months, &exact, offsets, 0);
        let before: u64 = (0..4).map(|at| 40 + at).sum();
        let later = shown(&months[4..], &exact, offsets, before);
        assert_eq!(whole.totals[4..], later.totals);
        for ((_, all), (_, some)) in whole.tables.iter().zip(&later.tables) {
            for row in some {
                let same = all.iter().find(|one| one.category == row.category).expect("there too");
                assert_eq!(same.months[4..], row.months);
            }
        }
    }
}
