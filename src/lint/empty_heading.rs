//! Headings say something.

use super::{Check, Rule, Sink, shows_something};
use crate::diagnostic::Severity;
use crate::page::Page;
use crate::site::Site;

pub const RULE: Rule = Rule {
    name: "empty-heading",
    severity: Severity::Warning,
    off: false,
    about: "A heading without words. A reader sees a gap, and a screen reader announces a heading without a name.",
    wrong: "# Start\n\n##\n\nText.",
    right: "# Start\n\n## Install\n\nText.",
    check: Check::Text(check),
};

fn check(site: &Site, page: &Page, out: &mut Sink) {
    let source = site.sources.text(page.file);
    for heading in page.headings.iter().filter(|heading| heading.text.trim().is_empty() && heading.id.is_none()) {
        if !shows_something(page, source, heading.node) {
            let mut span = page.span(page.node(heading.node));
            span.end = span.start + source[span.range()].trim_end().len() as u32;
            out.report(span, "this heading has no words").help = Some("write them, or remove the marks".to_string());
        }
    }
}
