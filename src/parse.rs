//! One text in, one [`Page`] out: a tree with places, and what is wrong in it. Needs no configuration and cannot fail.
//!
//! `mask` hides what GitBook reads differently from CommonMark, pulldown-cmark reads the rest, `tree` builds the nodes,
//! `pairs` closes the blocks. `front` reads the front matter.

mod front;
pub mod html;
mod inline;
mod join;
mod mask;
mod pairs;
mod part;
mod tag;
mod tree;

pub use tag::{decode, unescape};

use crate::page::{Content, FrontMatter, Page};
use crate::source::FileId;

/// What a block of this name may hold; `None` for an unknown name, which is then text. The list of blocks gives it, so
/// that the parser knows none of them.
pub type Grammar = fn(&str) -> Option<Content>;

/// Parses a text. Every problem found is in the page.
pub fn parse(file: FileId, source: &str, grammar: Grammar) -> Page {
    let mut page = Page {
        file,
        front: FrontMatter::default(),
        nodes: Vec::with_capacity(source.len() / 24 + 4),
        tags: Vec::new(),
        links: Vec::new(),
        headings: Vec::new(),
        code: Vec::new(),
        definitions: Vec::new(),
        undefined: Vec::new(),
        strings: Vec::new(),
        problems: Vec::new(),
    };
    let from = front::read(&mut page, source);
    let masked = mask::mask(source, from);
    let mut page = tree::Builder::new(source, &masked, page, grammar).build(from);
    page.nodes.shrink_to_fit();
    page
}
