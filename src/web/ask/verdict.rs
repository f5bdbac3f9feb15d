//! What one request brought in; whether that is the answer, or when to ask again, out. No network here.

use super::super::{Answer, Status, Unchecked};
use crate::config::External;
use reqwest::{StatusCode, Url};
use std::collections::BTreeMap;
use std::time::Duration;

/// What one request brought.
#[derive(Clone, Debug)]
pub enum Reply {
    Answered {
        code: u16,
        retry_after: Option<Duration>,
        fragments: BTreeMap<String, Option<bool>>,
    },
    /// The site sends its visitor on.
    Redirected {
        to: Url,
        for_good: bool,
    },
    Failed(Failure),
    /// lychee would not ask for it.
    LeftOut,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    NoHost,
    /// The name could not be looked up, for a reason that may pass.
    NoLookup,
    /// The name, or a redirect, leads into a network that is not the world's.
    Private,
    Silent,
    Refused,
    /// Connected, and closed without an answer.
    Closed,
    /// The certificate is for another name, or of another time.
    OtherName,
    Expired,
    Untrusted,
    Circle,
    Other,
}

/// What to do next.
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    Done(Answer),
    /// Ask for the address to which this one leads.
    Follow {
        to: Url,
        for_good: bool,
    },
    /// Ask for this address again after a while.
    Wait(Duration),
    /// Ask the host nothing for a while, then again.
    Pause(Duration),
    /// Ask the host nothing more. What this address has come to, and what all others of the host have.
    Close {
        status: Status,
        others: Status,
    },
}

/// Who wants a longer pause than this is not asked again in this run.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// How often the same was asked before, and how often at most it is asked again.
#[derive(Clone, Copy)]
pub struct Tries {
    pub done: u32,
    pub most: u32,
}

/// Judges a reply.
pub fn verdict(reply: Reply, host: &str, tries: Tries, settings: &External) -> Next {
    let wait = settings.retry_wait.saturating_mul(1 << tries.done.min(16));
    let again = tries.done < tries.most;
    match reply {
        Reply::LeftOut => Next::Done(Answer::new(Status::Unchecked(Unchecked::LeftOut))),
        Reply::Redirected { to, for_good } => Next::Follow { to, for_good },
        Reply::Failed(failure) => {
            let status = failed(failure, host);
            match failure {
                Failure::NoHost => Next::Close { others: status.clone(), status },
                // A timeout was patience enough the second time.
                Failure::Silent if again && tries.done == 0 => Next::Wait(wait),
                Failure::Closed | Failure::NoLookup | Failure::Other if again => Next::Wait(wait),
                _ => Next::Done(Answer::new(status)),
            }
        }
        Reply::Answered { code, fragments, .. } if (200..300).contains(&code) => {
            Next::Done(Answer { fragments, ..Answer::new(Status::Alive) })
        }
        Reply::Answered { code, .. } if settings.accept.contains(&code) => Next::Done(Answer::new(Status::Alive)),
        Reply::Answered { code, retry_after, .. } => {
            let status = answered(code);
            // Nobody knows what those pages are of which nothing was heard.
            let others = Status::Unknown(format!("it was not asked, since `{host}` wants a pause ({})", named(code)));
            match (code, retry_after) {
                (429 | 503, Some(pause)) if pause > LONGEST_PAUSE => Next::Close { status, others },
                (429, pause) if again => Next::Pause(pause.unwrap_or_default().max(wait)),
                // It was asked one by one, after ever longer pauses.
                (429, _) => Next::Close { status, others },
                (503, Some(pause)) if again => Next::Pause(pause.max(wait)),
                (408 | 425 | 500..=599, _) if again => Next::Wait(wait),
                _ => Next::Done(Answer::new(status)),
            }
        }
    }
}

fn answered(code: u16) -> Status {
    let why = format!("the site answers {}", named(code));
    match code {
        404 | 410 => Status::Dead(why),
        // It leads to an app, wants to know who asks, or is tired of programs. 999 is how one site says so.
        300..=399 | 401 | 402 | 403 | 405 | 406 | 407 | 429 | 451 | 999 => Status::Unknown(why),
        _ => Status::Unreachable(why),
    }
}

