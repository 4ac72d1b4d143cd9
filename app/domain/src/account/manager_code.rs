//! The one-use code that an officer reads out to a station's manager.

use std::fmt;

/// Crockford's base 32: no I, L, O, U, so that it can be read out on the phone.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Eight characters (40 bits), said in two groups of four.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ManagerCode([u8; 8]);

impl ManagerCode {
    /// The code of five random bytes.
    #[must_use]
    pub fn of_random(random: [u8; 5]) -> Self {
        let bits = random.into_iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(byte));
        let mut code = [0; 8];
        for (at, letter) in code.iter_mut().enumerate() {
            *letter = ALPHABET[(bits >> (35 - 5 * at) & 31) as usize];
        }
        Self(code)
    }

    /// Reads a code as it is heard and typed: any case, full-width letters, O for 0, I and L for 1, blanks and
    /// hyphens anywhere.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let half = |letter: char| match letter {
            '！'..='～' => char::from_u32(letter as u32 - '！' as u32 + '!' as u32).unwrap_or(letter),
            other => other,
        };
        let mut typed = text
            .chars()
            .map(half)
            .filter(|letter| !letter.is_whitespace() && !matches!(letter, '-' | '－' | '–' | '—' | '·'))
            .map(|letter| match letter.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            });
        let mut code = [0; 8];
        for place in &mut code {
            let letter = typed.next()?;
            *place = *ALPHABET.iter().find(|known| char::from(**known) == letter)?;
        }
        typed.next().is_none().then_some(Self(code))
    }

    /// The eight characters: what is hashed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// `7K3M 9QXA`: as it is printed and read out.
    #[must_use]
    pub fn spoken(&self) -> String {
        let (first, second) = self.as_str().split_at(4);
        format!("{first} {second}")
    }
}

/// A secret until it is used: it is never printed by accident.
impl fmt::Debug for ManagerCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("ManagerCode(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_understood_as_it_is_heard_and_typed() {
        let code = ManagerCode::of_random([0x08, 0x61, 0xFF, 0x00, 0x15]);
        assert_eq!(ManagerCode::parse(&code.spoken()), Some(code));
        assert_eq!(ManagerCode::parse(&code.as_str().to_lowercase()), Some(code));
        let heard = ManagerCode::parse("1o1L-oI7z").expect("eight letters");
        assert_eq!(heard.as_str(), "1011017Z");
        assert_eq!(ManagerCode::parse("１０１１　０１７Ｚ"), Some(heard));
    }

    #[test]
    fn anything_else_is_no_code() {
        for wrong in ["", "1234567", "123456789", "1234567U", "1234567驿", "        ", "\0\0\0\0\0\0\0\0"] {
            assert_eq!(ManagerCode::parse(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn every_bit_counts() {
        assert_eq!(ManagerCode::of_random([0xFF; 5]).as_str(), "ZZZZZZZZ");
        assert_eq!(ManagerCode::of_random([0, 0, 0, 0, 1]).as_str(), "00000001");
        assert_eq!(ManagerCode::of_random([0x80, 0, 0, 0, 0]).as_str(), "G0000000");
    }

    #[test]
    fn a_code_is_not_printed() {
        assert_eq!(format!("{:?}", ManagerCode::of_random([1; 5])), "ManagerCode(***)");
    }
}
