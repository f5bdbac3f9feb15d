//! `proofpress serve`: shows the site in a browser while it is written, and says what each change did.

use super::{Setup, place, print, say};
use crate::diagnostic::{Diagnostic, Severity};
use crate::highlight::Highlighter;
use crate::server::watch::Watch;
use crate::server::workspace::{Update, Workspace};
use crate::server::{self, Findings, Hosts, Preview, Snapshot};
use crate::source::Sources;
use crate::triage;
use std::collections::HashMap;
use std::io::{self, ErrorKind, IsTerminal};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

const HELP: &str = "\
Examples:
  proofpress serve               at http://127.0.0.1:4000/
  proofpress serve --host 0.0.0.0 --port 8080

Exit codes: 0 stopped with Ctrl+C, 2 could not serve.";

#[derive(clap::Args)]
#[command(after_long_help = HELP)]
pub struct Args {
    /// The book's folder, or a folder inside it.
    dir: Option<PathBuf>,
    /// The port to listen on; 0 for any that is free.
    #[arg(short, long, value_name = "N", default_value_t = 4000)]
    port: u16,
    /// The name or address to listen on. Only this machine can see the default.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1")]
    host: String,
    /// Fail when the port is busy instead of taking the next that is free.
    #[arg(long)]
    strict_port: bool,
    /// Leave code without colours.
    #[arg(long)]
    no_highlight: bool,
    /// Clear the terminal before each report. Does nothing where the output goes elsewhere.
    #[arg(long)]
    clear: bool,
}

/// How many ports after a busy one are tried.
const TRIES: u16 = 20;

pub fn run(args: Args, setup: &Setup) -> Result<ExitCode, String> {
    let began = Instant::now();
    let root = super::book(args.dir)?;
    let listener = listen(&args.host, args.port, if args.strict_port { 0 } else { TRIES })?;
    let port = listener.local_addr().map_err(|error| error.to_string())?.port();
    let highlighter = Arc::new(Highlighter::new(!args.no_highlight));
    let mut watch = Watch::new();
    let workspace = Workspace::open(&root, setup.given.clone(), watch.as_mut().ok(), highlighter.clone())?;
    let snapshot = workspace.current().clone();
    let mut lines = format!(
        "Serving {} ({} read in {} ms)\n",
        url(&args.host, port),
        count(snapshot.site.pages.len(), "page"),
        began.elapsed().as_millis()
    );
    if args.port != 0 && port != args.port {
        lines.push_str(&format!("note: port {} is busy, so this is {port}\n", args.port));
    }
    let preview = Arc::new(Preview::new(snapshot, highlighter, Hosts::new(&args.host)));
    let shared = preview.clone();
    let clear = args.clear && io::stderr().is_terminal();
    let report = Report { root, setup: setup.clone(), clear, lines: lines.clone(), known: HashMap::new() };
    let ready = move || {
        say(&mut io::stderr(), &lines);
        std::thread::spawn(move || follow(workspace, watch, &shared, report));
    };
    server::run(listener, preview, ready).map_err(|error| format!("cannot serve: {error}"))?;
    Ok(ExitCode::SUCCESS)
}

/// Listens on the port, or on one of the next few when it is busy.
fn listen(host: &str, port: u16, tries: u16) -> Result<TcpListener, String> {
    // Only a URL has brackets around an address.
    let name = host.trim_start_matches('[').trim_end_matches(']');
    let mut next = port;
    loop {
        match TcpListener::bind((name, next)) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == ErrorKind::AddrInUse => match next.checked_add(1) {
                Some(after) if after - port <= tries => next = after,
                _ if tries == 0 => return Err(format!("port {port} is busy")),
                _ => return Err(format!("the ports {port} to {next} are busy; choose another with `--port`")),
            },
            Err(error) => return Err(format!("cannot listen on `{host}`, port {next}: {error}")),
        }
    }
}

/// The address to open in a browser.
fn url(host: &str, port: u16) -> String {
    match host {
        "0.0.0.0" => format!("http://127.0.0.1:{port}/"),
        "::" | "[::]" => format!("http://[::1]:{port}/"),
        host if host.contains(':') && !host.starts_with('[') => format!("http://[{host}]:{port}/"),
        host => format!("http://{host}:{port}/"),
    }
}

