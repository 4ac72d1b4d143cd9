//! A person's name.

use super::typed::{half_width, is_invisible};
use std::fmt;

/// The longest name, in characters. Names in the register reach about 20; passports give 39 (ICAO 9303).
pub const LONGEST_NAME: usize = 50;

/// The middle dot (U+00B7) between the parts of a name: 买买提·艾力. GB/T 32911 asks for this one.
const DOT: char = '·';

/// A name: Han characters of every extension, with middle dots, or Latin letters with spaces, hyphens and
/// apostrophes. `Debug` shows the mask.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonName(String);

/// Why a text is no name. `Display` says what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameWrong {
    /// Nothing was typed.
    Empty,
    /// One character alone.
    Short,
    /// More than [`LONGEST_NAME`] characters.
    Long,
    /// A digit.
    Digit,
    /// A character that takes no room, turns the direction, or controls a device.
    Unseen,
    /// A character of somebody's own font (private use): another phone shows something else.
    Private,
    /// A dot, a hyphen or an apostrophe that parts nothing.
    Sign,
    /// Anything else.
    Other(char),
}

impl fmt::Display for NameWrong {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => out.write_str("请填写姓名，和证件上一样。"),
            Self::Short => out.write_str("请填全名，姓和名都要。"),
            Self::Long => write!(out, "姓名最长 {LONGEST_NAME} 个字，请检查一下。"),
            Self::Digit => out.write_str("姓名里不能有数字，请检查一下。"),
            Self::Unseen => out.write_str("姓名里有看不见的符号，多半是粘贴带来的。请删掉，用键盘重新输入。"),
            Self::Private => out.write_str(
                "有一个字是自造字，别的手机认不出来。请换一个输入法重新输入这个字；还是没有，就按证件上的拼音填。",
            ),
            Self::Sign => out.write_str("姓名里的点、横线只能在两个字中间，请检查一下。"),
            Self::Other(sign) => write!(out, "姓名里不能有“{sign}”，请和证件上写得一样。"),
        }
    }
}

impl std::error::Error for NameWrong {}

/// Surnames of two characters, for the mask: the frequent ones of 百家姓.
const DOUBLE_SURNAMES: [&str; 32] = [
    "欧阳", "上官", "司马", "诸葛", "夏侯", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "宇文", "长孙", "司徒",
    "司空", "端木", "南宫", "独孤", "申屠", "轩辕", "闻人", "公羊", "澹台", "公冶", "宗政", "濮阳", "淳于", "单于",
    "太叔", "钟离", "呼延", "东郭",
];

impl PersonName {
    /// Reads a name as people type it: dots of every keyboard become `·`, spaces between Han characters go, several
    /// spaces become one.
    ///
    /// # Errors
    /// [`NameWrong`].
    pub fn parse(text: &str) -> Result<Self, NameWrong> {
        let mut name = String::new();
        let mut letters = 0_usize;
        let mut seen = 0_usize;
        let mut marks = 0_u8;
        // A space or a sign that waits for the letter after it.
        let mut between: Option<char> = None;
        for raw in text.trim().chars() {
            seen += 1;
            // Bounds the work on a text of any length: nothing is dropped this often.
            if seen > 4 * LONGEST_NAME {
                return Err(NameWrong::Long);
            }
            let before = name.chars().next_back();
            match kind(raw) {
                Kind::Letter(letter) => {
                    match between.take() {
                        // Between Han characters a space is only there for the eye.
                        Some(' ') if before.is_some_and(is_han) || is_han(letter) => {}
                        Some(sign) => name.push(sign),
                        None => {}
                    }
                    name.push(letter);
                    letters += 1;
                    marks = 0;
                }
                Kind::Mark(mark) => {
                    marks += 1;
                    if between.is_some()
                        || marks > 2
                        || !before.is_some_and(char::is_alphabetic)
                        || before.is_some_and(is_han)
                    {
                        return Err(NameWrong::Unseen);
                    }
                    name.push(mark);
                }
                Kind::Space => {
                    // 买买提 · 艾力: the dot wins.
                    between = between.or(Some(' '));
                }
                Kind::Sign(sign) => match between {
                    None | Some(' ') if before.is_some() => between = Some(sign),
                    _ => return Err(NameWrong::Sign),
                },
                // Names are written with them to choose between forms of one character; the register does not.
                Kind::Variation if before.is_some_and(is_han) && between.is_none() => {}
                Kind::Wrong(why) => return Err(why),
                Kind::Variation => return Err(NameWrong::Unseen),
            }
        }
        match between {
            Some(' ') | None => {}
            Some(_) => return Err(NameWrong::Sign),
        }
        match letters {
            0 => Err(NameWrong::Empty),
            1 if name.chars().all(is_han) => Err(NameWrong::Short),
            _ if name.chars().count() > LONGEST_NAME => Err(NameWrong::Long),
            _ => Ok(Self(name)),
        }
    }

