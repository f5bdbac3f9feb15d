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
//! megabytes for a thousand pages. Here a reader loads the table, one piece of words and one piece of text.
//!
//! All of it is classic scripts that call one function: they work from `file://`, under a strict
//! Content-Security-Policy and without network. How many there are follows from the size of the sources alone, so that
//! the list of files is known before anything is indexed.

mod encode;
mod postings;
mod sections;
mod shards;
pub mod words;

use crate::render::relative;
use crate::site::{PageId, Site};
use postings::{FIRST_HEADING, Posting, Postings, Words};
use rayon::prelude::*;
use sections::{Section, is_listed, sections};
use serde_json::{Value, json};
use std::ops::Range;
use std::sync::OnceLock;

/// Bytes of Markdown for one piece of words, of words backwards, and of text.
const PER_TERMS: usize = 64 * 1024;
const PER_BACKS: usize = 1024 * 1024;
const PER_TEXTS: usize = 32 * 1024;
/// A word in more sections than this is in the best of them only. Together with another word it then asks for nothing.
const MOST: usize = 4000;
/// The sections that are kept for a beginning whose words are in several pieces.
const MOST_OF_PREFIX: usize = 400;
/// Excerpts are taken from this much of a section.
const EXCERPTED: usize = 16 * 1024;
/// Pages that are read at once.
const BATCH: usize = 512;

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
        Counts { terms: pieces(PER_TERMS), backs: pieces(PER_BACKS), texts: pieces(PER_TEXTS) }
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
        let piece = |kind: char, pieces: &[String], number: usize| {
            let content = pieces.get(number).map_or("", |piece| piece);
            format!("proofpressSearch(\"{kind}{number}\",\"{}\",{content})\n", sum(content))
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
    terms: Vec<String>,
    backs: Vec<String>,
    texts: Vec<String>,
}

