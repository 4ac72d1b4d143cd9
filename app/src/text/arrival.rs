//! 走过去约 5 分钟，到时门开着: the same sentence on the server and on the phone.

use domain::station::{Ahead, Arrival, Way};

/// How long it takes and what one finds, for a straight line of so many metres. `waited` minutes have
/// passed since `door` was told.
#[must_use]
pub fn sentence(straight_m: f64, door: Ahead, waited: u32) -> String {
    let way = Way::of_rider(straight_m);
    let minutes = way.minutes(straight_m);
    let arrival = Arrival::after(minutes.saturating_add(waited), door);
    if minutes < 60 {
        return [way.word(), "约 ", &minutes.to_string(), " 分钟", arrival.words()].concat();
    }
    let (hours, rest) = (minutes / 60, minutes % 60);
    let rest = if rest == 0 { String::new() } else { [" ", &rest.to_string(), " 分钟"].concat() };
    [way.word(), "约 ", &hours.to_string(), " 小时", &rest, arrival.words()].concat()
}

/// A door as a row carries it: `o`, `o720` (closes in 720 minutes), `s`, `s30`; blank is unknown.
#[must_use]
pub fn code(door: Ahead) -> String {
    let with = |letter: &str, minutes: Option<u32>| {
        [letter, &minutes.map_or_else(String::new, |minutes| minutes.to_string())].concat()
    };
    match door {
        Ahead::Open(closes) => with("o", closes),
        Ahead::Shut(opens) => with("s", opens),
        Ahead::Unknown => String::new(),
    }
}

/// Reads what [`code`] writes; anything else is unknown.
#[must_use]
pub fn door(code: &str) -> Ahead {
    let minutes = |text: &str| if text.is_empty() { Ok(None) } else { text.parse().map(Some) };
    let read = match (code.strip_prefix('o'), code.strip_prefix('s')) {
        (Some(closes), _) => minutes(closes).map(Ahead::Open),
        (_, Some(opens)) => minutes(opens).map(Ahead::Shut),
        _ => Ok(Ahead::Unknown),
    };
    read.unwrap_or(Ahead::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_says_how_long_and_what_one_finds() {
        assert_eq!(sentence(300.0, Ahead::Open(Some(720)), 0), "走过去约 6 分钟，到时门开着");
        assert_eq!(sentence(3_000.0, Ahead::Open(Some(20)), 0), "骑车过去约 17 分钟，可能来不及");
        assert_eq!(sentence(3_000.0, Ahead::Open(Some(20)), 5), "骑车过去约 17 分钟，到时已经关门");
        assert_eq!(sentence(15_000.0, Ahead::Shut(None), 0), "骑车过去约 1 小时 24 分钟，到时还没开门");
        assert_eq!(sentence(300.0, Ahead::Unknown, 0), "走过去约 6 分钟");
    }

    #[test]
    fn a_door_reads_back_and_nonsense_is_unknown() {
        for known in [Ahead::Open(None), Ahead::Open(Some(0)), Ahead::Shut(Some(90)), Ahead::Shut(None), Ahead::Unknown]
        {
            assert_eq!(door(&code(known)), known);
        }
        for nonsense in ["x", "o-1", "o1.5", "s99999999999", "12"] {
            assert_eq!(door(nonsense), Ahead::Unknown, "{nonsense}");
        }
    }
}
