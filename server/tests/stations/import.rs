//! What `import-stations` promises.

use crate::{
    databases::{on_each_engine, on_sqlite},
    loads::{NOW, columns, counts, equal, load, options, stations},
};
use domain::{
    geo::Datum,
    station::{Amenity, Door, HolidayPolicy, Kind, Vehicle, Witness},
    time::Date,
};
use server::services::import::{Field, Filter, ImportError, Options, Unnamed};

const TWO: &str = "编号,名称,地址,经度,纬度\n1,德化街驿站,二七区德化街,113.658137,34.749012\n2,杜岭街驿站,金水区杜岭街,113.664927,34.758836\n";

#[tokio::test]
async fn the_same_file_twice_changes_nothing() {
    on_each_engine(async |store| {
        let first = load(store, TWO, options()).await.expect("imports");
        assert_eq!((counts(&first), first.landed), ([2, 0, 0, 0, 0], true));
        let before = (stations(store).await, store.revision().await.expect("answers"));

        let second = load(store, TWO, options()).await.expect("imports");
        assert_eq!((counts(&second), second.landed), ([0, 0, 2, 0, 0], true));
        assert_eq!((stations(store).await, store.revision().await.expect("answers")), before);
    })
    .await;
}

#[tokio::test]
async fn only_a_changed_row_gets_a_new_version() {
    on_each_engine(async |store| {
        load(store, TWO, options()).await.expect("imports");
        let changed = TWO.replace("杜岭街驿站", "杜岭街工会驿站");
        assert_eq!(counts(&load(store, changed, options()).await.expect("imports")), [0, 1, 1, 0, 0]);
        let versions: Vec<_> = stations(store).await.iter().map(|one| (one.name.to_string(), one.version)).collect();
        assert_eq!(versions, [("德化街驿站".to_owned(), 1), ("杜岭街工会驿站".to_owned(), 2)]);
    })
    .await;
}

