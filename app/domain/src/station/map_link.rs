//! Links that open a place in a map app, each with the coordinates that app takes.
//!
//! A mix-up of datums moves a pin by 100 to 700 m, so every app gets its own. No link carries where
//! the person is: the app knows that itself, and asks for it itself.

use super::Kind;
use crate::geo::{Datum, Point, from_wgs84, in_mainland};
use std::fmt::Write as _;

codes! {
    /// An app that shows the way.
    pub enum MapApp {
        /// 高德地图, GCJ-02.
        Amap = "amap" "高德地图",
        /// 百度地图, BD-09.
        Baidu = "baidu" "百度地图",
        /// 腾讯地图, GCJ-02.
        Tencent = "tencent" "腾讯地图",
        /// The maps of an iPhone; its map of the mainland is GCJ-02.
        Apple = "apple" "苹果地图",
        /// Whatever app the phone has for `geo:`, WGS-84.
        Geo = "geo" "手机里的其他地图",
    }
}

/// How this site names itself to the map services, which ask for it.
const CALLER: &str = "huizhanjia";
/// 百度's rule for it: `webapp.company.app`.
const BAIDU_CALLER: &str = "webapp.huizhanjia.huizhanjia";

impl MapApp {
    /// The link to a place: where 高德, 腾讯 and Apple are asked for the way, 百度 and `geo:` for the spot.
    ///
    /// - 高德: URI API, 路径规划 (`to=lng,lat,name`, `mode=car|ride`; an empty start is the phone's own place).
    /// - 百度: URI API, 标注 (`location=lat,lng`); its 路线规划 on the web wants a start, which is never sent.
    /// - 腾讯: URI API, routeplan (`tocoord=lat,lng`, `type=drive|walk`; it has no riding on the web).
    /// - Apple: Map Links (`daddr`, `dirflg=d|w`).
    /// - `geo:`: RFC 5870 with the `q` that Android adds to it, which is what sets a pin and its name.
    #[must_use]
    pub fn link(self, point: Point, name: &str, kind: Kind) -> String {
        let drive = by_car(kind);
        let mut link = String::with_capacity(160);
        match self {
            Self::Amap => {
                let (lat, lng) = on(Datum::Gcj02, point);
                let mode = if drive { "car" } else { "ride" };
                link.push_str("https://uri.amap.com/navigation?to=");
                push_pair(&mut link, lng, lat);
                link.push(',');
                push_name(&mut link, name);
                push_all(&mut link, &["&mode=", mode, "&src=", CALLER, "&coordinate=gaode&callnative=1"]);
            }
            Self::Baidu => {
                // Where no shift applies, 百度 is told that the coordinates are plain.
                let shifted = in_mainland(point.lat(), point.lng());
                let (datum, coordinates) = if shifted { (Datum::Bd09, "bd09ll") } else { (Datum::Wgs84, "wgs84") };
                let (lat, lng) = on(datum, point);
                link.push_str("https://api.map.baidu.com/marker?location=");
                push_pair(&mut link, lat, lng);
                link.push_str("&title=");
                push_name(&mut link, name);
                link.push_str("&content=");
                push_name(&mut link, kind.word());
                push_all(&mut link, &["&coord_type=", coordinates, "&output=html&src=", BAIDU_CALLER]);
            }
            Self::Tencent => {
                let (lat, lng) = on(Datum::Gcj02, point);
                let way = if drive { "drive" } else { "walk" };
                push_all(&mut link, &["https://apis.map.qq.com/uri/v1/routeplan?type=", way, "&to="]);
                push_name(&mut link, name);
                link.push_str("&tocoord=");
                push_pair(&mut link, lat, lng);
                push_all(&mut link, &["&coord_type=2&referer=", CALLER]);
            }
            Self::Apple => {
                let (lat, lng) = on(Datum::Gcj02, point);
                link.push_str("https://maps.apple.com/?daddr=");
                push_pair(&mut link, lat, lng);
                link.push_str(if drive { "&dirflg=d" } else { "&dirflg=w" });
            }
            Self::Geo => {
                link.push_str("geo:");
                push_pair(&mut link, point.lat(), point.lng());
                link.push_str("?q=");
                push_pair(&mut link, point.lat(), point.lng());
                link.push('(');
                push_name(&mut link, name);
                link.push(')');
            }
        }
        link
    }
}

