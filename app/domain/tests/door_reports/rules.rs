//! Single rules of who is believed.

use domain::{
    station::{Amenity, Confirmation, Near, Report, Said, Voices, Witness, borne_out, may_ask, voices},
    time::{DAY_MS, Millis},
};
use proptest::prelude::*;

use crate::world::START;

const HOUR: Millis = 3_600_000;
const NOON: Millis = START + 10 * DAY_MS + 12 * HOUR;

fn tap(said: Said, at: Millis, who: u64) -> Report {
    Report { said, amenity: None, at, device: who, range: who, near: Near::Checked, seasoned: false }
}

#[expect(clippy::unnecessary_wraps, reason = "stands where nobody may have looked")]
fn import() -> Option<Confirmation> {
    Some(Confirmation { at: NOON - 365 * DAY_MS, by: Witness::Import })
}

#[expect(clippy::unnecessary_wraps, reason = "stands where nobody may have looked")]
fn manager(at: Millis) -> Option<Confirmation> {
    Some(Confirmation { at, by: Witness::Manager })
}

fn heard(reports: &[Report], basis: Option<Confirmation>) -> Voices {
    let last = reports.iter().map(|report| report.at).max().unwrap_or(NOON);
    voices(reports, &|_| Some(true), basis, last + 1)
}

fn said(reports: &[Report], basis: Option<Confirmation>) -> Option<Said> {
    let last = reports.iter().map(|report| report.at).max().unwrap_or(NOON);
    heard(reports, basis).doubt(last + 1).map(|word| word.said)
}

#[test]
fn three_workers_at_the_door_beat_a_year_old_import() {
    let three: Vec<_> = (0..3).map(|who| tap(Said::Locked, NOON + who * HOUR / 4, who.unsigned_abs())).collect();
    assert_eq!(said(&three, import()), Some(Said::Locked));
    let only_say_near: Vec<_> = three.iter().map(|report| Report { near: Near::Said, ..*report }).collect();
    assert_eq!(said(&only_say_near, import()), Some(Said::Locked));
}

#[test]
fn one_prankster_beats_nothing() {
    for basis in [None, import(), manager(NOON - DAY_MS)] {
        assert!(heard(&[tap(Said::Locked, NOON, 1)], basis).is_empty());
        assert!(heard(&[tap(Said::Moved, NOON, 1)], basis).is_empty());
        assert!(heard(&[tap(Said::Open, NOON, 1)], basis).is_empty());
    }
}

#[test]
fn a_flood_from_one_device_changes_nothing() {
    for word in [Said::Locked, Said::Moved, Said::Open] {
        let flood: Vec<_> = (0..5000).map(|time| tap(word, NOON + time * 60_000, 7)).collect();
        assert!(heard(&flood, import()).is_empty(), "{word:?}");
    }
}

#[test]
fn fifty_fresh_devices_in_one_place_change_nothing() {
    for days in 1..=20 {
        for word in [Said::Locked, Said::Moved, Said::Open] {
            let flood: Vec<_> = (0..50 * days)
                .map(|who: i64| Report {
                    range: 9,
                    ..tap(word, NOON + who / 50 * DAY_MS + who % 50 * 60_000, who.unsigned_abs())
                })
                .collect();
            assert!(heard(&flood, import()).is_empty(), "{word:?} on {days} days");
        }
    }
}

#[test]
fn a_lone_locked_against_several_open_changes_nothing() {
    let mut reports: Vec<_> = (0..4).map(|who| tap(Said::Open, NOON + who * HOUR / 4, who.unsigned_abs())).collect();
    let before = heard(&reports, import());
    reports.push(tap(Said::Locked, NOON + HOUR, 9));
    let after = heard(&reports, import());
    assert_eq!((after.door, after.confirmed), (before.door, before.confirmed));
    assert!(!after.is_disputed(NOON + HOUR + 1));
}

#[test]
fn a_manager_silences_what_was_said_before_and_outweighs_two_after() {
    let many: Vec<_> = (0..6).map(|who| tap(Said::Locked, NOON + who * HOUR / 4, who.unsigned_abs())).collect();
    assert_eq!(said(&many, manager(NOON + 2 * HOUR)), None);
    assert_eq!(said(&many[..2], manager(NOON - HOUR)), None);
    assert_eq!(said(&many, manager(NOON - HOUR)), Some(Said::Locked));
}

