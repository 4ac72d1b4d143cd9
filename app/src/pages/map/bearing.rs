//! Where the pins of a 方位图 stand.

use std::f64::consts::PI;

/// The middle of the drawing, in its own units, both ways.
pub const MIDDLE: f64 = 170.0;
/// The rings: metres and radius. Between two rings the scale is even.
pub const RINGS: [(f64, f64); 3] = [(500.0, 50.0), (1_000.0, 100.0), (3_000.0, 150.0)];
/// How far the outermost ring reaches, in metres.
pub const REACH_M: f64 = 3_000.0;
/// The radius of a pin: its number must be read.
pub const PIN: f64 = 14.0;
/// The nearest two pins may stand to each other.
const APART: f64 = 31.0;
/// No pin stands on the person in the middle.
const CLEAR: f64 = 34.0;

/// A distance as a radius.
#[must_use]
pub fn radius(metres: f64) -> f64 {
    let mut from = (0.0, 0.0);
    for (to_m, to_r) in RINGS {
        if metres <= to_m {
            return from.1 + (metres - from.0) / (to_m - from.0) * (to_r - from.1);
        }
        from = (to_m, to_r);
    }
    from.1
}

/// Places pins by distance in metres and bearing in degrees, nearest first. A pin whose spot is taken
/// moves around its ring, by turns to either side, and where the ring is full on the next one out.
#[must_use]
pub fn place(spots: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut pins: Vec<(f64, f64)> = Vec::with_capacity(spots.len());
    for (metres, bearing) in spots {
        let own = radius(*metres).max(CLEAR);
        let at = |ring: f64, degrees: f64| {
            let angle = degrees * PI / 180.0;
            (MIDDLE + ring * angle.sin(), MIDDLE - ring * angle.cos())
        };
        let free = |(x, y): &(f64, f64)| pins.iter().all(|pin| (pin.0 - x).hypot(pin.1 - y) >= APART);
        let rings = [own, own + APART, own + 2.0 * APART, 150.0, 119.0, 88.0].map(|ring| ring.min(150.0));
        let turns = || (0..60).map(|step: i32| f64::from((step + 1) / 2) * if step % 2 == 0 { -6.0 } else { 6.0 });
        let spot = rings.iter().flat_map(|ring| turns().map(move |turn| at(*ring, bearing + turn))).find(free);
        pins.push(spot.unwrap_or_else(|| at(own, *bearing)));
    }
    pins
}

/// Where a ring's label stands free of pins: bottom first, then around.
#[must_use]
pub fn label(ring: f64, pins: &[(f64, f64)]) -> (f64, f64) {
    let spots = [180.0_f64, 150.0, 210.0, 120.0, 240.0, 90.0, 270.0, 60.0, 300.0]
        .map(|degrees| (degrees * PI / 180.0).sin_cos())
        .map(|(sin, cos)| (MIDDLE + ring * sin, MIDDLE - ring * cos));
    let free = |(x, y): &&(f64, f64)| pins.iter().all(|pin| (pin.0 - x).abs() > 42.0 || (pin.1 - y).abs() > 24.0);
    *spots.iter().find(free).unwrap_or(&spots[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_pins_overlap_even_when_all_stations_stand_in_one_spot() {
        for metres in [0.0, 400.0, 1_000.0, 3_000.0] {
            let pins = place(&[(metres, 45.0); 10]);
            for (at, one) in pins.iter().enumerate() {
                for other in &pins[at + 1..] {
                    assert!((one.0 - other.0).hypot(one.1 - other.1) >= 2.0 * PIN, "{metres} {one:?} {other:?}");
                }
                assert!((one.0 - MIDDLE).hypot(one.1 - MIDDLE) <= 150.1, "{one:?}");
            }
        }
    }

    #[test]
    fn a_lone_station_stands_at_its_bearing_on_its_ring() {
        let pins = place(&[(1_000.0, 90.0)]);
        assert!((pins[0].0 - 270.0).abs() < 1e-9 && (pins[0].1 - 170.0).abs() < 1e-9);
        assert!((radius(250.0) - 25.0).abs() < 1e-9 && (radius(2_000.0) - 125.0).abs() < 1e-9);
    }
}
