//! 我们想建工会.

use crate::{
    databases::on_each_engine,
    world::{CITY, COUNTY, DAY, NOW, Somebody, World, union},
};
use domain::{
    account::Reach,
    founding::{FoundingOutcome, FoundingStage, UnionState},
    policy::{Action, Refused, Role},
    ports::{Accounts as _, NotDone, TypedEnterprise, TypedFounding, TypedOutcome},
};
use server::{
    services::{accounts::AccountService, founding::settle},
    store::Store,
};

pub fn typed(unit: &str) -> TypedFounding {
    TypedFounding {
        unit: unit.into(),
        adcode: Some(COUNTY),
        colleagues: "25".into(),
        words: "站长不让提".into(),
        contact: false,
    }
}

async fn start(world: &World, by: &Somebody, unit: &str) -> String {
    let started = world.ports.founding.start(&by.actor, &typed(unit), NOW).await.expect("starts");
    assert!(!started.was_there);
    started.token
}

async fn id_of(world: &World, officer: &Somebody) -> String {
    let rows = world.ports.founding.desk(&officer.actor, None).await.expect("opens").rows;
    rows[0].path.trim_start_matches("/desk/founding/").to_owned()
}

#[tokio::test]
async fn the_same_unit_at_the_same_place_is_one_request_of_a_worker_however_it_is_written_and_tapped() {
    on_each_engine(async |store: &Store| {
        let world = World::new(store).await;
        world.open(COUNTY, NOW).await;
        let one = world.worker("王大锤").await;
        let token = start(&world, &one, "飞毛腿配送有限公司").await;
        let again = world.ports.founding.start(&one.actor, &typed("飞毛腿 配送"), NOW).await.expect("answers");
        assert!(again.was_there && again.token == token);
        // Two taps at the same moment: one request, no error.
        let (a, b) = (typed("快马物流"), typed("快马物流"));
        let (first, second) = tokio::join!(
            world.ports.founding.start(&one.actor, &a, NOW),
            world.ports.founding.start(&one.actor, &b, NOW)
        );
        assert_eq!(first.expect("answers").token, second.expect("answers").token);
        // Who joined by the link has it already.
        let colleague = world.worker("李小花").await;
        world.ports.founding.join(&colleague.actor, &token, false, NOW).await.expect("joins");
        let again = world.ports.founding.start(&colleague.actor, &typed("飞毛腿配送"), NOW).await.expect("answers");
        assert!(again.was_there && again.token == token);
    })
    .await;
}

#[tokio::test]
async fn whoever_knows_the_name_of_an_employer_learns_nothing_of_who_has_asked() {
    on_each_engine(async |store: &Store| {
        let world = World::new(store).await;
        world.open(COUNTY, NOW).await;
        let (worker, employer) = (world.worker("王大锤").await, world.worker("刘老板").await);
        let token = start(&world, &worker, "飞毛腿配送").await;
        let other = start(&world, &employer, "飞毛腿配送").await;
        assert_ne!(token, other, "a request of their own, as if there were none");
        let page = world.ports.founding.page(&employer.actor, &other, NOW).await.expect("opens");
        assert!(page.row.count.is_none());

        // The officer has both, and what comes of one comes of the other.
        let officer = world.officer(COUNTY).await;
        let id = id_of(&world, &officer).await;
        let desk = world.ports.founding.desk_one(&officer.actor, &id, NOW).await.expect("opens");
        assert_eq!(desk.same.len(), 1);
        world.ports.founding.message(&officer.actor, &id, "周三下午来站里", NOW).await.expect("sent");
        let written = async |who: &Somebody, token: &str| {
            world.ports.founding.page(&who.actor, token, NOW).await.expect("opens").written.len()
        };
        assert_eq!(
            written(&worker, &token).await + written(&employer, &other).await,
            3,
            "a letter goes to one of them"
        );
        let none =
            TypedOutcome { outcome: "none".into(), reason: "大家改了主意".into(), ..TypedOutcome::default() };
        let started = start(&world, &world.worker("赵铁柱").await, "飞毛腿配送").await;
        let third = store.founding_by_token(&started).await.expect("reads").expect("there").id.to_string();
        world.ports.founding.conclude(&officer.actor, &third, &none, NOW).await.expect("ends");
        let stages = async || {
            let mut stages = Vec::new();
            for token in [&token, &other] {
                stages.push(store.founding_by_token(token).await.expect("reads").expect("there").stage.is_open());
            }
            stages
        };
        assert_eq!(stages().await, [true, true], "nothing comes of one: the others wait on");
        let joint = TypedOutcome { outcome: "joint".into(), ..TypedOutcome::default() };
        world.ports.founding.conclude(&officer.actor, &id, &joint, NOW).await.expect("ends");
        assert_eq!(stages().await, [false, false]);
    })
    .await;
}