#[test]
fn a_locked_door_outside_the_posted_hours_is_no_news() {
    let three: Vec<_> = (0..3).map(|who| tap(Said::Locked, NOON, who)).collect();
    assert!(voices(&three, &|_| Some(false), import(), NOON + 1).is_empty());
}

#[test]
fn two_days_of_moved_make_it_moved_until_people_find_it_open() {
    let mut reports: Vec<_> =
        (0..3).map(|who| tap(Said::Moved, NOON + who * DAY_MS + who * HOUR, who.unsigned_abs())).collect();
    assert_eq!(said(&reports, import()), Some(Said::Moved));
    let last = NOON + 3 * DAY_MS;
    reports.push(tap(Said::Open, last, 11));
    assert!(heard(&reports, import()).is_disputed(last + 1));
    reports.push(tap(Said::Open, last + HOUR, 12));
    assert_eq!(said(&reports, import()), None);
}

#[test]
fn what_is_believed_fades() {
    let three: Vec<_> = (0..3).map(|who| tap(Said::Locked, NOON, who)).collect();
    let word = heard(&three, import()).doubt(NOON + 1).expect("believed");
    assert!(word.until <= NOON + DAY_MS);
    assert!(voices(&three, &|_| Some(true), import(), word.until).door.is_none());
}

#[test]
fn a_lunch_break_is_learnt_and_the_afternoon_stays_open() {
    let mut reports = Vec::new();
    for day in 0..8_i64 {
        let who = 100 * (1 + day).unsigned_abs();
        reports.push(tap(Said::Open, NOON + day * DAY_MS - 2 * HOUR, who));
        reports.push(tap(Said::Locked, NOON + day * DAY_MS + HOUR / 2, who + 1));
        reports.push(tap(Said::Open, NOON + day * DAY_MS + 3 * HOUR, who + 2));
    }
    let learnt = heard(&reports, import());
    let tomorrow = NOON + 8 * DAY_MS;
    assert_eq!(learnt.doubt(tomorrow + HOUR / 2).map(|word| word.said), Some(Said::Locked));
    assert_eq!(learnt.doubt(tomorrow - 2 * HOUR), None);
    assert_eq!(learnt.doubt(tomorrow + 3 * HOUR), None);
}

#[test]
fn an_amenity_is_gone_after_several_people_and_back_after_others() {
    let about = |said, at, who| Report { amenity: Some(Amenity::HotWater), ..tap(said, at, who) };
    let mut reports = vec![about(Said::AmenityGone, NOON, 1)];
    assert!(heard(&reports, import()).is_empty());
    reports.extend([about(Said::AmenityGone, NOON + HOUR, 2), about(Said::AmenityGone, NOON + DAY_MS, 3)]);
    assert!(heard(&reports, import()).gone(NOON + DAY_MS + 1).contains(Amenity::HotWater));
    reports.extend([about(Said::AmenityBack, NOON + 2 * DAY_MS, 4), about(Said::AmenityBack, NOON + 2 * DAY_MS, 5)]);
    let back = heard(&reports, import());
    assert!(back.gone(NOON + 2 * DAY_MS + 1).is_empty());
    assert_eq!(back.amenities[0].said, Said::AmenityBack);
}

#[test]
fn one_device_at_one_door_counts_once_a_day_with_its_last_word() {
    let corrected = [tap(Said::Locked, NOON, 1), tap(Said::Open, NOON + 60_000, 1), tap(Said::Locked, NOON, 2)];
    assert_eq!(said(&corrected, import()), None);
    // The third of three people corrects a wrong button: two are left, of one day and unknown.
    let mut three: Vec<_> = (0..3).map(|who| tap(Said::Locked, NOON, who)).collect();
    three.push(tap(Said::Open, NOON + 60_000, 2));
    assert_eq!(said(&three, import()), None);
}

