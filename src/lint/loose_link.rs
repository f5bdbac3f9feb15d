//! Links are written so that they work everywhere the book is published.

use super::{Check, Rule, Sink, as_written};
use crate::diagnostic::{Fix, Severity};
use crate::page::{Link, Page};
use crate::render::plain_relative;
use crate::site::resolve::written;
use crate::site::{Loose, Site, Target};

pub const RULE: Rule = Rule {
    name: "loose-link",
    severity: Severity::Warning,
    off: false,
    about: "A link that was understood here and is dead on GitBook: other capitals, no `.md`, or backslashes.",
    wrong: "[Guide](guide)",
    right: "[Guide](guide.md)",
    check: Check::Link(check),
};

fn check(site: &Site, page: &Page, link: &Link, target: &Target, out: &mut Sink) {
    let (file, loose) = match target {
        Target::Page { page, loose: Some(loose), .. } => (site.sources.path(site.page(*page).file), loose),
        Target::Asset { path, loose: Some(loose), .. } => (&**path, loose),
        _ => return,
    };
    let dest = &link.dest;
    let (message, why) = match loose {
        Loose::Case => (format!("`{dest}` differs from the file's name in capital letters"), ""),
        Loose::Extension => (format!("`{dest}` has no `.md`"), "; GitBook takes this for another address"),
        Loose::Backslash => (format!("`{dest}` has backslashes between folders"), ""),
    };
    let rest = dest.find(['#', '?']).map_or("", |at| &dest[at..]);
    let right = written(&plain_relative(site.sources.path(page.file), file)) + rest;
    let span = page.link_span(link);
    let found = out.report(span, message);
    found.help = Some(format!("write `{right}`{why}"));
    found.fix = as_written(site, page, link).map(|_| Fix { safe: true, edits: vec![(span, right)] });
}
