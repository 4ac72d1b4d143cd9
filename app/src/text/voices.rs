//! What workers at the door say, in sentences.

use super::moment;
use domain::{
    ports::{Heard, NotHeard},
    station::{Amenity, Said, Station},
    time::{LocalTime, Millis},
};

/// `今天 10:20`, `昨天 18:05`, `11 月 20 日`.
fn when(at: Millis, now: Millis) -> String {
    match LocalTime::of(now).day - LocalTime::of(at).day {
        ..=0 => format!("今天 {}", moment::clock(at, at)),
        1 => format!("昨天 {}", moment::clock(at, at)),
        _ => moment::day(at),
    }
}

/// What is believed of the door, behind the state; `None` when nobody said anything that counts.
#[must_use]
pub fn door(station: &Station, now: Millis) -> Option<String> {
    let voices = station.voices.as_deref()?;
    if let Some(doubt) = voices.doubt(now) {
        let people = if doubt.voices > 1 { format!("{} 位工友", doubt.voices) } else { "有工友".to_owned() };
        let said = if doubt.said == Said::Moved { "这里搬走了" } else { "门锁着" };
        return Some(format!("{} {people}说{said}。", when(doubt.at, now)));
    }
    if voices.is_disputed(now) {
        return Some("这两天有人说锁着，有人说开着。".to_owned());
    }
    let word = voices.door.filter(|word| word.said == Said::Open && now < word.until)?;
    Some(format!("{} 有工友说开着。", when(word.at, now)))
}

/// Whether workers say that an amenity is gone.
#[must_use]
pub fn is_gone(station: &Station, amenity: Amenity) -> bool {
    station.voices.as_deref().is_some_and(|voices| voices.gone_any().contains(amenity))
}

/// The code of what became of a tap, for the address of the page that says so.
#[must_use]
pub const fn code(outcome: Result<Heard, NotHeard>) -> &'static str {
    match outcome {
        Ok(Heard::Registered) => "yes",
        Ok(Heard::Already) => "already",
        Err(NotHeard::NoStation) => "gone",
        Err(NotHeard::ManagerToday) => "manager",
        Err(NotHeard::TooManyOfDevice) => "enough",
        Err(NotHeard::TooManyOfNetwork) => "crowd",
        Err(NotHeard::Unavailable) => "failed",
    }
}

/// What became of a tap; `None` for a code nobody gave.
#[must_use]
pub fn outcome(code: &str) -> Option<&'static str> {
    Some(match code {
        "yes" => "已登记，谢谢。几位工友说得一样，大家就都看得到。",
        "already" => "一小时内你已经说过，算一次。",
        "gone" => "这个站点已经不在名单上，没有登记。",
        "manager" => "管理员今天刚改过，不用再报，没有登记。",
        "enough" => "今天你报得够多了，没有登记。明天再帮忙看看。",
        "crowd" => "这会儿报的人太多，没有登记。过一小时再试。",
        "failed" => "服务器出了问题，没有登记。过一会儿再试一次。",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_has_its_sentence_and_no_failure_says_registered() {
        let all = [
            Ok(Heard::Registered),
            Ok(Heard::Already),
            Err(NotHeard::NoStation),
            Err(NotHeard::ManagerToday),
            Err(NotHeard::TooManyOfDevice),
            Err(NotHeard::TooManyOfNetwork),
            Err(NotHeard::Unavailable),
        ];
        for heard in all {
            let sentence = outcome(code(heard)).expect("a sentence");
            assert!(heard.is_ok() || sentence.contains("没有登记"), "{sentence}");
        }
        assert_eq!(outcome("<script>"), None);
    }
}
