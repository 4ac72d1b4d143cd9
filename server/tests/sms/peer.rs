//! A gateway on this machine: it computes the signature itself, from the documentation, and answers as it is told.

use axum::{
    Router,
    body::Bytes,
    extract::State,
    response::{IntoResponse as _, Response},
};
use data_encoding::{BASE64, HEXLOWER};
use hmac::{Hmac, KeyInit as _, Mac as _};
use http::{HeaderMap, StatusCode};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use sha1::Sha1;
use sha2::{Digest as _, Sha256};
use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex},
};
use tokio::net::TcpListener;

/// What it answers.
#[derive(Clone, Copy, Debug)]
pub enum Says {
    Ok,
    Code(&'static str),
    Status(u16),
    Nonsense,
    /// It never answers.
    Nothing,
}

/// What it was sent.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    pub mobile: String,
    pub sign: String,
    pub template: String,
    pub values: String,
}

#[derive(Default)]
struct Inner {
    says: VecDeque<Says>,
    sent: Vec<Sent>,
}

#[derive(Clone)]
pub struct Peer {
    port: u16,
    inner: Arc<Mutex<Inner>>,
}

impl Peer {
    pub async fn aliyun(says: &[Says]) -> Self {
        Self::start(says, aliyun).await
    }

    pub async fn tencent(says: &[Says]) -> Self {
        Self::start(says, tencent).await
    }

    /// One that was there and is not any more.
    pub async fn gone() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        Self { port: listener.local_addr().expect("an address").port(), inner: Arc::default() }
    }

    async fn start(says: &[Says], check: fn(&HeaderMap, &str) -> Result<Sent, &'static str>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let inner = Arc::new(Mutex::new(Inner { says: says.iter().copied().collect(), sent: Vec::new() }));
        let peer = Self { port, inner };
        let is_aliyun = std::ptr::fn_addr_eq(check, aliyun as fn(&HeaderMap, &str) -> Result<Sent, &'static str>);
        let app = Router::new()
            .fallback(move |State(peer): State<Self>, headers: HeaderMap, body: Bytes| async move {
                peer.answer(check, is_aliyun, &headers, &body).await
            })
            .with_state(peer.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        peer
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    pub fn sent(&self) -> Vec<Sent> {
        self.inner.lock().expect("no panic").sent.clone()
    }

    async fn answer(
        &self,
        check: fn(&HeaderMap, &str) -> Result<Sent, &'static str>,
        is_aliyun: bool,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Response {
        let checked = check(headers, std::str::from_utf8(body).unwrap_or_default());
        let says = {
            let mut inner = self.inner.lock().expect("no panic");
            match checked {
                Ok(sent) => {
                    inner.sent.push(sent);
                    inner.says.pop_front().unwrap_or(Says::Code("said.too.much"))
                }
                Err(why) => Says::Code(why),
            }
        };
        let code = match says {
            Says::Ok if is_aliyun => "OK",
            Says::Ok => "Ok",
            Says::Code(code) => code,
            Says::Status(status) => return StatusCode::from_u16(status).expect("a status").into_response(),
            Says::Nonsense => return "<html>502</html>".into_response(),
            Says::Nothing => return std::future::pending().await,
        };
        let reply = if is_aliyun {
            serde_json::json!({ "Code": code, "Message": "…", "RequestId": "1" })
        } else if matches!(says, Says::Ok) || code.starts_with("LimitExceeded") {
            serde_json::json!({ "Response": { "SendStatusSet": [{ "Code": code }], "RequestId": "1" } })
        } else {
            serde_json::json!({ "Response": { "Error": { "Code": code, "Message": "…" }, "RequestId": "1" } })
        };
        reply.to_string().into_response()
    }
}

fn aliyun(_: &HeaderMap, body: &str) -> Result<Sent, &'static str> {
    let mut fields: BTreeMap<String, String> = body
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.to_owned(), percent_decode_str(value).decode_utf8_lossy().into_owned()))
        .collect();
    let signature = fields.remove("Signature").ok_or("MissingSignature")?;
    let escape = |text: &str| {
        // As the documentation has it: by RFC 3986.
        const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
        utf8_percent_encode(text, UNRESERVED).to_string()
    };
    let query: Vec<String> = fields.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect();
    let to_sign = format!("POST&%2F&{}", escape(&query.join("&")));
    let mut mac = Hmac::<Sha1>::new_from_slice(b"LTAI-secret&").expect("any key");
    mac.update(to_sign.as_bytes());
    if BASE64.encode(&mac.finalize().into_bytes()) != signature {
        return Err("SignatureDoesNotMatch");
    }
    let is = |name: &str, value: &str| fields.get(name).is_some_and(|known| known == value);
    let right = is("Action", "SendSms")
        && is("Version", "2017-05-25")
        && is("Format", "JSON")
        && is("AccessKeyId", "LTAI-id")
        && is("SignatureMethod", "HMAC-SHA1")
        && is("SignatureVersion", "1.0")
        && is("Timestamp", "2026-11-24T08:00:00Z")
        && fields.get("SignatureNonce").is_some_and(|nonce| nonce.len() >= 16);
    if !right {
        return Err("InvalidParameter");
    }
    let of = |name: &str| fields.get(name).cloned().unwrap_or_default();
    Ok(Sent {
        mobile: of("PhoneNumbers"),
        sign: of("SignName"),
        template: of("TemplateCode"),
        values: of("TemplateParam"),
    })
}

fn tencent(headers: &HeaderMap, body: &str) -> Result<Sent, &'static str> {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    if (header("x-tc-action"), header("x-tc-version")) != ("SendSms".into(), "2021-01-11".into()) {
        return Err("InvalidAction");
    }
    let mac = |key: &[u8], text: &str| -> Vec<u8> {
        let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any key");
        mac.update(text.as_bytes());
        mac.finalize().into_bytes().to_vec()
    };
    let hash = |text: &str| HEXLOWER.encode(&Sha256::digest(text));
    let canonical = format!(
        "POST\n/\n\ncontent-type:{}\nhost:{}\n\ncontent-type;host\n{}",
        header("content-type"),
        header("host"),
        hash(body)
    );
    let scope = "2026-11-24/sms/tc3_request";
    let to_sign = format!("TC3-HMAC-SHA256\n{}\n{scope}\n{}", header("x-tc-timestamp"), hash(&canonical));
    let key = mac(&mac(&mac(b"TC3AKID-key", "2026-11-24"), "sms"), "tc3_request");
    let expected = format!(
        "TC3-HMAC-SHA256 Credential=AKID-id/{scope}, SignedHeaders=content-type;host, Signature={}",
        HEXLOWER.encode(&mac(&key, &to_sign))
    );
    if header("authorization") != expected || header("x-tc-timestamp") != "1795507200" {
        return Err("AuthFailure.SignatureFailure");
    }
    let json: serde_json::Value = serde_json::from_str(body).map_err(|_| "InvalidParameter")?;
    if json["SmsSdkAppId"] != "1400006666" {
        return Err("InvalidParameterValue.SdkAppIdNotExist");
    }
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    Ok(Sent {
        mobile: text(&json["PhoneNumberSet"][0]),
        sign: text(&json["SignName"]),
        template: text(&json["TemplateId"]),
        values: json["TemplateParamSet"].to_string(),
    })
}
