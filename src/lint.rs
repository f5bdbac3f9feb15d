//! Rules: the site in, findings out. A rule looks; it does not fix, print, filter or read files.
//!
//! A new rule is a file in `lint/`, its two words here, and a case in `tests/cases/lint/`. What parsing and analysis
//! find on their way is described in `lint/elsewhere.rs`, so that every name in a report can be explained.

use crate::diagnostic::{Diagnostic, Severity};
use crate::page::cards::{cards, is_label};
use crate::page::{Attr, Kind, Link, NodeId, Page, Tag};
use crate::site::assets::decoded;
use crate::site::{Site, Target, resolve};
use crate::source::{FileId, Span};
use rayon::prelude::*;
use std::collections::HashSet;

mod api_block;
mod card_label;
mod card_target;
mod dead_anchor;
mod dead_include;
mod dead_link;
mod duplicate_id;
mod elsewhere;
mod empty_heading;
mod empty_link_text;
mod expression;
mod fence_language;
mod field_list_drift;
mod formula;
mod heading_order;
mod hidden_condition;
mod image_alt;
mod leftover_address;
mod loose_link;
mod lost_cell;
mod low_contrast;
mod malformed_address;
mod misnested_tag;
mod missing_attribute;
mod orphan_page;
mod placeholder_link;
mod repository_link;
mod reversed_link;
mod second_title;
mod setext_heading;
mod spaced_address;
mod stale_translation;
mod stolen_id;
mod unanchored_heading;
mod unclosed_fence;
mod undefined_reference;
mod unknown_attribute;
mod unknown_attribute_value;
mod unknown_icon;
mod unknown_kind;
mod unknown_language;
mod unknown_tag;
mod unlisted_page;
mod unmapped_space;
mod unused_asset;
mod unused_include;
mod unused_reference;

/// All rules, in the order in which they are explained.
pub static RULES: &[&Rule] = &[
    &api_block::RULE,
    &card_label::RULE,
    &card_target::RULE,
    &dead_anchor::RULE,
    &dead_include::RULE,
    &dead_link::RULE,
    &duplicate_id::RULE,
    &empty_heading::RULE,
    &empty_link_text::RULE,
    &expression::RULE,
    &fence_language::RULE,
    &field_list_drift::RULE,
    &formula::RULE,
    &heading_order::RULE,
    &hidden_condition::RULE,
    &image_alt::RULE,
    &leftover_address::RULE,
    &loose_link::RULE,
    &lost_cell::RULE,
    &low_contrast::RULE,
    &malformed_address::RULE,
    &misnested_tag::RULE,
    &missing_attribute::RULE,
    &orphan_page::RULE,
    &placeholder_link::RULE,
    &repository_link::RULE,
    &reversed_link::RULE,
    &second_title::RULE,
    &setext_heading::RULE,
    &spaced_address::RULE,
    &stale_translation::RULE,
    &stolen_id::RULE,
    &unanchored_heading::RULE,
    &unclosed_fence::RULE,
    &undefined_reference::RULE,
    &unknown_attribute::RULE,
    &unknown_attribute_value::RULE,
    &unknown_icon::RULE,
    &unknown_kind::RULE,
    &unknown_language::RULE,
    &unknown_tag::RULE,
    &unlisted_page::RULE,
    &unmapped_space::RULE,
    &unused_asset::RULE,
    &unused_include::RULE,
    &unused_reference::RULE,
    &elsewhere::COMPUTED_ENTRY,
    &elsewhere::CONFIG_DUPLICATE_KEY,
    &elsewhere::CONFIG_INVISIBLE_CHARACTER,
    &elsewhere::CONFIG_MISSING_FILE,
    &elsewhere::CONFIG_SYNTAX,
    &elsewhere::CONFIG_TYPE,
    &elsewhere::CONFIG_UNKNOWN_KEY,
    &elsewhere::CONFIG_UNUSED_FILE,
    &elsewhere::CONFIG_VALUE,
    &elsewhere::DEAD_REDIRECT,
    &elsewhere::EMPTY_SUMMARY_ENTRY,
    &elsewhere::ESCAPED_TAG,
    &elsewhere::FRONT_MATTER_SYNTAX,
    &elsewhere::FRONT_MATTER_TYPE,
    &elsewhere::INCLUDE_CYCLE,
    &elsewhere::INVALID_UTF8,
    &elsewhere::MISPLACED_END_TAG,
    &elsewhere::MISSING_PAGE,
    &elsewhere::REDIRECT_CHAIN,
    &elsewhere::REDIRECT_LOOP,
    &elsewhere::REPEATED_ENTRY,
    &elsewhere::STRAY_END_TAG,
    &elsewhere::STRAY_SUMMARY_TEXT,
    &elsewhere::UNCLOSED_TAG,
    &elsewhere::WRONG_SCHEMA,
];

