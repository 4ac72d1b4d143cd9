//! The seeded tree.

use crate::{
    databases::{on_each_engine, regions},
    world::{NOW, union},
};
use domain::organisation::{Organisation, OrganisationTree};
use server::organisations::{self, Organisations};

const SEEDED: usize = 3_210;

#[tokio::test]
async fn two_servers_that_seed_at_once_make_one_tree() {
    on_each_engine(async |store| {
        let regions = regions();
        let (one, other) =
            tokio::join!(organisations::seed(store, &regions, NOW), organisations::seed(store, &regions, NOW));
        assert_eq!(one.expect("seeds") + other.expect("seeds"), SEEDED as u64);
        let tree = OrganisationTree::new(store.organisations().await.expect("reads"));
        assert_eq!((tree.len(), tree.roots().len()), (SEEDED, 31));
        let jinshui = tree.general_union(410_105).expect("seeded");
        let names: Vec<&str> = tree.lineage(jinshui.id).iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["金水区总工会", "郑州市总工会", "河南省总工会"]);
        assert!(jinshui.seeded && jinshui.code.is_none() && !jinshui.is_open(NOW), "nobody is there yet");
    })
    .await;
}

#[tokio::test]
async fn seeding_again_changes_nothing_that_was_told_since() {
    on_each_engine(async |store| {
        organisations::seed(store, &regions(), NOW).await.expect("seeds");
        let tree = OrganisationTree::new(store.organisations().await.expect("reads"));
        let known = tree.get(union(410_100)).expect("seeded").clone();
        let told = Organisation { phone: Some("0371-12345678".into()), ..known };
        let mut edit = store.edit().await.expect("begins");
        edit.put_organisations(std::slice::from_ref(&told), NOW + 1).await.expect("writes");
        edit.finish().await.expect("lasts");
        assert_eq!(organisations::seed(store, &regions(), NOW + 2).await.expect("seeds"), 0);
        let tree = OrganisationTree::new(store.organisations().await.expect("reads"));
        assert_eq!(tree.get(told.id), Some(&told));
    })
    .await;
}

#[tokio::test]
async fn the_tree_in_memory_follows_the_store_and_an_officer_opens_an_organisation() {
    on_each_engine(async |store| {
        let held = Organisations::default();
        held.catch_up(store).await.expect("reads");
        assert!(held.tree().is_empty());
        organisations::seed(store, &regions(), NOW).await.expect("seeds");
        held.catch_up(store).await.expect("reads");
        assert_eq!(held.tree().len(), SEEDED);
        let open = |now| held.tree().get(union(410_105)).is_some_and(|one| one.is_open(now));
        let note = async |now| {
            let mut edit = store.edit().await.expect("begins");
            edit.note_officer(union(410_105), now).await.expect("writes");
            edit.finish().await.expect("lasts");
            held.catch_up(store).await.expect("reads");
            held.tree().get(union(410_105)).and_then(|one| one.officer_active_at)
        };
        assert!(!open(NOW));
        assert_eq!(note(NOW).await, Some(NOW));
        assert_eq!(note(NOW + 60_000).await, Some(NOW), "not every page is a write");
        assert_eq!(note(NOW + 600_000).await, Some(NOW + 600_000));
        assert!(open(NOW + 600_000));
    })
    .await;
}
