//! A text that cannot be printed by accident.

use std::fmt;
use zeroize::Zeroizing;

/// A personal text. `Debug`, `Display` and `Serialize` show that there is one, not which; it is overwritten when
/// it is dropped. [`Secret::reveal`] is the only way out.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

/// What stands where the text would.
const MASK: &str = "***";

impl Secret {
    /// A secret text.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    pub(super) fn from_utf8(mut bytes: Zeroizing<Vec<u8>>) -> Option<Self> {
        String::from_utf8(std::mem::take(&mut *bytes)).ok().map(Self::new)
    }

    /// The text. Whoever calls this answers for where it goes: to its own person, masked, or with an audit entry.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

impl serde::Serialize for Secret {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(MASK)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_not_printed() {
        let secret = Secret::new("410105199001011234".into());
        let printed = format!("{secret} {secret:?} {}", serde_json::to_string(&secret).expect("JSON"));
        assert_eq!(printed, "*** *** \"***\"");
        assert_eq!(secret.reveal(), "410105199001011234");
    }
}
