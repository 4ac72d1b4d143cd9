//! What the build made: styles, scripts, WASM, icons, the worker.

use super::AppState;
use app::assets::Assets;
use axum::Router;
use http::{HeaderValue, Response, StatusCode, header::CACHE_CONTROL};
use std::{
    collections::BTreeMap,
    fmt,
    path::{Path, PathBuf},
    sync::Arc,
};
use tower::ServiceBuilder;
use tower_http::{
    services::{ServeDir, ServeFile},
    set_header::SetResponseHeaderLayer,
};

/// The built folder and the addresses of what is in it.
#[derive(Clone, Debug, Default)]
pub struct Package {
    folder: Option<PathBuf>,
    /// Logical names to addresses, for pages.
    pub assets: Arc<Assets>,
}

/// The package is not there, or not whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackageError {
    /// Nowhere.
    Missing {
        /// Where it was looked for.
        looked: Vec<PathBuf>,
    },
    /// The list of files is not what the build writes.
    Manifest {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// A file of the list is not there.
    Incomplete {
        /// Which file.
        path: PathBuf,
    },
}

impl fmt::Display for PackageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { looked } => {
                let looked: Vec<String> = looked.iter().map(|path| path.display().to_string()).collect();
                write!(
                    f,
                    "找不到网页文件（pkg/manifest.json），找过：{}。先运行 make build，或者用 ASSETS 指出文件夹。",
                    looked.join("、")
                )
            }
            Self::Manifest { path, why } => write!(f, "{} 读不懂：{why}。再运行一次 make build。", path.display()),
            Self::Incomplete { path } => write!(f, "网页文件不完整，少了 {}。再运行一次 make build。", path.display()),
        }
    }
}

impl std::error::Error for PackageError {}

impl Package {
    /// Nothing built: pages render, their styles are 404. For tests.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Finds the folder: the configured one, or the usual places.
    ///
    /// # Errors
    /// [`PackageError::Missing`] when none of them has a package, or as [`Package::load`].
    pub fn find(configured: Option<&Path>) -> Result<Self, PackageError> {
        let looked = configured.map_or_else(usual_places, |path| vec![path.to_owned()]);
        match looked.iter().find(|folder| manifest_path(folder).is_file()) {
            Some(folder) => Self::load(folder),
            None => Err(PackageError::Missing { looked }),
        }
    }

    /// Reads the list of files and checks that each is there.
    ///
    /// # Errors
    /// The list is not readable or a file is missing.
    pub fn load(folder: &Path) -> Result<Self, PackageError> {
        let path = manifest_path(folder);
        let wrong = |why: String| PackageError::Manifest { path: path.clone(), why };
        let text = std::fs::read_to_string(&path).map_err(|error| wrong(error.to_string()))?;
        let files: BTreeMap<String, String> = serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))?;
        for file in files.values() {
            let path = folder.join("pkg").join(file);
            if !path.is_file() {
                return Err(PackageError::Incomplete { path });
            }
        }
        Ok(Self { folder: Some(folder.to_owned()), assets: Arc::new(Assets::new(files)) })
    }
}

fn manifest_path(folder: &Path) -> PathBuf {
    folder.join("pkg").join("manifest.json")
}

fn usual_places() -> Vec<PathBuf> {
    let program = std::env::current_exe().ok();
    let beside = program.as_deref().and_then(Path::parent);
    let above = beside.and_then(Path::parent);
    [beside, above]
        .into_iter()
        .flatten()
        .map(|folder| folder.join("site"))
        .chain([PathBuf::from("target/site")])
        .collect()
}

/// The files, as the build named them.
pub fn routes(package: &Package) -> Router<AppState> {
    let Some(folder) = &package.folder else {
        return Router::new();
    };
    // A name with a hash never changes its content. Only what was found: a 404 is not for ever.
    let hashed = ServiceBuilder::new()
        .layer(SetResponseHeaderLayer::overriding(CACHE_CONTROL, |response: &Response<_>| {
            matches!(response.status(), StatusCode::OK | StatusCode::PARTIAL_CONTENT | StatusCode::NOT_MODIFIED)
                .then(|| HeaderValue::from_static("public, max-age=31536000, immutable"))
        }))
        .service(files(folder));
    let icons = ServiceBuilder::new()
        .layer(SetResponseHeaderLayer::overriding(CACHE_CONTROL, |response: &Response<_>| {
            matches!(response.status(), StatusCode::OK | StatusCode::NOT_MODIFIED)
                .then(|| HeaderValue::from_static("public, max-age=86400"))
        }))
        .service(files(folder));
    // Routes, not nested services, so that log and metrics know them by name.
    let mut routes = Router::new().route_service("/pkg/{*file}", hashed).route_service("/icons/{*file}", icons);
    for name in ["sw.js", "manifest.webmanifest", "favicon.ico", "robots.txt"] {
        // Asked for by a name that stays: always checked against what is here now.
        let file = ServiceBuilder::new()
            .layer(SetResponseHeaderLayer::if_not_present(CACHE_CONTROL, HeaderValue::from_static("no-cache")))
            .service(ServeFile::new(folder.join(name)).precompressed_br().precompressed_gzip());
        routes = routes.route_service(&format!("/{name}"), file);
    }
    routes
}

fn files(folder: &Path) -> ServeDir {
    ServeDir::new(folder).append_index_html_on_directories(false).precompressed_br().precompressed_gzip()
}
