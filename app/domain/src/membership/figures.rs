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
    /// Adds what is shown elsewhere.
    pub const fn add(&mut self, other: Self) {
        self.applied += other.applied;
        self.approved += other.approved;
        self.members += other.members;
    }

    const fn is_nothing(self) -> bool {
        self.applied == 0 && self.members == 0
    }
}

/// People of one organisation, without those below it, in one month: of each dimension the categories that hold anybody.
/// Each dimension adds up to the same.
pub type Exact = BTreeMap<Dimension, BTreeMap<String, Counts>>;

/// The same by fives: of one organisation, or summed over all below it.
pub type ByFives = BTreeMap<Dimension, BTreeMap<String, Shown>>;

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

/// Counts the people of one organisation in one month by fives. `applied` is its line of applications, which goes on
/// from month to month; `members` its line of members, who stand in line anew each month, so that who stays is shown
/// the same each time.
pub fn by_fives(exact: &Exact, applied: &mut Line, members: Line) -> ByFives {
    let begin = *applied;
    let mut shown = ByFives::new();
    for dimension in Dimension::ALL {
        let Some(cells) = exact.get(dimension) else { continue };
        *applied = begin;
        let mut members = members;
        // First those that were approved, then the others: two parts of the month, each with the same sum in every table.
        let approved: Vec<u64> = cells.values().map(|one| applied.pass(one.approved)).collect();
        let table = cells.iter().zip(approved).map(|((category, counts), approved)| {
            let others = applied.pass(counts.applied.saturating_sub(counts.approved));
            let members = members.pass(counts.members);
            (category.clone(), Shown { applied: approved + others, approved, members })
        });
        shown.insert(*dimension, table.collect());
    }
    shown
}

impl Figures {
    /// The figures of months as they were counted: nothing is added here but what is shown.
    #[must_use]
    pub fn of(months: &[Month], shown: &BTreeMap<Month, ByFives>) -> Self {
        let mut totals = vec![Shown::default(); months.len()];
        let mut tables: Vec<(Dimension, Vec<Row>)> = Vec::new();
        for (first, dimension) in Dimension::ALL.iter().enumerate().map(|(number, one)| (number == 0, *one)) {
            let mut rows: BTreeMap<&str, Vec<Shown>> = BTreeMap::new();
            for (at, month) in months.iter().enumerate() {
                for (category, one) in shown.get(month).and_then(|month| month.get(&dimension)).into_iter().flatten() {
                    rows.entry(category).or_insert_with(|| vec![Shown::default(); months.len()])[at] = *one;
                    if first {
                        totals[at].add(*one);
                    }
                }
            }
            let mut rows: Vec<Row> = rows
                .into_iter()
                .map(|(category, months)| Row { category: category.to_owned(), months })
                .filter(|row| !row.months.iter().all(|month| month.is_nothing()))
                .collect();
            rows.sort_by_key(|row| {
                let sum = row.sum();
                (std::cmp::Reverse((sum.applied, sum.members)), row.category.clone())
            });
            tables.push((dimension, rows));
        }
        Self { months: months.to_vec(), totals, tables }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 40 applications, 23 approved, 300 members and some more, split in as many parts as the dimension's number.
    fn exact(more: u64) -> Exact {
        let mut month = Exact::new();
        for (number, dimension) in (1..).zip(Dimension::ALL) {
            let part = |of: u64, which: u64| of / number + u64::from(which < of % number);
            let cell = |which: u64| {
                let (applied, approved) = (part(40 + more, which), part(23, which));
                let counts = Counts { applied: applied.max(approved), approved, members: part(300 + more, which) };
                (which.to_string(), counts)
            };
            month.insert(*dimension, (0..number).map(cell).collect());
        }
        month
    }

    #[test]
    fn every_table_of_a_month_has_the_same_totals_and_all_are_fives() {
        for offset in 0..5 {
            let mut line = Line::new(offset);
            for more in 0..12 {
                let shown = by_fives(&exact(more), &mut line, Line::new(4 - offset));
                let figures = Figures::of(&[Month(24_312)], &BTreeMap::from([(Month(24_312), shown)]));
                assert_eq!(figures.tables.len(), Dimension::ALL.len());
                let total = figures.totals[0];
                for (dimension, rows) in &figures.tables {
                    let add = |of: fn(&Shown) -> u64| rows.iter().map(|row| of(&row.months[0])).sum::<u64>();
                    let sums = (add(|one| one.applied), add(|one| one.approved), add(|one| one.members));
                    assert_eq!(sums, (total.applied, total.approved, total.members), "{dimension:?}");
                }
                assert!([total.applied, total.approved, total.members].iter().all(|count| count % 5 == 0));
                assert!(total.applied.abs_diff(40 + more) < 5 && total.approved.abs_diff(23) < 5);
                assert!(total.members.abs_diff(300 + more) < 5);
            }
        }
    }

    #[test]
    fn the_line_of_applications_goes_on_from_month_to_month() {
        // Whatever the offset: of a year of months no more than four are missing or too many, not four a month.
        for offset in 0..5 {
            let mut line = Line::new(offset);
            let shown: u64 =
                (0..12).map(|_| by_fives(&exact(3), &mut line, Line::new(0))[&Dimension::Region]["0"].applied).sum();
            assert!(shown.abs_diff(12 * 43) < 5, "{shown}");
        }
    }
}
