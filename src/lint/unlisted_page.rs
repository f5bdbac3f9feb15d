//! Links lead to pages that are published.

use super::{Check, Rule, Sink};
use crate::diagnostic::Severity;
use crate::page::{Link, Page, Role};
use crate::site::{Site, Target};

pub const RULE: Rule = Rule {
    name: "unlisted-page",
    severity: Severity::Warning,
    off: false,
    about: "A link to a Markdown file that the table of contents does not list. It is no page: a reader gets the bare file.",
    wrong: "-- SUMMARY.md --\n* [Start](README.md)\n-- README.md --\n[Guide](guide.md)",
    right: "-- SUMMARY.md --\n* [Start](README.md)\n* [Guide](guide.md)\n-- README.md --\n[Guide](guide.md)",
    check: Check::Link(check),
};

fn check(_: &Site, page: &Page, link: &Link, target: &Target, out: &mut Sink) {
    let Target::Asset { path, .. } = target else { return };
    if link.role != Role::Include && path.to_ascii_lowercase().ends_with(".md") {
        let message = format!("`{}` is not in the table of contents, so it is no page", link.dest);
        let found = out.report(page.link_span(link), message);
        found.help = Some("list it in SUMMARY.md".to_string());
        found.cause = Some(path.clone());
    }
}
