//! The three datums in use in China.
//!
//! GCJ-02 is WGS-84 moved by a smooth pseudo-random field of up to 800 m; BD-09
//! moves GCJ-02 once more. Both have formulas in one direction only (published
//! since 2010 as "eviltransform" and the like; the vectors in the tests are
//! theirs); the way back is found by iteration.
//!
//! Neither exists outside mainland China: there every datum is WGS-84 here, see
//! [`in_mainland`].

use core::f64::consts::PI;

use super::mainland::in_mainland;

/// Which of the three a pair of coordinates is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Datum {
    /// GPS, OpenStreetMap, 天地图; what we store.
    Wgs84,
    /// 火星坐标: 高德, 腾讯, Apple in China.
    Gcj02,
    /// 百度.
    Bd09,
}

impl Datum {
    /// Reads `wgs84`, `gcj02` or `bd09`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Wgs84, Self::Gcj02, Self::Bd09].into_iter().find(|datum| datum.as_str() == name)
    }

    /// The name [`Datum::parse`] reads.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Wgs84 => "wgs84",
            Self::Gcj02 => "gcj02",
            Self::Bd09 => "bd09",
        }
    }
}

/// WGS-84 latitude and longitude, in degrees, of a position given in `from`.
///
/// In the mainland it undoes [`from_wgs84`] to less than 1e-9 degree. At the
/// border the shift leaves a strip of up to 700 m where a pair of coordinates
/// may be a shifted mainland place or an unshifted one beyond it: such a pair
/// counts as the mainland place, since that is where the data comes from.
/// Values that are not finite come back as they are.
#[must_use]
pub fn to_wgs84(from: Datum, lat: f64, lng: f64) -> (f64, f64) {
    let shifted: fn(f64, f64) -> (f64, f64) = match from {
        Datum::Wgs84 => return (lat, lng),
        Datum::Gcj02 => gcj02,
        Datum::Bd09 => bd09,
    };
    let (back_lat, back_lng) = invert(shifted, lat, lng);
    if in_mainland(back_lat, back_lng) || in_mainland(lat, lng) { (back_lat, back_lng) } else { (lat, lng) }
}

/// Latitude and longitude in `to`, in degrees, of a WGS-84 position; unchanged
/// outside mainland China and for values that are not finite.
#[must_use]
pub fn from_wgs84(to: Datum, lat: f64, lng: f64) -> (f64, f64) {
    if !in_mainland(lat, lng) {
        return (lat, lng);
    }
    match to {
        Datum::Wgs84 => (lat, lng),
        Datum::Gcj02 => gcj02(lat, lng),
        Datum::Bd09 => bd09(lat, lng),
    }
}

/// The position that `forward` takes to (lat, lng). What the shift adds hardly
/// changes over its own length (by 2 % at most), so taking it off where the last
/// guess lies gains two digits a round.
fn invert(forward: fn(f64, f64) -> (f64, f64), lat: f64, lng: f64) -> (f64, f64) {
    /// Far below 1e-9 degree and above the rounding of degrees near 180.
    const CLOSE: f64 = 1e-12;
    let mut guess = (lat, lng);
    for _ in 0..30 {
        let there = forward(guess.0, guess.1);
        let miss = (there.0 - lat, there.1 - lng);
        guess = (guess.0 - miss.0, guess.1 - miss.1);
        if miss.0.abs().max(miss.1.abs()) < CLOSE {
            break;
        }
    }
    guess
}

/// WGS-84 to GCJ-02, wherever it is.
fn gcj02(lat: f64, lng: f64) -> (f64, f64) {
    /// Krasovsky 1940: semi-major axis in metres, squared eccentricity.
    const AXIS_M: f64 = 6_378_245.0;
    const ECCENTRICITY2: f64 = 0.006_693_421_622_965_943;
    let (north_m, east_m) = shift_m(lng - 105.0, lat - 35.0);
    let (sin, cos) = lat.to_radians().sin_cos();
    let flat = 1.0 - ECCENTRICITY2 * sin * sin;
    let meridian_m = AXIS_M * (1.0 - ECCENTRICITY2) / (flat * flat.sqrt());
    let parallel_m = AXIS_M / flat.sqrt() * cos;
    (lat + (north_m / meridian_m).to_degrees(), lng + (east_m / parallel_m).to_degrees())
}

/// The field: metres north and east at x degrees east and y degrees north of
/// 105° E, 35° N.
fn shift_m(x: f64, y: f64) -> (f64, f64) {
    let wave = |size: f64, turns: f64| size * (turns * PI).sin();
    let common = wave(20.0, 6.0 * x) + wave(20.0, 2.0 * x);
    let root = 0.2 * x.abs().sqrt();
    let north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + root;
    let north_waves = common + wave(20.0, y) + wave(40.0, y / 3.0) + wave(160.0, y / 12.0) + wave(320.0, y / 30.0);
    let east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + root / 2.0;
    let east_waves = common + wave(20.0, x) + wave(40.0, x / 3.0) + wave(150.0, x / 12.0) + wave(300.0, x / 30.0);
    (north + north_waves * 2.0 / 3.0, east + east_waves * 2.0 / 3.0)
}

/// WGS-84 to BD-09, wherever it is.
fn bd09(lat: f64, lng: f64) -> (f64, f64) {
    const WAVE: f64 = PI * 3_000.0 / 180.0;
    let (y, x) = gcj02(lat, lng);
    let radius = x.hypot(y) + 0.000_02 * (y * WAVE).sin();
    let angle = y.atan2(x) + 0.000_003 * (x * WAVE).cos();
    (radius * angle.sin() + 0.006, radius * angle.cos() + 0.006_5)
}
