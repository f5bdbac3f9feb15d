//! Who may be talked to: a URL or a name in; the way there, or that there is none, out.
//!
//! A book is often somebody else's. A link of it must not make this machine ask what only this machine can see, neither
//! by its address, nor by a name that leads there, nor by a redirect.

use super::lock;
use super::verdict::Failure;
use crate::web::address::{Reach, named, reach};
use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::collections::HashSet;
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};

#[derive(Clone, Debug, Default)]
pub struct Guard {
    /// The settings allow this machine and its own networks.
    private: bool,
    /// Hosts of addresses, whose names are watched. Another name is that of a proxy, which the owner of this machine
    /// has chosen.
    watched: Arc<Mutex<HashSet<String>>>,
}

impl Guard {
    pub fn new(private: bool) -> Guard {
        Guard { private, watched: Arc::default() }
    }

    /// Whether a request may go to this address, as far as it tells.
    pub fn admit(&self, url: &Url) -> Result<(), Failure> {
        let (Some(host), "http" | "https") = (url.host_str(), url.scheme()) else { return Err(Failure::Other) };
        let host = host.trim_start_matches('[').trim_end_matches(']');
        lock(&self.watched).insert(host.to_ascii_lowercase());
        let reach = host.parse().map_or_else(|_| named(host), reach);
        if self.allows(reach) { Ok(()) } else { Err(Failure::Private) }
    }

    fn allows(&self, reach: Reach) -> bool {
        reach == Reach::World || reach == Reach::Private && self.private
    }

    fn leads(&self, name: &str, ip: IpAddr) -> bool {
        !lock(&self.watched).contains(&name.to_ascii_lowercase()) || self.allows(reach(ip))
    }
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.clone();
        Box::pin(async move {
            let name = name.as_str();
            let found = tokio::net::lookup_host((name, 0)).await.map_err(|error| NoWay::of(&error))?;
            let found: Vec<SocketAddr> = found.collect();
            let open: Vec<SocketAddr> = found.iter().copied().filter(|at| guard.leads(name, at.ip())).collect();
            match (open.is_empty(), found.is_empty()) {
                (false, _) => Ok(Box::new(open.into_iter()) as Addrs),
                (true, true) => Err(NoWay(Failure::NoHost).into()),
                (true, false) => Err(NoWay(Failure::Private).into()),
            }
        })
    }
}

/// Why a name leads nowhere, as it travels through the errors of others.
#[derive(Debug)]
pub struct NoWay(pub Failure);

impl NoWay {
    /// The system says in words whether there is no such name, or nobody to ask.
    fn of(error: &std::io::Error) -> NoWay {
        let text = error.to_string().to_ascii_lowercase();
        let gone = ["not known", "no such host", "does not resolve", "nodename nor servname", "no address associated"];
        NoWay(if gone.iter().any(|words| text.contains(words)) { Failure::NoHost } else { Failure::NoLookup })
    }
}

impl fmt::Display for NoWay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

impl std::error::Error for NoWay {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closed_networks_are_closed() {
        let admits = |private, url: &str| Guard::new(private).admit(&Url::parse(url).unwrap()).is_ok();
        for (url, closed, open) in [
            ("https://example.org/", true, true),
            ("http://2130706433/", false, true),
            ("http://0x7f.1/", false, true),
            ("http://[::ffff:7f00:1]/", false, true),
            ("http://169.254.169.254/latest/", false, false),
            ("http://2852039166/", false, false),
            ("http://localhost/", false, true),
            ("ftp://example.org/", false, false),
            ("file:///etc/passwd", false, false),
        ] {
            assert_eq!((admits(false, url), admits(true, url)), (closed, open), "{url}");
        }
    }

    #[test]
    fn names_may_not_lead_there() {
        let local: IpAddr = "127.0.0.1".parse().unwrap();
        let guard = Guard::new(false);
        guard.admit(&Url::parse("https://rebound.example.org").unwrap()).unwrap();
        assert!(!guard.leads("Rebound.example.org", local));
        assert!(guard.leads("proxy.example.org", local), "a proxy is no link");
        assert!(Guard::new(true).leads("rebound.example.org", local));
    }

    #[test]
    fn words_of_systems() {
        for (words, expected) in [
            ("failed to lookup address information: Name or service not known", Failure::NoHost),
            ("failed to lookup address information: nodename nor servname provided, or not known", Failure::NoHost),
            ("No such host is known. (os error 11001)", Failure::NoHost),
            ("failed to lookup address information: Temporary failure in name resolution", Failure::NoLookup),
            ("failed to lookup address information: Try again", Failure::NoLookup),
        ] {
            assert_eq!(NoWay::of(&std::io::Error::other(words)).0, expected, "{words}");
        }
    }
}
