//! What workers say at a door, on both engines: one voice changes nothing, several that have nothing to do
//! with each other do, everywhere and at once.

use crate::databases::on_each_engine;
use domain::{
    geo::{Cell, Point},
    ports::{Heard, NotHeard, Proposal, Reports as _, Sender, StationLookup, Stations as _, Tap},
    station::{
        Amenity, AmenitySet, Code, Confirmation, HolidayPolicy, Hours, Kind, Near, Offer, OpenState, Said, Source,
        Station, Wanted, Why, Witness,
    },
    time::{DAY_MS, Millis},
};
use server::{
    finder::{Finder, catch_up, load},
    services::{
        import::code_of,
        reports::{DoorReports, Secret, count_again},
    },
    store::{Incoming, Store, content_hash},
};
use std::sync::Arc;

/// Monday 2026-11-23, 10:00 in Shanghai.
const NOW: Millis = 1_795_399_200_000;
const MINUTE: Millis = 60_000;
const HOUR: Millis = 60 * MINUTE;

/// Open from 8 to 22, with hot water.
fn station(id: &str) -> Station {
    let source = Source { name: "test".into(), licence: None, attribution: None };
    let point = Point::from_degrees(34.749, 113.658).expect("in range");
    let there = Offer { present: Some(true), ..Offer::default() };
    Station {
        hours: Hours::read("08:00-22:00").with_policy(HolidayPolicy::AsWeekday),
        amenities: std::iter::once((Amenity::HotWater, there)).collect(),
        updated_at: NOW,
        ..Station::new(code_of("test", id), Kind::UnionStation, "德化街驿站", point, source.into(), id)
    }
}

async fn put(store: &Store, station: Station) {
    let mut write = store.write().await.expect("begins");
    write.put_source(&station.source, None, NOW).await.expect("writes");
    let content = content_hash(&station);
    write.put_stations(&[Incoming { station, content }], NOW).await.expect("writes");
    write.finish().await.expect("ends");
}

/// One running program on a store.
struct Program {
    store: Store,
    finder: Arc<Finder>,
    reports: DoorReports,
}

impl Program {
    async fn start(store: &Store, secret: &Secret) -> Self {
        let finder = Arc::new(Finder::empty());
        load(store, &finder).await.expect("loads");
        let reports = DoorReports::new(store.clone(), Arc::clone(&finder), secret.clone());
        Self { store: store.clone(), finder, reports }
    }

    /// On a store with one station.
    async fn with(store: &Store, station: Station) -> Self {
        put(store, station).await;
        Self::start(store, &Secret::random()).await
    }

    async fn catch_up(&self) {
        catch_up(&self.store, &self.finder).await.expect("reads");
    }

    async fn say(&self, said: Said, sender: &Sender, now: Millis) -> Result<Heard, NotHeard> {
        let amenity = matches!(said, Said::AmenityGone | Said::AmenityBack).then_some(Amenity::HotWater);
        self.reports.say(Tap { station: code(), said, amenity, near: Near::Checked }, sender, now).await
    }

    /// Three workers of three networks, a minute apart.
    async fn three_say(&self, said: Said, now: Millis) {
        for (number, at) in (1..=3).zip([now, now + MINUTE, now + 2 * MINUTE]) {
            assert_eq!(self.say(said, &worker(number), at).await, Ok(Heard::Registered));
        }
    }

    fn station(&self) -> Arc<Station> {
        match self.finder.by_code(code()) {
            StationLookup::Here(station) => station,
            other => panic!("{other:?}"),
        }
    }

    fn state(&self, now: Millis) -> OpenState {
        self.station().open_state(&self.finder.calendar(), now)
    }

    fn doubts(&self, now: Millis) -> bool {
        matches!(self.state(now), OpenState::Unknown { why: Why::Reported, .. })
    }

    /// Everything that anybody sees.
    fn shown(&self, now: Millis) -> (OpenState, Option<Box<domain::station::Voices>>, u64) {
        (self.state(now), self.station().voices.clone(), self.finder.revision())
    }

    /// How many taps are kept.
    async fn taps(&self) -> usize {
        let mut write = self.store.write().await.expect("begins");
        write.reports_of(code(), 0).await.expect("reads").len()
    }
}

