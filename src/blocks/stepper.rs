//! `{% stepper %} {% step %} … {% endstep %} {% endstepper %}`: numbered steps.

use super::Block;
use crate::page::{Content, Kind, NodeId, Page, Tag};
use crate::render::Body;

pub const STEPPER: Block = Block {
    name: "stepper",
    about: "Numbered steps joined by a line.",
    content: Content::Markdown,
    attrs: &[],
    anchor: None,
    render: steps,
};

pub const STEP: Block = Block {
    name: "step",
    about: "One step; a heading as its first line is its title.",
    content: Content::Markdown,
    attrs: &[],
    anchor: None,
    render: alone,
};

fn steps<'a>(out: &mut Body<'a>, node: NodeId, _: &'a Tag) {
    let page = out.page;
    let children: Vec<NodeId> = page.children(node).filter(|child| !out.is_blank(*child)).collect();
    // A list may hold only its items, so text between two steps joins the step before it.
    let first = children.iter().position(|child| is_step(page, *child)).unwrap_or(children.len());
    out.siblings(children[..first].iter().copied());
    if first == children.len() {
        return;
    }
    out.html.open("ol", &[("class", "stepper")]);
    let mut open = false;
    for child in &children[first..] {
        if is_step(page, *child) {
            if open {
                out.html.close();
            }
            out.html.open("li", &[("class", "step")]);
            open = true;
            out.children(*child);
        } else {
            out.node(*child);
        }
    }
    out.html.close();
    out.html.close();
    out.html.newline();
}

fn is_step(page: &Page, node: NodeId) -> bool {
    matches!(page.node(node).kind, Kind::Tag(tag) if &*page.tags[tag as usize].name == "step")
}

/// A step outside of a stepper is a list of one.
fn alone<'a>(out: &mut Body<'a>, node: NodeId, _: &'a Tag) {
    out.html.open("ol", &[("class", "stepper")]);
    out.wrap("li", &[("class", "step")], node);
    out.html.close();
}
