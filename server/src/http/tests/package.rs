//! What the build made, served.

use super::{get, request, send, state_with};
use crate::{
    http::{
        AppState,
        assets::{Package, PackageError},
        router,
    },
    ops::shutdown::Shutdown,
};
use http::StatusCode;
use std::{fs, path::Path};
use tempfile::TempDir;

fn build(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("inside")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

fn whole() -> TempDir {
    build(&[
        ("pkg/manifest.json", r#"{"site.css": "site.ab12.css"}"#),
        ("pkg/site.ab12.css", "body{}"),
        ("pkg/site.ab12.css.br", "brotli"),
        ("icons/icon.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("sw.js", "self"),
        ("robots.txt", "User-agent: *"),
        ("secret.txt", "no"),
    ])
}

fn serving(folder: &Path) -> AppState {
    state_with(&[], Package::load(folder).expect("a whole package"), &Shutdown::new())
}

#[tokio::test]
async fn hashed_files_are_kept_for_ever_and_missing_ones_are_not() {
    let folder = whole();
    let state = serving(folder.path());
    assert_eq!(state.package.assets.url("site.css"), "/pkg/site.ab12.css");
    let found = get(&state, "/pkg/site.ab12.css").await;
    assert_eq!((found.status, found.text()), (StatusCode::OK, "body{}"));
    assert_eq!(found.header("cache-control"), "public, max-age=31536000, immutable");
    assert!(found.header("content-type").starts_with("text/css"));

    let missing = get(&state, "/pkg/site.cd34.css").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert!(!missing.header("cache-control").contains("immutable"));
    assert!(missing.text().contains("没找到"), "{}", missing.text());
}

#[tokio::test]
async fn a_file_compressed_by_the_build_is_sent_as_it_is() {
    let folder = whole();
    let mut asked = request("GET", "/pkg/site.ab12.css");
    asked.headers_mut().insert("accept-encoding", "br".parse().expect("a value"));
    let reply = send(router(&serving(folder.path())), asked).await;
    assert_eq!((reply.header("content-encoding"), reply.text()), ("br", "brotli"));
    assert!(reply.header("vary").contains("accept-encoding"));
}

#[tokio::test]
async fn names_that_stay_are_checked_every_time() {
    let folder = whole();
    let state = serving(folder.path());
    for (path, kind) in [("/sw.js", "text/javascript"), ("/robots.txt", "text/plain")] {
        let reply = get(&state, path).await;
        assert_eq!((reply.status, reply.header("cache-control")), (StatusCode::OK, "no-cache"), "{path}");
        assert!(reply.header("content-type").starts_with(kind), "{path}: {}", reply.header("content-type"));
    }
    assert_eq!(get(&state, "/icons/icon.svg").await.header("cache-control"), "public, max-age=86400");
}

#[tokio::test]
async fn nothing_else_of_the_folder_is_served() {
    let folder = whole();
    let state = serving(folder.path());
    for path in
        ["/secret.txt", "/pkg/../secret.txt", "/pkg/%2e%2e/secret.txt", "/pkg/..%2fsecret.txt", "/pkg/", "/icons"]
    {
        let reply = get(&state, path).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[test]
fn without_a_package_the_start_stops_and_says_what_to_run() {
    let nothing = build(&[]);
    let error = Package::find(Some(nothing.path())).expect_err("nothing built");
    assert!(matches!(error, PackageError::Missing { .. }) && error.to_string().contains("make build"), "{error}");
}

#[test]
fn a_package_that_is_not_whole_is_refused() {
    let incomplete = build(&[("pkg/manifest.json", r#"{"site.css": "site.ab12.css"}"#)]);
    assert!(matches!(Package::find(Some(incomplete.path())), Err(PackageError::Incomplete { .. })));
    let wrong = build(&[("pkg/manifest.json", "[]")]);
    assert!(matches!(Package::find(Some(wrong.path())), Err(PackageError::Manifest { .. })));
}
