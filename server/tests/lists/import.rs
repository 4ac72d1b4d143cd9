//! Members whom an organisation has already.

use crate::{
    databases::{on_each_engine, on_sqlite},
    made::{document, import},
    world::{NOW, World, union},
};
use domain::{
    account::{MembershipId, Mobile, SubjectId},
    membership::{MemberNumber, MembershipState},
    ports::{Lists as _, MembersPage},
    time::LocalTime,
};
use server::{
    services::lists::{ListService, import::Imported},
    store::Store,
    vault::{Lookup, Owner, Place},
};
use std::fmt::Write as _;
use uuid::Uuid;

async fn members(store: &Store, adcode: u32) -> Vec<server::store::ListedMember> {
    store.members_after(union(adcode), MembershipState::Active, None, 1_000).await.expect("reads")
}

fn file() -> String {
    let row = |number: u32, mobile: &str, external: &str| {
        format!("会员甲,{},{mobile},2020-05-01,{external}\n", document(number))
    };
    let mut text = "姓名,身份证号,手机号,入会时间,会员证号\n".to_owned();
    text += &row(1, "13800000001", "A-1");
    text += &row(2, "", "");
    text += &row(3, "13800000003", "A-3");
    // The same document once more, the same number for somebody else, and rows that are wrong.
    text += &row(1, "13800000009", "A-9");
    text += &row(4, "13800000003", "");
    text += "会员乙,410105199001011234,13800000005,2020-05-01,\n";
    let _ = writeln!(text, ",{},99887,2030-01-01,?", document(6));
    text
}

#[tokio::test]
async fn a_list_is_taken_row_by_row_and_a_second_time_changes_nothing() {
    on_each_engine(async |store: &Store| {
        let world = World::new(store).await;
        let (looked, _) = import(&world, 410_105, file().as_bytes(), true).await;
        assert_eq!((looked.new, looked.refused), (4, 3));
        assert!(members(store, 410_105).await.is_empty(), "looking writes nothing");
        let (first, rejects) = import(&world, 410_105, file().as_bytes(), false).await;
        let expected = Imported { rows: 7, new: 4, refused: 3, without_mobile: 1, ..Imported::default() };
        assert_eq!(first, expected);
        assert!(rejects.contains("5,退回,证件号码,和第 2 行是同一个证件"), "{rejects}");
        assert!(rejects.contains("6,提醒,手机号") && rejects.contains("7,退回,证件号码"), "{rejects}");
        for column in ["姓名", "手机号", "入会日期", "省系统编号"] {
            assert!(rejects.contains(&format!("8,退回,{column}")), "{column} {rejects}");
        }
        for secret in ["13800000003", "99887", "410105199001011234", &document(1)] {
            assert!(!rejects.contains(secret), "no person's cell is repeated: {secret}");
        }
        let rows = members(store, 410_105).await;
        assert_eq!(rows.iter().filter(|row| row.mobile.is_some()).count(), 2);
        for row in &rows {
            let id = MembershipId(row.id.into_bytes());
            let row = store.membership(id).await.expect("reads").expect("there");
            assert!(MemberNumber::parse(&row.number).is_some_and(|number| number.as_str().starts_with("41010526")));
            let until = LocalTime::of(row.valid_until).date();
            assert_eq!((until.year, until.month, until.day), (2028, 12, 31), "as that of an approved member");
        }
        let row = rows.iter().find(|row| row.external_number.as_deref() == Some("A-1")).expect("taken");
        let subject = row.subject.expect("an account").into_bytes();
        let place = Place { table: "subject", column: "id_number", row: subject };
        let sealed = row.id_number.as_deref().expect("sealed");
        let opened = world.people.vault.open(Owner::Subject(SubjectId(subject)), place, sealed).await.expect("opens");
        assert_eq!(opened.reveal(), document(1));
        // Again: nothing. The numbers of the province alone are news.
        let (again, _) = import(&world, 410_105, file().as_bytes(), false).await;
        assert_eq!((again.new, again.updated, again.unchanged, again.refused), (0, 0, 4, 3));
        let (news, _) = import(&world, 410_105, file().replace("A-3", "A-33").as_bytes(), false).await;
        assert_eq!((news.new, news.updated, news.unchanged), (0, 1, 3));
        // A year later they are on the list still: their cards count longer.
        let id = MembershipId(rows[0].id.into_bytes());
        let mut edit = store.edit().await.expect("begins");
        let mut old = edit.membership(id).await.expect("reads").expect("there");
        old.valid_until = NOW - 1;
        assert!(edit.save_membership(&old, NOW).await.expect("writes"));
        edit.finish().await.expect("lasts");
        let (longer, _) = import(&world, 410_105, file().replace("A-3", "A-33").as_bytes(), false).await;
        assert_eq!((longer.new, longer.updated, longer.unchanged), (0, 1, 3));
        assert!(store.membership(id).await.expect("reads").is_some_and(|row| row.valid_until > NOW));
        // Another organisation's list does not take them over, and does not say whose they are.
        let (other, rejects) = import(&world, 410_103, file().as_bytes(), false).await;
        assert_eq!((other.new, other.refused), (0, 7));
        assert!(rejects.contains("已经是别的组织的会员") && !rejects.contains("金水"), "{rejects}");
    })
    .await;
}

