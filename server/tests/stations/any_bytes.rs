//! Any file is imported or refused in words; none makes the importer panic.

use crate::{
    databases::regions,
    loads::{NOW, options},
};
use proptest::prelude::*;
use server::{
    services::import::{self, Input, Options, Progress, Unnamed},
    store::Store,
};
use std::sync::{Arc, LazyLock};

/// One trial run; the database stays empty.
fn try_import(bytes: &[u8], kind_given: bool) -> Result<(), String> {
    static RUNTIME: LazyLock<(tokio::runtime::Runtime, Store, tempfile::TempDir)> = LazyLock::new(|| {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("starts");
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite:{}", folder.path().join("test.db").display());
        let store = runtime.block_on(async {
            let store = Store::connect(&url).await.expect("opens");
            store.migrate().await.expect("migrates");
            store
        });
        (runtime, store, folder)
    });
    let (runtime, store, _) = &*RUNTIME;
    let options = Options {
        dry_run: true,
        skip_bad: true,
        unnamed: Unnamed::Keep,
        kind: options().kind.filter(|_| kind_given),
        ..options()
    };
    let progress = Arc::new(Progress::default());
    let done = import::import(store, regions(), Input::Bytes(bytes.into()), options, NOW, progress);
    match runtime.block_on(done) {
        Ok(summary) => {
            let answered = summary.new + summary.refused;
            if answered == summary.rows { Ok(()) } else { Err(format!("{answered} answers for {} rows", summary.rows)) }
        }
        // A thread that panicked would end in this one error.
        Err(import::ImportError::Stopped) => Err("the importer panicked".to_owned()),
        Err(error) if error.to_string().is_empty() => Err("refused without a word".to_owned()),
        Err(_) => Ok(()),
    }
}

const HEADINGS: &str = "id,name,address,lng,lat,district,hours,kind,door,toilets,spaces,exit_distance_m,verified_at,closed_until,hint_motorway_ref,hint_bridge_distance_m\n";

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "\\PC{0,12}",
        "-?[0-9]{1,3}\\.[0-9]{0,8}",
        "[0-9]{1,12}",
        Just("\"".to_owned()),
        Just("1e999".to_owned()),
        Just("有;免费".to_owned()),
        Just("金水区".to_owned()),
        "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}",
    ]
}

fn geometry() -> impl Strategy<Value = String> {
    let number = prop_oneof![
        (-200.0..200.0f64).prop_map(|number| number.to_string()),
        Just("1e308".to_owned()),
        Just("0".to_owned()),
        Just("null".to_owned()),
        Just("117.5".to_owned()),
    ];
    let position = proptest::collection::vec(number, 0..4).prop_map(|numbers| format!("[{}]", numbers.join(",")));
    let ring =
        proptest::collection::vec(position.clone(), 0..8).prop_map(|positions| format!("[{}]", positions.join(",")));
    let polygon = proptest::collection::vec(ring, 0..3).prop_map(|rings| format!("[{}]", rings.join(",")));
    prop_oneof![
        position.prop_map(|at| format!("{{\"type\":\"Point\",\"coordinates\":{at}}}")),
        polygon.clone().prop_map(|at| format!("{{\"type\":\"Polygon\",\"coordinates\":{at}}}")),
        proptest::collection::vec(polygon, 0..3)
            .prop_map(|all| format!("{{\"type\":\"MultiPolygon\",\"coordinates\":[{}]}}", all.join(","))),
        Just("null".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        prop_assert_eq!(try_import(&bytes, true), Ok(()));
    }

    #[test]
    fn any_bytes_behind_headings_we_know(bytes in proptest::collection::vec(any::<u8>(), 0..600), given in any::<bool>()) {
        let file = [HEADINGS.as_bytes(), &bytes].concat();
        prop_assert_eq!(try_import(&file, given), Ok(()));
    }

    #[test]
    fn any_cells(
        rows in proptest::collection::vec(proptest::collection::vec(cell(), 16..=16), 0..12),
        given in any::<bool>(),
    ) {
        let rows: Vec<String> = rows.iter().map(|cells| cells.join(",")).collect();
        prop_assert_eq!(try_import(format!("{HEADINGS}{}\n", rows.join("\n")).as_bytes(), given), Ok(()));
    }

    #[test]
    fn any_features(shapes in proptest::collection::vec((geometry(), "[a-z名称]{0,6}"), 1..6), lines in any::<bool>()) {
        let features: Vec<String> = shapes
            .iter()
            .enumerate()
            .map(|(at, (shape, name))| {
                format!("{{\"type\":\"Feature\",\"id\":{at},\"properties\":{{\"name\":\"{name}\"}},\"geometry\":{shape}}}")
            })
            .collect();
        let file = if lines {
            features.join("\n")
        } else {
            format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", features.join(","))
        };
        prop_assert_eq!(try_import(file.as_bytes(), true), Ok(()));
    }

    #[test]
    fn a_file_cut_anywhere(cut in 0usize..2000, replaced in any::<u8>()) {
        let whole = include_bytes!("../../data/demo/stations.csv");
        let mut file = whole[..cut.min(whole.len())].to_vec();
        if let Some(last) = file.last_mut() {
            *last = replaced;
        }
        prop_assert_eq!(try_import(&file, false), Ok(()));
    }
}
