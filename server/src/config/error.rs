//! What is wrong with the configuration, in a sentence an operator can act on.

use super::keys;
use std::{fmt, path::PathBuf};

/// Why the start stops.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfigError {
    /// The file cannot be read.
    File {
        /// Which.
        path: PathBuf,
        /// What the system says.
        why: String,
    },
    /// The file is not TOML.
    Syntax {
        /// Line from 1, when known.
        line: Option<usize>,
        /// What the parser says.
        why: String,
    },
    /// The file has a key that does not exist.
    Unknown {
        /// As it was written.
        name: String,
    },
    /// The file has a key in both cases.
    Twice {
        /// Which.
        key: &'static str,
    },
    /// A variable is not UTF-8.
    NotText {
        /// Which.
        key: &'static str,
    },
    /// A value is not allowed.
    Wrong {
        /// Which.
        key: &'static str,
        /// The value, secrets masked.
        shown: String,
        /// More than what is allowed: why not in this case. May be empty.
        why: String,
    },
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { path, why } => write!(f, "读不了配置文件 {}：{why}", path.display()),
            Self::Syntax { line: Some(line), why } => write!(f, "配置文件第 {line} 行不是正确的 TOML：{why}"),
            Self::Syntax { line: None, why } => write!(f, "配置文件不是正确的 TOML：{why}"),
            Self::Unknown { name } => {
                let names: Vec<&str> = keys::KEYS.iter().map(|key| key.name).collect();
                write!(f, "配置文件里有不认识的键 {name}。可以写的键：{}", names.join("、"))
            }
            Self::Twice { key } => write!(f, "配置文件里 {key} 写了两次，请留一个。"),
            Self::NotText { key } => write!(f, "{key} 不是 UTF-8 文字。"),
            Self::Wrong { key, shown, why } => {
                let allowed = keys::by_name(key).map_or("", |key| key.allowed);
                write!(f, "{key} 的值「{shown}」不行。可以写：{allowed}。{why}")
            }
        }
    }
}

impl std::error::Error for ConfigError {}
