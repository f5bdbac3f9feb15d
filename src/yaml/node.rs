//! A node of the tree in; its place, its kind, its children and its keys out.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::{Document, Style};

#[derive(Debug)]
pub struct Data {
    pub span: Range<usize>,
    pub content: Content,
    pub anchor: Option<String>,
    pub tag: Option<Tag>,
}

#[derive(Debug)]
pub enum Content {
    Scalar { text: String, style: Style },
    List(Vec<Edge>),
    Map(Vec<(Edge, Edge)>),
}

impl Content {
    /// What stands where nothing is written.
    pub fn empty() -> Self {
        Content::Scalar { text: String::new(), style: Style::Plain }
    }
}

/// A node in one of its places. An alias is a second edge to the same node.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    pub id: usize,
    /// Where the alias is written.
    pub alias: Option<(usize, usize)>,
}

/// A tag as written before a value, such as `!!str`.
#[derive(Clone, Debug)]
pub struct Tag {
    name: String,
    span: Range<usize>,
}

impl Tag {
    pub const STANDARD: &str = "tag:yaml.org,2002:";

    /// A standard name is kept in its short form.
    pub fn new(name: String, span: Range<usize>) -> Self {
        let name = match name.strip_prefix(Tag::STANDARD) {
            Some(rest) => format!("!!{rest}"),
            None => name,
        };
        Tag { name, span }
    }
}

/// A value in the document. Cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct Node<'a> {
    doc: &'a Document,
    edge: Edge,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind<'a> {
    Scalar { text: &'a str, style: Style },
    List,
    Map,
}

/// A key that its map has had before.
#[derive(Clone, Copy, Debug)]
pub struct Duplicate<'a> {
    pub first: Node<'a>,
    pub again: Node<'a>,
}

impl<'a> Node<'a> {
    pub(super) fn new(doc: &'a Document, edge: Edge) -> Self {
        Node { doc, edge }
    }

