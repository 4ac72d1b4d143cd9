//! Configuration: from the environment and one file, checked once, at the start.

mod error;
pub mod keys;
mod parse;
pub mod settings;
pub mod show;
mod sms;
#[cfg(test)]
mod tests;

pub use error::ConfigError;
pub use parse::{Tiles, is_local_network};
pub use settings::Settings;
pub use sms::SmsGateway;

use crate::outside::identity::IdentityCheck;
use domain::ports::{Site, Trial};
use ipnet::IpNet;
use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

/// How a log line is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// A line a person reads.
    Text,
    /// One JSON object a line.
    Json,
}

/// What the operator decided, checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where pages and the API are served.
    pub listen: SocketAddr,
    /// The database, password included: never printed, see [`show`].
    pub database_url: String,
    /// The key under which devices and networks are hashed.
    pub secret_file: PathBuf,
    /// The key file of the vault.
    pub vault_key_file: PathBuf,
    /// The store of wrapped keys, password included: never printed.
    pub keys_url: String,
    /// The key file of the key process.
    pub keyd_key_file: PathBuf,
    /// The socket of the key process.
    pub keyd_socket: PathBuf,
    /// The log of the key process.
    pub keyd_log: PathBuf,
    /// Where people reach the site: scheme, host and port. Passkeys and links are bound to it.
    pub public_url: Option<String>,
    /// Where SMS go, in the order they are tried.
    pub sms: Vec<SmsGateway>,
    /// How many SMS may be sent on one day.
    pub sms_daily_budget: u32,
    /// Whether a name and an ID number belong together.
    pub identity: IdentityCheck,
    /// Where metrics are served; `None` when off.
    pub metrics_listen: Option<SocketAddr>,
    /// How far a 试用安装 may be reached.
    pub trial: Trial,
    /// Who runs the site.
    pub operator: Option<String>,
    /// The operator's 隐私政策.
    pub privacy_url: Option<String>,
    /// How to reach the operator.
    pub contact: Option<String>,
    /// ICP 备案号.
    pub icp: Option<String>,
    /// 公安备案号.
    pub police: Option<String>,
    /// 审图号 of this site's own map.
    pub map_approval: Option<String>,
    /// The tile host, the one third party allowed.
    pub tiles: Option<Tiles>,
    /// The tile host in words.
    pub tiles_name: Option<String>,
    /// Networks whose forwarding headers are believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Whether the public API limits how often.
    pub limits: bool,
    /// How log lines are written.
    pub log: LogFormat,
    /// How fine the log is.
    pub log_level: tracing::Level,
    /// The folder of the built package; `None` searches the usual places.
    pub assets: Option<PathBuf>,
    /// Whether an empty database gets the 示范 pack.
    pub demo: bool,
}

impl Config {
    /// Reads and checks everything.
    ///
    /// # Errors
    /// Everything that is wrong, each with the key's name and what is allowed.
    pub fn load() -> Result<Self, Vec<ConfigError>> {
        let settings = Settings::read().map_err(|error| vec![error])?;
        Self::check(&settings)
    }

