//! The table of contents: `SUMMARY.md`, or the folders where there is none, in; a tree of entries with places out.

mod folders;
mod summary;

pub use folders::from_folders;
pub use summary::parse;

use crate::diagnostic::Diagnostic;
use crate::source::Span;

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
    /// A page, an anchor in one, or another site. Percent-encoding is kept, see [`crate::site::assets::decoded`]; escapes and
    /// entities are gone. The same page may be listed more than once.
    Link { dest: String, span: Span },
    /// Words without a link: a branch that only opens and closes.
    Label,
    /// Pages that are made from a description (`type: builtin:openapi`). The YAML stands at this place, in whole lines,
    /// so that it can be read although all of them are indented.
    Computed { yaml: Span },
}
