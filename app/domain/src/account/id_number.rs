//! The number of an identity document.

use super::{
    IdType,
    typed::{half_width, is_gap},
};
use crate::time::Date;
use std::fmt;

codes! {
    /// 性别, as a number says.
    pub enum Sex {
        /// 男.
        Male = "male" "男",
        /// 女.
        Female = "female" "女",
    }
}

/// The number of a document whose form was checked. `Debug` shows the mask.
#[derive(Clone, PartialEq, Eq)]
pub struct IdNumber {
    id_type: IdType,
    text: String,
}

/// Why a text is no number of that document. `Display` says what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdNumberWrong {
    /// Nothing was typed.
    Empty,
    /// A character that no such number has.
    Letters,
    /// So many characters instead of 18.
    Length(usize),
    /// 15 digits, the form before 1999.
    OldForm,
    /// It does not begin with the code of a province (GB/T 2260).
    Region,
    /// It is a number of another document.
    OtherType(IdType),
    /// There is no such date of birth.
    Date,
    /// The date of birth is to come.
    Future,
    /// Younger than 16, who may not be employed (劳动法 第十五条), or older than anybody.
    Age,
    /// The last character does not fit the others: one was mistyped.
    CheckDigit,
    /// It is not of the form of this document.
    Form(IdType),
}

impl fmt::Display for IdNumberWrong {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => out.write_str("请填写证件号码。"),
            Self::Letters => out.write_str("证件号码里有不该有的字，请对着证件检查一下。"),
            Self::Length(length) => write!(out, "号码是 18 位，现在是 {length} 位，请对着证件检查一下。"),
            Self::OldForm => out.write_str("这是 15 位的旧号码，请填现在证件上的 18 位号码。"),
            Self::Region => out.write_str("号码的前两位不是省份代码，请对着证件检查一下。"),
            Self::OtherType(id_type) => write!(out, "这看起来是{}的号码，请改一下证件类型。", id_type.word()),
            Self::Date => out.write_str("号码里的出生日期没有这一天，请检查第 7 到 14 位。"),
            Self::Future => out.write_str("号码里的出生日期还没到，请检查第 7 到 14 位。"),
            Self::Age => out.write_str("按号码算，年龄不满 16 岁或者太大，请检查第 7 到 14 位。"),
            Self::CheckDigit => out.write_str("号码对不上，有一位写错了，请对着证件逐位检查。"),
            Self::Form(IdType::HmtPass) => {
                out.write_str("通行证号码是 H 或 M 加 8 位数字，台湾居民是 8 位数字，请对着证件检查一下。")
            }
            Self::Form(IdType::ForeignResidence) => {
                out.write_str("永久居留身份证号码是 9 开头的 18 位，旧证是 3 个字母加 12 位数字，请对着证件检查一下。")
            }
            Self::Form(IdType::Passport) => out.write_str("护照号码是 5 到 12 位字母和数字，请对着护照检查一下。"),
            Self::Form(_) => out.write_str("号码的格式不对，请对着证件检查一下。"),
        }
    }
}

impl std::error::Error for IdNumberWrong {}

/// The first two digits of provinces with residents' numbers (GB/T 2260).
const PROVINCES: [&str; 31] = [
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44",
    "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65",
];
/// 香港, 澳门, 台湾 in the numbers of residence permits (GB 11643, 港澳台居民居住证申领发放办法 第七条).
const HMT: [&str; 3] = ["810000", "820000", "830000"];
/// No number is longer, however it is written.
const LONGEST: usize = 40;
/// Who may be employed.
const YOUNGEST: i64 = 16;
/// Nobody is known to have grown older than 122.
const OLDEST: i64 = 130;

