//! What time it is for the doors on the page: by the server's clock, not the phone's.
//!
//! The page carries the moment it was told; the phone only counts the minutes since. Its own clock is
//! asked for a kept copy alone, where nothing else knows how old that is.

const MINUTE_MS: f64 = 60_000.0;
/// A phone's clock that is off by less does no harm.
const TOLERATED_MINUTES: f64 = 10.0;
/// A kept copy older than this says nothing of doors.
const KEPT_AT_MOST_MINUTES: f64 = 7.0 * 1_440.0;

/// The moment the page was told, in ms since 1970.
fn told() -> Option<f64> {
    let list = web_sys::window()?.document()?.get_element_by_id("yes")?;
    Some(js_sys::parse_float(&list.get_attribute("data-now")?)).filter(|told| *told > 0.0)
}

/// Milliseconds since the page began to load, by a clock nobody can set.
fn since_load() -> Option<f64> {
    Some(web_sys::window()?.performance()?.now())
}

fn is_kept() -> Option<bool> {
    Some(web_sys::window()?.document()?.get_element_by_id("kept").is_some())
}

/// Whole minutes since the doors on the page were told; `None` where nobody can say.
pub fn waited() -> Option<u32> {
    let minutes = if is_kept()? { (js_sys::Date::now() - told()?) / MINUTE_MS } else { since_load()? / MINUTE_MS };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be in range")]
    let whole = (0.0..KEPT_AT_MOST_MINUTES).contains(&minutes).then_some(minutes as u32);
    whole
}

/// That the phone's clock is wrong, when a fresh page shows it to be.
pub fn complaint() -> Option<String> {
    if is_kept()? {
        return None;
    }
    let off = (js_sys::Date::now() - told()? - since_load()?) / MINUTE_MS;
    if off.abs() < TOLERATED_MINUTES {
        return None;
    }
    let way = if off > 0.0 { "快" } else { "慢" };
    let minutes = off.abs();
    let (number, unit) = if minutes < 120.0 {
        (minutes, " 分钟")
    } else if minutes < 2_880.0 {
        (minutes / 60.0, " 小时")
    } else {
        (minutes / 1_440.0, " 天")
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a positive number; saturates")]
    let number = (number as u32).to_string();
    Some(["手机的时间", way, "了约 ", &number, unit, "。开没开门按北京时间算，不受影响。"].concat())
}
