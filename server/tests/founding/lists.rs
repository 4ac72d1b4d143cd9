//! Lists that are edited: enterprises and occupations.

use crate::{
    databases::on_each_engine,
    world::{COUNTY, NOW, World},
};
use domain::{
    account::Reach,
    policy::{Action, Refused, Role},
    ports::{EnterpriseFilter, TypedEnterprise, TypedOccupation},
};
use server::store::Store;

fn typed(name: &str, kind: &str, adcode: Option<u32>) -> TypedEnterprise {
    TypedEnterprise { name: name.into(), kind: kind.into(), union: "none".into(), adcode, ..TypedEnterprise::default() }
}

#[tokio::test]
async fn an_officer_works_through_the_enterprises_of_their_region_and_no_others() {
    on_each_engine(async |store: &Store| {
        let world = World::new(store).await;
        let ports = &world.ports.enterprises;
        let administrator = world.with_roles(&[(Role::Administrator, Reach::Everywhere)]).await;
        let (here, there) = (world.officer(COUNTY).await, world.officer(420_100).await);
        let head = ports.add(&administrator.actor, &typed("测试飞毛腿", "head", None), NOW).await.expect("added");
        let branch = TypedEnterprise {
            parent: "测试飞毛腿".into(),
            ..typed("测试飞毛腿二七加盟", "franchise", Some(COUNTY))
        };
        let id = ports.add(&here.actor, &branch, NOW).await.expect("added");
        assert_eq!(ports.add(&here.actor, &branch, NOW).await.as_ref(), Ok(&id), "a second tap");
        let not = ports.add(&here.actor, &typed("测试全国", "head", None), NOW).await.expect_err("not theirs");
        assert_eq!(not.wrong[0].0, "place");
        let orphan = typed("测试无主", "agent", Some(COUNTY));
        assert_eq!(ports.add(&here.actor, &orphan, NOW).await.expect_err("of whom?").wrong[0].0, "parent");

        let filter = EnterpriseFilter { text: "测试飞毛腿".into(), ..EnterpriseFilter::default() };
        let list = ports.list(&here.actor, &filter).await.expect("opens");
        let seen: Vec<_> = list.rows.iter().map(|row| (row.name.as_str(), row.depth, row.may_edit)).collect();
        assert_eq!(seen, [("测试飞毛腿", 0, false), ("测试飞毛腿二七加盟", 1, true)]);
        assert_eq!(ports.list(&there.actor, &filter).await.expect("opens").rows.len(), 1, "the country's alone");
        for (actor, id) in [(&there.actor, &id), (&here.actor, &head), (&here.actor, &"0".repeat(32))] {
            assert_eq!(ports.one(actor, id).await.map(drop), Err(Refused::NotFound));
            assert_eq!(ports.retire(actor, id, true, NOW).await, Err(Refused::NotFound));
            assert_eq!(ports.change(actor, id, &branch, NOW).await, Err(Refused::NotFound.into()));
        }
        ports.retire(&here.actor, &id, true, NOW).await.expect("retired");
        assert!(ports.one(&here.actor, &id).await.expect("still there").row.is_retired);
        // A ring is refused.
        let ring = TypedEnterprise { parent: "测试飞毛腿".into(), ..typed("测试飞毛腿", "head", None) };
        assert_eq!(
            ports.change(&administrator.actor, &head, &ring, NOW).await.expect_err("a ring").wrong[0].0,
            "parent"
        );
        assert!(!world.audited(Action::EditEnterprises).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_occupation_is_added_renamed_retired_and_never_loses_its_code() {
    on_each_engine(async |store: &Store| {
        let world = World::new(store).await;
        let ports = &world.ports.occupations;
        let administrator = world.with_roles(&[(Role::Administrator, Reach::Everywhere)]).await.actor;
        let officer = world.officer(COUNTY).await.actor;
        let new = TypedOccupation {
            code: "test_rider".into(),
            name: "测试骑手".into(),
            four: true,
            ..TypedOccupation::default()
        };
        assert_eq!(ports.add(&officer, &new, NOW).await, Err(Refused::NotFound.into()));
        ports.add(&administrator, &new, NOW).await.expect("added");
        assert_eq!(ports.add(&administrator, &new, NOW).await.expect_err("taken").wrong[0].0, "code");
        let wrong = TypedOccupation { code: "骑手".into(), ..TypedOccupation::default() };
        assert_eq!(ports.add(&administrator, &wrong, NOW).await.expect_err("two slips").wrong.len(), 2);
        let renamed =
            TypedOccupation { code: "other".into(), name: "测试骑士".into(), ..TypedOccupation::default() };
        ports.change(&administrator, "test_rider", &renamed, NOW).await.expect("changed");
        ports.retire(&administrator, "test_rider", true, NOW).await.expect("retired");
        let one = ports.one(&administrator, "test_rider").await.expect("still there");
        assert_eq!((one.name.as_str(), one.is_retired, one.four), ("测试骑士", true, false));
        ports.retire(&administrator, "test_rider", false, NOW).await.expect("restored");
        assert!(!ports.one(&administrator, "test_rider").await.expect("there").is_retired);
        assert_eq!(ports.one(&administrator, "other").await.map(drop), Err(Refused::NotFound));
        assert_eq!(world.audited(Action::EditOccupations).await.len(), 4);
    })
    .await;
}

#[tokio::test]
async fn a_file_of_enterprises_is_taken_whole_or_not_at_all() {
    on_each_engine(async |store: &Store| {
        let regions = crate::databases::regions();
        let take = async |text: &str, dry| {
            server::services::enterprises::import(store, &regions, text.as_bytes(), "test.csv", dry, NOW).await
        };
        let head = "名称,类型,属于,行政区划代码,行业,统一社会信用代码,工会状态,工会\n";
        let good =
            format!("{head}测试飞毛腿二七站,加盟,测试飞毛腿,410103,外卖,,没有,\n测试飞毛腿,头部企业,,,外卖,,筹建中,\n");
        let bad = format!("{good}快,分公司,没有这家,999999,,123,也许,没有这个工会\n");
        let refused = take(&bad, false).await.expect("a file");
        assert!(!refused.landed && refused.refusals.len() >= 5, "{:?}", refused.refusals);
        assert!(refused.refusals.iter().all(|one| one.line == 4));
        assert!(store.enterprises_named("测试飞毛腿").await.expect("reads").is_empty());
        assert!(!take(&good, true).await.expect("a file").landed, "a trial run");
        let landed = take(&good, false).await.expect("a file");
        assert_eq!((landed.landed, landed.new, landed.updated), (true, 2, 0));
        let again = take(&good, false).await.expect("a file");
        assert_eq!((again.new, again.updated), (0, 2));
        let station = &store.enterprises_named("测试飞毛腿二七站").await.expect("reads")[0];
        assert_eq!(station.parent, Some(store.enterprises_named("测试飞毛腿").await.expect("reads")[0].id));
        assert!(take("名字\n飞毛腿\n", false).await.is_err());
    })
    .await;
}
