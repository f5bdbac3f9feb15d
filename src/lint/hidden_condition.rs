//! Content that a condition hides is known to be hidden.

use super::{Check, Rule, Sink, conditions};
use crate::diagnostic::Severity;
use crate::expr::{self, Verdict};
use crate::page::Page;
use crate::site::Site;

pub const RULE: Rule = Rule {
    name: "hidden-condition",
    severity: Severity::Note,
    about: "A condition that is false for every reader of this site, by `[claims]` or by the book's variables. What it holds is left out.",
    check: Check::Text(check),
};

fn check(site: &Site, page: &Page, out: &mut Sink) {
    let Some(host) = site.page_of.get(&page.file) else { return };
    for (tag, attr) in conditions(page) {
        let condition = &attr.value;
        if expr::condition(site, *host, condition) == Verdict::Hidden {
            out.report(page.tag_span(tag), format!("`{condition}` is false here: what it holds is left out")).help =
                Some("change `[claims]` in book.toml to show it".to_string());
        }
    }
}
