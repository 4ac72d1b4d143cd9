//! Lists at the desk: page by page, from indexes, and nothing of what somebody is kept from.

use crate::{
    databases::on_each_engine,
    world::{CITY, COUNTY, NOW, World, union},
};
use domain::{
    account::{FoundingId, ObstructionId, OrganisationId},
    founding::{FoundingStage, ObstructionStage},
    time::Millis,
};
use server::store::{FoundingKept, ObstructionKept, Roots, Store, owned_sql};
use uuid::Uuid;

fn request(number: u32, stage: FoundingStage, owner: OrganisationId, due_at: Option<Millis>) -> FoundingKept {
    FoundingKept {
        id: FoundingId(Uuid::now_v7().into_bytes()),
        token: Uuid::now_v7().simple().to_string(),
        number: format!("J{owner}{number}"),
        unit: (format!("第 {number} 家"), format!("{owner}{number}")),
        adcode: COUNTY,
        enterprise: None,
        colleagues: 5,
        starter: None,
        stage,
        owner: Some(owner),
        due_at,
        outcome: None,
        organisation: None,
        reason: None,
        version: 0,
        created_at: NOW + i64::from(number),
    }
}

async fn put(store: &Store, requests: &[FoundingKept]) {
    let mut edit = store.edit().await.expect("begins");
    for one in requests {
        assert!(edit.put_founding(one).await.expect("writes"));
    }
    edit.finish().await.expect("lasts");
}

#[tokio::test]
async fn a_list_is_read_page_by_page_the_open_first_and_each_once() {
    on_each_engine(async |store: &Store| {
        let world = World::new(store).await;
        let stages = [FoundingStage::Done, FoundingStage::Sent, FoundingStage::Contacted];
        let requests: Vec<_> = (0..110)
            .map(|number| {
                let stage = stages[number as usize % 3];
                let due_at = (stage == FoundingStage::Sent).then_some(NOW + i64::from(number * 7 % 31));
                request(number, stage, union(COUNTY), due_at)
            })
            .collect();
        put(store, &requests).await;
        put(store, &[request(0, FoundingStage::Sent, union(420_100), Some(NOW))]).await;
        let officer = world.officer(CITY).await;
        let (mut seen, mut pages, mut after) = (Vec::new(), Vec::new(), None::<String>);
        loop {
            let page = world.ports.founding.desk(&officer.actor, after.as_deref()).await.expect("opens");
            pages.push(page.rows.len());
            seen.extend(page.rows);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(pages, [50, 50, 10]);
        let mut paths: Vec<_> = seen.iter().map(|row| row.path.as_str()).collect();
        paths.sort_unstable();
        paths.dedup();
        assert_eq!(paths.len(), 110, "each once");
        let part = |stage| stages.iter().position(|one| *one == stage).map_or(9, |at| (at + 2) % 3);
        assert!(seen.is_sorted_by_key(|row| (part(row.stage), row.due_at)));
        assert_eq!(world.ports.founding.desk(&officer.actor, Some("no address")).await.expect("opens").rows.len(), 50);

        // A page that would hold only what one is kept from is no page.
        let requests: Vec<_> = (0..51)
            .map(|number| request(number, FoundingStage::Sent, union(410_105), Some(NOW + i64::from(number))))
            .collect();
        put(store, &requests).await;
        let officer = world.officer(410_105).await;
        let page = world.ports.founding.desk(&officer.actor, None).await.expect("opens");
        assert!(page.rows.len() == 50 && page.next.is_some());
        world.ports.founding.join(&officer.actor, &requests[50].token, false, NOW).await.expect("joins");
        let page = world.ports.founding.desk(&officer.actor, None).await.expect("opens");
        assert!(page.rows.len() == 50 && page.next.is_none());
    })
    .await;
}

#[tokio::test]
async fn lists_are_read_from_indexes() {
    on_each_engine(async |store: &Store| {
        if store.is_postgres() {
            // Of so few rows it reads all, whatever the index.
            return;
        }
        let world = World::new(store).await;
        let owner = |number: u32| union([410_103, 410_105, 110_101, 440_305][number as usize % 4]);
        let requests: Vec<_> = (0..2_000)
            .map(|number| request(number, FoundingStage::Sent, owner(number), Some(NOW + i64::from(number))))
            .collect();
        put(store, &requests).await;
        let subject = world.worker("王大锤").await.subject;
        let mut edit = store.edit().await.expect("begins");
        for number in 0..2_000 {
            let one = ObstructionKept {
                id: ObstructionId(Uuid::now_v7().into_bytes()),
                subject,
                number: format!("Z{number}"),
                adcode: COUNTY,
                contact: false,
                stage: ObstructionStage::Registered,
                owner: Some(owner(number)),
                due_at: Some(NOW),
                created_at: NOW,
                version: 0,
            };
            assert!(edit.put_obstruction(&one, &[]).await.expect("writes"));
        }
        edit.finish().await.expect("lasts");
        store.analyze().await.expect("looks");
        let roots = Roots::Below(vec![union(410_103)]);
        for is_later in [false, true] {
            for sql in [owned_sql::<FoundingId>(&roots, is_later), owned_sql::<ObstructionId>(&roots, is_later)] {
                let plan = store.generic_plan(&sql, false).await.expect("a plan");
                let reads_whole = |line: &str| {
                    let line = line.trim().trim_start_matches("-> ").trim();
                    ["founding", "obstruction"]
                        .iter()
                        .any(|table| line == format!("SCAN {table}") || line.contains(&format!("Seq Scan on {table}")))
                };
                assert!(!plan.lines().any(reads_whole), "{sql}\n{plan}");
            }
        }
    })
    .await;
}
