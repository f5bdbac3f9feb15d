//! Images: Markdown's, `<img>`, `<picture>` and `<figure>` in; figures, galleries and inline images with sizes out.

mod place;

use super::{element_at, name_at, style, words_in};
use crate::page::{Kind, NodeId, Page, Tag};
use crate::render::Body;
use crate::site::Target;

/// How a block image stands on the page; said by the `<div>` around it.
#[derive(Clone, Copy, Default)]
pub struct Frame {
    /// `left`, `center` or `right`.
    pub align: Option<&'static str>,
    pub framed: bool,
    pub wide: bool,
}

/// An image with its variant for dark themes.
#[derive(Clone, Copy, Default)]
struct Picture<'a> {
    link: Option<u32>,
    dark: Option<u32>,
    /// The `<img>` with the alternative text and the size.
    tag: Option<&'a Tag>,
}

/// The address of an image, and its size where it is a file of the book; `None` when there is no such file.
pub fn source(out: &Body<'_>, link: u32) -> Option<(String, Option<(u32, u32)>)> {
    let size = match out.target(link)? {
        Target::Asset { path, .. } => out.site.sources.assets().get(path).and_then(|asset| asset.dimensions),
        Target::External(_) => None,
        _ => return None,
    };
    Some((out.href(link)?, size))
}

/// `![alt](src)` within text.
pub fn markdown(out: &mut Body<'_>, link: u32, node: NodeId) {
    let alt = words_in(out, node);
    write(out, Picture { link: Some(link), ..Picture::default() }, &alt);
}

/// `![caption](src)` alone in its paragraph.
pub fn figure(out: &mut Body<'_>, link: u32, node: NodeId) {
    framed_markdown(out, link, node, Frame::default());
}

fn framed_markdown(out: &mut Body<'_>, link: u32, node: NodeId, frame: Frame) {
    if in_figure(out) || out.html.phrasing() {
        return markdown(out, link, node);
    }
    open(out, frame);
    markdown(out, link, node);
    if out.page.children(node).any(|child| !out.is_blank(child)) {
        out.html.open("figcaption", &[]);
        out.children(node);
        out.html.close();
    }
    close(out);
}

/// `<img>`: a block where it stands alone, else a part of its line.
pub fn element<'a>(out: &mut Body<'a>, node: NodeId, tag: &'a Tag) {
    let link = tag.find("src").and_then(|attr| attr.link);
    let picture = Picture { link, dark: None, tag: Some(tag) };
    block_or_inline(out, node, picture);
}

/// `<picture>`: an image with another for dark themes.
pub fn picture(out: &mut Body<'_>, node: NodeId) {
    let picture = picture_at(out.page, node);
    block_or_inline(out, node, picture);
    // A picture holds no words; what stands in it anyway is kept.
    let page = out.page;
    out.siblings(page.children(node).filter(|child| !matches!(name_at(page, *child), "img" | "source")));
}

/// Whether the node is an image of raw HTML.
pub fn is_picture(page: &Page, node: NodeId) -> bool {
    matches!(name_at(page, node), "img" | "picture")
}

fn picture_at(page: &Page, node: NodeId) -> Picture<'_> {
    let mut picture = Picture::default();
    let mut light = None;
    for tag in page.children(node).filter_map(|child| element_at(page, child)) {
        let link = tag.find("srcset").or(tag.find("src")).and_then(|attr| attr.link);
        let media = tag.attr("media").unwrap_or_default();
        match &*tag.name {
            "img" => {
                picture.tag = Some(tag);
                picture.link = tag.find("src").and_then(|attr| attr.link);
            }
            "source" if media.contains("dark") => picture.dark = link,
            "source" if media.contains("light") => light = link,
            _ => {}
        }
    }
    picture.link = light.or(picture.link);
    picture
}

fn block_or_inline<'a>(out: &mut Body<'a>, node: NodeId, picture: Picture<'a>) {
    let alt = picture.tag.and_then(|tag| tag.attr("alt")).unwrap_or_default();
    let inline = picture.tag.is_some_and(|tag| tag.find("data-size").is_some());
    if inline || in_figure(out) || !stands_alone(out, node) {
        return write(out, picture, alt);
    }
    open(out, Frame::default());
    write(out, picture, alt);
    close(out);
}

