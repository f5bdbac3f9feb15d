//! Pages that translate others: what a page says of its original in, whether that has changed since out.
//!
//! A translation names its original and a digest of it in the front matter. So whether it is stale follows from the two
//! texts alone, and not from dates or from the history in Git, which a copy of the repository may lack.

use super::{Site, Target, resolve};
use crate::page::{Page, Translation};
use crate::source::FileId;

/// How a translation stands to its original.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Current,
    /// The original is not the text that was translated.
    Stale,
    /// It is not said which text of the original was translated.
    Unknown,
}

/// The file that a text translates. One that is not in the book is none; its link is reported like any other.
pub fn original(site: &Site, page: &Page, translation: &Translation) -> Option<FileId> {
    match site.target(page.file, translation.of)? {
        Target::Page { page, .. } => Some(site.page(*page).file),
        Target::Asset { path, .. } => site.sources.find(path),
        _ => None,
    }
}

pub fn state(site: &Site, original: FileId, translation: &Translation) -> State {
    match translation.digest.as_deref() {
        None | Some("") => State::Unknown,
        Some(known) if digest(site, original).as_deref() == Some(known) => State::Current,
        Some(_) => State::Stale,
    }
}

/// What a translator translates, as 16 hexadecimal digits: title, description and text. Other keys of the front matter
/// do not count, nor line ends, blank lines around the text, and where links lead within the book: a page that moves
/// makes no work for translators.
pub fn digest(site: &Site, file: FileId) -> Option<String> {
    let page = site.text(file)?;
    let text = site.sources.text(file);
    let mut addresses: Vec<(usize, usize)> = addresses(page, text).collect();
    addresses.sort_unstable();
    let (mut words, mut at) = (String::with_capacity(text.len()), page.front.end as usize);
    for (start, end) in addresses.into_iter().chain([(text.len(), text.len())]) {
        words.push_str(text.get(at..start).unwrap_or_default());
        at = at.max(end);
    }
    let mut hasher = blake3::Hasher::new();
    for part in [&page.front.title, &page.front.description] {
        hasher.update(part.as_deref().unwrap_or_default().as_bytes());
        hasher.update(b"\0");
    }
    for line in words.trim().lines() {
        hasher.update(line.as_bytes());
        hasher.update(b"\n");
    }
    Some(hasher.finalize().to_hex()[..16].to_string())
}

/// Where addresses within the book stand in a text.
fn addresses<'a>(page: &'a Page, text: &'a str) -> impl Iterator<Item = (usize, usize)> + 'a {
    let written = |start: u32, end: u32| text.get(start as usize..end as usize).unwrap_or_default();
    // The place of a link by reference is the reference, and that is text.
    let links = page.links.iter().filter(move |link| !written(link.start, link.end).starts_with('['));
    let links = links.filter(|link| !resolve::is_external(&link.dest)).map(|link| (link.start, link.end));
    let inside = move |address: &str| !resolve::is_external(address.trim_start_matches(['<', ' ']));
    let definitions = page.definitions.iter().map(|definition| (definition.start, definition.end));
    let definitions = definitions
        .filter(move |(start, end)| written(*start, *end).split_once("]:").is_some_and(|(_, address)| inside(address)));
    links.chain(definitions).map(|(start, end)| (start as usize, end as usize))
}
