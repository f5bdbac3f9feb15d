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
    /// Pages in a row that could not be had, after all patience.
    troubles: u32,
    /// What is said of all addresses that it is not asked for any more.
    closed: Option<Status>,
}

/// So many requests without any answer tell of a host that is not there.
const SILENCES: u32 = 3;
/// So many pages in a row that fail tell that the trouble is the host's.
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
        mood.heard |= matches!(reply, Reply::Answered { .. } | Reply::Redirected { .. });
        mood.silences = if silent { mood.silences + 1 } else { 0 };
        if !mood.heard && mood.silences >= SILENCES {
            mood.closed.get_or_insert_with(|| Status::Unreachable("the host does not answer".to_string()));
        } else if silent && mood.troubles >= TROUBLES {
            // What its other pages would have been, nobody knows.
            mood.closed.get_or_insert_with(|| Status::Unknown("the host has stopped answering".to_string()));
        }
    }

    /// Remembers how the questions for its pages end.
    pub fn note_end(&self, status: &Status) {
        let mut mood = lock(&self.mood);
        mood.troubles = if matches!(status, Status::Unreachable(_)) { mood.troubles + 1 } else { 0 };
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

    /// Whether it is left alone just now, as it wished.
    pub fn is_resting(&self) -> bool {
        lock(&self.mood).strained && self.rest().is_some_and(|until| until > Instant::now())
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

    fn host(pages: &[Status], replies: &[Reply]) -> Host {
        let host = Host::new(&External::default());
        pages.iter().for_each(|status| host.note_end(status));
        replies.iter().for_each(|reply| host.note(reply));
        host
    }

    #[test]
    fn silence_closes_a_host() {
        let answer = Reply::Answered { code: 404, retry_after: None, fragments: BTreeMap::new() };
        let silent = Reply::Failed(Failure::Silent);
        let failed = Status::Unreachable("it fails".to_string());
        let closed = |pages: &[Status], replies: &[&Reply]| {
            let replies: Vec<Reply> = replies.iter().copied().cloned().collect();
            lock(&host(pages, &replies).mood).closed.clone()
        };
        let (absent, stopped) = ("the host does not answer".to_string(), "the host has stopped answering".to_string());
        assert_eq!(closed(&[], &[&silent, &silent]), None);
        assert_eq!(closed(&[], &[&silent, &silent, &silent]), Some(Status::Unreachable(absent)));
        assert_eq!(closed(&[], &[&answer, &silent, &silent, &silent]), None);
        assert_eq!(closed(&vec![failed.clone(); 8], &[&answer, &silent]), Some(Status::Unknown(stopped)));
        assert_eq!(closed(&vec![failed.clone(); 8], &[&answer]), None);
        assert_eq!(closed(&vec![failed; 7], &[&answer, &silent]), None);
    }

    #[test]
    fn patience_ends_where_all_fails() {
        let failed = Status::Unreachable("it fails".to_string());
        assert!(host(&vec![failed.clone(); 7], &[]).deserves_patience());
        assert!(!host(&vec![failed.clone(); 8], &[]).deserves_patience());
        assert!(host(&[&vec![failed; 8][..], &[Status::Alive]].concat(), &[]).deserves_patience());
    }
}
