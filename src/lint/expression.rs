//! Conditions and expressions can be read.

use super::{Check, Rule, Sink, conditions};
use crate::diagnostic::Severity;
use crate::expr;
use crate::page::Page;
use crate::site::Site;

pub const RULE: Rule = Rule {
    name: "expression",
    severity: Severity::Warning,
    about: "A condition that is no expression. What it holds is shown to everybody, with the condition above it.",
    check: Check::Text(check),
};

fn check(site: &Site, page: &Page, out: &mut Sink) {
    let Some(host) = site.page_of.get(&page.file) else { return };
    for (_, attr) in conditions(page) {
        if let Err(error) = expr::verdict(&attr.value, &expr::scope(site, *host)) {
            let mut span = page.attr_span(attr);
            span.start = (span.start + error.offset as u32).min(span.end);
            out.report(span, format!("this condition cannot be read: {}", error.message)).help =
                Some("compare a claim or a variable, as in `visitor.claims.plan === \"pro\"`".to_string());
        }
    }
}
