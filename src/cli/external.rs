//! `check --external`: a book and the options in; what other sites say of its links out, and the cache kept up to date.

use super::say;
use crate::config::External;
use crate::diagnostic::Diagnostic;
use crate::report;
use crate::site::Site;
use crate::web::{self, Address, Answer, Cache, Day, Progress, Run, Status, Unchecked};
use std::collections::HashMap;
use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime};

#[derive(clap::Args)]
pub struct ExternalArgs {
    /// Ask other sites about links.
    ///
    /// Nothing is asked without this, or `enabled = true` in `[check.external]`.
    #[arg(long)]
    external: bool,
    /// Use no network: with `--external`, what the cache knows is all there is.
    #[arg(long, hide_short_help = true)]
    offline: bool,
    /// The file that keeps the answers for the next time; `.proofpress-links.json` of the book where there is one.
    #[arg(long, value_name = "FILE", requires = "external", hide_short_help = true)]
    cache: Option<PathBuf>,
}

/// A book that has this file keeps it up to date.
const CACHE: &str = ".proofpress-links.json";

/// Nobody needs to be told of what is over in a moment.
const MOMENT: Duration = Duration::from_millis(500);

impl ExternalArgs {
    pub fn is_on(&self) -> bool {
        self.external
    }
}

/// How a run asks: the options, and whether people want to see how far it is.
#[derive(Clone, Copy)]
pub struct Manner<'a> {
    pub args: &'a ExternalArgs,
    pub talks: bool,
}

/// What other sites have answered.
pub struct Answers {
    settings: External,
    by_address: HashMap<String, Answer>,
}

impl Answers {
    /// What they mean for a book, which may be an older version of the one that they were asked for.
    pub fn judge(&self, site: &Site) -> Vec<Diagnostic> {
        let addresses = web::links(site);
        let answer = |address: &Address| {
            let unknown = || Answer::new(Status::Unchecked(Unchecked::Offline));
            self.by_address.get(&address.url).cloned().unwrap_or_else(unknown)
        };
        let answers: Vec<Answer> = addresses.iter().map(answer).collect();
        web::judge(&addresses, &answers, &self.settings)
    }
}

/// Asks the sites that a book links to, and counts the addresses. No answers where nobody was to be asked.
pub fn ask(site: &Site, root: &Path, manner: Manner) -> Result<(Option<Answers>, report::External), String> {
    let Manner { args, talks } = manner;
    let addresses = web::links(site);
    if !args.external {
        let counts = report::External { addresses: addresses.len(), unchecked: addresses.len(), ..Default::default() };
        return Ok((None, counts));
    }
    let settings = &site.config.external;
    let file = file(root, args, settings.cache.as_deref());
    let (mut cache, text) = read(file.as_deref())?;
    let bar = Bar::new(talks && can_redraw());
    let run = Run {
        settings,
        offline: args.offline,
        shared: args.cache.is_some(),
        today: Day::of(SystemTime::now()),
        progress: &|progress| bar.show(progress),
    };
    let answers = web::check(&addresses, &run, &mut cache);
    bar.clear();
    let answers = answers?;
    if let Some(note) = late(&answers, settings, file.is_some()).filter(|_| talks) {
        say(&mut io::stderr(), &format!("note: {note}\n"));
    }
    let kept = file.filter(|_| !args.offline);
    if let Some(file) = kept.as_deref().filter(|_| cache.text() != text) {
        write(file, &cache.text())?;
    }
    if let Some(message) = stopped(&answers, kept.as_deref()) {
        return Err(message);
    }
    let counts = web::count(&answers);
    let by_address = addresses.into_iter().map(|address| address.url).zip(answers).collect();
    Ok((Some(Answers { settings: settings.clone(), by_address }), counts))
}

/// What to say when the time was over before all was asked.
fn late(answers: &[Answer], settings: &External, kept: bool) -> Option<String> {
    let late = answers.iter().filter(|answer| answer.status == Status::Unchecked(Unchecked::Deadline)).count();
    let next = if kept { "the next run goes on from there" } else { "raise it, or keep the answers in a file" };
    let seconds = settings.deadline.as_secs_f64();
    let links = report::count(late, "link");
    (late > 0).then(|| format!("{links} to other sites had no answer after {seconds} s, the `deadline`; {next}"))
}

