//! What can be wrong with the region files.

use std::fmt;

/// Why the regions could not be loaded. The files are part of the program, so each of these means
/// that the program is damaged or was built from a damaged checkout.
#[derive(Debug)]
pub enum RegionsError {
    /// `counties.bin` does not start like one, or is of another version.
    Magic,
    /// The content does not match its SHA-256.
    Checksum,
    /// The compressed part cannot be read.
    Compression(std::io::Error),
    /// The numbers in it contradict each other: which.
    Counts(&'static str),
    /// A row of a table cannot be read.
    Row(csv::Error),
    /// A row says something impossible: the code, and what.
    Region(u32, &'static str),
}

impl fmt::Display for RegionsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Magic => write!(f, "县界文件不认识：开头不对。")?,
            Self::Checksum => write!(f, "县界文件坏了：校验值对不上。")?,
            Self::Compression(cause) => write!(f, "县界文件坏了：解不开（{cause}）。")?,
            Self::Counts(what) => write!(f, "县界文件坏了：数目对不上（{what}）。")?,
            Self::Row(cause) => write!(f, "行政区划表有一行读不了（{cause}）。")?,
            Self::Region(adcode, what) => write!(f, "行政区划表里 {adcode} 不对：{what}。")?,
        }
        write!(f, "请重新取一份完整的程序。")
    }
}

impl std::error::Error for RegionsError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Compression(cause) => Some(cause),
            Self::Row(cause) => Some(cause),
            Self::Magic | Self::Checksum | Self::Counts(_) | Self::Region(..) => None,
        }
    }
}

impl From<csv::Error> for RegionsError {
    fn from(cause: csv::Error) -> Self {
        Self::Row(cause)
    }
}
