//! Looking for stations by words of their name and address.

use super::state::State;
use domain::{
    geo::{Point, distance_m},
    ports::Found,
    station::{Code, Station},
};
use std::{collections::BinaryHeap, sync::Arc};

/// Words after this many are not looked at.
const MOST_WORDS: usize = 8;

/// Which letters occur in a name and an address: one bit for each of 128 groups of letters. Rules
/// out nearly all stations without touching their text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Letters(u128);

impl Letters {
    fn of(letters: impl Iterator<Item = char>) -> Self {
        // Fibonacci hashing: the upper bits of the product are the well mixed ones.
        let bit = |letter: char| (letter as u32).wrapping_mul(0x9E37_79B9) >> 25;
        Self(letters.fold(0, |bits, letter| bits | 1 << bit(letter)))
    }

    pub(super) fn of_station(station: &Station) -> Self {
        Self::of(station.name.chars().chain(station.address.iter().flat_map(|text| text.chars())).map(folded))
    }

    const fn contains_all(self, others: Self) -> bool {
        self.0 & others.0 == others.0
    }
}

/// Capital and full-width forms of ASCII as plain small ones.
const fn folded(letter: char) -> char {
    let narrow = match letter {
        '\u{3000}' => ' ',
        '！'..='～' => match char::from_u32(letter as u32 - '！' as u32 + '!' as u32) {
            Some(narrow) => narrow,
            None => letter,
        },
        other => other,
    };
    narrow.to_ascii_lowercase()
}

/// Where the words were found; earlier is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// The name begins with the first word and has the others.
    NameBegins,
    /// The name has all words.
    Name,
    /// The address has what the name has not.
    Address,
}

/// The words looked for, as they are compared, and room for what they are compared with.
struct Query {
    words: Vec<Vec<char>>,
    letters: Letters,
    name: Vec<char>,
    address: Vec<char>,
}

impl Query {
    fn of(text: &str) -> Self {
        let text: String = text.chars().map(folded).collect();
        let words: Vec<Vec<char>> = text
            .split(|letter: char| letter.is_whitespace() || letter == ',' || letter == '、')
            .filter(|word| !word.is_empty())
            .take(MOST_WORDS)
            .map(|word| word.chars().collect())
            .collect();
        let letters = Letters::of(words.iter().flatten().copied());
        Self { words, letters, name: Vec::new(), address: Vec::new() }
    }

    fn place(&mut self, station: &Station) -> Option<Place> {
        self.name.clear();
        self.name.extend(station.name.chars().map(folded));
        if self.words.iter().all(|word| has(&self.name, word)) {
            let begins = self.words.first().is_some_and(|word| self.name.starts_with(word));
            return Some(if begins { Place::NameBegins } else { Place::Name });
        }
        self.address.clear();
        self.address.extend(station.address.iter().flat_map(|text| text.chars()).map(folded));
        let either = |word: &Vec<char>| has(&self.name, word) || has(&self.address, word);
        self.words.iter().all(either).then_some(Place::Address)
    }
}

fn has(text: &[char], word: &[char]) -> bool {
    text.windows(word.len()).any(|part| part == word)
}

/// What orders the answers: where the words were found, how far it is, the code.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Rank {
    place: Place,
    distance_m: f64,
    code: Code,
}

impl Eq for Rank {}

impl Ord for Rank {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.place
            .cmp(&other.place)
            .then_with(|| self.distance_m.total_cmp(&other.distance_m))
            .then_with(|| self.code.cmp(&other.code))
    }
}

impl PartialOrd for Rank {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// At most `limit` stations: those whose name begins with the words first, then those with the words
/// in the name, then in the address; each by distance from `near`, which is 0 for all without it.
pub(super) fn find(state: &State, text: &str, near: Option<Point>, limit: usize) -> Vec<Found> {
    let mut query = Query::of(text);
    if query.words.is_empty() || limit == 0 {
        return Vec::new();
    }
    // The best so far, the worst of them on top.
    let mut best: BinaryHeap<(Rank, usize, u32)> = BinaryHeap::new();
    let parts: Vec<_> = state.parts().collect();
    for (at, part) in parts.iter().enumerate() {
        for (slot, letters) in (0..).zip(&part.block.letters) {
            if !letters.contains_all(query.letters) || !part.shows(slot) {
                continue;
            }
            let station = part.block.station(slot);
            let Some(place) = query.place(station) else { continue };
            let distance_m = near.map_or(0.0, |near| distance_m(near, station.point));
            best.push((Rank { place, distance_m, code: station.code }, at, slot));
            if best.len() > limit {
                best.pop();
            }
        }
    }
    let best = best.into_sorted_vec();
    let found = |&(rank, at, slot): &(Rank, usize, u32)| Found {
        station: Arc::clone(parts[at].block.station(slot)),
        distance_m: rank.distance_m,
    };
    best.iter().map(found).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capital_and_full_width_letters_are_the_same_letters() {
        let fold = |text: &str| text.chars().map(folded).collect::<String>();
        assert_eq!(fold("ＡＢｃ（Ｇ４０）　Wi-Fi"), "abc(g40) wi-fi");
        assert_eq!(fold("郑州·驿站"), "郑州·驿站");
    }

    #[test]
    fn letters_never_rule_out_a_text_that_has_the_word() {
        let text = "金水工会杜岭户外劳动者爱心驿站 G40 abc";
        let letters = Letters::of(text.chars());
        for (from, _) in text.char_indices() {
            assert!(letters.contains_all(Letters::of(text[from..].chars().take(3))));
        }
        assert!(!Letters::of("驿站".chars()).contains_all(letters));
    }
}
