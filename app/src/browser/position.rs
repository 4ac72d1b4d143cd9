//! Where the phone is. Asked on a tap, kept for the session, on this phone only.

use domain::geo::Point;
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

/// Where the session keeps it: `lat_e7,lng_e7,accuracy_m`.
const KEY: &str = "position";
/// Geolocation hangs often; after this long the person gets an answer, even if it is "no".
const LIMIT_MS: u32 = 8_000;
/// Our own limit, a little later than the browser's, so that the browser's own word comes first.
const PATIENCE_MS: i32 = 8_200;
/// A fix younger than this is as good as a new one.
const RECENT_MS: u32 = 30_000;

/// A fix.
#[derive(Clone, Copy)]
pub struct Fix {
    /// Where.
    pub point: Point,
    /// Radius in metres within which the phone believes itself.
    pub accuracy_m: f64,
}

/// Why there is no fix.
pub enum NoFix {
    /// The person or the phone does not allow it.
    Denied,
    /// The phone knows no way.
    Unavailable,
    /// It took longer than eight seconds.
    TooSlow,
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.session_storage().ok()?
}

/// The fix of this session, when there is one.
pub fn kept() -> Option<Fix> {
    let text = storage()?.get_item(KEY).ok()??;
    let mut numbers = text.split(',').map(js_sys::parse_float);
    let (lat, lng, accuracy_m) = (numbers.next()?, numbers.next()?, numbers.next()?);
    let point = Point::from_degrees(lat / 1e7, lng / 1e7)?;
    Some(Fix { point, accuracy_m })
}

/// Keeps a fix for this session.
pub fn keep(fix: Fix) {
    if let Some(storage) = storage() {
        let text =
            [fix.point.lat_e7(), fix.point.lng_e7(), whole(fix.accuracy_m)].map(|number| number.to_string()).join(",");
        // Full or forbidden storage: the page still works, the next one asks again.
        drop(storage.set_item(KEY, &text));
    }
}

#[expect(clippy::cast_possible_truncation, reason = "metres of accuracy; saturates")]
fn whole(metres: f64) -> i32 {
    metres as i32
}

/// Asks the phone. After eight seconds without a word the answer is "too slow", whatever the browser
/// does: its own limit does not run while its question to the person stands open, and some web views
/// never call back. A position that comes later than that is still given.
pub fn ask(answer: impl Fn(Result<Fix, NoFix>) + 'static) {
    let Some(geolocation) = web_sys::window().and_then(|window| window.navigator().geolocation().ok()) else {
        return answer(Err(NoFix::Unavailable));
    };
    let answered = Rc::new(Cell::new(false));
    let answer = Rc::new({
        let answered = Rc::clone(&answered);
        move |given| {
            answered.set(true);
            answer(given);
        }
    });
    let (found, late) = (Rc::clone(&answer), Rc::clone(&answer));
    let late = Closure::once_into_js(move || {
        if !answered.get() {
            late(Err(NoFix::TooSlow));
        }
    });
    if let Some(window) = web_sys::window() {
        drop(window.set_timeout_with_callback_and_timeout_and_arguments_0(late.unchecked_ref(), PATIENCE_MS));
    }
    let found = Closure::once_into_js(move |position: web_sys::Position| {
        let here = position.coords();
        found(match Point::from_degrees(here.latitude(), here.longitude()) {
            Some(point) => Ok(Fix { point, accuracy_m: here.accuracy() }),
            None => Err(NoFix::Unavailable),
        });
    });
    let failed = Closure::once_into_js(move |error: web_sys::PositionError| {
        answer(Err(match error.code() {
            web_sys::PositionError::PERMISSION_DENIED => NoFix::Denied,
            web_sys::PositionError::TIMEOUT => NoFix::TooSlow,
            _ => NoFix::Unavailable,
        }));
    });
    let options = web_sys::PositionOptions::new();
    options.set_enable_high_accuracy(true);
    options.set_timeout(LIMIT_MS);
    options.set_maximum_age(RECENT_MS);
    // A page that may not ask (an insecure address) throws or answers "denied"; both end in words.
    let failed: &js_sys::Function = failed.unchecked_ref();
    if geolocation
        .get_current_position_with_error_callback_and_options(found.unchecked_ref(), Some(failed), &options)
        .is_err()
    {
        drop(failed.call1(&JsValue::NULL, &JsValue::NULL));
    }
}
