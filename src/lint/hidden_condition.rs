//! Content that a condition hides is known to be hidden.

use super::{Check, Rule, Sink, conditions};
use crate::diagnostic::Severity;
use crate::expr::{self, Verdict};
use crate::page::Page;
use crate::site::Site;
use crate::source::Span;

pub const RULE: Rule = Rule {
    name: "hidden-condition",
    severity: Severity::Note,
    off: false,
    about: "A condition that is false for every reader of this site, by `[claims]` or by the book's variables. What it holds is left out.",
    wrong: "{% if false %}\nText.\n{% endif %}",
    right: "Text.",
    check: Check::Text(check),
};

fn check(site: &Site, page: &Page, out: &mut Sink) {
    let Some(host) = site.page_of.get(&page.file) else { return };
    if let Some(condition) =
        page.front.condition.as_ref().filter(|text| expr::condition(site, *host, text) == Verdict::Hidden)
    {
        // The page itself, by its front matter, which begins with three hyphens.
        let span = Span { file: page.file, start: 0, end: page.front.end.min(3) };
        out.report(span, format!("`{condition}` is false here: the page is left out of the navigation")).help =
            Some("change `[claims]` in book.toml to show it".to_string());
    }
    for (tag, attr) in conditions(page) {
        let condition = &attr.value;
        if expr::condition(site, *host, condition) == Verdict::Hidden {
            out.report(page.tag_span(tag), format!("`{condition}` is false here: what it holds is left out")).help =
                Some("change `[claims]` in book.toml to show it".to_string());
        }
    }
}
