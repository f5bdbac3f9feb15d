//! The words inside a card lead where the card leads.

use super::{Check, Rule, Sink, meant};
use crate::diagnostic::Severity;
use crate::page::{Kind, Page, cards};
use crate::site::{Site, Target};

pub const RULE: Rule = Rule {
    name: "card-label",
    severity: Severity::Warning,
    off: false,
    about: "A card whose address and whose label's link lead to different pages. A reader sees the page of the address; \
            the label, which GitBook replaces by the page's title, says that another one was meant.",
    wrong: "{% content-ref url=\"guide.md\" %}\n[README.md](README.md)\n{% endcontent-ref %}",
    right: "{% content-ref url=\"guide.md\" %}\n[guide.md](guide.md)\n{% endcontent-ref %}",
    check: Check::Text(check),
};

fn check(site: &Site, page: &Page, out: &mut Sink) {
    for (id, tag) in cards::tags(page) {
        let Some(address) = tag.attrs.iter().find_map(|attr| attr.link) else { continue };
        let Some(to) = site.target(page.file, address) else { continue };
        for node in &page.nodes[id as usize + 1..page.node(id).next as usize] {
            let Kind::Link(label) = node.kind else { continue };
            let (link, card) = (&page.links[label as usize], &page.links[address as usize]);
            let other = site.target(page.file, label);
            let differ = other.is_some_and(|other| match (to, other) {
                // Neither is there, and so neither can be the right one by that.
                (Target::Miss(_), Target::Miss(_)) => meant(site, page, &link.dest) != meant(site, page, &card.dest),
                _ => differ(to, other),
            });
            if differ && link.dest != card.dest {
                let message = format!("the card leads to `{}`, its label to `{}`", card.dest, link.dest);
                let found = out.report(page.link_span(link), message);
                found.labels.push((page.link_span(card), "a reader gets this one".to_string()));
                found.help = Some("make both the same".to_string());
            }
        }
    }
}

/// Both lead somewhere, and not to the same place. Where one is dead, the report of that names the other.
fn differ(one: &Target, other: &Target) -> bool {
    match (one, other) {
        (Target::Page { page: one, .. }, Target::Page { page: other, .. }) => one != other,
        (Target::Asset { path: one, .. }, Target::Asset { path: other, .. }) => one != other,
        (Target::External(one), Target::External(other)) => one != other,
        (Target::Miss(_) | Target::Removed | Target::Here { .. }, _) => false,
        (_, Target::Miss(_) | Target::Removed | Target::Here { .. }) => false,
        _ => true,
    }
}
