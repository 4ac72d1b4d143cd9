//! The two halves of a passkey's ceremony, for the script of the pages that need one: small JSON in and out.
//!
//! Under the same checks as forms: of this origin only, and the session's cookie is given by the reply, never to
//! the script.

use super::{AppState, limits, pages};
use app::{ask::Ask, pages::refused::safe_next, text::proofs as words};
use axum::{
    Json, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, FromRequest as _, Request, State},
    response::{IntoResponse as _, Response},
    routing::post,
};
use domain::{
    policy::{Action, Refused},
    ports::{NotProved, PasskeyFor, Shown},
};
use http::{
    HeaderValue, StatusCode,
    header::{CACHE_CONTROL, SET_COOKIE},
};
use serde::Deserialize;
use serde_json::{Value, json};

/// The largest body: a credential id of 1,023 bytes, an RSA key and a certificate nobody asked for fit.
const BODY_LIMIT: usize = 16 * 1024;
/// Tokens are 256 bits in hexadecimal digits.
const TOKEN_LENGTH: usize = 64;

/// The addresses, and what they do.
pub const ADDRESSES: [(&str, Action); 6] = [
    ("/act/passkey/register/options", Action::SignIn),
    ("/act/passkey/register/finish", Action::SignIn),
    ("/act/passkey/sign-in/options", Action::SignIn),
    ("/act/passkey/sign-in/finish", Action::SignIn),
    ("/act/passkey/prove/options", Action::SignIn),
    ("/act/passkey/prove/finish", Action::SignIn),
];

/// All of them.
pub fn routes(state: &AppState) -> Router<AppState> {
    ADDRESSES.into_iter().fold(Router::new(), |router, (path, action)| {
        let answer = move |State(state): State<AppState>, request: Request| answer(state, path, action, request);
        let route = post(answer).layer(DefaultBodyLimit::max(BODY_LIMIT));
        router.route(path, limits::sign_in(route, state))
    })
}

/// What the script sends.
#[derive(Deserialize)]
struct Sent {
    /// The token of an invitation, where one is taken up.
    invitation: Option<String>,
    /// The token of the ceremony that ends.
    ceremony: Option<String>,
    /// What the browser answered (`RegistrationResponseJSON`, `AuthenticationResponseJSON`).
    answer: Option<Value>,
    /// Where to go after it.
    next: Option<String>,
}

async fn answer(state: AppState, path: &'static str, action: Action, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(ask) = pages::known(pages::ask(&state, None, &parts), action).await else {
        return failed(NotProved::Refused(Refused::Unavailable), 0);
    };
    let now = ask.now;
    let Ok(bytes) = Bytes::from_request(Request::from_parts(parts, body), &()).await else {
        return said(StatusCode::PAYLOAD_TOO_LARGE, "这部设备发来的内容太长，换一部设备再试。");
    };
    let Ok(sent) = serde_json::from_slice::<Sent>(&bytes) else {
        return said(StatusCode::BAD_REQUEST, "没收到这部设备的回答，再试一次。");
    };
    let invitation = sent.invitation.as_deref().filter(|token| token.len() == TOKEN_LENGTH);
    let to = match (path.split('/').nth(3), invitation) {
        (Some("sign-in"), _) => PasskeyFor::SignIn,
        (Some("prove"), _) => PasskeyFor::Prove,
        (_, Some(token)) => PasskeyFor::Invitation(token),
        (_, None) => PasskeyFor::Add,
    };
    let done = if path.ends_with("/options") { begin(&ask, to).await } else { finish(&ask, to, &sent).await };
    done.unwrap_or_else(|why| failed(why, now))
}

async fn begin(ask: &Ask, to: PasskeyFor<'_>) -> Result<Response, NotProved> {
    let (sender, _) = ask.sender();
    let ceremony = ask.ports.proofs.begin_passkey(&ask.actor, to, &sender, ask.now).await?;
    let options: Value = serde_json::from_str(&ceremony.options).unwrap_or_default();
    Ok(reply(StatusCode::OK, &json!({ "ceremony": ceremony.token, "options": options })))
}

async fn finish(ask: &Ask, to: PasskeyFor<'_>, sent: &Sent) -> Result<Response, NotProved> {
    let ceremony = sent.ceremony.as_deref().filter(|token| token.len() == TOKEN_LENGTH).ok_or(NotProved::Gone)?;
    let answer = sent.answer.as_ref().map(Value::to_string).ok_or(NotProved::Wrong)?;
    let (browser, device) = ask.browser();
    let shown = ask.ports.proofs.finish_passkey(&ask.actor, to, ceremony, &answer, &browser, ask.now).await?;
    let home = match (&shown, to) {
        (Shown::Added, _) => "/me/keys",
        (Shown::SignedIn(_), _) => "/desk",
    };
    let next = safe_next(sent.next.as_deref()).unwrap_or(home);
    let mut response = reply(StatusCode::OK, &json!({ "to": next }));
    let session = match shown {
        Shown::SignedIn(signed_in) => Some(ask.credentials.session_cookie(&signed_in.session, signed_in.seconds)),
        Shown::Added => None,
    };
    for cookie in device.into_iter().chain(session).filter_map(|cookie| HeaderValue::from_str(&cookie).ok()) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(response)
}

fn failed(why: NotProved, now: domain::time::Millis) -> Response {
    let status = match why {
        NotProved::NoPasskeys | NotProved::Already | NotProved::OtherNumber => StatusCode::CONFLICT,
        NotProved::Gone => StatusCode::GONE,
        NotProved::Wrong => StatusCode::UNPROCESSABLE_ENTITY,
        NotProved::Locked { .. } | NotProved::TooMany => StatusCode::TOO_MANY_REQUESTS,
        NotProved::Refused(Refused::SignIn) => StatusCode::UNAUTHORIZED,
        NotProved::Refused(Refused::ProveAgain) => StatusCode::FORBIDDEN,
        NotProved::Refused(Refused::NotFound) => StatusCode::NOT_FOUND,
        NotProved::Refused(Refused::Unavailable) => StatusCode::SERVICE_UNAVAILABLE,
    };
    said(status, &words::not_shown(why, now))
}

fn said(status: StatusCode, message: &str) -> Response {
    reply(status, &json!({ "message": message }))
}

fn reply(status: StatusCode, body: &Value) -> Response {
    let mut response = (status, Json(body)).into_response();
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
