//! The full county polygons, and the county of a point.
//!
//! `counties.bin` is laid out as `data/regions/README.md` says. Coordinates are whole numbers of
//! 1e-7 degree, so whether a point lies inside is decided exactly, without rounding.

use domain::geo::Point;
use geo::coordinate_position::{CoordPos, CoordinatePosition};
use geo::{Coord, LineString, Polygon};
use sha2::{Digest, Sha256};

use super::RegionsError;

const MAGIC: &[u8] = b"COUNTY01";
const CHECKSUM_END: usize = MAGIC.len() + 32;
const HEAD_END: usize = CHECKSUM_END + 5 * 4;
/// The largest content that is unpacked: five times what there is.
const MOST_BYTES: usize = 16 << 20;
/// One step of a coordinate in the file, in 1e-7 degree.
const STEP_E7: i64 = 20;

/// Smallest and largest coordinates, in 1e-7 degree.
#[derive(Clone, Copy, Debug)]
struct Extent {
    west: i32,
    south: i32,
    east: i32,
    north: i32,
}

impl Extent {
    fn of(vertices: &[Coord<i64>]) -> Option<Self> {
        let narrow = |value: Option<i64>| value.and_then(|value| i32::try_from(value).ok());
        Some(Self {
            west: narrow(vertices.iter().map(|vertex| vertex.x).min())?,
            south: narrow(vertices.iter().map(|vertex| vertex.y).min())?,
            east: narrow(vertices.iter().map(|vertex| vertex.x).max())?,
            north: narrow(vertices.iter().map(|vertex| vertex.y).max())?,
        })
    }

    fn contains(self, point: Point) -> bool {
        self.west <= point.lng_e7()
            && point.lng_e7() <= self.east
            && self.south <= point.lat_e7()
            && point.lat_e7() <= self.north
    }
}

/// Every polygon of every county.
#[derive(Debug)]
pub struct Counties {
    /// One row a polygon, by adcode: scanned for each point, so it is kept apart and small.
    extents: Vec<(Extent, u32)>,
    polygons: Vec<Polygon<i64>>,
}

impl Counties {
    /// Reads `counties.bin`.
    ///
    /// # Errors
    /// Anything but the very bytes that were written.
    pub fn read(bytes: &[u8]) -> Result<Self, RegionsError> {
        if !bytes.starts_with(MAGIC) {
            return Err(RegionsError::Magic);
        }
        let (Some(sum), Some(content)) = (bytes.get(MAGIC.len()..CHECKSUM_END), bytes.get(CHECKSUM_END..)) else {
            return Err(RegionsError::Counts("开头不全"));
        };
        if Sha256::digest(content).as_slice() != sum {
            return Err(RegionsError::Checksum);
        }
        let head = bytes.get(CHECKSUM_END..HEAD_END).ok_or(RegionsError::Counts("开头不全"))?;
        let number = |at: usize| -> usize {
            head[4 * at..4 * at + 4].iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte))
        };
        let expected = (number(0), number(1), number(2));
        let (counts_size, size) = (number(3), number(4));
        if size > MOST_BYTES || counts_size > size {
            return Err(RegionsError::Counts("大小"));
        }
        let unpacked = zstd::bulk::decompress(&bytes[HEAD_END..], size).map_err(RegionsError::Compression)?;
        if unpacked.len() != size {
            return Err(RegionsError::Counts("大小"));
        }
        let (counts, steps) = unpacked.split_at(counts_size);
        Reader { counts, steps, x: 0, y: 0, rings: 0, vertices: 0 }.counties(expected)
    }

    /// The adcode of the county that contains the point. A point on a border belongs to the county
    /// with the smaller code; one at sea, or abroad, to none.
    #[must_use]
    pub fn county_of(&self, point: Point) -> Option<u32> {
        let at = Coord { x: i64::from(point.lng_e7()), y: i64::from(point.lat_e7()) };
        self.extents
            .iter()
            .zip(&self.polygons)
            .find(|((extent, _), polygon)| {
                extent.contains(point) && polygon.coordinate_position(&at) != CoordPos::Outside
            })
            .map(|((_, adcode), _)| *adcode)
    }

    /// The adcodes that have a polygon, ascending.
    #[must_use]
    pub fn adcodes(&self) -> Vec<u32> {
        let mut adcodes: Vec<u32> = self.extents.iter().map(|(_, adcode)| *adcode).collect();
        adcodes.dedup();
        adcodes
    }

    /// Bytes held in memory.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let rings = self.polygons.iter().flat_map(|one| std::iter::once(one.exterior()).chain(one.interiors()));
        rings.map(|ring| ring.0.capacity() * size_of::<Coord<i64>>() + size_of::<LineString<i64>>()).sum::<usize>()
            + self.polygons.capacity() * size_of::<Polygon<i64>>()
            + self.extents.capacity() * size_of::<(Extent, u32)>()
    }
}

