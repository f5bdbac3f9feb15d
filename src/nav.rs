//! The table of contents: `SUMMARY.md`, or the folders where there is none, in; a tree of entries with places out.

mod folders;
mod summary;

pub use folders::from_folders;
pub use summary::parse;

use crate::diagnostic::Diagnostic;
use crate::source::Span;
use std::borrow::Cow;

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
    /// Pages that are made from a description (`type: builtin:openapi`). The YAML stands at this place, in whole lines,
    /// so that it can be read although all of them are indented.
    Computed { yaml: Span },
}

/// Turns `%20` into a space. An escape that is none, or that makes no UTF-8, stays as it stands.
pub fn percent_decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return text.into();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let digit = |at: usize| after.get(at).and_then(|b| (*b as char).to_digit(16));
        match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                rest = &after[2..];
            }
            _ => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).map_or(text.into(), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_escapes() {
        for (text, expected) in [
            ("a/b.md", "a/b.md"),
            ("a%20b%2Emd", "a b.md"),
            ("%E5%85%A5.md", "入.md"),
            ("100%.md", "100%.md"),
            ("%zz%4", "%zz%4"),
            ("%FF", "%FF"),
            ("é%C3%A9", "éé"),
        ] {
            assert_eq!(percent_decode(text), expected);
        }
    }
}
