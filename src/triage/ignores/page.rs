//! Ignores in Markdown: a page in; its HTML comments that silence rules, each with the block it is for, out.

use super::{Directive, Ignore};
use crate::page::{Kind, NodeId, Page};
use std::ops::Range;

/// A comment before a block holds for the block with all that is in it; one among words for the rest of the paragraph.
pub fn ignores(page: &Page, text: &str) -> Vec<Ignore> {
    let code: Vec<Range<u32>> = page
        .nodes
        .iter()
        .filter(|node| matches!(node.kind, Kind::CodeBlock(_) | Kind::InlineCode(_)))
        .map(|node| node.start..node.end)
        .collect();
    let blocks = Blocks::new(page);
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find("<!--").map(|start| from + start) {
        let at = start as u32;
        let after = code.partition_point(|code| code.end <= at);
        if let Some(code) = code.get(after).filter(|code| code.contains(&at)) {
            from = code.end as usize;
            continue;
        }
        let Some(end) = text[start..].find("-->").map(|end| start + end) else { break };
        from = end + 3;
        if let Some(directive) = Directive::parse(&text[start + 4..end.max(start + 4)]) {
            found.extend(directive.ignores(page.file, start + 4, blocks.next(start as u32, from as u32)));
        }
    }
    found
}

/// The tree of a page as seen from below.
pub(super) struct Blocks<'p> {
    page: &'p Page,
    pub parents: Vec<NodeId>,
    /// Where each subtree ends; a tag's own node ends with its opening tag.
    ends: Vec<u32>,
}

impl Blocks<'_> {
    pub fn new(page: &Page) -> Blocks<'_> {
        let mut parents = Vec::with_capacity(page.nodes.len());
        let mut open: Vec<NodeId> = Vec::new();
        for id in 0..page.nodes.len() as NodeId {
            while open.last().is_some_and(|top| page.node(*top).next <= id) {
                open.pop();
            }
            parents.push(open.last().copied().unwrap_or(0));
            open.push(id);
        }
        let mut ends: Vec<u32> = page.nodes.iter().map(|node| node.end).collect();
        for id in (1..ends.len()).rev() {
            let parent = parents[id] as usize;
            ends[parent] = ends[parent].max(ends[id]);
        }
        Blocks { page, parents, ends }
    }

    /// What follows a comment in the container that holds it; where no block does, definitions may.
    fn next(&self, start: u32, end: u32) -> Range<u32> {
        let container = self.around(start);
        let inside = |id: NodeId| self.page.children(id).filter(|child| self.page.node(*child).start >= end);
        let mut following = inside(container).filter(|id| {
            let node = self.page.node(*id);
            node.end > node.start && !matches!(node.kind, Kind::End | Kind::Stray | Kind::SoftBreak | Kind::HardBreak)
        });
        let Some(first) = following.next() else { return end..self.ends[container as usize].max(end) };
        let mut last = first;
        if self.is_inline(container, first) {
            last = following.take_while(|id| self.is_inline(container, *id)).last().unwrap_or(first);
        }
        // What stands between, such as a definition, is no block of its own.
        end..self.ends[last as usize]
    }

    /// The innermost node around a place.
    pub fn around(&self, at: u32) -> NodeId {
        let before = self.page.nodes.partition_point(|node| node.start <= at);
        let mut id = before.saturating_sub(1) as NodeId;
        while id != 0 && self.ends[id as usize] <= at {
            id = self.parents[id as usize];
        }
        id
    }

    fn is_inline(&self, container: NodeId, id: NodeId) -> bool {
        let among_words = matches!(self.page.node(container).kind, Kind::Paragraph | Kind::Heading(_) | Kind::Cell(_));
        among_words
            || matches!(
                self.page.node(id).kind,
                Kind::Text
                    | Kind::Literal(_)
                    | Kind::InlineCode(_)
                    | Kind::Math(_)
                    | Kind::Emphasis
                    | Kind::Strong
                    | Kind::Strike
                    | Kind::Link(_)
                    | Kind::Image(_)
                    | Kind::NoteMark(_)
                    | Kind::Task(_)
            )
    }
}
