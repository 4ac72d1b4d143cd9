//! Looking for what must not be there: a text in every form in which a program could have written it down.

use aho_corasick::AhoCorasick;
use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD, HEXLOWER, HEXUPPER};
use std::{fmt, fmt::Write as _, io::Read as _};

/// What may be hidden in what is compressed, at most.
const UNPACKED: u64 = 16 * 1024 * 1024;
/// How deep compressed things are looked into.
const DEPTH: u8 = 2;

/// A form in which a text can be written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    Utf8,
    Utf16Le,
    Utf16Be,
    JsonLower,
    JsonUpper,
    PercentUpper,
    PercentLower,
    /// Of bytes that may begin at any of three places of a group; standard and URL alphabet.
    Base64(usize),
    Base64Url(usize),
    HexLower,
    HexUpper,
    HtmlDecimal,
}

pub const FORMS: [Form; 16] = [
    Form::Utf8,
    Form::Utf16Le,
    Form::Utf16Be,
    Form::JsonLower,
    Form::JsonUpper,
    Form::PercentUpper,
    Form::PercentLower,
    Form::Base64(0),
    Form::Base64(1),
    Form::Base64(2),
    Form::Base64Url(0),
    Form::Base64Url(1),
    Form::Base64Url(2),
    Form::HexLower,
    Form::HexUpper,
    Form::HtmlDecimal,
];

/// The bytes of a text in a form; of base64 those letters that depend on nothing but the text.
pub fn written(text: &str, form: Form) -> Vec<u8> {
    let mut out = String::new();
    match form {
        Form::Utf8 => return text.as_bytes().to_vec(),
        Form::Utf16Le => return text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        Form::Utf16Be => return text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        // ASCII stays as it is in escapes: the text is then found as UTF-8.
        Form::JsonLower | Form::JsonUpper => {
            for unit in text.encode_utf16() {
                match u8::try_from(unit) {
                    Ok(byte) if byte.is_ascii() => out.push(char::from(byte)),
                    _ if form == Form::JsonLower => push(&mut out, format_args!("\\u{unit:04x}")),
                    _ => push(&mut out, format_args!("\\u{unit:04X}")),
                }
            }
        }
        Form::PercentUpper | Form::PercentLower => {
            for byte in text.bytes() {
                match byte {
                    b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => out.push(char::from(byte)),
                    _ if form == Form::PercentUpper => push(&mut out, format_args!("%{byte:02X}")),
                    _ => push(&mut out, format_args!("%{byte:02x}")),
                }
            }
        }
        Form::Base64(before) => out = inner_base64(&BASE64_NOPAD, text, before),
        Form::Base64Url(before) => out = inner_base64(&BASE64URL_NOPAD, text, before),
        Form::HexLower => out = HEXLOWER.encode(text.as_bytes()),
        Form::HexUpper => out = HEXUPPER.encode(text.as_bytes()),
        Form::HtmlDecimal => {
            for letter in text.chars() {
                if letter.is_ascii() {
                    out.push(letter);
                } else {
                    push(&mut out, format_args!("&#{};", u32::from(letter)));
                }
            }
        }
    }
    out.into_bytes()
}

fn push(out: &mut String, what: fmt::Arguments<'_>) {
    out.write_fmt(what).expect("memory");
}

fn inner_base64(encoding: &data_encoding::Encoding, text: &str, before: usize) -> String {
    let bytes = [&[0_u8; 2][..before], text.as_bytes()].concat();
    let encoded = encoding.encode(&bytes);
    // A letter holds six bits: those that touch a byte before or after the text are left out.
    let first = (before * 8).div_ceil(6);
    let last = bytes.len() * 8 / 6;
    encoded[first..last].to_owned()
}

/// Looks for many texts at once.
pub struct Net {
    searcher: AhoCorasick,
    /// Which text and form each pattern is.
    patterns: Vec<(usize, Form)>,
    texts: Vec<String>,
}

/// Where a text was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    pub text: String,
    pub form: Form,
    /// How it was packed: `gzip`, `brotli`, `zlib`, inside out.
    pub packed: Vec<&'static str>,
}

impl Net {
    pub fn new(texts: &[String]) -> Self {
        let mut patterns = Vec::new();
        let mut bytes = Vec::new();
        for (at, text) in texts.iter().enumerate() {
            for form in FORMS {
                let pattern = written(text, form);
                if form == Form::Utf8 || pattern != text.as_bytes() {
                    patterns.push((at, form));
                    bytes.push(pattern);
                }
            }
        }
        let searcher = AhoCorasick::new(bytes).expect("a few ten thousand patterns");
        Self { searcher, patterns, texts: texts.to_vec() }
    }

