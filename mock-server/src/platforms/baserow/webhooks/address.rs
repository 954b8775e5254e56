//! Where a webhook may lead: decided by the URL alone, nothing is looked up.

use std::net::{Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// Names under which nothing public is found: RFC 6761 and 6762, RFC 8375, and what private networks are commonly called.
const PRIVATE: [&str; 10] = [
    "localhost",
    "local",
    "localdomain",
    "internal",
    "intranet",
    "lan",
    "home.arpa",
    "test",
    "invalid",
    "example",
];

/// Whether a webhook may lead there: by `http` or `https`, to an address or a name that is not private.
pub(super) fn is_public(url: &str) -> bool {
    let Ok(url) = Url::parse(url) else { return false };
    if !["http", "https"].contains(&url.scheme()) {
        return false;
    }
    match url.host() {
        Some(Host::Ipv4(address)) => is_public_v4(address),
        Some(Host::Ipv6(address)) => is_public_v6(address),
        Some(Host::Domain(name)) => is_public_name(name),
        None => false,
    }
}

fn is_public_name(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    let is_within =
        |zone: &&str| name.strip_suffix(*zone).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    name.contains('.') && !PRIVATE.iter().any(is_within)
}

/// The IANA registry of IPv4 addresses for special purposes, as far as the standard library names it, and the rest by hand.
fn is_public_v4(address: Ipv4Addr) -> bool {
    let [first, second, third, _] = address.octets();
    let shared = first == 100 && (64..128).contains(&second);
    let protocols = (first, second, third) == (192, 0, 0);
    let benchmark = first == 198 && (second == 18 || second == 19);
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || address.is_multicast()
        || first == 0
        || first >= 240
        || shared
        || protocols
        || benchmark)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(mapped) = address.to_ipv4_mapped() {
        return is_public_v4(mapped);
    }
    // Global unicast addresses are 2000::/3 (RFC 4291, 2.4); 2001:db8::/32 and 3fff::/20 are for documents.
    let [first, second, ..] = address.segments();
    let documents = (first, second) == (0x2001, 0x0db8) || (first == 0x3fff && second < 0x1000);
    first & 0xe000 == 0x2000 && !documents
}

#[cfg(test)]
mod tests {
    use super::is_public;

    #[test]
    fn public_places() {
        for url in [
            "https://example.com/hook",
            "http://hooks.example.org:8080/",
            "https://8.8.8.8/",
            "http://[2606:4700::1111]/",
        ] {
            assert!(is_public(url), "{url}");
        }
    }

    #[test]
    fn private_places() {
        for url in [
            "http://localhost/",
            "http://LOCALHOST:3000/",
            "http://api.localhost/",
            "http://printer/",
            "http://box.local/",
            "http://db.internal./",
            "http://127.0.0.1/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://10.0.0.8/",
            "http://172.16.3.4/",
            "http://192.168.1.1/",
            "http://169.254.169.254/",
            "http://100.64.0.1/",
            "http://0.0.0.0/",
            "http://[::1]/",
            "http://[::ffff:10.0.0.1]/",
            "http://[fd00::1]/",
            "http://[fe80::1]/",
            "ftp://example.com/",
            "example.com",
            "http://",
            "",
        ] {
            assert!(!is_public(url), "{url}");
        }
    }
}
