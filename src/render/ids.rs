//! Ids: a place of the page in, its id as it is written out; and whether an id is free.

use super::Body;
use crate::page::NodeId;
use crate::site::Anchor;
use std::borrow::Cow;

impl<'a> Body<'a> {
    /// The id of a node of the text being rendered, as it is written.
    pub fn id(&self, id: NodeId) -> Option<Cow<'a, str>> {
        self.anchor(id).map(|anchor| self.scoped(&anchor.id))
    }

    /// The id of a place inside a block, by the text that the block gave for it.
    pub fn id_of(&self, id: NodeId, text: &str) -> Option<Cow<'a, str>> {
        let anchors = self.site.anchors(self.host, self.frame, id);
        anchors.iter().find(|anchor| anchor.text == text).map(|anchor| self.scoped(&anchor.id))
    }

    /// An id as it is written: in the document to print it tells the page.
    pub fn scoped(&self, id: &'a str) -> Cow<'a, str> {
        if self.print { format!("p{}-{id}", self.host.0).into() } else { id.into() }
    }

    /// What the analysis knows of a node of the text being rendered that can be linked to.
    pub fn anchor(&self, id: NodeId) -> Option<&'a Anchor> {
        self.site.anchor(self.host, self.frame, id)
    }

    /// An id that the author gave to a place of raw HTML; `None` when another place of the page has it.
    pub fn claim(&mut self, id: &'a str) -> Option<Cow<'a, str>> {
        let taken = id.is_empty()
            || id.contains(char::is_whitespace)
            || id.starts_with("note-")
            || matches!(id, "_main" | "_outline" | "_search" | "_sidebar")
            || self.this().anchors.iter().any(|anchor| anchor.id == id);
        (!taken && self.claimed.insert(id)).then(|| self.scoped(id))
    }
}
