//! Who asks: the peer of the connection, or whom a trusted proxy names.

use axum::{
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::Response,
};
use http::HeaderMap;
use ipnet::IpNet;
use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
};

/// The client's address, as far as it can be known. An extension of every request.
///
/// Used to count requests, never logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

/// The network of an address: its /24, or its /48. All that is ever made of an address that sends something.
#[must_use]
pub fn network_of(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(address) => {
            let [a, b, c, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}::/48")
        }
    }
}

/// Networks whose forwarding headers are believed.
#[derive(Clone, Debug, Default)]
pub struct TrustedProxies(Arc<[IpNet]>);

impl TrustedProxies {
    /// From the configuration.
    #[must_use]
    pub fn new(networks: Vec<IpNet>) -> Self {
        Self(networks.into())
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }

    /// The client behind a peer.
    ///
    /// Each proxy appends whom it was called by, so the list is read from the right: the first
    /// address that is not a trusted proxy is the client, and whatever stands left of it could be
    /// invented. An entry that is no address ends the search at the last one that was. `Forwarded`
    /// (RFC 7239) counts only without `X-Forwarded-For`: a proxy that writes one passes the other
    /// through as the client sent it.
    #[must_use]
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let peer = peer.to_canonical();
        if !self.trusts(peer) {
            return peer;
        }
        let hops = if headers.contains_key("x-forwarded-for") {
            let values = headers.get_all("x-forwarded-for").iter();
            values.flat_map(|value| split(value).map(|part| address(part.trim()))).collect()
        } else {
            let values = headers.get_all("forwarded").iter();
            values.flat_map(|value| split(value).map(forwarded_for)).collect::<Vec<_>>()
        };
        let mut client = peer;
        for hop in hops.into_iter().rev() {
            let Some(hop) = hop else { break };
            client = hop;
            if !self.trusts(hop) {
                break;
            }
        }
        client
    }
}

fn split(value: &http::HeaderValue) -> impl Iterator<Item = &str> {
    // A header that is not text names nobody: one entry that is no address.
    value.to_str().unwrap_or("?").split(',')
}

/// The `for=` of one element of `Forwarded`.
fn forwarded_for(element: &str) -> Option<IpAddr> {
    element.split(';').find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        name.trim().eq_ignore_ascii_case("for").then(|| address(value.trim().trim_matches('"')))?
    })
}

/// `1.2.3.4`, `1.2.3.4:80`, `::1`, `[::1]`, `[::1]:80`.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    let parsed = bare.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|socket| socket.ip()))?;
    Some(IpAddr::to_canonical(&parsed))
}

/// Finds the client of each request.
pub async fn find(State(proxies): State<TrustedProxies>, mut request: Request, next: Next) -> Response {
    // Without a connection (in a test) everybody is the same nobody.
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |connection| connection.0.ip());
    let client = proxies.client(peer, request.headers());
    request.extensions_mut().insert(ClientAddress(client));
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderName, HeaderValue};
    use proptest::prelude::*;

    const PROXY: &str = "10.0.0.1";

    fn client(peer: &str, headers: &[(&'static str, &str)]) -> String {
        let proxies = TrustedProxies::new(vec!["10.0.0.0/8".parse().expect("a network")]);
        let headers = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_str(value).expect("a header")));
        let mut all = HeaderMap::new();
        for (name, value) in headers {
            all.append(name, value);
        }
        proxies.client(peer.parse().expect("an address"), &all).to_string()
    }

    #[test]
    fn a_stranger_is_not_believed() {
        assert_eq!(client("203.0.113.9", &[("x-forwarded-for", "198.51.100.1")]), "203.0.113.9");
        assert_eq!(client("203.0.113.9", &[("forwarded", "for=198.51.100.1")]), "203.0.113.9");
    }

    #[test]
    fn the_rightmost_address_that_is_no_proxy_is_the_client() {
        let invented = "198.51.100.1, 203.0.113.9, 10.2.3.4";
        assert_eq!(client(PROXY, &[("x-forwarded-for", invented)]), "203.0.113.9");
        assert_eq!(
            client(PROXY, &[("x-forwarded-for", "198.51.100.1"), ("x-forwarded-for", "203.0.113.9")]),
            "203.0.113.9"
        );
        assert_eq!(client(PROXY, &[("forwarded", "for=198.51.100.1, for=203.0.113.9;proto=https")]), "203.0.113.9");
    }

    #[test]
    fn every_spelling_of_an_address_is_read() {
        for (written, read) in [
            ("203.0.113.9:4711", "203.0.113.9"),
            ("2001:db8::1", "2001:db8::1"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("[2001:db8::1]:80", "2001:db8::1"),
            ("::ffff:203.0.113.9", "203.0.113.9"),
        ] {
            assert_eq!(client(PROXY, &[("x-forwarded-for", written)]), read);
        }
        assert_eq!(client(PROXY, &[("forwarded", "proto=https; For=\"[2001:db8::1]:80\"")]), "2001:db8::1");
    }

    #[test]
    fn an_entry_that_is_no_address_ends_the_search() {
        assert_eq!(client(PROXY, &[("x-forwarded-for", "203.0.113.9, unknown")]), PROXY);
        assert_eq!(client(PROXY, &[("x-forwarded-for", "203.0.113.9, unknown, 10.2.3.4")]), "10.2.3.4");
        assert_eq!(client(PROXY, &[("forwarded", "for=203.0.113.9, for=_hidden")]), PROXY);
    }

    #[test]
    fn a_forwarded_the_client_wrote_is_not_read_beside_x_forwarded_for() {
        let both = [("forwarded", "for=198.51.100.1"), ("x-forwarded-for", "203.0.113.9")];
        assert_eq!(client(PROXY, &both), "203.0.113.9");
    }

    #[test]
    fn a_proxy_without_a_header_is_itself_the_client() {
        assert_eq!(client(PROXY, &[]), PROXY);
        assert_eq!(client("::ffff:10.0.0.1", &[("x-forwarded-for", "203.0.113.9")]), "203.0.113.9");
    }

    proptest! {
        #[test]
        fn whatever_stands_left_of_the_client_changes_nothing(invented in "[ -~]{0,40}") {
            let header = format!("{invented}, 203.0.113.9, 10.9.9.9");
            prop_assert_eq!(client(PROXY, &[("x-forwarded-for", &header)]), "203.0.113.9");
        }
    }
}