/// A code with its name, where it has one.
fn named(code: u16) -> String {
    let reason = StatusCode::from_u16(code).ok().and_then(|code| code.canonical_reason());
    format!("{code}{}", reason.map_or(String::new(), |reason| format!(" {reason}")))
}

pub fn failed(failure: Failure, host: &str) -> Status {
    let why = match failure {
        Failure::NoHost => return Status::Dead(format!("there is no host `{host}`")),
        Failure::NoLookup => "the name of the host could not be looked up",
        Failure::Private => "it leads into a private network",
        Failure::Silent => "the site does not answer in time",
        Failure::Refused => "the host refuses connections",
        Failure::Closed => "the site closes the connection without an answer",
        Failure::OtherName => "its certificate is for another name; a browser would warn its reader",
        Failure::Expired => "its certificate has expired; a browser would warn its reader",
        Failure::Untrusted => "no secure connection can be made; a browser would warn its reader",
        Failure::Circle => "the site redirects again and again",
        Failure::Other => "the request failed",
    };
    Status::Unreachable(why.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(code: u16, after: Option<u64>) -> Reply {
        let retry_after = after.map(Duration::from_secs);
        Reply::Answered { code, retry_after, fragments: BTreeMap::new() }
    }

    #[test]
    fn verdicts() {
        let settings = External { accept: vec![418], ..External::default() };
        let shown = |reply, done| match verdict(reply, "a.b", Tries { done, most: 2 }, &settings) {
            Next::Done(answer) => format!("{:?}", answer.status),
            Next::Follow { to, for_good } => format!("follow {to} {for_good}"),
            Next::Wait(wait) => format!("wait {}", wait.as_secs()),
            Next::Pause(pause) => format!("pause {}", pause.as_secs()),
            Next::Close { status, others } if status == others => format!("close: {status:?}"),
            Next::Close { status, others } => format!("close: {status:?}, {others:?}"),
        };
        let pause = "Unknown(\"it was not asked, since `a.b` wants a pause (429 Too Many Requests)\")";
        for (reply, tries, expected) in [
            (code(200, None), 0, "Alive"),
            (code(206, None), 0, "Alive"),
            (code(418, None), 0, "Alive"),
            (code(404, None), 0, "Dead(\"the site answers 404 Not Found\")"),
            (code(410, None), 0, "Dead(\"the site answers 410 Gone\")"),
            (code(403, None), 0, "Unknown(\"the site answers 403 Forbidden\")"),
            (code(999, None), 0, "Unknown(\"the site answers 999\")"),
            (code(400, None), 0, "Unreachable(\"the site answers 400 Bad Request\")"),
            (code(304, None), 0, "Unknown(\"the site answers 304 Not Modified\")"),
            (code(429, Some(2)), 0, "pause 2"),
            (code(429, None), 1, "pause 2"),
            (code(429, Some(0)), 0, "pause 1"),
            (code(429, Some(2)), 2, &format!("close: Unknown(\"the site answers 429 Too Many Requests\"), {pause}")),
            (code(429, Some(3600)), 0, &format!("close: Unknown(\"the site answers 429 Too Many Requests\"), {pause}")),
            (code(503, Some(1)), 0, "pause 1"),
            (code(503, None), 0, "wait 1"),
            (code(503, None), 1, "wait 2"),
            (code(503, None), 2, "Unreachable(\"the site answers 503 Service Unavailable\")"),
            (Reply::Failed(Failure::NoHost), 0, "close: Dead(\"there is no host `a.b`\")"),
            (Reply::Failed(Failure::Silent), 0, "wait 1"),
            (Reply::Failed(Failure::Silent), 1, "Unreachable(\"the site does not answer in time\")"),
            (Reply::Failed(Failure::Refused), 0, "Unreachable(\"the host refuses connections\")"),
            (Reply::Failed(Failure::Circle), 0, "Unreachable(\"the site redirects again and again\")"),
            (Reply::LeftOut, 0, "Unchecked(LeftOut)"),
        ] {
            assert_eq!(shown(reply, tries), expected);
        }
    }
}
