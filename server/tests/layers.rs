//! Who may use whom: `app → domain`, `server → app, domain`, and no other arrow between our crates.

use std::{collections::BTreeMap, process::Command};

const OURS: [&str; 4] = ["app", "bindgen", "domain", "server"];

#[test]
fn no_arrow_is_added_between_our_crates() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1", "--locked", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let mut arrows: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in metadata["packages"].as_array().expect("packages") {
        let name = package["name"].as_str().expect("a name").to_owned();
        let used = package["dependencies"].as_array().expect("dependencies").iter();
        let mut used: Vec<_> = used.filter_map(|one| one["name"].as_str()).filter(|name| OURS.contains(name)).collect();
        used.sort_unstable();
        used.dedup();
        arrows.insert(name, used.into_iter().map(str::to_owned).collect());
    }
    let expected =
        [("app", vec!["domain"]), ("bindgen", vec![]), ("domain", vec![]), ("server", vec!["app", "domain"])]
            .into_iter()
            .map(|(name, used)| (name.to_owned(), used.into_iter().map(str::to_owned).collect::<Vec<_>>()))
            .collect();
    assert_eq!(arrows, expected);
}
