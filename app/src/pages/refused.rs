//! What a person sees when a service refuses, and the way back to where they wanted to go.

use crate::{ask::Ask, page::Answer, pages::error, routes::ROUTES};
use domain::policy::Refused;
use std::fmt::Write as _;

/// The longest address that a sign-in leads back to, in bytes.
const NEXT_AT_MOST: usize = 512;

/// The answer to a refusal: to sign in, to prove it again, the page of what is not there, or that of what does not
/// answer. What is not there and what is somebody else's are one page, the same as of an address that nothing has.
#[must_use]
pub fn refused(ask: &Ask, why: Refused) -> Answer {
    match why {
        Refused::SignIn => see(with_next("/sign-in", Some(&page_of(&ask.path)))),
        Refused::ProveAgain => see(with_next("/staff", Some(&page_of(&ask.path)))),
        Refused::NotFound => error::failure(404, &ask.request_id).into(),
        Refused::Unavailable => error::failure(503, &ask.request_id).into(),
    }
}

/// 303 to a path of this site.
#[must_use]
pub fn see(to: impl Into<String>) -> Answer {
    Answer::Redirect { to: to.into(), cookies: Vec::new(), forget: false }
}

/// `next` as it was sent, when it leads to this site: one `/` first, nothing that a browser would read as another
/// host or as the end of a header.
#[must_use]
pub fn safe_next(sent: Option<&str>) -> Option<&str> {
    sent.filter(|next| {
        next.starts_with('/')
            && !next.starts_with("//")
            && next.len() <= NEXT_AT_MOST
            && next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
    })
}

/// The address of a page, with where to go after it.
#[must_use]
pub fn with_next(page: &str, next: Option<&str>) -> String {
    let mut address = page.to_owned();
    if let Some(next) = safe_next(next) {
        address.push_str("?next=");
        for byte in next.bytes() {
            if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
                address.push(char::from(byte));
            } else {
                let _ = write!(address, "%{byte:02X}");
            }
        }
    }
    address
}

/// The page that a path belongs to: a form has an address that nobody can open, under the page that shows it.
#[must_use]
pub fn page_of(path: &str) -> String {
    let mut path = path.trim_end_matches('/');
    while !path.is_empty() {
        if ROUTES.iter().any(|route| leads_to(route.path, path)) {
            return path.to_owned();
        }
        path = path.rsplit_once('/').map_or("", |(parent, _)| parent);
    }
    "/".to_owned()
}

fn leads_to(route: &str, path: &str) -> bool {
    let mut parts = path.split('/');
    route.split('/').all(|known| parts.next().is_some_and(|part| known.starts_with('{') || known == part))
        && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_path_of_this_site_is_a_way_back() {
        for good in ["/", "/me", "/me/inbox/0f?x=1&y=%E5", "/stations/ABC#say"] {
            assert_eq!(safe_next(Some(good)), Some(good));
        }
        let long = format!("/{}", "a".repeat(NEXT_AT_MOST));
        for bad in [
            "",
            "me",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/me\r\nSet-Cookie: a",
            "/\t/x",
            "/我",
            &long,
        ] {
            assert_eq!(safe_next(Some(bad)), None, "{bad}");
        }
        assert_eq!(safe_next(None), None);
    }

    #[test]
    fn the_way_back_is_one_value_of_the_query() {
        assert_eq!(with_next("/sign-in", Some("/me?a=1&b=2")), "/sign-in?next=/me%3Fa%3D1%26b%3D2");
        assert_eq!(with_next("/sign-in", Some("//x")), "/sign-in");
        assert_eq!(with_next("/sign-in", None), "/sign-in");
    }

    #[test]
    fn after_a_form_the_way_back_is_the_page_that_shows_it() {
        assert_eq!(page_of("/place/410000"), "/place/410000");
        assert_eq!(page_of("/me/nothing/there"), "/me");
        assert_eq!(page_of("/me/"), "/me");
        assert_eq!(page_of("/nowhere"), "/");
    }
}
