//! What went wrong, as RFC 9457 problem details: for people in Chinese, for programs by `type`.

use super::json::Json;
use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use http::{HeaderName, HeaderValue, StatusCode, header};

/// The media type of a problem (RFC 9457).
pub const PROBLEM_JSON: &str = "application/problem+json";

/// The kinds of problem, a closed list: callers decide by them, people read the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A query parameter is missing, wrong, unknown or given twice.
    BadParameter,
    /// There is nothing under this path.
    NotFound,
    /// There never was a station of this code.
    StationMissing,
    /// There was one; its source no longer lists it.
    StationRetired,
    /// What was posted is no line.
    BadLine,
    /// What was posted is too large.
    TooLarge,
    /// What was posted is of no kind that is read here.
    UnknownMedia,
    /// The line has too many vertices, or runs over the same ground too often.
    LineTooHard,
    /// This method is not for this path.
    MethodNotAllowed,
    /// Too many requests from one address.
    TooManyRequests,
    /// The program broke.
    Internal,
    /// The server is busy or stopping.
    Unavailable,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::BadParameter,
        Self::NotFound,
        Self::StationMissing,
        Self::StationRetired,
        Self::BadLine,
        Self::TooLarge,
        Self::UnknownMedia,
        Self::LineTooHard,
        Self::MethodNotAllowed,
        Self::TooManyRequests,
        Self::Internal,
        Self::Unavailable,
    ];

    /// The last part of its `type`, and its name among the documented responses.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::BadParameter => "bad-parameter",
            Self::NotFound => "not-found",
            Self::StationMissing => "station-missing",
            Self::StationRetired => "station-retired",
            Self::BadLine => "bad-line",
            Self::TooLarge => "too-large",
            Self::UnknownMedia => "unknown-media",
            Self::LineTooHard => "line-too-hard",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::TooManyRequests => "too-many-requests",
            Self::Internal => "internal",
            Self::Unavailable => "unavailable",
        }
    }

    /// Its `type`: a reference to the place in the API description that documents it, so that it can
    /// be followed; stable, and meant to be compared as text.
    #[must_use]
    pub fn reference(self) -> String {
        format!("{}#/components/responses/{}", super::OPENAPI, self.slug())
    }

    /// One sentence for a person, the same every time (RFC 9457 3.1.3), with what to do next.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::BadParameter => "参数不对，改好再试",
            Self::NotFound => "没有这个接口，请看接口说明 /api/v1/openapi.json",
            Self::StationMissing => "没有这个站点，核对一下编号",
            Self::StationRetired => "这个站点已经从资料里撤下，请从你那边也删掉",
            Self::BadLine => "这条路线读不出来，请看说明改好再试",
            Self::TooLarge => "路线文件太大，请简化或分段再试",
            Self::UnknownMedia => "只认 GPX、GeoJSON 和编码折线，请看 Content-Type",
            Self::LineTooHard => "这条路线的点太多或反复绕行，请简化或分段再试",
            Self::MethodNotAllowed => "这个地址不能这样请求，看 Allow 里能用的方法",
            Self::TooManyRequests => "请求太多了，过一会儿再试",
            Self::Internal => "程序出错了，过一会儿再试；还不行，把 request_id 告诉我们",
            Self::Unavailable => "服务正忙，过一会儿再试",
        }
    }

    /// Its HTTP status.
    #[must_use]
    pub const fn status(self) -> StatusCode {
        match self {
            Self::BadParameter | Self::BadLine => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnknownMedia => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::LineTooHard => StatusCode::UNPROCESSABLE_ENTITY,
            Self::NotFound | Self::StationMissing => StatusCode::NOT_FOUND,
            Self::StationRetired => StatusCode::GONE,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

/// What is wrong with a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is required and not there.
    Missing,
    /// Its value cannot be used.
    Invalid,
    /// This operation has no such parameter.
    Unknown,
    /// It stands there more than once.
    Repeated,
}

impl Fault {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Missing, Self::Invalid, Self::Unknown, Self::Repeated];

    /// The value of `fault`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Invalid => "invalid",
            Self::Unknown => "unknown",
            Self::Repeated => "repeated",
        }
    }
}

