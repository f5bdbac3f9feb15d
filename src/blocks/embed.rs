//! `{% embed url="https://…" %}`: a card for a page elsewhere; a video file plays. Nothing is requested until a reader asks.

use super::{Attr, Block};
use crate::elements::media;
use crate::page::{Content, NodeId, Tag};
use crate::render::Body;

pub const BLOCK: Block = Block {
    name: "embed",
    about: "A card for a page elsewhere, with an optional caption up to `endembed`. Video and audio files play in the page.",
    content: Content::Optional,
    attrs: &[
        Attr::needed("url", "The address."),
        Attr::text("caption", "The caption, in older books."),
        Attr::switch("fullWidth", "Wider than the text column."),
    ],
    anchor: None,
    render,
};

fn render<'a>(out: &mut Body<'a>, node: NodeId, tag: &'a Tag) {
    let Some(attr) = tag.find("url") else { return out.children(node) };
    out.html.open("figure", &[("class", "embed")]);
    match (attr.link.and_then(|link| out.card(link)), player(&attr.value)) {
        (Some(card), Some(player)) => media::recording(out, card, player, None),
        (Some(card), None) => out.write_card(&card, None),
        (None, _) => {}
    }
    caption(out, node, tag);
    out.html.close();
    out.html.newline();
}

/// The caption: the content up to the end tag, or the attribute.
pub fn caption<'a>(out: &mut Body<'a>, node: NodeId, tag: &'a Tag) {
    let page = out.page;
    let old = tag.attr("caption").filter(|caption| !caption.is_empty());
    if old.is_some() || page.children(node).any(|child| !out.is_blank(child)) {
        out.html.open("figcaption", &[]);
        out.html.text(old.unwrap_or(""));
        out.children(node);
        out.html.close();
    }
}

/// The element that plays the file at an address.
pub fn player(url: &str) -> Option<&'static str> {
    let path = url.split(['?', '#']).next().unwrap_or(url).to_ascii_lowercase();
    match path.rsplit_once('.')?.1 {
        "mp4" | "webm" | "mov" | "m4v" | "ogv" => Some("video"),
        "mp3" | "wav" | "ogg" | "m4a" => Some("audio"),
        _ => None,
    }
}
