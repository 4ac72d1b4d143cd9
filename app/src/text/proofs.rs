//! What is said around passkeys and authenticators.

use super::moment;
use domain::{policy::Refused, ports::NotProved, time::Millis};

/// Why a passkey opened nothing, and what to do.
#[must_use]
pub fn not_shown(why: NotProved, now: Millis) -> String {
    match why {
        NotProved::NoPasskeys => "这个网址是数字的，不能用通行密钥。用动态口令。".into(),
        NotProved::Gone => "时间过了，或者在别处用过了。刷新这一页，再来一次。".into(),
        NotProved::Wrong => "这把通行密钥在这里打不开。换一部设备，或者用短信和动态口令。".into(),
        NotProved::TooMany => "点得太快了，等一分钟再试。".into(),
        NotProved::Already => "这部设备已经登记过了，直接登录就行。".into(),
        other => not_typed(other, now),
    }
}

/// Why a code of an authenticator opened nothing, and what to do.
#[must_use]
pub fn not_typed(why: NotProved, now: Millis) -> String {
    match why {
        NotProved::Wrong => "动态口令不对。等它换下一组数字，再填一次。".into(),
        NotProved::Locked { until } => format!("错得太多了，{}以后再试。", moment::clock(until + 59_999, now)),
        NotProved::Gone => "时间过了，从头再来一次。".into(),
        NotProved::OtherNumber => {
            "收验证码的手机号，不是这个账号的。用账号上的手机号；号码换了，请发邀请的人先给你换号码。".into()
        }
        NotProved::Refused(Refused::SignIn) => "登录过期了，重新登录。".into(),
        NotProved::Refused(Refused::ProveAgain) => "要先再验证一次是你本人。刷新这一页。".into(),
        NotProved::Refused(Refused::NotFound) => "没有这个，或者没有权限。".into(),
        NotProved::Refused(Refused::Unavailable) => "服务正在维护，没办成。过一会儿再试一次。".into(),
        NotProved::NoPasskeys | NotProved::Already | NotProved::TooMany => not_shown(why, now),
    }
}
