//! Ignores in the text: `proofpress-ignore dead-link, dead-anchor: reason` in a comment silences rules at one place.
//!
//! In Markdown it holds for the next block, in YAML and TOML for a line; `proofpress-ignore-file` holds for the file.

mod lines;
mod page;
mod place;

pub use place::{Place, Reach, comment_place};

use super::levels::unknown_rule;
use crate::book::is_markdown;
use crate::diagnostic::Diagnostic;
use crate::examples::Survey;
use crate::lint;
use crate::site::Site;
use crate::source::{FileId, Sources, Span};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

/// The ignores of a book or a plugin, and which of them were of use.
#[derive(Default)]
pub struct Ignores {
    by_file: BTreeMap<FileId, OfFile>,
}

/// The ignores of a file, in the order of their ranges.
struct OfFile {
    all: Vec<Ignore>,
    /// For each, where the last range ends of those up to here that hold for the same rule.
    reach: Vec<u32>,
    by_rule: HashMap<String, Vec<usize>>,
}

/// One rule that is silenced at one place.
struct Ignore {
    rule: String,
    /// Where the rule is named.
    span: Span,
    has_reason: bool,
    /// Bytes of the file in which it holds.
    range: Range<u32>,
    used: bool,
}

const WORD: &str = "proofpress-ignore";

/// The rules about texts that are on no page.
const UNREAD: [&str; 2] = ["orphan-page", "unused-include"];

fn is_in(text: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), WORD.as_bytes()).is_some()
}

/// Finds the ignores in all texts of a book in which something can be found: pages, texts that are on none, tables of
/// contents, settings, and files that are examples.
pub fn of_book(site: &Site, survey: &Survey) -> Ignores {
    let mut all = Ignores::default();
    let shown = site.shown_texts();
    let summaries: BTreeSet<FileId> = site.config.spaces.iter().filter_map(|space| space.summary).collect();
    let is_checked = |file: FileId| shown[file.index()] || summaries.contains(&file);
    for page in site.texts.iter().flatten() {
        let text = site.sources.text(page.file);
        if is_in(text) {
            let mut ignores = page::ignores(page, text);
            // Of a text that nobody reads only this is told, so nothing else in it can be of use, or of none.
            ignores.retain(|ignore| is_checked(page.file) || UNREAD.contains(&&*ignore.rule));
            all.by_file.insert(page.file, OfFile::new(ignores));
        }
    }
    let settings = ["book.toml", ".gitbook.yaml", "docs.yaml", "gitbook-docs.yaml"];
    let is_setting = |path: &str| settings.contains(&path.rsplit('/').next().unwrap_or(path));
    let examples: BTreeSet<FileId> = survey.listed.iter().map(|listed| listed.span.file).collect();
    all.add_lines(&site.sources, |file, path| is_setting(path) || examples.contains(&file));
    all
}

/// Finds the ignores in all files of a plugin.
pub fn of_plugin(sources: &Sources) -> Ignores {
    let mut all = Ignores::default();
    all.add_lines(sources, |_, _| true);
    all
}

impl Ignores {
    fn add_lines(&mut self, sources: &Sources, is_checked: impl Fn(FileId, &str) -> bool) {
        for (file, source) in sources.files().filter(|(file, source)| is_checked(*file, &source.path)) {
            let has_comments = !is_markdown(&source.path) && !source.path.ends_with(".json");
            if has_comments && is_in(&source.text) {
                self.by_file.insert(file, OfFile::new(lines::ignores(file, &source.text)));
            }
        }
    }

    /// Whether the author silenced this finding; remembers that the ignore was of use.
    pub fn silence(&mut self, found: &Diagnostic) -> bool {
        self.by_file.get_mut(&found.span.file).is_some_and(|ignores| ignores.silence(found))
    }

    /// Ignores of rules that do not exist, that silence nothing although their rule `looked`, or that do not say why.
    pub fn problems(&self, looked: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
        self.by_file
            .values()
            .flat_map(|ignores| &ignores.all)
            .filter_map(|ignore| ignore.problem(looked(&ignore.rule)))
            .collect()
    }
}

impl OfFile {
    fn new(mut all: Vec<Ignore>) -> OfFile {
        all.sort_by_key(|ignore| ignore.range.start);
        let (mut reach, mut by_rule) = (Vec::with_capacity(all.len()), HashMap::<String, Vec<usize>>::new());
        for (at, ignore) in all.iter().enumerate() {
            let same = by_rule.entry(ignore.rule.clone()).or_default();
            let before = same.last().map_or(0, |before: &usize| reach[*before]);
            reach.push(ignore.range.end.max(before));
            same.push(at);
        }
        OfFile { all, reach, by_rule }
    }

    /// Looks backwards from the last range that begins before the finding to where none reaches it any more.
    fn silence(&mut self, found: &Diagnostic) -> bool {
        let (at, mut silenced) = (found.span.start, false);
        let Some(same) = self.by_rule.get(&*found.rule) else { return false };
        let before = same.partition_point(|ignore| self.all[*ignore].range.start <= at);
        for ignore in same[..before].iter().rev().take_while(|ignore| self.reach[**ignore] > at) {
            let ignore = &mut self.all[*ignore];
            if ignore.range.contains(&at) {
                ignore.used = true;
                silenced = true;
            }
        }
        silenced
    }
}

impl Ignore {
    fn problem(&self, looked: bool) -> Option<Diagnostic> {
        let rule = &self.rule;
        if lint::rule(rule).is_none() {
            return Some(unknown_rule(rule, Diagnostic::warning("unknown-rule", self.span, String::new())));
        }
        if !self.used && looked {
            let message = format!("there is no `{rule}` to ignore here");
            let found = Diagnostic::warning("unused-ignore", self.span, message);
            return Some(found.help("remove it, or move it to what it is for"));
        }
        let message = format!("this ignores `{rule}` without a reason");
        let found = Diagnostic::note("ignore-without-reason", self.span, message);
        (!self.has_reason).then(|| found.help("write why after a colon, for whoever reads it next"))
    }
}

/// What a comment says: whether for the whole file, which rules and where each stands in it, and whether it says why.
struct Directive<'t> {
    whole_file: bool,
    rules: Vec<(&'t str, usize)>,
    has_reason: bool,
}

impl<'t> Directive<'t> {
    /// None for a comment that is about something else.
    fn parse(comment: &'t str) -> Option<Directive<'t>> {
        let rest = comment.trim_start().strip_prefix(WORD)?;
        let (whole_file, rest) = rest.strip_prefix("-file").map_or((false, rest), |rest| (true, rest));
        if !rest.starts_with(char::is_whitespace) {
            return None;
        }
        let (names, reason) = rest.split_once(':').unwrap_or((rest, ""));
        let mut at = comment.len() - rest.len();
        let mut rules = Vec::new();
        for part in names.split(',') {
            let name = part.trim();
            if !name.is_empty() {
                rules.push((name, at + part.len() - part.trim_start().len()));
            }
            at += part.len() + 1;
        }
        Some(Directive { whole_file, rules, has_reason: !reason.trim().is_empty() })
    }

    /// The ignores of a comment that begins at `at`, which hold for `range`.
    fn ignores(self, file: FileId, at: usize, range: Range<u32>) -> impl Iterator<Item = Ignore> + use<'t> {
        let Directive { whole_file, rules, has_reason } = self;
        let range = if whole_file { 0..u32::MAX } else { range };
        rules.into_iter().map(move |(name, from)| Ignore {
            rule: name.to_string(),
            span: Span::new(file, at + from..at + from + name.len()),
            has_reason,
            range: range.clone(),
            used: false,
        })
    }
}
