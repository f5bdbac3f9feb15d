//! Blocks of text in raw HTML: paragraphs, headings, divisions, quotes.

use super::image::{self, Frame};
use super::{division, is_silent, style};
use crate::page::{NodeId, Tag};
use crate::render::Body;

/// Renders a block element where a block may stand.
pub fn element<'a>(out: &mut Body<'a>, node: NodeId, tag: &'a Tag) {
    match &*tag.name {
        "p" => paragraph(out, node, tag),
        "h1" | "h2" => heading(out, node, tag, "h2"),
        "h3" => heading(out, node, tag, "h3"),
        "h4" => heading(out, node, tag, "h4"),
        "h5" => heading(out, node, tag, "h5"),
        "h6" => heading(out, node, tag, "h6"),
        "hr" => out.html.void("hr", &[]),
        "blockquote" => out.wrap("blockquote", &style::language(tag).collect::<Vec<_>>(), node),
        "div" | "center" => div(out, node, tag),
        "section" | "article" | "aside" | "header" | "footer" | "main" | "nav" | "address" => div(out, node, tag),
        // Parts of a table, a figure or a list that is not there.
        _ => division(out, node),
    }
}

fn paragraph<'a>(out: &mut Body<'a>, node: NodeId, tag: &'a Tag) {
    let page = out.page;
    if page.children(node).all(|child| is_silent(out, child)) {
        return;
    }
    let frame = Frame { align: style::side(tag), ..Frame::default() };
    if !out.html.inside("table") && image::group(out, node, frame) {
        return;
    }
    let align = style::text_align(tag);
    if out.holds_block(node) {
        let class = align.map_or("p".to_string(), |align| format!("p {align}"));
        let attrs: Vec<_> = style::language(tag).chain([("class", &*class)]).collect();
        return out.wrap("div", &attrs, node);
    }
    let attrs: Vec<_> = style::language(tag).chain(align.map(|align| ("class", align))).collect();
    out.wrap("p", &attrs, node);
}

/// Whether the element is a heading that makes up a summary, the one block that may stand in it.
pub fn is_heading_of_summary(out: &Body<'_>, tag: &Tag) -> bool {
    matches!(&*tag.name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6") && out.html.parent() == Some("summary")
}

fn heading<'a>(out: &mut Body<'a>, node: NodeId, tag: &'a Tag, name: &'static str) {
    if out.page.children(node).all(|child| is_silent(out, child)) {
        return;
    }
    // A heading of nothing but an icon would be announced as empty.
    let pictured = (node + 1..out.page.node(node).next).any(|at| image::is_picture(out.page, at));
    if out.page.words(out.file, node).trim().is_empty() && !pictured {
        return out.wrap("p", &[("class", "lone-icon")], node);
    }
    // A header cell or a term is a heading by itself.
    if out.html.inside("th") || out.html.inside("dt") {
        return out.wrap("strong", &[], node);
    }
    let attrs: Vec<_> = style::language(tag).chain(style::text_align(tag).map(|align| ("class", align))).collect();
    out.heading_with(name, &attrs, node);
}

fn div<'a>(out: &mut Body<'a>, node: NodeId, tag: &'a Tag) {
    let centre = (&*tag.name == "center").then_some("center");
    let frame = Frame {
        align: style::side(tag).or(centre),
        framed: tag.is("data-with-frame"),
        wide: tag.is("data-full-width"),
    };
    let id = tag.attr("id").and_then(|id| out.claim(id));
    if id.is_none() && !out.html.inside("table") && image::group(out, node, frame) {
        return;
    }
    let classes: Vec<&str> =
        [style::text_align(tag).or(centre), is_note(tag).then_some("note"), frame.wide.then_some("wide")]
            .into_iter()
            .flatten()
            .collect();
    let classes = classes.join(" ");
    let mut attrs: Vec<_> = style::language(tag).collect();
    attrs.extend((!classes.is_empty()).then_some(("class", &*classes)));
    attrs.extend(id.iter().map(|id| ("id", &**id)));
    if !attrs.is_empty() || out.page.children(node).any(|child| !out.is_blank(child)) {
        out.wrap("div", &attrs, node);
    }
}

/// Hand-written call-outs: other tools' classes for what is a hint here.
fn is_note(tag: &Tag) -> bool {
    let classes = tag.attr("class").unwrap_or_default();
    classes
        .split_whitespace()
        .any(|class| matches!(class, "note" | "warning" | "tip" | "caution" | "important" | "info"))
}