fn code() -> Code {
    station("1").code
}

fn sender(device: &str, network: &str) -> Sender {
    Sender { device: device.to_owned(), network: network.to_owned() }
}

/// Each with a phone and a network of their own.
fn worker(number: u32) -> Sender {
    sender(&format!("device-{number}"), &format!("198.51.{number}.0/24"))
}

fn closes_at_22() -> OpenState {
    OpenState::Open { closes: Some(NOW + 12 * HOUR), unattended: false }
}

#[tokio::test]
async fn one_or_two_voices_change_nothing_that_anybody_sees_and_not_the_revision() {
    on_each_engine(async |store| {
        let here = Program::with(store, station("1")).await;
        let before = here.shown(NOW);
        assert_eq!(before.0, closes_at_22());
        for number in [1, 2] {
            assert_eq!(here.say(Said::Locked, &worker(number), NOW).await, Ok(Heard::Registered));
            assert_eq!(here.shown(NOW + MINUTE), before);
        }
        assert_eq!(store.revision().await.expect("answers"), before.2, "every cached page stays good");
        assert_eq!((here.taps().await, store.alerts_of(code()).await.expect("answers")), (2, vec![]));
    })
    .await;
}

#[tokio::test]
async fn three_workers_of_three_networks_are_believed_here_at_once_and_elsewhere_a_moment_later() {
    on_each_engine(async |store| {
        let here = Program::with(store, station("1")).await;
        let elsewhere = Program::start(store, &Secret::random()).await;
        here.three_say(Said::Locked, NOW).await;
        let at = NOW + 3 * MINUTE;
        assert!(here.doubts(at), "{:?}", here.state(at));
        assert_eq!(elsewhere.state(at), closes_at_22());
        elsewhere.catch_up().await;
        assert_eq!(elsewhere.shown(at), here.shown(at));
    })
    .await;
}

#[tokio::test]
async fn the_manager_hears_of_a_locked_door_once_whichever_server_counts() {
    on_each_engine(async |store| {
        let secret = Secret::random();
        put(store, station("1")).await;
        let here = Program::start(store, &secret).await;
        let elsewhere = Program::start(store, &secret).await;
        here.three_say(Said::Locked, NOW).await;
        let at = NOW + 2 * MINUTE;
        let alerts = vec![("locked_in_hours".to_owned(), at, 3)];
        assert_eq!(store.alerts_of(code()).await.expect("answers"), alerts);

        // Neither for a fourth voice, nor from a server that does not know of the three yet.
        assert_eq!(elsewhere.say(Said::Locked, &worker(4), NOW + 3 * MINUTE).await, Ok(Heard::Registered));
        assert_eq!(here.say(Said::Locked, &worker(5), NOW + 4 * MINUTE).await, Ok(Heard::Registered));
        assert_eq!(store.alerts_of(code()).await.expect("answers"), alerts);
    })
    .await;
}

#[tokio::test]
async fn a_place_that_moved_is_another_alert() {
    on_each_engine(async |store| {
        let here = Program::with(store, station("1")).await;
        here.three_say(Said::Moved, NOW).await;
        assert_eq!(store.alerts_of(code()).await.expect("answers"), [("moved".to_owned(), NOW + 2 * MINUTE, 3)]);
    })
    .await;
}

#[tokio::test]
async fn locked_outside_the_posted_hours_is_as_expected() {
    on_each_engine(async |store| {
        let here = Program::with(store, station("1")).await;
        let before = here.shown(NOW);
        here.three_say(Said::Locked, NOW + 13 * HOUR).await;
        assert_eq!(here.shown(NOW), before);
        assert_eq!(store.alerts_of(code()).await.expect("answers"), []);
    })
    .await;
}

#[tokio::test]
async fn a_doubt_runs_out_and_the_door_is_open_again() {
    on_each_engine(async |store| {
        let here = Program::with(store, station("1")).await;
        here.three_say(Said::Locked, NOW).await;
        let revision = here.finder.revision();
        assert_eq!(count_again(&here.reports, NOW + HOUR).await.expect("counts"), 0, "it still holds");
        assert!(here.doubts(NOW + HOUR) && here.finder.revision() == revision);

        let tomorrow = NOW + DAY_MS;
        assert_eq!(here.state(tomorrow), OpenState::Open { closes: Some(NOW + DAY_MS + 12 * HOUR), unattended: false });
        assert_eq!(count_again(&here.reports, tomorrow).await.expect("counts"), 1);
        assert_eq!(here.station().voices, None);
        assert!(here.finder.revision() > revision, "other servers learn of it");
        assert_eq!(count_again(&here.reports, tomorrow + 9 * DAY_MS).await.expect("counts"), 0);
    })
    .await;
}

