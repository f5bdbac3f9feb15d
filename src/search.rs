//! Search without a server: the parsed pages in, an index in small scripts out, which the reader's browser loads as it
//! needs them. The site has one for all its spaces, so that a reader who does not know where something is finds it.
//!
//! ```text
//! pages -> sections -> words -> postings -> sorted, cut -> search/t3.js   words and where they stand
//!                 \                                        search/b1.js   the same words backwards, for typing errors
//!                  \------------------- text, cut -------> search/x9.js   titles and text, for what is shown
//!                                                          search.js      the theme's script, and where all that is
//! ```
//!
//! What exists was tried first. Pagefind finds no pair of Han characters without its large build, splits Chinese at
//! spaces otherwise, loads 220 KB and WebAssembly before the first result, and needs `fetch`, which browsers refuse for
//! files opened from a folder. The indexes of elasticlunr, lunr, Fuse and MiniSearch are loaded whole: two to eight
//! megabytes for a thousand pages. Here a reader loads the table, at most two pieces of words however many were typed, and
//! one piece of text; what else the words ask for follows when the first result is shown.
//!
//! All of it is classic scripts that call one function: they work from `file://`, under a strict
//! Content-Security-Policy and without network. How many there are follows from the size of the sources alone, so that
//! the list of files is known before anything is indexed.

mod encode;
mod names;
mod pieces;
mod postings;
mod sections;
mod shards;
pub mod words;

use crate::site::{PageId, Site};
use postings::{Part as Counted, Postings, Words};
use rayon::prelude::*;
use sections::{Section, is_listed, sections};
use serde_json::{Value, json};
use std::sync::OnceLock;

/// Bytes of Markdown for one piece of words, and of text.
const PER_TERMS: usize = 64 * 1024;
const PER_TEXTS: usize = 32 * 1024;
/// The same for the first piece of words backwards. A book of four times the size has twice the pieces, because most of
/// its words are the same.
const FIRST_BACKS: usize = 256 * 1024;
/// From so many pieces of words on a reader needs to know which words are not worth one.
const SPREAD: usize = 2;

/// A file of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The theme's script with the table of all others.
    Table,
    Terms(usize),
    Backs(usize),
    Texts(usize),
}

/// The script that a page loads to search.
pub const TABLE: &str = "assets/search.js";

/// The files of the index, with their paths in the output folder; none for a site without pages to find.
pub fn files(site: &Site) -> Vec<(String, Part)> {
    let counts = Counts::of(site);
    if counts.texts == 0 {
        return Vec::new();
    }
    let name = |kind: char, number: usize| format!("assets/search/{kind}{number}.js");
    let terms = (0..counts.terms).map(|number| (name('t', number), Part::Terms(number)));
    let backs = (0..counts.backs).map(|number| (name('b', number), Part::Backs(number)));
    let texts = (0..counts.texts).map(|number| (name('x', number), Part::Texts(number)));
    [(TABLE.to_string(), Part::Table)].into_iter().chain(terms).chain(backs).chain(texts).collect()
}

/// The pages of a space that search finds.
pub fn listed(site: &Site, space: usize) -> impl Iterator<Item = PageId> {
    site.page_ids().filter(move |id| site.page(*id).space == space && is_listed(site, site.page(*id)))
}

/// The pages that search finds, space by space.
fn all_listed(site: &Site) -> Vec<PageId> {
    let mut pages: Vec<PageId> = site.page_ids().filter(|id| is_listed(site, site.page(*id))).collect();
    pages.sort_by_key(|id| site.page(*id).space);
    pages
}

/// How many pieces there are.
#[derive(Default)]
struct Counts {
    terms: usize,
    backs: usize,
    texts: usize,
}

impl Counts {
    fn of(site: &Site) -> Counts {
        let frames = all_listed(site).into_iter().flat_map(|id| &site.page(id).frames);
        let Some(bytes) = frames.map(|frame| site.sources.text(frame.file).len()).reduce(|a, b| a + b) else {
            return Counts::default();
        };
        let pieces = |size: usize| bytes.div_ceil(size).max(1);
        Counts { terms: pieces(PER_TERMS), backs: (bytes / FIRST_BACKS).isqrt().max(1), texts: pieces(PER_TEXTS) }
    }
}

/// The index, made when the first of its files is asked for, and kept.
#[derive(Default)]
pub struct Index(OnceLock<Made>);

