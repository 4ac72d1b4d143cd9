//! A city of stations whose doors are not always as posted, the people who come, and those who lie.

use crate::parameters::{self as p, truth};
use domain::{
    station::{Confirmation, Near, Report, Said, Voices, Witness, borne_out, voices},
    time::{DAY_MS, LocalTime, Millis},
};
use std::collections::HashMap;

/// Monday 2026-11-02, 00:00 in Shanghai.
pub const START: Millis = 1_793_548_800_000;
const MINUTE: Millis = 60_000;
const TICK: u16 = 30;

/// `SplitMix64`: the same world on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        word ^ (word >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn of<T: Copy>(&mut self, values: &[T]) -> T {
        values[usize::try_from(self.below(values.len() as u64)).expect("an index")]
    }

    #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
    fn chance(&mut self, likely: f64) -> bool {
        ((self.next() >> 11) as f64) < likely * (1_u64 << 53) as f64
    }
}

#[derive(Clone, Copy)]
enum Truth {
    AsPosted,
    GoneSince(i64),
    Lunch,
    Early(u16),
    Moody,
    Longer,
}

struct Station {
    posted: (u16, u16),
    truth: Truth,
    locked_days: Vec<i64>,
    popularity: f64,
    reports: Vec<Report>,
    voices: Voices,
}

impl Station {
    fn build(random: &mut Random) -> Self {
        let posted = random.of(&p::POSTED);
        let kinds = [truth::GONE_ALREADY, truth::GOES, truth::LUNCH_BREAK, truth::EARLY, truth::MOODY, truth::LONGER];
        let mut roll = u32::try_from(random.below(100)).expect("below a hundred");
        let kind = kinds.iter().position(|share| {
            let hit = roll < *share;
            roll = roll.saturating_sub(*share);
            hit
        });
        let day = i64::try_from(random.below(p::DAYS.unsigned_abs())).expect("a day");
        let truth = match kind {
            Some(0) => Truth::GoneSince(-1),
            Some(1) => Truth::GoneSince(day),
            Some(2) => Truth::Lunch,
            Some(3) => Truth::Early(random.of(&truth::EARLY_MINUTES)),
            Some(4) => Truth::Moody,
            Some(5) => Truth::Longer,
            _ => Truth::AsPosted,
        };
        let locked_days = (0..p::DAYS).filter(|_| random.chance(f64::from(truth::MOODY_DAY) / 100.0)).collect();
        let popularity = random.of(&p::POPULARITY);
        Self { posted, truth, locked_days, popularity, reports: Vec::new(), voices: Voices::default() }
    }

    fn is_posted(&self, minute: u16) -> bool {
        (self.posted.0..self.posted.1).contains(&minute)
    }

    fn is_open(&self, day: i64, minute: u16) -> bool {
        let posted = self.is_posted(minute);
        match self.truth {
            Truth::AsPosted => posted,
            Truth::GoneSince(gone) => posted && day < gone,
            Truth::Lunch => posted && !(truth::LUNCH.0..truth::LUNCH.1).contains(&minute),
            Truth::Early(minutes) => posted && minute < self.posted.1 - minutes,
            Truth::Moody => posted && !self.locked_days.contains(&day),
            Truth::Longer => (self.posted.0..self.posted.1 + truth::LONGER_MINUTES).contains(&minute),
        }
    }
}

/// Hours of all stations together.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hours {
    /// Truly open.
    pub open: f64,
    /// Posted open and truly not.
    pub posted_wrong: f64,
    /// Shown open and truly not.
    pub shown_wrong: f64,
    /// Truly open and shown open.
    pub shown_right: f64,
    /// Taps of honest people.
    pub honest: u32,
    /// Taps of those who lie.
    pub lies: u32,
    /// `posted_wrong` and `shown_wrong` of places that are gone, lock at lunch or early, lock on some days.
    pub by_kind: [(f64, f64); 3],
}

struct City {
    random: Random,
    stations: Vec<Station>,
    /// What each device said, to know who is seasoned.
    said: HashMap<u64, Vec<(usize, Report)>>,
    hours: Hours,
    /// Lies that are due: of one phone, of fresh phones, of single people.
    due: [f64; 3],
    next_device: u64,
    rate: f64,
}

/// Lives through the month.
pub fn live(seed: u64, rate: f64) -> Hours {
    let mut random = Random(seed);
    let stations = (0..p::STATIONS).map(|_| Station::build(&mut random)).collect();
    let mut city = City {
        random,
        stations,
        said: HashMap::new(),
        hours: Hours::default(),
        due: [0.0; 3],
        next_device: 1 << 40,
        rate,
    };
    for day in 0..p::DAYS {
        let targets = [(); 2].map(|()| usize::try_from(city.random.below(p::STATIONS as u64)).expect("an index"));
        for minute in (0..1440).step_by(usize::from(TICK)) {
            let minute = u16::try_from(minute).expect("a minute of a day");
            for station in 0..p::STATIONS {
                city.count(station, day, minute);
                city.people_come(station, day, minute);
            }
            city.lie(targets, day, minute);
        }
    }
    city.hours
}

