//! Is the door locked, or the place gone?

use super::{DoorWord, Said, daily::Daily, tally::Tally, weigh::Voice};
use crate::{
    station::{Confirmation, Witness},
    time::{DAY_MS, Millis},
};

const MINUTE_MS: Millis = 60_000;
const STEP_MS: Millis = 15 * MINUTE_MS;
/// Two voices of one day doubt no more than this; more of them doubt the rest of the opening.
const A_WHILE_MS: Millis = 4 * 60 * MINUTE_MS;
const AN_OPENING_MS: Millis = 12 * 60 * MINUTE_MS;
/// People on two days, on three, on more: so long after the last of them it is still believed.
const HOLDS_MS: [Millis; 3] = [7 * DAY_MS, 14 * DAY_MS, 30 * DAY_MS];
/// A place that moved does not come back by itself.
const MOVED_HOLDS_MS: Millis = 60 * DAY_MS;
/// Voices on two or three days at one time of the day are a habit, not a door that is always locked.
const SPREAD_MINUTES: u16 = 120;
/// An open door is worth saying for so long.
const OPEN_HOLDS_MS: Millis = 6 * 60 * MINUTE_MS;
/// Two strangers who find it open within so long confirm each other.
const CONFIRM_EACH_OTHER_MS: Millis = 7 * DAY_MS;

/// What all the voices come to.
pub(super) struct Door {
    pub word: Option<DoorWord>,
    pub daily: Daily,
    pub confirmed: Option<Confirmation>,
    pub disputed: Option<Millis>,
}

/// The end of the opening a moment lies in, or after `most`.
fn rest_of_opening(at: Millis, most: Millis, posted: &dyn Fn(Millis) -> Option<bool>) -> Millis {
    let mut end = at;
    while end < at + most && posted(end) == Some(true) {
        end += STEP_MS;
    }
    if posted(at).is_none() { at + A_WHILE_MS } else { end.min(at + most) }
}

fn doubt(tally: &Tally, at: Millis, posted: &dyn Fn(Millis) -> Option<bool>) -> Option<DoorWord> {
    if !tally.believed() {
        return None;
    }
    let voices = tally.voices_against();
    let moved = voices.iter().filter(|voice| voice.report.said == Said::Moved).count();
    let days = tally.days();
    let lasts = days >= 2 && (moved > 0 || days > 3 || tally.spread_minutes() >= SPREAD_MINUTES);
    // Half of them say so, and there are two: one who cannot find the door moves no place.
    let said = if moved >= 2 && moved * 2 >= voices.len() { Said::Moved } else { Said::Locked };
    let until = match (lasts, said) {
        (true, Said::Moved) => at + MOVED_HOLDS_MS,
        (true, _) => at + HOLDS_MS[(days - 2).min(HOLDS_MS.len() - 1)],
        (false, _) if tally.voices() >= 3 => rest_of_opening(at, AN_OPENING_MS, posted),
        (false, _) => rest_of_opening(at, A_WHILE_MS, posted),
    };
    Some(DoorWord { said, at, voices: tally.voices(), until })
}

pub(super) fn door(voices: &[Voice], posted: &dyn Fn(Millis) -> Option<bool>, basis: Option<Confirmation>) -> Door {
    let mut tally = Tally::new();
    if let Some(seen) = basis.filter(|seen| seen.by == Witness::Manager) {
        tally.looked_at(seen.at);
    }
    let mut door = Door { word: None, daily: Daily::new(), confirmed: None, disputed: None };
    let mut found_open: Option<Voice> = None;
    for voice in voices.iter().filter(|voice| voice.report.amenity.is_none()) {
        let at = voice.report.at;
        match voice.report.said {
            // Outside the posted hours it is as expected.
            Said::Locked if posted(at) == Some(false) => {}
            Said::Locked | Said::Moved => {
                tally.against(voice);
                door.daily.hear(voice);
                door.word = doubt(&tally, at, posted).or(door.word);
            }
            Said::Open => {
                let held = door.word.filter(|word| word.said != Said::Open);
                if held.is_some_and(|word| word.until <= at) {
                    // That was that day: today it is open.
                    tally.forget();
                }
                tally.in_favour(voice);
                door.daily.hear(voice);
                if let Some(word) = held {
                    if voice.is_one() && word.until > at {
                        door.disputed = Some(at);
                    }
                    if !tally.believed() {
                        door.word = None;
                        door.daily.forget();
                    }
                }
                let agrees = found_open.is_some_and(|before| {
                    before.report.device != voice.report.device
                        && before.report.range != voice.report.range
                        && at - before.report.at <= CONFIRM_EACH_OTHER_MS
                });
                let trusted = voice.is_one() && (voice.report.seasoned || agrees);
                let doubted = door.word.is_some_and(|word| word.said != Said::Open && word.until > at);
                if trusted && !doubted && posted(at) != Some(false) {
                    door.confirmed = Some(Confirmation { at, by: Witness::Worker });
                    let until = at + OPEN_HOLDS_MS;
                    door.word = Some(DoorWord { said: Said::Open, at, voices: 1 + u16::from(agrees), until });
                }
                if voice.is_one() {
                    found_open = Some(*voice);
                }
            }
            Said::AmenityGone | Said::AmenityBack => {}
        }
    }
    // Asking the hours is what costs here: an open door ends nothing, so only the last one is asked about.
    if let Some(word) = door.word.as_mut().filter(|word| word.said == Said::Open) {
        word.until = rest_of_opening(word.at, OPEN_HOLDS_MS, posted);
    }
    door
}
