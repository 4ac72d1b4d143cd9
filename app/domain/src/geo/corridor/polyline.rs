//! Lines as text: Google's encoded polyline algorithm format, which route planners speak.

use super::{Line, LineFault};
use crate::geo::Point;

/// How finely the text counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Precision {
    /// 1e-5 degree, about a metre: the format's own.
    #[default]
    Five,
    /// 1e-6 degree, as some planners have it.
    Six,
}

impl Precision {
    /// The precision of that many decimals.
    #[must_use]
    pub const fn of(decimals: u64) -> Option<Self> {
        match decimals {
            5 => Some(Self::Five),
            6 => Some(Self::Six),
            _ => None,
        }
    }

    /// Steps of 1e-7 degree in one of its own.
    const fn steps(self) -> i64 {
        match self {
            Self::Five => 100,
            Self::Six => 10,
        }
    }
}

/// Reads latitudes and longitudes, each the difference from the one before, five bits a character.
///
/// # Errors
/// A character outside the format, a number that breaks off or is too long, a latitude without its
/// longitude, a vertex off the globe ([`LineFault::OffGlobe`] for all of them); more than
/// [`Line::MOST_VERTICES`]; a line that [`Line::new`] refuses.
pub fn decode_polyline(text: &str, precision: Precision) -> Result<Line, LineFault> {
    let mut bytes = text.bytes();
    let (mut lat, mut lng) = (0, 0);
    let mut points = Vec::new();
    while let Some(step) = next(&mut bytes)? {
        lat += step;
        lng += next(&mut bytes)?.ok_or(LineFault::OffGlobe)?;
        let e7 = |value: i64| i32::try_from(value * precision.steps()).ok();
        let point = e7(lat).zip(e7(lng)).and_then(|(lat, lng)| Point::from_e7(lat, lng));
        points.push(point.ok_or(LineFault::OffGlobe)?);
        if points.len() > Line::MOST_VERTICES {
            return Err(LineFault::TooMany);
        }
    }
    Line::new(points)
}

/// The next number; `None` at the end.
fn next(bytes: &mut impl Iterator<Item = u8>) -> Result<Option<i64>, LineFault> {
    /// 360° in 1e-6 degree, doubled for the sign, has 30 bits.
    const MOST_BITS: u32 = 30;
    let mut value = 0_i64;
    for shift in (0..MOST_BITS).step_by(5) {
        let Some(byte) = bytes.next() else {
            return if shift == 0 { Ok(None) } else { Err(LineFault::OffGlobe) };
        };
        let bits = byte.checked_sub(63).filter(|bits| *bits < 64).ok_or(LineFault::OffGlobe)?;
        value |= i64::from(bits & 31) << shift;
        if bits < 32 {
            return Ok(Some(if value & 1 == 1 { !(value >> 1) } else { value >> 1 }));
        }
    }
    Err(LineFault::OffGlobe)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vertices(text: &str, precision: Precision) -> Vec<(i32, i32)> {
        let line = decode_polyline(text, precision).expect("a line");
        line.points().iter().map(|point| (point.lat_e7(), point.lng_e7())).collect()
    }

    /// The example of the format's own description.
    #[test]
    fn the_published_example_reads_as_published() {
        assert_eq!(
            vertices("_p~iF~ps|U_ulLnnqC_mqNvxq`@", Precision::Five),
            [(385_000_000, -1_202_000_000), (407_000_000, -1_209_500_000), (432_520_000, -1_264_530_000)]
        );
    }

    #[test]
    fn six_decimals_are_ten_times_as_fine() {
        assert_eq!(
            vertices("_p~iF~ps|U_ulLnnqC", Precision::Six),
            [(38_500_000, -120_200_000), (40_700_000, -120_950_000)]
        );
    }

    #[test]
    fn what_breaks_off_or_leaves_the_globe_is_no_line() {
        for text in ["_p~iF", "_p~iF~ps|", "_p~iF~ps|U_", "???\u{7f}", "啊", " ", "~~~~~~~~", "_p~iF~ps|U_ulL"] {
            assert_eq!(decode_polyline(text, Precision::Five).err(), Some(LineFault::OffGlobe), "{text}");
        }
        assert_eq!(decode_polyline("", Precision::Five).err(), Some(LineFault::TooFew));
        assert_eq!(decode_polyline("??", Precision::Five).err(), Some(LineFault::TooFew));
    }
}
