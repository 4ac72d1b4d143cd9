//! One gateway, and why it did not take a message.

use super::{Aliyun, Heard, Tencent};

/// Whoever brings a message to a phone.
pub enum Gateway {
    /// The console. Never a log file.
    Printed,
    /// A test.
    Heard(Heard),
    /// 阿里云短信服务.
    Aliyun(Aliyun),
    /// 腾讯云短信.
    Tencent(Tencent),
}

impl Gateway {
    /// As `SMS_GATEWAYS` names it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Printed => "log",
            Self::Heard(_) => "test",
            Self::Aliyun(_) => "aliyun",
            Self::Tencent(_) => "tencent",
        }
    }
}

/// Why a gateway did not take a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It cannot be reached.
    Unreachable,
    /// It did not answer in time. It may have sent the message all the same: not tried again there.
    Late,
    /// It answers that it is not well.
    Status(u16),
    /// It says no: its own code, of letters, digits, dots, dashes and underscores.
    Code(String),
    /// What it answered is not what it documents.
    Nonsense,
}

impl Refusal {
    /// Of an HTTP exchange that failed.
    #[must_use]
    pub fn of(error: &reqwest::Error) -> Self {
        if error.is_connect() {
            Self::Unreachable
        } else if error.is_timeout() {
            Self::Late
        } else {
            Self::Nonsense
        }
    }

    /// A gateway's own code, cut down to what may stand in a log.
    #[must_use]
    pub fn of_code(code: &str) -> Self {
        let plain = |letter: &char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_');
        Self::Code(code.chars().filter(plain).take(64).collect())
    }

    /// Whether the same gateway is asked once more.
    #[must_use]
    pub const fn is_worth_another_try(&self) -> bool {
        matches!(self, Self::Unreachable | Self::Status(500..))
    }

    /// For the log.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::Unreachable => "unreachable".to_owned(),
            Self::Late => "timeout".to_owned(),
            Self::Status(status) => format!("http-{status}"),
            Self::Code(code) => code.clone(),
            Self::Nonsense => "not-understood".to_owned(),
        }
    }
}
