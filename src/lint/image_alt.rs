//! Images say what they show.

use super::{Check, Rule, Sink, element, link_place};
use crate::diagnostic::Severity;
use crate::page::{Kind, NodeId, Page};
use crate::site::Site;

pub const RULE: Rule = Rule {
    name: "image-alt",
    severity: Severity::Warning,
    off: true,
    about: "An image without a description, or with its file's name for one. Who cannot see it learns nothing; a caption \
            is enough. In raw HTML, `alt=\"\"` says that the image is decoration.",
    wrong: "![](plan.png)",
    right: "![Plan of the ground floor](plan.png)",
    check: Check::Text(check),
};

fn check(site: &Site, page: &Page, out: &mut Sink) {
    let source = site.sources.text(page.file);
    let mut at: NodeId = 0;
    while let Some(node) = page.nodes.get(at as usize) {
        if is_captioned(page, source, at) {
            at = node.next.max(at + 1);
            continue;
        }
        let (link, alt) = match (node.kind, element(page, at)) {
            (Kind::Image(link), _) => (Some(link), Some(page.words(source, at))),
            (_, Some(tag)) if &*tag.name == "img" => {
                let link = tag.find("src").and_then(|src| src.link);
                // The picture's own word that it has nothing to say.
                (link.filter(|_| tag.attr("alt") != Some("")), tag.attr("alt").map(str::to_string))
            }
            _ => (None, None),
        };
        let node_at = at;
        at += 1;
        let Some(link) = link.and_then(|link| page.links.get(link as usize)) else { continue };
        match alt.as_deref().map(str::trim).filter(|alt| !alt.is_empty()) {
            None => out.report(link_place(page, node_at, link), "this image has no description"),
            Some(alt) if is_file_name(alt) => out.report(
                link_place(page, node_at, link),
                format!("`{alt}` is the name of a file and describes nothing"),
            ),
            Some(_) => continue,
        }
        .help = Some("write what the image shows".to_string());
    }
}

/// A figure with words under its image.
fn is_captioned(page: &Page, source: &str, node: NodeId) -> bool {
    let is = |id: NodeId, name: &str| element(page, id).is_some_and(|tag| &*tag.name == name);
    is(node, "figure")
        && (node + 1..page.node(node).next).any(|id| is(id, "figcaption") && !page.words(source, id).trim().is_empty())
}

fn is_file_name(alt: &str) -> bool {
    let lower = alt.to_ascii_lowercase();
    !alt.contains(' ')
        && [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"].iter().any(|ending| lower.ends_with(ending))
}
