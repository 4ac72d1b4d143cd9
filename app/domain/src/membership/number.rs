//! 会员编号: what a member is known by, without anything about the person.
//!
//! 16 digits: six of the organisation's region (GB/T 2260; zeros where it has none), two of the year, seven that are
//! drawn by lot, and a check digit (GB/T 17710, ISO 7064 MOD 11,10). The shape is the program's own: where a province
//! numbers its members itself, that number is kept beside this one.

use std::fmt;

/// So many numbers a region and year has.
const SERIALS: u32 = 10_000_000;

/// A member's number. Digits only.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MemberNumber(String);

/// ISO 7064 MOD 11,10: the last digit of a text of digits.
fn check_digit(digits: &str) -> u32 {
    let product = digits.bytes().fold(10, |product, digit| {
        let sum = (product + u32::from(digit - b'0')) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    (11 - product) % 10
}

impl MemberNumber {
    /// The number of a region, a year and any 32 bits that were drawn.
    #[must_use]
    pub fn new(adcode: Option<u32>, year: i64, drawn: u32) -> Self {
        let region = adcode.unwrap_or_default() % 1_000_000;
        let digits = format!("{region:06}{:02}{:07}", year.rem_euclid(100), drawn % SERIALS);
        let check = check_digit(&digits);
        Self(format!("{digits}{check}"))
    }

    /// A number as it is typed or read, with or without spaces.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
        let is_whole = digits.len() == 16 && digits.bytes().all(|digit| digit.is_ascii_digit());
        (is_whole && check_digit(&digits[..15]).to_string() == digits[15..]).then_some(Self(digits))
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MemberNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// Whole years, after the year somebody joins, that a card counts. ○ No clause that was read says it: nothing printed
/// calls it a rule.
const YEARS_AFTER: i64 = 2;

/// Until when a membership that begins in a year is shown as valid: the last day of the year after next.
#[must_use]
pub const fn valid_until_year(joined: i64) -> i64 {
    joined + YEARS_AFTER
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_its_region_its_year_and_a_check_digit() {
        let number = MemberNumber::new(Some(410_105), 2026, 41);
        assert_eq!(&number.as_str()[..15], "410105260000041");
        assert_eq!(MemberNumber::parse(number.as_str()), Some(number.clone()));
        assert_eq!(
            MemberNumber::parse(&format!(" {} {} ", &number.as_str()[..8], &number.as_str()[8..])),
            Some(number)
        );
        assert_eq!(&MemberNumber::new(None, 2026, u32::MAX).as_str()[..8], "00000026");
    }

    #[test]
    fn the_check_digit_is_that_of_the_standard() {
        // GB/T 17710, the example of ISO 7064 MOD 11,10.
        assert_eq!(check_digit("0794"), 5);
    }

    #[test]
    fn one_wrong_digit_is_never_another_number() {
        let number = MemberNumber::new(Some(440_305), 2026, 7_654_321);
        for at in 0..16 {
            for digit in b'0'..=b'9' {
                let mut bytes = number.as_str().as_bytes().to_vec();
                if bytes[at] == digit {
                    continue;
                }
                bytes[at] = digit;
                let text = String::from_utf8(bytes).expect("digits");
                assert_eq!(MemberNumber::parse(&text), None, "{text}");
            }
        }
    }
}
