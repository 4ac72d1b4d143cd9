//! Security headers of every reply.

use crate::config::Config;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use domain::ports::Trial;
use http::{
    HeaderMap, HeaderName, HeaderValue,
    header::{
        ACCEPT_RANGES, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LAST_MODIFIED, REFERRER_POLICY,
        STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
    },
};
use std::sync::Arc;

/// The headers, made once from the configuration.
#[derive(Debug)]
pub struct SecurityHeaders {
    always: Vec<(HeaderName, HeaderValue)>,
    /// Of replies that a browser may open as a document or run as a worker. On a style or an icon they
    /// mean nothing, and weigh more than most of our scripts.
    documents: Vec<(HeaderName, HeaderValue)>,
}

impl SecurityHeaders {
    /// The headers of an installation.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        let tiles = config.tiles.as_ref().map(|tiles| tiles.csp_source.as_str());
        let csp = HeaderValue::from_str(&policy(tiles)).unwrap_or(HeaderValue::from_static("default-src 'none'"));
        let mut always = vec![(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"))];
        let documents = vec![
            (CONTENT_SECURITY_POLICY, csp),
            // Nothing goes to another site: the address of a page carries the cell of a person.
            // Not `no-referrer`: with it browsers send `Origin: null` with our own forms, and those
            // too old for `Sec-Fetch-Site` would be taken for an attack.
            (REFERRER_POLICY, HeaderValue::from_static("same-origin")),
            (HeaderName::from_static("permissions-policy"), HeaderValue::from_static(PERMISSIONS)),
            (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
        ];
        if config.trial == Trial::Off {
            // A year; without `includeSubDomains`, which would decide for the operator's other sites.
            always.push((STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000")));
        }
        Self { always, documents }
    }
}

/// Position only for our own pages and only when they ask; copying an address, sharing a station and passkeys as
/// well; everything else off.
const PERMISSIONS: &str = "geolocation=(self), clipboard-write=(self), publickey-credentials-create=(self), \
    publickey-credentials-get=(self), \
    accelerometer=(), autoplay=(), browsing-topics=(), camera=(), clipboard-read=(), display-capture=(), \
    encrypted-media=(), fullscreen=(), gamepad=(), gyroscope=(), hid=(), idle-detection=(), local-fonts=(), \
    magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), \
    screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()";

/// The one page that looks through the camera, when it is asked to: the scanner of cards.
const LOOKS: &str = "/card/check";

/// The content security policy, static: no nonce, so that a page may be cached as it is.
fn policy(tiles: Option<&str>) -> String {
    let tiles = tiles.map(|source| format!(" {source}")).unwrap_or_default();
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
         img-src 'self' data:{tiles}; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'"
    )
}

/// Adds them.
pub async fn add(State(security): State<Arc<SecurityHeaders>>, request: Request, next: Next) -> Response {
    let open = super::is_api(request.uri().path());
    let packaged = request.uri().path().starts_with("/pkg/");
    let looks = request.uri().path() == LOOKS;
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in &security.always {
        headers.insert(name, value.clone());
    }
    if is_inert(headers, packaged) {
        if packaged {
            // A name with a hash is never asked for again: nothing to compare, nothing to resume.
            headers.remove(LAST_MODIFIED);
            headers.remove(ACCEPT_RANGES);
        }
    } else {
        for (name, value) in &security.documents {
            // A file to take away has a policy of its own, which allows less.
            if !headers.contains_key(name) {
                headers.insert(name, value.clone());
            }
        }
        if looks && let Ok(value) = HeaderValue::from_str(&PERMISSIONS.replace("camera=()", "camera=(self)")) {
            headers.insert(HeaderName::from_static("permissions-policy"), value);
        }
    }
    // The API is for other sites too; a page, a script or an icon of ours is not.
    let resource = HeaderValue::from_static(if open { "cross-origin" } else { "same-origin" });
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), resource);
    if is_html(headers) && !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    }
    response
}

/// Whether no browser opens this as a document: a packaged file or a bitmap. A page in their place is one.
fn is_inert(headers: &HeaderMap, packaged: bool) -> bool {
    let kind = headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    let bitmap = [b"image/png".as_slice(), b"image/x-icon"].iter().any(|inert| kind.starts_with(inert));
    bitmap || (packaged && !is_html(headers))
}

fn is_html(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(b"text/html"))
}
