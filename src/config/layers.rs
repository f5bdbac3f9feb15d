//! `book.toml` and a text that goes before it in; one table of both out, in which every place is still known.

use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// The texts of the settings.
pub struct Layers<'a> {
    file: &'a str,
    /// The text that goes before the file, behind as many spaces as the file has bytes: so all places differ.
    over: String,
    pub origin: Origin,
}

/// Which text a byte of the merged table is in.
#[derive(Clone, Copy)]
pub struct Origin {
    file: FileId,
    over: FileId,
    seam: usize,
}

impl Origin {
    pub fn span(self, range: Range<usize>) -> Span {
        match range.start.checked_sub(self.seam) {
            Some(start) if self.over != self.file => Span::new(self.over, start..range.end - self.seam),
            _ => Span::new(self.file, range),
        }
    }
}

impl<'a> Layers<'a> {
    pub fn new(file: Option<(FileId, &'a str)>, over: Option<(FileId, &str)>) -> Layers<'a> {
        let first = file.map(|(file, _)| file).or(over.map(|(file, _)| file)).unwrap_or(FileId(0));
        let text = file.map_or("", |(_, text)| text);
        // A place at the end of the file stays one of the file.
        let seam = text.len() + 1;
        let padded = over.map_or(String::new(), |(_, over)| format!("{}{over}", " ".repeat(seam)));
        let origin = match (file, over) {
            (None, Some((over, _))) => Origin { file: FileId(u32::MAX), over, seam },
            (_, over) => Origin { file: first, over: over.map_or(first, |(file, _)| file), seam },
        };
        Layers { file: text, over: padded, origin }
    }

    /// The keys of both texts.
    pub fn merged(&self, problems: &mut Vec<Diagnostic>) -> DeTable<'_> {
        let mut all = self.parse(self.file, problems);
        merge(&mut all, self.parse(&self.over, problems));
        all
    }

    fn parse<'t>(&self, text: &'t str, problems: &mut Vec<Diagnostic>) -> DeTable<'t> {
        let (document, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            let message = format!("this is not TOML: {}", error.message());
            let span = self.origin.span(error.span().unwrap_or(0..0));
            problems.push(Diagnostic::error("config-syntax", span, message));
        }
        document.into_inner()
    }
}

fn merge<'t>(below: &mut DeTable<'t>, above: DeTable<'t>) {
    for (key, value) in above {
        match (below.get_mut(&key), value.get_ref()) {
            (Some(old), DeValue::Table(_)) if old.get_ref().is_table() => {
                if let (DeValue::Table(old), DeValue::Table(new)) = (old.get_mut(), value.into_inner()) {
                    merge(old, new);
                }
            }
            _ => {
                // The key's place has to be the new one too.
                below.remove(&key);
                below.insert(key, value);
            }
        }
    }
}