#[tokio::test]
async fn one_letter_does_not_stop_the_clock() {
    on_each_engine(async |store: &Store| {
        let world = World::new(store).await;
        world.open(COUNTY, NOW).await;
        let starter = world.worker("王大锤").await;
        let token = start(&world, &starter, "飞毛腿配送").await;
        let officer = world.officer(COUNTY).await;
        let id = id_of(&world, &officer).await;
        world.ports.founding.message(&officer.actor, &id, "周三下午来站里", NOW).await.expect("sent");
        let due = |page: domain::ports::FoundingPage| page.row.due_at.expect("a date");
        let first = due(world.ports.founding.page(&starter.actor, &token, NOW).await.expect("opens"));
        assert!(first > NOW + 10 * DAY);
        let later = first - DAY;
        let again = world.sign_in(officer.subject, domain::account::Strength::Passkey).await;
        world.ports.founding.message(&again.actor, &id, "再约一次", later).await.expect("sent");
        let second = due(world.ports.founding.page(&starter.actor, &token, later).await.expect("opens"));
        assert!(second > first, "each letter gives time");
        assert_eq!(settle(&world.people, second).await.expect("runs"), 0);
        world.open(CITY, second + DAY).await;
        assert_eq!(settle(&world.people, second + DAY).await.expect("runs"), 1);
        let page = world.ports.founding.page(&starter.actor, &token, second + DAY).await.expect("opens");
        let city = world.people.organisations.tree().get(union(CITY)).expect("there").name.clone();
        assert_eq!((page.row.stage, page.owner.expect("an owner").0), (FoundingStage::Sent, city));
    })
    .await;
}

#[tokio::test]
async fn counts_stay_hidden_while_they_are_small_and_whoever_leaves_is_gone() {
    on_each_engine(async |store: &Store| {
        let world = World::new(store).await;
        world.open(COUNTY, NOW).await;
        let starter = world.worker("王大锤").await;
        let token = start(&world, &starter, "飞毛腿配送").await;
        let mut others = Vec::new();
        for count in 2..=7_u32 {
            let other = world.worker("李小花").await;
            world.ports.founding.join(&other.actor, &token, false, NOW).await.expect("joins");
            world.ports.founding.join(&other.actor, &token, false, NOW).await.expect("twice is once");
            others.push(other);
            let page = world.ports.founding.page(&starter.actor, &token, NOW).await.expect("opens");
            assert_eq!(page.row.count, None, "{count}");
        }
        for other in &others[..3] {
            world.ports.founding.leave(&other.actor, &token, NOW).await.expect("leaves");
            world.ports.founding.leave(&other.actor, &token, NOW).await.expect("twice is once");
        }
        let page = world.ports.founding.page(&others[0].actor, &token, NOW).await.expect("opens");
        assert!(page.row.count.is_none() && !page.is_member && page.number.is_none() && page.history.is_empty());
        // The starter's words go with the starter; the request stays for the others.
        world.ports.founding.leave(&starter.actor, &token, NOW).await.expect("leaves");
        let officer = world.officer(COUNTY).await;
        let id = id_of(&world, &officer).await;
        let desk = world.ports.founding.desk_one(&officer.actor, &id, NOW).await.expect("opens");
        assert!(desk.written.is_empty() && !desk.has_starter && desk.agreed.is_empty());
        for other in &others[3..] {
            world.ports.founding.leave(&other.actor, &token, NOW).await.expect("leaves");
        }
        let page = world.ports.founding.page(&starter.actor, &token, NOW).await.expect("opens");
        assert_eq!(page.row.stage, FoundingStage::Left);
    })
    .await;
}

