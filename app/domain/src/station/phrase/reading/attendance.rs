//! Hours with nobody there.

use super::{
    super::{clock::Span, days::WEEK, item::Item},
    Entry, Flow, Holidays, Reading,
};
use crate::station::DAY_MINUTES;

impl Reading {
    pub(super) fn take_unattended(&mut self, after: &[Item]) -> Option<()> {
        if self.rest {
            return self.take_rest();
        }
        if self.days.is_some() || self.next_unattended {
            return None;
        }
        let hours = |item: Option<&Item>| matches!(item, Some(Item::Span(_) | Item::Always { .. }));
        let follows = self.flow == Flow::Runs
            && (hours(self.last.as_ref()) || matches!(self.last, Some(Item::Open | Item::Normal | Item::Usual)));
        // 24小时开放，无人值守
        let lone = self.last == Some(Item::Comma)
            && matches!(self.entries.as_slice(), [entry] if entry.is_whole_day() && entry.days.is_none());
        match (follows || lone, hours(after.first())) {
            (true, false) => self.mark_unattended(),
            (false, true) => {
                self.next_unattended = true;
                Some(())
            }
            // Between two hours it may belong to either.
            _ => None,
        }
    }

    pub(super) fn mark_unattended(&mut self) -> Option<()> {
        let entry = self.entries.last_mut()?;
        if entry.spans.len() == 1 {
            entry.unattended = true;
            return Some(());
        }
        // 8:00-12:00，14:00-18:00（无人值守） may mean both.
        // 24小时（22:00-8:00无人值守） means the one in the brackets.
        if self.in_bracket && !(std::mem::take(&mut self.dangling) && entry.spans.len() == 2) {
            return None;
        }
        let span = entry.spans.pop()?;
        let (days, months) = (entry.days, entry.months);
        self.entries.push(Entry { months, days, spans: vec![span], numbered: false, unattended: true });
        Some(())
    }

    /// 其余时间自助: what the only hours leave of the day.
    pub(super) fn take_rest(&mut self) -> Option<()> {
        if !std::mem::take(&mut self.rest) || self.closed != 0 || self.holidays != Holidays::Unsaid {
            return None;
        }
        let [entry] = self.entries.as_slice() else { return None };
        let [span] = entry.spans.as_slice() else { return None };
        if entry.days.is_some_and(|days| days.week != WEEK || days.working)
            || entry.months.is_some()
            || entry.unattended
            || entry.is_whole_day()
        {
            return None;
        }
        let from = span.to % DAY_MINUTES;
        let to = if span.from > from { span.from } else { span.from + DAY_MINUTES };
        let rest = Span { from, to, part: None };
        self.entries.push(Entry { months: None, days: None, spans: vec![rest], numbered: false, unattended: true });
        self.flow = Flow::None;
        Some(())
    }
}
