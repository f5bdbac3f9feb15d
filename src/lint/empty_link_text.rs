//! Links have something to click on.

use super::{Check, Rule, Sink, element, link_place, shows_something};
use crate::diagnostic::Severity;
use crate::page::{Kind, Link, NodeId, Page, Role};
use crate::site::Site;

pub const RULE: Rule = Rule {
    name: "empty-link-text",
    severity: Severity::Warning,
    off: false,
    about: "A link without text. Here it shows what it leads to; on GitBook a reader does not see it.",
    wrong: "[](guide.md)",
    right: "[Guide](guide.md)",
    check: Check::Text(check),
};

fn check(site: &Site, page: &Page, out: &mut Sink) {
    let source = site.sources.text(page.file);
    let mut at: NodeId = 0;
    while let Some(node) = page.nodes.get(at as usize) {
        // Cards in tables are links without text: that is how GitBook writes their targets and covers.
        // The label of a card gives way to the title.
        if element(page, at).is_some_and(|tag| &*tag.name == "table") || is_card(page, at) {
            at = node.next.max(at + 1);
            continue;
        }
        // A heading's mark for itself leads to the page that it stands on.
        if let Some(link) = link(page, at).filter(|link| link.role == Role::Text && !link.dest.starts_with('#'))
            && !shows_something(page, source, at)
        {
            out.report(link_place(page, at, link), "this link has no text").help =
                Some("write what it leads to between the brackets".to_string());
        }
        at += 1;
    }
}

/// The link at a node. An `a` with an id is a place and no link.
fn link(page: &Page, node: NodeId) -> Option<&Link> {
    if let Kind::Link(link) = page.node(node).kind {
        return page.links.get(link as usize);
    }
    let tag = element(page, node).filter(|tag| &*tag.name == "a" && tag.closed && tag.attr("id").is_none())?;
    page.links.get(tag.find("href").filter(|_| tag.attr("name").is_none())?.link? as usize)
}

fn is_card(page: &Page, node: NodeId) -> bool {
    matches!(page.node(node).kind, Kind::Tag(tag) if &*page.tags[tag as usize].name == "content-ref")
}
