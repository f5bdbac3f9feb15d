//! A page has one title.

use super::{Check, Rule, Sink};
use crate::diagnostic::Severity;
use crate::page::Page;
use crate::site::Site;

pub const RULE: Rule = Rule {
    name: "second-title",
    severity: Severity::Note,
    off: false,
    about: "A second heading of the first level. The first one is the page's title; this one is shown as a heading of the \
            second level.",
    wrong: "# Start\n\n# Install",
    right: "# Start\n\n## Install",
    check: Check::Text(check),
};

fn check(site: &Site, page: &Page, out: &mut Sink) {
    let Some(title) = site.page_of.get(&page.file).and_then(|id| site.page(*id).title_node) else { return };
    for heading in page.headings.iter().filter(|heading| heading.level == 1 && heading.node != title) {
        let found = out.report(page.span(page.node(heading.node)), "the page has a title already");
        found.labels.push((page.span(page.node(title)), "here".to_string()));
        found.help = Some("write `##`".to_string());
    }
}