/// Reads the two columns: how many of what, and the steps from vertex to vertex.
struct Reader<'a> {
    counts: &'a [u8],
    steps: &'a [u8],
    x: i64,
    y: i64,
    rings: usize,
    vertices: usize,
}

impl Reader<'_> {
    fn counties(mut self, expected: (usize, usize, usize)) -> Result<Counties, RegionsError> {
        let (mut extents, mut polygons) = (Vec::new(), Vec::new());
        let (mut adcode, mut counties) = (0_u32, 0);
        while !self.counts.is_empty() {
            let step = varint(&mut self.counts).filter(|step| *step > 0).ok_or(RegionsError::Counts("编号"))?;
            adcode = adcode.checked_add(step).ok_or(RegionsError::Counts("编号"))?;
            counties += 1;
            for _ in 0..varint(&mut self.counts).ok_or(RegionsError::Counts("多边形"))? {
                let polygon = self.polygon()?;
                let extent = Extent::of(&polygon.exterior().0).ok_or(RegionsError::Counts("坐标"))?;
                extents.push((extent, adcode));
                polygons.push(polygon);
            }
        }
        if (counties, self.rings, self.vertices) != expected || !self.steps.is_empty() {
            return Err(RegionsError::Counts("总数"));
        }
        extents.shrink_to_fit();
        polygons.shrink_to_fit();
        Ok(Counties { extents, polygons })
    }

    fn polygon(&mut self) -> Result<Polygon<i64>, RegionsError> {
        let rings = varint(&mut self.counts).filter(|rings| *rings > 0).ok_or(RegionsError::Counts("环"))?;
        let exterior = self.ring()?;
        let interiors = (1..rings).map(|_| self.ring()).collect::<Result<Vec<_>, _>>()?;
        Ok(Polygon::new(exterior, interiors))
    }

    fn ring(&mut self) -> Result<LineString<i64>, RegionsError> {
        let count = varint(&mut self.counts).and_then(|count| usize::try_from(count).ok());
        // Each vertex takes two bytes or more: a count that promises more is not believed.
        let count = count.filter(|count| *count >= 3 && *count <= self.steps.len() / 2);
        let count = count.ok_or(RegionsError::Counts("顶点"))?;
        let mut vertices = Vec::with_capacity(count + 1);
        for _ in 0..count {
            self.x += self.step()?;
            self.y += self.step()?;
            if self.x.abs() > 1_800_000_000 || self.y.abs() > 900_000_000 {
                return Err(RegionsError::Counts("坐标"));
            }
            vertices.push(Coord { x: self.x, y: self.y });
        }
        vertices.push(vertices[0]);
        self.rings += 1;
        self.vertices += count;
        Ok(LineString::new(vertices))
    }

    fn step(&mut self) -> Result<i64, RegionsError> {
        let zigzag = varint(&mut self.steps).map(i64::from).ok_or(RegionsError::Counts("坐标"))?;
        Ok(STEP_E7 * (zigzag >> 1 ^ -(zigzag & 1)))
    }
}