/// Whether no text stands beside the node in its line, and a block may stand there.
fn stands_alone(out: &Body<'_>, node: NodeId) -> bool {
    let page = out.page;
    if out.text_before || out.html.phrasing() || out.html.interactive() || out.html.inside("table") {
        return false;
    }
    let mut after = page.node(node).next;
    while (after as usize) < page.nodes.len() {
        if page.node(after).kind == Kind::End || !(out.is_blank(after) || name_at(page, after) == "br") {
            // What follows after a blank line stands elsewhere, perhaps outside the list item.
            let between = &out.file[page.node(node).end as usize..page.node(after).start as usize];
            let lines = between.rsplit_once('\n').map_or("", |(lines, _)| lines);
            let apart = lines.split('\n').skip(1).any(|line| line.trim().is_empty());
            return apart || !is_text(page, after);
        }
        after = page.node(after).next;
    }
    true
}

/// Whether the node is a part of a line, as text and marks are.
pub fn is_text(page: &Page, node: NodeId) -> bool {
    match page.node(node).kind {
        Kind::Text | Kind::Literal(_) | Kind::InlineCode(_) | Kind::Math(_) | Kind::NoteMark(_) => true,
        Kind::Emphasis | Kind::Strong | Kind::Strike | Kind::Link(_) | Kind::Image(_) => true,
        Kind::Element(tag) => !super::is_block(&page.tags[tag as usize]),
        _ => false,
    }
}

/// `<figure>` with an image; one without is a division.
pub fn html_figure(out: &mut Body<'_>, node: NodeId, frame: Frame) {
    let page = out.page;
    let is_caption = |child: &NodeId| name_at(page, *child) == "figcaption";
    let image = |at: NodeId| {
        matches!(page.node(at).kind, Kind::Image(_)) || matches!(name_at(page, at), "img" | "picture" | "video")
    };
    if !(node + 1..page.node(node).next).any(image) {
        return super::division(out, node);
    }
    open(out, frame);
    out.siblings(page.children(node).filter(|child| !is_caption(child)));
    let captions: Vec<NodeId> = page
        .children(node)
        .filter(is_caption)
        .flat_map(|caption| page.children(caption))
        .filter(|child| !matches!(page.node(*child).kind, Kind::End))
        .collect();
    if captions.iter().any(|child| !is_empty(out, *child)) {
        out.html.open("figcaption", &[]);
        out.siblings(captions.into_iter());
        out.html.close();
    }
    close(out);
}

/// White space, or an element with nothing but white space in it.
fn is_empty(out: &Body<'_>, node: NodeId) -> bool {
    let page = out.page;
    out.is_blank(node) || (name_at(page, node) == "p" && page.children(node).all(|child| out.is_blank(child)))
}

/// Images side by side or alone: what a `<div>` of images holds. False when it holds anything else.
pub fn group(out: &mut Body<'_>, node: NodeId, frame: Frame) -> bool {
    let page = out.page;
    let children: Vec<NodeId> = page.children(node).filter(|child| !super::is_silent(out, *child)).collect();
    let is_figure = |child: &NodeId| name_at(page, *child) == "figure" || page.node(*child).kind == Kind::Paragraph;
    let are_images = !children.is_empty() && children.iter().all(|child| is_image(out, *child));
    if !are_images || (children.len() > 1 && !children.iter().any(is_figure)) {
        return false;
    }
    if children.len() > 1 {
        let class = if frame.wide { "gallery wide" } else { "gallery" };
        out.html.open("div", &[("class", class)]);
    }
    for child in &children {
        framed(out, *child, Frame { wide: frame.wide && children.len() == 1, ..frame });
    }
    if children.len() > 1 {
        out.html.close();
        out.html.newline();
    }
    true
}

/// An image, a figure, a link around one, or a paragraph that is one.
fn is_image(out: &Body<'_>, node: NodeId) -> bool {
    let page = out.page;
    match page.node(node).kind {
        Kind::Paragraph => only_image(out, node).is_some(),
        Kind::Element(_) => match name_at(page, node) {
            "figure" | "img" | "picture" => true,
            "a" => {
                let mut inside = page.children(node).filter(|child| !out.is_blank(*child));
                inside.next().is_some_and(|child| is_picture(page, child)) && inside.next().is_none()
            }
            _ => false,
        },
        _ => false,
    }
}

/// The Markdown image that is all of a paragraph.
fn only_image(out: &Body<'_>, node: NodeId) -> Option<(u32, NodeId)> {
    let page = out.page;
    let mut visible = page.children(node).filter(|child| !out.is_blank(*child));
    match (visible.next(), visible.next()) {
        (Some(only), None) => match page.node(only).kind {
            Kind::Image(link) => Some((link, only)),
            _ => None,
        },
        _ => None,
    }
}

