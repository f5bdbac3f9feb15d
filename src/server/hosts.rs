//! Which names a preview answers to: a `Host` header in, yes or no out.
//!
//! A web page of somebody else can give its own name the address of this machine and then read what is served here. The
//! name that it must use gives it away.

use std::net::IpAddr;

/// The names of this machine, and the one that the author chose.
pub struct Hosts {
    name: String,
    /// Every address of the machine is listened on, so any address may be asked for; it is names that deceive.
    addresses: bool,
}

impl Hosts {
    /// `host` is the name or address that is listened on.
    pub fn new(host: &str) -> Hosts {
        let addresses = address(host).is_some_and(|address| address.is_unspecified());
        Hosts { name: host.to_ascii_lowercase(), addresses }
    }

    /// Whether a request that asks for this host, with or without a port, is meant for us.
    pub fn allow(&self, header: Option<&str>) -> bool {
        let Some(header) = header else { return false };
        let name = match header.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) && !name.is_empty() => name,
            _ => header,
        };
        let name = name.trim_end_matches('.').to_ascii_lowercase();
        match address(&name) {
            Some(address) => self.addresses || address.is_loopback() || name == self.name,
            None => name == "localhost" || name.ends_with(".localhost") || name == self.name,
        }
    }
}

/// An address with or without the brackets that IPv6 has in a URL.
fn address(host: &str) -> Option<IpAddr> {
    let inner = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    inner.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (host, header, expected) in [
            ("127.0.0.1", "127.0.0.1:4000", true),
            ("127.0.0.1", "localhost", true),
            ("127.0.0.1", "LOCALHOST.:4000", true),
            ("127.0.0.1", "docs.localhost:1", true),
            ("127.0.0.1", "[::1]:4000", true),
            ("127.0.0.1", "127.9.9.9", true),
            ("127.0.0.1", "192.168.0.7:4000", false),
            ("127.0.0.1", "example.com:4000", false),
            ("127.0.0.1", "localhost.example.com", false),
            ("127.0.0.1", "127.0.0.1.example.com", false),
            ("127.0.0.1", "", false),
            ("127.0.0.1", ":4000", false),
            ("192.168.0.7", "192.168.0.7:4000", true),
            ("192.168.0.7", "192.168.0.8:4000", false),
            ("desk.example", "Desk.example:4000", true),
            ("desk.example", "other.example", false),
            ("0.0.0.0", "192.168.0.8:4000", true),
            ("0.0.0.0", "example.com", false),
            ("::", "[fe80::1]:4000", true),
        ] {
            assert_eq!(Hosts::new(host).allow(Some(header)), expected, "{host} {header}");
        }
        assert!(!Hosts::new("0.0.0.0").allow(None));
    }
}