#[tokio::test]
async fn nobody_is_open_then_it_waits_and_goes_on_and_up_when_nobody_is_in_touch() {
    on_each_engine(async |store: &Store| {
        let world = World::new(store).await;
        let starter = world.worker("王大锤").await;
        let token = start(&world, &starter, "飞毛腿配送").await;
        let page = world.ports.founding.page(&starter.actor, &token, NOW).await.expect("opens");
        assert!(page.not_open.is_some() && page.owner.is_none() && page.row.due_at.is_none());
        assert_eq!(settle(&world.people, NOW).await.expect("runs"), 0);

        world.open(COUNTY, NOW).await;
        assert_eq!(settle(&world.people, NOW).await.expect("runs"), 1);
        let page = world.ports.founding.page(&starter.actor, &token, NOW).await.expect("opens");
        let due = page.row.due_at.expect("a date");
        assert!(due > NOW + 6 * DAY && due < NOW + 8 * DAY, "five working days from a Monday: {due}");
        assert_eq!((page.row.stage, world.notices(&starter).await), (FoundingStage::Sent, 1));

        let late = due + DAY;
        world.open(CITY, late).await;
        assert_eq!(settle(&world.people, late).await.expect("runs"), 1);
        let page = world.ports.founding.page(&starter.actor, &token, late).await.expect("opens");
        let city = world.people.organisations.tree().get(union(CITY)).expect("there").name.clone();
        assert_eq!(page.owner.expect("an owner").0, city);
        assert!(page.row.due_at.is_some_and(|due| due > late));
        assert_eq!(settle(&world.people, late).await.expect("runs"), 0, "moved once");
    })
    .await;
}

#[tokio::test]
async fn officers_see_who_agreed_and_nobody_else_and_everybody_hears_what_became_of_it() {
    on_each_engine(async |store: &Store| {
        let world = World::new(store).await;
        world.open(COUNTY, NOW).await;
        let (starter, shy, agreed) =
            (world.worker("王大锤").await, world.worker("李小花").await, world.worker("赵铁柱").await);
        let token = start(&world, &starter, "飞毛腿配送").await;
        world.ports.founding.join(&shy.actor, &token, false, NOW).await.expect("joins");
        world.ports.founding.join(&agreed.actor, &token, true, NOW).await.expect("joins");
        let officer = world.officer(COUNTY).await;
        let id = id_of(&world, &officer).await;
        let desk = world.ports.founding.desk_one(&officer.actor, &id, NOW).await.expect("opens");
        let names: Vec<_> = desk.agreed.iter().filter_map(|one| one.name.clone()).collect();
        assert_eq!(names, ["赵*柱"]);
        assert_eq!(desk.written[0].words, "站长不让提");
        let shown = world.ports.founding.reveal(&officer.actor, &id, "约时间见面", NOW).await.expect("shown");
        assert_eq!(shown.agreed[0].name.as_deref(), Some("赵铁柱"));
        assert_eq!(world.audited(Action::RevealMember).await.len(), 1);

        world.ports.founding.message(&officer.actor, &id, "周三下午来站里", NOW).await.expect("sent");
        let page = world.ports.founding.page(&starter.actor, &token, NOW).await.expect("opens");
        assert!(page.row.stage == FoundingStage::Contacted && page.row.due_at.is_some());
        assert!(page.written.iter().any(|one| one.is_officer));
        let page = world.ports.founding.page(&agreed.actor, &token, NOW).await.expect("opens");
        assert!(page.written.is_empty(), "letters are the starter's");

        let none = TypedOutcome { outcome: "none".into(), ..TypedOutcome::default() };
        let not = world.ports.founding.conclude(&officer.actor, &id, &none, NOW).await.expect_err("no reason");
        assert_eq!(not.wrong[0].0, "reason");
        let done = TypedOutcome { outcome: "joint".into(), ..TypedOutcome::default() };
        world.ports.founding.conclude(&officer.actor, &id, &done, NOW).await.expect("ends");
        assert!(world.ports.founding.conclude(&officer.actor, &id, &done, NOW).await.is_err(), "once");
        for one in [&starter, &shy, &agreed] {
            let page = world.ports.founding.page(&one.actor, &token, NOW).await.expect("opens");
            assert_eq!(page.concluded.map(|one| one.outcome), Some(FoundingOutcome::Joint));
            assert_eq!(world.notices(one).await, 2, "in touch, and ended");
        }
        let again = world.ports.founding.start(&shy.actor, &typed("飞毛腿配送"), NOW).await.expect("starts");
        assert!(!again.was_there, "what ended is no obstacle");
    })
    .await;
}

