//! Somebody else fills it in; the worker's own phone confirms.

use crate::{
    databases::on_each_engine,
    world::{DAY, JINSHUI, NOW, World, id_number, with_check},
};
use domain::{
    account::IdType,
    membership::{Lane, Screen},
    policy::Refused,
    ports::{Joining as _, NotSaved, TypedScreen},
};

fn typed(name: &str, id: &str) -> TypedScreen {
    TypedScreen {
        kind: "join".into(),
        lane: Lane::Region.code().into(),
        occupation: "courier".into(),
        unit: "中通快递".into(),
        adcode: JINSHUI.to_string(),
        name: name.into(),
        id_type: IdType::Resident.code().into(),
        id_number: id.into(),
        ..TypedScreen::default()
    }
}

fn token(path: &str) -> &str {
    path.rsplit('/').next().expect("a token")
}

#[tokio::test]
async fn only_the_phone_it_was_meant_for_takes_it_over_and_both_are_told() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let (helper, worker, other) = (world.person(1).await, world.person(2).await, world.person(3).await);
        let handed = world.joining.prepare(&helper.actor, &worker.mobile, &typed("李小四", &id_number(2)), NOW).await;
        let handed = handed.unwrap_or_else(|why| panic!("{why:?}"));
        assert_eq!(handed.mobile, "139****0002");
        let token = token(&handed.path);
        assert_eq!(world.inbox(&worker).await, ["有人替你填了入会申请"]);
        for stranger in [&other, &helper] {
            assert_eq!(world.joining.prepared(&stranger.actor, token, NOW).await.err(), Some(Refused::NotFound));
            let opened = world.joining.take_over(&stranger.actor, token, NOW).await;
            assert!(matches!(opened, Err(NotSaved::Refused(Refused::NotFound))));
        }
        let waits = world.joining.prepared(&worker.actor, token, NOW).await.unwrap_or_else(|why| panic!("{why:?}"));
        assert_eq!((waits.helper.as_str(), waits.until), ("手机号 139****0001 的人", NOW + 7 * DAY));
        assert!(waits.facts.contains(&("姓名", "李小四".to_owned())), "{:?}", waits.facts);
        assert!(!waits.facts.iter().any(|(_, value)| value.contains(&id_number(2))), "masked");
        assert_eq!(world.joining.take_over(&worker.actor, token, NOW).await, Ok(Screen::Check));
        assert_eq!(world.joining.take_over(&worker.actor, token, NOW).await, Ok(Screen::Check), "twice is once");
        let draft = world.joining.draft(&worker.actor, None, NOW).await.unwrap_or_else(|why| panic!("{why:?}"));
        assert_eq!((draft.name.as_deref(), draft.unit.as_deref()), (Some("李小四"), Some("中通快递")));
        assert_eq!(world.inbox(&worker).await.len(), 2);
        assert_eq!(world.inbox(&helper).await, ["你替人填的入会申请，对方确认了"]);
    })
    .await;
}

#[tokio::test]
async fn it_runs_out_and_a_helper_writes_to_few() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let (helper, worker) = (world.person(1).await, world.person(2).await);
        let right = typed("李小四", &id_number(2));
        let prepare =
            async |mobile: &str, typed: &TypedScreen| world.joining.prepare(&helper.actor, mobile, typed, NOW).await;
        let field = |told: Result<_, NotSaved>| match told {
            Err(NotSaved::At { field, .. }) => field,
            _ => "",
        };
        assert_eq!(field(prepare("123", &right).await), "mobile");
        assert_eq!(field(prepare(&helper.mobile, &right).await), "mobile", "one's own");
        assert_eq!(field(prepare(&worker.mobile, &typed("", &id_number(2))).await), "name");
        let young = typed("李小四", &with_check("41010520150101123"));
        assert_eq!(field(prepare(&worker.mobile, &young).await), "id_number");
        let first = prepare(&worker.mobile, &right).await.unwrap_or_else(|why| panic!("{why:?}"));
        assert!(prepare(&worker.mobile, &right).await.is_ok());
        assert_eq!(field(prepare(&worker.mobile, &right).await), "mobile", "two a day to one number");
        for which in 10..18 {
            assert!(prepare(&format!("139{which:08}"), &right).await.is_ok(), "{which}");
        }
        assert_eq!(field(prepare("13900000099", &right).await), "mobile", "ten a day of one helper");
        let late = world.joining.prepared(&worker.actor, token(&first.path), NOW + 7 * DAY).await;
        assert_eq!(late.err(), Some(Refused::NotFound));
    })
    .await;
}
