//! Paragraphs, and what is a block in HTML: nodes in, elements that may stand where they stand out.

use super::Body;
use crate::page::{Kind, NodeId};
use crate::{blocks, elements};

impl Body<'_> {
    pub(super) fn paragraph(&mut self, id: NodeId) {
        let page = self.page;
        let mut visible = page.children(id).filter(|child| !self.is_blank(*child));
        let (first, second) = (visible.next(), visible.next());
        match (first, second) {
            (None, _) => {}
            (Some(only), None) if matches!(page.node(only).kind, Kind::Image(_)) => {
                let Kind::Image(link) = page.node(only).kind else { return };
                elements::image::figure(self, link, only);
            }
            (Some(only), None) if matches!(page.node(only).kind, Kind::Math(_)) => {
                let Kind::Math(tex) = page.node(only).kind else { return };
                elements::math::render(self, page.string(tex), true);
            }
            (Some(only), None) if elements::image::is_picture(page, only) => self.children(id),
            // A paragraph cannot hold a block; a division can.
            _ if self.holds_block(id) => self.wrap("div", &[("class", "p")], id),
            _ => self.wrap("p", &[], id),
        }
    }

    /// Shows nothing: white space, a comment, an end tag.
    pub fn is_blank(&self, id: NodeId) -> bool {
        let node = self.page.node(id);
        match node.kind {
            Kind::Text => self.file[node.start as usize..node.end as usize].trim().is_empty(),
            Kind::Literal(text) => self.page.string(text).trim_matches([' ', '\n', '\t']).is_empty(),
            Kind::SoftBreak | Kind::HardBreak | Kind::End => true,
            Kind::Stray => self.file[node.start as usize..].starts_with('<'),
            _ => false,
        }
    }

    /// Whether anything below the node is a block in HTML.
    pub fn holds_block(&self, id: NodeId) -> bool {
        (id + 1..self.page.node(id).next).any(|at| self.is_block(at))
    }

    /// Whether the node is a block in HTML.
    pub(super) fn is_block(&self, id: NodeId) -> bool {
        let page = self.page;
        match page.node(id).kind {
            Kind::Paragraph
            | Kind::Heading(_)
            | Kind::Quote
            | Kind::Alert(_)
            | Kind::BulletList
            | Kind::OrderedList(_)
            | Kind::Item
            | Kind::Table
            | Kind::Cell(_)
            | Kind::Rule
            | Kind::CodeBlock(_) => true,
            Kind::Tag(tag) => {
                let name = &page.tags[tag as usize].name;
                name.starts_with('@') || blocks::find(name).is_some()
            }
            Kind::Element(tag) => elements::is_block(&page.tags[tag as usize]),
            // A formula on lines of its own is set off, wherever that can be.
            Kind::Math(_) => !self.html.phrasing() && self.fills_lines(id),
            _ => false,
        }
    }

    /// Whether a node in text begins and ends with a line.
    pub(super) fn fills_lines(&self, id: NodeId) -> bool {
        let node = self.page.node(id);
        let before = self.file[..node.start as usize].trim_end_matches([' ', '\t']);
        let after = self.file[node.end as usize..].trim_start_matches([' ', '\t', '\r']);
        before.ends_with('\n') && (after.is_empty() || after.starts_with('\n'))
    }

    /// Whether a block or an end tag is written as one of HTML.
    pub fn is_element(&self, id: NodeId) -> bool {
        self.file[self.page.node(id).start as usize..].starts_with('<')
    }

    /// A block where HTML allows only text and marks (a list in a heading): what it holds, set off by spaces.
    pub fn flat(&mut self, id: NodeId) {
        let page = self.page;
        self.html.raw(" ");
        match page.node(id).kind {
            Kind::CodeBlock(code) => {
                let text = page.code[code as usize].text.text(self.file);
                self.html.element("code", &[], text.trim_end());
            }
            Kind::Tag(tag) if &*page.tags[tag as usize].name == "include" && self.include(id) => {}
            Kind::Tag(_) if !self.is_element(id) => self.as_written(id),
            _ => self.children(id),
        }
        self.html.raw(" ");
    }
}
