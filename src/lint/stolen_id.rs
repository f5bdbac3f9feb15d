//! An id that an author gives is not the one that another heading has by its words.

use super::{Check, Rule, Sink};
use crate::diagnostic::Severity;
use crate::page::Page;
use crate::site::Site;
use std::collections::HashMap;

pub const RULE: Rule = Rule {
    name: "stolen-id",
    severity: Severity::Note,
    off: false,
    about: "A heading with the id that the words of another heading make. Who links to the other by its words arrives \
            here.",
    wrong: "## Set up <a href=\"#install\" id=\"install\"></a>\n\n## Install",
    right: "## Set up <a href=\"#set-up\" id=\"set-up\"></a>\n\n## Install",
    check: Check::Text(check),
};

fn check(site: &Site, page: &Page, out: &mut Sink) {
    if page.headings.iter().all(|heading| heading.id.is_none()) {
        return;
    }
    let own = site.config.dialects.own;
    let mut made = HashMap::new();
    for heading in page.headings.iter().filter(|heading| heading.id.is_none() && !heading.text.is_empty()) {
        made.entry(own.id(&heading.text)).or_insert(heading);
    }
    for heading in &page.headings {
        let Some(id) = &heading.id else { continue };
        let Some(other) = made.remove(&**id).filter(|_| own.id(&heading.text) != **id) else { continue };
        let message = format!("this heading has the id `{id}` of the heading `{}`", other.text);
        let found = out.report(page.span(page.node(heading.node)), message);
        found.labels.push((page.span(page.node(other.node)), "its id gets a number".to_string()));
        found.help = Some("give this heading another id, or the other one an id of its own".to_string());
    }
}
