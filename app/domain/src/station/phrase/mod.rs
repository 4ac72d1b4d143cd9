//! Opening hours in Chinese words, as they stand in real files, read into OSM `opening_hours` text.
//!
//! A text is understood wholly or not at all: one word that is not on the list, one time that may mean two
//! things, and nothing is read. What a driver is told at night must not rest on a guess.
//!
//! The way: letters made plain → tokens → items (days, spans, 闭馆, 除外) → a reading → OSM text. Each step
//! goes over the text once.

mod clock;
mod cursor;
mod days;
mod item;
mod letter;
mod months;
mod numeral;
mod osm;
mod reading;
mod token;
mod word;

use reading::Reading;

/// Longer cells are prose.
pub const LONGEST: usize = 4096;

/// What a text in words says, as OSM `opening_hours` rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// OSM `opening_hours`: `Mo-Fr 09:00-17:00; PH off`. Where the text speaks only of unattended hours,
    /// these.
    pub rules: String,
    /// 工作日, 调休上班日照常: it works when the nation works, make-up days among them.
    pub follows_calendar: bool,
    /// Hours said to be 无人值守 or 自助, as OSM `opening_hours`: open as well, with nobody there.
    pub unattended: Option<String>,
}

/// Understands the raw cell of a file, or says `None`: for what is not understood wholly, for what is
/// ambiguous, and for more than [`LONGEST`] bytes. OSM syntax is not read here.
#[must_use]
pub fn read(text: &str) -> Option<Phrase> {
    if text.len() > LONGEST {
        return None;
    }
    let items = item::items(&token::tokens(text.trim())?)?;
    osm::write(&Reading::of(&items)?)
}
