//! Asking other sites: addresses in, what each answers out. The only code of the checks that uses the network.
//!
//! The addresses of a host are a queue with at most four workers. Before each request, the first one and those to which
//! redirects lead, a worker waits for a seat of the host that it is about to ask, and for one of the permits that all
//! workers share. A host that wants to be left alone for a while (`Retry-After`) is left alone by everybody, and is
//! asked one by one from then on. Whatever happens, the run ends at its deadline.
//!
//! lychee decides which addresses are worth a request, and asks the sites that it knows tricks for. It hands all other
//! requests to a handler of ours, because its own forgets `Retry-After`, does not repeat what failed for a moment, reads
//! texts of any length and follows redirects into private networks.

mod desk;
mod guard;
mod host;
mod page;
mod stop;
mod verdict;
mod visit;
mod way;

use super::address::host;
use super::{Address, Answer, Progress, Status, Unchecked};
use crate::config::External;
use desk::Desk;
use host::{Host, Turn};
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};
use verdict::{Failure, Next, Reply, Tries, verdict};
use visit::Visitor;
use way::Way;

/// Asks for all addresses, each once, and gives the answers in their order.
pub fn ask(
    addresses: &[&Address],
    settings: &External,
    progress: &(dyn Fn(&Progress) + Sync),
) -> Result<Vec<Answer>, String> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| format!("cannot start asking other sites: {error}"))?;
    let run = Arc::new(Run::new(addresses, settings)?);
    let unasked = runtime.block_on(all(&run, progress));
    // A look-up of a name cannot be stopped; nobody waits for it.
    runtime.shutdown_background();
    Ok(run.answers(unasked))
}

/// Starts the workers and waits for them, for the deadline, or for the wish to stop. Why there is no answer where there
/// is none.
async fn all(run: &Arc<Run>, progress: &(dyn Fn(&Progress) + Sync)) -> Unchecked {
    let mut workers = JoinSet::new();
    for (n, queue) in run.queues.iter().enumerate() {
        for _ in 0..run.settings.host_concurrency.min(lock(queue).len()) {
            workers.spawn(work(run.clone(), n));
        }
    }
    let mut ticks = interval(Duration::from_millis(100));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    let watch = async {
        loop {
            tokio::select! {
                next = workers.join_next() => if next.is_none() { break },
                _ = ticks.tick() => progress(&run.progress()),
            }
        }
    };
    // What is not done by then has no answer, which is an answer as well.
    tokio::select! {
        _ = timeout(run.settings.deadline, watch) => Unchecked::Deadline,
        () = stop::wanted() => Unchecked::Stopped,
    }
}

/// What all workers share.
struct Run {
    settings: External,
    questions: Vec<Question>,
    /// The numbers of the questions, by host.
    queues: Vec<Mutex<VecDeque<usize>>>,
    /// By their names with ports: those of the addresses, and those to which redirects lead.
    hosts: Mutex<HashMap<String, Arc<Host>>>,
    visitor: Arc<Visitor>,
    /// Those that nobody is using; there are never more than permits.
    desks: Mutex<Vec<Desk>>,
    permits: Semaphore,
    answers: Mutex<Vec<Option<Answer>>>,
    done: AtomicUsize,
    /// Some host of the world has said something: this machine is not cut off.
    heard: AtomicBool,
}

/// What is asked of a site.
struct Question {
    url: String,
    fragments: Vec<String>,
}

impl Run {
    fn new(addresses: &[&Address], settings: &External) -> Result<Run, String> {
        let fragments = |address: &Address| -> Vec<String> {
            let wanted = if settings.fragments { address.fragments() } else { Default::default() };
            wanted.into_iter().map(str::to_string).collect()
        };
        let questions: Vec<Question> = addresses
            .iter()
            .map(|address| Question { url: address.url.clone(), fragments: fragments(address) })
            .collect();
        let mut queues: BTreeMap<&str, VecDeque<usize>> = BTreeMap::new();
        for (n, question) in questions.iter().enumerate() {
            queues.entry(authority(&question.url)).or_default().push_back(n);
        }
        Ok(Run {
            settings: settings.clone(),
            queues: queues.into_values().map(Mutex::new).collect(),
            hosts: Mutex::default(),
            visitor: Arc::new(Visitor::new(settings)?),
            desks: Mutex::default(),
            permits: Semaphore::new(settings.concurrency),
            answers: Mutex::new(vec![None; questions.len()]),
            done: AtomicUsize::new(0),
            heard: AtomicBool::new(false),
            questions,
        })
    }

