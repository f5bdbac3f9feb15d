//! Headings: a node in, an element with its id and a link to itself out.

use super::Body;
use crate::page::NodeId;

impl Body<'_> {
    pub(super) fn heading(&mut self, id: NodeId, level: u8) {
        if self.is_title(id) || (self.page.children(id).all(|child| self.is_blank(child))) {
            return;
        }
        // The page has one `h1`, its title; GitBook's own exports begin at `##`.
        let name = match level {
            1 | 2 => "h2",
            3 => "h3",
            4 => "h4",
            5 => "h5",
            _ => "h6",
        };
        self.heading_as(name, id);
    }

    /// A heading's element with its id and the link to itself.
    pub fn heading_as(&mut self, name: &'static str, id: NodeId) {
        self.heading_with(name, &[], id);
    }

    /// The same with further attributes.
    pub fn heading_with(&mut self, name: &'static str, attrs: &[(&str, &str)], id: NodeId) {
        let place = self.id(id);
        let own = place.as_deref().map(|place| ("id", place));
        let attrs: Vec<(&str, &str)> = own.into_iter().chain(attrs.iter().copied()).collect();
        self.html.open(name, &attrs);
        let hidden = self.attributes(id);
        let page = self.page;
        self.siblings(page.children(id).filter(|child| Some(*child) != hidden));
        // In a card or a summary, which are links or buttons as a whole, there is no second one.
        let linkable = !self.html.interactive() && !self.html.inside("summary");
        if let (Some(place), Some(anchor), true) = (&place, self.anchor(id).filter(|a| !a.text.is_empty()), linkable) {
            let label = self.word("section").replace("{title}", &anchor.text);
            let href = format!("#{place}");
            self.html.element("a", &[("class", "anchor"), ("href", &href), ("aria-label", &label)], "#");
        }
        self.html.close();
        self.html.newline();
    }

    /// The text at the end of a heading that is no text but attributes, in the book's dialect.
    fn attributes(&self, id: NodeId) -> Option<NodeId> {
        let place = self.anchor(id)?.written.as_ref()?;
        place.full.as_ref()?;
        self.page.children(id).last()
    }

    /// Whether this node is the heading that the frame of the page shows as title.
    fn is_title(&self, id: NodeId) -> bool {
        self.frame == 0 && self.this().title_node == Some(id)
    }
}