impl Index {
    /// Makes it now, on all cores. Whoever asks for files from several threads does this first: threads that wait for
    /// an index cannot help to make it.
    pub fn make(&self, site: &Site) {
        self.made(site);
    }

    /// A file of the index. `script` is the theme's own, `styles` what it looks like, `strings` what it says.
    pub fn file(&self, site: &Site, part: Part, script: &str, styles: &str, strings: Value) -> String {
        let made = self.made(site);
        let piece = |kind: char, pieces: &[Piece], number: usize| {
            let (content, sum) = pieces.get(number).map_or(("", ""), |piece| (&piece.content, &piece.sum));
            format!("proofpressSearch(\"{kind}{number}\",\"{sum}\",{content})\n")
        };
        match part {
            Part::Terms(number) => piece('t', &made.terms, number),
            Part::Backs(number) => piece('b', &made.backs, number),
            Part::Texts(number) => piece('x', &made.texts, number),
            Part::Table => {
                let mut table = made.table.clone();
                table["t"] = strings;
                table["css"] = styles.into();
                format!("{}\nproofpressSearch(\"\",\"\",{table})\n", script.trim_end())
            }
        }
    }

    fn made(&self, site: &Site) -> &Made {
        self.0.get_or_init(|| Made::new(site))
    }
}

/// The content of the files, as JavaScript values.
struct Made {
    table: Value,
    terms: Vec<Piece>,
    backs: Vec<Piece>,
    texts: Vec<Piece>,
}

struct Piece {
    content: String,
    sum: String,
}

impl Piece {
    fn new(content: String) -> Piece {
        Piece { sum: sum(&content), content }
    }
}

impl Made {
    fn new(site: &Site) -> Made {
        let counts = Counts::of(site);
        let pages = all_listed(site);
        // A part for each core: with more there would be more to put together.
        let size = pages.len().div_ceil(rayon::current_num_threads()).max(16);
        let count = |pages: &[PageId]| {
            let mut words = Words::default();
            let read = |id: &PageId| {
                let sections = sections(site, *id);
                words.add(&sections);
                sections
            };
            let sections: Vec<Vec<Section>> = pages.iter().map(read).collect();
            (sections, words.finish())
        };
        let (sections_of, parts): (Vec<_>, Vec<Counted>) = pages.par_chunks(size).map(count).unzip();
        let sections_of: Vec<Vec<Section>> = sections_of.into_iter().flatten().collect();
        let words = Postings::of(&parts);
        let (term_borders, terms) = pieces::terms(&words, counts.terms);
        let (back_borders, backs) = pieces::backs(words.words(), counts.backs);
        let often = if counts.terms > SPREAD { pieces::often(&words) } else { String::new() };
        drop(words);
        drop(parts);
        let (starts, texts) = pieces::texts(site, &pages, &sections_of, counts.texts);
        let mut lengths = String::new();
        sections_of.iter().for_each(|sections| encode::number(&mut lengths, sections.len()));
        let [terms, backs, texts] = [terms, backs, texts].map(|all| all.into_par_iter().map(Piece::new).collect());
        let sums = |pieces: &Vec<Piece>| pieces.iter().map(|piece| &*piece.sum).collect::<String>();
        let table = json!({
            "spaces": spaces(site, &pages),
            "pages": lengths,
            "terms": term_borders.join(" "),
            "often": often,
            "backs": back_borders.join(" "),
            "texts": starts,
            "sums": {"t": sums(&terms), "b": sums(&backs), "x": sums(&texts)},
        });
        Made { table, terms, backs, texts }
    }
}

/// Each space that has pages to find: its path, title and language, how many pages it has, and whether it is found only
/// from within. Nothing for a site that is one space.
fn spaces(site: &Site, pages: &[PageId]) -> Vec<Value> {
    if site.spaces.len() < 2 {
        return Vec::new();
    }
    let runs = pages.chunk_by(|a, b| site.page(*a).space == site.page(*b).space);
    let entry = |run: &[PageId]| {
        let space = &site.spaces[site.page(run[0]).space];
        json!([space.prefix, space.title, space.language, run.len(), space.hidden])
    };
    runs.map(entry).collect()
}

/// Three letters that differ when the content does: they tell a browser which of its copies are old.
fn sum(content: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let hash = blake3::hash(content.as_bytes());
    hash.as_bytes().iter().take(3).map(|byte| LETTERS[usize::from(byte % 64)] as char).collect()
}

#[cfg(test)]
mod tests;
