//! How often codes are sent and guessed.
//!
//! # What a guess can win
//!
//! A code is one of 1,000,000, drawn evenly, and lives 5 minutes for 5 tries. Let an attacker make `G` guesses on
//! numbers that are not theirs, spread over any accounts, addresses and restarts. Each guess is right with chance
//! 1/1,000,000 at most (on one code the guesses are different, so that `k` of them win with `k`/1,000,000), and by
//! the union bound all of them together with `G`/1,000,000. For a chance of at most 1 in 1,000 a day, `G` may be
//! 1,000 within any 24 hours. They touch two days in Shanghai at most: [`GUESSES_A_DAY`] is half of that, 500, and
//! the chance within any 24 hours at most 2 × 500/1,000,000 = 1/1,000, whatever the number of accounts.
//!
//! Only guesses that came to nothing stand in the count: an attempt that ends with the right code gives back its own
//! wrong ones, since they were mistyped by somebody who holds the phone. That keeps the bound: until the attacker's
//! first success all guesses on numbers that are not theirs stand in it. A guess is counted before it is compared, in
//! the transaction that compares it, so that two servers never let through more.
//!
//! A device that signed in to the account before (a token of 128 bits or more that the attacker does not have) is
//! not counted and not paused: it has the 5 tries of each of 10 codes. So whoever exhausts the count keeps people
//! out of new browsers only, until midnight, and nobody out of an open session.
//!
//! One machine cannot exhaust it: a guess takes one of its browser and of its network too, or none of any.
//!
//! On one number [`GUESSES_OF_NUMBER`] wrong codes a day may come to nothing: of the 10 codes × 5 tries that limits on
//! sending alone would leave, 10. Against one person that is 1/100,000 a day.

use crate::{outside::identity::IdentityCheck, services::people::People, vault::Lookup};
use domain::{
    account::{SubjectId, limit::Limit},
    ports::Sender,
};

/// A code may be wrong so often.
pub const TRIES: u32 = 5;

/// Wrong codes that came to nothing, over all numbers, on one day. See the module for where it comes from.
pub const GUESSES_A_DAY: u32 = 500;

/// The same on one number.
pub const GUESSES_OF_NUMBER: u32 = 10;

/// The same from one network, so that spending [`GUESSES_A_DAY`] of everybody takes at least 13 of them, ...
pub const GUESSES_OF_NETWORK: u32 = 40;
/// ... and from one browser.
pub const GUESSES_OF_DEVICE: u32 = 10;

/// Codes to one number.
pub const CODES_OF_NUMBER: Limit = Limit { interval_ms: 60_000, burst: 1, a_day: 10 };
/// Codes asked for by one browser: people share a phone, not a crowd.
pub const CODES_OF_DEVICE: Limit = Limit { interval_ms: 20_000, burst: 3, a_day: 20 };
/// Codes asked for from one network: carriers put thousands behind one address, who sign in a few times a year.
/// Spending the day's budget of everybody takes many networks.
pub const CODES_OF_NETWORK: Limit = Limit { interval_ms: 1000, burst: 60, a_day: 300 };
/// Codes of the whole installation, so that one minute never costs a day.
pub const CODES_OF_ALL: Limit = Limit { interval_ms: 100, burst: 300, a_day: u32::MAX };

/// Wrong codes of officers from one browser, one network, and from all: 40 bits are not guessed with that.
const MANAGER_CODES_OF_DEVICE: Limit = Limit { interval_ms: 10_000, burst: 5, a_day: 10 };
const MANAGER_CODES_OF_NETWORK: Limit = Limit::of_day(30);
const MANAGER_CODES_OF_ALL: Limit = Limit { interval_ms: 1000, burst: 60, a_day: 2000 };

/// Names and ID numbers that one account may have checked in a day: enough to mistype some, too few to try a list of
/// stolen ones.
pub const IDENTITIES_OF_SUBJECT: u32 = 5;

type Keyed = ([u8; 32], Limit);

fn key(people: &People, of: &str, which: &str) -> [u8; 32] {
    people.vault.hash(Lookup::Rate, &format!("{of}:{which}"))
}

/// What sending one code takes: of the number first, then of all, of the day's budget, of the browser, of its network.
pub(super) fn sending(people: &People, mobile: &str, sender: &Sender) -> Vec<Keyed> {
    let mut limits = vec![
        (key(people, "code.number", mobile), CODES_OF_NUMBER),
        (key(people, "code.all", ""), CODES_OF_ALL),
        budget(people),
        (key(people, "code.device", &sender.device), CODES_OF_DEVICE),
    ];
    if !sender.network.is_empty() {
        limits.push((key(people, "code.network", &sender.network), CODES_OF_NETWORK));
    }
    limits
}

/// Where the day's budget stands in [`sending`].
pub(super) const BUDGET: usize = 2;

/// Messages of one day, codes and notices together.
pub(in crate::services) fn budget(people: &People) -> Keyed {
    (key(people, "sms.budget", ""), Limit::of_day(people.sms_a_day))
}

/// What one guess takes: of all numbers, of this one, of the browser and of its network.
pub(super) fn guessing(people: &People, mobile_hash: &[u8], sender: &Sender) -> Vec<Keyed> {
    let number = data_encoding::HEXLOWER.encode(mobile_hash);
    let mut limits = vec![
        (key(people, "guess.all", ""), Limit::of_day(GUESSES_A_DAY)),
        (key(people, "guess.number", &number), Limit::of_day(GUESSES_OF_NUMBER)),
    ];
    if !sender.device.is_empty() {
        limits.push((key(people, "guess.device", &sender.device), Limit::of_day(GUESSES_OF_DEVICE)));
    }
    if !sender.network.is_empty() {
        limits.push((key(people, "guess.network", &sender.network), Limit::of_day(GUESSES_OF_NETWORK)));
    }
    limits
}

/// Half of the guesses of all numbers, and one more: the first is spent and the second is not at exactly one moment.
pub(super) fn half_of_guessing(people: &People) -> (Keyed, Keyed) {
    let key = key(people, "guess.all", "");
    ((key, Limit::of_day(GUESSES_A_DAY / 2)), (key, Limit::of_day(GUESSES_A_DAY / 2 + 1)))
}

/// What one check of an identity takes: of the person, and of all where a service is asked, as many as there are messages
/// in a day: whoever joins needs one of each. Where nobody is asked nothing runs out, however many join on one day.
pub(super) fn identities(people: &People, subject: SubjectId) -> Vec<Keyed> {
    let mut limits =
        vec![(key(people, "identity.subject", &subject.to_string()), Limit::of_day(IDENTITIES_OF_SUBJECT))];
    if !matches!(people.identity, IdentityCheck::Form) {
        limits.push((key(people, "identity.all", ""), Limit::of_day(people.sms_a_day)));
    }
    limits
}

/// What one try of an officer's code takes.
pub(super) fn manager_codes(people: &People, sender: &Sender) -> Vec<Keyed> {
    let mut limits = vec![
        (key(people, "manager_code.device", &sender.device), MANAGER_CODES_OF_DEVICE),
        (key(people, "manager_code.all", ""), MANAGER_CODES_OF_ALL),
    ];
    if !sender.network.is_empty() {
        limits.push((key(people, "manager_code.network", &sender.network), MANAGER_CODES_OF_NETWORK));
    }
    limits
}
