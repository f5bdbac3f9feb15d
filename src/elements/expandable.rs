//! `<details>`: a summary that opens what it stands for.

use super::name_at;
use crate::page::{Kind, NodeId, Tag};
use crate::render::Body;

pub fn details(out: &mut Body<'_>, node: NodeId, tag: &Tag) {
    let page = out.page;
    if out.html.interactive() {
        return super::division(out, node);
    }
    let id = out.id(node);
    let mut attrs = vec![("class", "expandable")];
    attrs.extend(id.iter().map(|id| ("id", &**id)));
    attrs.extend(tag.find("open").map(|_| ("open", "")));
    out.html.open("details", &attrs);
    let summary = page.children(node).find(|child| name_at(page, *child) == "summary");
    match summary.filter(|summary| page.children(*summary).any(|child| !out.is_blank(child))) {
        Some(summary) => out.wrap("summary", &[], summary),
        None => out.html.element("summary", &[], "Details"),
    }
    out.html.newline();
    out.html.open("div", &[("class", "expandable-body")]);
    out.siblings(page.children(node).filter(|child| Some(*child) != summary && page.node(*child).kind != Kind::End));
    out.html.close();
    out.html.close();
    out.html.newline();
}