#[tokio::test]
async fn what_ran_out_of_a_retired_station_is_not_counted_for_ever() {
    on_each_engine(async |store| {
        let here = Program::with(store, station("1")).await;
        here.three_say(Said::Locked, NOW).await;
        let mut write = store.write().await.expect("begins");
        write.retire(&[code()], NOW).await.expect("writes");
        write.finish().await.expect("ends");
        here.catch_up().await;
        let tomorrow = NOW + DAY_MS;
        assert_eq!(store.voices_run_out(tomorrow).await.expect("answers"), []);

        put(store, station("1")).await;
        here.catch_up().await;
        assert_eq!(store.voices_run_out(tomorrow).await.expect("answers"), [code()]);
        assert_eq!(count_again(&here.reports, tomorrow).await.expect("counts"), 1);
    })
    .await;
}

#[tokio::test]
async fn a_flood_from_one_phone_changes_nothing_and_is_refused_after_twenty() {
    on_each_engine(async |store| {
        let secret = Secret::random();
        put(store, station("1")).await;
        let here = Program::start(store, &secret).await;
        let before = here.shown(NOW);
        // From a new network each time: it is the phone that counts.
        let flood = |number: u32| sender("device-1", &format!("198.51.{number}.0/24"));
        for (number, said) in (0..20).zip([Said::Locked, Said::Moved].into_iter().cycle()) {
            assert_eq!(here.say(said, &flood(number), NOW + i64::from(number)).await, Ok(Heard::Registered));
        }
        assert_eq!(here.say(Said::Locked, &flood(20), NOW + 20).await, Err(NotHeard::TooManyOfDevice));
        assert_eq!((here.shown(NOW + MINUTE), here.taps().await), (before, 20));

        // Counted in the store: a new program knows it, and so does one a minute short of a day later.
        let restarted = Program::start(store, &secret).await;
        let late = NOW + DAY_MS - MINUTE;
        assert_eq!(restarted.say(Said::Open, &flood(1), late).await, Err(NotHeard::TooManyOfDevice));
        assert_eq!(restarted.say(Said::Open, &flood(1), NOW + DAY_MS + MINUTE).await, Ok(Heard::Registered));
    })
    .await;
}

#[tokio::test]
async fn fifty_fresh_phones_of_one_network_change_nothing() {
    on_each_engine(async |store| {
        let here = Program::with(store, station("1")).await;
        let before = here.shown(NOW);
        for number in 0..50 {
            for said in [Said::Locked, Said::AmenityGone] {
                let phone = sender(&format!("device-{number}"), "203.0.113.0/24");
                assert_eq!(here.say(said, &phone, NOW + i64::from(number)).await, Ok(Heard::Registered));
            }
        }
        assert_eq!(here.shown(NOW + MINUTE), before);
        assert_eq!((store.revision().await.expect("answers"), here.taps().await), (before.2, 100));
    })
    .await;
}

#[tokio::test]
async fn a_network_that_cannot_be_people_at_doors_is_refused_for_an_hour() {
    on_each_engine(async |store| {
        let here = Program::with(store, station("1")).await;
        let phone = |number: u32| sender(&format!("device-{number}"), "203.0.113.0/24");
        for number in 0..300 {
            assert_eq!(here.say(Said::Open, &phone(number), NOW).await, Ok(Heard::Registered));
        }
        assert_eq!(here.say(Said::Open, &phone(300), NOW + MINUTE).await, Err(NotHeard::TooManyOfNetwork));
        assert_eq!(here.say(Said::Open, &worker(999), NOW + MINUTE).await, Ok(Heard::Registered));
        assert_eq!(here.say(Said::Open, &phone(300), NOW + HOUR + 1).await, Ok(Heard::Registered));
    })
    .await;
}

