//! A station as a `GeoJSON` feature (RFC 7946).
//!
//! A member that is absent is not known: there are no nulls, no empty texts, no guesses. The members
//! and their types are documented in `schemas.rs`; a test holds the two together.

use super::json::Json;
use domain::{
    calendar::Calendar,
    station::{Audience, Door, OpenState, RoadPosition, Station, Verdict, Voices, Wanted, Why, confidence},
    time::Millis,
};

/// Room for one feature: a real one is 500 to 900 bytes.
pub const FEATURE_BYTES: usize = 1024;

/// What an answer adds to what is known of a station.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The moment the state is told for.
    pub at: Millis,
    /// The calendar it is told by.
    pub calendar: &'a Calendar,
    /// What was asked for.
    pub wanted: &'a Wanted,
}

/// Where a station lies along the line that was asked about.
#[derive(Clone, Copy, Debug)]
pub struct OnTheWay {
    /// Metres from the beginning of the line.
    pub along_m: f64,
    /// Metres from the line.
    pub away_m: f64,
    /// On the right of who travels along it.
    pub right: bool,
    /// When one gets there, where the speed is known.
    pub arrive_at: Option<Millis>,
}

/// Writes one feature of a corridor.
pub fn write_stop(json: &mut Json, station: &Station, asked: Asked<'_>, way: OnTheWay) {
    write(json, station, asked, |json| {
        json.key("along_m");
        json.whole(whole_metres(way.along_m));
        json.key("away_m");
        json.whole(whole_metres(way.away_m));
        text(json, "side_of_line", if way.right { "right" } else { "left" });
        if let Some(at) = way.arrive_at {
            moment(json, "arrive_at", Some(at));
            text(json, "state_at_arrival", station.open_state(asked.calendar, at).code());
        }
    });
}

/// Writes one feature; `distance_m` where a place was asked about.
pub fn write_feature(json: &mut Json, station: &Station, asked: Asked<'_>, distance_m: Option<f64>) {
    write(json, station, asked, |json| {
        if let Some(distance_m) = distance_m {
            json.key("distance_m");
            json.whole(whole_metres(distance_m));
        }
    });
}

