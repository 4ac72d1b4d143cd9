//! Will the door be open when I get there? A straight line, a way of moving, a state: always 约.

use super::OpenState;
use crate::time::Millis;

codes! {
    /// 怎么走.
    pub enum Way {
        /// 5 km/h.
        Walk = "walk" "走过去",
        /// 15 km/h.
        Ebike = "ebike" "骑车过去",
        /// 60 km/h.
        Truck = "truck" "开过去",
    }
}

/// Farther than this nobody walks between two orders: riders are told the time by e-bike.
const WALK_AT_MOST_M: f64 = 1_000.0;
/// How much longer streets are than the straight line.
const DETOUR: f64 = 1.4;
/// A door that closes within so many minutes after the arrival: 可能来不及.
pub const TIGHT_MINUTES: u32 = 10;

impl Way {
    /// Metres a minute.
    const fn speed(self) -> f64 {
        match self {
            Self::Walk => 5_000.0 / 60.0,
            Self::Ebike => 15_000.0 / 60.0,
            Self::Truck => 1_000.0,
        }
    }

    /// How a rider gets there: on foot up to a kilometre, then by e-bike.
    #[must_use]
    pub fn of_rider(straight_m: f64) -> Self {
        if straight_m <= WALK_AT_MOST_M { Self::Walk } else { Self::Ebike }
    }

    /// Minutes for a straight line of so many metres, by streets; at least one.
    #[must_use]
    pub fn minutes(self, straight_m: f64) -> u32 {
        self.minutes_along(straight_m * DETOUR)
    }

    /// Minutes for so many metres of road; at least one.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates; a distance on Earth")]
    pub fn minutes_along(self, road_m: f64) -> u32 {
        ((road_m / self.speed() + 0.999) as u32).max(1)
    }
}

/// A door as far as an arrival asks: in whole minutes from now, so that the phone counts the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ahead {
    /// Open; closes in so many minutes, or not that anybody knows.
    Open(Option<u32>),
    /// Closed; opens in so many minutes, or nobody knows when.
    Shut(Option<u32>),
    /// Nobody knows.
    Unknown,
}

impl Ahead {
    /// Of a state at a moment.
    #[must_use]
    pub fn of(state: &OpenState, now: Millis) -> Self {
        let minutes = |at: Millis| u32::try_from((at - now) / 60_000).unwrap_or(0);
        match state {
            OpenState::Open { closes, .. } => Self::Open(closes.map(minutes)),
            OpenState::ClosingSoon { closes, .. } => Self::Open(Some(minutes(*closes))),
            OpenState::ClosedNow { opens } => Self::Shut(opens.map(minutes)),
            OpenState::TemporarilyClosed { until, .. } => Self::Shut(until.map(minutes)),
            OpenState::Unknown { .. } => Self::Unknown,
            OpenState::PermanentlyClosed => Self::Shut(None),
        }
    }
}

/// What one finds at the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// Open, and for a while.
    Open,
    /// Open, but it closes within [`TIGHT_MINUTES`]: 可能来不及.
    Tight,
    /// Closed by then.
    ClosesBefore,
    /// It opens before one is there.
    OpensBefore,
    /// Still closed.
    Shut,
    /// Nobody knows.
    Unknown,
}

impl Arrival {
    /// What one finds so many minutes from now.
    #[must_use]
    pub const fn after(minutes: u32, door: Ahead) -> Self {
        match door {
            Ahead::Open(Some(closes)) if closes <= minutes => Self::ClosesBefore,
            Ahead::Open(Some(closes)) if closes - minutes <= TIGHT_MINUTES => Self::Tight,
            Ahead::Open(_) => Self::Open,
            Ahead::Shut(Some(opens)) if opens <= minutes => Self::OpensBefore,
            Ahead::Shut(_) => Self::Shut,
            Ahead::Unknown => Self::Unknown,
        }
    }

    /// The end of the sentence that begins with 走过去约 5 分钟; blank where nobody knows.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Open => "，到时门开着",
            Self::Tight => "，可能来不及",
            Self::ClosesBefore => "，到时已经关门",
            Self::OpensBefore => "，到时已经开门",
            Self::Shut => "，到时还没开门",
            Self::Unknown => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streets_are_longer_than_the_straight_line_and_minutes_are_rounded_up() {
        assert_eq!(Way::Walk.minutes(300.0), 6);
        assert_eq!(Way::Walk.minutes(0.0), 1);
        assert_eq!(Way::Ebike.minutes(3_000.0), 17);
        assert_eq!(Way::Truck.minutes_along(45_000.0), 45);
        assert_eq!([Way::of_rider(1_000.0), Way::of_rider(1_001.0)], [Way::Walk, Way::Ebike]);
    }

    #[test]
    fn a_door_that_closes_within_ten_minutes_of_the_arrival_may_be_missed() {
        let open = |closes| Arrival::after(20, Ahead::Open(closes));
        assert_eq!(open(None), Arrival::Open);
        assert_eq!(open(Some(31)), Arrival::Open);
        assert_eq!(open(Some(30)), Arrival::Tight);
        assert_eq!(open(Some(21)), Arrival::Tight);
        assert_eq!(open(Some(20)), Arrival::ClosesBefore);
        let shut = |opens| Arrival::after(20, Ahead::Shut(opens));
        assert_eq!([shut(Some(20)), shut(Some(21)), shut(None)], [Arrival::OpensBefore, Arrival::Shut, Arrival::Shut]);
        assert_eq!(Arrival::after(1, Ahead::Unknown), Arrival::Unknown);
    }
}
