//! Drafts: screen by screen, nothing is lost, what is wrong is said at the field.

use crate::{
    databases::on_each_engine,
    world::{JINSHUI, NOW, World, id_number, screens, union, with_check},
};
use domain::{
    account::{Actor, IdType},
    membership::{Lane, Screen},
    policy::Refused,
    ports::{Accounts as _, Joining as _, Mine, NotSaved, Preview, TypedIdentity, TypedScreen},
};

fn id(number: &str) -> TypedScreen {
    TypedScreen { id_type: IdType::Resident.code().into(), id_number: number.into(), ..TypedScreen::default() }
}

#[tokio::test]
async fn a_draft_goes_on_where_it_was_left() {
    on_each_engine(async |store| {
        use Screen::{Check, Id, Lane, Name, Occupation, Place, Unit};
        let world = World::new(store).await;
        let who = world.person(1).await;
        let draft = world.joining.draft(&who.actor, None, NOW).await.unwrap_or_else(|why| panic!("{why:?}"));
        assert_eq!((draft.next, draft.answered.len(), draft.mobile.as_str()), (Some(Screen::Kind), 0, "139****0001"));
        let mut order = Vec::new();
        for (screen, typed) in screens("张小明", &id_number(1)) {
            assert_eq!(world.joining.preview(&who.actor, NOW).await, Ok(Preview::Missing(screen)));
            order.push(world.save(&who, screen, typed).await.expect("kept"));
        }
        assert_eq!(order, [Lane, Occupation, Unit, Place, Name, Id, Check]);
        let draft = world.joining.draft(&who.actor, None, NOW).await.unwrap_or_else(|why| panic!("{why:?}"));
        assert_eq!(draft.next, Some(Check));
        assert_eq!(draft.name.as_deref(), Some("张小明"));
        assert_eq!(draft.id_number.as_deref(), Some(id_number(1).as_str()));
        assert_eq!(draft.place, Some((JINSHUI, "河南省 郑州市 金水区".to_owned())));
        let standing = world.joining.welcome(&who.actor, None, None, NOW).await.expect("answers").standing;
        assert_eq!(standing, Mine::Draft(Check));
        world.joining.discard(&who.actor, NOW).await.expect("forgotten");
        let standing = world.joining.welcome(&who.actor, None, None, NOW).await.expect("answers").standing;
        assert_eq!(standing, Mine::Nothing);
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_is_kept_and_told_at_its_field() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let who = world.person(1).await;
        let right = id_number(1);
        let swapped = format!("{}{}", &right[..17], if right.ends_with('1') { "2" } else { "1" });
        let cases = [
            (swapped, "有一位写错了"),
            (with_check("41010519900230123"), "没有这一天"),
            (with_check("41010520150101123"), "满 16 岁再来"),
            (with_check("41010529900101123"), "还没到"),
            ("410105".to_owned(), "现在是 6 位"),
            (String::new(), "请填写证件号码"),
        ];
        for (number, words) in cases {
            let told = world.save(&who, Screen::Id, id(&number)).await;
            let Err(NotSaved::At { field: "id_number", sentence }) = told else { panic!("{number}: {told:?}") };
            assert!(sentence.contains(words), "{number}: {sentence}");
            let draft = world.joining.draft(&who.actor, None, NOW).await.unwrap_or_else(|why| panic!("{why:?}"));
            assert_eq!(draft.id_number.unwrap_or_default(), number, "what was typed is still there");
            assert!(!draft.answered.contains(&Screen::Id));
        }
        let none = TypedScreen::default;
        for (screen, typed, field) in [
            (Screen::Kind, none(), "kind"),
            (Screen::Lane, TypedScreen { lane: "x".into(), ..none() }, "lane"),
            (Screen::Occupation, TypedScreen { occupation: "pilot".into(), ..none() }, "occupation"),
            (Screen::Unit, TypedScreen { unit: "长".repeat(61), ..none() }, "unit"),
            (Screen::Place, none(), "adcode"),
            (Screen::Place, TypedScreen { adcode: "410100".into(), ..none() }, "adcode"),
            (Screen::Name, TypedScreen { name: "张3".into(), ..none() }, "name"),
            (Screen::Id, TypedScreen { id_number: right.clone(), ..none() }, "id_type"),
        ] {
            let told = world.save(&who, screen, typed).await;
            assert!(matches!(&told, Err(NotSaved::At { field: at, .. }) if *at == field), "{screen:?}: {told:?}");
        }
        // In the lane of the unit its union is asked for.
        world.save(&who, Screen::Lane, TypedScreen { lane: Lane::Unit.code().into(), ..none() }).await.expect("kept");
        let told = world.save(&who, Screen::Unit, none()).await;
        assert!(matches!(told, Err(NotSaved::At { field: "unit", .. })), "{told:?}");
    })
    .await;
}

