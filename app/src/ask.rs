//! What a page is asked: the request, cut down to what pages may know.

use crate::{
    assets::Assets,
    text::{join as words, phone},
};
use domain::{
    account::Actor,
    calendar::Calendar,
    geo::Cell,
    ports::{Browser, Ports, Sender},
    station::{OpenState, Station},
    time::Millis,
};
use std::sync::Arc;

/// Names and values of a query or a form, in the order they came.
#[derive(Clone, Debug, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// From decoded pairs. A NUL is no letter anybody types, and one of the databases takes none: it is dropped.
    #[must_use]
    pub fn new(mut pairs: Vec<(String, String)>) -> Self {
        for (_, value) in &mut pairs {
            value.retain(|letter| letter != '\0');
        }
        Self(pairs)
    }

    /// All values of a name, trimmed, those that are not blank.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let of_name = self.0.iter().filter(move |(known, _)| known == name);
        of_name.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// The first value of a name, trimmed; `None` when absent or blank.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// All of them.
    #[must_use]
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }
}

/// The cookies that carry a choice. None of them is a secret, and none says who somebody is.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// The 0.01° cell of the last place; never a position.
    pub cell: Option<Cell>,
    /// The last used map app.
    pub map: Option<String>,
    /// Large text.
    pub large: bool,
    /// The random token of this phone, once it has sent something.
    pub device: Option<String>,
    /// `light` or `dark`; otherwise the phone decides.
    pub theme: Option<&'static str>,
}

impl Choices {
    /// From a `Cookie` header. Anything not understood is as good as absent.
    #[must_use]
    pub fn read(header: &str, secure: bool) -> Self {
        let device = cookie_name("device", secure);
        let mut choices = Self::default();
        for (name, value) in header.split(';').filter_map(|pair| pair.trim().split_once('=')) {
            match (name, value) {
                ("cell", cell) => choices.cell = Cell::parse(cell),
                ("map", app) => choices.map = Some(app.to_owned()),
                (name, token) if name == device && is_token(token) => choices.device = Some(token.to_owned()),
                ("text", "large") => choices.large = true,
                ("theme", "dark") => choices.theme = Some("dark"),
                ("theme", "light") => choices.theme = Some("light"),
                _ => {}
            }
        }
        choices
    }
}

/// Whether a text can be a token that this program gave: 32 hexadecimal digits.
fn is_token(text: &str) -> bool {
    is_hex(text, 32)
}

fn is_hex(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// A `Set-Cookie` value that lasts a year, or goes at once when there is no value.
fn year_cookie(name: &str, value: Option<&str>, secure: bool) -> String {
    let (value, age) = value.map_or(("", 0), |value| (value, 31_536_000));
    let secure = if secure { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; Max-Age={age}; SameSite=Lax; HttpOnly{secure}")
}

/// What a browser carries that says who it is, and how such cookies are given. Printed, it shows none of it.
#[derive(Clone, Default)]
pub struct Credentials {
    /// The token of a session.
    pub session: Option<String>,
    /// The token of a sign-in that has begun.
    pub attempt: Option<String>,
    /// What was typed when a session had ended, sealed: only the server opens it.
    pub carried: Option<String>,
    /// Whose session it was last, as the server marks it: what was typed is given back to nobody else.
    pub whose: Option<String>,
    /// Whether the site is reached by https only: cookies are then `Secure` and bound to the host.
    pub secure: bool,
}

/// Tokens are 256 random bits in hexadecimal digits.
const TOKEN_LENGTH: usize = 64;
/// The mark of whoever was signed in, in hexadecimal digits.
const MARK_LENGTH: usize = 32;
/// How long the mark stays, in seconds: longer than any session.
const MARK_SECONDS: i64 = 400 * 86_400;
/// A cookie is 4,096 bytes at most (RFC 6265, 6.1); its name and attributes want some of them.
pub const CARRIED_AT_MOST: usize = 3_800;

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credentials").field("session", &self.session.is_some()).finish_non_exhaustive()
    }
}