fn moment(day: i64, minute: u16) -> Millis {
    START + day * DAY_MS + Millis::from(minute) * MINUTE
}

impl City {
    fn count(&mut self, at: usize, day: i64, minute: u16) {
        let station = &self.stations[at];
        let hour = f64::from(TICK) / 60.0;
        let open = station.is_open(day, minute);
        let posted = station.is_posted(minute);
        let shown = posted && station.voices.doubt(moment(day, minute)).is_none();
        let kind = match station.truth {
            Truth::GoneSince(_) => 0,
            Truth::Lunch | Truth::Early(_) => 1,
            Truth::Moody | Truth::AsPosted | Truth::Longer => 2,
        };
        if open {
            self.hours.open += hour;
            self.hours.shown_right += if shown { hour } else { 0.0 };
        } else if posted {
            self.hours.posted_wrong += hour;
            self.hours.by_kind[kind].0 += hour;
            if shown {
                self.hours.shown_wrong += hour;
                self.hours.by_kind[kind].1 += hour;
            }
        }
    }

    fn people_come(&mut self, at: usize, day: i64, minute: u16) {
        let station = &self.stations[at];
        if !station.is_posted(minute) {
            return;
        }
        let doubted = station.voices.doubt(moment(day, minute)).is_some();
        let come = p::ARRIVALS_AN_HOUR * station.popularity * if doubted { p::COME_IN_DOUBT } else { 1.0 };
        let mut chance = come * f64::from(TICK) / 60.0;
        let open = station.is_open(day, minute);
        let taps = (self.rate * if open { 1.0 } else { p::LOCKED_TAPS }).min(1.0);
        while chance > 0.0 {
            if self.random.chance(chance.min(1.0)) && self.random.chance(taps) {
                let says_open = open != self.random.chance(p::WRONG_BUTTON);
                let said = self.words(says_open);
                let (device, home) = self.worker(at);
                let range = if self.random.chance(0.7) { home } else { self.random.below(p::RANGES) };
                self.hours.honest += 1;
                self.due.iter_mut().for_each(|due| *due += p::ATTACK / (1.0 - p::ATTACK) / 3.0);
                self.tap(at, day, minute, said, device, range);
            }
            chance -= 1.0;
        }
    }

    fn words(&mut self, open: bool) -> Said {
        match open {
            true => Said::Open,
            false if self.random.chance(p::SAYS_MOVED) => Said::Moved,
            false => Said::Locked,
        }
    }

    fn worker(&mut self, at: usize) -> (u64, u64) {
        let device = if self.random.chance(p::REGULAR) {
            let workers = p::STATIONS as u64 * p::REGULARS / p::STATIONS_OF_A_REGULAR;
            (at as u64 * p::REGULARS + self.random.below(p::REGULARS)).wrapping_mul(2_654_435_761) % workers
        } else {
            self.next_device += 1;
            self.next_device
        };
        (device, device.wrapping_mul(0x9E37_79B9) % p::RANGES)
    }

    /// Those who lie do so when a lie can do something: while the place is posted open.
    fn lie(&mut self, targets: [usize; 2], day: i64, minute: u16) {
        for (attack, target) in [Some(targets[0]), Some(targets[1]), None].into_iter().enumerate() {
            while self.due[attack] >= 1.0 {
                let at =
                    target.unwrap_or_else(|| usize::try_from(self.random.below(p::STATIONS as u64)).expect("an index"));
                if !self.stations[at].is_posted(minute) {
                    break;
                }
                self.due[attack] -= 1.0;
                self.next_device += 1;
                let (device, range) = match attack {
                    0 => (u64::MAX, p::RANGES + 1),
                    1 => (u64::MAX - 1 - self.random.below(p::FRESH_PHONES), p::RANGES + 2),
                    _ => (self.next_device, self.random.below(p::RANGES)),
                };
                let said = self.words(!self.stations[at].is_open(day, minute));
                self.hours.lies += 1;
                self.tap(at, day, minute, said, device, range);
            }
        }
    }

    fn tap(&mut self, at: usize, day: i64, minute: u16, said: Said, device: u64, range: u64) {
        let now = moment(day, minute) + Millis::try_from(self.random.below(30)).expect("minutes") * MINUTE;
        let near = if self.random.chance(p::ONLY_SAYS_NEAR) { Near::Said } else { Near::Checked };
        let earlier = self.said.entry(device).or_default();
        let seasoned = earlier.iter().any(|(place, report)| {
            let another_day = LocalTime::of(report.at).day < LocalTime::of(now).day;
            another_day && borne_out(report, &self.stations[*place].reports)
        });
        let report = Report { said, amenity: None, at: now, device, range, near, seasoned };
        earlier.push((at, report));
        let station = &mut self.stations[at];
        station.reports.push(report);
        let (from, to) = station.posted;
        let posted = move |at: Millis| Some((from..to).contains(&LocalTime::of(at).minute));
        // A year-old file: nobody has looked since.
        let basis = Some(Confirmation { at: START - 365 * DAY_MS, by: Witness::Import });
        station.voices = voices(&station.reports, &posted, basis, now);
    }
}
