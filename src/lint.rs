//! Rules: the site in, findings out. A rule looks; it does not fix, print, filter or read files.
//!
//! A new rule is a file in `lint/`, its two words here, and a case in `tests/cases/lint/`.

use crate::diagnostic::{self, Diagnostic, Severity};
use crate::page::{Attr, Link, Page, Tag};
use crate::site::{Site, Target};
use rayon::prelude::*;

mod api_block;
mod dead_anchor;
mod dead_include;
mod dead_link;
mod expression;
mod formula;
mod hidden_condition;
mod loose_link;
mod lost_cell;
mod unknown_icon;
mod unknown_tag;
mod unlisted_page;

/// All rules that look at pages, in the order in which they are explained.
pub static RULES: &[&Rule] = &[
    &api_block::RULE,
    &dead_anchor::RULE,
    &dead_include::RULE,
    &dead_link::RULE,
    &expression::RULE,
    &formula::RULE,
    &hidden_condition::RULE,
    &loose_link::RULE,
    &lost_cell::RULE,
    &unknown_icon::RULE,
    &unknown_tag::RULE,
    &unlisted_page::RULE,
];

/// What the tool knows of a rule.
pub struct Rule {
    pub name: &'static str,
    pub severity: Severity,
    /// Why the reader should care.
    pub about: &'static str,
    pub check: Check,
}

/// What a rule looks at.
pub enum Check {
    /// Every text that is part of a page.
    Text(fn(&Site, &Page, &mut Sink)),
    /// Every link of such a text.
    Link(fn(&Site, &Page, &Link, &Target, &mut Sink)),
}

/// Takes the findings of one rule.
pub struct Sink {
    rule: &'static Rule,
    found: Vec<Diagnostic>,
}

impl Sink {
    pub fn report(&mut self, span: crate::source::Span, message: impl Into<String>) -> &mut Diagnostic {
        self.found.push(Diagnostic::new(self.rule.name, self.rule.severity, span, message));
        let last = self.found.len() - 1;
        &mut self.found[last]
    }
}

/// The conditions of a text: each `{% if … %}` with its expression.
fn conditions(page: &Page) -> impl Iterator<Item = (&Tag, &Attr)> {
    page.tags.iter().filter(|tag| &*tag.name == "if").filter_map(|tag| Some((tag, tag.find("")?)))
}

/// Everything found in the book, in the order of files and places: what parsing and analysis met, and what the rules see.
pub fn check(site: &Site) -> Vec<Diagnostic> {
    let shown = site.shown_texts();
    let mut all: Vec<Diagnostic> = site
        .texts
        .par_iter()
        .enumerate()
        .filter(|(file, _)| shown[*file])
        .filter_map(|(_, text)| text.as_deref())
        .flat_map_iter(|page| {
            let mut found = page.problems.clone();
            for rule in RULES {
                let mut sink = Sink { rule, found: Vec::new() };
                match rule.check {
                    Check::Text(check) => check(site, page, &mut sink),
                    Check::Link(check) => {
                        for (link, target) in page.links.iter().zip(&site.targets[page.file.index()]) {
                            check(site, page, link, target, &mut sink);
                        }
                    }
                }
                found.append(&mut sink.found);
            }
            found
        })
        .collect();
    all.extend(site.problems.iter().cloned());
    all.extend(crate::examples::check(site));
    for (file, source) in site.sources.files() {
        if let Some(at) = source.invalid.filter(|_| shown[file.index()]) {
            let span = crate::source::Span { file, start: at, end: at + 3 };
            all.push(
                Diagnostic::error("invalid-utf8", span, "this is not UTF-8")
                    .help("save the file as UTF-8; the page shows a replacement character here"),
            );
        }
    }
    apply_levels(site, &mut all);
    diagnostic::sort(&mut all);
    all.dedup();
    all
}

/// `[check]` in `book.toml` says how much each rule matters here.
fn apply_levels(site: &Site, all: &mut Vec<Diagnostic>) {
    let levels = &site.config.levels;
    all.retain_mut(|found| match levels.get(&*found.rule).map(|level| &**level) {
        Some("off") => false,
        Some("note") => set(found, Severity::Note),
        Some("warn" | "warning") => set(found, Severity::Warning),
        Some("error") => set(found, Severity::Error),
        _ => true,
    });
}

fn set(found: &mut Diagnostic, severity: Severity) -> bool {
    found.severity = severity;
    true
}
