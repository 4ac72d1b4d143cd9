//! Closed days, days off, and breaks.

use super::{
    super::{clock::Span, days::Days, item::Item},
    Entry, Flow, Holidays, Reading,
};

impl Reading {
    pub(super) fn take_closed(&mut self) -> Option<()> {
        if std::mem::take(&mut self.rest) {
            // 其余时间不开放: what is not said to be open is closed.
            return (!self.entries.is_empty() && self.days.is_none()).then_some(());
        }
        if let Some(days) = self.days.take() {
            return self.shut_named(days);
        }
        // 8:00-18:00（12:00-13:00休息）
        if matches!(self.last, Some(Item::Span(_))) && self.flow == Flow::Runs {
            self.dangling = false;
            return subtract(&mut self.entries.last_mut()?.spans);
        }
        None
    }

    pub(super) fn take_except(&mut self) -> Option<()> {
        let days = self.days.take()?;
        // After a closing, 除外 is an exception from the closing: clear in brackets, open to doubt without.
        if days.only_holidays() && self.closed != 0 {
            return (self.in_bracket && self.on_closed).then(|| self.settle(Holidays::InsteadOfClosed)).flatten();
        }
        self.shut_named(days)
    }

    pub(super) fn shut_named(&mut self, days: Days) -> Option<()> {
        // 9:00-17:00，周一至周五，周六休息: the comma ends a statement. 周六，周日休息 after days is a list.
        let overlaps = |entry: &Entry| entry.days.is_none_or(|open| open.week & days.week != 0);
        if std::mem::take(&mut self.by_comma) && self.entries.last().is_none_or(overlaps) {
            return None;
        }
        self.shut(days)
    }

    pub(super) fn shut(&mut self, days: Days) -> Option<()> {
        let in_season = self.entries.last().is_some_and(|entry| entry.months.is_some());
        if days.working || days.week.count_ones() > 3 || !self.months_used || (in_season && self.in_bracket) {
            return None;
        }
        self.closed |= days.week;
        self.on_closed = false;
        self.flow = Flow::None;
        if days.holidays {
            self.settle(Holidays::Off { loosely: days.loosely })?;
        }
        Some(())
    }

    pub(super) fn settle(&mut self, holidays: Holidays) -> Option<()> {
        let fits = self.holidays == Holidays::Unsaid || self.holidays == holidays;
        self.holidays = holidays;
        fits.then_some(())
    }

    pub(super) fn take_usual(&mut self) -> Option<()> {
        if std::mem::take(&mut self.making_up) {
            self.make_up = true;
            return Some(());
        }
        let Some(days) = self.days.take() else {
            // 24小时不打烊
            return self.entries.last().is_some_and(Entry::is_whole_day).then_some(());
        };
        if days.working || std::mem::take(&mut self.by_comma) || (days.week != 0 && self.entries.is_empty()) {
            return None;
        }
        self.every_day |= days.week != 0;
        self.flow = Flow::None;
        if days.holidays { self.settle(Holidays::Usual) } else { Some(()) }
    }

    pub(super) fn take_break(&mut self, after: &[Item]) -> Option<()> {
        if matches!(self.last, Some(Item::Span(_))) && self.flow == Flow::Runs {
            if matches!(after.first(), Some(Item::Span(_))) {
                return None;
            }
            self.dangling = false;
            return subtract(&mut self.entries.last_mut()?.spans);
        }
        self.breaking = true;
        (!self.entries.is_empty() && self.days.is_none()).then_some(())
    }
}

/// Takes the last span, a break, out of the one opening before it.
pub(super) fn subtract(spans: &mut Vec<Span>) -> Option<()> {
    let [whole, pause] = spans.as_slice() else { return None };
    let (whole, pause) = (*whole, *pause);
    if pause.from <= whole.from || pause.to >= whole.to {
        return None;
    }
    *spans = vec![Span { to: pause.from, ..whole }, Span { from: pause.to, ..whole }];
    Some(())
}
