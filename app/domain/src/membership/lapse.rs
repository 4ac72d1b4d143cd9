//! 自动终止: six months without dues and without taking part, as far as anybody told, then a warning, then so many days.
//!
//! 中国工会章程: 会员没有正当理由连续六个月不交纳会费、不参加工会组织生活, 经教育拒不改正, 应当视为自动退会.

use super::MembershipState;
use crate::time::{DAY_MS, Millis};

/// Days without a sign. Six months of the calendar are at most 184 days: never earlier than the six months.
pub const SILENT_DAYS: i64 = 184;

/// Days between a warning and the end.
pub const NOTICE_DAYS: i64 = 30;

/// What is known of a member's dues and of their taking part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signs {
    /// When an officer or an import last told of either; `None`: nobody ever did, which ends nobody's membership.
    pub took_part_at: Option<Millis>,
    /// The end that was announced to the member, when one was.
    pub ends_at: Option<Millis>,
}

/// What is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Nothing.
    Nothing,
    /// The member is to be warned.
    Warning {
        /// When it ends at the earliest.
        ends_at: Millis,
    },
    /// The warning ran out.
    End,
    /// A sign came after the warning, or the membership cannot end by itself any more: the warning is void.
    TakeBack,
}

/// Whether the last sign is so long ago that a warning may be given.
#[must_use]
pub fn is_silent(took_part_at: Option<Millis>, now: Millis) -> bool {
    took_part_at.is_some_and(|at| now - at >= SILENT_DAYS * DAY_MS)
}

/// What is due of a membership.
#[must_use]
pub fn due(state: MembershipState, signs: Signs, now: Millis) -> Due {
    let may_end = state == MembershipState::Active && is_silent(signs.took_part_at, now);
    match (may_end, signs.ends_at) {
        (true, None) => Due::Warning { ends_at: now + NOTICE_DAYS * DAY_MS },
        (true, Some(at)) if at <= now => Due::End,
        (true, Some(_)) | (false, None) => Due::Nothing,
        (false, Some(_)) => Due::TakeBack,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What may happen on a day.
    #[derive(Clone, Copy, Debug)]
    enum Day {
        Quiet,
        TookPart,
        Retained,
        Resumed,
    }

    fn any_day() -> impl Strategy<Value = Day> {
        prop_oneof![
            400 => Just(Day::Quiet),
            1 => Just(Day::TookPart),
            1 => Just(Day::Retained),
            1 => Just(Day::Resumed),
        ]
    }

    proptest! {
        #[test]
        fn nobody_is_ended_without_a_warning_that_stood_its_days(
            days in proptest::collection::vec(any_day(), 0..900),
            told in any::<bool>(),
        ) {
            let mut state = MembershipState::Active;
            let mut signs = Signs { took_part_at: told.then_some(0), ends_at: None };
            let mut warned: Option<Millis> = None;
            for (day, happens) in (0..).zip(days) {
                let now = day * DAY_MS;
                match happens {
                    Day::Quiet => {}
                    Day::TookPart => signs.took_part_at = Some(now),
                    Day::Retained => state = MembershipState::Retained,
                    Day::Resumed => state = MembershipState::Active,
                }
                match due(state, signs, now) {
                    Due::Nothing => {}
                    Due::Warning { ends_at } => {
                        prop_assert!(ends_at > now);
                        signs.ends_at = Some(ends_at);
                        warned = Some(now);
                    }
                    Due::TakeBack => {
                        signs.ends_at = None;
                        warned = None;
                    }
                    Due::End => {
                        prop_assert!(warned.is_some_and(|at| now - at >= NOTICE_DAYS * DAY_MS));
                        prop_assert!(signs.took_part_at.is_some_and(|at| now - at >= SILENT_DAYS * DAY_MS));
                        prop_assert_eq!(state, MembershipState::Active);
                        break;
                    }
                }
            }
        }

        #[test]
        fn who_nobody_told_anything_of_is_never_warned(now in 0..i64::MAX / 2, ends_at in proptest::option::of(0..i64::MAX / 2)) {
            let due = due(MembershipState::Active, Signs { took_part_at: None, ends_at }, now);
            let is_against = matches!(due, Due::Warning { .. } | Due::End);
            prop_assert!(!is_against);
        }
    }

    #[test]
    fn a_retained_membership_is_never_warned_and_loses_its_warning() {
        let signs = Signs { took_part_at: Some(0), ends_at: None };
        let later = 400 * DAY_MS;
        assert_eq!(due(MembershipState::Retained, signs, later), Due::Nothing);
        assert!(matches!(due(MembershipState::Active, signs, later), Due::Warning { .. }));
        let warned = Signs { ends_at: Some(1), ..signs };
        assert_eq!(due(MembershipState::Retained, warned, later), Due::TakeBack);
        assert_eq!(due(MembershipState::Active, warned, later), Due::End);
    }
}
