//! Which days: of the week, and days off.

use super::{cursor::Cursor, token::Kind, word::Word};

/// Monday to Friday, bit 0 is Monday.
pub(super) const WORK_WEEK: u8 = 0b001_1111;
/// Saturday and Sunday.
pub(super) const WEEKEND: u8 = 0b110_0000;
/// All seven.
pub(super) const WEEK: u8 = 0b111_1111;

/// Days that a text names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Days {
    /// Bit 0 is Monday.
    pub(super) week: u8,
    /// Statutory days off.
    pub(super) holidays: bool,
    /// 节假日 without 法定: in some mouths the weekend too.
    pub(super) loosely: bool,
    /// 工作日: the nation's, make-up days among them.
    pub(super) working: bool,
}

impl Days {
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            week: self.week | other.week,
            holidays: self.holidays || other.holidays,
            loosely: self.loosely || other.loosely,
            working: self.working || other.working,
        }
    }

    /// Nothing but days off.
    pub(super) fn only_holidays(self) -> bool {
        self.week == 0 && self.holidays
    }
}

/// `周一至周五`, `周一、三、五`, `周末及法定节假日`. Leaves the cursor where it was when there is none.
pub(super) fn days(cursor: &mut Cursor) -> Option<Days> {
    let mut found = unit(cursor)?;
    loop {
        let mut ahead = *cursor;
        let touching = ahead.0.first().is_some_and(|token| token.glued && matches!(token.kind, Kind::Day(_)));
        let joined = ahead.takes(Kind::Pause) || ahead.takes_word(Word::And);
        if !joined && !touching {
            return Some(found);
        }
        // 周六周日 is a list; 周一至周五周六 is not.
        if touching && (found.week.count_ones() > 6 || !single(cursor)) {
            return Some(found);
        }
        let Some(more) = unit(&mut ahead) else { return Some(found) };
        found = found.and(more);
        *cursor = ahead;
    }
}

/// The day at the cursor is not the first of a range.
fn single(cursor: &Cursor) -> bool {
    let mut ahead = *cursor;
    ahead.next();
    !ahead.takes(Kind::Dash)
}

fn unit(cursor: &mut Cursor) -> Option<Days> {
    let week = |week| Days { week, ..Days::default() };
    let days = match cursor.peek()? {
        Kind::Day(first) => {
            cursor.next();
            let mut ahead = *cursor;
            if ahead.takes(Kind::Dash)
                && let Some(Kind::Day(last)) = ahead.next()
            {
                if first == last {
                    return None;
                }
                *cursor = ahead;
                return Some(week(range(first, last)));
            }
            return Some(week(1 << first));
        }
        Kind::Word(Word::EveryDay) => week(WEEK),
        Kind::Word(Word::Weekend) => week(WEEKEND),
        Kind::Word(Word::WorkingDay) => Days { working: true, ..week(WORK_WEEK) },
        Kind::Word(Word::StatutoryHoliday) => Days { holidays: true, ..Days::default() },
        Kind::Word(Word::Holiday) => Days { holidays: true, loosely: true, ..Days::default() },
        _ => return None,
    };
    cursor.next();
    Some(days)
}

/// Both ends included, over Sunday if need be.
fn range(first: u8, last: u8) -> u8 {
    (0..=(last + 7 - first) % 7).fold(0, |week, step| week | 1 << ((first + step) % 7))
}
