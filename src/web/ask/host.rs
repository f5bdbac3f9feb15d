//! One host: what it answered and wished for so far in, who may ask it when out.

use super::super::{Status, Unchecked};
use super::lock;
use super::verdict::{Failure, Reply};
use crate::config::External;
use std::sync::Mutex;
use std::time::Duration;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, sleep_until};

pub struct Host {
    /// One for each request at the same time.
    seats: Semaphore,
    all_seats: u32,
    interval: Duration,
    mood: Mutex<Mood>,
}

#[derive(Default)]
struct Mood {
    /// Nobody asks before.
    until: Option<Instant>,
    /// It has asked for a pause at least once, so it is asked one by one.
    strained: bool,
    /// It has answered at least once.
    heard: bool,
    /// Requests in a row that nobody answered.
    silences: u32,
    /// Requests in a row that were of no use: no answer, or one of a server that fails.
    troubles: u32,
    /// What is said of all addresses that it is not asked for any more.
    closed: Option<Status>,
}

/// So many requests without any answer tell of a host that is not there.
const SILENCES: u32 = 3;
/// So many failures in a row tell that the trouble is the host's, and not that of one page.
const TROUBLES: u32 = 8;

/// Whether it is this worker's turn.
pub enum Turn<'a> {
    Granted(Grant<'a>),
    Closed(Status),
}

/// Held during one request.
pub struct Grant<'a> {
    _permit: SemaphorePermit<'a>,
    _seats: SemaphorePermit<'a>,
}

impl Host {
    pub fn new(settings: &External) -> Host {
        let (seats, all_seats) = (Semaphore::new(settings.host_concurrency), settings.host_concurrency as u32);
        Host { seats, all_seats, interval: settings.host_request_interval, mood: Mutex::default() }
    }

    /// Waits until the host may be asked. The permits are those of the run; who waits for a host holds none.
    pub async fn turn<'a>(&'a self, permits: &'a Semaphore) -> Turn<'a> {
        let over = Turn::Closed(Status::Unchecked(Unchecked::Deadline));
        loop {
            let strained = lock(&self.mood).strained;
            let wanted = if strained { self.all_seats } else { 1 };
            let Ok(seats) = self.seats.acquire_many(wanted).await else { return over };
            loop {
                if let Some(until) = self.rest() {
                    sleep_until(until).await;
                }
                let Ok(permit) = permits.acquire().await else { return over };
                let mut mood = lock(&self.mood);
                if let Some(status) = &mood.closed {
                    return Turn::Closed(status.clone());
                }
                if mood.strained != strained {
                    break;
                }
                // Somebody else may have had a turn, or the host a wish, while this worker waited for its permit.
                let now = Instant::now();
                if mood.until.is_none_or(|until| until <= now) {
                    mood.until = Some(now + self.interval);
                    return Turn::Granted(Grant { _permit: permit, _seats: seats });
                }
            }
        }
    }

    /// How long the host is to be left alone. A closed host is asked nothing more, so nobody waits for it.
    fn rest(&self) -> Option<Instant> {
        let mood = lock(&self.mood);
        mood.until.filter(|_| mood.closed.is_none())
    }

    /// Remembers whether the host said anything.
    pub fn note(&self, reply: &Reply) {
        let mut mood = lock(&self.mood);
        let silent = matches!(reply, Reply::Failed(Failure::Silent | Failure::Refused));
        let failing = matches!(reply, Reply::Failed(_) | Reply::Answered { code: 500..=599, .. });
        mood.heard |= matches!(reply, Reply::Answered { .. } | Reply::Redirected { .. });
        mood.silences = if silent { mood.silences + 1 } else { 0 };
        mood.troubles = if failing { mood.troubles + 1 } else { 0 };
        // One that did answer has other pages that may be slow.
        let most = if mood.heard { TROUBLES } else { SILENCES };
        if mood.silences >= most {
            mood.closed.get_or_insert_with(|| Status::Unreachable("the host does not answer".to_string()));
        }
    }

    /// Whether a failure may be one of the page alone, which may pass.
    pub fn deserves_patience(&self) -> bool {
        lock(&self.mood).troubles < TROUBLES
    }

    /// Leaves the host alone, and asks it one by one from then on.
    pub fn pause(&self, pause: Duration) {
        let mut mood = lock(&self.mood);
        mood.until = mood.until.max(Instant::now().checked_add(pause));
        mood.strained = true;
    }

    /// Asks nothing more of this host.
    pub fn close(&self, status: Status) {
        lock(&self.mood).closed.get_or_insert(status);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn code(code: u16) -> Reply {
        Reply::Answered { code, retry_after: None, fragments: BTreeMap::new() }
    }

    #[test]
    fn silence_closes_a_host() {
        let silent = || Reply::Failed(Failure::Silent);
        let closed = |replies: &[Reply]| {
            let host = Host::new(&External::default());
            replies.iter().for_each(|reply| host.note(reply));
            lock(&host.mood).closed.is_some()
        };
        assert!(!closed(&[silent(), silent()]));
        assert!(closed(&[silent(), silent(), silent()]));
        assert!(!closed(&[code(200), silent(), silent(), silent()]));
        let often: Vec<Reply> = (0..8).map(|_| silent()).collect();
        assert!(closed(&[&[code(404)], &often[..]].concat()));
        assert!(!closed(&[&often[..2], &[code(404)], &often[..7]].concat()));
    }

    #[test]
    fn patience_ends_where_all_fails() {
        let host = Host::new(&External::default());
        (0..7).for_each(|_| host.note(&code(503)));
        assert!(host.deserves_patience());
        host.note(&code(500));
        assert!(!host.deserves_patience());
        host.note(&code(200));
        assert!(host.deserves_patience());
    }
}
