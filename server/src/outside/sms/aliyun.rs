//! 阿里云短信服务: `SendSms`, version 2017-05-25, signed as its RPC style documents (HMAC-SHA1 over the sorted,
//! percent-encoded parameters).

use super::{Message, Refusal, utc};
use crate::vault::random;
use data_encoding::{BASE64, HEXLOWER};
use domain::time::Millis;
use hmac::{Hmac, KeyInit as _, Mac as _};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha1::Sha1;
use std::collections::BTreeMap;

/// Where it answers.
pub const URL: &str = "https://dysmsapi.aliyuncs.com/";

/// RFC 3986: letters, digits and `-_.~` stay as they are.
const RFC3986: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// An account there. Never printed: it holds a secret.
#[derive(Clone)]
pub struct Aliyun {
    /// Where it answers.
    pub url: String,
    /// `AccessKeyId`.
    pub key_id: String,
    /// `AccessKeySecret`.
    pub key_secret: String,
    /// 签名, as it was approved.
    pub sign: String,
    /// 模板 of codes, with the variable `code`.
    pub template: String,
    /// 模板 of notices, without variables.
    pub notice_template: Option<String>,
}

#[derive(serde::Deserialize)]
struct Reply {
    #[serde(rename = "Code")]
    code: String,
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, RFC3986).to_string()
}

/// Sorted and encoded, and the signature over it for a method.
fn signed(parameters: &BTreeMap<&str, String>, method: &str, secret: &str) -> (String, String) {
    let pairs: Vec<String> =
        parameters.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
    let query = pairs.join("&");
    let to_sign = format!("{method}&{}&{}", encoded("/"), encoded(&query));
    let mut mac = Hmac::<Sha1>::new_from_slice(format!("{secret}&").as_bytes()).expect("HMAC takes any key");
    mac.update(to_sign.as_bytes());
    (query, BASE64.encode(&mac.finalize().into_bytes()))
}

impl Aliyun {
    pub(super) async fn send(
        &self,
        client: &reqwest::Client,
        mobile: &str,
        message: Message<'_>,
        now: Millis,
    ) -> Result<(), Refusal> {
        let (template, values) = match message {
            Message::Code(code) => (self.template.clone(), Some(serde_json::json!({ "code": code }).to_string())),
            Message::Notice => (self.notice_template.clone().ok_or_else(|| Refusal::of_code("no-template"))?, None),
        };
        let mut parameters = BTreeMap::from([
            ("AccessKeyId", self.key_id.clone()),
            ("Action", "SendSms".to_owned()),
            ("Format", "JSON".to_owned()),
            ("PhoneNumbers", mobile.to_owned()),
            ("RegionId", "cn-hangzhou".to_owned()),
            ("SignName", self.sign.clone()),
            ("SignatureMethod", "HMAC-SHA1".to_owned()),
            ("SignatureNonce", HEXLOWER.encode(&random::<16>())),
            ("SignatureVersion", "1.0".to_owned()),
            ("TemplateCode", template),
            ("Timestamp", utc::moment(now)),
            ("Version", "2017-05-25".to_owned()),
        ]);
        if let Some(values) = values {
            parameters.insert("TemplateParam", values);
        }
        let (query, signature) = signed(&parameters, "POST", &self.key_secret);
        let reply = client
            .post(&self.url)
            .header("content-type", "application/x-www-form-urlencoded")
            // In the body, not in the address: addresses are written into logs on the way.
            .body(format!("Signature={}&{query}", encoded(&signature)))
            .send()
            .await
            .map_err(|error| Refusal::of(&error))?;
        let status = reply.status().as_u16();
        if status >= 500 {
            return Err(Refusal::Status(status));
        }
        let bytes = reply.bytes().await.map_err(|error| Refusal::of(&error))?;
        let reply: Reply = serde_json::from_slice(&bytes).map_err(|_| Refusal::Nonsense)?;
        if reply.code == "OK" { Ok(()) } else { Err(Refusal::of_code(&reply.code)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the service's own documentation of its signature.
    #[test]
    fn the_documented_example_has_the_documented_signature() {
        let parameters = BTreeMap::from([
            ("AccessKeyId", "testId"),
            ("Action", "SendSms"),
            ("Format", "XML"),
            ("OutId", "123"),
            ("PhoneNumbers", "15300000001"),
            ("RegionId", "cn-hangzhou"),
            ("SignName", "阿里云短信测试专用"),
            ("SignatureMethod", "HMAC-SHA1"),
            ("SignatureNonce", "45e25e9b-0a6f-4070-8c85-2956eda1b466"),
            ("SignatureVersion", "1.0"),
            ("TemplateCode", "SMS_71390007"),
            ("TemplateParam", "{\"customer\":\"test\"}"),
            ("Timestamp", "2017-07-12T02:42:19Z"),
            ("Version", "2017-05-25"),
        ])
        .into_iter()
        .map(|(name, value)| (name, value.to_owned()))
        .collect();
        assert_eq!(signed(&parameters, "GET", "testSecret").1, "zJDF+Lrzhj/ThnlvIToysFRq6t4=");
    }
}
