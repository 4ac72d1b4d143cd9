//! An organisation's own list as a file, and the numbers that come back.

use crate::{
    databases::on_each_engine,
    made::{document, import},
    world::{MINUTE, NOW, World, union},
};
use domain::{
    account::Strength,
    policy::{Action, Refused},
    ports::{Lists as _, TypedExport},
};
use server::{
    services::{
        import::Report,
        lists::{ListService, import::import_numbers},
    },
    store::Store,
};
use std::{fmt::Write as _, fs};

async fn whole(lists: &ListService, who: &domain::account::Actor, id: &str, typed: &TypedExport) -> String {
    let mut pieces = lists.export(who, id, typed, NOW).await.unwrap_or_else(|why| panic!("{why:?}"));
    let mut text = String::new();
    while let Some(piece) = pieces.next().await {
        text += &piece.expect("a piece");
    }
    text
}

#[tokio::test]
async fn a_list_leaves_whole_with_a_reason_after_a_proof_and_is_written_down() {
    on_each_engine(async |store: &Store| {
        let world = World::new(store).await;
        let mut text = "姓名,证件号码,手机号\n".to_owned();
        for number in 0..450 {
            let _ = writeln!(text, "张小明,{},{}", document(number), 13_900_000_000_u64 + u64::from(number));
        }
        import(&world, 410_105, text.as_bytes(), false).await;
        let lists = ListService::new(world.people.clone());
        let id = union(410_105).to_string();
        let officer = world.officer(410_105).await;
        let typed = TypedExport { template: "generic".to_owned(), reason: "报送省系统".to_owned() };
        let file = whole(&lists, &officer.actor, &id, &typed).await;
        let lines: Vec<&str> = file.lines().collect();
        assert!(file.starts_with("\u{feff}\"会员编号\",\"省系统编号\",\"姓名\""), "{}", lines[0]);
        assert_eq!(lines.len(), 451);
        assert!(lines[1..].iter().all(|line| line.contains("\"张小明\"") && line.contains("\"居民身份证\"")));
        assert!(file.contains(&format!("\"{}\"", document(7))) && file.contains("\"13900000007\""));
        let audited = world.audited(Action::ExportMembers).await;
        assert!(
            audited
                .iter()
                .any(|(object, reason)| *object == format!("organisation {id}") && reason.contains("报送省系统"))
        );
        // The province's own table: what was never asked is blank.
        let example = TypedExport { template: "province-example".to_owned(), ..typed.clone() };
        let file = whole(&lists, &officer.actor, &id, &example).await;
        assert!(
            file.lines().nth(1).is_some_and(|line| line.contains("\"张小明\",\"") && line.contains("\"\",\"1990-01-"))
        );
        // Wrong words, an old proof, a stranger.
        let wrong = TypedExport { template: "x".to_owned(), reason: String::new() };
        let Err(not) = lists.export(&officer.actor, &id, &wrong, NOW).await else { panic!("not refused") };
        assert_eq!(not.wrong.len(), 2);
        let old = world.sign_in(officer.subject, Strength::Passkey, NOW - MINUTE * 30).await;
        let Err(not) = lists.export(&old.actor, &id, &typed, NOW).await else { panic!("not refused") };
        assert_eq!(not.refused, Some(Refused::ProveAgain));
        assert_eq!(lists.export_form(&old.actor, &id, NOW).await.err(), Some(Refused::ProveAgain));
        let stranger = world.officer(410_103).await;
        let Err(not) = lists.export(&stranger.actor, &id, &typed, NOW).await else { panic!("not refused") };
        assert_eq!(not.refused, Some(Refused::NotFound));
    })
    .await;
}

#[tokio::test]
async fn numbers_that_come_back_are_kept_once() {
    on_each_engine(async |store: &Store| {
        let world = World::new(store).await;
        let text = format!("姓名,证件号码\n张小明,{}\n李小红,{}\n", document(1), document(2));
        import(&world, 410_105, text.as_bytes(), false).await;
        let rows = store
            .members_after(union(410_105), domain::membership::MembershipState::Active, None, 10)
            .await
            .expect("reads");
        let folder = tempfile::tempdir().expect("a folder");
        let (file, rejects) = (folder.path().join("回.csv"), folder.path().join("退回.csv"));
        let text = format!("本地会员编号,省系统编号\n{},HN-1\n{},\n999,HN-3\n", rows[0].number, rows[1].number);
        fs::write(&file, text).expect("written");
        for (new, unchanged) in [(1, 0), (0, 1)] {
            let mut report = Report::new(Some(rejects.clone()));
            let done = import_numbers(&world.people, union(410_105), &file, &mut report, NOW).await;
            let done = done.unwrap_or_else(|why| panic!("{why}"));
            report.finish().expect("written");
            assert_eq!((done.rows, done.new, done.unchanged, done.refused), (3, new, unchanged, 2));
        }
    })
    .await;
}
