//! The site as passkeys know it.

use std::net::IpAddr;
use webauthn_rp::request::{AsciiDomain, RpId};

/// The relying party (`WebAuthn` level 3, 4): its id is the host, and an answer must come from its one origin.
#[derive(Debug)]
pub struct RelyingParty {
    /// The host.
    pub id: RpId,
    /// Scheme, host and port, as a browser writes them.
    pub origin: String,
}

impl RelyingParty {
    /// The relying party of an address such as `https://example.org`; `None` where there are no passkeys: an IP
    /// address is no RP ID, and plain http is a secure context on `localhost` only.
    #[must_use]
    pub fn at(address: &str) -> Option<Self> {
        let (scheme, rest) = address.trim_end_matches('/').split_once("://")?;
        let default_port = match scheme {
            "https" => ":443",
            "http" => ":80",
            _ => return None,
        };
        let rest = rest.strip_suffix(default_port).unwrap_or(rest).to_ascii_lowercase();
        let host = rest.rsplit_once(':').map_or(rest.as_str(), |(host, _)| host);
        let is_local = host == "localhost" || host.ends_with(".localhost");
        if host.starts_with('[') || host.parse::<IpAddr>().is_ok() || (scheme == "http" && !is_local) {
            return None;
        }
        let id = RpId::Domain(AsciiDomain::try_from(host.to_owned()).ok()?);
        Some(Self { id, origin: format!("{scheme}://{rest}") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_with_a_name_has_passkeys_and_an_ip_address_has_none() {
        let known = |address: &str| RelyingParty::at(address).map(|site| (site.id.as_ref().to_owned(), site.origin));
        let pair = |id: &str, origin: &str| Some((id.to_owned(), origin.to_owned()));
        assert_eq!(known("https://example.org"), pair("example.org", "https://example.org"));
        assert_eq!(known("https://Example.org:443/"), pair("example.org", "https://example.org"));
        assert_eq!(known("https://example.org:8443"), pair("example.org", "https://example.org:8443"));
        assert_eq!(known("http://localhost:3000"), pair("localhost", "http://localhost:3000"));
        for none in ["https://10.0.0.1", "http://127.0.0.1:3000", "https://[::1]:3000", "http://example.org", "", "x"] {
            assert_eq!(known(none), None, "{none}");
        }
    }
}