pub use elsewhere::{EXTERNAL, FAULTS, external};

/// Whatever has this name in a report, here or in an example, a plugin or an ignore.
pub fn rule(name: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.name == name)
}

/// Every rule there is: those of [`RULES`], of [`FAULTS`] and of [`EXTERNAL`].
pub fn all() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().copied().chain(FAULTS).chain(EXTERNAL.iter().copied())
}

/// The versions that brought the rules which did not come with the first one.
const SINCE: &[(&str, &str)] = &[];

/// The version of Proofpress that first had a rule.
pub fn since(name: &str) -> &'static str {
    SINCE.iter().find(|(rule, _)| *rule == name).map_or("0.1.0", |(_, version)| version)
}

/// What the tool knows of a rule.
pub struct Rule {
    pub name: &'static str,
    pub severity: Severity,
    /// Looks only where `[check]` in `book.toml` names it.
    pub off: bool,
    /// Why the reader should care.
    pub about: &'static str,
    /// A small book with the fault, and the same without it. The text is that of `README.md`; a line `-- path --` begins
    /// another file. Beside them stand `guide.md`, which has the heading `## Install`, and the image `plan.png`. Empty
    /// where a few lines cannot show it.
    pub wrong: &'static str,
    pub right: &'static str,
    pub check: Check,
}

/// What a rule looks at.
pub enum Check {
    /// The whole book, once.
    Book(fn(&Site, &mut Sink)),
    /// Every text that is part of a page.
    Text(fn(&Site, &Page, &mut Sink)),
    /// Every link of such a text that a reader can follow.
    Link(fn(&Site, &Page, &Link, &Target, &mut Sink)),
    /// Nothing more: parsing, configuration or analysis has found it.
    Elsewhere,
}

/// Takes the findings of one rule.
pub struct Sink {
    rule: &'static Rule,
    found: Vec<Diagnostic>,
}

impl Sink {
    pub fn report(&mut self, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        self.found.push(Diagnostic::new(self.rule.name, self.rule.severity, span, message));
        let last = self.found.len() - 1;
        &mut self.found[last]
    }
}

/// The conditions of a text: each `{% if … %}` with its expression.
fn conditions(page: &Page) -> impl Iterator<Item = (&Tag, &Attr)> {
    page.tags.iter().filter(|tag| &*tag.name == "if").filter_map(|tag| Some((tag, tag.find("")?)))
}

/// Where a link stands: its address, or all of it where that is defined elsewhere.
fn link_place(page: &Page, node: NodeId, link: &Link) -> Span {
    let whole = page.span(page.node(node));
    if (whole.start..whole.end).contains(&link.start) { page.link_span(link) } else { whole }
}

/// The name of the raw HTML element at a node.
fn element(page: &Page, node: NodeId) -> Option<&Tag> {
    match page.node(node).kind {
        Kind::Element(tag) => Some(&page.tags[tag as usize]),
        _ => None,
    }
}

