//! The world of the simulation. Committed before its first run, and not touched after it: where the
//! target is missed, the model is to be mended.
//!
//! Nobody has measured these. They are what riders' complaints and the size of the thing suggest: most
//! stations are hosted (a bank, a post office, a shop), so most are right, some are long gone, some lock
//! at lunch or an hour or two before the posted end, and a few are now and then not opened at all.

/// Days that are counted.
pub const DAYS: i64 = 30;
/// Stations.
pub const STATIONS: usize = 300;
/// Every run is the mean of this many worlds.
pub const SEEDS: [u64; 3] = [1, 2, 3];

/// Posted opening, one of these for each station (minutes of the day): shops, banks, long days.
pub const POSTED: [(u16, u16); 4] = [(8 * 60, 20 * 60), (9 * 60, 17 * 60), (8 * 60, 22 * 60), (7 * 60, 21 * 60)];

/// How stations really behave, in parts of a hundred. The rest is as posted.
pub mod truth {
    /// Gone before the first day; the posted hours do not know.
    pub const GONE_ALREADY: u32 = 6;
    /// Goes for good on a day of the month.
    pub const GOES: u32 = 5;
    /// Locked every day for lunch, for `LUNCH`.
    pub const LUNCH_BREAK: u32 = 6;
    pub const LUNCH: (u16, u16) = (12 * 60, 13 * 60 + 30);
    /// Locks every day this long before the posted end.
    pub const EARLY: u32 = 8;
    pub const EARLY_MINUTES: [u16; 3] = [60, 90, 120];
    /// Not opened at all on some days, each with this chance in a hundred.
    pub const MOODY: u32 = 10;
    pub const MOODY_DAY: u32 = 6;
    /// Opens an hour longer than posted: those hours can never be shown open, and count as missed.
    pub const LONGER: u32 = 3;
    pub const LONGER_MINUTES: u16 = 60;
}

/// People with the program who come to a station in an hour of its posted opening.
pub const ARRIVALS_AN_HOUR: f64 = 1.5;
/// Stations differ: each has this factor on its arrivals, all equally often (mean 1).
pub const POPULARITY: [f64; 4] = [0.4, 0.7, 1.1, 1.8];
/// Of those who would come, how many still do when the program says that others found it locked.
pub const COME_IN_DOUBT: f64 = 0.4;

/// The sweep: how many of those who find it open say so.
pub const TAP_RATES: [f64; 3] = [0.04, 0.10, 0.25];
/// Who finds it locked says so this many times as often.
pub const LOCKED_TAPS: f64 = 2.0;
/// Honest people press the wrong button so often.
pub const WRONG_BUTTON: f64 = 0.03;
/// Who finds a place gone says 搬走了 so often, and 锁着 otherwise.
pub const SAYS_MOVED: f64 = 0.2;
/// Phones that refuse a position, or have no script.
pub const ONLY_SAYS_NEAR: f64 = 0.2;

/// Workers who come to a station regularly; the others pass once.
pub const REGULARS: u64 = 60;
pub const REGULAR: f64 = 0.7;
/// Every worker of the city is a regular of about this many stations.
pub const STATIONS_OF_A_REGULAR: u64 = 3;
/// Address ranges of the city, shared by all: carriers put thousands behind one address.
pub const RANGES: u64 = 400;

/// Of all taps so many are of people who say the opposite of what is so.
pub const ATTACK: f64 = 0.10;
/// A third of them are one phone that taps all day at one station, another one each day.
/// A third are 50 fresh phones behind one address, at one station a day.
/// The rest are single people anywhere, each with a phone and an address of their own.
pub const FRESH_PHONES: u64 = 50;

/// What has to come out.
pub const WRONG_OPEN_AT_MOST: f64 = 1.0 / 3.0;
pub const STILL_OPEN_AT_LEAST: f64 = 0.9;
