//! Lists of raw HTML: items in, valid lists out, with items around whatever stands between them.

use super::{division, is_silent, name_at};
use crate::page::{Kind, NodeId, Page, Tag};
use crate::render::Body;

pub fn element(out: &mut Body<'_>, node: NodeId, tag: &Tag) {
    match &*tag.name {
        "ul" => list(out, node, "ul", None),
        "ol" => list(out, node, "ol", tag.attr("start").and_then(|start| start.trim().parse::<i32>().ok())),
        "dl" => terms(out, node),
        "li" => {
            out.html.open("ul", &[]);
            out.wrap("li", &[], node);
            out.html.close();
        }
        _ => division(out, node),
    }
}

fn list(out: &mut Body<'_>, node: NodeId, name: &'static str, start: Option<i32>) {
    let parts = parts(out, node, &["li"]);
    if parts.is_empty() {
        return;
    }
    let start = start.filter(|start| *start != 1).map(|start| start.to_string());
    let attrs: Vec<(&str, &str)> = start.as_deref().map(|start| ("start", start)).into_iter().collect();
    out.html.open(name, &attrs);
    out.html.newline();
    for part in parts {
        out.html.open("li", &[]);
        part.render(out);
        out.html.close();
        out.html.newline();
    }
    out.html.close();
    out.html.newline();
}

/// A list of terms: every group has a term and a description, though perhaps an empty one.
fn terms(out: &mut Body<'_>, node: NodeId) {
    let parts = parts(out, node, &["dt", "dd"]);
    let page = out.page;
    if !parts.iter().any(|part| matches!(part, Part::Item(_))) {
        return division(out, node);
    }
    out.html.open("dl", &[]);
    out.html.newline();
    let mut last = "";
    for part in parts {
        let name = if part.is(page, "dt") { "dt" } else { "dd" };
        if name == "dd" && last.is_empty() {
            out.html.element("dt", &[], "");
        }
        out.html.open(name, &[]);
        part.render(out);
        out.html.close();
        out.html.newline();
        last = name;
    }
    if last == "dt" {
        out.html.element("dd", &[], "");
    }
    out.html.close();
    out.html.newline();
}

/// A part of a list: an item, or what stands between two of them.
enum Part {
    Item(NodeId),
    Loose(Vec<NodeId>),
}

impl Part {
    fn is(&self, page: &Page, name: &str) -> bool {
        matches!(self, Part::Item(node) if name_at(page, *node) == name)
    }

    fn render(self, out: &mut Body<'_>) {
        match self {
            Part::Item(node) => out.children(node),
            Part::Loose(nodes) => out.siblings(nodes.into_iter()),
        }
    }
}

fn parts(out: &Body<'_>, node: NodeId, items: &[&str]) -> Vec<Part> {
    let page = out.page;
    let mut parts = Vec::new();
    for child in page.children(node).filter(|child| page.node(*child).kind != Kind::End) {
        match parts.last_mut() {
            _ if items.contains(&name_at(page, child)) => parts.push(Part::Item(child)),
            Some(Part::Loose(nodes)) => nodes.push(child),
            _ if is_silent(out, child) => {}
            _ => parts.push(Part::Loose(vec![child])),
        }
    }
    parts
}