    /// Understands the values and how they fit together.
    ///
    /// # Errors
    /// Every value that is wrong, in the order of the table.
    pub fn check(settings: &Settings) -> Result<Self, Vec<ConfigError>> {
        let mut wrong = Vec::new();
        let mut check = Checker { settings, wrong: &mut wrong };
        let unspecified = SocketAddr::from(([0, 0, 0, 0], 0));
        let config = Self {
            listen: check.needed(keys::LISTEN, parse::socket).unwrap_or(unspecified),
            database_url: check.needed(keys::DATABASE_URL, database_url).unwrap_or_default(),
            secret_file: check.needed(keys::SECRET_FILE, |text| Some(PathBuf::from(text))).unwrap_or_default(),
            vault_key_file: check.needed(keys::VAULT_KEY_FILE, |text| Some(PathBuf::from(text))).unwrap_or_default(),
            keys_url: check.needed(keys::KEYS_URL, database_url).unwrap_or_default(),
            keyd_key_file: check.needed(keys::KEYD_KEY_FILE, |text| Some(PathBuf::from(text))).unwrap_or_default(),
            // The system's own limit is 107 bytes (unix(7)); a temporary name beside it needs a few.
            keyd_socket: check
                .needed(keys::KEYD_SOCKET, |text| (text.len() <= 100).then(|| PathBuf::from(text)))
                .unwrap_or_default(),
            keyd_log: check.needed(keys::KEYD_LOG, |text| Some(PathBuf::from(text))).unwrap_or_default(),
            public_url: check.optional(keys::PUBLIC_URL, parse::origin),
            sms: check.sms(),
            sms_daily_budget: check
                .needed(keys::SMS_DAILY_BUDGET, |text| {
                    text.parse().ok().filter(|budget| (1..=10_000_000).contains(budget))
                })
                .unwrap_or_default(),
            identity: check.identity(),
            metrics_listen: check
                .needed(keys::METRICS_LISTEN, |text| match text {
                    "off" => Some(None),
                    _ => parse::socket(text).filter(|at| is_local_network(at.ip())).map(Some),
                })
                .flatten(),
            trial: check.needed(keys::TRIAL, Trial::parse).unwrap_or(Trial::Loopback),
            operator: check.optional(keys::OPERATOR, parse::short_text),
            privacy_url: check.optional(keys::PRIVACY_URL, parse::web_address),
            contact: check.optional(keys::CONTACT, parse::short_text),
            icp: check.optional(keys::ICP, parse::short_text),
            police: check.optional(keys::POLICE, parse::short_text),
            map_approval: check.optional(keys::MAP_APPROVAL, parse::short_text),
            tiles: check.optional(keys::TILES, parse::tiles),
            tiles_name: check.optional(keys::TILES_NAME, parse::short_text),
            trusted_proxies: check.optional(keys::TRUSTED_PROXIES, parse::networks).unwrap_or_default(),
            limits: check.needed(keys::LIMITS, parse::switch).unwrap_or(true),
            log: check
                .needed(keys::LOG, |text| match text {
                    "text" => Some(LogFormat::Text),
                    "json" => Some(LogFormat::Json),
                    _ => None,
                })
                .unwrap_or(LogFormat::Text),
            log_level: check.needed(keys::LOG_LEVEL, log_level).unwrap_or(tracing::Level::INFO),
            assets: check.optional(keys::ASSETS, |text| Some(PathBuf::from(text))),
            demo: check
                .needed(keys::DEMO, |text| match text {
                    "auto" => Some(true),
                    "off" => Some(false),
                    _ => None,
                })
                .unwrap_or(false),
        };
        if wrong.is_empty() {
            config.fits_together(settings, &mut wrong);
        }
        if wrong.is_empty() { Ok(config) } else { Err(wrong) }
    }

