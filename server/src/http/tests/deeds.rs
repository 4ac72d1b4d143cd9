//! No address without an action: the router itself is walked, as it prints itself.

use super::{super::assets::Package, state_with};
use crate::{
    http::{deeds::deeds, router},
    ops::shutdown::Shutdown,
};
use domain::policy::{Action, Policy, Relation, Role};
use std::collections::{BTreeMap, BTreeSet};

type Addresses = BTreeSet<(String, String)>;

/// What the router answers: (method, path). It has no list to ask for, but prints one.
fn walk(printed: &str) -> Addresses {
    let mut methods: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let mut paths: BTreeMap<String, String> = BTreeMap::new();
    let flat = printed.split_whitespace().collect::<Vec<_>>().join(" ");
    let (routes, node) = flat.split_once("node: ").expect("the router prints its tree after its routes");
    for entry in routes.split("RouteId( ").skip(1) {
        let id = entry.split([',', ' ']).next().expect("a number").to_owned();
        let is = |method: &str| entry.contains(&format!(" {method}: Route,"));
        assert!(
            ["put", "patch", "delete", "trace", "connect"].iter().all(|method| !is(method)),
            "nothing here answers such methods: {entry}"
        );
        // A service that takes every method is looked at as one that is read.
        let takes_any = !entry.contains(" MethodRouter {") || entry.contains("allow_header: Skip");
        let mut answered = Vec::new();
        if is("get") || takes_any {
            answered.push("GET");
        }
        if is("post") {
            answered.push("POST");
        }
        methods.insert(id, answered);
    }
    for entry in node.split("RouteId( ").skip(1) {
        let id = entry.split([',', ' ']).next().expect("a number").to_owned();
        if let Some(path) = entry.split("): \"").nth(1).and_then(|rest| rest.split('"').next()) {
            paths.entry(id).or_insert_with(|| path.to_owned());
        }
    }
    assert_eq!(methods.len(), paths.len(), "a path for every route: {node}");
    let mut walked = Addresses::new();
    for (id, answered) in methods {
        walked.extend(answered.into_iter().map(|method| (method.to_owned(), paths[&id].clone())));
    }
    walked
}

fn package() -> (tempfile::TempDir, Package) {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("pkg")).expect("a folder");
    std::fs::write(folder.path().join("pkg/manifest.json"), "{}").expect("a file");
    let package = Package::load(folder.path()).expect("an empty package");
    (folder, package)
}

#[test]
fn every_address_of_the_router_names_its_action() {
    let (_folder, package) = package();
    let router = router(&state_with(&[], package, &Shutdown::new()));
    let walked = walk(&format!("{router:#?}"));
    let named: Addresses = deeds().into_iter().map(|deed| (deed.method.to_string(), deed.path)).collect();
    let nameless: Vec<_> = walked.difference(&named).collect();
    let gone: Vec<_> = named.difference(&walked).collect();
    assert!(nameless.is_empty(), "name their action in http/deeds.rs, routes.rs or the form: {nameless:?}");
    assert!(gone.is_empty(), "there is no such address any more: {gone:?}");
    assert!(walked.len() > 40, "the walk saw {} addresses only", walked.len());
}

#[test]
fn no_address_is_named_twice() {
    let mut seen = BTreeSet::new();
    for deed in deeds() {
        assert!(seen.insert((deed.method.clone(), deed.path.clone())), "{deed:?}");
    }
}

/// Pages of what one may change, each by name: what leads to a form elsewhere, or shows what came of one.
const SHOWN: [&str; 3] = ["/me/unions", "/me/obstructions", "/me/obstructions/{id}"];

#[test]
fn what_changes_something_is_posted_and_what_is_read_is_not() {
    for deed in deeds() {
        let changes = !matches!(
            deed.action,
            Action::ReadPublic
                | Action::OpenMe
                | Action::ReadAccount
                | Action::ReadNotice
                | Action::ReadMatter
                | Action::ListMatters
                | Action::OpenDesk
                | Action::ReadStationDesk
                | Action::ReadOrganisation
                | Action::OpenCoverDesk
                | Action::ReadAudit
                | Action::SignIn
                | Action::ReadApplication
                | Action::ListApplications
                | Action::ReadMembership
                | Action::ShowCard
                | Action::CheckCard
                | Action::ReadFigures
                | Action::ReadEntryLink
        );
        // A page with a form shows the form; it is the post that does it.
        let shows_a_form =
            deeds().iter().any(|other| other.path.starts_with(&deed.path) && other.method == http::Method::POST);
        let is_known = SHOWN.contains(&deed.path.as_str());
        assert!(deed.method == http::Method::POST || !changes || shows_a_form || is_known, "{deed:?}");
    }
}

#[test]
fn what_is_not_for_everybody_is_forbidden_to_somebody_who_has_not_signed_in() {
    let policy = Policy::default();
    for action in Action::ALL {
        let anonymous = policy.allows(Role::Anonymous, *action, Relation::Any);
        let public = matches!(
            action,
            Action::ReadPublic
                | Action::ChooseDisplay
                | Action::Report
                | Action::SignIn
                | Action::OpenMe
                | Action::CheckCard
        );
        assert_eq!(anonymous, public, "{action:?}");
    }
}
