//! What is wrong in a book in; for each page what a reader of the preview is told beside it, as JSON, out.

use super::Snapshot;
use super::answer::{Found, find};
use crate::diagnostic::{Diagnostic, Severity};
use crate::output::Artifact;
use crate::report::Lines;
use crate::site::assets::{decoded, space_around};
use crate::source::FileId;
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// The findings of a book by the files of the site that show them. A page shows those of the texts that it includes as
/// well; what belongs to no page stands on the home page.
#[derive(Default)]
pub struct Findings {
    all: Vec<Finding>,
    /// Positions in `all`, in the order of files and places.
    of: HashMap<String, Vec<usize>>,
    /// The texts that pages are made of.
    own: HashMap<String, String>,
}

#[derive(Serialize)]
struct Finding {
    rule: String,
    severity: &'static str,
    message: String,
    help: Option<String>,
    path: String,
    line: usize,
}

/// One page's part of them.
#[derive(Serialize)]
struct Part<'a> {
    /// The page's own text; findings elsewhere need their paths.
    path: Option<&'a str>,
    errors: usize,
    warnings: usize,
    found: Vec<&'a Finding>,
}

/// A page with more than these has its first ones listed; the rest is counted.
const LISTED: usize = 100;

/// The front page of the site.
const HOME: &str = "index.html";

impl Findings {
    pub fn new(snapshot: &Snapshot, found: &[Diagnostic]) -> Findings {
        let site = &snapshot.site;
        let mut shown: HashMap<FileId, Vec<&str>> = HashMap::new();
        let mut homes: HashMap<usize, &str> = HashMap::new();
        let mut findings = Findings::default();
        for (name, artifact) in &snapshot.output {
            let Artifact::Page(id) = artifact else { continue };
            let page = site.page(*id);
            findings.own.insert(name.clone(), site.sources.path(page.file).to_string());
            let texts: HashSet<FileId> = page.frames.iter().map(|frame| frame.file).collect();
            texts.into_iter().for_each(|text| shown.entry(text).or_default().push(name));
            if site.spaces[page.space].home == Some(*id) {
                homes.insert(page.space, name);
            }
        }
        let mut lines: HashMap<FileId, Lines> = HashMap::new();
        for found in found.iter().filter(|found| found.severity > Severity::Note) {
            let file = found.span.file;
            let (path, text) = (site.sources.path(file), site.sources.text(file));
            let lines = lines.entry(file).or_insert_with(|| Lines::new(text));
            let home = || {
                let space = site.spaces.iter().position(|space| {
                    !space.dir.is_empty() && space_around(&site.spaces, path).is_some_and(|of| of.dir == space.dir)
                });
                vec![space.and_then(|space| homes.get(&space).copied()).unwrap_or(HOME)]
            };
            for name in shown.get(&file).cloned().unwrap_or_else(home) {
                findings.of.entry(name.to_string()).or_default().push(findings.all.len());
            }
            findings.all.push(Finding {
                rule: found.rule.to_string(),
                severity: found.severity.name(),
                message: found.message.clone(),
                help: found.help.clone(),
                path: path.to_string(),
                line: lines.position(text, found.span.start as usize).line,
            });
        }
        findings
    }

    /// Those of the page at a path as it stands in a request, errors first.
    pub fn of(&self, snapshot: &Snapshot, path: &str) -> String {
        let name = decoded(path.strip_prefix('/').unwrap_or(path));
        let (of, path) = match find(&snapshot.output, &name) {
            Found::File(name, _) => (self.of.get(&*name), self.own.get(&*name)),
            _ => (None, None),
        };
        let mut all: Vec<&Finding> = of.into_iter().flatten().map(|at| &self.all[*at]).collect();
        all.sort_by_key(|found| found.severity != Severity::Error.name());
        let count = |severity: Severity| all.iter().filter(|found| found.severity == severity.name()).count();
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        let path = path.filter(|_| !all.is_empty()).map(String::as_str);
        let part = Part { path, errors, warnings, found: all.into_iter().take(LISTED).collect() };
        serde_json::to_string(&part).unwrap_or_default()
    }
}