    /// What holds only between keys.
    fn fits_together(&self, settings: &Settings, wrong: &mut Vec<ConfigError>) {
        let mut refuse = |key: &'static str, why: &str| {
            wrong.push(ConfigError::Wrong { key, shown: settings.text(key).to_owned(), why: why.to_owned() });
        };
        let ip = self.listen.ip();
        match self.trial {
            Trial::Loopback if !ip.to_canonical().is_loopback() => {
                refuse(keys::LISTEN, "现在是 TRIAL=loopback，只能用本机地址；要给局域网里的人看，加上 TRIAL=lan。");
            }
            // 0.0.0.0 is every address of the machine; who connects is then checked one by one.
            Trial::Lan if !ip.is_unspecified() && !is_local_network(ip) => {
                refuse(keys::LISTEN, "现在是 TRIAL=lan，只能用本机或内网地址。");
            }
            Trial::Off => {
                let missing: Vec<&str> = [
                    (keys::OPERATOR, &self.operator),
                    (keys::PRIVACY_URL, &self.privacy_url),
                    (keys::CONTACT, &self.contact),
                    (keys::PUBLIC_URL, &self.public_url),
                ]
                .into_iter()
                .filter_map(|(name, value)| value.is_none().then_some(name))
                .collect();
                if !missing.is_empty() {
                    refuse(keys::TRIAL, &format!("还没写：{}。", missing.join("、")));
                }
            }
            Trial::Loopback | Trial::Lan => {}
        }
        if self.keys_url == self.database_url {
            refuse(keys::KEYS_URL, "");
        }
        if self.trial == Trial::Off && self.sms.iter().any(|gateway| matches!(gateway, SmsGateway::Printed)) {
            refuse(keys::SMS_GATEWAYS, "正式运行不能用 log：验证码要发到本人的手机上。写 aliyun 或 tencent。");
        }
        let plain = self.public_url.as_deref().is_some_and(|url| url.starts_with("http://"));
        if self.trial == Trial::Off && plain {
            refuse(keys::PUBLIC_URL, "正式运行要用 https://。");
        }
        if self.listen.port() != 0 && self.metrics_listen == Some(self.listen) {
            refuse(keys::METRICS_LISTEN, "");
        }
    }

    /// Where people reach the site: scheme, host and port. A trial that does not say is on this machine.
    #[must_use]
    pub fn address(&self) -> String {
        self.public_url.clone().unwrap_or_else(|| format!("http://localhost:{}", self.listen.port()))
    }

    /// What the footer may say.
    #[must_use]
    pub fn site(&self) -> Site {
        Site {
            sms_is_printed: self.sms.iter().any(|gateway| matches!(gateway, SmsGateway::Printed)),
            trial: self.trial,
            url: self.public_url.clone().unwrap_or_else(|| format!("http://localhost:{}", self.listen.port())),
            operator: self.operator.clone(),
            privacy_url: self.privacy_url.clone(),
            contact: self.contact.clone(),
            icp: self.icp.clone(),
            police: self.police.clone(),
            map_approval: self.map_approval.clone(),
            tiles: self.tiles.as_ref().map(|tiles| tiles.template.clone()),
            tiles_name: self.tiles.as_ref().map(|tiles| self.tiles_name.clone().unwrap_or_else(|| tiles.host.clone())),
        }
    }

    /// Whether a connection from this address is answered: a trial answers only as far as it says,
    /// also when it listens on every address of the machine.
    #[must_use]
    pub fn answers(trial: Trial, peer: IpAddr) -> bool {
        match trial {
            Trial::Loopback => peer.to_canonical().is_loopback(),
            Trial::Lan => is_local_network(peer),
            Trial::Off => true,
        }
    }
}

struct Checker<'a> {
    settings: &'a Settings,
    wrong: &'a mut Vec<ConfigError>,
}

impl Checker<'_> {
    fn needed<T>(&mut self, name: &'static str, understand: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let text = self.settings.text(name);
        let value = understand(text);
        if value.is_none() {
            let shown = if keys::is_secret(name) {
                "***".to_owned()
            } else if name == keys::DATABASE_URL || name == keys::KEYS_URL {
                parse::mask_database(text)
            } else {
                text.to_owned()
            };
            self.wrong.push(ConfigError::Wrong { key: name, shown, why: String::new() });
        }
        value
    }

    fn optional<T>(&mut self, name: &'static str, understand: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        if self.settings.text(name).is_empty() { None } else { self.needed(name, understand) }
    }
}

fn database_url(text: &str) -> Option<String> {
    let known = ["sqlite:", "postgres://", "postgresql://"];
    known.iter().any(|start| text.len() > start.len() && text.starts_with(start)).then(|| text.to_owned())
}

fn log_level(text: &str) -> Option<tracing::Level> {
    matches!(text, "error" | "warn" | "info" | "debug" | "trace").then(|| text.parse().ok()).flatten()
}
