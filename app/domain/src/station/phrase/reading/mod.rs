//! What is said, put together: which hours belong to which days, and what is closed.

mod attendance;
mod closing;

use super::{
    clock::{Part, Span},
    days::Days,
    item::Item,
    months::Months,
};
use crate::station::DAY_MINUTES;

/// More rules than any door has.
const MOST_ENTRIES: usize = 24;

/// Hours of some days.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) months: Option<Months>,
    /// `None`: no day is named, so every day.
    pub(super) days: Option<Days>,
    pub(super) spans: Vec<Span>,
    /// 24小时 was said, in numbers.
    pub(super) numbered: bool,
    pub(super) unattended: bool,
}

impl Entry {
    pub(super) fn is_whole_day(&self) -> bool {
        self.spans.iter().map(|span| (span.from, span.to)).eq([(0, DAY_MINUTES)])
    }
}

/// What is said of statutory days off, apart from hours of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holidays {
    Unsaid,
    Off {
        loosely: bool,
    },
    /// As on any other day.
    Usual,
    /// 周一闭馆（节假日除外）: open even on a day that is closed otherwise.
    InsteadOfClosed,
}

/// A text's statements.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing said, or still to be said")]
pub(super) struct Reading {
    pub(super) entries: Vec<Entry>,
    /// Bit 0 is Monday.
    pub(super) closed: u8,
    pub(super) holidays: Holidays,
    /// 调休上班日照常.
    pub(super) make_up: bool,
    /// 含周末, 周末照常: holds only where the entry speaks of every day.
    pub(super) every_day: bool,
    pub(super) no_break: bool,
    months: Option<Months>,
    months_used: bool,
    /// Days of all the months that follow: 周二至周日 夏季… 冬季….
    outer: Option<Days>,
    /// Named, and nothing said of them yet.
    days: Option<Days>,
    /// They were joined by a comma, which may as well end a statement.
    by_comma: bool,
    /// The days before an open bracket.
    held: Option<Days>,
    in_bracket: bool,
    /// The bracket stands right after 周一闭馆.
    on_closed: bool,
    last: Option<Item>,
    /// Since the last span: nothing but separators, or also a ；.
    flow: Flow,
    next_unattended: bool,
    breaking: bool,
    /// A span in brackets joined those before it, and no word says that it is a break.
    dangling: bool,
    rest: bool,
    making_up: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flow {
    None,
    Runs,
    Paused,
}

impl Reading {
    /// Reads all, or nothing.
    pub(super) fn of(items: &[Item]) -> Option<Self> {
        let mut reading = Self {
            entries: Vec::new(),
            closed: 0,
            holidays: Holidays::Unsaid,
            make_up: false,
            every_day: false,
            no_break: false,
            months: None,
            months_used: true,
            outer: None,
            days: None,
            by_comma: false,
            held: None,
            in_bracket: false,
            on_closed: false,
            last: None,
            flow: Flow::None,
            next_unattended: false,
            breaking: false,
            dangling: false,
            rest: false,
            making_up: false,
        };
        for (at, item) in items.iter().enumerate() {
            reading.take(*item, &items[at + 1..])?;
            if *item != Item::Label {
                reading.last = Some(*item);
            }
        }
        reading.finish()
    }

    fn take(&mut self, item: Item, after: &[Item]) -> Option<()> {
        match item {
            Item::Semi => {
                if self.days.is_some() || !self.months_used || self.rest || self.next_unattended || self.breaking {
                    return None;
                }
                if self.flow == Flow::Runs {
                    self.flow = Flow::Paused;
                }
            }
            Item::Open => {
                if std::mem::replace(&mut self.in_bracket, true) {
                    return None;
                }
                self.held = self.days.take();
                self.on_closed = self.last == Some(Item::Closed);
            }
            Item::Close => self.close_bracket()?,
            // Two labels are two things with hours of their own, unless new days or months come first.
            Item::Label => {
                let new = self.days.is_some() || !self.months_used || self.last == Some(Item::Season);
                (self.entries.is_empty() || new).then_some(())?;
            }
            Item::Season => self.beside_months(after)?,
            Item::Months(months) => self.take_months(months)?,
            Item::Days(days) => self.take_days(days)?,
            Item::Span(span) => self.take_span(span)?,
            Item::Always { numbered } => self.take_always(numbered)?,
            Item::Closed => self.take_closed()?,
            Item::Except => self.take_except()?,
            Item::But(days) => self.shut(days)?,
            Item::Including(days) => {
                self.every_day = true;
                if days.working {
                    return None;
                }
                if days.holidays {
                    self.settle(Holidays::Usual)?;
                }
            }
            Item::YearRound => self.settle(Holidays::Usual)?,
            Item::Usual => self.take_usual()?,
            Item::Normal if self.making_up || self.days.is_some_and(Days::only_holidays) => self.take_usual()?,
            Item::Comma | Item::Pause | Item::Normal | Item::Attended | Item::Harmless => {}
            Item::Unattended => self.take_unattended(after)?,
            Item::RestTime => self.rest = true,
            Item::ScanIn => self.take_rest()?,
            Item::Break => self.take_break(after)?,
            Item::NoBreak => self.no_break = true,
            Item::MakeUpDay => {
                if self.days.is_some() {
                    return None;
                }
                self.making_up = true;
            }
        }
        Some(())
    }

    fn finish(mut self) -> Option<Self> {
        if let Some(days) = self.days.take() {
            // 8:00-20:00，周一至周日: the days come last. Only right after the only hours.
            let [entry] = self.entries.as_mut_slice() else { return None };
            if entry.days.is_some() || entry.spans.len() != 1 || self.by_comma || self.flow != Flow::Runs {
                return None;
            }
            entry.days = Some(days);
        }
        let open = self.in_bracket || !self.months_used || self.rest || self.making_up;
        let unsaid = self.next_unattended || self.breaking || self.dangling || self.entries.is_empty();
        (!open && !unsaid).then_some(self)
    }

