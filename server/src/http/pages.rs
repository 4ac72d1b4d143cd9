//! Pages and forms: the one adapter between the router and the screens.

use super::{
    AppState, carried,
    client_address::{ClientAddress, network_of},
    limits,
    request_id::RequestId,
};
use crate::vault::random;
use app::{
    ask::{Ask, Choices, Credentials, Fields},
    form::FormRoute,
    page::{Answer, Page},
    pages::error,
    routes::{ROUTES, Route, forms},
    shell::shell,
};
use axum::{
    Router,
    body::Body,
    extract::{FromRequest as _, RawForm, RawPathParams, Request, State, rejection::RawPathParamsRejection},
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use data_encoding::HEXLOWER;
use domain::{account::Actor, policy::Action, ports::Pieces};
use futures::StreamExt as _;
use http::{
    HeaderMap, HeaderName, HeaderValue, StatusCode,
    header::{
        CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE,
        USER_AGENT,
    },
    request::Parts,
};
use leptos::prelude::{AnyView, IntoAny as _, RenderHtml as _};
use leptos_integration_utils::{PinnedFuture, PinnedStream};
use percent_encoding::percent_decode_str;

/// A page may be kept by this browser alone, and is asked for again each time.
const CACHED: HeaderValue = HeaderValue::from_static("private, no-cache");

/// Every row of the page table and of the form table.
pub fn routes(state: &AppState) -> Router<AppState> {
    let pages = ROUTES.iter().fold(Router::new(), |router, route| {
        router.route(route.path, get(move |State(state), parts, request| show(state, route, parts, request)))
    });
    forms().into_iter().fold(pages, |router, form| {
        let route = post(move |State(state), parts, request| submit(state, form, parts, request));
        let is_sign_in = form.action == Action::SignIn;
        router.route(form.path, if is_sign_in { limits::sign_in(route, state) } else { route })
    })
}

/// Values of a route's `{…}` parts; none where they are no UTF-8, and the page then says 404.
type RoutePathParts = Result<RawPathParams, RawPathParamsRejection>;

async fn show(state: AppState, route: &Route, path: RoutePathParts, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let ask = match known(ask(&state, path.ok(), &parts), route.action).await {
        Ok(ask) => ask,
        Err(ask) => return error_reply(ask, StatusCode::SERVICE_UNAVAILABLE).await,
    };
    let (ask, is_carried) = carried::open(&state, ask);
    let whose = carried::whose(&state, &ask);
    let answer = (route.page)(ask.clone()).await;
    let spent = is_carried.then(|| ask.credentials.carried_cookie("", 0)).filter(|_| !carried::is_to_sign_in(&answer));
    let mut response = reply(ask, answer).await;
    set_cookies(&mut response, spent.into_iter().chain(whose).collect());
    personal(response, route.action)
}

async fn submit(state: AppState, form: FormRoute, path: RoutePathParts, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let ask = match known(ask(&state, path.ok(), &parts), form.action).await {
        Ok(ask) => ask,
        Err(ask) => return error_reply(ask, StatusCode::SERVICE_UNAVAILABLE).await,
    };
    let fields = match RawForm::from_request(Request::from_parts(parts, body), &()).await {
        Ok(RawForm(bytes)) => pairs(&String::from_utf8_lossy(&bytes)),
        Err(why) => return error_reply(ask, why.into_response().status()).await,
    };
    let kept = form.carried.then(|| fields.clone());
    let mut answer = (form.submit)(ask.clone(), fields).await;
    if let Some(fields) = kept {
        carried::keep(&state, &ask, &fields, &mut answer);
    }
    personal(reply(ask, answer).await, form.action)
}

/// Looks up who asks, where it matters: a page that everybody reads alike costs no look into the database.
/// When the database does not answer, nobody is taken for somebody without an account.
pub(super) async fn known(mut ask: Ask, action: Action) -> Result<Ask, Ask> {
    if is_for_everybody(action) {
        return Ok(ask);
    }
    let accounts = ask.ports.accounts.clone();
    let token = ask.credentials.session.clone();
    match accounts.actor(token.as_deref(), ask.now).await {
        Ok(actor) => {
            ask.actor = actor;
            Ok(ask)
        }
        Err(_) => Err(ask),
    }
}

/// Whether a reply is the same whoever asks.
const fn is_for_everybody(action: Action) -> bool {
    matches!(action, Action::ReadPublic | Action::ChooseDisplay | Action::Report)
}

/// What is for one person is kept by nobody: no cache, no worker, not this browser's history.
fn personal(mut response: Response, action: Action) -> Response {
    if !is_for_everybody(action) {
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// `a=b&c=d`, decoded. Bytes that are no UTF-8 become U+FFFD: the value is then refused where it is read.
fn pairs(text: &str) -> Fields {
    let decode = |part: &str| percent_decode_str(&part.replace('+', " ")).decode_utf8_lossy().into_owned();
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(name), decode(value))
    };
    // More names than any page reads are somebody trying something.
    Fields::new(text.split('&').filter(|part| !part.is_empty()).take(64).map(pair).collect())
}

fn header<'a>(headers: &'a HeaderMap, name: &HeaderName) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Cuts a request down to what pages may know.
pub(super) fn ask(state: &AppState, path: Option<RawPathParams>, parts: &Parts) -> Ask {
    let path_parts = path.map(|path| path.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect());
    Ask {
        path: parts.uri.path().to_owned(),
        parts: Fields::new(path_parts.unwrap_or_default()),
        query: pairs(parts.uri.query().unwrap_or_default()),
        choices: Choices::read(header(&parts.headers, &COOKIE), state.secure_cookies),
        actor: Actor::Anonymous,
        credentials: Credentials::read(header(&parts.headers, &COOKIE), state.secure_cookies),
        carried: None,
        agent: header(&parts.headers, &USER_AGENT).to_owned(),
        now: (state.clock)(),
        network: parts
            .extensions
            .get::<ClientAddress>()
            .filter(|_| state.counts_networks)
            .map(|client| network_of(client.0))
            .unwrap_or_default(),
        fresh_token: HEXLOWER.encode(&random::<16>()),
        request_id: parts.extensions.get::<RequestId>().map(|id| id.as_str().to_owned()).unwrap_or_default(),
        ports: state.ports.clone(),
        assets: state.package.assets.clone(),
    }
}