fn framed(out: &mut Body<'_>, node: NodeId, frame: Frame) {
    if name_at(out.page, node) == "figure" {
        return html_figure(out, node, frame);
    }
    if let Some((link, image)) = only_image(out, node) {
        return framed_markdown(out, link, image, frame);
    }
    open(out, frame);
    out.node(node);
    close(out);
}

fn open(out: &mut Body<'_>, frame: Frame) {
    let class = ["image", "image framed", "image wide", "image framed wide"];
    let class = class[usize::from(frame.framed) + 2 * usize::from(frame.wide)];
    let align = frame.align.map(|align| ("data-align", align));
    let attrs: Vec<(&str, &str)> = [("class", class)].into_iter().chain(align).collect();
    out.html.open("figure", &attrs);
}

fn close(out: &mut Body<'_>) {
    out.html.close();
    out.html.newline();
}

/// Whether this is the image of a figure, and not one in its caption.
fn in_figure(out: &Body<'_>) -> bool {
    out.html.innermost(&["figure", "figcaption", "td", "th", "li"]) == Some("figure")
}

fn write(out: &mut Body<'_>, picture: Picture<'_>, alt: &str) {
    let light = picture.link.and_then(|link| source(out, link));
    let dark = picture.dark.and_then(|link| source(out, link));
    let inline = if in_figure(out) { "" } else { "inline" };
    match (light, dark) {
        (Some(light), Some(dark)) => {
            one(out, &light, picture.tag, alt, &format!("{inline} only-light"));
            one(out, &dark, picture.tag, alt, &format!("{inline} only-dark"));
        }
        (Some(image), None) | (None, Some(image)) => one(out, &image, picture.tag, alt, inline),
        (None, None) => missing(out, picture.link.or(picture.dark), alt),
    }
}

fn one(out: &mut Body<'_>, image: &(String, Option<(u32, u32)>), tag: Option<&Tag>, alt: &str, class: &str) {
    let given = tag.map_or((None, None), |tag| (style::length(tag, "width"), style::length(tag, "height")));
    let (width, height) = place::size(given, image.1);
    let shown = place::height(width, height);
    let (width, height) = (width.map(|n| n.to_string()), height.map(|n| n.to_string()));
    let line = tag.and_then(|tag| tag.attr("data-size")).filter(|size| matches!(*size, "line" | "original"));
    let mut attrs = Vec::with_capacity(8);
    let class = class.trim();
    attrs.extend((!class.is_empty()).then_some(("class", class)));
    attrs.push(("src", &*image.0));
    attrs.push(("alt", alt));
    attrs.extend(width.as_deref().map(|width| ("width", width)));
    attrs.extend(height.as_deref().map(|height| ("height", height)));
    attrs.extend(line.filter(|_| class.contains("inline")).map(|size| ("data-size", size)));
    // Of two that take turns only the one that is seen is worth a request.
    let later = place::is_below(out.html.len(), out.pictured) || class.contains("only-");
    attrs.extend(later.then_some(("loading", "lazy")));
    attrs.push(("decoding", "async"));
    out.html.void("img", &attrs);
    if !class.contains("inline") {
        out.pictured = out.pictured.saturating_add(shown);
    }
}

/// What stands in for an image that is not there: its words, or its name.
fn missing(out: &mut Body<'_>, link: Option<u32>, alt: &str) {
    let page = out.page;
    let dest = link.map_or("", |link| &*page.links[link as usize].dest);
    let name = crate::site::assets::decoded(dest.rsplit('/').next().unwrap_or(dest));
    let words = if alt.trim().is_empty() { &*name } else { alt };
    if !words.is_empty() {
        out.html.element("span", &[("class", "missing-image")], words);
    }
}

/// An image that a table cell names by a link: a cover, or a cell of images. False when there is no such image.
pub fn named(out: &mut Body<'_>, link: u32, dark: Option<u32>, alt: &str, class: &str) -> bool {
    let Some(light) = source(out, link) else { return false };
    match dark.and_then(|link| source(out, link)) {
        Some(dark) => {
            one(out, &light, None, alt, &format!("{class} only-light"));
            one(out, &dark, None, alt, &format!("{class} only-dark"));
        }
        None => one(out, &light, None, alt, class),
    }
    true
}
