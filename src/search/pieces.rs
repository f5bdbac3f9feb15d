//! What was counted in, the content of the pieces out: words with their sections, the same words backwards, and texts.

use super::postings::{FIRST_HEADING, Posting, Postings};
use super::sections::Section;
use super::{encode, shards, words};
use crate::render::relative;
use crate::site::{PageId, Site};
use rayon::prelude::*;
use std::ops::Range;

/// A word in more sections than this is in the best of them only. Together with another word it then asks for nothing.
const MOST: usize = 4000;
/// The sections that are kept for a beginning whose words are in several pieces.
const MOST_OF_PREFIX: usize = 400;
/// Excerpts are taken from this much of a section.
const EXCERPTED: usize = 16 * 1024;
/// The words that the table names because they are in so many sections that they hardly say where something is.
const OFTEN: usize = 64;

/// Words with their postings: `["word word","postings postings"]`.
pub fn terms(all: &Postings, count: usize) -> (Vec<String>, Vec<String>) {
    let names = all.words();
    let sizes = names.iter().enumerate().map(|(at, word)| 4 + word.len() / 2 + 2 * all.sections(at).len().min(MOST));
    let runs = shards::cut(sizes, count);
    let word = |at: usize| names[at];
    let borders = shards::borders(&runs, word);
    let mut beginnings: Vec<Vec<(String, Vec<Posting>)>> = vec![Vec::new(); count];
    let headings = Headings::of(all);
    for begin in shards::crossing(&runs, word) {
        let first = names.partition_point(|word| **word < *begin);
        let length = names[first..].partition_point(|word| word.starts_with(begin));
        let entry = (format!("{begin}*"), headings.best(first..first + length));
        beginnings[shards::place(&borders, begin)].push(entry);
    }
    let piece = |(run, beginnings): (&Range<usize>, &Vec<(String, Vec<Posting>)>)| {
        let mut entries: Vec<(&str, &[Posting])> = run.clone().map(|at| (names[at], all.sections(at))).collect();
        if !beginnings.is_empty() {
            entries.extend(beginnings.iter().map(|(begin, postings)| (&**begin, &**postings)));
            entries.sort_unstable_by_key(|(word, _)| *word);
        }
        let (mut names, mut places) = (String::new(), String::new());
        let mut before = "";
        for (word, postings) in entries {
            if !names.is_empty() {
                names.push(' ');
                places.push(' ');
            }
            encode::word(&mut names, before, word);
            before = word;
            if postings.len() > MOST {
                places.push(encode::CUT);
                encode::postings(&mut places, &best(postings.to_vec(), MOST));
            } else {
                encode::postings(&mut places, postings);
            }
        }
        javascript(&[names, places])
    };
    let pieces = runs.par_iter().zip(&beginnings).map(piece).collect();
    (borders, pieces)
}

/// The words of headings.
struct Headings(Vec<(usize, Posting)>);

impl Headings {
    fn of(all: &Postings) -> Headings {
        let of_word =
            |at| all.sections(at).iter().filter(|one| one.level() >= FIRST_HEADING).map(move |one| (at, *one));
        Headings((0..all.words().len()).flat_map(of_word).collect())
    }

    /// The sections in whose headings one of these words stands.
    fn best(&self, words: Range<usize>) -> Vec<Posting> {
        let place = |word: usize| self.0.partition_point(|(at, _)| *at < word);
        let these = &self.0[place(words.start)..place(words.end)];
        let mut all: Vec<Posting> = these.iter().map(|(_, one)| *one).collect();
        all.sort_unstable_by_key(|one| (one.section(), u8::MAX - one.level()));
        all.dedup_by_key(|one| one.section());
        best(all, MOST_OF_PREFIX)
    }
}

/// The postings that say most, in the order of the sections.
fn best(mut postings: Vec<Posting>, most: usize) -> Vec<Posting> {
    postings.sort_by_key(|one| (u8::MAX - one.level(), one.section()));
    postings.truncate(most);
    postings.sort_unstable_by_key(|one| one.section());
    postings
}

/// The words that are in most sections, those of most first.
pub fn often(all: &Postings) -> String {
    let mut words: Vec<(usize, &str)> =
        all.words().iter().enumerate().map(|(at, word)| (usize::MAX - all.sections(at).len(), *word)).collect();
    let count = OFTEN.min(words.len());
    if count < words.len() {
        words.select_nth_unstable(count);
    }
    words.truncate(count);
    words.sort_unstable();
    words.into_iter().map(|(_, word)| word).collect::<Vec<_>>().join(" ")
}

/// Words that one can mistype, backwards: an error in the first half is found by the second. `"drow drow"`
pub fn backs(words: &[&str], count: usize) -> (Vec<String>, Vec<String>) {
    let spelled = |word: &str| {
        let length = word.chars().count();
        (4..=24).contains(&length) && word.chars().all(|c| c.is_alphabetic() && !words::is_unspaced(c))
    };
    let mut backs: Vec<String> =
        words.iter().filter(|word| spelled(word)).map(|word| word.chars().rev().collect()).collect();
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
pub fn texts(site: &Site, pages: &[PageId], sections_of: &[Vec<Section>], count: usize) -> (String, Vec<String>) {
    let all: Vec<(usize, &Section)> = sections_of
        .iter()
        .enumerate()
        .flat_map(|(page, sections)| sections.iter().map(move |one| (page, one)))
        .collect();
    let runs = shards::cut(all.iter().map(|(_, one)| 40 + one.heading.len() + excerpted(&one.text).len()), count);
    let mut starts = String::new();
    runs.iter().for_each(|run| encode::number(&mut starts, run.len()));
    let piece = |run: &Range<usize>| {
        let here: Vec<&[(usize, &Section)]> = all[run.clone()].chunk_by(|(a, _), (b, _)| a == b).collect();
        let frames: Vec<[String; 3]> = here.iter().map(|sections| frame(site, pages[sections[0].0])).collect();
        let mut entries: Vec<Vec<&str>> = Vec::with_capacity(here.len());
        for (frame, sections) in frames.iter().zip(&here) {
            let shown = sections.iter().flat_map(|(_, one)| [&*one.id, &*one.heading, excerpted(&one.text)]);
            entries.push(frame.iter().map(|text| &**text).chain(shown).collect());
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
