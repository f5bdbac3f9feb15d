//! Video, audio and frames: a player for a file, a card for a page that would be shown in a frame.

use super::element_at;
use crate::page::{NodeId, Tag};
use crate::render::Body;

/// `<video>` and `<audio>` with the first source that exists. Nothing is loaded before a reader starts it.
pub fn player<'a>(out: &mut Body<'a>, node: NodeId, tag: &'a Tag, name: &'static str) {
    let page = out.page;
    let sources = page.children(node).filter_map(|child| element_at(page, child)).filter(|tag| &*tag.name == "source");
    let links: Vec<u32> = [tag].into_iter().chain(sources).filter_map(|tag| tag.find("src")?.link).collect();
    let found = links.iter().find_map(|link| Some((out.href(*link)?, out.card(*link)?.title)));
    match (found, links.first()) {
        (Some((_, title)), _) if out.html.interactive() => out.html.text(&title),
        (Some((href, title)), _) => {
            let width = super::style::length(tag, "width").map(|width| width.to_string());
            let mut attrs = vec![("controls", ""), ("preload", "none"), ("src", &*href)];
            attrs.extend(width.as_deref().filter(|_| name == "video").map(|width| ("width", width)));
            out.html.open(name, &attrs);
            out.html.element("a", &[("href", &href)], &title);
            out.html.close();
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