    fn close_bracket(&mut self) -> Option<()> {
        let held = self.held.take();
        if !std::mem::replace(&mut self.in_bracket, false)
            || self.dangling
            || self.rest
            || self.making_up
            || self.by_comma
        {
            return None;
        }
        self.days = match (self.days.take(), held) {
            (None, held) => held,
            // 工作日（周一至周五）
            (Some(inside), Some(before)) => {
                if inside.week != before.week || inside.holidays != before.holidays {
                    return None;
                }
                Some(before.and(inside))
            }
            // 9:00-17:00（周一至周五）
            (Some(inside), None) => {
                let entry = self.entries.last_mut()?;
                if self.flow != Flow::Runs || entry.days.is_some() || entry.spans.len() != 1 {
                    return None;
                }
                entry.days = Some(inside);
                self.flow = Flow::None;
                None
            }
        };
        Some(())
    }

    /// 夏季 stands right before or after months, or in brackets beside them.
    fn beside_months(&self, after: &[Item]) -> Option<()> {
        let before = matches!(self.last, Some(Item::Months(_))) || (self.last == Some(Item::Open) && !self.months_used);
        let mut after = after.iter().filter(|item| **item != Item::Label);
        let next = match after.next() {
            Some(Item::Open) => after.next(),
            other => other,
        };
        (before || matches!(next, Some(Item::Months(_)))).then_some(())
    }

    fn take_months(&mut self, months: Months) -> Option<()> {
        if !self.months_used || self.rest || self.next_unattended {
            return None;
        }
        // The days before 夏季（5月-9月） are held by the bracket.
        let named = self.days.take().or_else(|| self.held.take());
        if named.is_some() {
            if !self.entries.is_empty() || self.by_comma {
                return None;
            }
            self.outer = named;
        }
        (self.months, self.months_used, self.flow) = (Some(months), false, Flow::None);
        Some(())
    }

    fn take_days(&mut self, days: Days) -> Option<()> {
        if self.rest || self.making_up || self.breaking {
            return None;
        }
        self.days = Some(match self.days {
            None => days,
            Some(before) => match self.last {
                Some(Item::Comma) => {
                    self.by_comma = true;
                    before.and(days)
                }
                Some(Item::Pause) => before.and(days),
                _ => return None,
            },
        });
        if self.flow == Flow::Paused {
            self.flow = Flow::None;
        }
        Some(())
    }

    /// Hours of the days and months named last, where these are new.
    fn begin_named(&mut self, span: Span, numbered: bool) -> Option<()> {
        let days = self.days.take().or_else(|| self.held.take());
        self.by_comma = false;
        if days.is_none() && self.months_used && !self.entries.is_empty() {
            return None;
        }
        self.months_used = true;
        // 周二至周日 夏季（…）周一 8:00: which days?
        if days.is_some() && self.outer.is_some() {
            return None;
        }
        self.begin(days.or(self.outer), span, numbered)
    }

    fn begin(&mut self, days: Option<Days>, span: Span, numbered: bool) -> Option<()> {
        if self.entries.len() == MOST_ENTRIES {
            return None;
        }
        let unattended = std::mem::take(&mut self.next_unattended);
        self.entries.push(Entry { months: self.months, days, spans: vec![span], numbered, unattended });
        self.flow = Flow::Runs;
        Some(())
    }

    fn take_span(&mut self, span: Span) -> Option<()> {
        if self.rest || self.making_up {
            return None;
        }
        if self.next_unattended && self.days.is_none() && self.months_used {
            return self.begin(None, span, false);
        }
        let named = self.days.is_some() || !self.months_used || self.held.is_some();
        if named || self.entries.is_empty() {
            if self.breaking {
                return None;
            }
            return self.begin_named(span, false);
        }
        let entry = self.entries.last_mut()?;
        if entry.is_whole_day() && (span.from, span.to) == (0, DAY_MINUTES) && self.flow == Flow::Runs {
            return Some(());
        }
        if self.breaking {
            self.breaking = false;
            entry.spans.push(span);
            return closing::subtract(&mut entry.spans);
        }
        // ； between two openings of one day: clear only where no day is named, or where the words say so.
        let bare = entry.days.is_none() && entry.months.is_none();
        let worded = span.part.is_some_and(Part::is_late)
            && entry.spans.last().and_then(|last| last.part).is_some_and(|part| !part.is_late());
        let joins = self.flow == Flow::Runs || (self.flow == Flow::Paused && (bare || worded));
        if !joins || entry.unattended || entry.spans.len() == MOST_ENTRIES {
            return None;
        }
        entry.spans.push(span);
        self.dangling = self.in_bracket;
        self.flow = Flow::Runs;
        Some(())
    }

    fn take_always(&mut self, numbered: bool) -> Option<()> {
        if self.rest || self.making_up || self.breaking {
            return None;
        }
        let named = self.days.is_some() || !self.months_used || self.held.is_some();
        if !named
            && !self.next_unattended
            && let Some(entry) = self.entries.last_mut()
        {
            if entry.is_whole_day() && self.flow == Flow::Runs {
                entry.numbered |= numbered;
                return Some(());
            }
            // 8:00-22:00，24小时自助: said of another thing, which the next word must name.
            self.flow = Flow::None;
            return self.begin(None, whole_day(), numbered);
        }
        if self.next_unattended && !named {
            return self.begin(None, whole_day(), numbered);
        }
        self.begin_named(whole_day(), numbered)
    }
}

fn whole_day() -> Span {
    Span { from: 0, to: DAY_MINUTES, part: None }
}