impl Credentials {
    /// From a `Cookie` header. Of two cookies of one name neither counts: one of them was planted.
    #[must_use]
    pub fn read(header: &str, secure: bool) -> Self {
        let one = |name: &str| {
            let name = cookie_name(name, secure);
            let mut values = header
                .split(';')
                .filter_map(|pair| pair.trim().split_once('='))
                .filter(|(known, _)| *known == name)
                .map(|(_, value)| value);
            let value = values.next()?;
            values.next().is_none().then(|| value.to_owned())
        };
        let token = |name: &str| one(name).filter(|value| is_hex(value, TOKEN_LENGTH));
        let carried = one("carried").filter(|value| !value.is_empty() && value.len() <= CARRIED_AT_MOST);
        let whose = one("whose").filter(|value| is_hex(value, MARK_LENGTH));
        Self { session: token("sid"), attempt: token("attempt"), carried, whose, secure }
    }

    /// The cookie of a session: gone with the session's absolute end, never readable by a script.
    #[must_use]
    pub fn session_cookie(&self, token: &str, seconds: i64) -> String {
        self.cookie("sid", token, seconds)
    }

    /// The cookie of a sign-in that has begun.
    #[must_use]
    pub fn attempt_cookie(&self, token: &str, seconds: i64) -> String {
        self.cookie("attempt", token, seconds)
    }

    /// The cookie of what was typed, sealed.
    #[must_use]
    pub fn carried_cookie(&self, sealed: &str, seconds: i64) -> String {
        self.cookie("carried", sealed, seconds)
    }

    /// The cookie of whoever is signed in, which outlives the session.
    #[must_use]
    pub fn whose_cookie(&self, mark: &str) -> String {
        self.cookie("whose", mark, MARK_SECONDS)
    }

    /// Cookies that take all of them away.
    #[must_use]
    pub fn forget(&self) -> Vec<String> {
        ["sid", "attempt", "carried", "whose"].map(|name| self.cookie(name, "", 0)).into()
    }

    fn cookie(&self, name: &str, value: &str, seconds: i64) -> String {
        let name = cookie_name(name, self.secure);
        let secure = if self.secure { "; Secure" } else { "" };
        format!("{name}={value}; Path=/; Max-Age={seconds}; SameSite=Lax; HttpOnly{secure}")
    }
}

/// `__Host-` binds a cookie to this host and to https. A trial is plain http, where browsers refuse such names.
fn cookie_name(name: &str, secure: bool) -> String {
    if secure { format!("__Host-{name}") } else { name.to_owned() }
}

/// A moment, and the days off and make-up days that hours are read by. Cheap to clone.
#[derive(Clone, Debug)]
pub struct When {
    /// The moment.
    pub now: Millis,
    /// The calendar.
    pub calendar: Arc<Calendar>,
}

impl When {
    /// The look of a station's door then.
    #[must_use]
    pub fn state(&self, station: &Station) -> OpenState {
        station.open_state(&self.calendar, self.now)
    }
}

/// One request to one page.
#[derive(Clone)]
pub struct Ask {
    /// The path as asked, without the query.
    pub path: String,
    /// Values of the `{…}` parts of the route's path.
    pub parts: Fields,
    /// The query.
    pub query: Fields,
    /// Choices kept in cookies.
    pub choices: Choices,
    /// Who asks. On pages that everybody reads alike, and on nothing else, it is not looked up.
    pub actor: Actor,
    /// What the browser carries that says who it is.
    pub credentials: Credentials,
    /// What was typed into a form of this page before its session had ended, once.
    pub carried: Option<Fields>,
    /// The `User-Agent`, for the two things it decides: the web view of 微信 and Apple's maps.
    pub agent: String,
    /// The moment of asking.
    pub now: Millis,
    /// The network the request came from: a /24 or a /48. Never written anywhere as it is.
    pub network: String,
    /// A fresh random token, for a phone that sends something for the first time.
    pub fresh_token: String,
    /// To find the request in the log.
    pub request_id: String,
    /// What may be asked of the server.
    pub ports: Ports,
    /// The built package.
    pub assets: Arc<Assets>,
}

/// Stands among fields that were carried when not all of what was typed found room.
pub const CARRIED_CUT: &str = "carried-cut";

