//! The letters of an `opening_hours` text, in pieces.

/// A piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// At most four digits.
    Number(u32),
    /// Lower case.
    Word(String),
    /// What stands between quotes.
    Comment(Box<str>),
    /// `||`
    Or,
    /// Anything else that means something.
    Mark(char),
}

/// The pieces of a text; `None` when a letter has no place in one.
pub(super) fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut letters = text.chars().map(plain).peekable();
    while let Some(letter) = letters.next() {
        match letter {
            ' ' | '\t' | '\n' | '\r' => {}
            '"' => {
                let mut words = String::new();
                loop {
                    match letters.next()? {
                        '"' => break,
                        letter if letter.is_control() => return None,
                        letter => words.push(letter),
                    }
                }
                let words = words.trim();
                if words.is_empty() {
                    return None;
                }
                tokens.push(Token::Comment(words.into()));
            }
            '0'..='9' => {
                let mut number = u32::from(letter) - u32::from('0');
                let mut digits = 1;
                while let Some(digit) = letters.peek().and_then(|letter| letter.to_digit(10)) {
                    number = number * 10 + digit;
                    digits += 1;
                    if digits > 4 {
                        return None;
                    }
                    letters.next();
                }
                tokens.push(Token::Number(number));
                // `8.30`
                if letters.peek() == Some(&'.') {
                    letters.next();
                    letters.peek().filter(|letter| letter.is_ascii_digit())?;
                    tokens.push(Token::Mark(':'));
                }
            }
            'a'..='z' | 'A'..='Z' => {
                let mut word = String::from(letter.to_ascii_lowercase());
                while let Some(letter) = letters.peek().filter(|letter| letter.is_ascii_alphabetic()) {
                    word.push(letter.to_ascii_lowercase());
                    letters.next();
                }
                // `Mon.`
                if letters.peek() == Some(&'.') {
                    letters.next();
                }
                tokens.push(Token::Word(word));
            }
            '|' => {
                (letters.next()? == '|').then_some(())?;
                tokens.push(Token::Or);
            }
            ';' | ',' | ':' | '-' | '+' | '/' | '[' | ']' | '(' | ')' => tokens.push(Token::Mark(letter)),
            _ => return None,
        }
    }
    Some(tokens)
}

/// Full-width letters and the many dashes as plain ones.
fn plain(letter: char) -> char {
    match letter {
        '‒' | '–' | '—' | '―' | '−' | '‐' | '‑' | '～' | '~' | '〜' => '-',
        '！'..='｝' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        '、' => ',',
        '“' | '”' => '"',
        '\u{3000}' | '\u{a0}' => ' ',
        other => other,
    }
}
