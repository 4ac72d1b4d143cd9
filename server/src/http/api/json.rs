//! JSON written straight into bytes: a reply of 20 stations is some 12 kB, and building a tree of
//! values first costs more than finding the stations.

use domain::time::{DAY_MS, LocalTime, Millis};

/// A growing JSON text. The caller nests; commas set themselves.
#[derive(Debug, Default)]
pub struct Json(Vec<u8>);

impl Json {
    /// With room for so many bytes.
    #[must_use]
    pub fn with_capacity(bytes: usize) -> Self {
        Self(Vec::with_capacity(bytes))
    }

    /// The text.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// Opens an object or array: `{` or `[`.
    pub fn open(&mut self, bracket: u8) {
        self.separate();
        self.0.push(bracket);
    }

    /// Closes it.
    pub fn close(&mut self, bracket: u8) {
        self.0.push(bracket);
    }

    /// Text that is JSON already, made by the program: whole members or values.
    pub fn raw(&mut self, json: &'static str) {
        self.separate();
        self.0.extend_from_slice(json.as_bytes());
    }

    /// The name of a member; its value must follow. Names are the program's own and need no escapes.
    pub fn key(&mut self, name: &'static str) {
        self.separate();
        self.0.push(b'"');
        self.0.extend_from_slice(name.as_bytes());
        self.0.extend_from_slice(b"\":");
    }

    /// A string.
    pub fn text(&mut self, text: &str) {
        self.separate();
        self.0.push(b'"');
        self.escaped(text);
        self.0.push(b'"');
    }

    /// A truth value.
    pub fn truth(&mut self, value: bool) {
        self.raw(if value { "true" } else { "false" });
    }

    /// A whole number.
    pub fn whole(&mut self, value: i64) {
        self.separate();
        if value < 0 {
            self.0.push(b'-');
        }
        self.digits(value.unsigned_abs());
    }

    /// A coordinate kept in 1e-7 degree, as degrees: exact, without trailing zeros.
    pub fn degrees(&mut self, e7: i32) {
        self.separate();
        if e7 < 0 {
            self.0.push(b'-');
        }
        let (whole, mut fraction) = (e7.unsigned_abs() / 10_000_000, e7.unsigned_abs() % 10_000_000);
        self.digits(u64::from(whole));
        if fraction == 0 {
            return;
        }
        let mut places = 7;
        while fraction.is_multiple_of(10) {
            fraction /= 10;
            places -= 1;
        }
        self.0.push(b'.');
        self.padded(u64::from(fraction), places);
    }

    /// A moment as RFC 3339 on the clock of China, `2026-11-23T22:00:00+08:00`.
    pub fn moment(&mut self, moment: Millis) {
        let local = LocalTime::of(moment);
        let date = local.date();
        let second = (moment - local.moment()).rem_euclid(DAY_MS) / 1000;
        self.separate();
        self.0.push(b'"');
        self.padded(date.year.unsigned_abs(), 4);
        self.0.push(b'-');
        self.padded(u64::from(date.month), 2);
        self.0.push(b'-');
        self.padded(u64::from(date.day), 2);
        self.0.push(b'T');
        self.padded(u64::from(local.minute / 60), 2);
        self.0.push(b':');
        self.padded(u64::from(local.minute % 60), 2);
        self.0.push(b':');
        self.padded(second.unsigned_abs(), 2);
        self.0.extend_from_slice(b"+08:00\"");
    }

    /// A comma, unless this is the first of its object or array, or the value of a member.
    fn separate(&mut self) {
        if !matches!(self.0.last(), None | Some(b'{' | b'[' | b':')) {
            self.0.push(b',');
        }
    }

    fn escaped(&mut self, text: &str) {
        let special = |byte: u8| byte < 0x20 || byte == b'"' || byte == b'\\';
        // No early exit: the compiler turns this into wide compares, and nearly every text is clean.
        if !text.bytes().fold(false, |found, byte| found | special(byte)) {
            self.0.extend_from_slice(text.as_bytes());
            return;
        }
        for byte in text.bytes() {
            match byte {
                b'"' => self.0.extend_from_slice(b"\\\""),
                b'\\' => self.0.extend_from_slice(b"\\\\"),
                b'\n' => self.0.extend_from_slice(b"\\n"),
                b'\r' => self.0.extend_from_slice(b"\\r"),
                b'\t' => self.0.extend_from_slice(b"\\t"),
                0..0x20 => {
                    const HEX: &[u8; 16] = b"0123456789abcdef";
                    self.0.extend_from_slice(b"\\u00");
                    self.0.push(HEX[usize::from(byte >> 4)]);
                    self.0.push(HEX[usize::from(byte & 15)]);
                }
                other => self.0.push(other),
            }
        }
    }

    fn digits(&mut self, value: u64) {
        self.padded(value, 1);
    }

    /// At least so many digits, with zeros before them.
    fn padded(&mut self, mut value: u64, places: usize) {
        let mut digits = [b'0'; 20];
        let mut at = digits.len();
        while value > 0 {
            at -= 1;
            digits[at] += u8::try_from(value % 10).unwrap_or(0);
            value /= 10;
        }
        self.0.extend_from_slice(&digits[at.min(digits.len() - places)..]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(write: impl FnOnce(&mut Json)) -> String {
        let mut json = Json::default();
        write(&mut json);
        String::from_utf8(json.into_bytes()).expect("UTF-8")
    }

    #[test]
    fn commas_stand_between_members_and_nowhere_else() {
        let text = written(|json| {
            json.open(b'{');
            json.key("a");
            json.open(b'[');
            json.whole(1);
            json.truth(true);
            json.open(b'[');
            json.close(b']');
            json.text("x:");
            json.text("");
            json.close(b']');
            json.key("b");
            json.text("{");
            json.key("c");
            json.open(b'{');
            json.close(b'}');
            json.close(b'}');
        });
        assert_eq!(text, r#"{"a":[1,true,[],"x:",""],"b":"{","c":{}}"#);
    }

    #[test]
    fn coordinates_are_written_as_they_are_kept() {
        for (e7, text) in [
            (1_136_604_000, "113.6604"),
            (0, "0"),
            (-1, "-0.0000001"),
            (1_800_000_000, "180"),
            (-900_000_000, "-90"),
            (347_537_001, "34.7537001"),
        ] {
            assert_eq!(written(|json| json.degrees(e7)), text);
        }
    }

    #[test]
    fn moments_are_told_on_the_clock_of_china() {
        assert_eq!(written(|json| json.moment(1_795_399_259_999)), "\"2026-11-23T10:00:59+08:00\"");
        assert_eq!(written(|json| json.moment(0)), "\"1970-01-01T08:00:00+08:00\"");
    }

    proptest! {
        #[test]
        fn any_text_and_number_reads_back(text in any::<String>(), whole in any::<i64>(), e7 in -1_800_000_000..=1_800_000_000) {
            let json = written(|json| {
                json.open(b'[');
                json.text(&text);
                json.whole(whole);
                json.degrees(e7);
                json.close(b']');
            });
            let back: (String, i64, f64) = serde_json::from_str(&json).expect("JSON");
            prop_assert_eq!(back.0, text);
            prop_assert_eq!(back.1, whole);
            prop_assert!((back.2 * 1e7 - f64::from(e7)).abs() < 0.5);
        }
    }
}
