//! Links lead somewhere else.

use super::{Check, Rule, Sink};
use crate::diagnostic::Severity;
use crate::page::{Link, Page};
use crate::site::{Site, Target};

pub const RULE: Rule = Rule {
    name: "placeholder-link",
    severity: Severity::Warning,
    off: false,
    about: "A link to `#`: an address that was to be filled in. A reader jumps to the top of the page.",
    wrong: "[the guide](#)",
    right: "[the guide](guide.md)",
    check: Check::Link(check),
};

fn check(_: &Site, page: &Page, link: &Link, target: &Target, out: &mut Sink) {
    if matches!(target, Target::Here { anchor } if anchor.is_empty()) {
        out.report(page.link_span(link), "this link leads nowhere").help =
            Some("give it an address, or make it text".to_string());
    }
}