impl IdNumber {
    /// Reads the number of a document as people type it: spaces, dashes, full-width digits, x for X. `today` is
    /// the date against which the date of birth is held.
    ///
    /// # Errors
    /// [`IdNumberWrong`].
    pub fn parse(id_type: IdType, text: &str, today: Date) -> Result<Self, IdNumberWrong> {
        let mut number = String::new();
        for letter in text.chars().map(half_width).filter(|&letter| !is_gap(letter)) {
            let letter = match letter.to_ascii_uppercase() {
                // The multiplication sign and the Roman ten stand for X on some keyboards.
                '×' | '✕' | '\u{2169}' | '\u{2179}' => 'X',
                other => other,
            };
            if !letter.is_ascii_alphanumeric() {
                return Err(IdNumberWrong::Letters);
            }
            number.push(letter);
            if number.len() > LONGEST {
                return Err(IdNumberWrong::Length(number.len()));
            }
        }
        if number.is_empty() {
            return Err(IdNumberWrong::Empty);
        }
        match id_type {
            IdType::Resident | IdType::HmtResidence => check_resident(id_type, &number, today)?,
            IdType::ForeignResidence => check_foreign(&number, today)?,
            IdType::HmtPass => {
                let digits = number.strip_prefix(['H', 'M']);
                let is_hong_kong = digits.is_some_and(|digits| matches!(digits.len(), 8 | 10) && all_digits(digits));
                let is_taiwan = matches!(number.len(), 8 | 10) && all_digits(&number);
                if !is_hong_kong && !is_taiwan {
                    return Err(IdNumberWrong::Form(id_type));
                }
            }
            IdType::Passport => {
                if number.len() == 18 && check_resident(IdType::Resident, &number, today).is_ok() {
                    return Err(IdNumberWrong::OtherType(IdType::Resident));
                }
                if !(5..=12).contains(&number.len()) || !number.bytes().any(|byte| byte.is_ascii_digit()) {
                    return Err(IdNumberWrong::Form(id_type));
                }
            }
        }
        Ok(Self { id_type, text: number })
    }

    /// Of which document.
    #[must_use]
    pub const fn id_type(&self) -> IdType {
        self.id_type
    }

    /// The number. Whoever calls this answers for where it goes.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// `410***********1234`; of a shorter number the first and the last four, of a very short one the last two.
    #[must_use]
    pub fn masked(&self) -> String {
        let length = self.text.len();
        let (head, tail) = match length {
            0..8 => (1, 2),
            8..15 => (1, 4),
            _ => (3, 4),
        };
        let stars = "*".repeat(length - head - tail);
        format!("{}{stars}{}", &self.text[..head], &self.text[length - tail..])
    }

    /// The last four characters: a second fact after a code.
    #[must_use]
    pub fn last4(&self) -> &str {
        &self.text[self.text.len() - 4..]
    }

    /// The date of birth, where the number says it.
    #[must_use]
    pub fn born(&self) -> Option<Date> {
        (self.text.len() == 18).then(|| birth(&self.text)).flatten()
    }

    /// The sex, where the number says it: an odd 17th digit is a man's.
    #[must_use]
    pub fn sex(&self) -> Option<Sex> {
        let digit = (self.text.len() == 18).then(|| self.text.as_bytes()[16])?;
        Some(if digit % 2 == 1 { Sex::Male } else { Sex::Female })
    }
}

impl fmt::Debug for IdNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.masked())
    }
}