#[test]
fn people_known_to_be_right_may_share_an_address_but_not_be_one_device() {
    let known = |who, at| Report { range: 5, seasoned: true, ..tap(Said::Open, at, who) };
    assert_eq!(heard(&[known(1, NOON)], import()).confirmed.map(|seen| seen.at), Some(NOON));
    let locked = |who| Report { seasoned: true, range: who % 2, ..tap(Said::Locked, NOON, who) };
    assert_eq!(said(&[locked(1), locked(2)], import()), Some(Said::Locked));
    assert_eq!(said(&[locked(1), locked(1)], import()), None);
}

#[test]
fn a_word_without_its_amenity_or_from_the_future_is_not_heard() {
    let wrong: Vec<_> = (0..9).map(|who| tap(Said::AmenityGone, NOON, who)).collect();
    assert!(heard(&wrong, import()).is_empty());
    let ahead: Vec<_> = (0..9).map(|who| tap(Said::Locked, NOON + DAY_MS, who)).collect();
    assert!(voices(&ahead, &|_| Some(true), import(), NOON).is_empty());
}

#[test]
fn taps_never_open_a_door_that_is_posted_closed() {
    let many: Vec<_> = (0..9).map(|who| Report { seasoned: true, ..tap(Said::Open, NOON, who) }).collect();
    assert!(voices(&many, &|_| Some(false), import(), NOON + 1).doubt(NOON + 1).is_none());
    assert!(voices(&many, &|_| Some(false), import(), NOON + 1).confirmed.is_none());
}

#[test]
fn two_who_agree_from_elsewhere_bear_each_other_out() {
    let one = tap(Said::Open, NOON, 1);
    assert!(borne_out(&one, &[one, tap(Said::Open, NOON + DAY_MS, 2)]));
    assert!(!borne_out(&one, &[one, Report { range: 1, ..tap(Said::Open, NOON, 2) }]));
    assert!(!borne_out(&one, &[one, tap(Said::Locked, NOON, 2), tap(Said::Open, NOON + 9 * DAY_MS, 3)]));
}

#[test]
fn nobody_is_asked_about_what_a_manager_changed_today() {
    assert!(!may_ask(manager(NOON - 3 * HOUR), false, NOON));
    assert!(may_ask(manager(NOON - DAY_MS), false, NOON));
    assert!(may_ask(import(), false, NOON) && may_ask(None, false, NOON));
    assert!(!may_ask(None, true, NOON));
}

fn any_report() -> impl Strategy<Value = Report> {
    let words = prop::sample::select(Said::ALL);
    let thing = prop_oneof![Just(None), Just(Some(Amenity::HotWater))];
    let when = prop_oneof![9 => START..NOON, 1 => any::<Millis>().prop_map(|at| at / 4)];
    (words, thing, when, 0..9_u64, 0..5_u64, any::<bool>(), any::<bool>()).prop_map(
        |(said, amenity, at, device, range, checked, seasoned)| {
            let near = if checked { Near::Checked } else { Near::Said };
            Report { said, amenity, at, device, range, near, seasoned }
        },
    )
}

proptest! {
    #[test]
    fn one_device_or_one_fresh_range_is_never_believed(
        mut reports in prop::collection::vec(any_report(), 0..60), one_device: bool,
    ) {
        for report in &mut reports {
            report.range = 1;
            report.seasoned = false;
            if one_device {
                report.device = 1;
            }
        }
        prop_assert!(voices(&reports, &|_| Some(true), None, NOON).is_empty());
    }

    #[test]
    fn the_order_in_which_taps_arrive_does_not_matter(
        (reports, shuffled) in prop::collection::vec(any_report(), 0..40)
            .prop_flat_map(|reports| (Just(reports.clone()), Just(reports).prop_shuffle())),
    ) {
        // Two words of one device in one millisecond have no last.
        let mut keys: Vec<_> = reports.iter().map(|report| (report.at, report.device)).collect();
        keys.sort_unstable();
        keys.dedup();
        prop_assume!(keys.len() == reports.len());
        let posted = |at: Millis| Some(at % DAY_MS < 10 * HOUR);
        prop_assert_eq!(voices(&reports, &posted, None, NOON), voices(&shuffled, &posted, None, NOON));
    }
}
