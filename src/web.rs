//! Links to other sites: the links of a book and what was known before in, what each address answers out.
//!
//! ```text
//! Site -> links (one address, all its places) -> cache or ask -> Answers -> judge -> diagnostics
//!                                                            \-> cache, for the next time
//! ```
//!
//! All of it is plain data but `ask`, the one place that talks to the network, and the only asynchronous code besides
//! the preview. It exists with the feature `external-links`; without it, only what a cache knows is known.

mod address;
#[allow(clippy::disallowed_methods)]
#[cfg(feature = "external-links")]
mod ask;
mod cache;
mod day;
mod judge;
mod links;

pub use address::{Barred, Reach, barred, reach};
pub use cache::Cache;
pub use day::Day;
pub use judge::judge;
pub use links::{Address, Place, links};

use crate::config::External;
use crate::report;
use std::collections::BTreeMap;

/// What is known of one address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: Status,
    /// Where the site says that the page has moved for good.
    pub moved: Option<String>,
    /// Whether the page has them; None for one that could not be looked for.
    pub fragments: BTreeMap<String, Option<bool>>,
    /// From the cache, not from the site.
    pub remembered: bool,
}

/// What became of an address. The words complete the sentence "the site …" or "it …".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    Alive,
    /// Surely gone: a reader meets nothing.
    Dead(String),
    /// Not there just now: a server that fails, is silent or cannot be trusted.
    Unreachable(String),
    /// Somebody is there, and does not tell a program.
    Unknown(String),
    /// Not asked for.
    Unchecked(Unchecked),
}

/// Why an address was not asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unchecked {
    Barred(Barred),
    /// Reserved for examples, or known not to answer programs.
    LeftOut,
    /// There is no answer in the cache, and the network is not to be used.
    Offline,
    /// The time for all requests was over.
    Deadline,
    /// Somebody wanted the run to end.
    Stopped,
}

impl Answer {
    pub fn new(status: Status) -> Answer {
        Answer { status, moved: None, fragments: BTreeMap::new(), remembered: false }
    }
}

/// How a run may find out.
pub struct Run<'a> {
    pub settings: &'a External,
    /// Believe the cache, and make no request.
    pub offline: bool,
    /// The cache is not the book's alone: what this book does not link to stays in it while it is young.
    pub shared: bool,
    pub today: Day,
    /// Called now and then.
    pub progress: &'a (dyn Fn(&Progress) + Sync),
}

/// How far a run is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    pub done: usize,
    pub all: usize,
    /// A host that asked for a pause which is not over.
    pub waiting: Option<String>,
}

/// Finds out about every address, in their order, which is sorted: from the cache where it is young enough, else from the sites. What
/// was learned is in the cache afterwards. An error is ours or this machine's, never a site's.
pub fn check(addresses: &[Address], run: &Run, cache: &mut Cache) -> Result<Vec<Answer>, String> {
    let mut answers: Vec<Option<Answer>> = addresses.iter().map(|address| known(address, run, cache)).collect();
    let open: Vec<&Address> =
        addresses.iter().zip(&answers).filter(|(_, answer)| answer.is_none()).map(|(address, _)| address).collect();
    let mut learned = ask_for(&open, run)?.into_iter();
    for (address, answer) in addresses.iter().zip(&mut answers) {
        if answer.is_none() {
            *answer = learned.next().map(|learned| {
                cache.learn(&address.url, &learned, run.today);
                settled(address, learned, run, cache)
            });
        }
    }
    let linked = |url: &str| addresses.binary_search_by(|address| (*address.url).cmp(url)).is_ok();
    cache.forget(run.today, run.settings.max_age, |url| run.shared || linked(url));
    Ok(answers.into_iter().map(|answer| answer.unwrap_or(Answer::new(Status::Unchecked(Unchecked::Offline)))).collect())
}

/// What was gone when its site last answered is gone until it says something else.
fn settled(address: &Address, learned: Answer, run: &Run, cache: &Cache) -> Answer {
    if matches!(learned.status, Status::Alive | Status::Dead(_)) {
        return learned;
    }
    let known = cache.recall(address, run.today, run.settings, true);
    known.filter(|known| matches!(known.status, Status::Dead(_))).unwrap_or(learned)
}

/// What needs no request.
fn known(address: &Address, run: &Run, cache: &Cache) -> Option<Answer> {
    if let Some(barred) = barred(&address.url, run.settings) {
        return Some(Answer::new(Status::Unchecked(Unchecked::Barred(barred))));
    }
    let remembered = cache.recall(address, run.today, run.settings, run.offline);
    remembered.or_else(|| run.offline.then(|| Answer::new(Status::Unchecked(Unchecked::Offline))))
}

#[cfg(feature = "external-links")]
fn ask_for(open: &[&Address], run: &Run) -> Result<Vec<Answer>, String> {
    if open.is_empty() { Ok(Vec::new()) } else { ask::ask(open, run.settings, run.progress) }
}

#[cfg(not(feature = "external-links"))]
fn ask_for(open: &[&Address], _: &Run) -> Result<Vec<Answer>, String> {
    if open.is_empty() {
        return Ok(Vec::new());
    }
    Err("this proofpress was built without the feature `external-links`, so it cannot ask other sites; build it with \
         this feature, or use `--external --offline` to see what the cache knows"
        .to_string())
}

/// How many addresses came to which end.
pub fn count(answers: &[Answer]) -> report::External {
    let mut out = report::External { addresses: answers.len(), ..report::External::default() };
    for answer in answers {
        *match answer.status {
            Status::Alive => &mut out.alive,
            Status::Dead(_) => &mut out.dead,
            Status::Unreachable(_) => &mut out.unreachable,
            Status::Unknown(_) => &mut out.unknown,
            Status::Unchecked(_) => &mut out.unchecked,
        } += 1;
        out.remembered += usize::from(answer.remembered);
    }
    out
}
