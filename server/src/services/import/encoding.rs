//! What a file is written in, and its text.

use encoding_rs::{Decoder, DecoderResult, Encoding, GB18030, UTF_8};
use std::{
    fmt,
    io::{self, Read},
};

const CHUNK: usize = 64 * 1024;
/// A `.zip`, and so an `.xlsx`, begins like this.
const ZIP: &[u8] = b"PK\x03\x04";

/// Why a file is no text.
#[derive(Debug)]
pub enum EncodingError {
    /// It cannot be read.
    Read(io::Error),
    /// There is nothing in it.
    Empty,
    /// It is a workbook.
    Workbook,
    /// A byte 0, which no text holds.
    Binary {
        /// Line, from 1.
        line: u64,
    },
    /// Neither UTF-8 nor GB18030.
    Unknown {
        /// Line of the first bytes that are not UTF-8, from 1.
        line: u64,
    },
}

impl fmt::Display for EncodingError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(error) => write!(out, "读不了文件：{error}"),
            Self::Empty => out.write_str("文件是空的"),
            Self::Workbook => out.write_str("这是 Excel 工作簿（xlsx）或压缩包，请在表格软件里另存为“CSV UTF-8”再导入"),
            Self::Binary { line } => write!(out, "第 {line} 行有空字节，这不是文本文件，请另存为“CSV UTF-8”再导入"),
            Self::Unknown { line } => {
                write!(out, "第 {line} 行的文字既不是 UTF-8 也不是 GB18030，请另存为“CSV UTF-8”再导入")
            }
        }
    }
}

impl std::error::Error for EncodingError {}

/// What a text is written in: a mark at the beginning decides, else UTF-8 where the whole text is,
/// else GB18030. `open` gives the text from its beginning.
///
/// # Errors
/// It is no text, or in no encoding we know.
pub fn detect<R: Read>(mut open: impl FnMut() -> io::Result<R>) -> Result<&'static Encoding, EncodingError> {
    let mut start = [0; 4];
    let mut length = 0;
    let mut file = open().map_err(EncodingError::Read)?;
    while length < start.len() {
        match file.read(&mut start[length..]).map_err(EncodingError::Read)? {
            0 => break,
            read => length += read,
        }
    }
    let start = &start[..length];
    if start.is_empty() {
        return Err(EncodingError::Empty);
    }
    if start == ZIP {
        return Err(EncodingError::Workbook);
    }
    // UTF-16 has its mark or is not recognised.
    if let Some((encoding, _)) = Encoding::for_bom(start).filter(|(encoding, _)| *encoding != UTF_8) {
        return match check(open().map_err(EncodingError::Read)?, encoding)? {
            None => Ok(encoding),
            Some(line) => Err(EncodingError::Unknown { line }),
        };
    }
    let Some(line) = check(open().map_err(EncodingError::Read)?, UTF_8)? else { return Ok(UTF_8) };
    match check(open().map_err(EncodingError::Read)?, GB18030)? {
        None => Ok(GB18030),
        Some(_) => Err(EncodingError::Unknown { line }),
    }
}

/// The line of the first bytes that an encoding does not know; `None` when there are none.
fn check(file: impl Read, encoding: &'static Encoding) -> Result<Option<u64>, EncodingError> {
    let mut text = Decoded::new(file, encoding);
    let mut buffer = vec![0; CHUNK];
    loop {
        match text.read(&mut buffer) {
            Ok(0) => return Ok(None),
            Ok(read) if buffer[..read].contains(&0) => return Err(EncodingError::Binary { line: text.line }),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::InvalidData => return Ok(Some(text.line)),
            Err(error) => return Err(EncodingError::Read(error)),
        }
    }
}

/// A reader of UTF-8 over a file of any encoding, without its mark.
pub struct Decoded<R> {
    file: R,
    decoder: Decoder,
    raw: Vec<u8>,
    /// What of `raw` is not decoded yet.
    pending: std::ops::Range<usize>,
    /// Text that found no room in the caller's buffer.
    spare: Vec<u8>,
    is_last: bool,
    finished: bool,
    line: u64,
}