    /// Everything that is found in some bytes, and in what is compressed among them.
    pub fn find(&self, bytes: &[u8]) -> Vec<Hit> {
        let mut hits = Vec::new();
        self.look(bytes, &[], &mut hits);
        hits
    }

    fn look(&self, bytes: &[u8], packed: &[&'static str], hits: &mut Vec<Hit>) {
        // All matches, also those inside one another.
        for found in self.searcher.find_overlapping_iter(bytes) {
            let (text, form) = self.patterns[found.pattern().as_usize()];
            hits.push(Hit { text: self.texts[text].clone(), form, packed: packed.to_vec() });
        }
        if packed.len() >= usize::from(DEPTH) {
            return;
        }
        let deeper = |name: &'static str| [packed, &[name]].concat();
        for at in memchr_all(bytes, &[0x1f, 0x8b, 0x08]) {
            if let Some(inner) = unpacked(flate2::read::GzDecoder::new(&bytes[at..])) {
                self.look(&inner, &deeper("gzip"), hits);
            }
        }
        for head in [[0x78, 0x01], [0x78, 0x9c], [0x78, 0xda]] {
            for at in memchr_all(bytes, &head) {
                if let Some(inner) = unpacked(flate2::read::ZlibDecoder::new(&bytes[at..])) {
                    self.look(&inner, &deeper("zlib"), hits);
                }
            }
        }
        // Brotli has no beginning to know it by: a whole piece is tried.
        if bytes.len() < 4 * 1024 * 1024
            && let Some(inner) = unpacked(brotli::Decompressor::new(bytes, 4096))
        {
            self.look(&inner, &deeper("brotli"), hits);
        }
    }
}

fn memchr_all(bytes: &[u8], needle: &[u8]) -> Vec<usize> {
    bytes.windows(needle.len()).enumerate().filter(|(_, window)| *window == needle).map(|(at, _)| at).collect()
}

/// What comes out until it ends or breaks; at least some bytes.
fn unpacked(packed: impl std::io::Read) -> Option<Vec<u8>> {
    let mut limited = packed.take(UNPACKED);
    let mut out = Vec::new();
    let mut piece = [0; 4096];
    loop {
        match limited.read(&mut piece) {
            Ok(0) | Err(_) => break,
            Ok(read) => out.extend_from_slice(&piece[..read]),
        }
    }
    (out.len() >= 4).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    const NAME: &str = "欧阳𬭚金丝雀";
    const NUMBER: &str = "410105199001017778";

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        out.write_all(bytes).expect("memory");
        out.finish().expect("memory")
    }

    fn brotli(bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        brotli::CompressorWriter::new(&mut out, 4096, 5, 22).write_all(bytes).expect("memory");
        out
    }

    #[test]
    fn a_planted_canary_is_found_in_every_form() {
        let net = Net::new(&[NAME.to_owned(), NUMBER.to_owned()]);
        for text in [NAME, NUMBER] {
            for form in FORMS {
                let bytes = [b"xyz ".as_slice(), &written(text, form), b" abc"].concat();
                assert!(net.find(&bytes).iter().any(|hit| hit.text == text), "{form:?} {text}");
            }
        }
    }

    #[test]
    fn base64_is_found_wherever_in_a_longer_text_it_begins() {
        let net = Net::new(&[NAME.to_owned()]);
        for before in 0..7 {
            let long = format!("{}{NAME}{}", "x".repeat(before), "尾巴");
            assert!(!net.find(BASE64_NOPAD.encode(long.as_bytes()).as_bytes()).is_empty(), "{before}");
            assert!(!net.find(BASE64URL_NOPAD.encode(long.as_bytes()).as_bytes()).is_empty(), "{before}");
        }
    }

    #[test]
    fn what_is_compressed_is_looked_into() {
        let net = Net::new(&[NAME.to_owned()]);
        let page = format!("<p>{NAME}</p>").repeat(3);
        let among_others = [b"log line ".as_slice(), &gzip(page.as_bytes()), b" log line"].concat();
        assert!(net.find(&among_others).iter().any(|hit| hit.packed == ["gzip"]));
        assert!(net.find(&brotli(page.as_bytes())).iter().any(|hit| hit.packed == ["brotli"]));
        assert!(net.find(&gzip(&brotli(page.as_bytes()))).iter().any(|hit| hit.packed == ["gzip", "brotli"]));
    }

    #[test]
    fn what_is_not_there_is_not_found() {
        let net = Net::new(&[NAME.to_owned(), NUMBER.to_owned()]);
        assert_eq!(net.find("欧阳金丝雀 410105199001017779".as_bytes()), []);
    }
}
