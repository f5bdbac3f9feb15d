//! Raw HTML elements in pages: an element as the author wrote it in, valid HTML of the site out.
//!
//! Authors nest as they like; what is written here is always valid. Where HTML allows only text and marks, blocks become
//! their words; unknown attributes, styles and scripts are dropped; words are not.

mod block;
mod cards;
mod expandable;
mod grid;
pub mod image;
pub mod inline;
mod lists;
pub mod math;
pub mod media;
pub mod pre;
pub mod style;
pub mod table;
mod value;

use crate::page::{Kind, NodeId, Page, Tag};
use crate::render::Body;

/// Renders an element with everything in it.
pub fn render<'a>(out: &mut Body<'a>, node: NodeId, tag: &'a Tag) {
    if is_placeholder(tag) && shares_line(out.file, tag) {
        out.html.text(&out.file[tag.start as usize..tag.end as usize]);
        return out.children(node);
    }
    if is_block(tag) && out.html.phrasing() && &*tag.name != "iframe" && !block::is_heading_of_summary(out, tag) {
        return out.flat(node);
    }
    // Links, divisions and headings carry their ids themselves.
    if matches!(&*tag.name, "p" | "span" | "img" | "figure" | "table" | "ul" | "ol" | "dl" | "strong" | "b" | "code")
        && let Some(id) = tag.attr("id").and_then(|id| out.claim(id))
    {
        out.html.element("span", &[("id", &id)], "");
    }
    match &*tag.name {
        "table" => table::element(out, node, tag),
        "details" => expandable::details(out, node, tag),
        "img" => image::element(out, node, tag),
        "picture" => image::picture(out, node),
        "figure" => image::html_figure(out, node, image::Frame::default()),
        "video" => media::player(out, node, tag, "video"),
        "audio" => media::player(out, node, tag, "audio"),
        "iframe" => media::frame(out, node, tag),
        // Code scrolls by itself and takes the focus for it, which nothing in a link can do.
        "pre" if out.html.interactive() => out.flat(node),
        "pre" => pre::render(out, node, tag),
        "a" => inline::link(out, node, tag),
        "button" => inline::button(out, node, tag),
        "ul" | "ol" | "li" | "dl" | "dt" | "dd" => lists::element(out, node, tag),
        _ if is_block(tag) => block::element(out, node, tag),
        _ => inline::element(out, node, tag),
    }
}

/// Whether the element is a block in HTML: it cannot stand in a paragraph.
pub fn is_block(tag: &Tag) -> bool {
    let block = matches!(
        &*tag.name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "div"
            | "dl"
            | "dt"
            | "figcaption"
            | "figure"
            | "footer"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "iframe"
            | "li"
            | "main"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    );
    block && !is_placeholder(tag)
}

/// `copy <source> <header>`: the name of an element, but meant as a word.
fn is_placeholder(tag: &Tag) -> bool {
    !tag.closed
        && tag.attrs.is_empty()
        && matches!(
            &*tag.name,
            "address"
                | "article"
                | "aside"
                | "audio"
                | "button"
                | "caption"
                | "footer"
                | "header"
                | "iframe"
                | "input"
                | "main"
                | "nav"
                | "option"
                | "script"
                | "section"
                | "select"
                | "source"
                | "style"
                | "summary"
                | "time"
                | "var"
                | "video"
        )
}

/// Whether anything but the tag stands on its line; alone there, it is meant as an element.
fn shares_line(file: &str, tag: &Tag) -> bool {
    // Only to the next word: a long line is not read again for each of its tags.
    let blank = |c: &char| *c != '\n' && c.is_whitespace();
    let before = file[..tag.start as usize].chars().rev().find(|c| !blank(c));
    let after = file[tag.end as usize..].chars().find(|c| !blank(c));
    [before, after].into_iter().flatten().any(|c| c != '\n')
}

/// The tag of a node that is an element.
fn element_at(page: &Page, node: NodeId) -> Option<&Tag> {
    match page.node(node).kind {
        Kind::Element(tag) => Some(&page.tags[tag as usize]),
        _ => None,
    }
}

/// The name of an element; empty for any other node.
fn name_at(page: &Page, node: NodeId) -> &str {
    element_at(page, node).map_or("", |tag| &tag.name)
}

/// Whether the node shows nothing by itself: white space, a break, what only says something to its parent.
fn is_silent(out: &Body<'_>, node: NodeId) -> bool {
    out.is_blank(node) || matches!(name_at(out.page, node), "br" | "col" | "colgroup" | "source")
}

/// The words of what a node holds. A page's own words leave out images and icons as a whole.
fn words_in(out: &Body<'_>, node: NodeId) -> String {
    let page = out.page;
    page.children(node).map(|child| page.words(out.file, child)).collect()
}

/// The element as an author's slip where it means nothing: a block of its own for what it holds.
fn division(out: &mut Body<'_>, node: NodeId) {
    if out.page.children(node).any(|child| !out.is_blank(child)) {
        out.wrap("div", &[], node);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_angle_brackets_stay_words() {
        for (file, name, expected) in [
            ("copy <source> <target>", "source", true),
            ("<source>", "source", false),
            ("  <header>\ntext", "header", false),
            ("a <b> c", "b", false),
        ] {
            let start = file.find('<').unwrap_or_default();
            let end = file.find('>').unwrap_or_default() + 1;
            let tag = Tag { name: name.into(), start: start as u32, end: end as u32, ..Tag::default() };
            assert_eq!(is_placeholder(&tag) && shares_line(file, &tag), expected, "{file}");
        }
    }
}
