//! The whole flow in a few calls: texts in, site out. What `build`, `check` and `serve` have in common.

use crate::blocks;
use crate::config::{self, Config};
use crate::page::Page;
use crate::parse::parse;
use crate::site::{Site, analyze};
use crate::source::{FileId, Source, Sources};
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;

/// Pages parsed before, by path and text, so that a preview parses only what changed.
#[derive(Default)]
pub struct Memo {
    pages: HashMap<String, (Arc<str>, Arc<Page>)>,
}

/// Understands a book from its texts.
pub fn site(sources: Sources) -> Site {
    site_with(sources, &mut Memo::default())
}

/// As [`site`], taking from the memo what did not change.
pub fn site_with(sources: Sources, memo: &mut Memo) -> Site {
    let config = config::resolve(&sources);
    understand(sources, config, memo)
}

/// As [`site`], for a caller that has already resolved the settings of these texts.
pub fn site_as(sources: Sources, config: Config) -> Site {
    understand(sources, config, &mut Memo::default())
}

/// Understands a book by settings that may be others than its own, taking from the memo what did not change.
pub fn understand(sources: Sources, config: Config, memo: &mut Memo) -> Site {
    let sources = Arc::new(sources);
    let files: Vec<(FileId, &Source)> = sources.files().collect();
    let texts: Vec<Option<Arc<Page>>> = files.par_iter().map(|(id, source)| page(*id, source, memo)).collect();
    memo.pages = files
        .iter()
        .zip(&texts)
        .filter_map(|((_, source), page)| Some((source.path.clone(), (source.text.clone(), page.clone()?))))
        .collect();
    analyze(sources, texts, config)
}

fn page(id: FileId, source: &Source, memo: &Memo) -> Option<Arc<Page>> {
    if !is_markdown(&source.path) {
        return None;
    }
    match memo.pages.get(&source.path) {
        // A page names its file by number, and files are numbered anew when one comes or goes.
        Some((text, page)) if page.file == id && (Arc::ptr_eq(text, &source.text) || *text == source.text) => {
            Some(page.clone())
        }
        _ => Some(Arc::new(parse(id, &source.text, blocks::grammar))),
    }
}

/// Whether a file is read as Markdown.
pub fn is_markdown(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    matches!(ending.as_deref(), Some("md" | "markdown"))
}