impl<R: Read> Decoded<R> {
    /// Reads `file` as `encoding`.
    pub fn new(file: R, encoding: &'static Encoding) -> Self {
        Self {
            file,
            decoder: encoding.new_decoder_with_bom_removal(),
            raw: vec![0; CHUNK],
            pending: 0..0,
            spare: Vec::new(),
            is_last: false,
            finished: false,
            line: 1,
        }
    }

    fn decode(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while !self.finished {
            if self.pending.is_empty() && !self.is_last {
                let read = loop {
                    match self.file.read(&mut self.raw) {
                        Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                        other => break other?,
                    }
                };
                self.pending = 0..read;
                self.is_last = read == 0;
            }
            let (result, consumed, written) =
                self.decoder.decode_to_utf8_without_replacement(&self.raw[self.pending.clone()], out, self.is_last);
            self.pending.start += consumed;
            self.line += line_breaks(&out[..written]);
            match result {
                DecoderResult::Malformed(..) => {
                    return Err(io::Error::new(
                        io::ErrorKind::InvalidData,
                        format!("第 {} 行的文字认不出来", self.line),
                    ));
                }
                DecoderResult::InputEmpty if self.is_last => self.finished = true,
                DecoderResult::InputEmpty | DecoderResult::OutputFull => {}
            }
            if written > 0 {
                return Ok(written);
            }
        }
        Ok(0)
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        /// The longest character, and room for the decoder to move.
        const ROOM: usize = 64;
        if out.is_empty() {
            return Ok(0);
        }
        if self.spare.is_empty() && out.len() >= ROOM {
            return self.decode(out);
        }
        if self.spare.is_empty() {
            let mut room = [0; ROOM];
            let written = self.decode(&mut room)?;
            self.spare.extend_from_slice(&room[..written]);
        }
        let taken = self.spare.len().min(out.len());
        out[..taken].copy_from_slice(&self.spare[..taken]);
        self.spare.drain(..taken);
        Ok(taken)
    }
}

/// How many line breaks there are.
pub fn line_breaks(text: &[u8]) -> u64 {
    text.split(|byte| *byte == b'\n').skip(1).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(bytes: &[u8]) -> Result<String, EncodingError> {
        let encoding = detect(|| Ok(bytes))?;
        let mut text = String::new();
        Decoded::new(bytes, encoding).read_to_string(&mut text).map_err(EncodingError::Read)?;
        Ok(text)
    }

    #[test]
    fn the_encodings_of_chinese_offices_are_told_apart() {
        const WORDS: &str = "名称,地址\n德化街驿站,二七区\n";
        let (gb, ..) = GB18030.encode(WORDS);
        let utf_16: Vec<u8> =
            "\u{feff}".encode_utf16().chain(WORDS.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        for bytes in [WORDS.as_bytes(), format!("\u{feff}{WORDS}").as_bytes(), &gb, &utf_16] {
            assert_eq!(text(bytes).expect("text"), WORDS);
        }
    }

    #[test]
    fn what_is_no_text_is_refused_in_words() {
        assert!(matches!(text(b""), Err(EncodingError::Empty)));
        assert!(matches!(text(b"PK\x03\x04rest"), Err(EncodingError::Workbook)));
        assert!(matches!(text(b"name\n\x00\x01"), Err(EncodingError::Binary { line: 2 })));
        assert!(matches!(text(b"name\na\n\xff\xff\xff"), Err(EncodingError::Unknown { line: 3 })));
    }

    proptest! {
        #[test]
        fn small_buffers_read_the_same_text(words in "\\PC{0,300}", size in 1usize..80) {
            let mut reader = Decoded::new(words.as_bytes(), UTF_8);
            let mut read = Vec::new();
            let mut buffer = vec![0; size];
            loop {
                match reader.read(&mut buffer).expect("valid text") {
                    0 => break,
                    taken => read.extend_from_slice(&buffer[..taken]),
                }
            }
            prop_assert_eq!(read, words.trim_start_matches('\u{feff}').as_bytes());
        }

        #[test]
        fn any_bytes_are_text_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = text(&bytes).map_err(|error| error.to_string());
        }
    }
}
