//! A document and a JSON pointer in; the node there, and the place that an author is shown for it, out.

use crate::shape::elision::Elisions;
use crate::yaml::Node;
use std::ops::Range;

/// A node with what leads to it.
pub struct At<'d> {
    pub node: Node<'d>,
    /// The key of the innermost map, if the node is the value of one.
    pub key: Option<Node<'d>>,
    /// `steps[0].run`; empty for the whole document.
    pub path: String,
    /// Something above it, or it itself, is left out on purpose.
    pub elided: bool,
}

/// Follows a pointer as far as it goes.
pub fn find<'d>(root: Node<'d>, pointer: &str, elisions: Option<&Elisions>) -> At<'d> {
    let is_elided = |key, node| elisions.is_some_and(|elisions| elisions.is_value(key, node));
    let mut at = At { node: root, key: None, path: String::new(), elided: is_elided(None, root) };
    for step in pointer.split('/').skip(1) {
        let name = step.replace("~1", "/").replace("~0", "~");
        if at.node.is_list() {
            let Some(item) = name.parse().ok().and_then(|index: usize| at.node.items().nth(index)) else { break };
            at.node = item;
            at.key = None;
            at.path.push_str(&format!("[{name}]"));
        } else {
            let Some((key, value)) = entry(at.node, &name) else { break };
            at.node = value;
            at.key = Some(key);
            let dot = if at.path.is_empty() { "" } else { "." };
            at.path.push_str(&format!("{dot}{name}"));
        }
        at.elided |= is_elided(at.key, at.node);
    }
    at
}

/// The key and the value that count for a name.
pub fn entry<'d>(map: Node<'d>, name: &str) -> Option<(Node<'d>, Node<'d>)> {
    let mut written = None;
    for (key, value) in map.entries().filter(|(key, _)| key.text() == Some(name) && !key.is_merge()) {
        written = Some((key, value));
    }
    written.or_else(|| map.merged_entries().into_iter().find(|(key, _)| key.text() == Some(name)))
}

impl<'d> At<'d> {
    /// A node of which nothing above it matters.
    pub fn of(node: Node<'d>) -> At<'d> {
        At { node, key: None, path: String::new(), elided: false }
    }

    /// A scalar itself; for a list, a map or nothing the key that holds it, else where it begins.
    pub fn range(&self) -> Range<usize> {
        let span = self.node.span();
        let is_scalar = self.node.text().is_some() || self.node.alias().is_some();
        match self.key {
            _ if is_scalar && !span.is_empty() => span,
            Some(key) => key.span(),
            None => self.start(),
        }
    }

    /// Where something is missed that nothing stands for: the key that holds the map, or its first key.
    pub fn holder(&self) -> Range<usize> {
        match self.key {
            Some(key) => key.span(),
            None if self.path.is_empty() => self.node.span().start..self.node.span().start,
            None => self.start(),
        }
    }

    fn start(&self) -> Range<usize> {
        match self.node.entries().next() {
            Some((key, _)) if key.text().is_some() => key.span(),
            _ => {
                let span = self.node.span();
                span.start..span.end.min(span.start + 1).max(span.start)
            }
        }
    }
}
