//! Annotations: a word with a note that opens beside it, without a list of footnotes.

use super::Body;
use crate::page::{Kind, NodeId};

impl<'a> Body<'a> {
    /// Renders the node before an annotation's mark, its last word as the handle of the note. False when the node holds
    /// no word that could be one; the mark then shows itself.
    pub(super) fn annotate(&mut self, id: NodeId, name: u32) -> bool {
        let page = self.page;
        let node = page.node(id);
        match node.kind {
            Kind::Text => {
                let text = &self.file[node.start as usize..node.end as usize];
                let word = text
                    .rfind(char::is_whitespace)
                    .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
                if word == text.len() {
                    return false;
                }
                self.html.text(&text[..word]);
                self.open_note(page.string(name));
                self.html.text(&text[word..]);
            }
            Kind::Emphasis | Kind::Strong | Kind::InlineCode(_) => {
                self.open_note(page.string(name));
                self.node(id);
            }
            _ => return false,
        }
        self.html.close();
        true
    }

    /// Opens the handle of a note; in a link, where no button can stand, the words alone.
    pub fn open_note(&mut self, name: &'a str) {
        self.notes.insert((self.frame, name));
        if self.html.interactive() {
            return self.html.open("span", &[("class", "annotation")]);
        }
        let target = self.note_id(self.frame, name);
        self.html.open("button", &[("type", "button"), ("class", "annotation"), ("popovertarget", &target)]);
    }

    pub(super) fn note_mark(&mut self, name: u32) {
        let name = self.page.string(name);
        self.open_note(name);
        self.html.text("*");
        self.html.close();
    }

    /// The bodies of all notes, at the end of the page. One that nothing refers to is shown as it is.
    pub(super) fn annotations(&mut self) {
        let notes = std::mem::take(&mut self.notes);
        let mut bodies: Vec<(u32, NodeId, &str)> = Vec::new();
        for (frame, shown) in self.this().frames.iter().enumerate() {
            let Some(page) = self.site.text(shown.file) else { continue };
            for (id, node) in page.nodes.iter().enumerate() {
                if let Kind::NoteBody(name) = node.kind {
                    bodies.push((frame as u32, id as NodeId, page.string(name)));
                }
            }
        }
        if bodies.is_empty() {
            return;
        }
        self.html.open("div", &[("class", "annotations")]);
        for (frame, id, name) in bodies {
            let file = self.this().frames[frame as usize].file;
            let Some(page) = self.site.text(file) else { continue };
            (self.frame, self.page, self.file) = (frame, page, self.site.sources.text(file));
            let target = self.note_id(frame, name);
            if notes.contains(&(frame, name)) {
                self.html.open("div", &[("popover", ""), ("id", &target), ("class", "annotation-body")]);
            } else {
                self.html.open("div", &[("class", "annotation-body")]);
            }
            self.children(id);
            self.html.close();
        }
        self.html.close();
    }

    fn note_id(&self, frame: u32, name: &str) -> String {
        let name: String = name.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { '_' }).collect();
        let page = if self.print { format!("p{}-", self.host.0) } else { String::new() };
        if frame == 0 { format!("{page}note-{name}") } else { format!("{page}note-{frame}-{name}") }
    }
}
