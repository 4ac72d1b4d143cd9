//! `server/asvs.md` says what is true: every item is there once, every test it names exists, its counts are its own.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

const TABLE: &str = include_str!("../asvs.md");

/// How many items of levels 1 and 2 each chapter of ASVS 5.0.0 has.
const CHAPTERS: [(u32, usize); 17] = [
    (1, 27),
    (2, 11),
    (3, 19),
    (4, 10),
    (5, 9),
    (6, 35),
    (7, 18),
    (8, 7),
    (9, 7),
    (10, 29),
    (11, 14),
    (12, 9),
    (13, 13),
    (14, 9),
    (15, 13),
    (16, 16),
    (17, 7),
];

const VERDICTS: [&str; 4] = ["tested", "met", "not yet", "n/a"];

struct Item {
    /// Chapter, section, requirement.
    number: [u32; 3],
    words: &'static str,
    verdict: &'static str,
    evidence: &'static str,
}

fn items() -> Vec<Item> {
    TABLE.lines().filter(|line| line.starts_with("| v5.0.0-")).map(item).collect()
}

fn item(line: &'static str) -> Item {
    let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
    let [id, words, verdict, evidence] = cells[..] else { panic!("four cells: {line}") };
    let number: Vec<u32> =
        id.trim_start_matches("v5.0.0-").split('.').map(|part| part.parse().expect("a number")).collect();
    Item { number: number.try_into().expect("three numbers"), words, verdict, evidence }
}

/// What stands in backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn every_item_of_levels_1_and_2_is_there_once() {
    let mut chapters: BTreeMap<u32, usize> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for Item { number, words, verdict, evidence } in items() {
        assert!(seen.insert(number), "{number:?} twice");
        *chapters.entry(number[0]).or_default() += 1;
        assert!(VERDICTS.contains(&verdict), "{number:?}: {verdict}");
        assert!((1..=12).contains(&words.split_whitespace().count()), "{number:?}: {words}");
        assert!(!evidence.is_empty(), "{number:?} has no reason");
    }
    assert_eq!(chapters, BTreeMap::from(CHAPTERS));
}

#[test]
fn the_counts_are_those_of_the_table() {
    let items = items();
    for verdict in VERDICTS {
        let count = items.iter().filter(|item| item.verdict == verdict).count();
        let line = TABLE.lines().find(|line| line.contains(&format!("(`{verdict}`)"))).expect("a count");
        assert!(line.ends_with(&format!("| {count} |")), "{verdict}: {count}, not {line}");
    }
    assert!(TABLE.contains(&format!("| {} |", items.len())), "{} in all", items.len());
}

#[test]
fn every_test_and_file_that_is_named_exists() {
    let mut missing = Vec::new();
    for Item { number, verdict, evidence, .. } in items() {
        let mut tests = 0;
        for named in quoted(evidence) {
            if let Some((file, name)) = named.split_once("::") {
                tests += 1;
                let is_rust = Path::new(file).extension().is_some_and(|kind| kind == "rs");
                let sought = if is_rust { format!("fn {name}(") } else { format!("test(\"{name}\"") };
                if !fs::read_to_string(root().join(file)).is_ok_and(|text| text.contains(&sought)) {
                    missing.push(format!("{number:?} {named}"));
                }
            } else if named.contains('/') && !root().join(named).exists() {
                missing.push(format!("{number:?} {named}"));
            }
        }
        assert!(verdict != "tested" || tests > 0, "{number:?} names no test");
    }
    assert!(missing.is_empty(), "not in the tree: {missing:#?}");
}