/// Whether a node's subtree shows anything at all: words, an image, an icon, a formula.
fn shows_something(page: &Page, source: &str, node: NodeId) -> bool {
    (node + 1..page.node(node).next).any(|id| {
        let node = page.node(id);
        match node.kind {
            Kind::Text => !source[node.start as usize..node.end as usize].trim().is_empty(),
            Kind::Literal(text) => !page.string(text).trim().is_empty(),
            Kind::InlineCode(_) | Kind::Math(_) | Kind::Image(_) | Kind::NoteMark(_) | Kind::Tag(_) => true,
            Kind::Element(tag) => {
                matches!(&*page.tags[tag as usize].name, "img" | "i" | "svg" | "picture" | "video" | "input" | "iframe")
            }
            _ => false,
        }
    })
}

/// The address of a link as it stands in the file, when that is what it means: only then can a part of it be replaced.
fn as_written<'s>(site: &'s Site, page: &Page, link: &Link) -> Option<&'s str> {
    Some(&site.sources[page.link_span(link)]).filter(|text| **text == *link.dest)
}

/// The path in the book that an address means, whether or not it is there: one cause for all links to it.
fn meant(site: &Site, page: &Page, dest: &str) -> Option<String> {
    let path = decoded(resolve::split(dest).0).replace('\\', "/");
    match path.strip_prefix('/') {
        Some(path) => resolve::join("", path),
        None => resolve::join(resolve::parent(site.sources.path(page.file)), &path),
    }
}

/// What a message calls a file: its name, which for a README says too little without the folder.
pub fn called(path: &str) -> &str {
    let start = |path: &str| path.rfind('/').map_or(0, |at| at + 1);
    let name = start(path);
    match path[name..].eq_ignore_ascii_case("README.md") && name > 0 {
        true => &path[start(&path[..name - 1])..],
        false => &path[name..],
    }
}

/// The first bytes of a file, for what is wrong with the file as a whole.
fn top(site: &Site, file: FileId) -> Span {
    let text = site.sources.text(file);
    Span::new(file, 0..text.lines().next().map_or(0, str::len))
}

/// Everything found in the book, in the order of files and places: what parsing and analysis met, and what the rules see.
pub fn check(site: &Site) -> Vec<Diagnostic> {
    let shown = site.shown_texts();
    let rules: Vec<&'static Rule> =
        RULES.iter().filter(|rule| !rule.off || site.config.levels.names(rule.name)).copied().collect();
    let mut all: Vec<Diagnostic> = site
        .texts
        .par_iter()
        .enumerate()
        .filter(|(file, _)| shown[*file])
        .filter_map(|(_, text)| text.as_deref())
        .flat_map_iter(|page| {
            let mut found = page.problems.clone();
            let cards = cards(page);
            let links = page.links.iter().zip(&site.targets[page.file.index()]);
            let links: Vec<_> = links.filter(|(link, _)| !is_label(&cards, link)).collect();
            for rule in &rules {
                let mut sink = Sink { rule, found: Vec::new() };
                match rule.check {
                    Check::Text(check) => check(site, page, &mut sink),
                    Check::Link(check) => {
                        links.iter().for_each(|(link, target)| check(site, page, link, target, &mut sink));
                    }
                    Check::Book(_) | Check::Elsewhere => {}
                }
                // Links of one definition have one fault together.
                if !page.definitions.is_empty() {
                    let mut seen = HashSet::new();
                    sink.found.retain(|found| seen.insert((found.span, found.message.clone())));
                }
                found.append(&mut sink.found);
            }
            found
        })
        .collect();
    for rule in &rules {
        if let Check::Book(check) = rule.check {
            let mut sink = Sink { rule, found: Vec::new() };
            check(site, &mut sink);
            all.append(&mut sink.found);
        }
    }
    all.extend(site.problems.iter().cloned());
    for (file, source) in site.sources.files() {
        if let Some(at) = source.invalid.filter(|_| shown[file.index()]) {
            let span = Span { file, start: at, end: at + 3 };
            all.push(
                Diagnostic::error("invalid-utf8", span, "this is not UTF-8")
                    .help("save the file as UTF-8; the page shows a replacement character here"),
            );
        }
    }
    all
}
