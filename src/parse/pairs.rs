//! Pairs opening and end tags among the children of one container, and says what did not pair.
//!
//! An end tag closes everything down to its opener. A block that is never closed ends where the next of its name
//! begins, or with its container. An end tag that has no opener beside it closes one in an outer container.

use super::html;
use super::tree::Builder;
use crate::diagnostic::Diagnostic;
use crate::page::{Content, Kind, NodeId};
use crate::source::Span;

/// Blocks inside one another in one container beyond this are shown as they stand; so the open ones are few, however
/// many end tags look for theirs.
const DEPTH: usize = 64;

/// An opening tag that still waits for its end.
struct Open {
    node: NodeId,
    name: Box<str>,
    html: bool,
}

/// Pairs the children of `container`. End tags without an opener are left to `parent`.
pub fn pair(builder: &mut Builder, container: NodeId, parent: Option<NodeId>) {
    if builder.ends.is_empty() && !has_tags(builder, container) {
        return;
    }
    let end = builder.page.node(container).next;
    let mut open: Vec<Open> = Vec::new();
    let mut outward: Vec<NodeId> = Vec::new();
    let mut at = container + 1;
    while at < end {
        let node = builder.page.node(at);
        match node.kind {
            Kind::Tag(tag) | Kind::Element(tag) => {
                let twin = builder.twins.get(&at).cloned();
                let is_html = twin.is_some() || matches!(node.kind, Kind::Element(_));
                let name = twin.unwrap_or_else(|| builder.page.tags[tag as usize].name.clone());
                let waits =
                    if is_html { !html::is_void(&name) } else { (builder.grammar)(&name) != Some(Content::Void) };
                if is_html {
                    while open.last().is_some_and(|top| top.html && html::implied_end(&name).contains(&&*top.name)) {
                        end_at(builder, &mut open, at);
                    }
                }
                if waits && open.len() < DEPTH {
                    open.push(Open { node: at, name, html: is_html });
                }
            }
            Kind::Stray => {
                if let Some((name, is_html)) = builder.ends.get(&at).cloned()
                    && !close(builder, &mut open, &name, is_html, at, at + 1)
                    && !is_html
                {
                    outward.push(at);
                }
            }
            _ => {}
        }
        // A block opened here may have been closed inside its last child.
        let pending = if builder.pending.is_empty() { None } else { builder.pending.remove(&at) };
        for stray in pending.unwrap_or_default() {
            let Some((name, _)) = builder.ends.get(&stray).cloned() else {
                continue;
            };
            let opener = open.iter().rfind(|o| !o.html && o.name == name).map(|o| o.node);
            if close(builder, &mut open, &name, false, stray, node.next) {
                report_misplaced(builder, &name, opener, stray);
            } else {
                outward.push(stray);
            }
        }
        at = node.next;
    }
    while !open.is_empty() {
        end_at(builder, &mut open, end);
    }
    if !outward.is_empty() && parent.is_some() {
        builder.pending.insert(container, outward);
    }
}

fn has_tags(builder: &Builder, container: NodeId) -> bool {
    builder.page.children(container).any(|id| matches!(builder.page.node(id).kind, Kind::Tag(_) | Kind::Element(_)))
}

/// Closes the innermost open tag of this name; its subtree ends before `next`. False when none is open.
fn close(builder: &mut Builder, open: &mut Vec<Open>, name: &str, is_html: bool, stray: NodeId, next: NodeId) -> bool {
    if !open.iter().any(|open| open.html == is_html && *open.name == *name) {
        return false;
    }
    let inside_end = if next == stray + 1 { stray } else { next };
    while let Some(top) = open.last() {
        if top.html == is_html && *top.name == *name {
            builder.page.nodes[top.node as usize].next = next;
            if let Kind::Tag(tag) | Kind::Element(tag) = builder.page.node(top.node).kind {
                builder.page.tags[tag as usize].closed = true;
            }
            builder.page.nodes[stray as usize].kind = Kind::End;
            builder.ends.remove(&stray);
            open.pop();
            return true;
        }
        end_at(builder, open, inside_end);
    }
    false
}

/// Ends the innermost open tag at `end` without an end tag of its own.
fn end_at(builder: &mut Builder, open: &mut Vec<Open>, end: NodeId) {
    let Some(top) = open.pop() else { return };
    if !top.html && (builder.grammar)(&top.name) != Some(Content::Markdown) {
        return;
    }
    let mut at = top.node + 1;
    while at < end && !opens(builder, at, &top) {
        at = builder.page.node(at).next;
    }
    builder.page.nodes[top.node as usize].next = at;
    if !top.html {
        let span = span(builder, top.node);
        let name = &top.name;
        builder.page.problems.push(
            Diagnostic::error("unclosed-tag", span, format!("`{name}` is never closed"))
                .help(format!("add `{{% end{name} %}}` where the block ends")),
        );
    }
}

fn opens(builder: &Builder, at: NodeId, like: &Open) -> bool {
    match builder.page.node(at).kind {
        Kind::Tag(tag) if !like.html => builder.page.tags[tag as usize].name == like.name,
        Kind::Element(tag) if like.html => builder.page.tags[tag as usize].name == like.name,
        _ => false,
    }
}

fn report_misplaced(builder: &mut Builder, name: &str, opener: Option<NodeId>, stray: NodeId) {
    let span_of_end = span(builder, stray);
    let message = format!("`end{name}` stands in another list item or quote than the tag it closes");
    let mut problem = Diagnostic::warning("misplaced-end-tag", span_of_end, message)
        .help("indent the end tag exactly as its opening tag");
    if let Some(opener) = opener {
        problem = problem.label(span(builder, opener), "opened here");
    }
    builder.page.problems.push(problem);
}

/// Reports the end tags that closed nothing at all.
pub fn report_strays(builder: &mut Builder) {
    let mut strays: Vec<_> = builder.ends.iter().map(|(id, (name, html))| (*id, name.clone(), *html)).collect();
    strays.sort();
    for (id, name, is_html) in strays {
        let span = span(builder, id);
        let message =
            if is_html { format!("`</{name}>` closes nothing") } else { format!("`end{name}` closes nothing") };
        builder.page.problems.push(
            Diagnostic::warning("stray-end-tag", span, message).help("remove it, or add the tag that it should close"),
        );
    }
}

fn span(builder: &Builder, id: NodeId) -> Span {
    builder.page.span(builder.page.node(id))
}
