//! 腾讯云短信: `SendSms`, version 2021-01-11, signed with TC3-HMAC-SHA256 as its API 3.0 documents.

use super::{Message, Refusal, utc};
use data_encoding::HEXLOWER;
use domain::time::Millis;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

/// Where it answers.
pub const URL: &str = "https://sms.tencentcloudapi.com/";

const SERVICE: &str = "sms";
const CONTENT_TYPE: &str = "application/json; charset=utf-8";

/// An account there. Never printed: it holds a secret.
#[derive(Clone)]
pub struct Tencent {
    /// Where it answers.
    pub url: String,
    /// `SecretId`.
    pub secret_id: String,
    /// `SecretKey`.
    pub secret_key: String,
    /// `SmsSdkAppId`.
    pub app: String,
    /// 签名内容, as it was approved.
    pub sign: String,
    /// 正文模板 of codes; its one value is the code.
    pub template: String,
    /// 正文模板 of notices, without values.
    pub notice_template: Option<String>,
}

#[derive(serde::Deserialize)]
struct Reply {
    #[serde(rename = "Response")]
    response: Inner,
}

#[derive(serde::Deserialize)]
struct Inner {
    #[serde(rename = "Error")]
    error: Option<Coded>,
    #[serde(rename = "SendStatusSet", default)]
    statuses: Vec<Coded>,
}

#[derive(serde::Deserialize)]
struct Coded {
    #[serde(rename = "Code")]
    code: String,
}

fn mac(key: &[u8], text: &str) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes any key");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().into()
}

fn hash(text: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(text))
}

/// The `Authorization` header of a POST to `/`.
fn authorization(secret_id: &str, secret_key: &str, service: &str, host: &str, body: &str, now: Millis) -> String {
    let date = utc::date(now);
    let canonical = format!("POST\n/\n\ncontent-type:{CONTENT_TYPE}\nhost:{host}\n\ncontent-type;host\n{}", hash(body));
    let scope = format!("{date}/{service}/tc3_request");
    let to_sign = format!("TC3-HMAC-SHA256\n{}\n{scope}\n{}", now.div_euclid(1000), hash(&canonical));
    let of_date = mac(format!("TC3{secret_key}").as_bytes(), &date);
    let signing = mac(&mac(&of_date, service), "tc3_request");
    let signature = HEXLOWER.encode(&mac(&signing, &to_sign));
    format!("TC3-HMAC-SHA256 Credential={secret_id}/{scope}, SignedHeaders=content-type;host, Signature={signature}")
}

impl Tencent {
    pub(super) async fn send(
        &self,
        client: &reqwest::Client,
        mobile: &str,
        message: Message<'_>,
        now: Millis,
    ) -> Result<(), Refusal> {
        let (template, values) = match message {
            Message::Code(code) => (self.template.as_str(), vec![code]),
            Message::Notice => {
                (self.notice_template.as_deref().ok_or_else(|| Refusal::of_code("no-template"))?, Vec::new())
            }
        };
        let body = serde_json::json!({
            "PhoneNumberSet": [format!("+86{mobile}")],
            "SmsSdkAppId": self.app,
            "SignName": self.sign,
            "TemplateId": template,
            "TemplateParamSet": values,
        })
        .to_string();
        let host = self.url.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
        let reply = client
            .post(&self.url)
            .header("authorization", authorization(&self.secret_id, &self.secret_key, SERVICE, host, &body, now))
            .header("content-type", CONTENT_TYPE)
            .header("host", host)
            .header("x-tc-action", "SendSms")
            .header("x-tc-version", "2021-01-11")
            .header("x-tc-region", "ap-guangzhou")
            .header("x-tc-timestamp", now.div_euclid(1000).to_string())
            .body(body)
            .send()
            .await
            .map_err(|error| Refusal::of(&error))?;
        let status = reply.status().as_u16();
        if status >= 500 {
            return Err(Refusal::Status(status));
        }
        let bytes = reply.bytes().await.map_err(|error| Refusal::of(&error))?;
        let Reply { response } = serde_json::from_slice(&bytes).map_err(|_| Refusal::Nonsense)?;
        let first = response.error.or_else(|| response.statuses.into_iter().next()).ok_or(Refusal::Nonsense)?;
        if first.code == "Ok" { Ok(()) } else { Err(Refusal::of_code(&first.code)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the service's own documentation of its signature.
    #[test]
    fn the_documented_example_has_the_documented_signature() {
        let body =
            "{\"Limit\": 1, \"Filters\": [{\"Values\": [\"\\u672a\\u547d\\u540d\"], \"Name\": \"instance-name\"}]}";
        assert_eq!(hash(body), "35e9c5b0e3ae67532d3c9f17ead6c90222632e5b1ff7f6e89887f1398934f064");
        let header = authorization(
            "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE",
            "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE",
            "cvm",
            "cvm.tencentcloudapi.com",
            body,
            1_551_113_065_000,
        );
        let signature = header.rsplit('=').next().unwrap_or_default();
        assert_eq!(signature, "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168");
    }
}
