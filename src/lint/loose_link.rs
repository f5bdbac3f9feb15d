//! Links are written so that they work everywhere the book is published.

use super::{Check, Rule, Sink, as_written};
use crate::diagnostic::{Fix, Severity};
use crate::page::{Link, Page};
use crate::render::plain_relative;
use crate::site::assets::decoded;
use crate::site::resolve::{self, written};
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
        Loose::Extension if is_published(site, page, dest, file) => {
            (format!("`{dest}` is an address of the site, not the path of a file"), "; GitBook looks for a file")
        }
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

/// Whether an address leads to the page by its place in the table of contents, where its file is elsewhere.
fn is_published(site: &Site, page: &Page, dest: &str, file: &str) -> bool {
    let path = decoded(resolve::split(dest).0);
    let path = match path.strip_prefix('/') {
        // Meant from the book's folder, or from that of its space.
        Some(absolute) => return !format!("/{file}").ends_with(&format!("/{}.md", absolute.trim_end_matches('/'))),
        None => resolve::join(resolve::parent(site.sources.path(page.file)), &path),
    };
    path.is_none_or(|path| format!("{path}.md") != file)
}
