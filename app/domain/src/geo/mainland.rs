//! Where the Chinese datums apply.

mod outline;

/// Boxes that go with the outlines: south, north, west, east in degrees.
type Frame = [f64; 4];

/// 三沙: islands in open sea, where only water lies between box and island.
const SANSHA: [Frame; 3] = [[7.3, 19.5, 109.6, 116.9], [3.8, 6.1, 112.1, 113.0], [14.9, 15.4, 117.5, 118.0]];
/// Around everything above, to answer quickly for the rest of the world.
const AROUND: Frame = [3.8, 53.7, 73.4, 135.2];
/// 坪洲, nearer to Shenzhen than to the rest of Hong Kong.
const TUNG_PING_CHAU: Frame = [22.53, 22.555, 114.415, 114.447];

/// Whether a WGS-84 position (degrees) lies in mainland China, where maps are
/// drawn in GCJ-02: not in Hong Kong, Macau, Taiwan or abroad.
///
/// How exact: between Shenzhen and Hong Kong and between Zhuhai and Macau to
/// about 25 m, half the river between them, and on the water to a few hundred
/// metres. Along the land border and at sea the outline runs up to 15 km outside
/// the mainland and nowhere inside it: nothing in the mainland is missed, and
/// abroad no stations are kept. Taiwan and 澎湖 are 60 km and more outside;
/// 金门 and 马祖 are inside, as part of Fujian, where the boundary data has them.
/// The port islands of the bridge at Zhuhai and Macau are one island, counted as
/// Macau.
#[must_use]
pub fn in_mainland(lat: f64, lng: f64) -> bool {
    framed(AROUND, lat, lng)
        && (enclosed(outline::MAINLAND, lng * 1e2, lat * 1e2) || SANSHA.iter().any(|&frame| framed(frame, lat, lng)))
        && !framed(TUNG_PING_CHAU, lat, lng)
        && !enclosed(outline::HONG_KONG, lng * 1e4, lat * 1e4)
        && !enclosed(outline::MACAU, lng * 1e4, lat * 1e4)
}

fn framed([south, north, west, east]: Frame, lat: f64, lng: f64) -> bool {
    (south..=north).contains(&lat) && (west..=east).contains(&lng)
}

/// Whether a ray to the east leaves the ring an odd number of times.
fn enclosed(ring: &[i32], x: f64, y: f64) -> bool {
    let corners = ring.chunks_exact(2).map(|pair| (f64::from(pair[0]), f64::from(pair[1])));
    let next = corners.clone().cycle().skip(1);
    let crossings = corners
        .zip(next)
        .filter(|&((x1, y1), (x2, y2))| (y1 > y) != (y2 > y) && x < x1 + (x2 - x1) * (y - y1) / (y2 - y1));
    crossings.count() % 2 == 1
}
