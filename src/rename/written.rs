//! A link in; the bytes of the file in which its address is written out.

use crate::page::{Link, Page};
use crate::parse;
use crate::site::Site;
use crate::source::Span;

/// Where an address stands, and how it has to be written there.
#[derive(Debug, PartialEq, Eq)]
pub struct Place {
    pub span: Span,
    /// The address with escapes and entities decoded.
    pub dest: String,
    /// A space or a bracket could end the address here.
    pub spaces: bool,
}

/// None where the address does not stand in the file as one piece.
pub fn place(site: &Site, page: &Page, link: &Link) -> Option<Place> {
    let text = site.sources.text(page.file);
    let span = page.link_span(link);
    let raw = &site.sources[span];
    if let Some((start, end)) = quoted(raw, link.end <= page.front.end) {
        let span = Span { start: span.start + start as u32, end: span.start + end as u32, ..span };
        return found(text, span, &link.dest);
    }
    if let Some(found) = found(text, span, &link.dest) {
        return Some(found);
    }
    // A text with brackets that hide where the address begins.
    let at = raw.rfind(&*link.dest).filter(|at| !link.dest.is_empty() && raw.find(&*link.dest) == Some(*at))?;
    let start = span.start + at as u32;
    found(text, Span { start, end: start + link.dest.len() as u32, ..span }, &link.dest)
}

fn found(text: &str, span: Span, dest: &str) -> Option<Place> {
    let raw = &text[span.range()];
    let same = raw == dest || parse::unescape(raw) == dest || parse::decode(raw) == dest;
    let before = text[..span.start as usize].chars().next_back();
    let enclosed = before.is_some_and(|c| matches!(c, '"' | '\'' | '<' | '“' | '”')) || raw.contains(' ');
    same.then(|| Place { span, dest: dest.to_string(), spaces: !enclosed })
}

/// The inside of a quoted value of front matter.
fn quoted(raw: &str, front: bool) -> Option<(usize, usize)> {
    let quote = raw.chars().next().filter(|c| front && matches!(c, '"' | '\''))?;
    (raw.len() >= 2 && raw.ends_with(quote)).then(|| (1, raw.len() - 1))
}
