//! Content that a condition hides is known to be hidden.

use super::{Check, Rule, Sink};
use crate::diagnostic::Severity;
use crate::expr::{self, Verdict};
use crate::page::{Kind, Page};
use crate::site::Site;

pub const RULE: Rule = Rule {
    name: "hidden-condition",
    severity: Severity::Note,
    about: "A condition that is false for every reader of this site, by `[claims]` or by the book's variables. What it holds is left out.",
    check: Check::Text(check),
};

fn check(site: &Site, page: &Page, out: &mut Sink) {
    let Some(host) = site.page_of.get(&page.file) else { return };
    for node in &page.nodes {
        let Kind::Tag(tag) = node.kind else { continue };
        let tag = &page.tags[tag as usize];
        let Some(condition) = tag.attr("").filter(|_| &*tag.name == "if") else { continue };
        if expr::condition(site, *host, condition) == Verdict::Hidden {
            out.report(page.tag_span(tag), format!("`{condition}` is false here: what it holds is left out")).help =
                Some("change `[claims]` in book.toml to show it".to_string());
        }
    }
}
