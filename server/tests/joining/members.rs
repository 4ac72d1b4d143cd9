//! Who is a member already: transfers and never joins twice; and the member number is a second fact.

use crate::{
    databases::on_each_engine,
    world::{JINSHUI, NOW, Somebody, World, id_number, union},
};
use domain::{
    account::MembershipId,
    membership::{ApplicationKind, ApplicationState, MembershipState, Screen},
    ports::{
        Accounts as _, Browser, CodeFor, Entered, Joining as _, Mine, NextStep, NotEntered, NotSubmitted, Sender,
        TypedScreen,
    },
};
use server::store::{MembershipRow, PersonHashes};
use uuid::Uuid;

const NUMBER: &str = "4101052600000417";

async fn make_member(world: &World, who: &Somebody) -> MembershipId {
    let row = MembershipRow {
        id: MembershipId(Uuid::now_v7().into_bytes()),
        subject: Some(who.subject),
        organisation: union(410_100),
        number: NUMBER.to_owned(),
        external_number: None,
        state: MembershipState::Active,
        occupation: None,
        enterprise: None,
        adcode: None,
        authority: "郑州市总工会".to_owned(),
        entered_by: None,
        application: None,
        source: "application".to_owned(),
        joined_at: NOW,
        valid_until: NOW + 1,
        took_part_at: None,
        warned_at: None,
        ends_at: None,
        ended_at: None,
        reason: None,
        objection: None,
        objected_at: None,
        version: 0,
    };
    let mut edit = world.people.store.edit().await.expect("begins");
    assert!(edit.put_membership(&row, PersonHashes::default(), NOW).await.expect("writes"));
    edit.finish().await.expect("lasts");
    row.id
}

#[tokio::test]
async fn a_member_does_not_join_twice_but_transfers() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        world.opened(union(JINSHUI), NOW).await;
        let who = world.person(1).await;
        world.fill_in(&who, "张小明", &id_number(1)).await;
        let id = make_member(&world, &who).await;
        let told = world.submit(&who, NOW).await;
        assert_eq!(told, Err(NotSubmitted::Member { organisation: "郑州市总工会".to_owned() }));
        world.joining.discard(&who.actor, NOW).await.expect("forgotten");
        let standing = world.joining.welcome(&who.actor, None, None, NOW).await.expect("answers").standing;
        assert_eq!(standing, Mine::Member { organisation: "郑州市总工会".to_owned() });
        let draft = world.joining.draft(&who.actor, None, NOW).await.unwrap_or_else(|why| panic!("{why:?}"));
        assert_eq!(draft.kind, Some(ApplicationKind::Transfer), "who is a member is not asked");
        world.fill_in(&who, "张小明", &id_number(1)).await;
        let kind = TypedScreen { kind: ApplicationKind::Transfer.code().into(), ..TypedScreen::default() };
        world.save(&who, Screen::Kind, kind).await.expect("kept");
        let sent = world.submit(&who, NOW).await.expect("sent");
        let mine = world.joining.application(&who.actor, &sent.id, NOW).await.unwrap_or_else(|why| panic!("{why:?}"));
        assert_eq!((mine.row.kind, mine.row.state), (ApplicationKind::Transfer, ApplicationState::Submitted));
        let state = async || store.membership(id).await.expect("reads").expect("there").state;
        assert_eq!(state().await, MembershipState::Transferring);
        world.joining.withdraw(&who.actor, &sent.id, NOW).await.expect("taken back");
        assert_eq!(state().await, MembershipState::Active);
        let mine = world.joining.application(&who.actor, &sent.id, NOW).await.unwrap_or_else(|why| panic!("{why:?}"));
        assert_eq!((mine.row.state, mine.history.len()), (ApplicationState::Withdrawn, 2));
    })
    .await;
}

#[tokio::test]
async fn the_member_number_opens_an_account_in_a_new_browser() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let who = world.person(1).await;
        make_member(&world, &who).await;
        let browser = Browser {
            sender: Sender { device: "f".repeat(32), network: "10.9.9.0/24".to_owned() },
            phone: "安卓手机".to_owned(),
            session: None,
        };
        let at = NOW + 3_600_000;
        let sent = world.accounts.send_code(&who.mobile, CodeFor::SignIn, &browser, at).await.expect("sent");
        let code = world.people.sms.last_code(&who.mobile).expect("a code");
        let entered = world.accounts.enter_code(&sent.attempt, &code, &browser, at).await.expect("answers");
        assert_eq!(entered, Entered::FactNeeded, "a membership is held: the number alone does not open it");
        let shown = world.accounts.attempt(&sent.attempt, at).await.expect("answers").expect("there");
        assert_eq!(shown.next, NextStep::Fact { tries_left: 3, member_number: true });
        let fact = async |typed: &str| world.accounts.enter_fact(&sent.attempt, typed, &browser, at).await;
        assert_eq!(fact("41010526").await, Err(NotEntered::Wrong { tries_left: 2 }));
        assert_eq!(fact("41").await, Err(NotEntered::Wrong { tries_left: 2 }), "mistyped, and no guess");
        let signed_in = fact("4101 0526 0000 0417").await.expect("opened");
        let actor = world.accounts.actor(Some(&signed_in.session), at).await.expect("answers");
        assert_eq!(actor.subject(), Some(who.subject));
    })
    .await;
}