fn count(n: usize, word: &str) -> String {
    if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") }
}

/// Follows the changes of the book for as long as the preview runs. Browsers are told before problems are looked for.
fn follow(mut workspace: Workspace, watch: Result<Watch, String>, preview: &Preview, mut report: Report) {
    preview.tell(report.first(workspace.current()));
    let mut watch = match watch {
        Ok(watch) => watch,
        Err(error) => return report.warn(&format!("changes are not seen: {error}")),
    };
    loop {
        if let Some(trouble) = watch.trouble.take() {
            report.warn(&format!("some changes are not seen: {trouble}"));
        }
        let Some(batch) = watch.next() else { return };
        match workspace.update(&batch, &mut watch) {
            Ok(Some(update)) => {
                preview.publish(update.snapshot.clone());
                preview.tell(report.update(&update, batch.began));
            }
            Ok(None) => {}
            Err(error) => report.warn(&format!("{error}\nnote: the preview stays as it was")),
        }
    }
}

/// What the terminal shows. Problems that it showed before are not shown again.
struct Report {
    root: PathBuf,
    setup: Setup,
    clear: bool,
    /// What stands above all reports where the terminal is cleared.
    lines: String,
    known: HashMap<Problem, usize>,
}

/// A problem wherever in its file it stands: lines move while one writes.
type Problem = (String, Severity, String, String);

impl Report {
    fn warn(&self, message: &str) {
        say(&mut io::stderr(), &format!("warning: {message}\n"));
    }

    /// The problems that a book has to begin with.
    fn first(&mut self, snapshot: &Snapshot) -> Findings {
        let site = &snapshot.site;
        let found = triage::findings(site);
        let (new, _) = self.remember(&found, &site.sources);
        print(&new, &site.sources, &self.root, &self.setup, Severity::Warning, 20);
        say(&mut io::stderr(), &format!("{}\n", crate::report::summary(&found)));
        Findings::new(snapshot, &found)
    }

    fn update(&mut self, update: &Update, began: Instant) -> Findings {
        let milliseconds = began.elapsed().as_millis();
        if let Some(complaint) = &update.complaint {
            self.warn(&format!("{complaint}\nnote: the preview keeps the theme that it had"));
        }
        let site = &update.snapshot.site;
        let found = triage::findings(site);
        let (new, resolved) = self.remember(&found, &site.sources);
        let findings = Findings::new(&update.snapshot, &found);
        let Some((first, others)) = update.changed.split_first() else { return findings };
        let first = place(&self.root).shown(first);
        let others =
            if others.is_empty() { String::new() } else { format!(" and {}", count(others.len(), "other file")) };
        let pages = if update.pages == 0 { String::new() } else { format!("{} in ", count(update.pages, "page")) };
        let problems = found.iter().filter(|found| found.severity > Severity::Note).count();
        let resolved = if resolved == 0 { String::new() } else { format!(", {resolved} resolved") };
        let line = format!(
            "[{}] {first}{others} changed: {pages}{milliseconds} ms; {}{resolved}\n",
            jiff::Zoned::now().strftime("%H:%M:%S"),
            count(problems, "problem")
        );
        // On an empty terminal what was shown before has to be shown again.
        let shown = if self.clear { &found } else { &new };
        let top = if self.clear { format!("\x1b[H\x1b[2J\x1b[3J{}", self.lines) } else { String::new() };
        say(&mut io::stderr(), &(top + &line));
        print(shown, &site.sources, &self.root, &self.setup, Severity::Warning, 20);
        findings
    }

    /// The problems that were not there the last time, and how many of those are gone.
    fn remember(&mut self, found: &[Diagnostic], sources: &Sources) -> (Vec<Diagnostic>, usize) {
        let mut before = std::mem::take(&mut self.known);
        let mut new = Vec::new();
        for found in found.iter().filter(|found| found.severity > Severity::Note) {
            let path = sources.path(found.span.file).to_string();
            let problem = (path, found.severity, found.rule.to_string(), found.message.clone());
            match before.get_mut(&problem).filter(|left| **left > 0) {
                Some(left) => *left -= 1,
                None => new.push(found.clone()),
            }
            *self.known.entry(problem).or_default() += 1;
        }
        (new, before.values().sum())
    }
}
