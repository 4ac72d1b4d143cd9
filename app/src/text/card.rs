//! Words about 电子会员证.

use domain::{
    ports::NoCard,
    time::{LocalTime, Millis},
};

/// `2027 年 11 月 23 日`.
#[must_use]
pub fn date(at: Millis) -> String {
    let date = LocalTime::of(at).date();
    format!("{} 年 {} 月 {} 日", date.year, date.month, date.day)
}

/// A number of which only the end shows: `•••• 73A5`.
#[must_use]
pub fn ending(number: &str) -> String {
    let end: Vec<char> = number.chars().rev().take(4).collect();
    format!("•••• {}", end.into_iter().rev().collect::<String>())
}

/// Why there is no card: title, what is so, and what to do: a path and its word.
#[must_use]
pub fn none(why: &NoCard) -> (&'static str, String, (&'static str, &'static str)) {
    match why {
        NoCard::Pending(number) => {
            let number = number.as_ref().map(|number| format!("登记号 {number}。")).unwrap_or_default();
            let text = format!("{number}受理中（临时凭证）不是会籍，还没有会员证。工会批准以后，这里就有。");
            ("入会还在办理", text, ("/join", "看办到哪一步"))
        }
        NoCard::Former => ("会籍已经结束", "会员证跟着作废了。想再入会，随时可以。".into(), ("/join", "重新入会")),
        NoCard::Never | NoCard::Refused(_) => {
            ("还没有会员证", "入了会就有：没有网也能出示，站点一扫就知道是真的。".into(), ("/join", "去入会"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_end_of_a_number_shows() {
        assert_eq!(ending("410105202600073A5"), "•••• 73A5");
        assert_eq!(ending(""), "•••• ");
        assert_eq!(date(1_795_399_200_000), "2026 年 11 月 23 日");
    }
}
