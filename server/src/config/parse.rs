//! Values understood, one function per kind of value.

use ipnet::IpNet;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// A short text on a page: no control characters, at most 200 characters.
pub(super) fn short_text(text: &str) -> Option<String> {
    (text.chars().count() <= 200 && !text.chars().any(char::is_control)).then(|| text.to_owned())
}

/// An address and a port; `localhost` is 127.0.0.1, so that the start needs no name server.
pub(super) fn socket(text: &str) -> Option<SocketAddr> {
    if let Some(port) = text.strip_prefix("localhost:") {
        return Some(SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port.parse().ok()?));
    }
    text.parse().ok()
}

/// `on` or `off`.
pub(super) fn switch(text: &str) -> Option<bool> {
    match text {
        "on" => Some(true),
        "off" => Some(false),
        _ => None,
    }
}

/// Networks with commas between; a bare address is itself alone. `/0` would trust everybody.
pub(super) fn networks(text: &str) -> Option<Vec<IpNet>> {
    text.split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| {
            let network = part.parse::<IpNet>().ok().or_else(|| part.parse::<IpAddr>().ok().map(IpNet::from))?;
            (network.prefix_len() > 0).then_some(network)
        })
        .collect()
}

/// An address of a page elsewhere.
pub(super) fn web_address(text: &str) -> Option<String> {
    let uri: http::Uri = text.parse().ok()?;
    let scheme = uri.scheme_str()?;
    let fits =
        text.len() <= 500 && matches!(scheme, "http" | "https") && uri.host().is_some_and(|host| !host.is_empty());
    fits.then(|| text.to_owned())
}

/// A template of map tiles, and the source of images a page must allow for it.
///
/// Returns (template, host in words, CSP source). Leaflet's `{s}` rotates the first label of the
/// host, so the source is then `https://*.rest-of-host`.
pub(super) fn tiles(text: &str) -> Option<Tiles> {
    let rest = text.strip_prefix("https://")?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let complete = ["{z}", "{x}", "{y}"].iter().all(|part| path.contains(part)) && !path.contains("{s}");
    let (subdomain, host) = authority.strip_prefix("{s}.").map_or(("", authority), |host| ("*.", host));
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':');
    let named = host.contains(|c: char| c.is_ascii_alphanumeric()) && host.chars().all(plain);
    let printable = text.len() <= 500 && text.chars().all(|c| c.is_ascii_graphic());
    (complete && named && printable).then(|| Tiles {
        template: text.to_owned(),
        host: host.to_owned(),
        csp_source: format!("https://{subdomain}{host}"),
    })
}

/// Where map tiles come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tiles {
    /// The template, with `{z}`, `{x}`, `{y}`.
    pub template: String,
    /// The host, for a reader.
    pub host: String,
    /// What `img-src` must allow.
    pub csp_source: String,
}

/// Whether an address belongs to this machine or a local network (RFC 1918, RFC 3927, RFC 4193, RFC 4291).
#[must_use]
pub fn is_local_network(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => address.is_loopback() || address.is_private() || address.is_link_local(),
        IpAddr::V6(address) => address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local(),
    }
}

/// A database address without its password, wherever it stands.
pub(super) fn mask_database(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let (place, parameters) = rest.split_once('?').unwrap_or((rest, ""));
    // A password may hold an '@' that nobody escaped: it ends at the last one.
    let place = match place.rsplit_once('@') {
        Some((login, host)) => format!("{}:***@{host}", login.split(':').next().unwrap_or_default()),
        None => place.to_owned(),
    };
    // PostgreSQL also takes the password as a parameter.
    let parameters = if parameters.is_empty() { "" } else { "?***" };
    format!("{scheme}://{place}{parameters}")
}

/// Scheme, host and port, as a browser writes an origin.
pub(super) fn origin(text: &str) -> Option<String> {
    let (scheme, rest) = text.split_once("://").filter(|(scheme, _)| matches!(*scheme, "http" | "https"))?;
    let host = rest.strip_suffix('/').unwrap_or(rest);
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | ':' | '[' | ']');
    (!host.is_empty() && host.len() <= 255 && host.chars().all(plain))
        .then(|| format!("{scheme}://{}", host.to_ascii_lowercase()))
}