async fn reply(ask: Ask, answer: Answer) -> Response {
    match answer {
        Answer::Page(page) => page_reply(ask, page).await,
        Answer::Piece(piece) => {
            let mut response = render(piece, no_head).await;
            // A script asked for it with what somebody is typing, or where they are.
            response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
        Answer::File { name, kind, body } => file_reply(name, kind, body.into_response()),
        Answer::Stream { name, kind, pieces } => file_reply(name, kind, streamed(pieces)),
        Answer::Redirect { to, cookies, forget } => {
            let Ok(location) = HeaderValue::from_str(&to) else {
                return error_reply(ask, StatusCode::INTERNAL_SERVER_ERROR).await;
            };
            let mut response = StatusCode::SEE_OTHER.into_response();
            response.headers_mut().insert(LOCATION, location);
            response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
            // Whoever signs out leaves no page behind that somebody else could go back to.
            let is_out = !cookies.is_empty() && cookies == ask.credentials.forget();
            set_cookies(&mut response, cookies);
            // Works without scripts, which is why it is not left to one.
            let data = match (is_out, forget) {
                (false, false) => None,
                (true, false) => Some("\"cache\""),
                (false, true) => Some("\"storage\""),
                (true, true) => Some("\"cache\", \"storage\""),
            };
            if let Some(data) = data {
                let name = HeaderName::from_static("clear-site-data");
                response.headers_mut().insert(name, HeaderValue::from_static(data));
            }
            response
        }
    }
}

/// A document that a person opens from the folder of downloads, or a browser shows in spite of everything: it may
/// look as it likes, and do nothing.
const INERT: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

/// Pieces as they come. When one cannot be had the reply breaks off: whoever saves it is told that it is not whole.
fn streamed(pieces: Box<dyn Pieces>) -> Response {
    let stream = futures::stream::unfold(pieces, |mut pieces| async move {
        let piece = pieces.next().await?;
        Some((piece.map_err(|_| std::io::Error::other("a piece of a file cannot be had")), pieces))
    });
    Body::from_stream(stream).into_response()
}

fn file_reply(name: &'static str, kind: &'static str, mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(INERT));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(CONTENT_DISPOSITION, value);
    }
    response
}