/// Longest piece of a parameter's name that is sent back.
const ECHO_LIMIT: usize = 64;

/// A problem on its way to the caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Which.
    pub kind: Kind,
    /// This occurrence, in English, for the developer. Never a value the caller sent: it may be a position.
    pub detail: String,
    parameter: Option<(String, Fault)>,
    request_id: Option<String>,
    retry_after_s: Option<u64>,
}

impl Problem {
    /// A problem of a kind.
    pub fn new(kind: Kind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into(), parameter: None, request_id: None, retry_after_s: None }
    }

    /// A problem with a parameter.
    #[must_use]
    pub fn parameter(name: &str, fault: Fault, detail: impl Into<String>) -> Self {
        let name = name.chars().take(ECHO_LIMIT).collect();
        Self { parameter: Some((name, fault)), ..Self::new(Kind::BadParameter, detail) }
    }

    /// Too many requests; seconds until the next one is answered.
    #[must_use]
    pub fn too_many_requests(retry_after_s: u64) -> Self {
        let detail = format!("The limit of this address is used up; try again in {retry_after_s} s.");
        Self { retry_after_s: Some(retry_after_s), ..Self::new(Kind::TooManyRequests, detail) }
    }

    /// Busy or stopping; seconds until it is worth trying again.
    #[must_use]
    pub fn unavailable(retry_after_s: u64) -> Self {
        let detail = format!("The server cannot answer now; try again in {retry_after_s} s.");
        Self { retry_after_s: Some(retry_after_s), ..Self::new(Kind::Unavailable, detail) }
    }

    /// With the id under which the log knows the request.
    #[must_use]
    pub fn with_request_id(self, request_id: &str) -> Self {
        Self { request_id: Some(request_id.to_owned()), ..self }
    }

    fn body(&self) -> Vec<u8> {
        let mut json = Json::with_capacity(512);
        json.open(b'{');
        json.key("type");
        json.text(&self.kind.reference());
        json.key("title");
        json.text(self.kind.title());
        json.key("status");
        json.whole(i64::from(self.kind.status().as_u16()));
        json.key("detail");
        json.text(&self.detail);
        if let Some((name, fault)) = &self.parameter {
            json.key("parameter");
            json.text(name);
            json.key("fault");
            json.text(fault.code());
        }
        if let Some(request_id) = &self.request_id {
            json.key("request_id");
            json.text(request_id);
        }
        json.close(b'}');
        json.into_bytes()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.body()));
        *response.status_mut() = self.kind.status();
        let headers = response.headers_mut();
        let mut set = |name: HeaderName, value| headers.insert(name, HeaderValue::from_static(value));
        set(header::CONTENT_TYPE, PROBLEM_JSON);
        set(header::CACHE_CONTROL, "no-store");
        set(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        set(header::ACCESS_CONTROL_EXPOSE_HEADERS, super::EXPOSED_HEADERS);
        if self.kind == Kind::MethodNotAllowed {
            set(header::ALLOW, super::ALLOWED_METHODS);
        }
        if let Some(seconds) = self.retry_after_s {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_says_what_where_and_under_which_id() {
        let problem = Problem::parameter("lat", Fault::Missing, "lat is required.").with_request_id("r1");
        let body: serde_json::Value = serde_json::from_slice(&problem.body()).expect("JSON");
        assert_eq!(body["type"], "/api/v1/openapi.json#/components/responses/bad-parameter");
        assert_eq!(body["status"], 400);
        assert_eq!((body["parameter"].as_str(), body["fault"].as_str()), (Some("lat"), Some("missing")));
        assert_eq!(body["request_id"], "r1");
    }

    #[test]
    fn retry_after_is_sent_with_429_and_503() {
        for problem in [Problem::too_many_requests(7), Problem::unavailable(7)] {
            assert_eq!(problem.into_response().headers()[header::RETRY_AFTER], "7");
        }
    }

    #[test]
    fn a_name_as_long_as_a_novel_is_not_echoed() {
        let problem = Problem::parameter(&"站".repeat(10_000), Fault::Unknown, "");
        assert!(problem.body().len() < 1000);
    }
}