impl Ask {
    /// What stands above a form that came back after a sign-in.
    #[must_use]
    pub fn returned(&self) -> Option<&'static str> {
        let is_cut = self.carried.as_ref()?.get(CARRIED_CUT).is_some();
        Some(if is_cut { words::RETURNED_CUT } else { words::RETURNED })
    }

    /// The moment of asking, with the calendar it is read by.
    #[must_use]
    pub fn when(&self) -> When {
        When { now: self.now, calendar: self.ports.stations.calendar() }
    }

    /// Who sends what this request carries, and the cookie to give when the phone has none yet.
    #[must_use]
    pub fn sender(&self) -> (Sender, Option<String>) {
        let network = self.network.clone();
        if let Some(device) = &self.choices.device {
            return (Sender { device: device.clone(), network }, None);
        }
        let device = self.fresh_token.clone();
        // A known phone is asked less: the token is no choice but half a proof, and is bound to this host like one.
        let name = cookie_name("device", self.credentials.secure);
        let cookie = year_cookie(&name, Some(&device), self.credentials.secure);
        (Sender { device, network }, Some(cookie))
    }

    /// The browser that asks, as accounts know it, and the cookie to give when the phone has none yet.
    #[must_use]
    pub fn browser(&self) -> (Browser, Option<String>) {
        let (sender, cookie) = self.sender();
        let session = self.actor.subject().zip(self.actor.session());
        (Browser { sender, phone: phone::words(&self.agent), session }, cookie)
    }

    /// A `Set-Cookie` value for a choice: it lasts a year, or goes at once when there is no value.
    #[must_use]
    pub fn choice_cookie(&self, name: &str, value: Option<&str>) -> String {
        year_cookie(name, value, self.credentials.secure)
    }

    /// Whether the page is read inside 微信, where links to apps are blocked.
    #[must_use]
    pub fn in_wechat(&self) -> bool {
        self.agent.contains("MicroMessenger")
    }

    /// Whether this is a phone or tablet of Apple's.
    #[must_use]
    pub fn on_apple(&self) -> bool {
        ["iPhone", "iPad", "iPod"].iter().any(|name| self.agent.contains(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_header_is_read_for_choices_only() {
        let choices =
            Choices::read("theme=dark; cell=34.75,113.66; sid=secret; text=large; map=amap; device=0123", false);
        assert_eq!(choices.cell, Cell::parse("34.75,113.66"));
        assert!(choices.large && choices.theme == Some("dark") && choices.map.as_deref() == Some("amap"));
        assert_eq!(choices.device, None, "too short to be one of ours");
    }

    #[test]
    fn a_session_is_a_whole_token_of_the_right_name_and_only_one() {
        let token = "0123456789abcdef".repeat(4);
        let read = |header: &str, secure| Credentials::read(header, secure).session;
        assert_eq!(read(&format!("theme=dark; sid={token}"), false), Some(token.clone()));
        assert_eq!(read(&format!("sid={token}"), true), None, "the plain name can be planted from http");
        assert_eq!(read(&format!("__Host-sid={token}"), true), Some(token.clone()));
        assert_eq!(read(&format!("sid={token}; sid={token}"), false), None);
        for wrong in ["", "g", &token[1..], &token.to_uppercase()] {
            assert_eq!(read(&format!("sid={wrong}"), false), None);
        }
    }

    #[test]
    fn on_https_a_phone_is_known_by_a_cookie_that_http_cannot_plant() {
        let token = "0123456789abcdef".repeat(2);
        assert_eq!(Choices::read(&format!("device={token}"), true).device, None);
        assert_eq!(Choices::read(&format!("__Host-device={token}"), true).device, Some(token));
        assert!(year_cookie("text", Some("large"), true).ends_with("; Secure"));
    }

    #[test]
    fn nonsense_in_cookies_is_as_good_as_absent() {
        for header in ["", ";;;", "cell=here", "theme=url(x)", "cell", "=;=", "text=huge"] {
            let choices = Choices::read(header, false);
            assert!(choices.cell.is_none() && choices.theme.is_none() && !choices.large, "{header}");
        }
    }
}
