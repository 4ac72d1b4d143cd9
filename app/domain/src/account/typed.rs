//! What people type, before it is read: full-width letters, spaces and dashes of every keyboard.

/// The plain form of a full-width letter, digit or sign (U+FF01 to U+FF5E) and of the ideographic space; any other
/// character as it is.
pub(super) fn half_width(letter: char) -> char {
    match letter {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        other => other,
    }
}

/// Whether it only parts groups of digits: spaces and dashes.
pub(super) fn is_gap(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(letter, '-' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE63}' | '\u{00AD}')
        || is_invisible(letter)
}

/// Whether it takes no room or turns the direction of what follows: what a pasted text may carry unseen.
pub(super) const fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{061C}'
            | '\u{115F}'
            | '\u{1160}'
            | '\u{17B4}'
            | '\u{17B5}'
            | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{3164}'
            | '\u{FEFF}'
            | '\u{FFA0}'
            | '\u{FFF9}'..='\u{FFFB}'
            | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{E007F}'
    )
}
