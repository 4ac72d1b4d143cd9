//! The bytes of a code, written and read.

use super::{CardId, CardKind, KeyId, NAME_AT_MOST, OCCUPATION_AT_MOST, ORGANISATION_AT_MOST, PREFIX, base64url};
use crate::time::Millis;

const VERSION: u8 = 1;
const SIGNATURE: usize = 64;
/// The longest token that is looked at, in characters: the longest there is has 362.
const LONGEST: usize = 400;

/// What a code says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Online or for no network.
    pub kind: CardKind,
    /// When it was signed: whole seconds.
    pub issued_at: Millis,
    /// Until when it is good: whole seconds.
    pub expires_at: Millis,
    /// Which card.
    pub id: CardId,
    /// Until when the membership is valid: whole seconds.
    pub valid_until: Millis,
    /// By which the holder's answer is compared.
    pub answer: [u8; 4],
    /// 张*明.
    pub name: String,
    /// The organisation.
    pub organisation: String,
    /// The occupation; may be empty.
    pub occupation: String,
}

/// A code as it was read: nothing in it is true before its signature is found good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it says.
    pub card: Card,
    /// Which key it says signed it.
    pub key: KeyId,
    /// What the signature is over.
    pub signed: Vec<u8>,
    /// The signature.
    pub signature: [u8; SIGNATURE],
}

fn seconds(moment: Millis) -> [u8; 4] {
    u32::try_from(moment.div_euclid(1000).max(0)).unwrap_or(u32::MAX).to_be_bytes()
}

/// A text of at most so many bytes, cut between characters; what was cut shows.
fn fitting(text: &str, most: usize) -> String {
    if text.len() <= most {
        return text.to_owned();
    }
    let mut end = most - '…'.len_utf8();
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}…", &text[..end])
}

impl Card {
    /// The bytes before the signature. Texts that are too long are cut.
    fn bytes(&self, key: KeyId) -> Vec<u8> {
        let mut bytes = vec![VERSION, u8::from(self.kind == CardKind::Offline)];
        bytes.extend(key.0);
        bytes.extend(seconds(self.issued_at));
        bytes.extend(seconds(self.expires_at));
        bytes.extend(self.id.0);
        bytes.extend(seconds(self.valid_until));
        bytes.extend(self.answer);
        let texts = [
            (&self.name, NAME_AT_MOST),
            (&self.organisation, ORGANISATION_AT_MOST),
            (&self.occupation, OCCUPATION_AT_MOST),
        ];
        for (text, most) in texts {
            let text = fitting(text, most);
            bytes.push(u8::try_from(text.len()).unwrap_or(0));
            bytes.extend(text.as_bytes());
        }
        bytes
    }

    /// The token, signed by whoever holds the key: `sign` is given what is to be signed.
    pub fn token(&self, key: KeyId, sign: impl FnOnce(&[u8]) -> [u8; SIGNATURE]) -> String {
        let mut bytes = self.bytes(key);
        let signature = sign(&[PREFIX, &bytes].concat());
        bytes.extend(signature);
        base64url::written(&bytes)
    }
}

/// Takes bytes off the front.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    fn moment(&mut self) -> Option<Millis> {
        Some(Millis::from(u32::from_be_bytes(self.array()?)) * 1000)
    }

    fn text(&mut self, most: usize) -> Option<String> {
        let [length] = self.array()?;
        let length = usize::from(length);
        let text = self.take(length).filter(|_| length <= most)?;
        String::from_utf8(text.to_vec()).ok()
    }
}

impl Token {
    /// Reads a token; `None` where it is none, whatever it is.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let bytes = base64url::read(Some(text).filter(|text| text.len() <= LONGEST)?)?;
        let (before, signature) = bytes.split_at_checked(bytes.len().checked_sub(SIGNATURE)?)?;
        let mut reader = Reader(before);
        let [version, kind] = reader.array()?;
        let kind = match (version, kind) {
            (VERSION, 0) => CardKind::Online,
            (VERSION, 1) => CardKind::Offline,
            _ => return None,
        };
        let key = KeyId(reader.array()?);
        let card = Card {
            kind,
            issued_at: reader.moment()?,
            expires_at: reader.moment()?,
            id: CardId(reader.array()?),
            valid_until: reader.moment()?,
            answer: reader.array()?,
            name: reader.text(NAME_AT_MOST)?,
            organisation: reader.text(ORGANISATION_AT_MOST)?,
            occupation: reader.text(OCCUPATION_AT_MOST)?,
        };
        let signed = [PREFIX, before].concat();
        reader.0.is_empty().then_some(())?;
        Some(Self { card, key, signed, signature: signature.try_into().ok()? })
    }
}

/// The token in what a scanner or a person gives: the address of a code, or the token alone.
#[must_use]
pub fn token_in(text: &str) -> &str {
    let text = text.trim();
    let token = text.rsplit_once("/c/").map_or(text, |(_, token)| token);
    token.split(['?', '#']).next().unwrap_or_default()
}
