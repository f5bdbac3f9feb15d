//! One visit to a page: an address in; through its redirects, a status and which fragments it has out.

use super::guard::{Guard, NoWay};
use super::verdict::{Failure, Reply};
use crate::config::External;
use crate::site::assets::decoded;
use html5gum::{Token, Tokenizer};
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderValue, LOCATION, RETRY_AFTER};
use reqwest::{Client, Response, Url, redirect::Policy};
use std::collections::{BTreeMap, HashSet};
use std::error::Error;
use std::io;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// Says who asks, for those who read their logs.
pub const USER_AGENT: &str = concat!("proofpress/", env!("CARGO_PKG_VERSION"), " (link check)");

/// As many as browsers follow before they give up on a site that only counts up is more than any page needs.
const REDIRECTS: usize = 10;
/// A page is read so far. What its rest has, nobody knows.
const LONGEST_PAGE: usize = 4 << 20;

#[derive(Debug)]
pub struct Visitor {
    client: Client,
    guard: Guard,
}

impl Visitor {
    pub fn new(settings: &External) -> Result<Visitor, String> {
        let guard = Guard::new(settings.private);
        let accept = HeaderValue::from_static("text/html,application/xhtml+xml,*/*;q=0.8");
        let client = Client::builder()
            .user_agent(USER_AGENT)
            .default_headers(HeaderMap::from_iter([(ACCEPT, accept)]))
            .redirect(Policy::none())
            // Some sites send a visitor in circles until a cookie comes back.
            .cookie_store(true)
            .referer(false)
            .connect_timeout(settings.timeout)
            .timeout(settings.timeout)
            .dns_resolver(Arc::new(guard.clone()))
            .build()
            .map_err(|error| format!("cannot ask other sites: {}", error.without_url()))?;
        Ok(Visitor { client, guard })
    }

    pub async fn visit(&self, start: Url, fragments: &[String]) -> Reply {
        let (mut url, mut moved, mut for_good) = (start, None, true);
        for _ in 0..=REDIRECTS {
            if let Err(failure) = self.guard.admit(&url) {
                return Reply::Failed(failure);
            }
            let response = match self.client.get(url.clone()).send().await {
                Ok(response) => response,
                Err(error) => return Reply::Failed(failure(&error)),
            };
            let code = response.status().as_u16();
            if let Some(next) = target(&response, &url) {
                for_good &= matches!(code, 301 | 308) && next.username().is_empty();
                if for_good {
                    moved = Some(next.to_string());
                }
                url = next;
                continue;
            }
            let retry_after = response.headers().get(RETRY_AFTER).and_then(|value| pause(value.to_str().ok()?));
            let fragments =
                if (200..300).contains(&code) { self.look(response, fragments).await } else { BTreeMap::new() };
            return Reply::Answered { code, retry_after, moved, fragments };
        }
        Reply::Failed(Failure::Circle)
    }

    /// Looks for elements in a page. Nothing is said of what is no HTML, or of what comes after its first megabytes.
    async fn look(&self, mut response: Response, fragments: &[String]) -> BTreeMap<String, Option<bool>> {
        let mut found: BTreeMap<String, Option<bool>> =
            fragments.iter().map(|fragment| (fragment.clone(), None)).collect();
        if fragments.is_empty() || !is_html(&response) || is_scripted(response.url()) {
            return found;
        }
        let mut page = Vec::new();
        let whole = loop {
            match response.chunk().await {
                Ok(Some(chunk)) => page.extend_from_slice(&chunk),
                Ok(None) => break true,
                Err(_) => break false,
            }
            if page.len() > LONGEST_PAGE {
                page.truncate(LONGEST_PAGE);
                break false;
            }
        };
        let names = names(&String::from_utf8_lossy(&page));
        for (fragment, found) in &mut found {
            let there = names.contains(fragment)
                || names.contains(&decoded(fragment))
                || names.contains(&format!("user-content-{fragment}"));
            *found = if there || whole { Some(there) } else { None };
        }
        found
    }
}

/// Where on the web a redirect leads.
fn target(response: &Response, from: &Url) -> Option<Url> {
    let redirects = matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308);
    let location = response.headers().get(LOCATION).filter(|_| redirects)?;
    let next = from.join(std::str::from_utf8(location.as_bytes()).ok()?).ok()?;
    matches!(next.scheme(), "http" | "https").then_some(next)
}

fn is_html(response: &Response) -> bool {
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    ["text/html", "application/xhtml+xml"].iter().any(|html| kind.eq_ignore_ascii_case(html))
}

/// Sites whose pages get their elements from a script.
fn is_scripted(url: &Url) -> bool {
    matches!(url.host_str(), Some("github.com" | "gitlab.com"))
}

/// All names that a fragment can have on a page.
fn names(html: &str) -> HashSet<String> {
    let mut names = HashSet::new();
    for token in Tokenizer::new(html) {
        let Ok(Token::StartTag(tag)) = token else { continue };
        for (name, value) in &tag.attributes {
            if matches!(&name[..], b"id" | b"name") {
                names.insert(String::from_utf8_lossy(value).into_owned());
            }
        }
    }
    names
}

/// `Retry-After`: seconds, or a date.
fn pause(value: &str) -> Option<Duration> {
    if let Ok(seconds) = value.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = httpdate::parse_http_date(value.trim()).ok()?;
    Some(until.duration_since(SystemTime::now()).unwrap_or(Duration::ZERO))
}

/// What an error of a request means, without a word of its address.
pub fn failure(error: &reqwest::Error) -> Failure {
    // Its own words quote the address; those of its causes do not.
    let mut cause = error.source();
    while let Some(error) = cause {
        if let Some(NoWay(failure)) = error.downcast_ref() {
            return *failure;
        }
        if let Some(error) = error.downcast_ref::<io::Error>() {
            match error.kind() {
                io::ErrorKind::ConnectionRefused => return Failure::Refused,
                io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted | io::ErrorKind::BrokenPipe => {
                    return Failure::Closed;
                }
                io::ErrorKind::UnexpectedEof => return Failure::Closed,
                io::ErrorKind::TimedOut => return Failure::Silent,
                // The library for secure connections speaks of its troubles as bad data.
                io::ErrorKind::InvalidData => return Failure::Untrusted,
                _ => {}
            }
        }
        let words = error.to_string();
        if words.contains("certificate") || words.contains("handshake") {
            return Failure::Untrusted;
        }
        if words.contains("connection closed before message completed") {
            return Failure::Closed;
        }
        cause = error.source();
    }
    if error.is_timeout() { Failure::Silent } else { Failure::Other }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_a_page() {
        let found =
            names("<h1 id=a>x</h1><a name='b'></a><!-- <p id=c> --><p ID=\"d&amp;\"><script>'<p id=e>'</script>");
        let expected: HashSet<String> = ["a", "b", "d&"].map(str::to_string).into();
        assert!(found.is_superset(&expected) && !found.contains("c"), "{found:?}");
    }

    #[test]
    fn pauses() {
        assert_eq!(pause("120"), Some(Duration::from_secs(120)));
        assert_eq!(pause("Wed, 21 Oct 2015 07:28:00 GMT"), Some(Duration::ZERO));
        assert_eq!(pause("soon"), None);
        assert!(pause("Fri, 31 Dec 9999 23:59:59 GMT").unwrap() > Duration::from_secs(3600));
    }
}
