//! Video, audio and frames: a player for a file, a card for a page that would be shown in a frame.

use super::element_at;
use crate::page::{NodeId, Tag};
use crate::render::{Body, Card};

/// A player for a file of the book. One on another site is a card: a strict policy does not let it in, and nothing may be
/// asked there before a reader wants it.
pub fn recording(out: &mut Body<'_>, card: Card, player: &'static str, width: Option<&str>) {
    let Some(href) = card.href.clone() else { return out.write_card(&card, None) };
    if card.external && !out.html.phrasing() {
        return out.write_card(&Card { play: Some(player), ..card }, None);
    }
    if card.external {
        return out.html.element("a", &[("class", "external"), ("href", &href), ("data-play", player)], &card.title);
    }
    let mut attrs = vec![("controls", ""), ("preload", "none"), ("src", &*href)];
    attrs.extend(width.filter(|_| player == "video").map(|width| ("width", width)));
    out.html.open(player, &attrs);
    out.html.element("a", &[("href", &href)], &card.title);
    out.html.close();
}

/// `<video>` and `<audio>` with the first source that exists. Nothing is loaded before a reader starts it.
pub fn player<'a>(out: &mut Body<'a>, node: NodeId, tag: &'a Tag, name: &'static str) {
    let page = out.page;
    let sources = page.children(node).filter_map(|child| element_at(page, child)).filter(|tag| &*tag.name == "source");
    let links: Vec<u32> = [tag].into_iter().chain(sources).filter_map(|tag| tag.find("src")?.link).collect();
    let found = links.iter().find_map(|link| out.card(*link).filter(|card| card.href.is_some()));
    match (found, links.first()) {
        (Some(card), _) if out.html.interactive() => out.html.text(&card.title),
        (Some(card), _) => {
            let width = super::style::length(tag, "width").map(|width| width.to_string());
            recording(out, card, name, width.as_deref());
        }
        (None, Some(link)) => {
            let dest = &*page.links[*link as usize].dest;
            out.html.element("span", &[("class", "missing-file")], dest.rsplit('/').next().unwrap_or(dest));
        }
        (None, None) => return out.children(node),
    }
    rest(out, node, tag);
}

/// What is in a player or a frame is for browsers that have none. One that is never closed only seems to hold it.
fn rest(out: &mut Body<'_>, node: NodeId, tag: &Tag) {
    if !tag.closed {
        out.children(node);
    }
}

/// `<iframe>`: a card that leads to the page. Nothing of another site is loaded into this one.
pub fn frame<'a>(out: &mut Body<'a>, node: NodeId, tag: &'a Tag) {
    let title = tag.attr("title").filter(|title| !title.trim().is_empty());
    let Some(card) = tag.find("src").and_then(|attr| out.card(attr.link?)) else { return out.children(node) };
    match &card.href {
        _ if !out.html.phrasing() => out.write_card(&card, title),
        Some(href) if !out.html.interactive() => {
            out.html.element("a", &[("class", "external"), ("href", href)], title.unwrap_or(&card.title));
        }
        _ => out.html.text(title.unwrap_or(&card.title)),
    }
    rest(out, node, tag);
}
