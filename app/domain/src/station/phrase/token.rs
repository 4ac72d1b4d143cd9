//! A text as tokens. One letter that is none of them, and the text is not read.

use super::{letter::plain, numeral, word::Word};

/// The smallest piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Arabic or Chinese; `digits` is how many it is or would be written with.
    Number {
        value: u16,
        digits: u8,
        chinese: bool,
    },
    /// A weekday, 0 is Monday.
    Day(u8),
    Word(Word),
    Colon,
    Dash,
    Comma,
    /// 、
    Pause,
    Semi,
    Open,
    Close,
}

/// A token, and whether it touches the one before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) glued: bool,
}

/// All of a text, or nothing.
pub(super) fn tokens(text: &str) -> Option<Vec<Token>> {
    let letters: Vec<char> = text.chars().map(plain).collect();
    let mut found: Vec<Token> = Vec::new();
    let mut at = 0;
    let mut glued = false;
    while let Some(&letter) = letters.get(at) {
        if letter.is_whitespace() || letter == '\u{feff}' || letter == '\u{200b}' {
            (at, glued) = (at + 1, false);
            continue;
        }
        let rest = &letters[at..];
        let length = if let Some((days, length)) = weekdays(rest, &found) {
            for (index, day) in days.iter().enumerate() {
                found.push(Token { kind: Kind::Day(*day), glued: glued || index > 0 });
            }
            length
        } else {
            let (kind, length) = one(rest)?;
            // —— is one dash.
            let doubled = kind == Kind::Dash && found.last().is_some_and(|last| last.kind == Kind::Dash);
            if !doubled {
                found.push(Token { kind, glued });
            }
            length
        };
        (at, glued) = (at + length, true);
    }
    Some(found)
}

fn one(rest: &[char]) -> Option<(Kind, usize)> {
    if let Some((word, length)) = Word::at(rest) {
        return Some((Kind::Word(word), length));
    }
    let first = *rest.first()?;
    let mark = match first {
        ':' => Kind::Colon,
        '-' => Kind::Dash,
        ',' => Kind::Comma,
        '、' => Kind::Pause,
        ';' => Kind::Semi,
        '(' => Kind::Open,
        ')' => Kind::Close,
        '0'..='9' => {
            let length = rest.iter().take_while(|letter| letter.is_ascii_digit()).count();
            // Four digits are a year or part of a telephone number.
            let digits = u8::try_from(length).ok().filter(|digits| *digits <= 2)?;
            let value = rest[..length].iter().fold(0, |sum, digit| sum * 10 + (*digit as u16 - '0' as u16));
            return Some((Kind::Number { value, digits, chinese: false }, length));
        }
        _ => {
            let length = rest.iter().take_while(|letter| numeral::is_numeral(**letter)).count();
            let (value, digits) = numeral::read(&rest[..length])?;
            return Some((Kind::Number { value, digits, chinese: true }, length));
        }
    };
    Some((mark, 1))
}

fn weekday(letter: char) -> Option<u8> {
    ['一', '二', '三', '四', '五', '六', '日']
        .into_iter()
        .zip(0..)
        .find(|(name, _)| *name == letter)
        .map_or_else(|| (letter == '天').then_some(6), |(_, day)| Some(day))
}

/// `周一`, `星期六日`, and the bare `五` of `周一至五`.
fn weekdays(rest: &[char], before: &[Token]) -> Option<(Vec<u8>, usize)> {
    let prefix: &[&[char]] = &[&['每', '周'], &['每', '星', '期'], &['周'], &['星', '期'], &['礼', '拜']];
    if let Some(prefix) = prefix.iter().find(|prefix| rest.starts_with(prefix)) {
        let days: Vec<u8> = rest[prefix.len()..].iter().map_while(|letter| weekday(*letter)).collect();
        let length = prefix.len() + days.len();
        return (!days.is_empty()).then_some((days, length));
    }
    let day = weekday(*rest.first()?)?;
    let listed = match before {
        [.., Token { kind: Kind::Day(_), .. }, joint] => {
            matches!(joint.kind, Kind::Dash | Kind::Pause | Kind::Comma | Kind::Word(Word::And))
        }
        _ => false,
    };
    // What may follow a day: 周一、三点开门 and 周一至五十 are not days.
    let ends = rest.get(1).is_none_or(|next| {
        next.is_whitespace()
            || next.is_ascii_digit()
            || ":-,、;()周星礼上早下中晚夜凌全休闭关不开及和除为每".contains(*next)
    });
    (listed && ends).then(|| (vec![day], 1))
}
