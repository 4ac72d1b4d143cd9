//! Parts of the year.

use super::{cursor::Cursor, token::Kind, word::Word};

const LENGTHS: [u8; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/// Days of a leap year.
pub(super) const YEAR: usize = 366;

/// `4月-10月` or `5月1日-9月30日`; over the turn of the year when the end comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Months {
    /// Month 1 to 12; the day where days are named.
    from: (u8, Option<u8>),
    to: (u8, Option<u8>),
}

impl Months {
    /// Its days in a leap year, first to last: the last is before the first when it spans the New Year.
    fn ends(self) -> (usize, usize) {
        let index = |month: u8, day: u8| -> usize {
            LENGTHS[..usize::from(month) - 1].iter().map(|length| usize::from(*length)).sum::<usize>()
                + usize::from(day)
                - 1
        };
        let last = self.to.1.unwrap_or(LENGTHS[usize::from(self.to.0) - 1]);
        // Who writes 2月28日 has no leap year in mind.
        let last = if (self.to.0, last) == (2, 28) { 29 } else { last };
        (index(self.from.0, self.from.1.unwrap_or(1)), index(self.to.0, last))
    }

    /// Marks its days; `false` when one was marked before.
    pub(super) fn mark(self, year: &mut [bool; YEAR]) -> bool {
        let (first, last) = self.ends();
        let mut at = first;
        loop {
            if std::mem::replace(&mut year[at], true) {
                return false;
            }
            if at == last {
                return true;
            }
            at = (at + 1) % YEAR;
        }
    }

    /// As OSM writes it: `Apr-Oct`, `May 01-Sep 30`.
    pub(super) fn osm(self) -> String {
        let end = |(month, day): (u8, Option<u8>)| {
            let name = NAMES[usize::from(month) - 1];
            day.map_or_else(|| name.to_owned(), |day| format!("{name} {day:02}"))
        };
        if self.from == self.to { end(self.from) } else { format!("{}-{}", end(self.from), end(self.to)) }
    }
}

/// Whether months begin here: `4月`, `4-10月`, `四月`.
pub(super) fn begin(cursor: &Cursor) -> bool {
    let mut ahead = *cursor;
    if !matches!(ahead.next(), Some(Kind::Number { .. })) {
        return false;
    }
    if ahead.takes_word(Word::Month) {
        return true;
    }
    // 4-10月, 11-次年3月
    let dash = ahead.takes(Kind::Dash);
    ahead.takes_word(Word::NextYear);
    dash && matches!(ahead.next(), Some(Kind::Number { .. })) && ahead.takes_word(Word::Month)
}

/// Reads one part of the year.
pub(super) fn months(cursor: &mut Cursor) -> Option<Months> {
    let from = end(cursor, true)?;
    if !cursor.takes(Kind::Dash) {
        // A single day is not a season.
        return from.1.is_none().then_some(Months { from, to: from });
    }
    let next_year = cursor.takes_word(Word::NextYear);
    let to = end(cursor, false)?;
    let wraps = to < from;
    (from != to && from.1.is_some() == to.1.is_some() && (wraps || !next_year)).then_some(Months { from, to })
}

fn end(cursor: &mut Cursor, may_lack_word: bool) -> Option<(u8, Option<u8>)> {
    let month = number(cursor).filter(|month| (1..=12).contains(month))?;
    if !cursor.takes_word(Word::Month) {
        return (may_lack_word && cursor.peek() == Some(Kind::Dash)).then_some((month, None));
    }
    let mut ahead = *cursor;
    let Some(day) = number(&mut ahead) else { return Some((month, None)) };
    if !ahead.takes_word(Word::DayOfMonth) {
        return Some((month, None));
    }
    *cursor = ahead;
    (1..=LENGTHS[usize::from(month) - 1]).contains(&day).then_some((month, Some(day)))
}

fn number(cursor: &mut Cursor) -> Option<u8> {
    match cursor.next()? {
        Kind::Number { value, .. } => u8::try_from(value).ok(),
        _ => None,
    }
}