    /// The name. Whoever calls this answers for where it goes.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name for a list. Of a Han name without a dot: the surname (one character, or two of a known double
    /// surname) and, where at least one is hidden between, the last character: 张*, 张*明, 欧阳*, 欧阳*华. Of any
    /// other: the first letter and three stars, whatever the length: 买***, J***.
    #[must_use]
    pub fn masked(&self) -> String {
        let letters: Vec<char> = self.0.chars().collect();
        if !letters.iter().copied().all(is_han) {
            return letters.first().map(|first| format!("{first}***")).unwrap_or_default();
        }
        let surname =
            if letters.len() > 2 && DOUBLE_SURNAMES.iter().any(|two| self.0.starts_with(two)) { 2 } else { 1 };
        let shown_end = usize::from(letters.len() > surname + 1);
        let hidden = letters.len() - surname - shown_end;
        let mut mask: String = letters[..surname].iter().collect();
        mask.extend(std::iter::repeat_n('*', hidden));
        mask.extend(&letters[letters.len() - shown_end..]);
        mask
    }
}

impl fmt::Debug for PersonName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.masked())
    }
}

enum Kind {
    Letter(char),
    /// A diacritic that stands by itself (U+0300 to U+036F).
    Mark(char),
    Space,
    Sign(char),
    /// Chooses a form of the character before it (Unicode Technical Standard 37).
    Variation,
    Wrong(NameWrong),
}

fn kind(raw: char) -> Kind {
    let letter = half_width(raw);
    match letter {
        _ if is_han(letter) || is_latin(letter) => Kind::Letter(letter),
        '\u{0300}'..='\u{036F}' => Kind::Mark(letter),
        '\t' | '\u{00A0}' => Kind::Space,
        '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => Kind::Variation,
        _ if is_invisible(letter) || letter.is_control() || letter == '\u{00AD}' => Kind::Wrong(NameWrong::Unseen),
        _ if letter.is_whitespace() => Kind::Space,
        '·' | '•' | '‧' | '・' | '･' | '∙' | '⋅' | '●' | '.' | '。' | '｡' | '᛫' | '⸱' | '\u{0387}' | '\u{A78F}' => {
            Kind::Sign(DOT)
        }
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => Kind::Sign('-'),
        '\'' | '\u{2018}' | '\u{2019}' | '\u{02BC}' | '`' | '\u{00B4}' => Kind::Sign('\''),
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}' => {
            Kind::Wrong(NameWrong::Private)
        }
        _ if letter.is_numeric() => Kind::Wrong(NameWrong::Digit),
        other => Kind::Wrong(NameWrong::Other(other)),
    }
}

/// Han characters: the first block, extensions A to J, compatibility characters, 〇 (Unicode 17).
const fn is_han(letter: char) -> bool {
    matches!(
        letter,
        '\u{3007}'
            | '\u{3400}'..='\u{4DBF}'
            | '\u{4E00}'..='\u{9FFF}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{20000}'..='\u{2A6DF}'
            | '\u{2A700}'..='\u{2EE5D}'
            | '\u{2F800}'..='\u{2FA1F}'
            | '\u{30000}'..='\u{3347F}'
    )
}