    fn data(self) -> &'a Data {
        &self.doc.nodes[self.edge.id]
    }

    /// Where the value is written, without anchor and tag; for an alias, where the alias is. Empty
    /// where a value is left out: then the key is the place to show.
    pub fn span(self) -> Range<usize> {
        match self.edge.alias {
            Some((start, end)) => start..end,
            None => self.data().span.clone(),
        }
    }

    /// Like [`Node::span`], but for an alias the place of the value that it stands for.
    pub fn definition(self) -> Range<usize> {
        self.data().span.clone()
    }

    /// A number that two nodes share when they are the same value, one through an alias.
    pub fn id(self) -> usize {
        self.edge.id
    }

    pub fn kind(self) -> Kind<'a> {
        match &self.data().content {
            Content::Scalar { text, style } => Kind::Scalar { text, style: *style },
            Content::List(_) => Kind::List,
            Content::Map(_) => Kind::Map,
        }
    }

    pub fn is_list(self) -> bool {
        self.kind() == Kind::List
    }

    pub fn is_map(self) -> bool {
        self.kind() == Kind::Map
    }

    /// The text of a scalar after unquoting, whatever it may mean.
    pub fn text(self) -> Option<&'a str> {
        match &self.data().content {
            Content::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// The tag: short (`!!str`) for the standard ones, else in full (`!local`). A bare `!` is none.
    pub fn tag(self) -> Option<&'a str> {
        self.data().tag.as_ref().map(|tag| tag.name.as_str())
    }

    pub fn tag_span(self) -> Option<Range<usize>> {
        self.data().tag.as_ref().map(|tag| tag.span.clone())
    }

    /// The name after `&`.
    pub fn anchor(self) -> Option<&'a str> {
        self.data().anchor.as_deref()
    }

    /// The name after `*` when this place is an alias.
    pub fn alias(self) -> Option<&'a str> {
        self.edge.alias.and_then(|_| self.anchor())
    }

    /// The items of a list; none for anything else.
    pub fn items(self) -> impl ExactSizeIterator<Item = Node<'a>> + DoubleEndedIterator {
        let items = match &self.data().content {
            Content::List(items) => items.as_slice(),
            _ => &[],
        };
        items.iter().map(move |edge| Node::new(self.doc, *edge))
    }

    /// Keys and values of a map as written: duplicates and `<<` are among them. None for anything else.
    pub fn entries(self) -> impl ExactSizeIterator<Item = (Node<'a>, Node<'a>)> + DoubleEndedIterator {
        let entries = match &self.data().content {
            Content::Map(entries) => entries.as_slice(),
            _ => &[],
        };
        entries.iter().map(move |(key, value)| (Node::new(self.doc, *key), Node::new(self.doc, *value)))
    }

    /// The child with that number: items, or keys and values in turn.
    pub(super) fn child(self, index: usize) -> Option<Node<'a>> {
        let edge = match &self.data().content {
            Content::Scalar { .. } => None,
            Content::List(items) => items.get(index).copied(),
            Content::Map(entries) => {
                entries.get(index / 2).map(|(key, value)| if index.is_multiple_of(2) { *key } else { *value })
            }
        };
        edge.map(|edge| Node::new(self.doc, edge))
    }

    /// The value of a key. Of duplicates the last counts; a key written in the map itself counts
    /// before one that `<<` brings.
    pub fn get(self, key: &str) -> Option<Node<'a>> {
        let own = |map: Node<'a>| {
            let mut found = map.entries().filter(|(name, _)| name.text() == Some(key) && !name.is_merge());
            found.next_back().map(|(_, value)| value)
        };
        own(self).or_else(|| match self.entries().any(|(name, _)| name.is_merge()) {
            true => self.merged_maps().0.into_iter().find_map(own),
            false => None,
        })
    }

    /// Keys and values as they count: each scalar key once, `<<` followed. Keys that are lists or
    /// maps are left out.
    pub fn merged_entries(self) -> Vec<(Node<'a>, Node<'a>)> {
        self.merged_entries_and_work().0
    }

    /// The same, with the number of entries that were looked at.
    pub(super) fn merged_entries_and_work(self) -> (Vec<(Node<'a>, Node<'a>)>, usize) {
        let mut places = HashMap::new();
        let mut entries = Vec::new();
        let (maps, work) = self.merged_maps();
        for (level, map) in maps.into_iter().enumerate() {
            for (key, value) in map.entries().filter(|(key, _)| !key.is_merge()) {
                let Some(text) = key.text() else { continue };
                let (set_by, index) = *places.entry(text).or_insert((level, entries.len()));
                if index == entries.len() {
                    entries.push((key, value));
                } else if set_by == level {
                    entries[index] = (key, value);
                }
            }
        }
        (entries, work)
    }

    /// This map and those that `<<` brings, each once, the one that counts first at the front; and
    /// how many entries and list items there were in them.
    fn merged_maps(self) -> (Vec<Node<'a>>, usize) {
        let mut maps = Vec::new();
        let mut work = 0;
        let mut seen = HashSet::new();
        let mut waiting = vec![self];
        while let Some(node) = waiting.pop() {
            if !node.is_map() || !seen.insert(node.id()) {
                continue;
            }
            maps.push(node);
            let merged = node.entries().filter(|(key, _)| key.is_merge());
            let mut brought: Vec<_> = merged
                .flat_map(|(_, value)| if value.is_list() { value.items().collect() } else { vec![value] })
                .collect();
            work += node.entries().len() + brought.len();
            brought.reverse();
            waiting.append(&mut brought);
        }
        (maps, work)
    }

    /// How many nodes a walk may visit. What is written is never cut, only what aliases repeat.
    pub(super) fn limit(self) -> usize {
        self.doc.nodes.len() + super::MAX_NODES
    }

    /// Whether this is the key `<<` that brings in the entries of another map. In quotes it is text.
    pub fn is_merge(self) -> bool {
        let plain = matches!(self.kind(), Kind::Scalar { style: Style::Plain, .. });
        self.text() == Some("<<") && matches!((self.tag(), plain), (None, true) | (Some("!!merge"), _))
    }

    /// Keys of this map that it has had before. Scalars are the same key when their text is the
    /// same, quoted or not; all lists are one key, and so are all maps; an alias goes by its name.
    pub fn duplicates(self) -> Vec<Duplicate<'a>> {
        let mut seen: HashMap<(&str, &str), Node<'a>> = HashMap::new();
        let mut duplicates = Vec::new();
        for (key, _) in self.entries() {
            let identity = match (key.alias(), key.kind()) {
                (Some(name), _) => ("alias", name),
                (None, Kind::Scalar { text, .. }) => ("scalar", text),
                (None, Kind::List) => ("list", ""),
                (None, Kind::Map) => ("map", ""),
            };
            let first = *seen.entry(identity).or_insert(key);
            if first.span() != key.span() {
                duplicates.push(Duplicate { first, again: key });
            }
        }
        duplicates
    }
}
