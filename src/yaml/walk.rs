//! A node in; what lies below it out, within bounds, since aliases can make a small text a huge tree.

use serde_json::{Map, Value as Json};

use super::{Node, Value};

/// How deep below a node the walks go.
pub const MAX_DEPTH: usize = 100;
/// How many nodes the walks visit beyond as many as are written: what aliases may add.
pub const MAX_NODES: usize = 100_000;

/// The nodes below and with one, in the order of the text, keys before their values; aliases are followed.
pub struct Descendants<'a> {
    /// The nodes above the next one, and which child of theirs comes next.
    above: Vec<(Node<'a>, usize)>,
    start: Option<Node<'a>>,
    left: usize,
    cut: bool,
}

impl Descendants<'_> {
    /// Whether something was left out because it lay too deep or came too late.
    pub fn was_cut(&self) -> bool {
        self.cut
    }
}

impl<'a> Iterator for Descendants<'a> {
    type Item = Node<'a>;

    fn next(&mut self) -> Option<Node<'a>> {
        let next = self.start.take().or_else(|| {
            loop {
                let (node, index) = self.above.last_mut()?;
                *index += 1;
                match node.child(*index - 1) {
                    Some(child) => return Some(child),
                    None => self.above.pop(),
                };
            }
        })?;
        if self.left == 0 {
            self.cut = true;
            self.above.clear();
            return None;
        }
        self.left -= 1;
        if self.above.len() < MAX_DEPTH {
            self.above.push((next, 0));
        } else {
            self.cut |= next.child(0).is_some();
        }
        Some(next)
    }
}

impl<'a> Node<'a> {
    /// This node and all below, no more than [`MAX_DEPTH`] levels and, besides as many nodes as
    /// the document has, [`MAX_NODES`].
    pub fn descendants(self) -> Descendants<'a> {
        Descendants { above: Vec::new(), start: Some(self), left: MAX_NODES, cut: false }
    }

    /// The node as JSON, `<<` followed, the last of duplicate keys. Dates, `.inf` and `.nan` are
    /// text, and so is a value that does not fit its tag. Null stands for what lies beyond the
    /// bounds of [`Node::descendants`].
    pub fn to_json(self) -> Json {
        json(self, 0, &mut self.limit())
    }
}

fn json(node: Node, depth: usize, left: &mut usize) -> Json {
    if *left == 0 || depth > MAX_DEPTH {
        return Json::Null;
    }
    *left -= 1;
    if node.is_list() {
        let items = node.items();
        let fit = items.len().min(*left);
        return Json::Array(items.take(fit).map(|item| json(item, depth + 1, left)).collect());
    }
    if node.is_map() {
        let (entries, looked_at) = node.merged_entries_and_work();
        // Looking at the keys counts too: maps brought by `<<` may be looked at for many others.
        *left = left.saturating_sub(looked_at);
        let mut map = Map::new();
        for (key, value) in entries {
            if *left == 0 {
                break;
            }
            map.insert(key.text().unwrap_or_default().to_owned(), json(value, depth + 1, left));
        }
        return Json::Object(map);
    }
    let text = node.text().unwrap_or_default();
    match node.value() {
        Some(Value::Null) => Json::Null,
        Some(Value::Bool(value)) => Json::Bool(value),
        Some(Value::Int(value)) => Json::from(value),
        Some(Value::Uint(value)) => Json::from(value),
        Some(Value::Float(value)) if value.is_finite() => Json::from(value),
        Some(Value::Binary(bytes)) => Json::String(String::from_utf8_lossy(&bytes).into_owned()),
        _ => Json::String(text.to_owned()),
    }
}
