//! Members whom an organisation came with: whatever its list says of their number, the membership ends with them.

use crate::{
    databases::on_each_engine,
    world::{JINSHUI, NOW, Somebody, World, id_number, union},
};
use domain::{
    account::{IdType, Reach},
    membership::{ApplicationKind, MembershipState, Screen},
    policy::Role,
    ports::{
        Accounts as _, Approved, Browser, CodeFor, Deciding as _, Entered, Joining as _, Memberships as _, NotDecided,
        NotSubmitted, Sender, TypedIdentity, TypedScreen,
    },
};
use server::{
    services::{
        deciding::DecidingService,
        import::Report,
        lists::import::{Imported, Wish, import_members},
        membership::MembershipService,
    },
    store::Store,
};
use std::fs;

const NAME: &str = "张小明";
/// The neighbour of 金水区.
const ERQI: u32 = 410_103;
const CITY: u32 = 410_100;

/// A list of one: the document of that number, and a mobile where there is one.
async fn listed(world: &World, adcode: u32, which: u32, mobile: &str) -> (Imported, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, rejects) = (folder.path().join("会员.csv"), folder.path().join("退回.csv"));
    fs::write(&file, format!("姓名,证件号码,手机号\n{NAME},{},{mobile}\n", id_number(which))).expect("written");
    let mut report = Report::new(Some(rejects.clone()));
    let wish = Wish { file: &file, organisation: union(adcode), dry_run: false };
    let imported = import_members(&world.people, &wish, &mut report, &|_| {}, NOW).await;
    report.finish().expect("written");
    (imported.unwrap_or_else(|why| panic!("{why}")), fs::read_to_string(&rejects).unwrap_or_default())
}

/// Of what somebody is a member, as 我的会籍 says.
async fn union_of(world: &World, who: &Somebody) -> Option<String> {
    let members = MembershipService::new(world.people.clone());
    members.mine(&who.actor, NOW).await.expect("reads").map(|one| one.organisation)
}

async fn tells(world: &World, who: &Somebody, which: u32) {
    let typed = TypedIdentity {
        name: NAME.into(),
        id_type: IdType::Resident.code().into(),
        number: id_number(which),
        consents: true,
        last4: String::new(),
    };
    world.accounts.save_identity(&who.actor, &typed, NOW).await.expect("kept");
}

/// Accounts that nobody can sign in to.
async fn shells(store: &Store, adcode: u32) -> usize {
    let rows = store.members_after(union(adcode), MembershipState::Active, None, 100).await.expect("reads");
    rows.iter().filter(|row| row.mobile.is_none()).count()
}

#[tokio::test]
async fn the_number_of_the_list_and_the_last_four_open_the_membership() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let (imported, _) = listed(&world, JINSHUI, 1, "13900000001").await;
        assert_eq!((imported.new, imported.without_mobile), (1, 0));
        let browser = Browser {
            sender: Sender { device: "f".repeat(32), network: "10.9.9.0/24".to_owned() },
            phone: "安卓手机".to_owned(),
            session: None,
        };
        let sent = world.accounts.send_code("13900000001", CodeFor::SignIn, &browser, NOW).await.expect("sent");
        let code = world.people.sms.last_code("13900000001").expect("a code");
        let entered = world.accounts.enter_code(&sent.attempt, &code, &browser, NOW).await.expect("answers");
        assert_eq!(entered, Entered::FactNeeded, "a number may have been resold since the list was written");
        let last4 = id_number(1)[14..].to_owned();
        let signed_in = world.accounts.enter_fact(&sent.attempt, &last4, &browser, NOW).await.expect("opened");
        let actor = world.accounts.actor(Some(&signed_in.session), NOW).await.expect("answers");
        let who = Somebody { subject: actor.subject().expect("somebody"), actor, mobile: String::new() };
        assert_eq!(union_of(&world, &who).await.as_deref(), Some("金水区总工会"));
    })
    .await;
}

