//! A mobile number of the mainland.

use super::typed::{half_width, is_gap};
use std::fmt;

/// Eleven digits that begin with 13 to 19 (YD/T and the numbering plan of 工信部). `Debug` shows the mask.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Mobile([u8; 11]);

/// Why a text is no mobile number. `Display` says what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MobileWrong {
    /// Nothing was typed.
    Empty,
    /// There is something else than digits in it.
    Letters,
    /// So many digits are not a mobile number.
    Length(usize),
    /// Eleven digits, of no mobile number.
    Start,
}

impl fmt::Display for MobileWrong {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => out.write_str("请填写手机号。"),
            Self::Letters => out.write_str("手机号只有数字，请检查一下。"),
            Self::Length(digits) => write!(out, "手机号是 11 位数字，现在是 {digits} 位，请检查一下。"),
            Self::Start => out.write_str("手机号以 13 到 19 开头，请检查一下；座机收不到验证码。"),
        }
    }
}

impl std::error::Error for MobileWrong {}

/// No number is longer, however it is written.
const LONGEST: usize = 64;

impl Mobile {
    /// Reads a number as people type it: spaces, dashes and full-width digits, `+86`, `0086` or `86` before it.
    ///
    /// # Errors
    /// [`MobileWrong`].
    pub fn parse(text: &str) -> Result<Self, MobileWrong> {
        let mut digits = String::new();
        let mut plus = false;
        for letter in text.chars().map(half_width).filter(|&letter| !is_gap(letter)) {
            match letter {
                '+' if digits.is_empty() && !plus => plus = true,
                '0'..='9' => digits.push(letter),
                // Brackets around a prefix: (+86).
                '(' | ')' => {}
                _ => return Err(MobileWrong::Letters),
            }
            if digits.len() > LONGEST {
                return Err(MobileWrong::Length(digits.len()));
            }
        }
        if digits.is_empty() {
            return Err(if plus { MobileWrong::Length(0) } else { MobileWrong::Empty });
        }
        let national = ["0086", "86"].into_iter().find_map(|prefix| digits.strip_prefix(prefix));
        let national = national.filter(|rest| rest.len() == 11).unwrap_or(&digits);
        let number: [u8; 11] = national.as_bytes().try_into().map_err(|_| MobileWrong::Length(national.len()))?;
        if number[0] == b'1' && (b'3'..=b'9').contains(&number[1]) { Ok(Self(number)) } else { Err(MobileWrong::Start) }
    }

    /// The eleven digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// `138****5678`.
    #[must_use]
    pub fn masked(&self) -> String {
        let number = self.as_str();
        format!("{}****{}", &number[..3], &number[7..])
    }
}

impl fmt::Debug for Mobile {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.masked())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_is_understood_however_it_is_typed() {
        for typed in [
            "13812345678",
            " 138 1234 5678 ",
            "138-1234-5678",
            "+8613812345678",
            "+86 138 1234 5678",
            "0086-13812345678",
            "8613812345678",
            "１３８１２３４５６７８",
            "（+86）138　1234　5678",
            "138\u{2013}1234\u{2013}5678",
            "\u{202D}13812345678\u{202C}",
        ] {
            assert_eq!(
                Mobile::parse(typed).map(|number| number.as_str().to_owned()).as_deref(),
                Ok("13812345678"),
                "{typed}"
            );
        }
    }

    #[test]
    fn what_is_none_is_told_why() {
        for (typed, why) in [
            ("", MobileWrong::Empty),
            ("  \u{3000} ", MobileWrong::Empty),
            ("+", MobileWrong::Length(0)),
            ("1381234567", MobileWrong::Length(10)),
            ("138123456789", MobileWrong::Length(12)),
            ("12812345678", MobileWrong::Start),
            ("02112345678", MobileWrong::Start),
            ("+85213812345678", MobileWrong::Length(14)),
            ("一三八12345678", MobileWrong::Letters),
            ("138+12345678", MobileWrong::Letters),
            ("1381234567x", MobileWrong::Letters),
        ] {
            assert_eq!(Mobile::parse(typed), Err(why), "{typed}");
        }
        assert_eq!(Mobile::parse(&"1".repeat(10_000)), Err(MobileWrong::Length(LONGEST + 1)));
    }

    #[test]
    fn it_is_printed_masked() {
        let number = Mobile::parse("13812345678").expect("a number");
        assert_eq!((number.masked().as_str(), format!("{number:?}").as_str()), ("138****5678", "138****5678"));
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_reading(text in ".*") {
            if let Ok(number) = Mobile::parse(&text) {
                prop_assert_eq!(Mobile::parse(number.as_str()), Ok(number));
                prop_assert_eq!(number.as_str().len(), 11);
            }
        }

        #[test]
        fn every_mobile_number_is_one(digits in "1[3-9][0-9]{9}") {
            let number = Mobile::parse(&digits).expect("a number");
            prop_assert_eq!(number.as_str(), digits.as_str());
            prop_assert!(!number.masked().contains(&digits[3..7]) || digits[3..7] == *"****");
        }
    }
}