async fn page_reply(ask: Ask, mut page: Page) -> Response {
    let cookies = std::mem::take(&mut page.cookies);
    let status = StatusCode::from_u16(page.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let head = island_head(&ask);
    let mut response = render(move || shell(page, &ask).into_any(), move || Some(head.clone())).await;
    *response.status_mut() = status;
    let cached = if status.is_success() { CACHED } else { HeaderValue::from_static("no-store") };
    response.headers_mut().insert(CACHE_CONTROL, cached);
    set_cookies(&mut response, cookies);
    response
}

fn set_cookies(response: &mut Response, cookies: Vec<String>) {
    for cookie in cookies.into_iter().filter_map(|cookie| HeaderValue::from_str(&cookie).ok()) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
}

/// The calm page for a status, as the person has chosen to see pages.
async fn error_reply(ask: Ask, status: StatusCode) -> Response {
    let page = error::failure(status.as_u16(), &ask.request_id);
    page_reply(ask, page).await
}

/// The calm page for a status that the layers around the routes answer with.
pub async fn error_page(state: &AppState, parts: &Parts, status: StatusCode) -> Response {
    error_reply(ask(state, None, parts), status).await
}

/// What a page with an island has in its head. Pages without one carry no script at all.
fn island_head(ask: &Ask) -> String {
    let [glue, wasm, start] = ["site.js", "site.wasm", "start.js"].map(|name| ask.assets.url(name));
    format!(
        "<link rel=\"modulepreload\" href=\"{glue}\"><link rel=\"preload\" as=\"fetch\" type=\"application/wasm\" \
         crossorigin href=\"{wasm}\"><script type=\"module\" src=\"{start}\"></script>"
    )
}

fn no_head() -> Option<String> {
    None
}

/// The head for islands, handed to the renderer through Leptos' own context: its builder is a plain
/// function without captures.
#[derive(Clone)]
struct Head(Option<String>);

/// Renders a view to one string.
async fn render(
    view: impl FnOnce() -> AnyView + Send + 'static,
    head: impl Fn() -> Option<String> + Clone + Send + 'static,
) -> Response {
    // Leptos wants a request to give its own components, none of which is used: it gets an empty one,
    // so that nothing of the real one can end up in a page by accident.
    let blank = Request::get("/").body(Body::empty()).unwrap_or_default();
    leptos_axum::handle_response_inner(
        move || leptos::context::provide_context(Head(head())),
        view,
        blank,
        |view, _chunks, _| -> PinnedFuture<PinnedStream<String>> {
            let head = leptos::context::use_context::<Head>().and_then(|Head(head)| head);
            Box::pin(async move {
                let html = view.to_html_stream_in_order().collect::<String>().await;
                let html = finish(&html, head.as_deref());
                Box::pin(futures::stream::once(async move { html })) as PinnedStream<String>
            })
        },
    )
    .await
}

const ISLAND: &str = "<leptos-island";
const ISLAND_END: &str = "</leptos-island>";

/// Takes the markers of hydration out of everything that is not hydrated, and adds the scripts when
/// there is an island.
fn finish(html: &str, head: Option<&str>) -> String {
    let mut out = String::with_capacity(html.len() + 512);
    let mut rest = html;
    let has_island = rest.contains(ISLAND);
    while let Some(begin) = rest.find(ISLAND) {
        let end = rest[begin..].find(ISLAND_END).map_or(rest.len(), |end| begin + end + ISLAND_END.len());
        out.push_str(&rest[..begin].replace("<!>", ""));
        out.push_str(&rest[begin..end]);
        rest = &rest[end..];
    }
    out.push_str(&rest.replace("<!>", ""));
    if has_island && let (Some(head), Some(at)) = (head, out.find("</head>")) {
        out.insert_str(at, head);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_stay_inside_islands_and_scripts_come_only_with_one() {
        assert_eq!(finish("<head></head><p>a<!>b</p>", Some("S")), "<head></head><p>ab</p>");
        assert_eq!(
            finish("<head></head>a<!>b<leptos-island>c<!>d</leptos-island><!>e", Some("S")),
            "<head>S</head>ab<leptos-island>c<!>d</leptos-island>e"
        );
    }

    #[test]
    fn a_form_is_read_whatever_is_sent() {
        let fields = pairs("name=%E5%BC%A0+%22%3Cb%3E&empty=&&broken=%FF%zz&=x");
        assert_eq!(fields.get("name"), Some("张 \"<b>"));
        assert_eq!(fields.get("empty"), None);
        assert!(fields.get("broken").is_some());
    }
}
