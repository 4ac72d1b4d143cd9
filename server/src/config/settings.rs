//! Where each value comes from: the environment first, then the one file, then the default.

use super::{
    ConfigError,
    keys::{self, KEYS},
};
use std::{
    collections::BTreeMap,
    ffi::OsString,
    fmt,
    path::{Path, PathBuf},
};

/// Names the file; only from the environment.
pub const FILE_KEY: &str = "CONFIG";
/// Files that are read without being named, the first one that exists.
pub const USUAL_FILES: [&str; 2] = ["var/config.toml", "huizhanjia.toml"];

/// Who said so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Nobody: the default.
    Default,
    /// The file.
    File,
    /// The environment.
    Environment,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Default => "默认",
            Self::File => "文件",
            Self::Environment => "环境变量",
        })
    }
}

/// A value as it was written, not yet understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The text; empty when there is neither a value nor a default.
    pub text: String,
    /// Who said so.
    pub source: Source,
}

/// All values as they were written.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    values: BTreeMap<&'static str, Setting>,
    /// The file that was read.
    pub file: Option<PathBuf>,
}

impl Settings {
    /// Reads the process's environment and the file.
    ///
    /// # Errors
    /// The file is not readable, is not TOML, or has a key that does not exist.
    pub fn read() -> Result<Self, ConfigError> {
        Self::from(|name| std::env::var_os(name), |path| std::fs::read_to_string(path))
    }

    /// The same from any environment and any file system, for tests.
    ///
    /// # Errors
    /// As [`Settings::read`].
    pub fn from(
        environment: impl Fn(&str) -> Option<OsString>,
        open: impl Fn(&Path) -> std::io::Result<String>,
    ) -> Result<Self, ConfigError> {
        let named = environment(FILE_KEY).filter(|value| !value.is_empty()).map(PathBuf::from);
        let (file, text) = read_file(named, open)?;
        let mut written = text.map_or_else(|| Ok(BTreeMap::new()), |text| file_values(&text))?;

        let mut values = BTreeMap::new();
        for key in KEYS {
            // An empty variable is what `OPERATOR= server serve` and compose files leave behind: not set.
            let set = environment(key.name).filter(|value| !value.is_empty());
            let setting = match (set, written.remove(key.name)) {
                (Some(value), _) => {
                    let text = value.into_string().map_err(|_| ConfigError::NotText { key: key.name })?;
                    Setting { text, source: Source::Environment }
                }
                (None, Some(text)) => Setting { text, source: Source::File },
                (None, None) => Setting { text: key.default.unwrap_or_default().to_owned(), source: Source::Default },
            };
            values.insert(key.name, setting);
        }
        Ok(Self { values, file })
    }

    /// The value of a key; empty when it has none.
    pub(super) fn text(&self, name: &str) -> &str {
        self.values.get(name).map_or("", |setting| setting.text.trim())
    }

    /// The value of a key with its source.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Setting> {
        self.values.get(name)
    }
}

fn read_file(
    named: Option<PathBuf>,
    open: impl Fn(&Path) -> std::io::Result<String>,
) -> Result<(Option<PathBuf>, Option<String>), ConfigError> {
    let must_exist = named.is_some();
    let candidates = named.map_or_else(|| USUAL_FILES.map(PathBuf::from).to_vec(), |path| vec![path]);
    for path in candidates {
        match open(&path) {
            Ok(text) => return Ok((Some(path), Some(text))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && !must_exist => {}
            Err(error) => return Err(ConfigError::File { path, why: error.to_string() }),
        }
    }
    Ok((None, None))
}

fn file_values(text: &str) -> Result<BTreeMap<&'static str, String>, ConfigError> {
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        let line = error.span().map(|span| text[..span.start].lines().count().max(1));
        ConfigError::Syntax { line, why: error.message().to_owned() }
    })?;
    let mut values = BTreeMap::new();
    for (name, value) in table {
        let Some(key) = keys::by_name(&name) else {
            return Err(ConfigError::Unknown { name });
        };
        let Some(text) = value_text(&value) else {
            let shown = format!("（TOML 类型 {}）", value.type_str());
            return Err(ConfigError::Wrong {
                key: key.name, shown, why: "在文件里写成带引号的文字。".to_owned()
            });
        };
        if values.insert(key.name, text).is_some() {
            return Err(ConfigError::Twice { key: key.name });
        }
    }
    Ok(values)
}

/// A TOML value as the environment would write it: `true` is `on`, a list has commas.
fn value_text(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Boolean(yes) => Some(if *yes { "on" } else { "off" }.to_owned()),
        toml::Value::Array(items) => {
            items.iter().map(|item| item.as_str()).collect::<Option<Vec<_>>>().map(|items| items.join(","))
        }
        toml::Value::Float(_) | toml::Value::Datetime(_) | toml::Value::Table(_) => None,
    }
}