#[tokio::test]
async fn a_list_of_an_office_in_gb18030_and_of_an_account_that_is_there() {
    on_each_engine(async |store: &Store| {
        let world = World::new(store).await;
        // Somebody with an account: the same document and number are linked, another document is not.
        let vault = &world.people.vault;
        let account = async |mobile: &str, number: u32| {
            let subject = SubjectId(Uuid::now_v7().into_bytes());
            let mobile = Mobile::parse(mobile).expect("a number");
            let hash = vault.hash(Lookup::Mobile, mobile.as_str());
            let id_hash = vault.hash(Lookup::IdNumber, &format!("resident:{}", document(number)));
            let mut edit = store.edit().await.expect("begins");
            assert!(edit.put_subject(subject, &hash, b"sealed", NOW).await.expect("writes"));
            let identity = server::store::SealedIdentity {
                name: b"sealed",
                id_type: domain::account::IdType::Resident,
                id_number: b"sealed",
                id_hash: &id_hash,
                id_check: "form",
                person_hash: None,
            };
            edit.put_identity(subject, &identity).await.expect("writes");
            edit.finish().await.expect("lasts");
            subject
        };
        let same = account("13800000011", 11).await;
        let other = account("13800000012", 99).await;
        let text = format!(
            "姓名,证件类型,证件号码,手机\n会员甲,居民身份证,{},13800000011\n会员乙,身份证,{},13800000012\n",
            document(11),
            document(12)
        );
        let (gb, ..) = encoding_rs::GB18030.encode(&text);
        let (imported, _) = import(&world, 410_105, &gb, false).await;
        let expected = Imported { rows: 2, new: 2, linked: 1, without_mobile: 1, ..Imported::default() };
        assert_eq!(imported, expected);
        let subjects: Vec<Uuid> = members(store, 410_105).await.iter().filter_map(|row| row.subject).collect();
        assert!(subjects.contains(&Uuid::from_bytes(same.0)) && !subjects.contains(&Uuid::from_bytes(other.0)));
    })
    .await;
}

#[tokio::test]
async fn a_list_is_shown_masked_fifty_at_a_time_to_officers_of_the_organisation_alone() {
    on_sqlite(&async |store: &Store| {
        let world = World::new(store).await;
        let mut text = "姓名,证件号码,手机号\n".to_owned();
        for number in 0..60 {
            let _ = writeln!(text, "张小明,{},139000000{number:02}", document(100 + number));
        }
        import(&world, 410_105, text.as_bytes(), false).await;
        let lists = ListService::new(world.people.clone());
        let id = union(410_105).to_string();
        let officer = world.officer(410_100).await;
        let first = lists.members(&officer.actor, &id, None, None).await.expect("reads");
        assert_eq!(first.rows.len(), 50);
        assert!(first.rows.iter().all(|row| row.name.as_deref() == Some("张*明")), "{:?}", first.rows[0]);
        assert!(first.rows.iter().all(|row| row.mobile.as_deref().is_some_and(|mobile| mobile.contains("****"))));
        let rest = lists.members(&officer.actor, &id, None, first.next.as_deref()).await.expect("reads");
        assert_eq!((rest.rows.len(), rest.next), (10, None));
        let MembersPage { rows, .. } = lists.members(&officer.actor, &id, Some("resigned"), None).await.expect("reads");
        assert!(rows.is_empty());
        for stranger in [world.officer(410_103).await, world.administrator().await] {
            assert!(lists.members(&stranger.actor, &id, None, None).await.is_err());
        }
    })
    .await;
}
