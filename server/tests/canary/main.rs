//! A thousand people with names, numbers and phones that nobody else has go through everything; then whatever the
//! program has written is searched for them: the database and its write-ahead log, the keys, a backup, the log at its
//! most talkative, the metrics.

mod forms;
mod journey;
mod office;
mod person;
mod records;
#[path = "../pages/world.rs"]
#[expect(dead_code, reason = "the world of other tests, of which this one needs a part")]
mod world;

use forms::{FORMS, Net, written};
use journey::go_through_everything;
use office::Office;
use person::Person;
use std::fs;
use world::World;

/// How many people, unless `CANARY_PEOPLE` says otherwise.
const PEOPLE: u32 = 1000;

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_is_written_says_who_anybody_is() {
    let records = records::start();
    let world = World::new(false).await.expect("the pack ships");
    let people: u32 = std::env::var("CANARY_PEOPLE").ok().and_then(|text| text.parse().ok()).unwrap_or(PEOPLE);
    let people: Vec<Person> = (0..people).map(Person::new).collect();
    let office = Office::open(&world).await;
    for person in &people {
        go_through_everything(&world, &office, person).await;
    }
    // As an operator makes a backup, while everything is open: the write-ahead log is there as well.
    let backup = world.folder().join("backup.db");
    sqlite(&world, &format!("VACUUM INTO '{}'", backup.display())).await;

    let canaries: Vec<String> = people.iter().flat_map(Person::canaries).collect();
    let net = Net::new(&canaries);
    let mut searched = 0;
    let mut hits = Vec::new();
    for file in records::files(world.folder()) {
        let bytes = fs::read(&file).unwrap_or_default();
        searched += bytes.len();
        hits.extend(net.find(&bytes).into_iter().map(|hit| format!("{}: {hit:?}", file.display())));
    }
    for (name, bytes) in [("log", records.log()), ("metrics", records.metrics())] {
        assert!(!bytes.is_empty(), "nothing was recorded in the {name}, so nothing was searched");
        searched += bytes.len();
        for hit in net.find(&bytes) {
            let form = written(&hit.text, hit.form);
            let at = bytes.windows(form.len()).position(|window| window == form).unwrap_or_default();
            let around = &bytes[at.saturating_sub(400)..(at + 100).min(bytes.len())];
            hits.push(format!("{name}: {hit:?} in {}", String::from_utf8_lossy(around)));
        }
    }
    eprintln!("{} canaries in {} forms, {searched} bytes searched", canaries.len(), FORMS.len());
    hits.truncate(20);
    assert!(hits.is_empty(), "{hits:#?}");
    assert!(
        records::files(world.folder()).iter().any(|file| file.to_string_lossy().ends_with("-wal")),
        "the write-ahead log was there to be searched"
    );
}

/// A planted canary is found where the real search looks, in each form.
#[tokio::test(flavor = "multi_thread")]
async fn a_canary_planted_in_the_database_is_found_in_each_form() {
    let world = World::new(false).await.expect("the pack ships");
    // Nobody of the other test, whose log hears of this one.
    let planted = Person::new(3000);
    let texts = planted.canaries();
    for (at, form) in FORMS.iter().enumerate() {
        let hex = data_encoding::HEXLOWER.encode(&written(&texts[0], *form));
        let sql = format!(
            "INSERT INTO station_source (name, licence, attribution, as_of, imported_at) \
             VALUES ('planted {at}', CAST(x'{hex}' AS TEXT), NULL, NULL, 0)"
        );
        sqlite(&world, &sql).await;
    }
    let net = Net::new(&texts);
    let mut found: Vec<forms::Form> = Vec::new();
    for file in records::files(world.folder()) {
        found.extend(net.find(&fs::read(&file).unwrap_or_default()).into_iter().map(|hit| hit.form));
    }
    for form in FORMS {
        assert!(found.contains(&form), "{form:?}");
    }
}

async fn sqlite(world: &World, sql: &str) {
    use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, sqlite::SqliteConnectOptions};
    let options = SqliteConnectOptions::new().filename(world.folder().join("test.db"));
    let mut connection = options.connect().await.expect("opens");
    sqlx::query(AssertSqlSafe(sql.to_owned())).execute(&mut connection).await.expect("runs");
    connection.close().await.expect("closes");
}
