//! What is said around signing in and about one's own account.

use super::moment;
use domain::{
    ports::{AttemptPurpose, NotEntered, NotSent, Site},
    time::Millis,
};

/// `30 秒后`, `5 分钟后`, `3 小时后`, rounded up: whoever waits that long waits long enough.
#[must_use]
pub fn wait(seconds: u32) -> String {
    match seconds {
        0..60 => format!("{} 秒后", seconds.max(1)),
        60..3600 => format!("{} 分钟后", seconds.div_ceil(60)),
        _ => format!("{} 小时后", seconds.div_ceil(3600)),
    }
}

/// Why no code is on its way: at which field it stands (`None`: at none of them), and what to do.
#[must_use]
pub fn not_sent(why: &NotSent, now: Millis) -> (Option<&'static str>, String) {
    match why {
        NotSent::Mobile => (Some("mobile"), "填 11 位手机号，1 开头，例如 138 0013 8000。".into()),
        NotSent::Last4 { tries_left } => (Some("last4"), wrong_last4(*tries_left)),
        NotSent::Locked { until } => (Some("last4"), locked_last4(*until, now)),
        NotSent::ManagerCode => {
            (Some("code"), "这个管理码不对、用过了或者过期了。照着再填一遍；还不行，找给你码的工会干部要新的。".into())
        }
        NotSent::TooMany { wait_s } => (None, format!("发得太多了，{}再试。验证码收到过的，找找短信。", wait(*wait_s))),
        NotSent::Budget => (None, "今天能发的验证码都发完了，明天再来。找驿站不用登录。".into()),
        NotSent::Paused { until } => (None, paused(*until, now)),
        NotSent::Gateway => (None, "短信没发出去，是短信公司那边的问题，没算你的次数。过一分钟再试一次。".into()),
        NotSent::Refused(_) => (None, "服务正在维护，没发出去。过一会儿再试。".into()),
    }
}

/// The last four of the ID number are wrong.
fn wrong_last4(tries_left: u32) -> String {
    format!("后四位和存着的证件对不上，照着证件再填一遍，例：123X。还能试 {tries_left} 次。")
}

/// They were wrong too often.
fn locked_last4(until: Millis, now: Millis) -> String {
    format!("证件号码后四位错得太多了，{} 以后再来填。", moment::clock(until, now))
}

/// Why a code, or the second fact, did not open it. What is over has a page of its own.
#[must_use]
pub fn not_entered(why: NotEntered, what: &str, now: Millis) -> String {
    match why {
        NotEntered::Wrong { tries_left } => format!("{what}不对，还能试 {tries_left} 次。"),
        NotEntered::Gone => "验证码过期了，再发一个。".into(),
        NotEntered::Locked { until } => format!("错得太多了，{} 以后再来核对。", moment::clock(until, now)),
        NotEntered::Paused { until } => paused(until, now),
        NotEntered::MobileTaken => "这个号码已经有别的账号在用。换一个号码，或者用它登录那个账号。".into(),
        NotEntered::Unavailable => "服务正在维护，没核对成。过一会儿再试一次，填的还在。".into(),
    }
}

fn paused(until: Millis, now: Millis) -> String {
    format!("今天错的验证码太多，可能有人在试。{} 以后再试；已经登录的手机不受影响。", moment::clock(until, now))
}

/// What the main button says when the code of this purpose has been typed.
#[must_use]
pub const fn enter(purpose: AttemptPurpose) -> &'static str {
    match purpose {
        AttemptPurpose::SignIn => "登录",
        AttemptPurpose::ChangeMobile => "换成这个号码",
        AttemptPurpose::Manager => "绑定站点",
        AttemptPurpose::Staff => "下一步",
    }
}

/// Where the number of an attempt was typed.
#[must_use]
pub const fn begins_at(purpose: AttemptPurpose) -> &'static str {
    match purpose {
        AttemptPurpose::SignIn => "/sign-in",
        AttemptPurpose::ChangeMobile => "/me/phone",
        AttemptPurpose::Manager => "/manager",
        AttemptPurpose::Staff => "/staff",
    }
}

/// In a trial codes are printed, not sent: who waits for an SMS waits in vain.
#[must_use]
pub fn printed(site: &Site) -> Option<&'static str> {
    site.sms_is_printed.then_some("试用安装：不发短信，验证码显示在启动程序的那个窗口里。")
}

/// A moment of the past: `今天 9:12`, `昨天 22:00`, `11 月 3 日`, `2025 年 11 月 3 日`.
#[must_use]
pub fn past(at: Millis, now: Millis) -> String {
    use domain::time::LocalTime;
    let (then, today) = (LocalTime::of(at), LocalTime::of(now));
    let time = format!("{}:{:02}", then.minute / 60, then.minute % 60);
    match today.day - then.day {
        ..=0 => format!("今天 {time}"),
        1 => format!("昨天 {time}"),
        _ if then.date().year == today.date().year => moment::day(at),
        _ => format!("{} 年 {}", then.date().year, moment::day(at)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Monday 2026-11-23 10:00 in Shanghai.
    const NOW: Millis = 1_795_399_200_000;
    const HOUR: Millis = 3_600_000;

    #[test]
    fn a_wait_is_rounded_up() {
        for (seconds, words) in [
            (0, "1 秒后"),
            (59, "59 秒后"),
            (60, "1 分钟后"),
            (61, "2 分钟后"),
            (3600, "1 小时后"),
            (3601, "2 小时后"),
            (50_400, "14 小时后"),
        ] {
            assert_eq!(wait(seconds), words);
        }
    }

    #[test]
    fn every_refusal_says_what_to_do() {
        use domain::policy::Refused;
        for why in [
            NotSent::Mobile,
            NotSent::ManagerCode,
            NotSent::TooMany { wait_s: 90 },
            NotSent::Budget,
            NotSent::Paused { until: NOW + HOUR },
            NotSent::Gateway,
            NotSent::Last4 { tries_left: 2 },
            NotSent::Locked { until: NOW + HOUR },
            NotSent::Refused(Refused::Unavailable),
        ] {
            let (_, sentence) = not_sent(&why, NOW);
            assert!(["填", "再试", "再来", "再填"].iter().any(|next| sentence.contains(next)), "{sentence}");
        }
        assert_eq!(not_entered(NotEntered::Wrong { tries_left: 4 }, "验证码", NOW), "验证码不对，还能试 4 次。");
        let locked = not_entered(NotEntered::Locked { until: NOW + 168 * HOUR }, "后四位", NOW);
        assert!(locked.contains("11 月 30 日 10:00"), "{locked}");
    }

    #[test]
    fn the_past_is_told_from_today() {
        for (hours, words) in [
            (0, "今天 10:00"),
            (1, "今天 9:00"),
            (11, "昨天 23:00"),
            (35, "11 月 21 日"),
            (240, "11 月 13 日"),
            (24 * 400, "2025 年 10 月 19 日"),
        ] {
            assert_eq!(past(NOW - hours * HOUR, NOW), words);
        }
    }
}
