//! A name for every request, on the reply, on error pages and in the log.

use axum::{extract::Request, middleware::Next, response::Response};
use http::{HeaderName, HeaderValue};
use std::{fmt, sync::Arc};
use uuid::Uuid;

/// The header of the reply.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// A request's own name: a UUID version 7 as 32 hexadecimal digits. An extension of every request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(Arc<str>);

impl RequestId {
    fn new() -> Self {
        Self(Uuid::now_v7().simple().to_string().into())
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The one of this request; a fresh one where the middleware did not run.
    #[must_use]
    pub fn of<B>(request: &http::Request<B>) -> Self {
        request.extensions().get().cloned().unwrap_or_else(Self::new)
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Gives each request a name. One sent from outside is not taken: it could carry anything into
/// the log, or two requests could share it.
pub async fn assign(mut request: Request, next: Next) -> Response {
    let id = RequestId::new();
    request.extensions_mut().insert(id.clone());
    let mut response = next.run(request).await;
    if let Ok(value) = HeaderValue::from_str(id.as_str()) {
        response.headers_mut().insert(HEADER, value);
    }
    response
}