/// An LEB128 number of at most 32 bits; `None` where the bytes end too soon or say more.
fn varint(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0_u32;
    for shift in [0, 7, 14, 21, 28] {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        if shift == 28 && byte > 0x0F {
            return None;
        }
        number |= u32::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FILE: &[u8] = include_bytes!("../../data/regions/counties.bin");

    /// A file with the right checksum around any content.
    fn signed(counties: u32, rings: u32, vertices: u32, counts: &[u8], steps: &[u8]) -> Vec<u8> {
        let column = [counts, steps].concat();
        let size = |bytes: &[u8]| u32::try_from(bytes.len()).expect("small");
        let mut content: Vec<u8> =
            [counties, rings, vertices, size(counts), size(&column)].into_iter().flat_map(u32::to_le_bytes).collect();
        content.extend(zstd::bulk::compress(&column, 3).expect("compresses"));
        [MAGIC, &Sha256::digest(&content)[..], &content].concat()
    }

    /// County 7, one polygon of one ring: a square of 200 steps on each side at the origin.
    const COUNTS: &[u8] = &[7, 1, 1, 4];
    const STEPS: &[u8] = &[0, 0, 0x90, 0x03, 0, 0, 0x90, 0x03, 0x8F, 0x03, 0];

    fn at_e7(lat: f64, lng: f64) -> Point {
        Point::from_degrees(lat, lng).expect("on earth")
    }

    #[test]
    fn a_point_inside_or_on_the_border_belongs_to_the_county() {
        let counties = Counties::read(&signed(1, 1, 4, COUNTS, STEPS)).expect("reads");
        assert_eq!(counties.county_of(at_e7(0.000_1, 0.000_1)), Some(7));
        assert_eq!(counties.county_of(at_e7(0.0, 0.000_1)), Some(7), "on the border");
        assert_eq!(counties.county_of(at_e7(0.000_400_1, 0.000_1)), None, "a centimetre beyond");
    }

    #[test]
    fn a_flipped_bit_anywhere_is_an_error() {
        for at in (0..FILE.len()).step_by(FILE.len() / 12).chain([8, 39, 40, 59, 60, FILE.len() - 1]) {
            let mut bytes = FILE.to_vec();
            bytes[at] ^= 1;
            assert!(Counties::read(&bytes).is_err(), "byte {at}");
        }
    }

    #[test]
    fn a_file_that_ends_too_soon_or_too_late_is_an_error() {
        for length in [0, 7, 8, 39, 40, 41, 59, 60, FILE.len() / 2, FILE.len() - 1] {
            assert!(Counties::read(&FILE[..length]).is_err(), "{length} bytes");
        }
        assert!(matches!(Counties::read(&[FILE, &[0]].concat()), Err(RegionsError::Checksum)));
    }

    #[test]
    fn counts_that_contradict_the_content_are_an_error() {
        for (counties, rings, vertices) in [(2, 1, 4), (1, 2, 4), (1, 1, 5), (0, 0, 0)] {
            assert!(matches!(
                Counties::read(&signed(counties, rings, vertices, COUNTS, STEPS)),
                Err(RegionsError::Counts(_))
            ));
        }
        assert!(Counties::read(&signed(1, 1, 4, COUNTS, &[STEPS, &[0]].concat())).is_err(), "a step left over");
        assert!(Counties::read(&signed(1, 1, 2, &[7, 1, 1, 2], &STEPS[..5])).is_err(), "a ring of two");
        assert!(Counties::read(&signed(1, 1, 4, &[0, 1, 1, 4], STEPS)).is_err(), "no adcode");
    }

    proptest! {
        #[test]
        fn any_content_is_read_or_refused_without_a_panic(
            counts in prop::collection::vec(any::<u8>(), 0..40),
            steps in prop::collection::vec(any::<u8>(), 0..80),
        ) {
            let _ = Counties::read(&signed(1, 1, 4, &counts, &steps));
        }
    }
}
