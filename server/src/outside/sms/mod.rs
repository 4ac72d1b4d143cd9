//! SMS gateways behind one port, tried in the order of `SMS_GATEWAYS`.

pub mod aliyun;
mod gateway;
pub mod tencent;
mod utc;

pub use aliyun::Aliyun;
pub use gateway::{Gateway, Refusal};
pub use tencent::Tencent;

use domain::time::Millis;
use std::{
    fmt,
    io::Write as _,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

/// How long a gateway may take. A person waits; the next gateway is asked sooner than they give up.
const PATIENCE: Duration = Duration::from_secs(3);

/// What is sent. The words stand in a template that the operator has had approved; only these go into it.
#[derive(Clone, Copy)]
pub enum Message<'a> {
    /// A code of six digits.
    Code(&'a str),
    /// There is something important in the inbox; what, stays there.
    Notice,
}

/// No gateway took the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failed;

impl fmt::Display for Failed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("no SMS gateway took the message")
    }
}

impl std::error::Error for Failed {}

/// What a test was told instead of a phone: number and code, or an empty text for a notice.
pub type Heard = Arc<Mutex<Vec<(String, String)>>>;

/// All gateways of this installation.
#[derive(Clone)]
pub struct Gateways {
    gateways: Arc<[Gateway]>,
    client: reqwest::Client,
}

impl fmt::Debug for Gateways {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_list().entries(self.gateways.iter().map(Gateway::name)).finish()
    }
}

impl Gateways {
    /// In the order they are tried.
    ///
    /// # Panics
    /// The TLS library cannot be set up, which is a fault of the build.
    #[must_use]
    pub fn new(gateways: Vec<Gateway>) -> Self {
        // A second time it is set already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .timeout(PATIENCE)
            .connect_timeout(PATIENCE)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .expect("a client without files of its own");
        Self { gateways: gateways.into(), client }
    }

    /// Prints codes on the console of whoever started the program: what a trial does.
    #[must_use]
    pub fn printed() -> Self {
        Self::new(vec![Gateway::Printed])
    }

    /// Tells a test.
    #[must_use]
    pub fn heard(by: Heard) -> Self {
        Self::new(vec![Gateway::Heard(by)])
    }

    /// The last code that a test was told for a number; `None` for gateways of the real world.
    #[must_use]
    pub fn last_code(&self, mobile: &str) -> Option<String> {
        self.gateways.iter().find_map(|gateway| match gateway {
            Gateway::Heard(by) => {
                let heard = by.lock().unwrap_or_else(PoisonError::into_inner);
                heard.iter().rev().find(|(to, code)| to == mobile && !code.is_empty()).map(|(_, code)| code.clone())
            }
            Gateway::Printed | Gateway::Aliyun(_) | Gateway::Tencent(_) => None,
        })
    }

    /// Sends to a number of eleven digits.
    ///
    /// A gateway that cannot be reached is tried once more, one that refuses is not; then comes the next.
    ///
    /// # Errors
    /// None took it.
    pub async fn send(&self, mobile: &str, message: Message<'_>, now: Millis) -> Result<(), Failed> {
        for gateway in &*self.gateways {
            for attempt in 1..=2 {
                match self.ask(gateway, mobile, message, now).await {
                    Ok(()) => return Ok(()),
                    Err(refusal) => {
                        // Neither the number nor the code, and nothing the gateway said about them.
                        let (name, why) = (gateway.name(), refusal.code());
                        tracing::warn!(gateway = name, attempt, why, "SMS gateway {name} did not take it: {why}");
                        if !refusal.is_worth_another_try() {
                            break;
                        }
                    }
                }
            }
        }
        Err(Failed)
    }

    async fn ask(&self, gateway: &Gateway, mobile: &str, message: Message<'_>, now: Millis) -> Result<(), Refusal> {
        match gateway {
            Gateway::Printed => {
                let to = masked(mobile);
                let said = match message {
                    Message::Code(code) => format!("验证码 {code}，发给 {to}，5 分钟内有效"),
                    Message::Notice => format!("发给 {to}：你在会站家有一条重要通知"),
                };
                // On the standard output: the log goes to the other one, and from there often into a file. Where
                // nobody listens, nobody is told.
                let _ = writeln!(std::io::stdout().lock(), "短信（试用，只显示在这里）：{said}");
                Ok(())
            }
            Gateway::Heard(by) => {
                let code = if let Message::Code(code) = message { code } else { "" };
                by.lock().unwrap_or_else(PoisonError::into_inner).push((mobile.to_owned(), code.to_owned()));
                Ok(())
            }
            Gateway::Aliyun(aliyun) => aliyun.send(&self.client, mobile, message, now).await,
            Gateway::Tencent(tencent) => tencent.send(&self.client, mobile, message, now).await,
        }
    }
}

fn masked(mobile: &str) -> String {
    match (mobile.get(..3), mobile.get(7..)) {
        (Some(first), Some(last)) => format!("{first}****{last}"),
        _ => "***".to_owned(),
    }
}
