//! Counts of people that say nothing of fewer than five: every fifth person is counted, as five.
//!
//! The people of one organisation (not of those below it) stand in one line, by month and within a month by the category of a table (its first,
//! its second…). Every fifth of them is marked; the first mark is moved by a secret offset `u` of 0 to 4 places. A cell
//! shows five times the marks in it. Totals, sums of months and shares are computed from what is shown, never from the
//! people. Tables by other categories mark the same line in another order within each month, so that a month has the
//! same total in all of them. What an organisation and all below it show together is the sum of what each shows, for
//! every cell: whoever compares the tables of a county with those of its unions learns nothing that is not in the
//! unions' own. What shows nothing is not told apart from nobody.
//!
//! **Promise.** Whoever sees every table of all months of all organisations, with all totals, and knows this rule but not `u`, finds no
//! cell to within fewer than five numbers: of a cell that shows `p`, every count from `max(0, p − 4)` to `p + 4` stays
//! possible.
//!
//! **Proof.** Take any such count `p + d`. Let every other cell of the tables hold exactly what it shows, but for one
//! cell of the same month in each other table, which holds `d` more than it shows (where `d < 0` one that shows five or
//! more, which there is: each table of the month adds up to the same total, at least `p ≥ 5`). With `u = 0` where `d ≥ 0`
//! and `u = 4` where `d < 0`, what stands before any cell is a multiple of five, or `d` more, and
//! `⌊(5k + d + u) / 5⌋ = k` as `0 ≤ d + u ≤ 4`: each cell shows exactly what was seen. So these people are one
//! explanation of all that was published of this organisation, whatever the others hold: their lines and offsets are
//! their own. Months, sums and the tables of those above add nothing, being computed from it. ∎
//!
//! Those of a month that were approved stand before those that were not: two parts, each a month of its own to this
//! rule; what a cell shows of both is the sum. Members stand in line anew each month with the same offset: who stays is
//! shown the same each time, so nothing can be averaged, and the explanation above holds in every month at once. Who
//! came by other ways, and who left, is not published: it would tie members to applications.

/// Fewer than so many are never told apart.
pub const AT_LEAST: u64 = 5;

/// A line of people, and how many of them have passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    passed: u64,
}

impl Line {
    /// A line whose marks are moved by a secret offset; only its remainder by five counts.
    #[must_use]
    pub const fn new(offset: u8) -> Self {
        Self { passed: offset as u64 % AT_LEAST }
    }

    /// Where the line stands between two marks, 0 to 4: a line that begins there goes on as this one does.
    #[must_use]
    pub const fn place(&self) -> u8 {
        (self.passed % AT_LEAST) as u8
    }

    /// Lets a cell of so many people pass, and says what it shows: a multiple of five, within four of them.
    pub const fn pass(&mut self, people: u64) -> u64 {
        let before = self.passed / AT_LEAST;
        self.passed += people;
        (self.passed / AT_LEAST - before) * AT_LEAST
    }
}

/// What a cell may hold, as far as anybody can tell from what it shows.
#[must_use]
pub const fn promised(shown: u64) -> (u64, u64) {
    (shown.saturating_sub(AT_LEAST - 1), shown + AT_LEAST - 1)
}

#[cfg(test)]
mod attack;
#[cfg(test)]
mod tests;