    fn answer(&self, question: usize, answer: Answer) {
        if let Some(place) = lock(&self.answers).get_mut(question) {
            *place = Some(answer);
        }
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    fn progress(&self) -> Progress {
        let hosts = lock(&self.hosts);
        let resting = hosts.iter().filter(|(_, host)| host.is_resting()).map(|(name, _)| name);
        let (done, all) = (self.done.load(Ordering::Relaxed), self.questions.len());
        Progress { done, all, waiting: resting.min().cloned() }
    }

    fn answers(&self, unasked: Unchecked) -> Vec<Answer> {
        let given = std::mem::take(&mut *lock(&self.answers));
        let heard = self.heard.load(Ordering::Relaxed);
        let late = || Answer::new(Status::Unchecked(unasked));
        given
            .into_iter()
            .map(|answer| answer.unwrap_or_else(late))
            .map(|answer| match answer.status {
                // No host at all was found: it is this machine that has no network.
                Status::Dead(why) if !heard => Answer::new(Status::Unreachable(why)),
                _ => answer,
            })
            .collect()
    }

    fn host(&self, url: &str) -> Arc<Host> {
        let new = || Arc::new(Host::new(&self.settings));
        lock(&self.hosts).entry(authority(url).to_string()).or_insert_with(new).clone()
    }

    /// One request, at a desk of its own.
    async fn request(&self, url: &str, fragments: &[String]) -> Reply {
        let idle = lock(&self.desks).pop();
        let desk = match idle.map_or_else(|| Desk::new(&self.visitor, &self.settings), Ok) {
            Ok(desk) => desk,
            Err(_) => return Reply::Failed(Failure::Other),
        };
        // Every request has its timeout, and tells what it has learned by then.
        let reply = desk.ask(url, fragments).await;
        lock(&self.desks).push(desk);
        if matches!(reply, Reply::Answered { .. } | Reply::Redirected { .. }) {
            self.heard.store(true, Ordering::Relaxed);
        }
        reply
    }
}

/// Takes one question after the other from a queue.
async fn work(run: Arc<Run>, queue: usize) {
    loop {
        let Some(question) = lock(&run.queues[queue]).pop_front() else { return };
        let answer = patiently(&run, &run.questions[question]).await;
        run.answer(question, answer);
    }
}

/// Asks, and follows redirects, until there is an answer that will not change by asking again.
async fn patiently(run: &Run, question: &Question) -> Answer {
    let mut way = Way::from(&question.url);
    let mut tries = 0;
    loop {
        let host = run.host(&way.url);
        let turn = match host.turn(&run.permits).await {
            Turn::Granted(turn) => turn,
            Turn::Closed(status) => return Answer::new(status),
        };
        let reply = run.request(&way.url, &question.fragments).await;
        host.note(&reply);
        let retries = if host.deserves_patience() { run.settings.retries } else { 0 };
        match verdict(reply, self::host(&way.url), Tries { done: tries, most: retries }, &run.settings) {
            Next::Done(answer) => {
                host.note_end(&answer.status);
                return way.end(answer);
            }
            Next::Follow { to, for_good } => {
                if let Err(status) = way.follow(to, for_good, &run.settings) {
                    return Answer::new(status);
                }
                tries = 0;
                continue;
            }
            Next::Wait(wait) => {
                drop(turn);
                sleep(wait).await;
            }
            Next::Pause(pause) => host.pause(pause),
            Next::Close { status, others } => {
                host.close(others);
                return Answer::new(status);
            }
        }
        tries += 1;
    }
}

/// The host with its port: what has one server.
fn authority(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?']).next().unwrap_or_default()
}

/// What a thread that failed has left is as good as anything.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