#[tokio::test]
async fn two_tabs_of_one_person_lose_nothing_of_each_other() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let who = world.person(1).await;
        let all = screens("张小明", &id_number(1));
        let saves = all.iter().map(|(screen, typed)| world.joining.save(&who.actor, *screen, typed, NOW));
        for result in futures::future::join_all(saves).await {
            result.expect("kept");
        }
        let draft = world.joining.draft(&who.actor, None, NOW).await.unwrap_or_else(|why| panic!("{why:?}"));
        assert_eq!(draft.next, Some(Screen::Check), "{:?}", draft.answered);
    })
    .await;
}

#[tokio::test]
async fn what_the_account_knows_is_not_asked_again() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let who = world.person(1).await;
        let typed = TypedIdentity {
            name: "张小明".into(),
            id_type: IdType::Resident.code().into(),
            number: id_number(1),
            consents: true,
            last4: String::new(),
        };
        world.accounts.save_identity(&who.actor, &typed, NOW).await.expect("kept");
        let draft = world.joining.draft(&who.actor, None, NOW).await.unwrap_or_else(|why| panic!("{why:?}"));
        assert_eq!(draft.answered, [Screen::Name, Screen::Id]);
        assert_eq!((draft.name.as_deref(), draft.id_type), (Some("张小明"), Some(IdType::Resident)));
    })
    .await;
}

#[tokio::test]
async fn nobody_is_asked_nothing_and_stands_nowhere() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let draft = world.joining.draft(&Actor::Anonymous, None, NOW).await;
        assert!(matches!(draft, Err(NotSaved::Refused(Refused::SignIn))));
        let welcome = world.joining.welcome(&Actor::Anonymous, None, Some(JINSHUI), NOW).await.expect("answers");
        assert_eq!((welcome.standing, welcome.taker), (Mine::SignedOut, None));
        assert_eq!(welcome.region.as_deref(), Some("河南省 郑州市 金水区"));
        world.opened(union(410_100), NOW).await;
        let welcome = world.joining.welcome(&Actor::Anonymous, None, Some(JINSHUI), NOW).await.expect("answers");
        assert_eq!(welcome.taker.map(|taker| taker.name).as_deref(), Some("郑州市总工会"));
    })
    .await;
}

#[tokio::test]
async fn a_platform_is_found_by_its_name_also_without_picking_it() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let who = world.person(1).await;
        let none = TypedScreen::default;
        let found = world.joining.suggest(Lane::Region, "顺丰", Some(JINSHUI), NOW).await.expect("answers");
        assert!(found.len() >= 2 && found.iter().all(|one| one.name.contains("顺丰") && one.what == "平台"));
        assert!(world.joining.suggest(Lane::Region, "", None, NOW).await.expect("answers").len() == 8);
        assert!(world.joining.suggest(Lane::Region, "100%_!", None, NOW).await.expect("answers").is_empty());
        world.save(&who, Screen::Unit, TypedScreen { unit: " 顺丰同城 ".into(), ..none() }).await.expect("kept");
        let draft = world.joining.draft(&who.actor, None, NOW).await.unwrap_or_else(|why| panic!("{why:?}"));
        assert!(draft.enterprise.is_some() && draft.unit.as_deref() == Some("顺丰同城"));
        world.save(&who, Screen::Unit, TypedScreen { unit: "门口小店".into(), ..none() }).await.expect("kept");
        let draft = world.joining.draft(&who.actor, None, NOW).await.unwrap_or_else(|why| panic!("{why:?}"));
        assert!(draft.enterprise.is_none() && draft.unit.as_deref() == Some("门口小店"));
    })
    .await;
}
