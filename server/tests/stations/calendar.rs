//! Notices that an administrator imports.

use crate::databases::on_each_engine;
use domain::{
    calendar::{Calendar, DayKind, Holiday},
    time::Date,
};
use server::{
    calendar::{self, Asked, Imported},
    store::Store,
};

/// 2026-11-23 10:00 in Shanghai.
const NOW: i64 = 1_795_399_200_000;
const OF_2027: &str = "date,ruling,holiday\n2026-12-31,放假,元旦\n2027-01-01,放假,元旦\n2027-10-09,上班,国庆\n";

fn asked(year: i64) -> Asked {
    Asked { year, number: "测试〔2026〕1号".into(), published: None, source: "测试.csv".into(), dry_run: false }
}

async fn import(store: &Store, file: &str, asked: Asked) -> Result<Imported, String> {
    calendar::import(store, file.as_bytes(), asked, NOW).await.map_err(|error| error.to_string())
}

async fn revision(store: &Store) -> u64 {
    store.revisions().await.expect("answers").1
}

async fn loaded(store: &Store) -> Calendar {
    calendar::load(store).await.expect("loads").0
}

fn kind(calendar: &Calendar, date: &str) -> DayKind {
    calendar.kind_of(Date::parse(date).and_then(Date::to_day).expect("a date"))
}

#[tokio::test]
async fn without_an_import_the_calendar_is_the_one_that_ships() {
    on_each_engine(async |store| {
        assert_eq!(loaded(store).await, calendar::shipped());
        assert_eq!(store.revisions().await.expect("answers"), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn an_imported_notice_rules_and_the_same_file_again_changes_nothing() {
    on_each_engine(async |store| {
        let imported = import(store, OF_2027, asked(2027)).await.expect("imported");
        assert!(imported.written && !imported.over_shipped);
        let calendar = loaded(store).await;
        assert_eq!(kind(&calendar, "2026-12-31"), DayKind::Off(Holiday::NewYear));
        assert_eq!(kind(&calendar, "2027-10-09"), DayKind::MakeUp(Holiday::NationalDay));
        assert_eq!(kind(&calendar, "2027-10-01"), DayKind::Ordinary, "the file does not speak of it");
        assert_eq!(kind(&calendar, "2026-10-01"), DayKind::Off(Holiday::NationalDay), "2026 still ships");
        let notice = calendar.notices().find(|notice| notice.year == 2027).expect("is there");
        assert_eq!((&*notice.number, &*notice.source), ("测试〔2026〕1号", "测试.csv"));

        assert!(!import(store, OF_2027, asked(2027)).await.expect("imported").written);
        assert_eq!(revision(store).await, 1);
        // Another number is another notice.
        let corrected =
            Asked { number: "测试〔2026〕2号".into(), published: Date::parse("2026-11-05"), ..asked(2027) };
        assert!(import(store, OF_2027, corrected).await.expect("imported").written);
        assert_eq!(revision(store).await, 2);
    })
    .await;
}

#[tokio::test]
async fn an_import_replaces_its_year_and_no_other() {
    on_each_engine(async |store| {
        import(store, OF_2027, asked(2027)).await.expect("imported");
        let of_2026 = "date,ruling,holiday\n2026-05-01,off,labour_day\n";
        let imported = import(store, of_2026, asked(2026)).await.expect("imported");
        assert!(imported.over_shipped);
        let shorter = "date,ruling,holiday\n2027-01-01,off,new_year\n";
        import(store, shorter, asked(2027)).await.expect("imported");

        let calendar = loaded(store).await;
        assert_eq!(kind(&calendar, "2026-10-01"), DayKind::Ordinary, "what shipped for 2026 is gone");
        assert_eq!(kind(&calendar, "2026-05-01"), DayKind::Off(Holiday::LabourDay));
        assert_eq!(kind(&calendar, "2026-12-31"), DayKind::Ordinary, "the new notice of 2027 does not speak of it");
        assert_eq!(calendar.ruled_by(2027).count(), 1);
        assert_eq!(kind(&calendar, "2025-10-01"), DayKind::Off(Holiday::NationalDay));
        assert_eq!(revision(store).await, 3);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_imported_is_refused_and_nothing_is_written() {
    on_each_engine(async |store| {
        import(store, OF_2027, asked(2027)).await.expect("imported");
        let before = store.imported_notices().await.expect("answers");
        let bad = "date,ruling,holiday\n2027-05-01,off,labour_day\n2027-10-08,make_up,national_day\n";
        let tomorrow = Date::parse("2026-11-24");
        for (file, asked, says) in [
            (bad, asked(2027), "第 3 行：2027-10-08 是周一到周五"),
            (OF_2027, asked(2028), "不在 2028 年里"),
            (OF_2027, asked(1999), "年份从 2000 到 2200"),
            (OF_2027, asked(i64::MAX), "年份从 2000 到 2200"),
            (OF_2027, Asked { number: " \u{0}".into(), ..asked(2027) }, "文号"),
            (OF_2027, Asked { number: "号".repeat(101), ..asked(2027) }, "文号"),
            (OF_2027, Asked { published: tomorrow, ..asked(2027) }, "2026-11-24 还没有到"),
        ] {
            let told = import(store, file, asked).await.expect_err(says);
            assert!(told.contains(says), "{says} in {told}");
        }
        let trial = Asked { dry_run: true, number: "别的".into(), ..asked(2027) };
        assert!(!import(store, OF_2027, trial).await.expect("checked").written);
        assert_eq!(store.imported_notices().await.expect("answers"), before);
        // A name that no database keeps is kept as far as it can be.
        let odd = Asked { source: "\u{0}\u{1f}".into(), ..asked(2027) };
        let imported = import(store, OF_2027, odd).await.expect("imported");
        assert_eq!(&*imported.notice.notice.source, "import");
    })
    .await;
}

#[tokio::test]
async fn imports_at_once_take_turns() {
    on_each_engine(async |store| {
        let turns: Vec<_> = (2027..2033)
            .map(|year| {
                let store = store.clone();
                let file = format!("date,ruling,holiday\n{year}-10-01,off,national_day\n");
                tokio::spawn(async move { import(&store, &file, asked(year)).await })
            })
            .collect();
        for turn in turns {
            assert!(turn.await.expect("runs").expect("imported").written);
        }
        let (notices, revision) = store.imported_notices().await.expect("answers");
        assert_eq!((notices.len(), revision), (6, 6));
    })
    .await;
}
