//! What was found, in the form that a reader wants: checked books and plugins in, text for people or programs out.
//!
//! A new format is a file in `report/` and its two words here. Formats look; what is shown and in which order is
//! decided once, by [`Report::new`].

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{FileId, Settings, Sources, Span};
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::sync::Arc;

mod concise;
mod fingerprint;
mod github;
mod gitlab;
mod human;
pub mod json;
mod jsonl;
mod junit;
mod lines;
mod markdown;
mod place;
mod sarif;
mod summary;
mod text;

pub use fingerprint::fingerprints;
pub use human::{Look, human};
pub use json::SCHEMA as OUTPUT_SCHEMA;
pub use lines::{Lines, Position, position};
pub use markdown::table;
pub use place::Place;
pub use summary::{count, line, summary};

/// All formats, in the order in which they are explained.
pub static FORMATS: &[&Format] = &[
    &human::FORMAT,
    &concise::FORMAT,
    &json::FORMAT,
    &jsonl::FORMAT,
    &sarif::FORMAT,
    &github::FORMAT,
    &gitlab::FORMAT,
    &junit::FORMAT,
    &markdown::FORMAT,
];

/// One way to write a report down.
pub struct Format {
    pub name: &'static str,
    pub about: &'static str,
    pub write: fn(&Report, &mut dyn Write) -> io::Result<()>,
}

/// One thing that was checked: a book, a folder of a plugin, a file. One run may check several.
pub struct Checked {
    pub sources: Arc<Sources>,
    pub place: Place,
    pub diagnostics: Vec<Diagnostic>,
    pub counts: Counts,
}

/// How much was looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    pub pages: usize,
    pub links: usize,
    pub examples: crate::examples::Counts,
    pub external: External,
}

/// What became of the addresses on other sites, each counted once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct External {
    pub addresses: usize,
    pub alive: usize,
    pub dead: usize,
    pub unreachable: usize,
    pub unknown: usize,
    /// Not asked for: without `--external` all of them.
    pub unchecked: usize,
    /// Of all that are known, how many from the cache.
    pub remembered: usize,
}

/// Everything that a format may say.
pub struct Report<'a> {
    /// In the order of what was checked, then of places.
    pub findings: Vec<Finding<'a>>,
    pub counts: Counts,
    /// The least that makes the run fail.
    pub fail_on: Severity,
    /// The text for people shows findings that have one cause as one.
    pub grouped: bool,
}

/// A diagnostic with all that it takes to say where it is.
#[derive(Clone, Copy)]
pub struct Finding<'a> {
    pub found: &'a Diagnostic,
    files: &'a Files<'a>,
}

/// The texts of one checked thing. Each file's lines are counted once, when the first finding in it is shown.
pub struct Files<'a> {
    sources: &'a Sources,
    place: &'a Place,
    lines: Vec<OnceCell<Lines>>,
}

impl Checked {
    /// Whether the settings have an error, so that other things may have been looked at than were meant.
    pub fn is_misled(&self) -> bool {
        let Settings { file, over } = self.sources.settings();
        let settings: Vec<FileId> =
            [file, over].into_iter().flatten().filter_map(|path| self.sources.find(path)).collect();
        self.diagnostics.iter().any(|found| found.severity == Severity::Error && settings.contains(&found.span.file))
    }

    pub fn files(&self) -> Files<'_> {
        Files::new(&self.sources, &self.place)
    }
}

impl<'a> Report<'a> {
    /// What is shown of the findings, from [`least`] on. `files` are those of `checked`, in the same order.
    pub fn new(checked: &'a [Checked], files: &'a [Files<'a>], fail_on: Severity) -> Report<'a> {
        let least = least(fail_on);
        let mut findings = Vec::new();
        let mut counts = Counts::default();
        for (checked, files) in checked.iter().zip(files) {
            let from = findings.len();
            let shown = checked.diagnostics.iter().filter(|found| found.severity >= least);
            findings.extend(shown.map(|found| Finding { found, files }));
            findings[from..].sort_by(|a, b| {
                let key = |finding: &Finding<'a>| (finding.found.span, &finding.found.rule, &finding.found.message);
                key(a).cmp(&key(b))
            });
            counts.add(&checked.counts);
        }
        Report { findings, counts, fail_on, grouped: true }
    }

    /// How many findings have this severity.
    pub fn of(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.found.severity == severity).count()
    }

    /// How many findings have exactly one right repair.
    pub fn fixable(&self) -> usize {
        self.findings.iter().filter(|finding| finding.found.fix.as_ref().is_some_and(|fix| fix.safe)).count()
    }

    /// In how many files something was found.
    pub fn faulty_files(&self) -> usize {
        self.findings.iter().map(Finding::path).collect::<BTreeSet<_>>().len()
    }

    /// Whether the run fails.
    pub fn fails(&self) -> bool {
        self.findings.iter().any(|finding| finding.found.severity >= self.fail_on)
    }
}

/// The least that is shown: notes only where they count.
pub fn least(fail_on: Severity) -> Severity {
    fail_on.min(Severity::Warning)
}

impl Counts {
    fn add(&mut self, other: &Counts) {
        self.pages += other.pages;
        self.links += other.links;
        self.examples.checked += other.examples.checked;
        self.examples.fragments += other.examples.fragments;
        self.examples.should_fail += other.examples.should_fail;
        self.examples.unbound += other.examples.unbound;
        self.external.addresses += other.external.addresses;
        self.external.alive += other.external.alive;
        self.external.dead += other.external.dead;
        self.external.unreachable += other.external.unreachable;
        self.external.unknown += other.external.unknown;
        self.external.unchecked += other.external.unchecked;
        self.external.remembered += other.external.remembered;
    }
}

impl<'a> Files<'a> {
    pub fn new(sources: &'a Sources, place: &'a Place) -> Files<'a> {
        Files { sources, place, lines: (0..sources.len()).map(|_| OnceCell::new()).collect() }
    }

    /// From the current folder, with `/`.
    pub fn path(&self, file: FileId) -> String {
        self.place.shown(self.sources.path(file))
    }

    /// For services, which know no current folder: from the root of the Git repository, where there is one.
    pub fn in_repository(&self, file: FileId) -> String {
        self.place.in_repository(self.sources.path(file))
    }

    pub fn finding(&'a self, found: &'a Diagnostic) -> Finding<'a> {
        Finding { found, files: self }
    }

    /// Where a span begins and ends. One that reaches out of its text is cut.
    pub fn range(&self, span: Span) -> (Position, Position) {
        let text = self.sources.text(span.file);
        let lines = self.lines(span.file);
        let start = lines.position(text, span.start as usize);
        (start, lines.position(text, (span.end as usize).max(start.offset)))
    }

    fn lines(&self, file: FileId) -> &Lines {
        self.lines[file.index()].get_or_init(|| Lines::new(self.sources.text(file)))
    }
}

impl Finding<'_> {
    pub fn path(&self) -> String {
        self.files.path(self.found.span.file)
    }

    pub fn in_repository(&self) -> String {
        self.files.in_repository(self.found.span.file)
    }

    pub fn start(&self) -> Position {
        self.files.range(self.found.span).0
    }
}

#[cfg(test)]
mod tests;