/// What to say when somebody wanted the run to end: there is no report, because half of one looks like a whole one.
fn stopped(answers: &[Answer], kept: Option<&Path>) -> Option<String> {
    let open = answers.iter().filter(|answer| answer.status == Status::Unchecked(Unchecked::Stopped)).count();
    let next = match kept {
        Some(file) => format!("the others' answers are in `{}`, and the next run goes on from there", file.display()),
        None => format!("no file keeps the others' answers; with one, such as `{CACHE}`, the next run would go on"),
    };
    (open > 0).then(|| format!("stopped before {} to other sites had an answer; {next}", report::count(open, "link")))
}

fn file(root: &Path, args: &ExternalArgs, configured: Option<&str>) -> Option<PathBuf> {
    let own = || Some(root.join(CACHE)).filter(|file| file.is_file());
    args.cache.clone().or_else(|| configured.map(|file| root.join(file))).or_else(own)
}

/// What is known so far, and the text that says so; nothing where there is no file yet.
fn read(file: Option<&Path>) -> Result<(Cache, String), String> {
    let Some(file) = file else { return Ok(Default::default()) };
    let fault = |error: &dyn std::fmt::Display| {
        format!("cannot read the answers in `{}`: {error}; correct the file or delete it", file.display())
    };
    let text = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(fault(&error)),
    };
    Ok((Cache::parse(&text).map_err(|error| fault(&error))?, text))
}

/// Beside it first, so that there is always one whole file.
fn write(file: &Path, text: &str) -> Result<(), String> {
    let mut beside = file.as_os_str().to_owned();
    beside.push(format!(".{}~", std::process::id()));
    let result = fs::write(&beside, text).and_then(|()| fs::rename(&beside, file));
    result.map_err(|error| {
        let _ = fs::remove_file(&beside);
        format!("cannot write `{}`: {error}", file.display())
    })
}

/// Whether the terminal can take a line back.
fn can_redraw() -> bool {
    io::stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// One line on a terminal, which is gone afterwards.
struct Bar {
    is_on: bool,
    began: Instant,
    shown: AtomicBool,
}

impl Bar {
    fn new(is_on: bool) -> Bar {
        Bar { is_on, began: Instant::now(), shown: AtomicBool::new(false) }
    }

    fn show(&self, progress: &Progress) {
        if self.is_on && self.began.elapsed() >= MOMENT {
            self.shown.store(true, Ordering::Relaxed);
            say(&mut io::stderr(), &format!("\r{}\x1b[K", line(progress)));
        }
    }

    fn clear(&self) {
        if self.shown.load(Ordering::Relaxed) {
            say(&mut io::stderr(), "\r\x1b[K");
        }
    }
}

/// Fits into a terminal of 80 columns: what is wider cannot be taken back.
fn line(Progress { done, all, waiting }: &Progress) -> String {
    const CELLS: usize = 16;
    const LONGEST_NAME: usize = 20;
    let filled = (CELLS * done).checked_div(*all).unwrap_or(CELLS);
    let bar = "#".repeat(filled) + &"-".repeat(CELLS.saturating_sub(filled));
    let waiting = match waiting {
        Some(host) if host.len() <= LONGEST_NAME => format!("; {host} wants a pause"),
        Some(_) => "; a host wants a pause".to_string(),
        None => String::new(),
    };
    format!("Other sites [{bar}] {done} of {all}{waiting}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_fits() {
        let long = "a".repeat(70) + ".example.org";
        for (done, all, waiting, expected) in [
            (0, 300, None, "Other sites [----------------] 0 of 300"),
            (299, 300, None, "Other sites [###############-] 299 of 300"),
            (
                150,
                300,
                Some("docs.example.org"),
                "Other sites [########--------] 150 of 300; docs.example.org wants a pause",
            ),
            (300, 300, Some(&*long), "Other sites [################] 300 of 300; a host wants a pause"),
            (0, 0, None, "Other sites [################] 0 of 0"),
        ] {
            assert_eq!(line(&Progress { done, all, waiting: waiting.map(str::to_string) }), expected);
        }
        let widest = line(&Progress { done: 9_999, all: 9_999, waiting: Some("a".repeat(20)) });
        assert!(widest.len() < 80, "{}", widest.len());
    }
}
