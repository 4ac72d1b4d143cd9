//! Sine, cosine and arc length for angles counted in 1e-7 degree.
//!
//! Our own, not the platform's: `f64::sin` is one library on Linux and another
//! in WASM, and they may differ in the last bit. Built from `+ - * / sqrt`
//! alone, which IEEE 754 fixes to the bit, the server and the phone agree on
//! every distance and therefore on every order. It is also branch-free, and it
//! keeps the platform's argument reduction tables out of the WASM.

/// Mean radius of the earth in metres (IUGG, R1).
pub(super) const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// A quarter turn, 90°, in 1e-7 degree.
pub(super) const QUARTER_TURN: u32 = 900_000_000;
/// Half a turn, 180°, in 1e-7 degree.
pub(super) const HALF_TURN: u32 = 1_800_000_000;
/// A full turn, 360°, in 1e-7 degree.
pub(super) const FULL_TURN: u32 = 3_600_000_000;

/// One step of 1e-7 degree in radians.
pub(super) const STEP: f64 = core::f64::consts::PI / 1.8e9;

/// Sine of `x` radians for 0 ≤ x ≤ π/4: the Taylor series up to x¹⁵, whose
/// next term is below 5e-17.
#[inline]
fn sin_eighth(x: f64) -> f64 {
    const C3: f64 = -1.0 / 6.0;
    const C5: f64 = 1.0 / 120.0;
    const C7: f64 = -1.0 / 5_040.0;
    const C9: f64 = 1.0 / 362_880.0;
    const C11: f64 = -1.0 / 39_916_800.0;
    const C13: f64 = 1.0 / 6_227_020_800.0;
    const C15: f64 = -1.0 / 1_307_674_368_000.0;
    let z = x * x;
    let tail = C3 + z * (C5 + z * (C7 + z * (C9 + z * (C11 + z * (C13 + z * C15)))));
    x + x * z * tail
}

/// Sine of an angle between 0 and 90°.
#[inline]
fn sin_quarter(angle_e7: u32) -> f64 {
    // sin 2y = 2 sin y cos y, and y stays within the series' reach.
    let half = sin_eighth(f64::from(angle_e7) * (STEP / 2.0));
    2.0 * half * (1.0 - half * half).sqrt()
}

/// Sine of any angle; the reduction is exact because it is done in integers.
pub(super) fn sin(angle_e7: i64) -> f64 {
    let turn = angle_e7.rem_euclid(i64::from(FULL_TURN));
    let turn = u32::try_from(turn).expect("a remainder below a full turn");
    let (half, sign) = if turn < HALF_TURN { (turn, 1.0) } else { (turn - HALF_TURN, -1.0) };
    sign * sin_quarter(half.min(HALF_TURN - half))
}

/// Cosine of any angle.
pub(super) fn cos(angle_e7: i64) -> f64 {
    sin(angle_e7 + i64::from(QUARTER_TURN))
}

/// Cosine of a latitude; exactly 0 at the poles.
#[inline]
pub(super) fn cos_latitude(lat_e7: i32) -> f64 {
    sin_quarter(QUARTER_TURN.saturating_sub(lat_e7.unsigned_abs()))
}

/// Haversine, sin²(angle/2), of an angle between 0 and 180°.
#[inline]
pub(super) fn haversine(angle_e7: u32) -> f64 {
    // sin² 2y = 4 sin² y (1 − sin² y)
    let quarter = sin_eighth(f64::from(angle_e7) * (STEP / 4.0));
    let square = quarter * quarter;
    4.0 * square * (1.0 - square)
}

/// The smaller of the two angles between two longitudes, 0 to 180°.
#[inline]
pub(super) fn longitude_gap(a_e7: i32, b_e7: i32) -> u32 {
    let straight = a_e7.abs_diff(b_e7);
    straight.min(FULL_TURN - straight)
}

/// Length in metres of the arc whose haversine is `hav`; values above 1, which
/// only rounding produces, count as 1. Never decreasing in `hav` but for the
/// last bit.
#[inline]
pub(super) fn arc_m(hav: f64) -> f64 {
    // asin's series needs a small argument: below 0.05 (arcs up to 637 km) the
    // first dropped term is below 1e-17. Larger arcs are halved first.
    const SMALL: f64 = 0.05 * 0.05;
    let mut hav = hav;
    let mut diameter = 2.0 * EARTH_RADIUS_M;
    if hav >= SMALL {
        hav = hav.min(1.0);
        while hav >= SMALL {
            // sin²(x/2) = (1 − cos x)/2 = sin² x / (2 (1 + cos x))
            hav /= 2.0 * (1.0 + (1.0 - hav).sqrt());
            diameter *= 2.0;
        }
    }
    let series =
        1.0 / 6.0 + hav * (3.0 / 40.0 + hav * (15.0 / 336.0 + hav * (105.0 / 3_456.0 + hav * (945.0 / 42_240.0))));
    diameter * hav.sqrt() * (1.0 + hav * series)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_platform_to_the_last_digits() {
        for step in 0..=3_600_i64 {
            let angle = step * 1_234_567 - 2_000_000_000;
            #[expect(clippy::cast_precision_loss, reason = "well within 53 bits")]
            let radians = angle as f64 * STEP;
            assert!((sin(angle) - radians.sin()).abs() < 1e-15, "sin {angle}");
            assert!((cos(angle) - radians.cos()).abs() < 1e-15, "cos {angle}");
        }
    }

    #[test]
    fn poles_have_no_width_and_the_antimeridian_no_gap() {
        assert_eq!(cos_latitude(900_000_000).to_bits(), 0.0_f64.to_bits());
        assert_eq!(cos_latitude(-900_000_000).to_bits(), 0.0_f64.to_bits());
        assert_eq!(longitude_gap(1_800_000_000, -1_800_000_000), 0);
        assert_eq!(longitude_gap(-1_799_999_999, 1_799_999_999), 2);
    }

    #[test]
    fn arc_is_twice_the_arc_sine_of_the_root() {
        for step in 0..=10_000_u32 {
            let hav = f64::from(step) / 10_000.0;
            let expected = 2.0 * EARTH_RADIUS_M * hav.sqrt().asin();
            // The root of a haversine near 1 has no digits to spare.
            let tolerance = 1e-8 / (1.0 - hav + 1e-9).sqrt();
            assert!((arc_m(hav) - expected).abs() <= tolerance, "{hav}");
        }
        assert!((arc_m(1.000_000_1) - arc_m(1.0)).abs() < 1e-9);
    }
}
