//! Ignores in the text: `<!-- proofpress-ignore dead-link: reason -->` silences a rule in the next block.
//!
//! `proofpress-ignore-file` silences it in the whole file. Both take several rules with commas between them.

use crate::diagnostic::Diagnostic;
use crate::page::{Kind, Page};
use crate::site::Site;
use crate::source::{FileId, Span};
use std::collections::HashMap;
use std::ops::Range;

/// The ignores of a book, and which of them were of use.
#[derive(Default)]
pub struct Ignores {
    by_file: HashMap<FileId, Vec<Ignore>>,
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

/// Finds the ignores in all texts that are part of pages.
pub fn collect(site: &Site) -> Ignores {
    let mut all = Ignores::default();
    let shown = site.shown_texts();
    for page in site.texts.iter().flatten().filter(|page| shown[page.file.index()]) {
        let text = site.sources.text(page.file);
        if text.contains(WORD) {
            all.by_file.insert(page.file, in_text(page, text));
        }
    }
    all
}

fn in_text(page: &Page, text: &str) -> Vec<Ignore> {
    let code: Vec<Range<usize>> = page
        .nodes
        .iter()
        .filter(|node| matches!(node.kind, Kind::CodeBlock(_) | Kind::InlineCode(_)))
        .map(|node| node.start as usize..node.end as usize)
        .collect();
    let mut found = Vec::new();
    for (start, _) in text.match_indices("<!--") {
        if code.iter().any(|code| code.contains(&start)) {
            continue;
        }
        let Some(end) = text[start..].find("-->").map(|end| start + end) else { break };
        let inner = start + 4..end;
        let Some(rest) = text[inner.clone()].trim_start().strip_prefix(WORD) else { continue };
        let (whole_file, rest) = rest.strip_prefix("-file").map_or((false, rest), |rest| (true, rest));
        if !rest.starts_with([' ', '\t', '\n', '\r']) {
            continue;
        }
        let range = if whole_file { 0..u32::MAX } else { next_block(page, end + 3) };
        let (rules, reason) = rest.split_once(':').unwrap_or((rest, ""));
        let mut at = end - rest.len();
        for part in rules.split(',') {
            let name = part.trim();
            let from = at + part.len() - part.trim_start().len();
            if !name.is_empty() {
                found.push(Ignore {
                    rule: name.to_string(),
                    span: Span::new(page.file, from..from + name.len()),
                    has_reason: !reason.trim().is_empty(),
                    range: range.clone(),
                    used: false,
                });
            }
            at += part.len() + 1;
        }
    }
    found
}

/// The block that begins after a place: a paragraph, a list, a table, a tag with all it holds.
fn next_block(page: &Page, after: usize) -> Range<u32> {
    let after = after as u32;
    let block = page.nodes.iter().skip(1).find(|node| {
        node.start >= after && node.end > node.start && !matches!(node.kind, Kind::End | Kind::Stray | Kind::SoftBreak)
    });
    block.map_or(after..after, |node| node.start..node.end)
}

impl Ignores {
    /// Whether the author silenced this finding; remembers that the ignore was of use.
    pub fn silence(&mut self, found: &Diagnostic) -> bool {
        let Some(ignores) = self.by_file.get_mut(&found.span.file) else { return false };
        let mut silenced = false;
        for ignore in ignores {
            if ignore.rule == found.rule && ignore.range.contains(&found.span.start) {
                ignore.used = true;
                silenced = true;
            }
        }
        silenced
    }

    /// Ignores that silence nothing although their rule `looked`, or do not say why.
    pub fn problems(&self, looked: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for ignore in self.by_file.values().flatten() {
            if !ignore.used && looked(&ignore.rule) {
                let message = format!("there is no `{}` to ignore here", ignore.rule);
                found.push(
                    Diagnostic::warning("unused-ignore", ignore.span, message)
                        .help("remove it, or correct the name of the rule"),
                );
            } else if ignore.used && !ignore.has_reason {
                let message = format!("this ignores `{}` without a reason", ignore.rule);
                found.push(
                    Diagnostic::note("ignore-without-reason", ignore.span, message)
                        .help("write why after a colon, for whoever reads it next"),
                );
            }
        }
        found
    }
}
