//! Tokens as what they say, in their order.

use super::{
    clock::{self, Span},
    cursor::Cursor,
    days::{self, Days},
    months::{self, Months},
    token::{Kind, Token},
    word::Word,
};

/// One thing said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    Months(Months),
    /// 夏季; only beside its months.
    Season,
    Days(Days),
    Span(Span),
    /// 全天 or 24小时 (`numbered`), which alone speaks of days off too.
    Always {
        numbered: bool,
    },
    Closed,
    /// 除外.
    Except,
    /// 除周一外, 不含节假日.
    But(Days),
    /// 含节假日.
    Including(Days),
    Usual,
    Normal,
    YearRound,
    Attended,
    Unattended,
    ScanIn,
    RestTime,
    Break,
    NoBreak,
    MakeUpDay,
    Label,
    Comma,
    Pause,
    Semi,
    Open,
    Close,
    Harmless,
}

/// All that a text says; nothing when one token has no place.
pub(super) fn items(tokens: &[Token]) -> Option<Vec<Item>> {
    let settled = shows_its_clock(tokens);
    let mut cursor = Cursor(tokens);
    let mut items = Vec::new();
    while let Some(kind) = cursor.peek() {
        let item = item(&mut cursor, kind, settled)?;
        if item != Item::Harmless {
            items.push(item);
        }
    }
    Some(items)
}

/// A text with 下午 in it, or an hour past twelve, is not written on a bare 12-hour clock.
fn shows_its_clock(tokens: &[Token]) -> bool {
    tokens.windows(2).any(|two| match (two[0].kind, two[1].kind) {
        (Kind::Word(Word::Part(part)), _) => part.is_late(),
        (Kind::Number { value, .. }, Kind::Colon | Kind::Word(Word::Hour)) => (13..=24).contains(&value),
        _ => false,
    })
}

fn item(cursor: &mut Cursor, kind: Kind, settled: bool) -> Option<Item> {
    let word = match kind {
        Kind::Number { value, .. } => return number(cursor, value, settled),
        Kind::Day(_) => return days::days(cursor).map(Item::Days),
        Kind::Dash => return None,
        Kind::Word(word) => word,
        mark => {
            cursor.next();
            return Some(match mark {
                Kind::Comma => Item::Comma,
                Kind::Pause => Item::Pause,
                Kind::Semi => Item::Semi,
                Kind::Open => Item::Open,
                Kind::Close => Item::Close,
                _ => Item::Harmless,
            });
        }
    };
    match word {
        Word::EveryDay | Word::WorkingDay | Word::Weekend | Word::StatutoryHoliday | Word::Holiday => {
            return days::days(cursor).map(Item::Days);
        }
        Word::Part(_) | Word::Daytime => return worded(cursor, word, settled),
        _ => {}
    }
    cursor.next();
    Some(match word {
        Word::Harmless | Word::Opens => Item::Harmless,
        Word::Label => Item::Label,
        Word::Shuts | Word::Closed => Item::Closed,
        Word::Except => Item::Except,
        Word::But => {
            let days = days::days(cursor)?;
            cursor.skip_harmless();
            if !cursor.takes_word(Word::Beyond) {
                return None;
            }
            Item::But(days)
        }
        Word::Exclude => Item::But(days::days(cursor)?),
        Word::Include => Item::Including(days::days(cursor)?),
        Word::Usual => Item::Usual,
        Word::Normal => Item::Normal,
        Word::YearRound => Item::YearRound,
        Word::Attended => Item::Attended,
        Word::Unattended => Item::Unattended,
        Word::ScanIn => Item::ScanIn,
        Word::RestTime => Item::RestTime,
        Word::Break => Item::Break,
        Word::NoBreak => Item::NoBreak,
        Word::MakeUpDay => Item::MakeUpDay,
        Word::WholeDay => Item::Always { numbered: false },
        Word::RoundTheClock => Item::Always { numbered: true },
        Word::Season => Item::Season,
        Word::And => Item::Pause,
        _ => return None,
    })
}

fn number(cursor: &mut Cursor, value: u16, settled: bool) -> Option<Item> {
    let mut ahead = *cursor;
    ahead.next();
    if ahead.takes_word(Word::Hours) {
        *cursor = ahead;
        return (value == 24).then_some(Item::Always { numbered: true });
    }
    if months::begin(cursor) {
        return Some(Item::Months(months::months(cursor)?));
    }
    Some(Item::Span(clock::span(cursor, settled)?))
}

/// 夜间无人值守 and 白天有人, or a time after its word.
fn worded(cursor: &mut Cursor, word: Word, settled: bool) -> Option<Item> {
    let mut ahead = *cursor;
    ahead.next();
    let night = matches!(word, Word::Part(part) if part.is_late());
    if night && ahead.takes_word(Word::Unattended) {
        *cursor = ahead;
        return Some(Item::Unattended);
    }
    if word == Word::Daytime && ahead.takes_word(Word::Attended) {
        *cursor = ahead;
        return Some(Item::Attended);
    }
    Some(Item::Span(clock::span(cursor, settled)?))
}
