//! 电子会员证: what stands in its QR code, and what a check of it says.
//!
//! A code is an address, `{address}/c/{token}`; a token is base64url (RFC 4648, 5; no padding) of the bytes below.
//! Numbers are big-endian, moments whole seconds since 1970 (u32, until 2106), texts UTF-8.
//!
//! | from | bytes | what |
//! |---|---|---|
//! | 0 | 1 | version: 1 |
//! | 1 | 1 | kind: 0 online, 1 offline |
//! | 2 | 4 | key: the first bytes of SHA-256 of the public key |
//! | 6 | 4 | issued at |
//! | 10 | 4 | expires at |
//! | 14 | 8 | the card: random |
//! | 22 | 4 | the membership is valid until |
//! | 26 | 4 | answer: the first bytes of SHA-512 of [`question`], by which the holder's answer is compared |
//! | 30 | 1 + n | masked name, 张*明; its length first, at most [`NAME_AT_MOST`] |
//! | … | 1 + n | organisation; at most [`ORGANISATION_AT_MOST`] |
//! | … | 1 + n | occupation; at most [`OCCUPATION_AT_MOST`] |
//! | … | 64 | Ed25519 (RFC 8032) over [`PREFIX`] and everything before |
//!
//! No ID number, no mobile, no whole name, and not the number of the member: the last four characters are what the
//! holder has to say, so what can be read from a picture of the code must not tell them. (A program can try all
//! 10,000: the answer keeps an eye from it, the expiry and the list of revoked cards do the rest.)

mod base64url;
mod token;
mod verdict;

pub use token::{Card, Token, token_in};
pub use verdict::{ONLINE_LASTS_MS, SIGNED_EARLIER_MS, Signature, Verdict, judge};

use crate::time::Millis;
use std::fmt;

/// What a signature is over, before the bytes of the token: it is a signature of nothing else.
pub const PREFIX: &[u8] = b"huizhanjia card v1\0";
/// The longest masked name, in bytes.
pub const NAME_AT_MOST: usize = 36;
/// The longest organisation, in bytes: 24 Han characters.
pub const ORGANISATION_AT_MOST: usize = 72;
/// The longest occupation, in bytes.
pub const OCCUPATION_AT_MOST: usize = 30;

/// An online code turns over so often.
pub const TURNS_EVERY_MS: Millis = 60_000;
/// A code for no network lasts so long, and never longer than the membership.
pub const OFFLINE_LASTS_MS: Millis = 30 * 24 * 3_600_000;
/// A list of revoked cards that is older than this is told so.
pub const LIST_IS_OLD_MS: Millis = 7 * 24 * 3_600_000;

codes! {
    /// How a code came to be shown.
    pub enum CardKind {
        /// Just now, by the server.
        Online = "online" "在线码",
        /// Kept on the phone or printed.
        Offline = "offline" "离线码",
    }
}

/// Which card: random, and the same in all its codes. Revoking it revokes them all.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CardId(pub [u8; 8]);

/// Which key signed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub [u8; 4]);

macro_rules! hexadecimal {
    ($($name:ident),+) => { $(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }
    )+ };
}
hexadecimal!(CardId, KeyId);

/// The last four characters of a member's number, as they are compared: letters and digits, capitals. A shorter number
/// has zeros before it.
#[must_use]
pub fn last_four(number: &str) -> [u8; 4] {
    let mut four = [b'0'; 4];
    for byte in number.bytes().filter(u8::is_ascii_alphanumeric) {
        four = [four[1], four[2], four[3], byte.to_ascii_uppercase()];
    }
    four
}

/// What somebody typed as these four characters; `None` where they are not four.
#[must_use]
pub fn said_four(typed: &str) -> Option<[u8; 4]> {
    let plain = |letter: char| match letter {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        other => other,
    };
    let said: String = typed.chars().take(64).map(plain).filter(|letter| !letter.is_whitespace()).collect();
    let is_four = said.len() == 4 && said.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_four.then(|| last_four(&said))
}

/// What is hashed for the answer of a card.
#[must_use]
pub fn question(card: CardId, four: [u8; 4]) -> Vec<u8> {
    [b"huizhanjia card answer\0".as_slice(), &card.0, &four].concat()
}

/// Until when a code for no network is good.
#[must_use]
pub fn offline_until(issued_at: Millis, valid_until: Millis) -> Millis {
    (issued_at + OFFLINE_LASTS_MS).min(valid_until)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_four_of_a_number_are_read_as_people_type_them() {
        assert_eq!(last_four("4101-2026-00ab 7"), *b"0AB7");
        assert_eq!(last_four("7"), *b"0007");
        assert_eq!(said_four(" ０ab７ "), Some(*b"0AB7"));
        for wrong in ["", "123", "12345", "1 2 3", "一二三四", "12-3"] {
            assert_eq!(said_four(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_code_for_no_network_never_outlasts_the_membership() {
        assert_eq!(offline_until(0, 1000), 1000);
        assert_eq!(offline_until(0, Millis::MAX), OFFLINE_LASTS_MS);
    }
}
