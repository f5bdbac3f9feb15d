//! Where a comment has to stand to silence something: a page and an offset in, the place for the comment out.

use super::page::Blocks;
use crate::page::{Kind, NodeId, Page};

/// How much a comment shall hold for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The rest of a paragraph that begins behind a list's mark, else as `Block`.
    Words,
    /// The innermost block that begins on a line of its own.
    Block,
    /// The outermost one.
    Outermost,
    /// Everything: nothing less holds for front matter.
    File,
}

/// A place for a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The byte at which it is written.
    pub at: usize,
    /// What stands before it on its line.
    pub indent: String,
    /// What it will hold for.
    pub reach: Reach,
}

impl Place {
    /// A line above the one in which a byte stands, indented as it is.
    pub fn above(text: &str, at: usize) -> Place {
        let at = line(text, at);
        let indent = text[at..].chars().take_while(|c| " \t".contains(*c)).collect();
        Place { at, indent, reach: Reach::Block }
    }
}

/// None where nothing has this reach.
pub fn comment_place(page: &Page, text: &str, at: u32, reach: Reach) -> Option<Place> {
    let blocks = Blocks::new(page);
    let content = page.children(0).map(|id| page.node(id).start).next().unwrap_or(text.len() as u32);
    if at < content && text.starts_with("---") {
        return Some(Place { at: line(text, content as usize), indent: String::new(), reach: Reach::File });
    }
    let mut way: Vec<NodeId> = Vec::new();
    let mut id = blocks.around(at);
    while id != 0 {
        way.push(id);
        id = blocks.parents[id as usize];
    }
    if reach == Reach::Words
        && let Some(place) = among_words(page, text, at as usize, &way)
    {
        return Some(place);
    }
    let start = |id: NodeId| page.node(id).start as usize;
    let own_line = |id: &&NodeId| {
        let before = &text[line(text, start(**id))..start(**id)];
        let parent = page.node(blocks.parents[**id as usize]).kind;
        let is_inline = matches!(parent, Kind::Paragraph | Kind::Heading(_) | Kind::Cell(_));
        is_block(page.node(**id).kind) && !is_inline && before.chars().all(|c| " \t>".contains(c))
    };
    let here = match reach {
        Reach::Words | Reach::Block => way.iter().find(own_line)?,
        _ => way.iter().rev().find(own_line)?,
    };
    let at = line(text, start(*here));
    Some(Place { at, indent: text[at..start(*here)].to_string(), reach: Reach::Block })
}

/// In a list's item whose paragraph begins on the line of its mark: before the words themselves, unless they are the
/// first, since a comment there would make the whole line one.
fn among_words(page: &Page, text: &str, at: usize, way: &[NodeId]) -> Option<Place> {
    let innermost = way.iter().position(|id| is_block(page.node(*id).kind) || page.node(*id).kind == Kind::Item)?;
    let kind = page.node(way[innermost]).kind;
    // A tight list has its words right in the item.
    let in_item = kind == Kind::Item || way.get(innermost + 1).is_some_and(|id| page.node(*id).kind == Kind::Item);
    if !in_item || !matches!(kind, Kind::Item | Kind::Paragraph) {
        return None;
    }
    let start = page.node(way[innermost]).start as usize;
    if kind == Kind::Paragraph && text[line(text, start)..start].chars().all(|c| " \t>".contains(c)) {
        return None;
    }
    let words = innermost.checked_sub(1).map_or(at, |id| page.node(way[id]).start as usize);
    let before = &text[line(text, words)..words];
    let mark = |c: char| " \t>*-+.)".contains(c) || c.is_ascii_digit();
    let amid = !before.trim_start_matches(mark).is_empty();
    amid.then(|| Place { at: words, indent: String::new(), reach: Reach::Words })
}

fn line(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |at| at + 1)
}

fn is_block(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Paragraph
            | Kind::Heading(_)
            | Kind::Quote
            | Kind::Alert(_)
            | Kind::BulletList
            | Kind::OrderedList(_)
            | Kind::Rule
            | Kind::CodeBlock(_)
            | Kind::Table
            | Kind::Tag(_)
            | Kind::Element(_)
    )
}