/// Latin letters with everything that is printed on a passport.
const fn is_latin(letter: char) -> bool {
    matches!(
        letter,
        'A'..='Z' | 'a'..='z' | '\u{00C0}'..='\u{00D6}' | '\u{00D8}'..='\u{00F6}' | '\u{00F8}'..='\u{024F}' | '\u{1E00}'..='\u{1EFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Result<String, NameWrong> {
        PersonName::parse(text).map(|name| name.as_str().to_owned())
    }

    #[test]
    fn names_of_people_are_names() {
        for name in [
            "张伟",
            "欧阳明华",
            "㛃云",
            "李𬭚",
            "𠅤𫖯",
            "〇一",
            "买买提·艾力",
            "古丽",
            "赵C",
            "O",
            "Zoë",
            "Nguyễn Văn A",
            "O'Neil",
            "Anna-Maria",
        ] {
            assert_eq!(read(name).as_deref(), Ok(name));
        }
        assert_eq!(read(&"长".repeat(LONGEST_NAME)).as_deref(), Ok("长".repeat(LONGEST_NAME).as_str()));
    }

    #[test]
    fn a_name_is_written_in_one_way() {
        for (typed, name) in [
            ("  张　伟 ", "张伟"),
            ("张 伟\t", "张伟"),
            ("买买提•艾力", "买买提·艾力"),
            ("买买提・艾力", "买买提·艾力"),
            ("买买提 . 艾力", "买买提·艾力"),
            ("买买提。艾力", "买买提·艾力"),
            ("John    Smith", "John Smith"),
            ("Ｊｏｈｎ Smith", "John Smith"),
            ("O’Neil", "O'Neil"),
            ("葛\u{E0100}城", "葛城"),
        ] {
            assert_eq!(read(typed).as_deref(), Ok(name), "{typed:?}");
        }
    }

    #[test]
    fn what_is_none_is_told_why() {
        for (typed, why) in [
            ("", NameWrong::Empty),
            (" \u{3000} ", NameWrong::Empty),
            ("张", NameWrong::Short),
            ("张3", NameWrong::Digit),
            ("张３", NameWrong::Digit),
            ("张Ⅲ", NameWrong::Digit),
            ("张\u{202E}伟", NameWrong::Unseen),
            ("张\u{200B}伟", NameWrong::Unseen),
            ("张\u{0}伟", NameWrong::Unseen),
            ("张\u{FEFF}伟", NameWrong::Unseen),
            ("张\u{2066}伟", NameWrong::Unseen),
            ("张\u{E0041}伟", NameWrong::Unseen),
            ("a\u{301}\u{301}\u{301}b", NameWrong::Unseen),
            ("张\u{301}伟", NameWrong::Unseen),
            ("张\u{E000}", NameWrong::Private),
            ("张\u{F0000}", NameWrong::Private),
            ("·张伟", NameWrong::Sign),
            ("张伟·", NameWrong::Sign),
            ("张··伟", NameWrong::Sign),
            ("张伟<b>", NameWrong::Other('<')),
            ("张伟😀", NameWrong::Other('😀')),
            ("张伟%00", NameWrong::Other('%')),
        ] {
            assert_eq!(read(typed), Err(why), "{typed:?}");
            assert!(why.to_string().ends_with('。'), "{why}");
        }
        assert_eq!(read(&"长".repeat(LONGEST_NAME + 1)), Err(NameWrong::Long));
        assert_eq!(read(&"长".repeat(10_000)), Err(NameWrong::Long));
    }

    #[test]
    fn a_mask_hides_something_of_every_name() {
        for (name, mask) in [
            ("张伟", "张*"),
            ("张小明", "张*明"),
            ("欧阳明", "欧阳*"),
            ("欧阳明华", "欧阳*华"),
            ("李𬭚", "李*"),
            ("买买提·艾力", "买***"),
            ("John Smith", "J***"),
        ] {
            let name = PersonName::parse(name).expect("a name");
            assert_eq!((name.masked().as_str(), format!("{name:?}").as_str()), (mask, mask));
        }
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_reading(text in ".*") {
            if let Ok(name) = PersonName::parse(&text) {
                prop_assert_eq!(PersonName::parse(name.as_str()), Ok(name.clone()));
                prop_assert!(name.as_str().chars().count() <= LONGEST_NAME);
                prop_assert!(name.masked().contains('*'));
                prop_assert!(!name.as_str().chars().any(|letter| letter.is_control() || is_invisible(letter) || letter.is_numeric() && !is_han(letter)));
            }
        }

        #[test]
        fn names_of_rare_characters_are_names(name in "[\u{3400}-\u{4DBF}\u{20000}-\u{2A6DF}\u{30000}-\u{323AF}]{2,8}") {
            prop_assert_eq!(read(&name), Ok(name));
        }
    }
}
