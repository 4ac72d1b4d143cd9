//! An application of a member: it asks for the transfer, and ends with it.

use crate::{
    databases::on_each_engine,
    world::{DAY, JINSHUI, NOW, Somebody, World, id_number, union},
};
use domain::{
    account::MembershipId,
    membership::{ApplicationKind, ApplicationState, MembershipState, Screen},
    ports::{Joining as _, Memberships as _, TypedScreen},
    time::Millis,
};
use server::{
    services::membership::{MembershipService, pass},
    store::{MembershipRow, PersonHashes},
};
use uuid::Uuid;

/// The union of the city: where the member is.
const CITY: u32 = 410_100;

async fn member(world: &World) -> (Somebody, MembershipId) {
    world.opened(union(JINSHUI), NOW).await;
    world.opened(union(CITY), NOW).await;
    let who = world.person(1).await;
    let id = MembershipId(Uuid::now_v7().into_bytes());
    let row = MembershipRow {
        id,
        subject: Some(who.subject),
        organisation: union(CITY),
        number: "1".into(),
        external_number: None,
        state: MembershipState::Active,
        occupation: None,
        enterprise: None,
        adcode: None,
        authority: "测试工会".into(),
        entered_by: None,
        application: None,
        source: "import".into(),
        joined_at: NOW,
        valid_until: NOW + 365 * DAY,
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
    (who, id)
}

async fn send(world: &World, who: &Somebody) -> String {
    world.fill_in(who, "张小明", &id_number(1)).await;
    let kind = TypedScreen { kind: ApplicationKind::Transfer.code().into(), ..TypedScreen::default() };
    world.save(who, Screen::Kind, kind).await.expect("kept");
    world.submit(who, NOW).await.expect("sent").id
}

async fn state_of(world: &World, who: &Somebody, id: &str, now: Millis) -> ApplicationState {
    world.joining.application(&who.actor, id, now).await.expect("their own").row.state
}

#[tokio::test]
async fn an_application_to_transfer_ends_as_the_transfer_does() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let (who, id) = member(&world).await;
        let now_is = async || store.membership(id).await.expect("reads").expect("there");
        let sent = send(&world, &who).await;
        assert_eq!(now_is().await.state, MembershipState::Transferring);
        world.joining.withdraw(&who.actor, &sent, NOW).await.expect("taken back");
        world.joining.withdraw(&who.actor, &sent, NOW).await.expect("twice is once");
        assert_eq!(state_of(&world, &who, &sent, NOW).await, ApplicationState::Withdrawn);
        assert_eq!(now_is().await.state, MembershipState::Active);

        // Taken back from the other end.
        let sent = send(&world, &who).await;
        let members = MembershipService::new(world.people.clone());
        members.withdraw_transfer(&who.actor, NOW).await.expect("taken back");
        assert_eq!(state_of(&world, &who, &sent, NOW).await, ApplicationState::Withdrawn);

        // Nobody answers.
        let sent = send(&world, &who).await;
        for day in [7, 14, 21] {
            pass(&world.people, NOW + day * DAY).await.expect("looks");
        }
        assert_eq!(state_of(&world, &who, &sent, NOW + 21 * DAY).await, ApplicationState::Approved);
        let moved = now_is().await;
        assert_eq!((moved.state, moved.organisation), (MembershipState::Active, union(JINSHUI)));
    })
    .await;
}