impl Made {
    fn new(site: &Site) -> Made {
        let counts = Counts::of(site);
        let pages = all_listed(site);
        let mut sections_of: Vec<Vec<Section>> = Vec::with_capacity(pages.len());
        let mut postings = Postings::default();
        let mut first = 0;
        for batch in pages.chunks(BATCH) {
            let from = sections_of.len();
            sections_of.par_extend(batch.par_iter().map(|id| sections(site, *id)));
            // A part for each core: with more there would be more to put together.
            let size = batch.len().div_ceil(rayon::current_num_threads()).max(16);
            let mut parts = Vec::new();
            for part in sections_of[from..].chunks(size) {
                parts.push((first, part));
                first += part.iter().map(|sections| sections.len() as u32).sum::<u32>();
            }
            let count = |(first, part): (u32, &[Vec<Section>])| {
                let mut words = Words::new(first);
                part.iter().for_each(|sections| words.add(sections));
                words.finish()
            };
            let counted: Vec<Postings> = parts.into_par_iter().map(count).collect();
            counted.into_iter().for_each(|part| postings.append(part));
        }
        let words = postings.sorted();
        let (term_borders, terms) = term_pieces(&words, counts.terms);
        let (back_borders, backs) = back_pieces(&words, counts.backs);
        drop(words);
        let (starts, texts) = text_pieces(site, &pages, &sections_of, counts.texts);
        let sums = |pieces: &[String]| pieces.iter().map(|piece| sum(piece)).collect::<String>();
        let mut lengths = String::new();
        sections_of.iter().for_each(|sections| encode::number(&mut lengths, sections.len()));
        let table = json!({
            "spaces": spaces(site, &pages),
            "pages": lengths,
            "terms": term_borders.join(" "),
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

type Sorted = [(Box<str>, Vec<Posting>)];

/// Words with their postings: `["word word","postings postings"]`.
fn term_pieces(words: &Sorted, count: usize) -> (Vec<String>, Vec<String>) {
    let sizes = words.iter().map(|(word, postings)| 4 + word.len() / 2 + 2 * postings.len().min(MOST));
    let runs = shards::cut(sizes, count);
    let word = |at: usize| &*words[at].0;
    let borders = shards::borders(&runs, word);
    let mut prefixes: Vec<Vec<(String, Vec<Posting>)>> = vec![Vec::new(); count];
    for prefix in shards::crossing(&runs, word) {
        let begins = words.partition_point(|(word, _)| **word < *prefix);
        let length = words[begins..].partition_point(|(word, _)| word.starts_with(prefix));
        let entry = (format!("{prefix}*"), headings(&words[begins..begins + length]));
        prefixes[shards::place(&borders, prefix)].push(entry);
    }
    let piece = |(run, mut prefixes): (&Range<usize>, Vec<(String, Vec<Posting>)>)| {
        let mut entries: Vec<(&str, &[Posting])> =
            words[run.clone()].iter().map(|(word, postings)| (&**word, &**postings)).collect();
        prefixes.iter_mut().for_each(|(prefix, postings)| entries.push((prefix, postings)));
        entries.sort_unstable_by_key(|(word, _)| *word);
        let (mut names, mut places) = (String::new(), String::new());
        let mut before = "";
        for (word, all) in entries {
            if !names.is_empty() {
                names.push(' ');
                places.push(' ');
            }
            encode::word(&mut names, before, word);
            before = word;
            if all.len() > MOST {
                places.push(encode::CUT);
                encode::postings(&mut places, &best(all.to_vec(), MOST));
            } else {
                encode::postings(&mut places, all);
            }
        }
        javascript(&[names, places])
    };
    let pieces = runs.par_iter().zip(prefixes).map(piece).collect();
    (borders, pieces)
}

/// The sections in whose headings one of the words stands.
fn headings(words: &Sorted) -> Vec<Posting> {
    let in_headings =
        |postings: &Vec<Posting>| postings.iter().copied().filter(|one| one.level >= FIRST_HEADING).collect::<Vec<_>>();
    let mut all: Vec<Posting> = words.iter().flat_map(|(_, postings)| in_headings(postings)).collect();
    all.sort_unstable_by_key(|one| (one.section, u8::MAX - one.level));
    all.dedup_by_key(|one| one.section);
    best(all, MOST_OF_PREFIX)
}

/// The postings that say most, in the order of the sections.
fn best(mut postings: Vec<Posting>, most: usize) -> Vec<Posting> {
    postings.sort_by_key(|one| (u8::MAX - one.level, one.section));
    postings.truncate(most);
    postings.sort_unstable_by_key(|one| one.section);
    postings
}

/// Words that one can mistype, backwards: an error in the first half is found by the second. `"drow drow"`
fn back_pieces(words: &Sorted, count: usize) -> (Vec<String>, Vec<String>) {
    let spelled = |word: &str| {
        let length = word.chars().count();
        (4..=24).contains(&length) && word.chars().all(|c| c.is_alphabetic() && !words::is_unspaced(c))
    };
    let mut backs: Vec<String> =
        words.iter().filter(|(word, _)| spelled(word)).map(|(word, _)| word.chars().rev().collect()).collect();
    backs.par_sort_unstable();
    let runs = shards::cut(backs.iter().map(|word| 2 + word.len() / 2), count);
    let borders = shards::borders(&runs, |at| &backs[at]);
    let piece = |run: &Range<usize>| {
        let mut names = String::new();
        let mut before = "";
        for word in &backs[run.clone()] {
            if !names.is_empty() {
                names.push(' ');
            }
            encode::word(&mut names, before, word);
            before = word;
        }
        javascript(&names)
    };
    (borders, runs.par_iter().map(piece).collect())
}

/// What results show, in the order of the sections: `[["url","title","above","id","heading","text",…],…]`, an entry for
/// each page of the piece. Also how many sections each piece has.
fn text_pieces(site: &Site, pages: &[PageId], sections_of: &[Vec<Section>], count: usize) -> (String, Vec<String>) {
    let all: Vec<(usize, &Section)> = sections_of
        .iter()
        .enumerate()
        .flat_map(|(page, sections)| sections.iter().map(move |one| (page, one)))
        .collect();
    let runs = shards::cut(all.iter().map(|(_, one)| 40 + one.heading.len() + excerpted(&one.text).len()), count);
    let mut starts = String::new();
    runs.iter().for_each(|run| encode::number(&mut starts, run.len()));
    let piece = |run: &Range<usize>| {
        let mut entries: Vec<Vec<&str>> = Vec::new();
        let frames: Vec<(usize, [String; 3])> = {
            let mut numbers: Vec<usize> = all[run.clone()].iter().map(|(page, _)| *page).collect();
            numbers.dedup();
            numbers.into_iter().map(|page| (page, frame(site, pages[page]))).collect()
        };
        for (page, frame) in &frames {
            let mut entry: Vec<&str> = frame.iter().map(|text| &**text).collect();
            for (_, section) in all[run.clone()].iter().filter(|(of, _)| of == page) {
                entry.extend([&*section.id, &section.heading, excerpted(&section.text)]);
            }
            entries.push(entry);
        }
        javascript(&entries)
    };
    (starts, runs.par_iter().map(piece).collect())
}

/// Address, title and the way to a page.
fn frame(site: &Site, id: PageId) -> [String; 3] {
    let page = site.page(id);
    let above: Vec<&str> = page.trail.iter().map(|crumb| &*crumb.title).collect();
    [relative("index.html", &page.output), page.title.clone(), above.join(" / ")]
}

fn excerpted(text: &str) -> &str {
    &text[..text.floor_char_boundary(EXCERPTED)]
}

/// A value as a script writes it; strings and lists of them always can be.
fn javascript(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// Three letters that differ when the content does: they tell a browser which of its copies are old.
fn sum(content: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let hash = blake3::hash(content.as_bytes());
    hash.as_bytes().iter().take(3).map(|byte| LETTERS[usize::from(byte % 64)] as char).collect()
}

#[cfg(test)]
mod tests;
