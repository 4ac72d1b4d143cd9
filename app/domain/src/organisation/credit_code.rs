//! 统一社会信用代码 (GB 32100-2015).

use std::fmt;

/// The 31 characters of the standard: no I, O, S, V, Z.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Eighteen characters, the last of which proves the others. That a code is well formed says nothing of whether it
/// was ever given to anybody.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CreditCode([u8; 18]);

/// Why a text is no such code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeWrong {
    /// Not eighteen characters; so many.
    Length(usize),
    /// A character that the standard does not use.
    Character(char),
    /// The region (3rd to 8th character) is not six digits.
    Region,
    /// The last character does not fit: one of them was mistyped.
    Check,
}

impl fmt::Display for CodeWrong {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length(length) => write!(out, "统一社会信用代码是 18 位，这里有 {length} 位，请对照登记证书补全"),
            Self::Character(letter) => {
                write!(out, "统一社会信用代码里没有“{letter}”（不用 I、O、S、V、Z），请对照登记证书改正")
            }
            Self::Region => out.write_str("统一社会信用代码的第 3 到 8 位是地区，应当都是数字，请对照登记证书改正"),
            Self::Check => out.write_str("统一社会信用代码的校验位对不上，多半抄错了一位，请对照登记证书改正"),
        }
    }
}

/// What a character counts, by its place in the alphabet.
fn value(letter: u8) -> Option<usize> {
    ALPHABET.iter().position(|known| *known == letter)
}

/// The check character of the first seventeen: weights are powers of 3 modulo 31 (GB 32100-2015, 附录 A).
fn check_of(first: &[u8]) -> Option<u8> {
    let mut weight = 1;
    let mut sum = 0;
    for letter in first {
        sum += value(*letter)? * weight;
        weight = weight * 3 % 31;
    }
    Some(ALPHABET[(31 - sum % 31) % 31])
}

impl CreditCode {
    /// Reads a code as people type it: any case, full-width letters, blanks and hyphens between.
    ///
    /// # Errors
    /// What is wrong with it; its `Display` is a sentence for the person who typed it.
    pub fn parse(text: &str) -> Result<Self, CodeWrong> {
        let half = |letter: char| match letter {
            '！'..='～' => char::from_u32(letter as u32 - '！' as u32 + '!' as u32).unwrap_or(letter),
            other => other,
        };
        let typed: Vec<char> = text
            .chars()
            .map(half)
            .filter(|letter| !letter.is_whitespace() && *letter != '-')
            .map(|letter| letter.to_ascii_uppercase())
            .collect();
        let mut code = [0; 18];
        if typed.len() != code.len() {
            return Err(CodeWrong::Length(typed.len()));
        }
        for (place, letter) in code.iter_mut().zip(typed) {
            let byte = u8::try_from(letter).ok().filter(|byte| value(*byte).is_some());
            *place = byte.ok_or(CodeWrong::Character(letter))?;
        }
        if !code[2..8].iter().all(u8::is_ascii_digit) {
            return Err(CodeWrong::Region);
        }
        if check_of(&code[..17]) == Some(code[17]) { Ok(Self(code)) } else { Err(CodeWrong::Check) }
    }

    /// The eighteen characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for CreditCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl fmt::Debug for CreditCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A whole code with a made-up body.
    fn any_code() -> impl Strategy<Value = String> {
        let letter = || (0..31_usize).prop_map(|at| ALPHABET[at]);
        let head = proptest::collection::vec(letter(), 2);
        let region = proptest::collection::vec(0..10_usize, 6);
        let body = proptest::collection::vec(letter(), 9);
        (head, region, body).prop_map(|(head, region, body)| {
            let mut code = head;
            code.extend(region.into_iter().map(|digit| ALPHABET[digit]));
            code.extend(body);
            code.push(check_of(&code).expect("letters of the alphabet"));
            String::from_utf8(code).expect("ASCII")
        })
    }

    #[test]
    fn a_code_printed_in_the_press_is_right() {
        // Codes of companies, as their public filings print them.
        for code in ["9152000071430580XT", "91330100799655058B"] {
            assert_eq!(CreditCode::parse(code).map(|code| code.to_string()).as_deref(), Ok(code));
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        assert_eq!(CreditCode::parse("9152000071430580X"), Err(CodeWrong::Length(17)));
        assert_eq!(CreditCode::parse(""), Err(CodeWrong::Length(0)));
        assert_eq!(CreditCode::parse("9152000071430580OT"), Err(CodeWrong::Character('O')));
        assert_eq!(CreditCode::parse("9152000071430580张T"), Err(CodeWrong::Character('张')));
        assert_eq!(CreditCode::parse("91A2000071430580XT"), Err(CodeWrong::Region));
        assert_eq!(CreditCode::parse("9152000071430581XT"), Err(CodeWrong::Check));
    }

    #[test]
    fn it_is_read_as_people_type_it() {
        let code = CreditCode::parse("9152000071430580XT");
        for typed in [" 91520000 71430580xt ", "9152-0000-7143-0580-XT", "９１５２００００７１４３０５８０ＸＴ"]
        {
            assert_eq!(CreditCode::parse(typed), code, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn any_whole_code_is_read_back(code in any_code()) {
            let read = CreditCode::parse(&code);
            prop_assert_eq!(read.map(|read| read.to_string()), Ok(code));
        }

        #[test]
        fn one_mistyped_character_is_always_noticed(code in any_code(), at in 0..18_usize, other in 0..31_usize) {
            let mut typed = code.clone().into_bytes();
            prop_assume!(typed[at] != ALPHABET[other]);
            typed[at] = ALPHABET[other];
            let typed = String::from_utf8(typed).expect("ASCII");
            prop_assert!(CreditCode::parse(&typed).is_err());
        }

        #[test]
        fn two_neighbours_that_changed_places_are_always_noticed(code in any_code(), at in 0..17_usize) {
            let mut typed = code.into_bytes();
            prop_assume!(typed[at] != typed[at + 1]);
            typed.swap(at, at + 1);
            let typed = String::from_utf8(typed).expect("ASCII");
            prop_assert!(CreditCode::parse(&typed).is_err());
        }

        #[test]
        fn any_text_is_taken_without_harm(text in "\\PC{0,40}") {
            let _ = CreditCode::parse(&text);
        }
    }
}
