//! Links to headings lead to headings that GitBook gives an id.

use super::{Check, Rule, Sink};
use crate::diagnostic::Severity;
use crate::page::{Link, Page};
use crate::site::{Found, Site, Target, anchors};

pub const RULE: Rule = Rule {
    name: "unanchored-heading",
    severity: Severity::Warning,
    off: false,
    about: "A link to a heading of the fifth or sixth level. It works here; GitBook knows three levels below the title \
            and gives the others no id, so there a reader lands at the top of the page.",
    wrong: "[limits](#limits)\n\n##### Limits",
    right: "[limits](#limits)\n\n#### Limits",
    check: Check::Link(check),
};

fn check(site: &Site, page: &Page, link: &Link, target: &Target, out: &mut Sink) {
    let (host, id) = match target {
        Target::Page { page, anchor: Some(anchor), .. } if anchor.found == Found::Yes => (*page, &*anchor.id),
        Target::Here { anchor } => match site.page_of.get(&page.file) {
            Some(this) => (*this, &**anchor),
            None => return,
        },
        _ => return,
    };
    let host = site.page(host);
    let found = anchors::exact(host, id).filter(|anchor| anchor.level > host.dialect.deepest);
    // GitBook has written ids to some of these headings itself.
    if let Some(found) = found.filter(|found| !host.authored.contains(&found.id)) {
        let message =
            format!("`{}` is a heading of level {}, which {} gives no id", found.text, found.level, host.dialect.title);
        out.report(page.link_span(link), message).help =
            Some("raise the heading, or link to the one above it".to_string());
    }
}
