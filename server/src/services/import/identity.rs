//! Who is who: the identity of a row and the code it leads to.

use super::field::half_width;
use domain::station::Code;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// The code of a station: the first 50 bits of SHA-256 over what identifies it.
#[must_use]
pub fn code_of(source: &str, source_id: &str) -> Code {
    let digest = Sha256::new()
        .chain_update(b"station\0")
        .chain_update(source)
        .chain_update(b"\0")
        .chain_update(source_id)
        .finalize();
    Code::of_hash(std::array::from_fn(|at| digest[at]))
}

/// The identity of a row without a number: a hash of its name and address, so that a moved pin is
/// still the same place. `None` when both are blank.
#[must_use]
pub fn identity_of(name: &str, address: &str) -> Option<String> {
    let (name, address) = (normal(name), normal(address));
    if name.is_empty() && address.is_empty() {
        return None;
    }
    let digest = Sha256::new().chain_update(&name).chain_update(b"\0").chain_update(&address).finalize();
    let mut identity = "name-".to_owned();
    for byte in &digest[..12] {
        write!(identity, "{byte:02x}").expect("writing to a string");
    }
    Some(identity)
}

/// Letters that nobody sees: controls, and the format letters (Unicode Cf) that text copied from web
/// pages carries. They would make one station two, and some turn the order of what follows around.
pub(super) const fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
    )
}

/// A text without what differs for no reason between two typings of it.
fn normal(text: &str) -> String {
    text.chars()
        .map(half_width)
        .filter(|letter| !letter.is_whitespace() && !is_invisible(*letter))
        .map(|letter| match letter {
            '【' | '[' | '〔' => '(',
            '】' | ']' | '〕' => ')',
            '·' | '•' | '－' | '—' | '–' => '-',
            other => other,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_depends_on_the_source_and_the_identity_and_on_nothing_else() {
        // Codes stand in links that people share: this value must never change.
        assert_eq!(code_of("zhengzhou", "12").to_string(), "7HHN1G19JW");
        assert_eq!(code_of("a", "b"), code_of("a", "b"));
        assert_ne!(code_of("a", "b"), code_of("ab", ""));
        assert_ne!(code_of("a", "b"), code_of("b", "a"));
    }

    #[test]
    fn two_typings_of_one_name_are_one_place() {
        let one = identity_of("工会驿站（德化街）", "二七区 德化街１号");
        assert_eq!(one, identity_of(" 工会驿站(德化街) ", "二七区德化街1号"));
        assert_ne!(one, identity_of("工会驿站（德化街）", "二七区德化街2号"));
        assert_eq!(identity_of(" ", "\u{3000}"), None);
        assert_ne!(identity_of("ab", "c"), identity_of("a", "bc"));
        // A zero-width space comes along when a name is copied from a web page.
        assert_eq!(one, identity_of("工会驿站\u{200b}（德化街）\u{feff}", "二七区德化街1号"));
    }
}
