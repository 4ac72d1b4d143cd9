//! Figures: counted once, read by fives, and targets from above.

use crate::{
    databases::on_each_engine,
    made::made_up,
    world::{DAY, NOW, World, union},
};
use domain::{
    membership::{Month, figures::Dimension},
    policy::{Action, Refused},
    ports::{Lists as _, TypedTarget},
};
use server::{
    services::lists::{ListService, count_months},
    store::Store,
};
use std::collections::BTreeMap;

/// October 2026, which is counted on 15 November.
const OCTOBER: Month = Month(2026 * 12 + 9);

async fn fill(world: &World, store: &Store) {
    let mut edit = store.edit().await.expect("begins");
    edit.put_made_up_lists(&[("courier", "快递员")], &[], &[], NOW).await.expect("writes");
    let mut applications = Vec::new();
    for number in 0..43 {
        // 40 in 金水区, 3 in 二七区; of ten nine were approved two days later.
        let county = if number < 40 { 410_105 } else { 410_103 };
        let state = if number % 10 == 9 { "submitted" } else { "approved" };
        let mut one = made_up(number, county, state, OCTOBER.begins() + DAY);
        one.until = (state == "approved").then_some(one.at + 2 * DAY);
        applications.push(one);
    }
    // Sent in November: not yet.
    applications.push(made_up(900, 410_105, "submitted", OCTOBER.ends() + DAY));
    edit.put_made_up_applications(&applications, NOW).await.expect("writes");
    let members: Vec<_> = (1_000..1_207).map(|number| made_up(number, 410_105, "active", OCTOBER.begins())).collect();
    edit.put_made_up_members(&members, NOW).await.expect("writes");
    edit.finish().await.expect("lasts");
    assert_eq!(count_months(&world.people, NOW).await.expect("counts"), 1);
}

#[tokio::test]
async fn a_month_is_counted_once_and_shown_by_fives_to_those_above() {
    on_each_engine(async |store: &Store| {
        let world = World::new(store).await;
        fill(&world, store).await;
        assert_eq!(count_months(&world.people, NOW).await.expect("counts"), 0, "once");
        let lists = ListService::new(world.people.clone());
        let city = union(410_100).to_string();
        let officer = world.officer(410_000).await;
        let page = lists.figures(&officer.actor, &city, NOW).await.expect("reads");
        assert_eq!(page.figures.months, [OCTOBER]);
        let total = page.figures.totals[0];
        for (shown, exact) in [(total.applied, 43), (total.approved, 39), (total.members, 207)] {
            // Two unions below, each within four.
            assert!(shown % 5 == 0 && shown.abs_diff(exact) < 9, "{shown} for {exact}");
        }
        assert_eq!(page.median_days, [Some(2)]);
        for (dimension, rows) in &page.figures.tables {
            assert_eq!(rows.iter().map(|row| row.sum().applied).sum::<u64>(), total.applied, "{dimension:?}");
        }
        // What came later changes nothing of what was published.
        let mut edit = store.edit().await.expect("begins");
        let late = made_up(901, 410_105, "submitted", OCTOBER.begins());
        edit.put_made_up_applications(&[late], NOW).await.expect("writes");
        edit.finish().await.expect("lasts");
        count_months(&world.people, NOW).await.expect("counts");
        let again = lists.figures(&officer.actor, &city, NOW).await.expect("reads");
        assert_eq!(again.figures, page.figures);
        // Another city's officers see nothing, and the three of 二七区 are fewer than five to their own.
        let stranger = world.officer(410_200).await;
        assert_eq!(lists.figures(&stranger.actor, &city, NOW).await.err(), Some(Refused::NotFound));
        let few = world.officer(410_103).await;
        let page = lists.figures(&few.actor, &union(410_103).to_string(), NOW).await.expect("reads");
        assert!(page.figures.totals[0].applied <= 5 && page.median_days == [None]);
    })
    .await;
}

#[tokio::test]
async fn an_organisation_shows_the_sum_of_what_those_below_it_show() {
    // So nobody learns of three people in a union from the difference to its county.
    on_each_engine(async |store: &Store| {
        let world = World::new(store).await;
        fill(&world, store).await;
        let lists = ListService::new(world.people.clone());
        let officer = world.officer(410_000).await;
        let figures = async |county: u32| {
            lists.figures(&officer.actor, &union(county).to_string(), NOW).await.expect("reads").figures
        };
        let mut sums: BTreeMap<(Dimension, String), [u64; 3]> = BTreeMap::new();
        for county in [410_103, 410_105] {
            for (dimension, rows) in figures(county).await.tables {
                for row in rows {
                    let (sum, one) = (sums.entry((dimension, row.category.clone())).or_default(), row.sum());
                    *sum = [sum[0] + one.applied, sum[1] + one.approved, sum[2] + one.members];
                }
            }
        }
        let mut city: BTreeMap<(Dimension, String), [u64; 3]> = BTreeMap::new();
        for (dimension, rows) in figures(410_100).await.tables {
            for row in rows {
                let one = row.sum();
                city.insert((dimension, row.category.clone()), [one.applied, one.approved, one.members]);
            }
        }
        assert!(city.len() >= 5, "{city:?}");
        assert_eq!(city, sums);
    })
    .await;
}

#[tokio::test]
async fn a_target_is_set_from_above_and_by_nobody_else() {
    on_each_engine(async |store: &Store| {
        let world = World::new(store).await;
        fill(&world, store).await;
        let lists = ListService::new(world.people.clone());
        let county = union(410_105).to_string();
        let typed = TypedTarget { year: "2026".to_owned(), goal: "100".to_owned() };
        for nobody in [world.officer(410_105).await, world.officer(410_103).await, world.administrator().await] {
            let not = lists.set_target(&nobody.actor, &county, &typed, NOW).await.expect_err("refused");
            assert_eq!(not.refused, Some(Refused::NotFound));
        }
        let above = world.officer(410_100).await;
        lists.set_target(&above.actor, &county, &typed, NOW).await.expect("set");
        let more = TypedTarget { goal: "120".to_owned(), ..typed };
        lists.set_target(&above.actor, &county, &more, NOW).await.expect("set");
        assert_eq!(world.audited(Action::SetTarget).await.len(), 2);
        let own = world.officer(410_105).await;
        let page = lists.figures(&own.actor, &county, NOW).await.expect("reads");
        assert!(!page.may_set_target);
        let target = page.targets[0];
        assert_eq!((target.year, target.goal), (2026, 120));
        assert!(target.reached % 5 == 0 && target.reached.abs_diff(36) < 5, "{}", target.reached);
        assert!(lists.figures(&above.actor, &county, NOW).await.expect("reads").may_set_target);
    })
    .await;
}
