//! Addresses: a link's text in, the one form by which it is asked for out, or why nobody asks for it.

use crate::config::External;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Why an address is not one to ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Barred {
    /// A pattern of the author names it.
    Excluded,
    /// This machine, or a network that is not the world's.
    Private,
    /// It carries a name and a password, which are no concern of a check.
    Credentials,
    /// It is to be filled in by the reader: `https://<host>/`.
    Placeholder,
}

/// Whose network an IP address belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    World,
    Private,
    /// Where machines of a cloud learn their secrets, or nowhere. Never asked, whatever the settings say.
    Never,
}

/// Splits `HTTPS://Example.org#top` into `https://example.org/` and `top`. None for what is no address on the web.
pub fn normal(address: &str) -> Option<(String, &str)> {
    let address = address.trim();
    let (whole, fragment) = address.split_once('#').unwrap_or((address, ""));
    let (scheme, rest) = match whole.strip_prefix("//") {
        Some(rest) => ("https".to_string(), rest),
        None => {
            let (scheme, rest) = whole.split_once("://")?;
            (scheme.to_ascii_lowercase(), rest)
        }
    };
    if !matches!(&*scheme, "http" | "https") {
        return None;
    }
    let at = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(at);
    let authority = match authority.rsplit_once('@') {
        Some((user, host)) => format!("{user}@{}", host.to_lowercase()),
        None => authority.to_lowercase(),
    };
    let port = if scheme == "http" { ":80" } else { ":443" };
    let authority = authority.strip_suffix(port).unwrap_or(&authority);
    let slash = if path.starts_with('/') { "" } else { "/" };
    (!authority.is_empty()).then(|| (format!("{scheme}://{authority}{slash}{path}"), fragment))
}

/// The host of an address in normal form, without user and port.
pub fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or(authority);
    match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((ip, _)) => ip,
        None => host.split(':').next().unwrap_or(host),
    }
}

/// Why an address in normal form is not asked for.
pub fn barred(url: &str, settings: &External) -> Option<Barred> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split('/').next().unwrap_or_default();
    let fill_in = |c: char| matches!(c, '<' | '>' | '{' | '}' | '$' | '*' | '\\' | ' ' | '%' | '…');
    let host = host(url);
    // `:PORT`, too, stands for what the reader has.
    let place = authority.rsplit_once('@').map_or(authority, |(_, place)| place);
    let port =
        place.rsplit_once(':').is_some_and(|(_, port)| port.contains(char::is_alphabetic) && !port.ends_with(']'));
    if authority.contains(fill_in) || port || rest.contains(['<', '>', '{', '}']) || rest.contains(char::is_control) {
        Some(Barred::Placeholder)
    } else if authority.contains('@') {
        Some(Barred::Credentials)
    } else if settings.exclude.is_match(url) || settings.exclude.is_match(url.trim_end_matches('/')) {
        Some(Barred::Excluded)
    } else {
        let reach = host.parse().map_or_else(|_| named(host), reach);
        let open = reach == Reach::World || reach == Reach::Private && settings.private;
        (!open).then_some(Barred::Private)
    }
}

/// What a name tells of itself, before anybody looks it up.
pub fn named(host: &str) -> Reach {
    let host = host.trim_end_matches('.');
    let own = ["localhost", "local", "internal", "intranet", "lan", "home", "corp", "onion"];
    match host.rsplit_once('.') {
        Some((_, last)) if own.contains(&last) || host.ends_with(".home.arpa") => Reach::Private,
        Some(_) => Reach::World,
        None => Reach::Private,
    }
}

pub fn reach(ip: IpAddr) -> Reach {
    match ip {
        IpAddr::V4(ip) => reach4(ip),
        IpAddr::V6(ip) => reach6(ip),
    }
}

fn reach4(ip: Ipv4Addr) -> Reach {
    let [a, b, c, d] = ip.octets();
    match (a, b, c, d) {
        // Addresses under which clouds hand out keys to their machines: 169.254.169.254 and its like.
        (169, 254, ..) | (100, 100, 100, 200) | (192, 0, 0, 192) | (168, 63, 129, 16) => Reach::Never,
        (0, ..) | (224..=255, ..) => Reach::Never,
        (127 | 10, ..) | (192, 168, ..) | (192, 0, 0, _) | (198, 18 | 19, ..) => Reach::Private,
        (172, 16..=31, ..) | (100, 64..=127, ..) => Reach::Private,
        _ => Reach::World,
    }
}

