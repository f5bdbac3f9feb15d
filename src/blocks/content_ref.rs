//! `{% content-ref url="page.md" %} … {% endcontent-ref %}`: a card for another page, with that page's own title.

use super::{Attr, Block};
use crate::page::{Content, Kind, NodeId, Tag};
use crate::render::Body;
use crate::site::Target;

pub const BLOCK: Block = Block {
    name: "content-ref",
    about: "A card for another page, with that page's title, icon and description. The link inside is only a fallback.",
    content: Content::Markdown,
    attrs: &[Attr::needed("url", "The page, a heading of it, or an address elsewhere.")],
    anchor: None,
    render: |out, node, tag| card(out, node, tag, "url"),
};

pub const PAGE_REF: Block = Block {
    name: "page-ref",
    about: "The card of older books.",
    content: Content::Void,
    attrs: &[Attr::needed("page", "The page.")],
    anchor: None,
    render: |out, node, tag| card(out, node, tag, "page"),
};

fn card<'a>(out: &mut Body<'a>, node: NodeId, tag: &'a Tag, attr: &str) {
    let label = label(out, node);
    let link = tag.find(attr).filter(|attr| !attr.value.is_empty()).and_then(|attr| attr.link);
    let Some(card) = link.and_then(|link| out.card(link)) else {
        // No address at all: what the author wrote inside is the best there is.
        return out.children(node);
    };
    let known = matches!(link.and_then(|link| out.target(link)), Some(Target::Page { .. } | Target::Here { .. }));
    // The label of a page is its title; of any other target the author's words say more than an address.
    out.write_card(&card, label.as_deref().filter(|_| !known));
}

/// The words of the fallback link.
fn label(out: &Body<'_>, node: NodeId) -> Option<String> {
    let page = out.page;
    let words: Vec<String> = page
        .children(node)
        .filter(|child| page.node(*child).kind != Kind::End)
        .map(|child| page.words(out.file, child).trim().to_string())
        .filter(|words| !words.is_empty())
        .collect();
    (!words.is_empty()).then(|| words.join(" "))
}
