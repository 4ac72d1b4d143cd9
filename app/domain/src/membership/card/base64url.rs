//! Base64url without padding (RFC 4648, 5): one text for one row of bytes, no other text is read as it.

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The text of bytes.
pub(super) fn written(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let whole = group.iter().fold(0_u32, |whole, byte| whole << 8 | u32::from(*byte)) << (8 * (3 - group.len()));
        for place in 0..=group.len() {
            text.push(char::from(LETTERS[(whole >> (18 - 6 * place) & 63) as usize]));
        }
    }
    text
}

/// The bytes of a text; `None` where it is not what [`written`] gives.
pub(super) fn read(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    for group in text.as_bytes().chunks(4) {
        let mut whole = 0_u32;
        for letter in group {
            let value = match letter {
                b'A'..=b'Z' => letter - b'A',
                b'a'..=b'z' => letter - b'a' + 26,
                b'0'..=b'9' => letter - b'0' + 52,
                b'-' => 62,
                b'_' => 63,
                _ => return None,
            };
            whole = whole << 6 | u32::from(value);
        }
        let [_, a, b, c] = (whole << (6 * (4 - group.len()))).to_be_bytes();
        let (taken, rest): (&[u8], u8) = match group.len() {
            4 => (&[a, b, c], 0),
            3 => (&[a, b], c),
            2 => (&[a], b),
            _ => return None,
        };
        // Bits that stand for nothing are nothing.
        if rest != 0 {
            return None;
        }
        bytes.extend_from_slice(taken);
    }
    Some(bytes)
}
