//! One request: an address in; a status, a redirect or a failure, and which fragments the page has, out.

use super::guard::{Guard, NoWay};
use super::page::Page;
use super::verdict::{Failure, Reply};
use crate::config::External;
use reqwest::header::{ACCEPT, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderValue, LOCATION, RETRY_AFTER};
use reqwest::{Client, Response, Url, redirect::Policy};
use std::collections::BTreeMap;
use std::error::Error;
use std::io;
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tokio::task::spawn_blocking;

/// Says who asks, for those who read their logs.
pub const USER_AGENT: &str = concat!("proofpress/", env!("CARGO_PKG_VERSION"), " (link check)");

/// A page is read so far. What its rest has, nobody knows.
const LONGEST_PAGE: usize = 4 << 20;
/// Longer ones are no addresses that anybody would write into a book, or keep in a file.
const LONGEST_ADDRESS: usize = 8000;

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

    pub async fn visit(&self, url: Url, fragments: &[String]) -> Reply {
        if let Err(failure) = self.guard.admit(&url) {
            return Reply::Failed(failure);
        }
        let response = match self.client.get(url.clone()).send().await {
            Ok(response) => response,
            Err(error) => return Reply::Failed(failure(&error)),
        };
        let code = response.status().as_u16();
        if let Some(to) = target(&response, &url) {
            return Reply::Redirected { to, for_good: matches!(code, 301 | 308) };
        }
        let retry_after = response.headers().get(RETRY_AFTER).and_then(|value| pause(value.to_str().ok()?));
        let fragments = if (200..300).contains(&code) { look(response, fragments).await } else { BTreeMap::new() };
        Reply::Answered { code, retry_after, fragments }
    }
}

/// Looks for elements in a page. Nothing is said of what is no HTML, or of what comes after its first megabytes.
async fn look(mut response: Response, fragments: &[String]) -> BTreeMap<String, Option<bool>> {
    let mut found: BTreeMap<String, Option<bool>> = fragments.iter().map(|fragment| (fragment.clone(), None)).collect();
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
    // Megabytes take a while, and whoever waits for an answer must not wait for them.
    let Ok(page) = spawn_blocking(move || Page::read(&page)).await else { return found };
    for (fragment, found) in &mut found {
        let there = page.has(fragment);
        *found = if there || whole && page.would_show(fragment) { Some(there) } else { None };
    }
    found
}

/// Where on the web a redirect leads.
fn target(response: &Response, from: &Url) -> Option<Url> {
    let redirects = matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308);
    let location = response.headers().get(LOCATION).filter(|_| redirects)?;
    let next = from.join(std::str::from_utf8(location.as_bytes()).ok()?).ok()?;
    (matches!(next.scheme(), "http" | "https") && next.as_str().len() <= LONGEST_ADDRESS).then_some(next)
}

fn is_html(response: &Response) -> bool {
    // What is still packed is packed in a way that nobody asked for.
    if response.headers().contains_key(CONTENT_ENCODING) {
        return false;
    }
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    ["text/html", "application/xhtml+xml"].iter().any(|html| kind.eq_ignore_ascii_case(html))
}

/// Sites whose pages get their elements from a script.
fn is_scripted(url: &Url) -> bool {
    matches!(url.host_str(), Some("github.com" | "gitlab.com"))
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
        let io = error.downcast_ref::<io::Error>();
        if let Some(failure) = meaning(io.map(io::Error::kind), &error.to_string()) {
            return failure;
        }
        // What an error of the system is made of is no source of it: its source is that of what it is made of.
        cause = match io.and_then(io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    if error.is_timeout() { Failure::Silent } else { Failure::Other }
}

fn meaning(kind: Option<io::ErrorKind>, words: &str) -> Option<Failure> {
    let says = |all: &[&str]| all.iter().any(|some| words.contains(some));
    if says(&["not valid for name", "NotValidForName"]) {
        return Some(Failure::OtherName);
    }
    if says(&["certificate expired", "Expired"]) {
        return Some(Failure::Expired);
    }
    if says(&["certificate", "handshake", "InvalidMessage"]) {
        return Some(Failure::Untrusted);
    }
    if says(&["connection closed before message completed"]) {
        return Some(Failure::Closed);
    }
    match kind? {
        io::ErrorKind::ConnectionRefused => Some(Failure::Refused),
        io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::BrokenPipe
        | io::ErrorKind::UnexpectedEof => Some(Failure::Closed),
        io::ErrorKind::TimedOut => Some(Failure::Silent),
        // The library for secure connections speaks of its troubles as bad data.
        io::ErrorKind::InvalidData => Some(Failure::Untrusted),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses() {
        assert_eq!(pause("120"), Some(Duration::from_secs(120)));
        assert_eq!(pause("Wed, 21 Oct 2015 07:28:00 GMT"), Some(Duration::ZERO));
        assert_eq!(pause("soon"), None);
        assert!(pause("Fri, 31 Dec 9999 23:59:59 GMT").unwrap() > Duration::from_secs(3600));
    }
}