/// The last four characters as they are typed, for a comparison; `None` when it cannot be that.
#[must_use]
pub fn typed_last4(text: &str) -> Option<String> {
    let four: String = text.chars().map(half_width).filter(|&letter| !is_gap(letter)).take(5).collect();
    let four = four.to_uppercase().replace('×', "X");
    (four.len() == 4 && four.bytes().all(|byte| byte.is_ascii_alphanumeric())).then_some(four)
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// GB 11643, for residents and, with regions of their own, for residents of 港澳台.
fn check_resident(id_type: IdType, number: &str, today: Date) -> Result<(), IdNumberWrong> {
    if number.len() == 15 && all_digits(number) {
        return Err(IdNumberWrong::OldForm);
    }
    if number.len() != 18 {
        return Err(IdNumberWrong::Length(number.len()));
    }
    if !all_digits(&number[..17]) || !matches!(number.as_bytes()[17], b'0'..=b'9' | b'X') {
        return Err(IdNumberWrong::Letters);
    }
    let of_hmt = HMT.contains(&&number[..6]);
    let of_province = PROVINCES.contains(&&number[..2]);
    match id_type {
        IdType::HmtResidence if of_hmt => {}
        IdType::HmtResidence if of_province => return Err(IdNumberWrong::OtherType(IdType::Resident)),
        IdType::Resident if of_province => {}
        IdType::Resident if of_hmt => return Err(IdNumberWrong::OtherType(IdType::HmtResidence)),
        _ if number.starts_with('9') && check_foreign(number, today).is_ok() => {
            return Err(IdNumberWrong::OtherType(IdType::ForeignResidence));
        }
        _ => return Err(IdNumberWrong::Region),
    }
    check_dates(number, today)
}

/// 外国人永久居留身份证: since 2023 eighteen digits (9, province, nationality, birth, order, check digit), before that
/// three letters of the nationality and twelve digits.
fn check_foreign(number: &str, today: Date) -> Result<(), IdNumberWrong> {
    let old =
        number.len() == 15 && number.bytes().take(3).all(|byte| byte.is_ascii_uppercase()) && all_digits(&number[3..]);
    if old {
        return Ok(());
    }
    let new = number.len() == 18
        && number.starts_with('9')
        && all_digits(&number[..17])
        && matches!(number.as_bytes()[17], b'0'..=b'9' | b'X');
    if !new {
        return Err(IdNumberWrong::Form(IdType::ForeignResidence));
    }
    check_dates(number, today)
}

fn check_dates(number: &str, today: Date) -> Result<(), IdNumberWrong> {
    let born = birth(number).ok_or(IdNumberWrong::Date)?;
    if born > today {
        return Err(IdNumberWrong::Future);
    }
    // A number that was mistyped in the year mostly breaks its check digit too: that is said first.
    if check_digit(&number.as_bytes()[..17]) != number.as_bytes()[17] {
        return Err(IdNumberWrong::CheckDigit);
    }
    let before_birthday = (today.month, today.day) < (born.month, born.day);
    let age = today.year - born.year - i64::from(before_birthday);
    if (YOUNGEST..=OLDEST).contains(&age) { Ok(()) } else { Err(IdNumberWrong::Age) }
}

fn birth(number: &str) -> Option<Date> {
    let date = Date {
        year: number.get(6..10)?.parse().ok()?,
        month: number.get(10..12)?.parse().ok()?,
        day: number.get(12..14)?.parse().ok()?,
    };
    date.to_day().map(|_| date)
}

/// ISO 7064 MOD 11-2 over seventeen digits.
fn check_digit(digits: &[u8]) -> u8 {
    let sum = digits.iter().fold(0_u32, |sum, digit| (sum + u32::from(digit - b'0')) * 2 % 11);
    b"10X98765432"[(sum % 11) as usize]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TODAY: Date = Date { year: 2026, month: 11, day: 24 };
    /// When GB 11643-1999 came into force: its own examples are of people who could have lived then.
    const THEN: Date = Date { year: 1999, month: 7, day: 1 };

    fn resident(text: &str) -> Result<IdNumber, IdNumberWrong> {
        IdNumber::parse(IdType::Resident, text, TODAY)
    }

    /// A number with its check digit.
    fn with_check(digits: &str) -> String {
        format!("{digits}{}", char::from(check_digit(digits.as_bytes())))
    }

    #[test]
    fn a_resident_number_is_read_as_it_is_typed() {
        for typed in [
            "11010519491231002X",
            "11010519491231002x",
            " 110105 19491231 002X ",
            "１１０１０５１９４９１２３１００２Ｘ",
            "110105-19491231-002×",
        ] {
            let number = resident(typed).expect(typed);
            assert_eq!(number.as_str(), "11010519491231002X");
            assert_eq!((number.masked().as_str(), number.last4()), ("110***********002X", "002X"));
            assert_eq!(number.born().map(|date| date.to_string()).as_deref(), Some("1949-12-31"));
            assert_eq!(number.sex(), Some(Sex::Female));
            assert_eq!(format!("{number:?}"), "110***********002X");
        }
    }

    #[test]
    fn what_is_none_is_told_why() {
        let future = with_check("11010520991231002");
        let child = with_check("11010520150101002");
        for (typed, why) in [
            ("", IdNumberWrong::Empty),
            ("110105194912310021", IdNumberWrong::CheckDigit),
            ("1101051949123100", IdNumberWrong::Length(16)),
            ("110105491231002", IdNumberWrong::OldForm),
            ("11010519491331002X", IdNumberWrong::Date),
            ("110105194902290029", IdNumberWrong::Date),
            (&future, IdNumberWrong::Future),
            (&child, IdNumberWrong::Age),
            ("440524188001010014", IdNumberWrong::Age),
            ("99010519491231002X", IdNumberWrong::Region),
            ("1101051949123100XX", IdNumberWrong::Letters),
            ("一一〇", IdNumberWrong::Letters),
            (&with_check("81000019900101001"), IdNumberWrong::OtherType(IdType::HmtResidence)),
            ("911124198108030024", IdNumberWrong::OtherType(IdType::ForeignResidence)),
        ] {
            assert_eq!(resident(typed), Err(why), "{typed}");
            assert!(why.to_string().ends_with('。'), "{why}");
        }
        assert_eq!(resident(&"1".repeat(10_000)), Err(IdNumberWrong::Length(LONGEST + 1)));
    }

    #[test]
    fn other_documents_have_their_own_forms() {
        let hmt = with_check("83000019900101001");
        for (id_type, number) in [
            (IdType::HmtResidence, hmt.as_str()),
            (IdType::HmtPass, "H12345678"),
            (IdType::HmtPass, "M1234567801"),
            (IdType::HmtPass, "12345678"),
            (IdType::ForeignResidence, "911124198108030024"),
            (IdType::ForeignResidence, "CAN110123456789"),
            (IdType::Passport, "E12345678"),
            (IdType::Passport, "g1234567"),
        ] {
            assert!(IdNumber::parse(id_type, number, TODAY).is_ok(), "{number}");
        }
        for (id_type, number, why) in [
            (IdType::HmtResidence, "11010519491231002X", IdNumberWrong::OtherType(IdType::Resident)),
            (IdType::HmtPass, "A12345678", IdNumberWrong::Form(IdType::HmtPass)),
            (IdType::ForeignResidence, "123", IdNumberWrong::Form(IdType::ForeignResidence)),
            (IdType::ForeignResidence, "911124198108030025", IdNumberWrong::CheckDigit),
            (IdType::Passport, "ABCDEFG", IdNumberWrong::Form(IdType::Passport)),
            (IdType::Passport, "11010519491231002X", IdNumberWrong::OtherType(IdType::Resident)),
        ] {
            assert_eq!(IdNumber::parse(id_type, number, TODAY), Err(why), "{number}");
        }
        let passport = IdNumber::parse(IdType::Passport, "E12345678", TODAY).expect("a passport");
        assert_eq!((passport.masked().as_str(), passport.born(), passport.sex()), ("E****5678", None, None));
    }

    #[test]
    fn the_last_four_are_read_as_they_are_typed() {
        assert_eq!(typed_last4(" 00 2x").as_deref(), Some("002X"));
        assert_eq!(typed_last4("１２３４").as_deref(), Some("1234"));
        for wrong in ["", "123", "12345", "一二三四", "12.4"] {
            assert_eq!(typed_last4(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_vectors_of_the_standard_hold() {
        let folder = std::env::var_os("TEST_DATA").map_or_else(
            || std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
            std::path::PathBuf::from,
        );
        let path = folder.join("names-and-vectors/id18_test_vectors.csv");
        let Ok(text) = std::fs::read_to_string(&path) else {
            eprintln!("skipped: {} is not there (set TEST_DATA)", path.display());
            return;
        };
        let mut seen = 0;
        for line in text.lines().skip(1) {
            let mut fields = line.splitn(3, ',');
            let (number, expected) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
            // What is full-width or in lower case is accepted here once it is made plain.
            let valid = !expected.starts_with("invalid") || expected.contains("unless NFKC");
            assert_eq!(IdNumber::parse(IdType::Resident, number, THEN).is_ok(), valid, "{line}");
            seen += 1;
        }
        assert!(seen >= 10, "{seen} vectors");
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_reading(text in ".*", which in 0_usize..5) {
            let id_type = IdType::ALL[which];
            if let Ok(number) = IdNumber::parse(id_type, &text, TODAY) {
                prop_assert_eq!(IdNumber::parse(id_type, number.as_str(), TODAY), Ok(number.clone()));
                prop_assert!(number.masked().contains('*'));
            }
        }

        #[test]
        fn one_wrong_digit_and_two_swapped_are_found(
            day in 0_i64..20_000,
            order in 0_u32..1000,
            at in 0_usize..17,
            other in 1_u8..10,
        ) {
            let born = Date::of_day(day - 10_000);
            let number = with_check(&format!("410105{:04}{:02}{:02}{order:03}", born.year, born.month, born.day));
            prop_assume!(resident(&number).is_ok());
            let mut wrong = number.clone().into_bytes();
            wrong[at] = b'0' + (wrong[at] - b'0' + other) % 10;
            prop_assert!(resident(&String::from_utf8(wrong).expect("ASCII")).is_err());
            let mut swapped = number.clone().into_bytes();
            if at < 16 && swapped[at] != swapped[at + 1] {
                swapped.swap(at, at + 1);
                prop_assert!(resident(&String::from_utf8(swapped).expect("ASCII")).is_err());
            }
        }
    }
}
