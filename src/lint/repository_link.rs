//! Links to pages of the book are links to its files.

use super::{Check, Rule, Sink};
use crate::diagnostic::{Fix, Severity};
use crate::page::{Link, Page};
use crate::render::plain_relative;
use crate::site::assets::decoded;
use crate::site::resolve::written;
use crate::site::{Site, Target};

pub const RULE: Rule = Rule {
    name: "repository-link",
    severity: Severity::Warning,
    off: false,
    about: "A link to the source of a page on the repository's site, as GitBook writes one back for a file that was no \
            page at the time. A reader leaves the book and sees Markdown.",
    wrong: "-- README.md --\n[A](https://github.com/me/book/blob/main/docs/a.md)\n-- docs/a.md --\n# A",
    right: "-- README.md --\n[A](docs/a.md)\n-- docs/a.md --\n# A",
    check: Check::Link(check),
};

fn check(site: &Site, page: &Page, link: &Link, target: &Target, out: &mut Sink) {
    let Target::External(address) = target else { return };
    let Some((repository, path)) = blob(address) else { return };
    let (path, fragment) = path.split_once('#').unwrap_or((path, ""));
    let path = decoded(path.split('?').next().unwrap_or(path));
    // Lines of a source text are what somebody wants to show who links to them.
    if fragment.starts_with('L') || !crate::book::is_markdown(&path) {
        return;
    }
    let own = match &site.config.git_repository_url {
        Some(own) => same_repository(own, repository),
        // Another repository may have a README as well, but hardly a text of this name in this folder.
        None => path.contains('/') && !path.to_ascii_lowercase().ends_with("readme.md"),
    };
    let listed = site.sources.find(&path).filter(|file| site.page_of.contains_key(file));
    if !own || listed.is_none() {
        return;
    }
    let near = written(&plain_relative(site.sources.path(page.file), &path));
    let near = if fragment.is_empty() { near } else { format!("{near}#{fragment}") };
    let span = page.link_span(link);
    let found = out.report(span, "this leads to the source of a page of this book");
    found.help = Some(format!("write `{near}`"));
    found.fix = super::as_written(site, page, link).map(|_| Fix { safe: false, edits: vec![(span, near)] });
}

/// The repository and the path in it, of a file's address on the site of a Git host.
fn blob(address: &str) -> Option<(&str, &str)> {
    let rest = address.strip_prefix("https://github.com/").or_else(|| address.strip_prefix("https://gitlab.com/"))?;
    let (repository, rest) = rest.split_once("/-/blob/").or_else(|| rest.split_once("/blob/"))?;
    Some((repository, rest.split_once('/')?.1))
}

fn same_repository(url: &str, repository: &str) -> bool {
    let url = url.trim_end_matches('/').trim_end_matches(".git");
    url.to_ascii_lowercase().ends_with(&format!("/{}", repository.to_ascii_lowercase()))
}