#[tokio::test]
async fn nobody_handles_their_own_request_nor_one_of_the_employer_they_belong_to() {
    on_each_engine(async |store: &Store| {
        let world = World::new(store).await;
        world.open(COUNTY, NOW).await;
        let own = world.own_union("飞毛腿配送有限公司工会委员会").await;
        let starter = world.worker("王大锤").await;
        let token = start(&world, &starter, "飞毛腿配送").await;
        let officer = world.officer(COUNTY).await;
        let id = id_of(&world, &officer).await;
        let both = [(Role::Officer, Reach::Tree(union(COUNTY))), (Role::Officer, Reach::Tree(own))];
        for kept_out in [
            world.officer(420_100).await,
            world.with_roles(&both).await,
            world.with_roles(&both[1..]).await,
            world.with_roles(&[(Role::Administrator, Reach::Everywhere)]).await,
        ] {
            let refused = world.ports.founding.desk_one(&kept_out.actor, &id, NOW).await.map(drop);
            assert_eq!(refused, Err(Refused::NotFound));
            let listed = world.ports.founding.desk(&kept_out.actor, None).await;
            assert!(listed.is_err() || listed.is_ok_and(|page| page.rows.is_empty()));
        }
        world.ports.founding.join(&officer.actor, &token, false, NOW).await.expect("joins");
        let refused = world.ports.founding.message(&officer.actor, &id, "你好", NOW).await;
        assert_eq!(refused, Err(NotDone::from(Refused::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn with_the_account_of_the_last_one_a_request_ends_and_leaves_the_desk() {
    on_each_engine(async |store: &Store| {
        let world = World::new(store).await;
        world.open(COUNTY, NOW).await;
        let (starter, other) = (world.worker("王大锤").await, world.worker("李小花").await);
        let token = start(&world, &starter, "飞毛腿配送").await;
        world.ports.founding.join(&other.actor, &token, false, NOW).await.expect("joins");
        let officer = world.officer(COUNTY).await;
        let accounts = AccountService::new(world.people.clone());
        accounts.erase(&starter.actor, NOW).await.expect("erased");
        assert_eq!(world.ports.founding.desk(&officer.actor, None).await.expect("opens").rows.len(), 1, "one is left");
        accounts.erase(&other.actor, NOW).await.expect("erased");
        assert!(world.ports.founding.desk(&officer.actor, None).await.expect("opens").rows.is_empty());
        let kept = store.founding_by_token(&token).await.expect("reads").expect("still there");
        assert_eq!((kept.stage, kept.due_at, kept.starter), (FoundingStage::Left, None, None));
        let events = store.events_of(kept.id).await.expect("reads");
        assert_eq!(events.last().map(|(kind, _, at)| (kind.as_str(), *at)), Some(("left", NOW)));
        let new = world.worker("赵铁柱").await;
        assert!(!world.ports.founding.start(&new.actor, &typed("飞毛腿配送"), NOW).await.expect("starts").was_there);
        // Two who leave at the same moment: one of them is the last.
        let (one, two) = (world.worker("钱多多").await, world.worker("孙小小").await);
        let token = start(&world, &one, "快马物流").await;
        world.ports.founding.join(&two.actor, &token, false, NOW).await.expect("joins");
        let ports = &world.ports.founding;
        let (first, second) = tokio::join!(ports.leave(&one.actor, &token, NOW), ports.leave(&two.actor, &token, NOW));
        assert_eq!((first, second), (Ok(()), Ok(())));
        let kept = store.founding_by_token(&token).await.expect("reads").expect("still there");
        assert_eq!(kept.stage, FoundingStage::Left);
    })
    .await;
}

#[tokio::test]
async fn the_list_of_enterprises_says_what_became_of_a_request() {
    on_each_engine(async |store: &Store| {
        let world = World::new(store).await;
        world.open(COUNTY, NOW).await;
        let administrator = world.with_roles(&[(Role::Administrator, Reach::Everywhere)]).await;
        let officer = world.officer(COUNTY).await;
        let listed = async |name: &str, adcode| {
            let one = TypedEnterprise {
                name: name.into(),
                kind: "unit".into(),
                union: "none".into(),
                adcode,
                ..TypedEnterprise::default()
            };
            world.ports.enterprises.add(&administrator.actor, &one, NOW).await.expect("added");
        };
        let state = async |name: &str| store.enterprises_named(name).await.expect("reads")[0].union;
        let conclude = async |unit: &str, outcome: &str| {
            let starter = world.worker("王大锤").await;
            start(&world, &starter, unit).await;
            let id = id_of(&world, &officer).await;
            world.ports.founding.message(&officer.actor, &id, "周三下午来站里", NOW).await.expect("sent");
            let between = state(unit).await;
            let typed = TypedOutcome {
                outcome: outcome.into(),
                organisation: world.people.organisations.tree().get(union(COUNTY)).expect("there").name.clone(),
                reason: if outcome == "none" { "大家改了主意".into() } else { String::new() },
            };
            world.ports.founding.conclude(&officer.actor, &id, &typed, NOW).await.expect("ends");
            (between, state(unit).await)
        };
        listed("测试配送", Some(COUNTY)).await;
        assert_eq!(conclude("测试配送", "none").await, (UnionState::Preparing, UnionState::None));
        assert_eq!(conclude("测试配送", "joint").await, (UnionState::Preparing, UnionState::Has));
        assert_eq!(conclude("测试配送", "none").await, (UnionState::Has, UnionState::Has), "what is there stays");
        for outcome in ["grassroots", "federation", "placed"] {
            let name = format!("测试{outcome}");
            listed(&name, Some(COUNTY)).await;
            assert_eq!(conclude(&name, outcome).await, (UnionState::Preparing, UnionState::Has), "{outcome}");
        }
        listed("测试全国平台", None).await;
        let of_country = conclude("测试全国平台", "grassroots").await;
        assert_eq!(of_country, (UnionState::None, UnionState::None), "one county is not the country");
        // Everybody leaves while it is being prepared.
        listed("测试快递", Some(COUNTY)).await;
        let starter = world.worker("李小花").await;
        let token = start(&world, &starter, "测试快递").await;
        let id = id_of(&world, &officer).await;
        world.ports.founding.message(&officer.actor, &id, "周三下午来站里", NOW).await.expect("sent");
        assert_eq!(state("测试快递").await, UnionState::Preparing);
        world.ports.founding.leave(&starter.actor, &token, NOW).await.expect("leaves");
        assert_eq!(state("测试快递").await, UnionState::None);
    })
    .await;
}
