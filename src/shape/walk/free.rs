//! Free content that is read in: no shape says what it holds, but every map in it is decoded.

use super::Walk;
use super::words::{bad_tag, describe, quoted};
use crate::shape::Breaks;
use crate::yaml::{Node, Value};

/// A value somewhere in free content.
#[derive(Clone, Copy)]
struct Free<'a> {
    node: Node<'a>,
    /// It stands behind `<<`: its keys become those of the map around it, which makes texts of them.
    merged: bool,
}

impl<'a> Walk<'a> {
    pub(super) fn free_map(&mut self, node: Node<'a>, any_keys: bool) {
        if node.is_map() {
            self.any(node, if any_keys { usize::MAX } else { 1 });
        } else {
            self.report_type(node, "a map");
        }
    }

    /// Free content: every map in it is decoded too. `text_keys_from` is the depth from which keys must be text for the
    /// value to be stored. Nesting is bounded by the parser, so the walk keeps its own stack.
    pub(super) fn any(&mut self, node: Node<'a>, text_keys_from: usize) {
        let mut open: Vec<(Node<'a>, Vec<Free<'a>>)> = Vec::new();
        let mut next = Some(Free { node, merged: false });
        let mut first = true;
        loop {
            if let Some(free) = next.take() {
                // The caller has opened the first.
                if std::mem::take(&mut first) || self.open(free.node) {
                    let children = self.any_one(free, open.len() >= text_keys_from);
                    open.push((free.node, children));
                }
            }
            let Some((node, children)) = open.last_mut() else { return };
            match children.pop() {
                Some(child) => next = Some(child),
                None => {
                    let node = *node;
                    open.pop();
                    if !open.is_empty() {
                        self.close(node);
                    }
                }
            }
        }
    }

    /// One value of free content; gives those in it, the last first.
    fn any_one(&mut self, Free { node, merged }: Free<'a>, text_keys: bool) -> Vec<Free<'a>> {
        if node.is_list() {
            return node.items().rev().map(|node| Free { node, merged }).collect();
        }
        if node.is_map() {
            self.keys_of(node);
            if text_keys && !merged {
                self.report_odd_key(node);
            }
            return node.entries().rev().map(|(key, node)| Free { node, merged: key.is_merge() }).collect();
        }
        if bad_tag(node).is_some() {
            self.report_type(node, "anything");
        } else if let Some(Value::Float(float)) = node.value() {
            self.storable(node, float);
        }
        Vec::new()
    }

    /// One key that is no text keeps the whole map from being stored.
    fn report_odd_key(&mut self, map: Node<'a>) {
        let is_text = |key: Node| matches!((key.tag(), key.value()), (None | Some("!!str"), Some(Value::Text(_))));
        let odd =
            map.entries().map(|(key, _)| key).find(|key| !key.is_merge() && key.text().is_some() && !is_text(*key));
        let Some(key) = odd else { return };
        let name = quoted(key.text().unwrap_or_default());
        let what = match (key.value(), key.tag()) {
            (Some(Value::Text(_)), Some(tag)) => format!("has the tag `{tag}`"),
            _ => format!("is {}", describe(key)),
        };
        self.report_with_help(
            "unstorable",
            Some(Breaks::Install),
            key.span(),
            format!("the key {name} {what}, which cannot be stored when the plugin is installed"),
            "put it in quotes",
        );
    }
}
