//! One host: its queue of questions and its wishes in, who may ask it when out.

use super::super::{Status, Unchecked};
use super::lock;
use super::verdict::{Failure, Reply};
use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::Duration;
use tokio::sync::{Mutex as Line, MutexGuard, Semaphore, SemaphorePermit};
use tokio::time::{Instant, sleep_until};

pub struct Host {
    queue: Mutex<VecDeque<usize>>,
    mood: Mutex<Mood>,
    /// Where workers stand once the host has asked for less.
    line: Line<()>,
}

#[derive(Default)]
struct Mood {
    /// Nobody asks before.
    until: Option<Instant>,
    /// It has asked for a pause at least once.
    strained: bool,
    /// It has answered at least once.
    heard: bool,
    /// Requests that nobody answered, since the last answer.
    silences: u32,
    /// What is said of all that is still in the queue.
    closed: Option<Status>,
}

/// So many requests without any answer tell of a host that is not there.
const SILENCES: u32 = 3;

/// Whether it is this worker's turn.
pub enum Turn<'a> {
    Granted(Grant<'a>),
    Closed(Status),
}

/// Held during one request: a permit of the run, and the place in the line of a strained host.
pub struct Grant<'a> {
    _permit: SemaphorePermit<'a>,
    _place: Option<MutexGuard<'a, ()>>,
}

impl Host {
    pub fn new(queue: Vec<usize>) -> Host {
        Host { queue: Mutex::new(queue.into()), mood: Mutex::default(), line: Line::new(()) }
    }

    pub fn next(&self) -> Option<usize> {
        lock(&self.queue).pop_front()
    }

    pub fn waiting(&self) -> usize {
        lock(&self.queue).len()
    }

    /// Waits until the host may be asked.
    pub async fn turn<'a>(&'a self, permits: &'a Semaphore) -> Turn<'a> {
        loop {
            let strained = lock(&self.mood).strained;
            let place = if strained { Some(self.line.lock().await) } else { None };
            let until = {
                let mood = lock(&self.mood);
                if let Some(status) = &mood.closed {
                    return Turn::Closed(status.clone());
                }
                mood.until.filter(|until| *until > Instant::now())
            };
            if let Some(until) = until {
                // Who waits keeps the place, but takes no permit from other hosts.
                sleep_until(until).await;
                continue;
            }
            let Ok(permit) = permits.acquire().await else {
                return Turn::Closed(Status::Unchecked(Unchecked::Deadline));
            };
            let mood = lock(&self.mood);
            let changed = mood.strained != strained || mood.until.is_some_and(|until| until > Instant::now());
            if !changed && mood.closed.is_none() {
                return Turn::Granted(Grant { _permit: permit, _place: place });
            }
        }
    }

    /// Remembers whether the host said anything.
    pub fn note(&self, reply: &Reply) {
        let mut mood = lock(&self.mood);
        match reply {
            Reply::Answered { .. } => {
                mood.heard = true;
                mood.silences = 0;
            }
            Reply::Failed(failure @ (Failure::NoHost | Failure::Silent | Failure::Refused)) => {
                mood.silences += 1;
                if !mood.heard && mood.silences >= SILENCES && mood.closed.is_none() && *failure != Failure::NoHost {
                    mood.closed = Some(Status::Unreachable("the host does not answer".to_string()));
                }
            }
            _ => {}
        }
    }

    /// Leaves the host alone, and asks it one by one from then on.
    pub fn pause(&self, pause: Duration) {
        let mut mood = lock(&self.mood);
        mood.until = mood.until.max(Some(Instant::now() + pause));
        mood.strained = true;
    }

    /// Asks nothing more of this host.
    pub fn close(&self, status: Status) {
        lock(&self.mood).closed.get_or_insert(status);
    }
}