#[tokio::test]
async fn without_ids_name_and_address_are_the_identity() {
    on_each_engine(async |store| {
        const FILE: &str = "name,address,lng,lat\n德化街驿站,二七区德化街１号,113.658137,34.749012\n";
        load(store, FILE, options()).await.expect("imports");
        let code = stations(store).await[0].code;

        let moved = FILE.replace("34.749012", "34.751000").replace("１号", "1号");
        assert_eq!(counts(&load(store, moved, options()).await.expect("imports")), [0, 1, 0, 0, 0]);
        assert_eq!((stations(store).await.len(), stations(store).await[0].code), (1, code));

        let renamed = FILE.replace("德化街驿站", "德化街便民驿站").replace("34.749012", "34.751010");
        let summary = load(store, renamed, options()).await.expect("imports");
        assert_eq!((counts(&summary), summary.oddities), ([1, 0, 0, 0, 0], [0, 0, 1, 0]));
        assert!(summary.shown[0].contains("不到 30 米"), "{:?}", summary.shown);
        assert_eq!(stations(store).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn one_bad_row_stops_all_unless_bad_rows_are_skipped() {
    on_each_engine(async |store| {
        let file = format!("{TWO}3,坏的,,abc,34.7\n");
        let refused = load(store, &file, options()).await.expect("reads");
        assert_eq!((refused.landed, refused.refused, stations(store).await.len()), (false, 1, 0));
        assert_eq!(counts(&refused), [0, 0, 0, 0, 1]);
        assert_eq!(store.revision().await.expect("answers"), 0);

        let skipped = load(store, &file, Options { skip_bad: true, ..options() }).await.expect("imports");
        assert_eq!((counts(&skipped), skipped.landed, stations(store).await.len()), ([2, 0, 0, 0, 1], true, 2));
    })
    .await;
}

#[tokio::test]
async fn each_refused_line_is_written_with_its_column_and_the_reason() {
    on_sqlite(&async |store| {
        let folder = tempfile::tempdir().expect("a folder");
        let rejects = folder.path().join("rejects.csv");
        let file = "编号,名称,经度,纬度,区县\n\
            1,好的,113.664927,34.758836,金水区\n\
            2,写反了,34.75,113.66,\n\
            3,没有填,0,0,\n\
            4,超出,213.66,34.75,\n\
            5,不是数字,东经113,,\n\
            1,重复,113.70,34.70,\n\
            7,,113.71,34.71,\n\
            8,少一格,113.72\n\
            9,\"换\n行\",113.73,34.73,新郑市\n\
            10,造的,NaN,inf,\n";
        let options = Options { skip_bad: true, rejects: Some(rejects.clone()), ..options() };
        let summary = load(store, file, options).await.expect("imports");
        assert_eq!(counts(&summary), [2, 0, 0, 0, 8]);

        let written = std::fs::read_to_string(rejects).expect("written");
        let written = written.strip_prefix('\u{feff}').expect("the mark spreadsheets need");
        let expected = [
            "行号,结果,列,原因",
            "3,退回,经度,\"经度和纬度写反了，请对调（纬度 113.66，经度 34.75）\"",
            "4,退回,经度,\"坐标是 0,0，等于没有填（纬度 0，经度 0）\"",
            "5,退回,经度,\"坐标超出范围：纬度在 -90 到 90，经度在 -180 到 180（纬度 34.75，经度 213.66）\"",
            "6,退回,纬度,没有纬度",
            "6,退回,经度,经度不是数字：“东经113”",
            "7,退回,编号,编号“1”和第 2 行重复",
            "8,退回,名称,没有名称。要留下它，用 --unnamed keep，会写成“未命名…”",
            "9,退回,整行,这一行有 3 格，表头有 5 格，请看看逗号和引号",
            "10,提醒,区县,写的是“新郑市”，位置在管城回族区，请核对坐标",
            "12,退回,纬度,纬度不是数字：“inf”",
            "12,退回,经度,经度不是数字：“NaN”",
        ];
        let unquoted = |line: &str| line.replace('"', "");
        assert_eq!(
            written.lines().map(unquoted).collect::<Vec<_>>(),
            expected.iter().map(|line| unquoted(line)).collect::<Vec<_>>()
        );
        assert_eq!(&*stations(store).await[1].name, "换 行", "a name stands on one line");
    })
    .await;
}

#[tokio::test]
async fn lines_are_counted_as_an_editor_counts_them() {
    on_sqlite(&async |store| {
        // Line 1 is the heading, 2 blank, 3 good, 4 and 5 one row, 6 bad, without a line end behind it.
        let file = "编号,名称,经度,纬度\n\n1,甲,113.66,34.75\n2,\"乙\n丙\",113.67,34.76\n3,丁,?,34.77";
        for file in [file.to_owned(), file.replace('\n', "\r\n")] {
            let summary = load(store, file, options()).await.expect("reads");
            assert_eq!((summary.rows, summary.refused), (3, 1));
            assert!(summary.shown[0].starts_with("第 6 行 经度"), "{:?}", summary.shown);
        }
    })
    .await;
}

#[tokio::test]
async fn the_rows_of_a_file_in_gb18030_or_utf_16_are_the_same_rows() {
    on_sqlite(&async |store| {
        load(store, TWO, options()).await.expect("imports");
        let (gb, ..) = encoding_rs::GB18030.encode(TWO);
        let utf_16: Vec<u8> = format!("\u{feff}{TWO}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        let semicolons = TWO.replace(',', ";").replace('\n', "\r\n");
        for file in [&*gb, &utf_16, format!("\u{feff}{TWO}").as_bytes(), semicolons.as_bytes()] {
            assert_eq!(counts(&load(store, file, options()).await.expect("imports")), [0, 0, 2, 0, 0]);
        }
    })
    .await;
}

#[tokio::test]
async fn what_a_file_no_longer_lists_is_retired_only_when_asked() {
    on_each_engine(async |store| {
        load(store, TWO, options()).await.expect("imports");
        let one = TWO.split_inclusive('\n').take(2).collect::<String>();
        assert_eq!(counts(&load(store, &one, options()).await.expect("imports")), [0, 0, 1, 0, 0]);

        let retire = || Options { retire_missing: true, skip_bad: true, ..options() };
        // A row that is there but bad is not missing.
        let bad = TWO.replace("113.664927", "?");
        assert_eq!(counts(&load(store, bad, retire()).await.expect("imports")), [0, 0, 1, 0, 1]);
        let empty = TWO.split_inclusive('\n').take(1).collect::<String>();
        assert!(matches!(load(store, empty, retire()).await, Err(ImportError::RetireAll)));
        // A stray quotation mark swallows the second row: nobody can tell that it is there.
        let torn = format!("{one}\"{}", TWO.split_inclusive('\n').skip(2).collect::<String>());
        assert!(matches!(load(store, torn, retire()).await, Err(ImportError::RetireUnsure)));

        assert_eq!(counts(&load(store, &one, retire()).await.expect("imports")), [0, 0, 1, 1, 0]);
        assert_eq!(stations(store).await.len(), 1);
        assert_eq!(counts(&load(store, TWO, options()).await.expect("imports")), [0, 1, 1, 0, 0], "back again");
    })
    .await;
}

#[tokio::test]
async fn a_trial_run_counts_and_writes_nothing() {
    on_each_engine(async |store| {
        let trial = || Options { dry_run: true, ..options() };
        let summary = load(store, TWO, trial()).await.expect("reads");
        assert_eq!((counts(&summary), summary.landed), ([2, 0, 0, 0, 0], false));
        assert_eq!((stations(store).await.len(), store.revision().await.expect("answers")), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn another_sources_stations_are_left_alone_and_near_ones_are_told() {
    on_each_engine(async |store| {
        load(store, TWO, options()).await.expect("imports");
        let other = Options { source: "other".to_owned(), retire_missing: true, ..options() };
        let summary = load(store, TWO, other).await.expect("imports");
        assert_eq!((counts(&summary), summary.oddities), ([2, 0, 0, 0, 0], [0, 0, 2, 0]));
        assert_eq!(stations(store).await.len(), 4);
    })
    .await;
}

#[tokio::test]
async fn licence_attribution_and_date_belong_to_the_source() {
    on_each_engine(async |store| {
        let said = Options {
            licence: Some("ODbL-1.0".to_owned()),
            attribution: Some("© OpenStreetMap contributors".to_owned()),
            as_of: Date::parse("2024-03-13"),
            ..options()
        };
        load(store, TWO, said).await.expect("imports");
        let station = stations(store).await.remove(0);
        assert_eq!(station.source.licence.as_deref(), Some("ODbL-1.0"));
        let confirmation = station.confirmation.expect("the date of the file");
        assert_eq!(
            (confirmation.by, Some(confirmation.at)),
            (Witness::Import, Date::parse("2024-03-13").and_then(Date::begins))
        );

        // Not said again: it stays. Said differently: every row of the source shows it.
        let revision = store.revision().await.expect("answers");
        let other =
            Options { attribution: Some("甲市总工会".to_owned()), as_of: Date::parse("2024-03-13"), ..options() };
        assert_eq!(counts(&load(store, TWO, other).await.expect("imports")), [0, 0, 2, 0, 0]);
        assert_eq!(store.stations_changed_since(revision).await.expect("answers").len(), 2);
        let source = stations(store).await.remove(0).source.clone();
        assert_eq!((source.licence.as_deref(), source.attribution.as_deref()), (Some("ODbL-1.0"), Some("甲市总工会")));

        let future = Options { as_of: Date::parse("2026-12-01"), ..options() };
        assert!(matches!(load(store, TWO, future).await, Err(ImportError::AsOf)));
    })
    .await;
}

#[tokio::test]
async fn everything_a_row_can_say_is_understood() {
    on_sqlite(&async |store| {
        let file = "\
            source_id,name,kind,lat,lng,address,host,phone,hours,door,audience,hot_water,微波炉,厕所,淋浴,wifi,spaces,\
            road_ref,side,exit_distance_m,verified_at,verified_by,permanently_closed,备注\n\
            a,司机之家一号,司机之家,31.9,117.7,某路,某公司,0551-1,周一至周五 09:00-17:00,扫码进入,会员,yes;free,有,无,坏,,80,\
            G40,stake_up,900,2026/11/01,管理员,,随便\n\
            b,二号,driver_home,31.8,117.8,,,,,旋转门,,2台,,,,,,,上行,,,,yes,\n";
        let summary = load(store, file, Options { kind: None, ..options() }).await.expect("imports");
        assert_eq!((counts(&summary), summary.oddities), ([2, 0, 0, 0, 0], [0, 0, 0, 3]));
        assert_eq!(summary.ignored, ["备注"]);
        let stations = stations(store).await;
        let (second, first) = (&stations[0], &stations[1]);
        assert_eq!((first.kind, first.door, first.truck_spaces), (Kind::DriverHome, Some(Door::Scan), Some(80)));
        let said = |amenity| {
            let offer = first.amenities.get(amenity);
            (offer.present, offer.free, offer.working)
        };
        assert_eq!(said(Amenity::HotWater), (Some(true), Some(true), None));
        assert_eq!(said(Amenity::Microwave), (Some(true), None, None));
        assert_eq!(said(Amenity::Toilet), (Some(false), None, None));
        assert_eq!(said(Amenity::Shower), (Some(true), None, Some(false)));
        assert_eq!(said(Amenity::Wifi), (None, None, None), "an empty cell is not known");
        assert_eq!(first.confirmation.map(|said| said.by), Some(Witness::Manager));
        assert!(first.hours.schedule.is_some() && first.adcode.is_some());
        let road = first.road.as_deref().expect("along a road");
        assert_eq!((road.road.as_deref(), road.exit_distance_m), (Some("G40"), Some(900)));
        assert!(second.closed_for_good && second.door.is_none() && second.road.is_none());
        assert_eq!(second.updated_at, NOW);
    })
    .await;
}

#[tokio::test]
async fn a_column_called_kind_with_other_words_is_explained() {
    on_sqlite(&async |store| {
        let file = "name,kind,lng,lat\n服务区甲,services,117.7,31.9\n";
        let summary = load(store, file, Options { kind: None, ..options() }).await.expect("reads");
        assert!(!summary.landed && summary.shown[0].contains("“services”") && summary.shown[0].contains("--kind"));
        assert!(load(store, file, options()).await.expect("imports").landed);

        let without = "name,lng,lat\n甲,117.7,31.9\n";
        let error = load(store, without, Options { kind: None, ..options() }).await.expect_err("of what kind?");
        assert!(error.to_string().contains("--kind"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn rows_are_chosen_by_what_stands_in_a_column() {
    on_sqlite(&async |store| {
        let with = |filters| Options { filters, dry_run: true, ..options() };
        let not = Filter { equal: false, ..equal("编号", "1") };
        for (filters, taken) in
            [(vec![equal("编号", "2")], 1), (vec![not], 1), (vec![equal("编号", "1"), equal("编号", "2")], 0)]
        {
            let summary = load(store, TWO, with(filters)).await.expect("reads");
            assert_eq!((summary.new, summary.left_out), (taken, 2 - taken));
        }
        let error = load(store, TWO, with(vec![equal("状态", "x")])).await.expect_err("no such column");
        assert!(error.to_string().contains("没有“状态”这一列"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn an_unnamed_place_is_told_by_its_county_and_a_motorway_within_two_kilometres() {
    on_sqlite(&async |store| {
        let file = "id,name,lng,lat,hint_motorway_ref,hint_bridge_distance_m\n\
            1,,117.71125,31.959402,G40;G42,1444\n\
            2,服务区,117.71125,31.969402,G40,2001\n\
            3,文集服务区,117.71125,31.979402,G40,100\n";
        let options = Options { kind: Some(Kind::ServiceArea), unnamed: Unnamed::Keep, ..options() };
        assert!(load(store, file, options).await.expect("imports").landed);
        let stations = stations(store).await;
        let names: Vec<&str> = stations.iter().map(|station| &*station.name).collect();
        assert_eq!(names, ["文集服务区", "未命名服务区（肥东县）", "未命名服务区（肥东县，G40、G42 附近）"]);
        assert!(stations.iter().all(|station| station.road.is_none()), "a hint is no position along a road");
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_used_is_refused_with_what_to_do() {
    on_sqlite(&async |store| {
        let cases: [(&[u8], Options, &str); 8] = [
            (b"", options(), "文件是空的"),
            (b"PK\x03\x04....", options(), "另存为"),
            (b"name,lng,lat\n\xff\xff\xff", options(), "第 2 行"),
            (b"\r\n\n", options(), "没有表头"),
            (b"a,b\n1,2\n", options(), "--columns name=列名"),
            (b"name,lon_gcj02,lat_gcj02,lon_wgs84,lat_wgs84\n", options(), "lon_gcj02、lon_wgs84"),
            (b"name,lng,lat\n", Options::new("demo", Datum::Wgs84), "demo"),
            (b"name,lng,lat\n", Options::new("a b", Datum::Wgs84), "--source"),
        ];
        for (file, options, says) in cases {
            let error = load(store, file, options).await.expect_err("cannot be used").to_string();
            assert!(error.contains(says), "{error}");
        }
        let typed = Options { columns: columns(&[("name", "店名")]), ..options() };
        let error = load(store, TWO, typed).await.expect_err("no such column");
        assert!(matches!(error, ImportError::Columns(_)) && error.to_string().contains("“店名”"));
    })
    .await;
}

#[tokio::test]
async fn made_up_rows_go_to_the_source_synthetic_and_no_other_rows_do() {
    on_sqlite(&async |store| {
        let marked = "synthetic,id,name,lng,lat\nyes,1,假的,113.66,34.75\n";
        let bare = "id,name,lng,lat\n1,真的,113.66,34.75\n";
        let synthetic = || Options { source: "synthetic".to_owned(), ..options() };
        assert!(!load(store, marked, options()).await.expect("reads").landed);
        assert!(!load(store, bare, synthetic()).await.expect("reads").landed);
        assert!(load(store, marked, synthetic()).await.expect("imports").landed);
        assert!(stations(store).await[0].is_synthetic());
        assert_eq!(Field::Synthetic.key(), "synthetic");
    })
    .await;
}

#[tokio::test]
async fn what_a_station_does_on_holidays_and_which_lorry_fits_come_in_and_stay() {
    on_each_engine(async |store| {
        let file = "\
            id,name,lat,lng,开放时间,放假安排,无人值守时间,限高（米）,max_length,危货\n\
            a,一号,31.9,117.7,周一至周五 09:00-17:00,跟国家放假安排,17:00-22:00,4.5,17.5米,禁止\n\
            b,二号,31.8,117.8,09:00-17:00,节假日休息,看情况,450,,\n\
            c,三号,31.7,117.9,,closed,,,,允许\n";
        let summary = load(store, file, options()).await.expect("imports");
        // 节假日休息 does not speak of make-up days, and 450 has no unit.
        assert_eq!((counts(&summary), summary.oddities), ([3, 0, 0, 0, 0], [0, 0, 0, 2]));
        assert_eq!((summary.unclear_hours, summary.ignored.len()), (1, 0));
        let mut stations = stations(store).await;
        stations.sort_by(|one, other| one.source_id.cmp(&other.source_id));
        let [first, second, third] = stations.as_slice() else { panic!("three stations") };
        assert_eq!(first.hours.policy, HolidayPolicy::Follow);
        assert!(first.hours.unattended.is_some() && first.hours.schedule.is_some());
        let fits = Vehicle { max_height_cm: Some(450), max_length_cm: Some(1750), hazardous: Some(false) };
        assert_eq!(first.vehicle.as_deref(), Some(&fits));
        assert_eq!(second.hours.policy, HolidayPolicy::Unknown);
        assert_eq!((second.hours.unattended_text.as_deref(), &second.hours.unattended), (Some("看情况"), &None));
        assert_eq!(second.vehicle, None);
        assert_eq!(third.hours.policy, HolidayPolicy::Closed);
        assert_eq!(third.vehicle.as_deref().and_then(|vehicle| vehicle.hazardous), Some(true));
        assert_eq!(counts(&load(store, file, options()).await.expect("imports")), [0, 0, 3, 0, 0]);
        // A new policy is news.
        let changed = file.replace("closed", "as_weekday");
        assert_eq!(counts(&load(store, changed, options()).await.expect("imports")), [0, 1, 2, 0, 0]);
    })
    .await;
}
