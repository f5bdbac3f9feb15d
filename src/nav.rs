//! The table of contents: `SUMMARY.md`, or the folders where there is none, in; a tree of entries with places out.

use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Sources, Span};

/// The entries in reading order, and what is wrong with them.
#[derive(Clone, Debug, Default)]
pub struct Nav {
    pub entries: Vec<Entry>,
    pub problems: Vec<Diagnostic>,
}

/// One line of the table of contents.
#[derive(Clone, Debug)]
pub struct Entry {
    /// As a reader sees it, without marks. Empty: the page's own title is meant.
    pub title: String,
    /// A short name for the sidebar and the links to the neighbours.
    pub label: Option<String>,
    pub kind: EntryKind,
    /// The link, heading or words.
    pub span: Span,
    /// The pages of a group, or the pages below this one.
    pub children: Vec<Entry>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// A heading over pages. It has no page of its own; `slug` is its explicit part of their addresses.
    Group { slug: Option<String> },
    /// A page, an anchor in one, or another site. Percent-encoding is kept, see [`percent_decode`]; escapes and
    /// entities are gone. The same page may be listed more than once.
    Link { dest: String, span: Span },
    /// Words without a link: a branch that only opens and closes.
    Label,
    /// Pages that are made from a description (`type: builtin:openapi`); the YAML stands at this place, in which the
    /// lines after the first may be indented.
    Computed { yaml: Span },
}

pub fn parse(file: FileId, text: &str) -> Nav {
    let _ = (file, text);
    Nav::default()
}

pub fn from_folders(sources: &Sources, dir: &str, readme: &str) -> Nav {
    let _ = (sources, dir, readme);
    Nav::default()
}
