//! The files of `TEST_DATA`, as an operator would import them. Skipped where they are not.

use crate::{
    databases::on_each_engine,
    loads::{columns, counts, equal, load_input, options, stations},
};
use domain::{
    geo::Datum,
    station::{Amenity, Kind},
};
use server::services::import::{Input, Options, Unnamed};
use std::path::{Path, PathBuf};

fn file(path: &str) -> Option<Input> {
    let folder = std::env::var_os("TEST_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data"), PathBuf::from);
    let path = folder.join(path);
    if path.exists() {
        return Some(Input::File(path));
    }
    eprintln!("skipped: {} is not there (TEST_DATA)", path.display());
    None
}

#[tokio::test]
async fn all_82_union_stations_of_zhengzhou_come_in() {
    let Some(file) = file("zhengzhou-union-stations/zhengzhou_union_stations_real82.csv") else { return };
    on_each_engine(async |store| {
        let options = || Options {
            datum: Datum::Gcj02,
            source: "zhengzhou".to_owned(),
            columns: columns(&[
                ("lng", "lon_gcj02"),
                ("lat", "lat_gcj02"),
                ("district", "district_as_given"),
                ("hours", "open_hours_as_given"),
                ("phone", "landline_as_given"),
            ]),
            ..options()
        };
        let first = load_input(store, file.clone(), options()).await.expect("imports");
        assert_eq!((counts(&first), first.landed), ([82, 0, 0, 0, 0], true));
        // The four the file itself marks MISMATCH, the twelve in zones without a code; nothing else.
        assert_eq!(first.oddities, [4, 12, 0, 0], "{:#?}", first.shown);
        assert_eq!(first.unclear_hours, 2, "工作日开放");

        let before = (stations(store).await, store.revision().await.expect("answers"));
        let second = load_input(store, file.clone(), options()).await.expect("imports");
        assert_eq!(counts(&second), [0, 0, 82, 0, 0]);
        assert_eq!((stations(store).await, store.revision().await.expect("answers")), before);

        let known = before.0.iter().find(|one| &*one.name == "金水工会杜岭户外劳动者爱心驿站").expect("in the file");
        assert_eq!(known.hours.text.as_deref(), Some("05:00-17:30"));
        assert_eq!(known.adcode, Some(410_105));
    })
    .await;
}

#[tokio::test]
async fn the_213_service_areas_of_anhui_come_in_without_the_two_gates() {
    let Some(file) = file("osm-anhui-highway-services/osm_anhui_services.points.csv") else { return };
    on_each_engine(async |store| {
        let options = || Options {
            kind: Some(Kind::ServiceArea),
            source: "osm-anhui".to_owned(),
            unnamed: Unnamed::Keep,
            skip_bad: true,
            filters: vec![equal("kind", "services")],
            ..options()
        };
        let first = load_input(store, file.clone(), options()).await.expect("imports");
        assert_eq!((counts(&first), first.left_out, first.landed), ([213, 0, 0, 0, 0], 2, true));
        assert_eq!(&first.oddities[..2], [0, 0], "{:#?}", first.shown);

        let stations = stations(store).await;
        let toilets = stations.iter().filter(|one| one.amenities.get(Amenity::Toilet).present == Some(true)).count();
        assert_eq!(toilets, 3);
        assert!(stations.iter().all(|one| one.kind == Kind::ServiceArea && one.datum == Datum::Wgs84));
        let unnamed: Vec<&str> =
            stations.iter().map(|one| &*one.name).filter(|name| name.starts_with("未命名服务区（")).collect();
        // 50 of the 213 have no name, and two are called only 服务区.
        assert_eq!(unnamed.len(), 52, "{unnamed:?}");

        assert_eq!(counts(&load_input(store, file.clone(), options()).await.expect("imports")), [0, 0, 213, 0, 0]);
    })
    .await;
}

#[tokio::test]
async fn the_areas_of_anhui_lie_where_their_points_do() {
    let Some(areas) = file("osm-anhui-highway-services/osm_anhui_services.wgs84.geojson") else { return };
    let Some(points) = file("osm-anhui-highway-services/osm_anhui_services.points.csv") else { return };
    on_each_engine(async |store| {
        let options = || Options {
            kind: Some(Kind::ServiceArea),
            source: "osm-anhui".to_owned(),
            unnamed: Unnamed::Keep,
            ..options()
        };
        let first = load_input(store, points.clone(), options()).await.expect("imports");
        assert!(first.landed);
        let before = stations(store).await;
        let summary = load_input(store, areas.clone(), options()).await.expect("imports");
        assert_eq!((summary.new, summary.refused, summary.landed), (0, 0, true), "the same ids: {:#?}", summary.shown);
        for after in stations(store).await {
            let before = before.iter().find(|one| one.code == after.code).expect("the same station");
            assert!(domain::geo::distance_m(before.point, after.point) < 500.0, "{}", after.name);
        }
    })
    .await;
}