fn write(json: &mut Json, station: &Station, asked: Asked<'_>, place: impl FnOnce(&mut Json)) {
    json.open(b'{');
    json.raw(r#""type":"Feature""#);
    json.key("id");
    json.text(station.code.as_str());
    json.raw(r#""geometry":{"type":"Point","coordinates":["#);
    json.degrees(station.point.lng_e7());
    json.degrees(station.point.lat_e7());
    json.close(b']');
    json.close(b'}');
    json.key("properties");
    json.open(b'{');
    write_properties(json, station, asked, place);
    json.close(b'}');
    json.close(b'}');
}

fn write_properties(json: &mut Json, station: &Station, asked: Asked<'_>, place: impl FnOnce(&mut Json)) {
    text(json, "code", station.code.as_str());
    text(json, "name", &station.name);
    text(json, "kind", station.kind.code());
    place(json);
    let state = station.open_state(asked.calendar, asked.at);
    if !asked.wanted.is_empty() {
        let yes = asked.wanted.judge(&station.facts(), state.is_open()) == Verdict::Yes;
        text(json, "meets", if yes { "yes" } else { "unknown" });
    }
    write_state(json, &state);
    write_hours(json, station);
    maybe(json, "door", station.door.map(Door::code));
    maybe(json, "audience", station.audience.map(Audience::code));
    write_amenities(json, station);
    number(json, "truck_spaces", station.truck_spaces);
    maybe(json, "host", station.host.as_deref());
    maybe(json, "phone", station.phone.as_deref());
    maybe(json, "address", station.address.as_deref());
    maybe(json, "adcode", station.adcode.map(|adcode| format!("{adcode:06}")).as_deref());
    if let Some(road) = station.road.as_deref() {
        write_road(json, road);
    }
    text(json, "verification", station.verification.code());
    if let Some(confirmation) = station.confirmation {
        moment(json, "confirmed_at", Some(confirmation.at));
        text(json, "confirmed_by", confirmation.by.code());
    }
    write_confidence(json, station, asked.at);
    json.key("demo");
    json.truth(station.is_demo());
    json.key("synthetic");
    json.truth(station.is_synthetic());
    json.key("source");
    json.open(b'{');
    text(json, "name", &station.source.name);
    text(json, "id", &station.source_id);
    text(json, "datum", station.datum.as_str());
    maybe(json, "licence", station.source.licence.as_deref());
    maybe(json, "attribution", station.source.attribution.as_deref());
    json.close(b'}');
    number(json, "version", Some(station.version));
    moment(json, "updated_at", Some(station.updated_at));
}

fn write_state(json: &mut Json, state: &OpenState) {
    text(json, "state", state.code());
    match state {
        OpenState::Open { closes, unattended } => {
            moment(json, "open_until", *closes);
            write_unattended(json, *unattended);
        }
        OpenState::ClosingSoon { closes, unattended, .. } => {
            moment(json, "open_until", Some(*closes));
            write_unattended(json, *unattended);
        }
        OpenState::ClosedNow { opens } => moment(json, "opens_at", *opens),
        OpenState::TemporarilyClosed { until, reason } => {
            moment(json, "closed_until", *until);
            maybe(json, "closed_reason", reason.as_deref());
        }
        OpenState::Unknown { why, .. } => write_reason(json, why),
        OpenState::PermanentlyClosed => {}
    }
}

fn write_unattended(json: &mut Json, unattended: bool) {
    json.key("unattended");
    json.truth(unattended);
}

fn write_reason(json: &mut Json, why: &Why) {
    text(json, "state_reason", why.code());
    match why {
        Why::Holiday(holiday) | Why::MakeUp(holiday) | Why::NoNotice(holiday) => text(json, "holiday", holiday.code()),
        Why::Comment(words) => text(json, "state_comment", words),
        _ => {}
    }
}

fn write_hours(json: &mut Json, station: &Station) {
    let hours = &station.hours;
    if hours.text.is_none() && hours.unattended_text.is_none() {
        return;
    }
    json.key("hours");
    json.open(b'{');
    maybe(json, "text", hours.text.as_deref());
    maybe(json, "unattended", hours.unattended_text.as_deref());
    if let Some(schedule) = &hours.schedule {
        text(json, "opening_hours", &schedule.to_string());
        text(json, "policy", hours.policy.code());
        text(json, "holidays", if schedule.speaks_of_holidays() { "included" } else { "may_differ" });
    }
    json.close(b'}');
}

/// How far the hours may be trusted, and what people at the door say of amenities against the data.
fn write_confidence(json: &mut Json, station: &Station, at: Millis) {
    let voices = station.voices.as_deref();
    let (words, trust) = confidence(station.confirmation, voices, at);
    json.key("confidence");
    json.open(b'{');
    text(json, "level", trust.code());
    text(json, "words", &words);
    json.key("disputed");
    json.truth(voices.is_some_and(|voices| voices.is_disputed(at)));
    let gone = voices.map(Voices::gone_any).unwrap_or_default();
    if !gone.is_empty() {
        json.key("amenities_said_gone");
        json.open(b'[');
        for amenity in gone.iter() {
            json.text(amenity.code());
        }
        json.close(b']');
    }
    let checked =
        [("hours", station.checked.hours), ("door", station.checked.door), ("spaces", station.checked.spaces)];
    for (name, seen) in checked.into_iter().filter_map(|(name, seen)| Some((name, seen?))) {
        json.key(name);
        json.open(b'{');
        moment(json, "verified_at", Some(seen.at));
        text(json, "by", seen.by.code());
        json.close(b'}');
    }
    json.close(b'}');
}

fn write_amenities(json: &mut Json, station: &Station) {
    json.key("amenities");
    json.open(b'{');
    for (amenity, offer) in station.amenities.iter() {
        json.key(amenity.code());
        json.open(b'{');
        for (name, known) in [("present", offer.present), ("free", offer.free), ("working", offer.working)] {
            if let Some(known) = known {
                json.key(name);
                json.truth(known);
            }
        }
        moment(json, "verified_at", offer.verified_at);
        json.close(b'}');
    }
    json.close(b'}');
}

fn write_road(json: &mut Json, road: &RoadPosition) {
    json.key("road");
    json.open(b'{');
    maybe(json, "ref", road.road.as_deref());
    maybe(json, "stake", road.stake.as_deref());
    text(json, "side", road.side().code());
    maybe(json, "direction", road.direction.as_deref());
    maybe(json, "exit", road.exit.as_deref());
    number(json, "exit_distance_m", road.exit_distance_m);
    maybe(json, "service_area", road.service_area.as_deref());
    json.close(b'}');
}

/// Metres to the nearest whole one.
#[expect(clippy::cast_possible_truncation, reason = "no line is longer than 5e7 m")]
fn whole_metres(distance_m: f64) -> i64 {
    distance_m.round() as i64
}

fn text(json: &mut Json, name: &'static str, value: &str) {
    json.key(name);
    json.text(value);
}

fn maybe(json: &mut Json, name: &'static str, value: Option<&str>) {
    if let Some(value) = value {
        text(json, name, value);
    }
}

fn number(json: &mut Json, name: &'static str, value: Option<u32>) {
    if let Some(value) = value {
        json.key(name);
        json.whole(i64::from(value));
    }
}

fn moment(json: &mut Json, name: &'static str, value: Option<Millis>) {
    if let Some(value) = value {
        json.key(name);
        json.moment(value);
    }
}
