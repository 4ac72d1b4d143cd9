//! Sets of stations to search in, as the importer makes them.

use domain::{
    geo::Datum,
    station::{Kind, SYNTHETIC_SOURCE, Station},
    time::Millis,
};
use server::{
    regions::Regions,
    services::{
        demo, generate,
        import::{self, Field, Filter, Input, Options, Progress, Unnamed},
    },
    store::Store,
};
use std::{error::Error, path::PathBuf, sync::Arc};

/// Monday 2026-11-23, 10:00 in Shanghai: when the sets are imported.
const IMPORTED: Millis = 1_795_399_200_000;

/// A set of stations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StationSet {
    /// 82 union stations of Zhengzhou.
    Zhengzhou,
    /// 213 service areas of Anhui.
    Anhui,
    /// The 示范 pack.
    Demo,
    /// 200,000 stations, seed 1.
    Generated,
}

impl StationSet {
    /// The stations; `None` when their file is not on this machine. The files lie in the folder
    /// `TEST_DATA`, which is `../shared/data` beside the project unless it is set.
    pub fn load(self) -> Option<Vec<Arc<Station>>> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("threads");
        runtime.block_on(self.imported()).unwrap_or_else(|error| panic!("{self:?}: {error}"))
    }

    async fn imported(self) -> Result<Option<Vec<Arc<Station>>>, Box<dyn Error>> {
        let regions = Arc::new(Regions::load()?);
        let folder = tempfile::tempdir()?;
        let store = Store::connect(&format!("sqlite:{}", folder.path().join("stations.db").display())).await?;
        store.migrate().await?;
        if self == Self::Demo {
            demo::load(&store, regions, IMPORTED).await?;
        } else {
            let (input, options) = self.file(&regions)?;
            if matches!(&input, Input::File(path) if !path.is_file()) {
                return Ok(None);
            }
            let summary =
                import::import(&store, regions, input, options, IMPORTED, Arc::new(Progress::default())).await?;
            if !summary.landed {
                return Err(format!("not imported: {summary:?}").into());
            }
        }
        let stations = store.snapshot().await?.stations;
        store.close().await;
        Ok(Some(stations))
    }

    /// What to import, and how.
    fn file(self, regions: &Regions) -> Result<(Input, Options), Box<dyn Error>> {
        let shared = std::env::var_os("TEST_DATA")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data"), PathBuf::from);
        let column =
            |field, heading: &str| Ok::<_, String>((Field::of_heading(field).ok_or(field)?, heading.to_owned()));
        Ok(match self {
            Self::Zhengzhou => (
                Input::File(shared.join("zhengzhou-union-stations/zhengzhou_union_stations_real82.csv")),
                Options {
                    kind: Some(Kind::UnionStation),
                    columns: vec![
                        column("lng", "lon_gcj02")?,
                        column("lat", "lat_gcj02")?,
                        column("district", "district_as_given")?,
                        column("hours", "open_hours_as_given")?,
                        column("phone", "landline_as_given")?,
                    ],
                    ..Options::new("zhengzhou", Datum::Gcj02)
                },
            ),
            Self::Anhui => (
                Input::File(shared.join("osm-anhui-highway-services/osm_anhui_services.points.csv")),
                Options {
                    kind: Some(Kind::ServiceArea),
                    filters: vec![Filter { column: "kind".to_owned(), value: "services".to_owned(), equal: true }],
                    unnamed: Unnamed::Keep,
                    skip_bad: true,
                    ..Options::new("osm-anhui", Datum::Wgs84)
                },
            ),
            Self::Demo | Self::Generated => {
                let mut file = Vec::new();
                generate::write(regions, 200_000, 1, &mut file)?;
                (Input::Bytes(file.into()), Options::new(SYNTHETIC_SOURCE, Datum::Wgs84))
            }
        })
    }
}