fn reach6(ip: Ipv6Addr) -> Reach {
    let parts = ip.segments();
    let inner = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        reach4(Ipv4Addr::new(a, b, c, d))
    };
    match parts {
        [0, 0, 0, 0, 0, 0, 0, 1] => Reach::Private,
        // Addresses of the older kind, in the clothes of the newer.
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => inner(high, low),
        [0x2002, high, low, ..] => inner(high, low),
        [0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254] | [0xfe80..=0xfebf | 0xff00..=0xffff, ..] => Reach::Never,
        [0xfc00..=0xfdff | 0xfec0..=0xfeff, ..] | [0x64, 0xff9b, 1, ..] => Reach::Private,
        _ => Reach::World,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_has_one_form() {
        for (address, expected) in [
            ("https://a.b", Some(("https://a.b/", ""))),
            ("HTTPS://A.b/C?d=E#F", Some(("https://a.b/C?d=E", "F"))),
            ("//a.b/c", Some(("https://a.b/c", ""))),
            ("https://a.b:443/c", Some(("https://a.b/c", ""))),
            ("http://a.b:443/c", Some(("http://a.b:443/c", ""))),
            ("https://a.b?c#d#e", Some(("https://a.b/?c", "d#e"))),
            ("https://User:Pass@A.b/", Some(("https://User:Pass@a.b/", ""))),
            ("mailto:a@b.c", None),
            ("ftp://a.b/", None),
            ("https://", None),
            ("tel:1", None),
        ] {
            assert_eq!(normal(address).as_ref().map(|(url, fragment)| (&**url, *fragment)), expected, "{address}");
        }
    }

    #[test]
    fn some_are_not_asked_for() {
        let exclude = globset::GlobSet::new([globset::Glob::new("https://no.example.org*").unwrap()]).unwrap();
        let closed = External { exclude, ..External::default() };
        let open = External { private: true, ..closed.clone() };
        use Barred::{Credentials, Excluded, Placeholder, Private};
        for (url, expected, when_open) in [
            ("https://a.b/", None, None),
            ("https://no.example.org/x/y", Some(Excluded), Some(Excluded)),
            ("https://me:secret@a.b/", Some(Credentials), Some(Credentials)),
            ("https://{region}.a.b/", Some(Placeholder), Some(Placeholder)),
            ("https://<host>/", Some(Placeholder), Some(Placeholder)),
            ("https://a.b:port/", Some(Placeholder), Some(Placeholder)),
            ("https://a.b/<id>/x", Some(Placeholder), Some(Placeholder)),
            ("https://a.b/100%25", None, None),
            ("http://localhost:3000/", Some(Private), None),
            ("http://app.localhost/", Some(Private), None),
            ("http://intranet/", Some(Private), None),
            ("http://127.0.0.1:8080/", Some(Private), None),
            ("http://[::1]:8080/", Some(Private), None),
            ("http://192.168.1.1/", Some(Private), None),
            ("http://169.254.169.254/latest/meta-data", Some(Private), Some(Private)),
            ("http://[fe80::1]/", Some(Private), Some(Private)),
            ("http://metadata.google.internal/", Some(Private), None),
            ("https://8.8.8.8/", None, None),
        ] {
            assert_eq!(barred(url, &closed), expected, "{url}");
            assert_eq!(barred(url, &open), when_open, "{url}");
        }
    }

    #[test]
    fn networks() {
        for (ip, expected) in [
            ("8.8.8.8", Reach::World),
            ("127.1.2.3", Reach::Private),
            ("10.0.0.1", Reach::Private),
            ("172.16.0.1", Reach::Private),
            ("172.32.0.1", Reach::World),
            ("100.64.0.1", Reach::Private),
            ("100.100.100.200", Reach::Never),
            ("169.254.169.254", Reach::Never),
            ("0.0.0.0", Reach::Never),
            ("255.255.255.255", Reach::Never),
            ("::1", Reach::Private),
            ("::", Reach::Never),
            ("::ffff:127.0.0.1", Reach::Private),
            ("::ffff:169.254.169.254", Reach::Never),
            ("64:ff9b::a9fe:a9fe", Reach::Never),
            ("64:ff9b:1::a9fe:a9fe", Reach::Private),
            ("2002:7f00:1::", Reach::Private),
            ("fec0::1", Reach::Private),
            ("fd00:ec2::254", Reach::Never),
            ("fd12::1", Reach::Private),
            ("fe80::1", Reach::Never),
            ("2606:4700::1111", Reach::World),
        ] {
            assert_eq!(reach(ip.parse().unwrap()), expected, "{ip}");
        }
    }
}
