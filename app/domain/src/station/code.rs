//! The public name of a station in a URL.

use std::fmt;

/// Crockford's base 32: no I, L, O, U, so that it can be read out on the phone.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Ten characters of Crockford base 32 (50 bits), taken from the hash of source and identity:
/// stable over re-imports, never reused.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code([u8; 10]);

impl Code {
    /// The code of a hash: its first 50 bits. At least seven bytes are needed.
    #[must_use]
    pub fn of_hash(hash: [u8; 8]) -> Self {
        let bits = u64::from_be_bytes(hash) >> 14;
        let mut code = [0; 10];
        for (at, letter) in code.iter_mut().enumerate() {
            *letter = ALPHABET[(bits >> (45 - 5 * at) & 31) as usize];
        }
        Self(code)
    }

    /// Reads a code as people type it: any case, O for 0, I and L for 1.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut code = [0; 10];
        if text.len() != code.len() {
            return None;
        }
        for (letter, typed) in code.iter_mut().zip(text.bytes()) {
            let upper = match typed.to_ascii_uppercase() {
                b'O' => b'0',
                b'I' | b'L' => b'1',
                other => other,
            };
            *letter = *ALPHABET.iter().find(|known| **known == upper)?;
        }
        Some(Self(code))
    }

    /// The ten characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_reads_back_as_a_person_would_type_it() {
        let code = Code::of_hash([0x00, 0x44, 0x32, 0x14, 0xC7, 0x42, 0x54, 0xB6]);
        assert_eq!(Code::parse(code.as_str()), Some(code));
        assert_eq!(Code::parse(&code.as_str().to_lowercase()), Some(code));
        assert_eq!(Code::parse("OIL0000000"), Code::parse("0110000000"));
    }

    #[test]
    fn anything_else_is_no_code() {
        for wrong in ["", "0", "01234567890", "U123456789", "驿站驿站", "012345678 ", "\0\0\0\0\0\0\0\0\0\0"] {
            assert_eq!(Code::parse(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn the_first_fifty_bits_decide() {
        assert_eq!(Code::of_hash([0xFF; 8]).as_str(), "ZZZZZZZZZZ");
        assert_eq!(Code::of_hash([0, 0, 0, 0, 0, 0, 0x3F, 0xFF]).as_str(), "0000000000");
        assert_eq!(Code::of_hash([0, 0, 0, 0, 0, 0, 0x40, 0]).as_str(), "0000000001");
    }
}