#[tokio::test]
async fn nobody_is_asked_about_what_a_manager_changed_today_or_what_is_gone() {
    on_each_engine(async |store| {
        let seen = |at| Some(Confirmation { at, by: Witness::Manager });
        put(store, Station { confirmation: seen(NOW - HOUR), ..station("1") }).await;
        put(store, Station { closed_for_good: true, ..station("2") }).await;
        let here = Program::start(store, &Secret::random()).await;
        assert_eq!(here.say(Said::Locked, &worker(1), NOW).await, Err(NotHeard::ManagerToday));
        for gone in [station("2").code, station("never").code] {
            let tap = Tap { station: gone, said: Said::Open, amenity: None, near: Near::Said };
            assert_eq!(here.reports.say(tap, &worker(1), NOW).await, Err(NotHeard::NoStation));
        }
        assert_eq!(here.taps().await, 0);
        assert_eq!(here.say(Said::Locked, &worker(1), NOW + DAY_MS).await, Ok(Heard::Registered));
    })
    .await;
}

#[tokio::test]
async fn a_double_tap_counts_once_and_a_wrong_one_is_taken_back() {
    on_each_engine(async |store| {
        let here = Program::with(store, station("1")).await;
        let me = worker(1);
        assert_eq!(here.say(Said::Open, &me, NOW).await, Ok(Heard::Registered));
        assert_eq!(here.say(Said::Open, &me, NOW + HOUR - 1).await, Ok(Heard::Already));
        // From another network it is the same phone.
        assert_eq!(here.say(Said::Open, &sender("device-1", "x"), NOW + 1).await, Ok(Heard::Already));
        assert_eq!(here.taps().await, 1);
        // The amenity is another matter than the door.
        assert_eq!(here.say(Said::AmenityGone, &me, NOW + 2).await, Ok(Heard::Registered));
        assert_eq!(here.say(Said::Open, &me, NOW + 3).await, Ok(Heard::Already));
        // The wrong button, and the right one again: the last word is what counts.
        assert_eq!(here.say(Said::Locked, &me, NOW + 4).await, Ok(Heard::Registered));
        assert_eq!(here.say(Said::Open, &me, NOW + 5).await, Ok(Heard::Registered));
        assert_eq!(here.say(Said::Open, &me, NOW + 5 + HOUR).await, Ok(Heard::Registered));
    })
    .await;
}

#[tokio::test]
async fn an_amenity_believed_to_be_gone_is_unsaid_until_it_is_back() {
    on_each_engine(async |store| {
        let here = Program::with(store, station("1")).await;
        let wanted =
            Wanted { amenities: std::iter::once(Amenity::HotWater).collect::<AmenitySet>(), ..Wanted::default() };
        let listed = |now| {
            let answer = here.finder.nearby(Cell::of(station("1").point), &wanted, now);
            (answer.yes.candidates.len(), answer.unsaid.candidates.len())
        };
        assert_eq!(listed(NOW), (1, 0));
        here.three_say(Said::AmenityGone, NOW).await;
        assert_eq!(listed(NOW + HOUR), (0, 1));
        assert_eq!(here.state(NOW), closes_at_22(), "the door is another matter");
        assert_eq!(store.alerts_of(code()).await.expect("answers"), []);
        here.three_say(Said::AmenityBack, NOW + 2 * DAY_MS).await;
        assert_eq!(listed(NOW + 3 * DAY_MS), (1, 0));
    })
    .await;
}

#[tokio::test]
async fn what_is_believed_outlives_a_restart_and_an_import() {
    on_each_engine(async |store| {
        let here = Program::with(store, station("1")).await;
        here.three_say(Said::Locked, NOW).await;
        let voices = here.station().voices.clone().expect("three voices");

        put(store, Station { name: "德化街工会驿站".into(), ..station("1") }).await;
        let restarted = Program::start(store, &Secret::random()).await;
        assert_eq!(&*restarted.station().name, "德化街工会驿站");
        assert_eq!(restarted.station().voices.as_deref(), Some(&*voices));
        assert!(restarted.doubts(NOW + HOUR));
        assert_eq!(restarted.taps().await, 3);
    })
    .await;
}

