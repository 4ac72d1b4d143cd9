//! SMS gateways and the identity service from the configuration.

use super::{Checker, keys, parse};
use crate::outside::{
    identity::IdentityCheck,
    sms::{Aliyun, Gateway, Tencent, aliyun, tencent},
};

/// A gateway that `SMS_GATEWAYS` names, with what it needs. Never printed.
#[derive(Clone)]
pub enum SmsGateway {
    /// `log`: the console.
    Printed,
    /// `aliyun`.
    Aliyun(Aliyun),
    /// `tencent`.
    Tencent(Tencent),
}

impl std::fmt::Debug for SmsGateway {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Self::Printed => "log",
            Self::Aliyun(_) => "aliyun",
            Self::Tencent(_) => "tencent",
        })
    }
}

impl From<SmsGateway> for Gateway {
    fn from(gateway: SmsGateway) -> Self {
        match gateway {
            SmsGateway::Printed => Self::Printed,
            SmsGateway::Aliyun(aliyun) => Self::Aliyun(aliyun),
            SmsGateway::Tencent(tencent) => Self::Tencent(tencent),
        }
    }
}

/// Where a gateway answers: by https, or a peer on this machine.
fn address(text: &str) -> Option<String> {
    let origin = parse::origin(text)?;
    let here = origin.starts_with("http://127.0.0.1:") || origin.starts_with("http://localhost:");
    (origin.starts_with("https://") || here).then(|| format!("{origin}/"))
}

impl Checker<'_> {
    /// The gateways, in their order.
    pub(super) fn sms(&mut self) -> Vec<SmsGateway> {
        let names = self.needed(keys::SMS_GATEWAYS, |text| {
            let names: Vec<String> = text.split(',').map(|name| name.trim().to_owned()).collect();
            names.iter().all(|name| matches!(name.as_str(), "log" | "aliyun" | "tencent")).then_some(names)
        });
        names.unwrap_or_default().iter().filter_map(|name| self.gateway(name)).collect()
    }

    /// Who checks identities.
    pub(super) fn identity(&mut self) -> IdentityCheck {
        // A path of the service's own, unlike a gateway's.
        let url = self.optional(keys::IDENTITY_URL, |text| {
            let (origin, path) = text.split_at(text.find("://").map_or(0, |at| at + 3));
            let (host, path) = path.split_at(path.find('/').unwrap_or(path.len()));
            let plain = path.chars().all(|letter| letter.is_ascii_graphic()) && text.len() <= 500;
            address(&format!("{origin}{host}")).filter(|_| plain).map(|_| text.to_owned())
        });
        let text = |text: &str| parse::short_text(text).filter(|text| !text.is_empty());
        match url {
            Some(url) => {
                let token = self.needed(keys::IDENTITY_TOKEN, text).unwrap_or_default();
                IdentityCheck::http(&url, &token)
            }
            None => IdentityCheck::Form,
        }
    }

    fn gateway(&mut self, name: &str) -> Option<SmsGateway> {
        // An empty text is refused with the key's own words.
        let text = |text: &str| parse::short_text(text).filter(|text| !text.is_empty());
        match name {
            "aliyun" => Some(SmsGateway::Aliyun(Aliyun {
                url: self.optional(keys::ALIYUN_SMS_URL, address).unwrap_or_else(|| aliyun::URL.to_owned()),
                key_id: self.needed(keys::ALIYUN_SMS_KEY_ID, text)?,
                key_secret: self.needed(keys::ALIYUN_SMS_KEY_SECRET, text)?,
                sign: self.needed(keys::ALIYUN_SMS_SIGN, text)?,
                template: self.needed(keys::ALIYUN_SMS_TEMPLATE, text)?,
                notice_template: self.optional(keys::ALIYUN_SMS_NOTICE_TEMPLATE, text),
            })),
            "tencent" => Some(SmsGateway::Tencent(Tencent {
                url: self.optional(keys::TENCENT_SMS_URL, address).unwrap_or_else(|| tencent::URL.to_owned()),
                secret_id: self.needed(keys::TENCENT_SMS_SECRET_ID, text)?,
                secret_key: self.needed(keys::TENCENT_SMS_SECRET_KEY, text)?,
                app: self.needed(keys::TENCENT_SMS_APP, text)?,
                sign: self.needed(keys::TENCENT_SMS_SIGN, text)?,
                template: self.needed(keys::TENCENT_SMS_TEMPLATE, text)?,
                notice_template: self.optional(keys::TENCENT_SMS_NOTICE_TEMPLATE, text),
            })),
            _ => Some(SmsGateway::Printed),
        }
    }
}
