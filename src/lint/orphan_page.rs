//! Texts of a book are pages, or parts of pages.

use super::{Check, Rule, Sink, top};
use crate::diagnostic::Severity;
use crate::site::assets::space_around;
use crate::site::{Site, Target};
use std::collections::HashSet;

pub const RULE: Rule = Rule {
    name: "orphan-page",
    severity: Severity::Note,
    off: false,
    about: "A Markdown file that the table of contents does not list, and that no page includes or links to. No reader \
            ever sees it.",
    wrong: "-- SUMMARY.md --\n* [Start](README.md)\n* [Guide](guide.md)\n-- README.md --\n# Start\n-- old.md --\n# Old",
    right: "-- SUMMARY.md --\n* [Start](README.md)\n* [Guide](guide.md)\n* [Old](old.md)\n-- README.md --\n# Start\n-- old.md --\n# Old",
    check: Check::Book(check),
};

fn check(site: &Site, out: &mut Sink) {
    let linked: HashSet<&str> = site
        .targets
        .iter()
        .flatten()
        .filter_map(|target| if let Target::Asset { path, .. } = target { Some(&**path) } else { None })
        .collect();
    let shown = site.shown_texts();
    for (file, source) in site.sources.files() {
        let config = space_around(&site.spaces, &source.path).and_then(|space| site.config.spaces.get(space.config));
        // A folder without a table of contents lists all it has.
        let Some(summary) = config.and_then(|space| space.summary) else { continue };
        let hidden = source.path.split('/').any(|part| part.starts_with(['.', '_']));
        if site.texts[file.index()].is_some()
            && !shown[file.index()]
            && file != summary
            && !hidden
            && !linked.contains(&*source.path)
            && !is_for_the_repository(&source.path)
        {
            out.report(top(site, file), format!("`{}` is not in the table of contents", source.path)).help =
                Some("list it in SUMMARY.md, or remove it".to_string());
        }
    }
}

/// Files that speak to those who work on the book.
fn is_for_the_repository(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.split('.').next().unwrap_or(name).to_ascii_uppercase();
    let names = [
        "CONTRIBUTING",
        "CHANGELOG",
        "LICENSE",
        "SECURITY",
        "CODE_OF_CONDUCT",
        "AGENTS",
        "CLAUDE",
        "README",
        "SUMMARY",
        "PULL_REQUEST_TEMPLATE",
        "GLOSSARY",
        "LANGS",
    ];
    names.contains(&&*stem)
}
