//! Closed lists of codes: a value, the code it is stored and sent as, the word a person reads.

/// Declares an enum with `ALL`, `code()`, `word()` and `parse()`.
///
/// Codes are the contract with the database, files and the public API; words are zh-CN.
macro_rules! codes {
    (
        $(#[$outer:meta])*
        $visibility:vis enum $name:ident {
            $( $(#[$inner:meta])* $variant:ident = $code:literal $word:literal ),+ $(,)?
        }
    ) => {
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        $visibility enum $name {
            $( $(#[$inner])* $variant ),+
        }

        impl $name {
            /// Every value, in the order it is shown.
            pub const ALL: &'static [Self] = &[ $( Self::$variant ),+ ];

            /// The code it is stored and sent as.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $( Self::$variant => $code ),+ }
            }

            /// The word a person reads (zh-CN).
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $( Self::$variant => $word ),+ }
            }

            /// The value of a code; `None` when there is no such code.
            #[must_use]
            pub fn parse(code: &str) -> Option<Self> {
                match code { $( $code => Some(Self::$variant), )+ _ => None }
            }
        }

        #[cfg(feature = "server")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
                out.serialize_str(self.code())
            }
        }

        #[cfg(feature = "server")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                let code = std::borrow::Cow::<str>::deserialize(input)?;
                Self::parse(&code).ok_or_else(|| serde::de::Error::unknown_variant(&code, &[$($code),+]))
            }
        }
    };
}
