//! A link in; the bytes of the file in which its address is written out.

use crate::page::{Definition, Link, Page};
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
    if raw.starts_with(['[', '!']) && raw.ends_with(']') {
        let definition = definition(page, raw)?;
        let span = Span { start: definition.start, end: definition.end, ..span };
        return found(text, address_of(text, span)?, &link.dest);
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

/// The definition that `[text][name]`, `[name][]` or `[name]` means.
fn definition<'a>(page: &'a Page, raw: &str) -> Option<&'a Definition> {
    let inner = raw.strip_suffix(']')?;
    let name = match inner.strip_suffix('[') {
        Some(collapsed) => collapsed.trim_start_matches('!').strip_prefix('[')?.strip_suffix(']')?,
        None => &inner[inner.rfind('[')? + 1..],
    };
    let key = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let name = key(name);
    page.definitions.iter().find(|definition| key(&definition.name) == name)
}

/// The address in `[name]: address "title"`.
fn address_of(text: &str, span: Span) -> Option<Span> {
    let raw = &text[span.range()];
    let colon = raw.find("]:")? + 2;
    let start = colon + raw[colon..].len() - raw[colon..].trim_start().len();
    let rest = &raw[start..];
    let (start, length) = match rest.strip_prefix('<') {
        Some(inner) => (start + 1, inner.find('>')?),
        None => (start, rest.find(char::is_whitespace).unwrap_or(rest.len())),
    };
    let start = span.start + start as u32;
    Some(Span { start, end: start + length as u32, ..span })
}