/// Whether one comes by car or truck.
const fn by_car(kind: Kind) -> bool {
    match kind {
        Kind::ServiceArea | Kind::DriverHome | Kind::DriverStation => true,
        Kind::UnionStation | Kind::StaffHome => false,
    }
}

/// Latitude and longitude in a datum.
fn on(datum: Datum, point: Point) -> (f64, f64) {
    from_wgs84(datum, point.lat(), point.lng())
}

fn push_all(link: &mut String, parts: &[&str]) {
    link.extend(parts.iter().copied());
}

/// Six decimals, 0.1 m: the most the services take.
fn push_pair(link: &mut String, first: f64, second: f64) {
    // Writing to a string cannot fail.
    let _ = write!(link, "{first:.6},{second:.6}");
}

/// A name, percent-encoded (RFC 3986: all but unreserved). What would be a separator to the app once it
/// has decoded the name (`,` `|` `:` `(` `)`) becomes its full-width twin, which reads the same.
fn push_name(link: &mut String, name: &str) {
    let mut utf8 = [0; 4];
    for letter in name.chars().filter(|letter| !letter.is_control()) {
        let letter = match letter {
            ',' => '，',
            '|' => '｜',
            ':' => '：',
            '(' => '（',
            ')' => '）',
            other => other,
        };
        for byte in letter.encode_utf8(&mut utf8).bytes() {
            if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
                link.push(char::from(byte));
            } else {
                let _ = write!(link, "%{byte:02X}");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::{distance_m, to_wgs84};
    use proptest::prelude::*;

    fn at(lat: f64, lng: f64) -> Point {
        Point::from_degrees(lat, lng).expect("a point")
    }

    /// The two numbers after a mark.
    fn pair(link: &str, mark: &str) -> (f64, f64) {
        let rest = &link[link.find(mark).expect("the mark") + mark.len()..];
        let end = rest.find(|letter: char| !letter.is_ascii_digit() && !"-.,".contains(letter)).unwrap_or(rest.len());
        let mut numbers = rest[..end].split(',').map(|number| number.parse().expect("a number"));
        (numbers.next().expect("one"), numbers.next().expect("two"))
    }

    /// Latitude and longitude of a link, and the datum the app reads them in.
    fn target(app: MapApp, link: &str) -> (Datum, f64, f64) {
        let (mark, datum) = match app {
            MapApp::Amap => ("?to=", Datum::Gcj02),
            MapApp::Baidu if link.contains("coord_type=bd09ll") => ("location=", Datum::Bd09),
            MapApp::Baidu => ("location=", Datum::Wgs84),
            MapApp::Tencent => ("tocoord=", Datum::Gcj02),
            MapApp::Apple => ("daddr=", Datum::Gcj02),
            MapApp::Geo => ("?q=", Datum::Wgs84),
        };
        let (first, second) = pair(link, mark);
        if app == MapApp::Amap { (datum, second, first) } else { (datum, first, second) }
    }

    fn decoded(link: &str) -> String {
        let mut bytes = link.bytes();
        let mut out = Vec::new();
        while let Some(byte) = bytes.next() {
            if byte == b'%' {
                let hex = [bytes.next().expect("high"), bytes.next().expect("low")];
                let hex = std::str::from_utf8(&hex).expect("hex");
                out.push(u8::from_str_radix(hex, 16).expect("hex"));
            } else {
                out.push(byte);
            }
        }
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn each_app_reads_back_the_same_spot_in_its_own_datum() {
        let place = at(34.753_7, 113.660_4);
        for app in MapApp::ALL {
            let link = app.link(place, "杜岭驿站", Kind::UnionStation);
            let (datum, lat, lng) = target(*app, &link);
            let (lat, lng) = to_wgs84(datum, lat, lng);
            assert!(distance_m(place, at(lat, lng)) < 1.0, "{} {link}", app.code());
        }
    }

    #[test]
    fn published_pairs_land_where_the_app_shows_them() {
        // WGS-84, GCJ-02 (coordtransform), WGS-84, BD-09 (gcoord).
        let amap = MapApp::Amap.link(at(39.915, 116.404), "天安门", Kind::UnionStation);
        let (_, lat, lng) = target(MapApp::Amap, &amap);
        assert!(distance_m(at(lat, lng), at(39.916_404_281_5, 116.410_244_499_2)) < 1.0, "{amap}");
        let baidu = MapApp::Baidu.link(at(39.914_266, 116.403_988), "天安门", Kind::UnionStation);
        let (_, lat, lng) = target(MapApp::Baidu, &baidu);
        assert!(distance_m(at(lat, lng), at(39.921_965_801_3, 116.416_615_600_7)) < 1.0, "{baidu}");
    }

    #[test]
    fn nothing_is_shifted_outside_the_mainland() {
        for (place, lat, lng) in [("台北", 25.047_8, 121.517), ("香港", 22.281_9, 114.158_1), ("澳门", 22.193, 113.539)]
        {
            for app in MapApp::ALL {
                let (_, at_lat, at_lng) = target(*app, &app.link(at(lat, lng), place, Kind::UnionStation));
                assert!(distance_m(at(lat, lng), at(at_lat, at_lng)) < 1.0, "{} {place}", app.code());
            }
        }
    }

    #[test]
    fn the_links_are_those_the_services_document() {
        let taipei = at(25.0, 121.5);
        let link = |app: MapApp, kind| app.link(taipei, "司机之家 A&B#1", kind);
        assert_eq!(
            link(MapApp::Amap, Kind::DriverHome),
            "https://uri.amap.com/navigation?to=121.500000,25.000000,%E5%8F%B8%E6%9C%BA%E4%B9%8B%E5%AE%B6%20A%26B%231\
             &mode=car&src=huizhanjia&coordinate=gaode&callnative=1"
        );
        assert_eq!(
            link(MapApp::Baidu, Kind::DriverHome),
            "https://api.map.baidu.com/marker?location=25.000000,121.500000&title=%E5%8F%B8%E6%9C%BA%E4%B9%8B%E5%AE%B6%20A%26B%231\
             &content=%E5%8F%B8%E6%9C%BA%E4%B9%8B%E5%AE%B6&coord_type=wgs84&output=html&src=webapp.huizhanjia.huizhanjia"
        );
        assert_eq!(
            link(MapApp::Tencent, Kind::UnionStation),
            "https://apis.map.qq.com/uri/v1/routeplan?type=walk&to=%E5%8F%B8%E6%9C%BA%E4%B9%8B%E5%AE%B6%20A%26B%231\
             &tocoord=25.000000,121.500000&coord_type=2&referer=huizhanjia"
        );
        assert_eq!(
            link(MapApp::Apple, Kind::UnionStation),
            "https://maps.apple.com/?daddr=25.000000,121.500000&dirflg=w"
        );
        assert_eq!(
            link(MapApp::Geo, Kind::UnionStation),
            "geo:25.000000,121.500000?q=25.000000,121.500000(%E5%8F%B8%E6%9C%BA%E4%B9%8B%E5%AE%B6%20A%26B%231)"
        );
    }

    #[test]
    fn trucks_and_cars_drive_and_the_others_ride_or_walk() {
        let place = at(34.75, 113.66);
        for kind in Kind::ALL {
            let drive = matches!(kind, Kind::ServiceArea | Kind::DriverHome | Kind::DriverStation);
            assert_eq!(MapApp::Amap.link(place, "x", *kind).contains("mode=car"), drive);
            assert_eq!(MapApp::Tencent.link(place, "x", *kind).contains("type=drive"), drive);
            assert_eq!(MapApp::Apple.link(place, "x", *kind).contains("dirflg=d"), drive);
        }
    }

    proptest! {
        #[test]
        fn any_name_stays_inside_its_own_parameter(name in "\\PC{0,40}", lat in 20.0..50.0, lng in 75.0..130.0) {
            for app in MapApp::ALL {
                let plain = app.link(at(lat, lng), "", Kind::UnionStation);
                let link = app.link(at(lat, lng), &name, Kind::UnionStation);
                prop_assert!(link.is_ascii());
                for separator in ['&', '?', '#', '=', ',', '(', ' ', '"', '<', '\''] {
                    prop_assert_eq!(link.matches(separator).count(), plain.matches(separator).count(), "{} in {}", separator, &link);
                }
                if *app != MapApp::Apple {
                    let twin = name.replace(',', "，").replace('|', "｜").replace(':', "：").replace('(', "（").replace(')', "）");
                    prop_assert!(decoded(&link).contains(&twin));
                }
            }
        }
    }
}
