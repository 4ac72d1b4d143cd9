//! Identifiers: 128 random bits behind a type for each kind of thing.

use std::fmt;

macro_rules! ids {
    ($( $(#[$about:meta])* $name:ident ),+ $(,)?) => { $(
        $(#[$about])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; 16]);

        impl $name {
            /// Reads 32 hexadecimal digits of lower case, as an address carries them.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                bytes(text).map(Self)
            }
        }

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

ids! {
    /// A person with an account.
    SubjectId,
    /// A signed-in browser.
    SessionId,
    /// A union organisation.
    OrganisationId,
    /// A role that somebody was given.
    GrantId,
    /// A notice in an inbox.
    NoticeId,
    /// A legal matter.
    MatterId,
    /// A passkey.
    PasskeyId,
    /// An application to join, or to transfer.
    ApplicationId,
    /// A membership.
    MembershipId,
    /// A transfer of a membership.
    TransferId,
    /// A platform, a head enterprise or one of its affiliates.
    EnterpriseId,
    /// Workers who ask for a union where there is none.
    FoundingId,
    /// A report of an employer who obstructs joining.
    ObstructionId,
}

fn bytes(text: &str) -> Option<[u8; 16]> {
    let digit = |letter: u8| match letter {
        b'0'..=b'9' => Some(letter - b'0'),
        b'a'..=b'f' => Some(letter - b'a' + 10),
        _ => None,
    };
    let text: &[u8; 32] = text.as_bytes().try_into().ok()?;
    let mut bytes = [0; 16];
    for (byte, pair) in bytes.iter_mut().zip(text.chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_read_back_and_nothing_else_is_one() {
        let id = SubjectId([0x0f, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 0xff]);
        assert_eq!(SubjectId::parse(&id.to_string()), Some(id));
        for wrong in ["", "0", "0F0102030405060708090a0b0c0d0eff", "0f0102030405060708090a0b0c0d0efg", "张"] {
            assert_eq!(SubjectId::parse(wrong), None, "{wrong}");
        }
    }
}
