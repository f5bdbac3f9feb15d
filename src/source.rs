//! Texts and places: a file is a `FileId`, a place is a `Span` of bytes, and `Sources` holds every text of a book.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

/// A text of the book, by its position in [`Sources`]. Ids follow the sorted paths, so they are equal on every machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

impl FileId {
    /// The position in tables that run parallel to the texts.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A byte range in one file. Lines and columns are made from it only when something is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub file: FileId,
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub fn new(file: FileId, range: Range<usize>) -> Span {
        Span { file, start: range.start as u32, end: range.end as u32 }
    }

    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// One text of the book as it was read.
#[derive(Clone, Debug)]
pub struct Source {
    /// Relative to the book's folder, with `/`.
    pub path: String,
    /// UTF-8; bytes that were not are replacement characters, and `invalid` tells where the first one stands.
    pub text: Arc<str>,
    pub invalid: Option<u32>,
}

/// A file that is not read as text: only its existence, size and (for images) dimensions matter to the site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asset {
    pub bytes: u64,
    /// Width and height in pixels, when the file is an image whose header could be read.
    pub dimensions: Option<(u32, u32)>,
}

/// Every text of a book and the list of all its other files, so that nothing after this needs the disk.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
    by_path: HashMap<String, FileId>,
    assets: BTreeMap<String, Asset>,
    settings: Settings,
}

/// Which texts are the book's settings, by their paths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// None where no file counts.
    pub file: Option<String>,
    /// A text whose keys go before those of the file.
    pub over: Option<String>,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { file: Some("book.toml".to_string()), over: None }
    }
}

impl Sources {
    /// Takes texts and assets in any order; ids are given in the order of the paths. The later of two equal paths wins.
    pub fn new(texts: impl IntoIterator<Item = Source>, assets: BTreeMap<String, Asset>) -> Sources {
        let sorted: BTreeMap<String, Source> = texts.into_iter().map(|source| (source.path.clone(), source)).collect();
        let files: Vec<Source> = sorted.into_values().collect();
        let by_path = files.iter().enumerate().map(|(i, f)| (f.path.clone(), FileId(i as u32))).collect();
        Sources { files, by_path, assets, settings: Settings::default() }
    }

    /// The same with these settings. Their texts come along where they are no files of the book.
    pub fn with_settings(self, settings: Settings, texts: impl IntoIterator<Item = Source>) -> Sources {
        let all = Sources::new(self.files.into_iter().chain(texts), self.assets);
        Sources { settings, ..all }
    }

    /// Other texts of the same book, such as those of another version, under the same settings.
    pub fn renewed(&self, texts: impl IntoIterator<Item = Source>, assets: BTreeMap<String, Asset>) -> Sources {
        let from_elsewhere = |path: &&String| !self.assets.contains_key(*path);
        let paths = [&self.settings.file, &self.settings.over].into_iter().flatten().filter(from_elsewhere);
        let settings: Vec<Source> = paths.filter_map(|path| Some(self.source(self.find(path)?).clone())).collect();
        Sources::new(texts, assets).with_settings(self.settings.clone(), settings)
    }

    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    pub fn files(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.files.iter().enumerate().map(|(i, source)| (FileId(i as u32), source))
    }

    pub fn len(&self) -> usize {
        self.files.len()
    }

    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    pub fn find(&self, path: &str) -> Option<FileId> {
        self.by_path.get(path).copied()
    }

    pub fn assets(&self) -> &BTreeMap<String, Asset> {
        &self.assets
    }

    pub fn path(&self, id: FileId) -> &str {
        &self.files[id.index()].path
    }

    pub fn text(&self, id: FileId) -> &str {
        &self.files[id.index()].text
    }

    pub fn source(&self, id: FileId) -> &Source {
        &self.files[id.index()]
    }
}

impl std::ops::Index<Span> for Sources {
    type Output = str;

    fn index(&self, span: Span) -> &str {
        &self.text(span.file)[span.range()]
    }
}

/// A text in pieces (a fence in a list, raw HTML in a quote) that knows where each of its bytes stands in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    pub pieces: Vec<Piece>,
}

/// Consecutive bytes of an excerpt: the bytes at `start..end` of the file, or `text` where CommonMark shows something
/// else there (spaces for a tab that a list's indentation cut in half).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub start: u32,
    pub end: u32,
    pub text: Option<Box<str>>,
}

impl Excerpt {
    /// Adds bytes of the file; joins them to the last piece where they follow it directly.
    pub fn push(&mut self, range: Range<usize>) {
        let (start, end) = (range.start as u32, range.end as u32);
        match self.pieces.last_mut() {
            Some(last) if last.text.is_none() && last.end == start => last.end = end,
            _ => self.pieces.push(Piece { start, end, text: None }),
        }
    }

    /// Adds text that is shown in place of the bytes at `range`.
    pub fn push_text(&mut self, range: Range<usize>, text: &str) {
        self.pieces.push(Piece { start: range.start as u32, end: range.end as u32, text: Some(text.into()) });
    }

    /// The whole text; borrowed when it is one piece of the file.
    pub fn text<'a>(&'a self, file: &'a str) -> std::borrow::Cow<'a, str> {
        match &self.pieces[..] {
            [] => "".into(),
            [one] => one.text(file).into(),
            all => all.iter().map(|piece| piece.text(file)).collect::<String>().into(),
        }
    }

    /// The byte range in the file of a byte range in the excerpt. Offsets past the end mean the end.
    pub fn locate(&self, range: Range<usize>) -> Range<usize> {
        let start = self.offset(range.start, false);
        start..self.offset(range.end, true).max(start)
    }

    /// The offset in the excerpt of a byte of the file; of a byte between two pieces, the seam.
    pub fn inside(&self, at: usize) -> usize {
        let mut seen = 0;
        for piece in &self.pieces {
            let (start, end) = (piece.start as usize, piece.end as usize);
            if at < end {
                return seen + if piece.text.is_some() { 0 } else { at.saturating_sub(start) };
            }
            seen += piece.text.as_ref().map_or(end - start, |text| text.len());
        }
        seen
    }

    /// `ending` decides at the seam of two pieces: the end of the first, or the start of the second.
    fn offset(&self, at: usize, ending: bool) -> usize {
        let mut seen = 0;
        for piece in &self.pieces {
            let length = piece.text.as_ref().map_or((piece.end - piece.start) as usize, |text| text.len());
            if at < seen + length || (ending && at == seen + length) {
                let inside = at - seen;
                return if piece.text.is_some() { piece.start as usize } else { piece.start as usize + inside };
            }
            seen += length;
        }
        self.pieces.last().map_or(0, |piece| piece.end as usize)
    }
}

impl Piece {
    fn text<'a>(&'a self, file: &'a str) -> &'a str {
        self.text.as_deref().unwrap_or_else(|| &file[self.start as usize..self.end as usize])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_knows_its_places() {
        let file = "- ```\n  a: 1\n  b: 2\n  ```\n";
        let mut excerpt = Excerpt::default();
        excerpt.push(8..13);
        excerpt.push(15..20);
        assert_eq!(excerpt.text(file), "a: 1\nb: 2\n");
        for (range, expected) in [(0..1, 8..9), (5..6, 15..16), (5..10, 15..20), (4..5, 12..13), (90..99, 20..20)] {
            assert_eq!(excerpt.locate(range), expected);
        }
        for (at, expected) in [(8, 0), (12, 4), (13, 5), (14, 5), (15, 5), (19, 9), (20, 10), (99, 10), (0, 0)] {
            assert_eq!(excerpt.inside(at), expected, "{at}");
        }
    }
}