#[tokio::test]
async fn who_had_an_account_before_the_list_is_a_member_once_they_say_who_they_are() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let who = world.person(1).await;
        let (imported, report) = listed(&world, JINSHUI, 1, &who.mobile).await;
        assert_eq!((imported.new, imported.without_mobile), (1, 1));
        assert!(report.contains("还没填实名"), "{report}");
        assert_eq!(union_of(&world, &who).await, None, "a number may be resold: it alone says nothing");
        assert_eq!(world.inbox(&who).await, ["你可能已经是会员了"]);
        let (again, _) = listed(&world, JINSHUI, 1, &who.mobile).await;
        assert_eq!((again.new, again.unchanged), (0, 1));
        assert_eq!(shells(store, JINSHUI).await, 1);
        tells(&world, &who, 1).await;
        assert_eq!(union_of(&world, &who).await.as_deref(), Some("金水区总工会"));
        assert_eq!(world.inbox(&who).await[0], "你是金水区总工会的会员");
        assert_eq!(shells(store, JINSHUI).await, 0, "the account that nobody had is gone");
        let row = store.membership_of(who.subject).await.expect("reads").expect("a member");
        let events = store.membership_events(row.id).await.expect("reads");
        assert_eq!(events.iter().map(|event| event.kind.code()).collect::<Vec<_>>(), ["imported", "claimed"]);
    })
    .await;
}

#[tokio::test]
async fn who_joins_or_transfers_is_found_on_the_list() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        world.opened(union(JINSHUI), NOW).await;
        world.opened(union(CITY), NOW).await;
        let (joins, goes) = (world.person(1).await, world.person(2).await);
        listed(&world, CITY, 1, &joins.mobile).await;
        listed(&world, CITY, 2, &goes.mobile).await;
        world.fill_in(&joins, NAME, &id_number(1)).await;
        let told = world.submit(&joins, NOW).await;
        assert_eq!(told, Err(NotSubmitted::Member { organisation: "郑州市总工会".to_owned() }));
        assert_eq!(union_of(&world, &joins).await.as_deref(), Some("郑州市总工会"), "and it is theirs from now on");

        world.fill_in(&goes, NAME, &id_number(2)).await;
        let kind = TypedScreen { kind: ApplicationKind::Transfer.code().into(), ..TypedScreen::default() };
        world.save(&goes, Screen::Kind, kind).await.expect("kept");
        world.submit(&goes, NOW).await.expect("sent");
        let row = store.membership_of(goes.subject).await.expect("reads").expect("a member");
        assert_eq!(row.state, MembershipState::Transferring, "both sides decide it");
    })
    .await;
}

#[tokio::test]
async fn a_document_with_another_mobile_takes_nobodys_membership() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        let (holder, other) = (world.person(1).await, world.person(2).await);
        listed(&world, JINSHUI, 1, &holder.mobile).await;
        tells(&world, &other, 1).await;
        assert_eq!(union_of(&world, &other).await, None);
    })
    .await;
}

#[tokio::test]
async fn where_the_list_has_no_mobile_an_officer_who_reaches_it_says_whose_it_is() {
    on_each_engine(async |store| {
        let world = World::new(store).await;
        for adcode in [JINSHUI, ERQI, CITY] {
            world.opened(union(adcode), NOW).await;
        }
        let who = world.person(1).await;
        listed(&world, ERQI, 1, "").await;
        world.fill_in(&who, NAME, &id_number(1)).await;
        let sent = world.submit(&who, NOW).await.expect("the form alone proves nothing: it is sent");
        let desk = DecidingService::new(world.people.clone());
        let approve = async |adcode: u32| {
            let officer = world.with_role(Role::Officer, Reach::Tree(union(adcode))).await;
            let version = desk.application(&officer.actor, &sent.id, NOW).await.expect("reads").version;
            desk.approve(&officer.actor, &sent.id, version, NOW).await
        };
        // To approve it as merged would send the person to a number that the list does not have.
        let told = approve(JINSHUI).await;
        assert!(matches!(&told, Err(NotDecided::Wrong(_, why)) if why.contains("转给上级工会")), "{told:?}");
        assert_eq!(union_of(&world, &who).await, None);
        assert_eq!(approve(CITY).await, Ok(Approved::Merged));
        assert_eq!(union_of(&world, &who).await.as_deref(), Some("二七区总工会"));
        let mine = world.joining.application(&who.actor, &sent.id, NOW).await.unwrap_or_else(|why| panic!("{why:?}"));
        assert!(mine.reason.is_none_or(|why| !why.contains("入会时的手机号")));
    })
    .await;
}
