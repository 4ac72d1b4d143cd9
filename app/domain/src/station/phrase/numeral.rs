//! Chinese numerals up to ninety-nine.

fn digit(letter: char) -> Option<u16> {
    Some(match letter {
        '零' | '〇' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// Whether a letter belongs to a numeral.
pub(super) fn is_numeral(letter: char) -> bool {
    letter == '十' || digit(letter).is_some()
}

/// A whole run of numerals and how many Arabic digits it stands for: `二十四`, `十`, `零五`, `八`.
pub(super) fn read(run: &[char]) -> Option<(u16, u8)> {
    match *run {
        ['十'] => Some((10, 2)),
        [one] => Some((digit(one)?, 1)),
        ['零' | '〇', one] => Some((digit(one).filter(|value| *value > 0)?, 2)),
        ['十', one] => Some((10 + above_zero(one)?, 2)),
        [ten, '十'] => Some((10 * above_zero(ten)?, 2)),
        [ten, '十', one] => Some((10 * above_zero(ten)? + above_zero(one)?, 2)),
        _ => None,
    }
}

/// In `二十四` neither place is zero, and nobody writes 两十.
fn above_zero(letter: char) -> Option<u16> {
    digit(letter).filter(|value| *value > 0 && letter != '两')
}
