//! A desk where one question at a time is asked: an address in, through lychee and back, a reply out.
//!
//! lychee passes a request through a chain of handlers, one request at a time; so each worker has a lychee of its own.
//! Our handler takes the request out of the chain and leaves the reply on the desk. Requests to the sites for which
//! lychee knows a trick go on through its own handlers: a video is asked for by its picture, a Markdown file on GitHub
//! in its raw form, since what a browser gets there is made by a script.

use super::lock;
use super::verdict::{Failure, Reply};
use super::visit::{USER_AGENT, Visitor};
use crate::config::External;
use async_trait::async_trait;
use lychee_lib::chain::RequestChain;
use lychee_lib::ratelimit::RateLimitConfig;
use lychee_lib::{ChainResult, Client, ClientBuilder, ErrorKind, FragmentCheckerOptions, Handler, Status};
use reqwest::{Request, Url};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

pub struct Desk {
    lychee: Client,
    paper: Arc<Mutex<Paper>>,
}

/// What lies on the desk: what is wanted, and what was found.
#[derive(Debug, Default)]
struct Paper {
    fragments: Vec<String>,
    reply: Option<Reply>,
}

impl Desk {
    pub fn new(visitor: &Arc<Visitor>, settings: &External) -> Result<Desk, String> {
        let paper = Arc::new(Mutex::new(Paper::default()));
        let ours = Ours { visitor: visitor.clone(), paper: paper.clone() };
        let lychee = ClientBuilder::builder()
            .user_agent(USER_AGENT)
            .timeout(settings.timeout)
            .max_retries(0u64)
            .fragment_checker_options(FragmentCheckerOptions {
                check_anchor_fragments: true,
                check_text_fragments: false,
            })
            // Who asks a host when is decided before.
            .rate_limit_config(RateLimitConfig {
                concurrency: settings.host_concurrency,
                request_interval: Duration::ZERO,
            })
            .plugin_request_chain(RequestChain::new(vec![Box::new(ours)]))
            .build()
            .client()
            .map_err(|error| format!("cannot ask other sites: {error}"))?;
        Ok(Desk { lychee, paper })
    }

    /// Asks for a page, and for its fragments where it has any.
    pub async fn ask(&self, url: &str, fragments: &[String]) -> Reply {
        let Ok(parsed) = Url::parse(url) else { return Reply::LeftOut };
        if has_trick(&parsed) && !fragments.is_empty() {
            return self.by_lychee(url, fragments).await;
        }
        *lock(&self.paper) = Paper { fragments: fragments.to_vec(), reply: None };
        match self.lychee.check(url).await {
            Ok(response) => lock(&self.paper).reply.take().unwrap_or_else(|| reply(response.status())),
            Err(_) => Reply::LeftOut,
        }
    }

    /// lychee looks for one fragment at a time, and remembers the page.
    async fn by_lychee(&self, url: &str, fragments: &[String]) -> Reply {
        let mut found = BTreeMap::new();
        for fragment in fragments {
            let Ok(response) = self.lychee.check(format!("{url}#{fragment}")).await else { return Reply::LeftOut };
            match response.status() {
                Status::Error(ErrorKind::InvalidFragment(_)) => found.insert(fragment.clone(), Some(false)),
                // Lines of a file are no elements; lychee takes such a fragment away.
                Status::Ok(_) if is_line(fragment) => found.insert(fragment.clone(), None),
                Status::Ok(_) => found.insert(fragment.clone(), Some(true)),
                other => return reply(other),
            };
        }
        Reply::Answered { code: 200, retry_after: None, fragments: found }
    }
}

/// The sites whose requests lychee changes.
fn has_trick(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    match host.strip_prefix("www.").unwrap_or(host) {
        "youtube.com" | "youtube-nocookie.com" | "youtu.be" | "crates.io" => true,
        "github.com" => url.path().contains("/blob/"),
        _ => false,
    }
}

/// `L10` or `L10-L20`
fn is_line(fragment: &str) -> bool {
    fragment.strip_prefix('L').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// What lychee says when it has asked itself, or would not ask.
fn reply(status: &Status) -> Reply {
    if let Some(code) = status.code() {
        return Reply::Answered { code: code.as_u16(), retry_after: None, fragments: BTreeMap::new() };
    }
    match status {
        Status::Timeout(_) => Reply::Failed(Failure::Silent),
        Status::Error(ErrorKind::NetworkRequest(error)) => Reply::Failed(super::visit::failure(error)),
        Status::Excluded | Status::Unsupported(_) => Reply::LeftOut,
        _ => Reply::Failed(Failure::Other),
    }
}

/// The handler at the head of lychee's chain.
#[derive(Debug)]
struct Ours {
    visitor: Arc<Visitor>,
    paper: Arc<Mutex<Paper>>,
}

#[async_trait]
impl Handler<Request, Status> for Ours {
    async fn handle(&mut self, request: Request) -> ChainResult<Request, Status> {
        if has_trick(request.url()) {
            return ChainResult::Next(request);
        }
        let fragments = std::mem::take(&mut lock(&self.paper).fragments);
        let reply = self.visitor.visit(request.url().clone(), &fragments).await;
        lock(&self.paper).reply = Some(reply);
        // The chain wants a status; what counts lies on the desk.
        ChainResult::Done(Status::Excluded)
    }
}
