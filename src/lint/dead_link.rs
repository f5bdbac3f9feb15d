//! Links lead to something.

use super::{Check, Rule, Sink};
use crate::diagnostic::Severity;
use crate::page::{Kind, Link, Page, Role};
use crate::site::{Miss, Site, Target};

pub const RULE: Rule = Rule {
    name: "dead-link",
    severity: Severity::Error,
    about: "A link to a page, file or folder that does not exist. A reader gets plain text in its place.",
    check: Check::Link(check),
};

fn check(_: &Site, page: &Page, link: &Link, target: &Target, out: &mut Sink) {
    if link.role == Role::Include || is_fallback(page, link) {
        return;
    }
    let span = page.link_span(link);
    let dest = &link.dest;
    match target {
        // GitBook writes it into API blocks whose specification is on its servers.
        Target::Removed if in_api_block(page, link) => {}
        Target::Removed => {
            out.report(span, format!("`{dest}` is GitBook's mark for a page that was deleted")).help =
                Some("link to the page that took its place, or remove the link".to_string());
        }
        Target::Miss(Miss::NoFile { near }) => {
            out.report(span, format!("`{dest}` does not exist")).help =
                near.as_ref().map(|near| format!("did you mean `{near}`?"));
        }
        Target::Miss(Miss::NoReadme) => {
            out.report(span, format!("`{dest}` is a folder without a README.md")).help =
                Some("link to a page in it, or add a README.md".to_string());
        }
        Target::Miss(Miss::Outside) => {
            out.report(span, format!("`{dest}` leads out of the book")).help =
                Some("link to the file's public address".to_string());
        }
        Target::Miss(Miss::Empty) => {
            out.report(span, "this link has no address").help = Some("give it one, or remove the brackets".to_string());
        }
        _ => {}
    }
}

/// Whether the link repeats the address of the tag before it: the body of a card, which no reader sees.
fn is_fallback(page: &Page, link: &Link) -> bool {
    let at = page.links.partition_point(|other| other.start < link.start);
    let before = page.links[..at].last();
    link.role == Role::Text && before.is_some_and(|tag| tag.role == Role::Tag && tag.dest == link.dest)
}

/// Whether the link is what an API block holds: at most a paragraph stands between them.
fn in_api_block(page: &Page, link: &Link) -> bool {
    let at = page.nodes.partition_point(|node| node.start <= link.start);
    let near = &page.nodes[at.saturating_sub(6)..at];
    near.iter().any(|node| match node.kind {
        Kind::Tag(tag) => page.tags[tag as usize].name.starts_with("openapi") && node.next as usize >= at,
        _ => false,
    })
}
