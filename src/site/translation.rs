//! Pages that translate others: what a page says of its original in, whether that has changed since out.
//!
//! A translation names its original and a digest of it in the front matter. So whether it is stale follows from the two
//! texts alone, and not from dates or from the history in Git, which a copy of the repository may lack.

use super::{Site, Target};
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
/// do not count, nor do line ends and blank lines around the text.
pub fn digest(site: &Site, file: FileId) -> Option<String> {
    let page = site.text(file)?;
    let text = site.sources.text(file).get(page.front.end as usize..)?.trim();
    let mut hasher = blake3::Hasher::new();
    for part in [&page.front.title, &page.front.description] {
        hasher.update(part.as_deref().unwrap_or_default().as_bytes());
        hasher.update(b"\0");
    }
    for line in text.lines() {
        hasher.update(line.as_bytes());
        hasher.update(b"\n");
    }
    Some(hasher.finalize().to_hex()[..16].to_string())
}
