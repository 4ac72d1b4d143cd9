//! Short ways to import a text and to see what came of it.

use crate::databases::regions;
use domain::{
    geo::Datum,
    station::{Kind, Station},
};
use server::{
    services::import::{self, Field, Filter, ImportError, Input, Options, Progress, Summary},
    store::Store,
};
use std::sync::Arc;

/// 2026-11-23 10:00 in Shanghai.
pub const NOW: i64 = 1_795_399_200_000;

/// Union stations of a source called test, in WGS-84.
pub fn options() -> Options {
    Options { kind: Some(Kind::UnionStation), ..Options::new("test", Datum::Wgs84) }
}

/// `--columns`.
pub fn columns(pairs: &[(&str, &str)]) -> Vec<(Field, String)> {
    pairs.iter().map(|(field, column)| (Field::of_heading(field).expect("a field"), (*column).to_owned())).collect()
}

/// `--where`.
pub fn equal(column: &str, value: &str) -> Filter {
    Filter { column: column.to_owned(), value: value.to_owned(), equal: true }
}

/// Imports the bytes of a file.
pub async fn load(store: &Store, file: impl AsRef<[u8]>, options: Options) -> Result<Summary, ImportError> {
    load_input(store, Input::Bytes(file.as_ref().into()), options).await
}

/// Imports a file.
pub async fn load_input(store: &Store, input: Input, options: Options) -> Result<Summary, ImportError> {
    import::import(store, regions(), input, options, NOW, Arc::new(Progress::default())).await
}

/// All stations by name.
pub async fn stations(store: &Store) -> Vec<Arc<Station>> {
    let mut stations = store.snapshot().await.expect("loads").stations;
    stations.sort_by(|a, b| a.name.cmp(&b.name).then(a.code.cmp(&b.code)));
    stations
}

/// New, updated, unchanged, retired, refused.
pub const fn counts(summary: &Summary) -> [u64; 5] {
    [summary.new, summary.updated, summary.unchanged, summary.retired, summary.refused]
}