#[tokio::test]
async fn taps_are_forgotten_after_180_days_and_who_proposed_after_30() {
    on_each_engine(async |store| {
        let here = Program::with(store, station("1")).await;
        here.say(Said::Locked, &worker(1), NOW).await.expect("heard");
        let words = Proposal::Correction { station: code(), words: "八点就关".into() };
        here.reports.propose(words, &worker(1), NOW).await.expect("heard");
        let revision = store.revision().await.expect("answers");
        for (days, forgotten, taps) in [(30, 0, 1), (31, 1, 1), (180, 0, 1), (181, 1, 0), (400, 0, 0)] {
            let now = NOW + days * DAY_MS;
            assert_eq!(store.forget_reports(now).await.expect("writes"), forgotten, "{days} days");
            assert_eq!(here.taps().await, taps, "{days} days");
        }
        assert_eq!(store.proposals_waiting().await.expect("answers"), 1);
        assert_eq!(store.revision().await.expect("answers"), revision);
    })
    .await;
}

#[tokio::test]
async fn a_proposal_is_kept_changes_nothing_and_comes_ten_times_a_day_at_most() {
    on_each_engine(async |store| {
        let here = Program::with(store, station("1")).await;
        let before = here.shown(NOW);
        let missing = Proposal::Missing {
            // A NUL is nothing PostgreSQL can keep.
            name: "某某路\0驿站".into(),
            place: "路口\n西南角".into(),
            words: None,
            cell: Some(Cell::of(station("1").point)),
        };
        let mut numbers = Vec::new();
        for _ in 0..10 {
            numbers.push(here.reports.propose(missing.clone(), &worker(1), NOW).await.expect("heard"));
        }
        let whole = |number: &String| number.len() == 8 && number.bytes().all(|byte| byte.is_ascii_hexdigit());
        assert!(numbers.iter().all(whole), "{numbers:?}");
        numbers.sort();
        numbers.dedup();
        assert_eq!(numbers.len(), 10);
        let refused = here.reports.propose(missing.clone(), &worker(1), NOW + HOUR).await;
        assert_eq!(refused, Err(NotHeard::TooManyOfDevice));
        here.reports.propose(missing, &worker(1), NOW + DAY_MS + 1).await.expect("another day");

        let of_nothing = Proposal::Correction { station: station("never").code, words: "没有".into() };
        assert_eq!(here.reports.propose(of_nothing, &worker(2), NOW).await, Err(NotHeard::NoStation));
        assert_eq!(store.proposals_waiting().await.expect("answers"), 11);
        here.catch_up().await;
        assert_eq!(here.shown(NOW), before);
        assert_eq!(store.revision().await.expect("answers"), before.2);
    })
    .await;
}

/// One SQL text serves both engines, and of this one the bytes can be read.
#[tokio::test]
async fn whoever_holds_the_database_finds_no_phone_and_no_network_in_it() {
    const TOKEN: &str = "0192f3a7c5d87a4e9b1c2d3e4f5a6b7c";
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::connect(&format!("sqlite:{}", folder.path().join("test.db").display())).await.expect("opens");
    store.migrate().await.expect("migrates");
    let here = Program::with(&store, station("1")).await;
    let me = sender(TOKEN, "203.0.113.0/24");
    here.say(Said::Locked, &me, NOW).await.expect("heard");
    let words = Proposal::Correction { station: code(), words: "晚上八点就关门".into() };
    here.reports.propose(words, &me, NOW).await.expect("heard");

    let held = |what: &[u8]| {
        let files = std::fs::read_dir(folder.path()).expect("a folder");
        let bytes = files.map(|file| std::fs::read(file.expect("a file").path()).expect("reads"));
        bytes.into_iter().any(|bytes| bytes.windows(what.len()).any(|part| part == what))
    };
    assert!(held("晚上八点就关门".as_bytes()) && held(b"locked"), "the search finds what is there");
    let raw: Vec<u8> = (0..16).map(|at| u8::from_str_radix(&TOKEN[2 * at..2 * at + 2], 16).expect("hex")).collect();
    for secret in [TOKEN.as_bytes(), raw.as_slice(), b"203.0.113"] {
        assert!(!held(secret), "{}", String::from_utf8_lossy(secret));
    }
    store.close().await;
    assert!(!held(TOKEN.as_bytes()) && held(b"locked"));
}
