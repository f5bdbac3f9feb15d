//! Ignores in Markdown: a page in; its HTML comments that silence rules, each with the block it is for, out.

use super::{Directive, Ignore};
use crate::page::{Kind, NodeId, Page};
use std::collections::HashMap;
use std::ops::Range;

/// A comment before a block holds for the block with all that is in it; one among words for the rest of the paragraph.
pub fn ignores(page: &Page, text: &str) -> Vec<Ignore> {
    let code: Vec<Range<u32>> = page
        .nodes
        .iter()
        .filter(|node| matches!(node.kind, Kind::CodeBlock(_) | Kind::InlineCode(_)))
        .map(|node| node.start..node.end)
        .collect();
    let mut blocks = Blocks::new(page);
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
    /// For nodes among words, the last one of their run; those that were asked for.
    runs: HashMap<NodeId, NodeId>,
    /// For nodes that were asked for, the first one from there on in their container that shows something.
    shown: HashMap<NodeId, Option<NodeId>>,
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
        Blocks { page, parents, ends, runs: HashMap::new(), shown: HashMap::new() }
    }

    /// What follows a comment in the container that holds it; where no block does, definitions may.
    fn next(&mut self, start: u32, end: u32) -> Range<u32> {
        let container = self.around(start);
        let Some(first) = self.first_shown(container, end) else {
            return end..self.ends[container as usize].max(end);
        };
        // What stands between, such as a definition, is no block of its own.
        let last = self.last_of_run(container, first);
        end..self.ends[last as usize]
    }

    /// The first child of a container that begins behind a place and shows something. Of many comments in a row each
    /// would pass what the next one passes.
    fn first_shown(&mut self, container: NodeId, end: u32) -> Option<NodeId> {
        let mut passed = Vec::new();
        let mut found = None;
        for id in self.children(container, end) {
            if let Some(known) = self.shown.get(&id) {
                found = *known;
                break;
            }
            passed.push(id);
            if self.shows(id) {
                found = Some(id);
                break;
            }
        }
        self.shown.extend(passed.into_iter().map(|id| (id, found)));
        found
    }

    /// The children of a container that begin behind a place.
    fn children(&self, container: NodeId, end: u32) -> impl Iterator<Item = NodeId> {
        let mut first = self.page.nodes.partition_point(|node| node.start < end) as NodeId;
        let stop = self.page.node(container).next;
        while first < stop && self.parents[first as usize] != container {
            first = self.page.node(first).next;
        }
        let siblings = std::iter::successors(Some(first), |id| Some(self.page.nodes.get(*id as usize)?.next));
        siblings.take_while(move |id| *id < stop)
    }

    fn shows(&self, id: NodeId) -> bool {
        let node = self.page.node(id);
        node.end > node.start && !matches!(node.kind, Kind::End | Kind::Stray | Kind::SoftBreak | Kind::HardBreak)
    }

    /// The last of the words that a node begins; the node itself where it is a block.
    fn last_of_run(&mut self, container: NodeId, first: NodeId) -> NodeId {
        let mut run = Vec::new();
        let mut last = first;
        for id in self.children(container, self.page.node(first).start).filter(|id| self.shows(*id)) {
            if !self.is_inline(container, id) {
                break;
            }
            run.push(id);
            last = id;
            if let Some(known) = self.runs.get(&id) {
                last = *known;
                break;
            }
        }
        self.runs.extend(run.into_iter().map(|id| (id, last)));
        last
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
