//! Sections in, for every word the sections that hold it out, each with how much the word says about the section.

use super::sections::Section;
use super::words::{self, Form};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasherDefault, Hasher};

/// How much a word says about a section, by where it stands and beside how many others. `search.js` knows the weights.
pub type Level = u8;

/// In the text: rarely, often, very often for the length of the section.
const BODY: [Level; 3] = [0, 1, 2];
/// In a heading of more than four words, of three or four, of two, of one.
const HEADING: Level = 3;
/// The same for the title of the page.
const TITLE: Level = 7;
/// The levels that stand for more than text.
pub const FIRST_HEADING: Level = HEADING;

/// A word in a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    pub section: u32,
    pub level: Level,
}

/// Words of some pages, while they are read.
#[derive(Default)]
pub struct Words {
    uses: HashMap<Box<str>, Vec<Use>, Fast>,
    /// Words of each section, from `first` on.
    lengths: Vec<u32>,
    first: u32,
}

#[derive(Clone, Copy)]
struct Use {
    section: u32,
    times: u16,
    /// 0 while the word stands in the text only.
    level: Level,
}

impl Words {
    /// `first` is the number of the first section that will be added.
    pub fn new(first: u32) -> Words {
        Words { first, ..Words::default() }
    }

    /// Adds the sections of one page, in order.
    pub fn add(&mut self, sections: &[Section]) {
        for (index, section) in sections.iter().enumerate() {
            let number = self.first + self.lengths.len() as u32;
            let mut length = 0;
            words::words(&section.heading, &mut |_, form| length += u32::from(form == Form::Whole));
            let place = match length {
                0 | 1 => 3,
                2 => 2,
                3 | 4 => 1,
                _ => 0,
            };
            let heading = if index == 0 { TITLE } else { HEADING } + place;
            words::words(&section.heading, &mut |word, form| {
                self.count(word, number, if form == Form::Whole { heading } else { BODY[2] })
            });
            let mut length = 0;
            words::words(&section.text, &mut |word, _| {
                length += 1;
                self.count(word, number, 0)
            });
            self.lengths.push(length);
        }
    }

    fn count(&mut self, word: &str, section: u32, level: Level) {
        let Some(uses) = self.uses.get_mut(word) else {
            self.uses.insert(word.into(), vec![Use { section, times: 1, level }]);
            return;
        };
        match uses.last_mut() {
            Some(last) if last.section == section => {
                last.times = last.times.saturating_add(1);
                last.level = last.level.max(level);
            }
            _ => uses.push(Use { section, times: 1, level }),
        }
    }

    /// How much each word says, now that all is counted.
    pub fn finish(self) -> Postings {
        let Words { uses, lengths, first } = self;
        let level = |one: &Use| {
            let length = lengths.get((one.section - first) as usize).copied().unwrap_or_default();
            // The usual saturation of BM25 at a section of a hundred words.
            let times = f32::from(one.times);
            let share = times / (times + 0.4 + 0.008 * length as f32);
            let body = if share < 0.4 {
                BODY[0]
            } else if share < 0.66 {
                BODY[1]
            } else {
                BODY[2]
            };
            one.level.max(body)
        };
        let postings =
            |uses: Vec<Use>| uses.iter().map(|one| Posting { section: one.section, level: level(one) }).collect();
        Postings { by_word: uses.into_iter().map(|(word, uses)| (word, postings(uses))).collect() }
    }
}

/// The sections of each word, in order.
#[derive(Default)]
pub struct Postings {
    by_word: HashMap<Box<str>, Vec<Posting>, Fast>,
}

impl Postings {
    /// Adds the words of later sections.
    pub fn append(&mut self, later: Postings) {
        if self.by_word.is_empty() {
            self.by_word = later.by_word;
            return;
        }
        for (word, mut postings) in later.by_word {
            match self.by_word.entry(word) {
                Entry::Occupied(mut known) => known.get_mut().append(&mut postings),
                Entry::Vacant(new) => drop(new.insert(postings)),
            }
        }
    }

    pub fn sorted(self) -> Vec<(Box<str>, Vec<Posting>)> {
        let mut all: Vec<_> = self.by_word.into_iter().collect();
        all.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        all
    }
}

type Fast = BuildHasherDefault<FastHasher>;

/// FNV's shape with a wider step. Words of a book are no attack, and the standard hasher would cost a third of the build
/// of the index.
#[derive(Default)]
struct FastHasher(u64);

impl Hasher for FastHasher {
    fn write(&mut self, bytes: &[u8]) {
        let mut chunks = bytes.chunks_exact(8);
        for chunk in &mut chunks {
            let mut eight = [0; 8];
            eight.copy_from_slice(chunk);
            self.step(u64::from_le_bytes(eight));
        }
        let mut last = [0; 8];
        last[..chunks.remainder().len()].copy_from_slice(chunks.remainder());
        self.step(u64::from_le_bytes(last) ^ ((bytes.len() as u64) << 56));
    }

    fn write_u8(&mut self, _: u8) {}

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }
}

impl FastHasher {
    fn step(&mut self, value: u64) {
        self.0 = (self.0.rotate_left(26) ^ value).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(heading: &str, text: &str) -> Section {
        Section { id: String::new(), heading: heading.to_string(), text: text.to_string() }
    }

    fn of(all: &[(Box<str>, Vec<Posting>)], word: &str) -> Vec<(u32, Level)> {
        let found = all.iter().find(|(other, _)| **other == *word);
        found.map_or(Vec::new(), |(_, postings)| postings.iter().map(|one| (one.section, one.level)).collect())
    }

    #[test]
    fn titles_weigh_more_than_headings_and_text() {
        let mut words = Words::new(5);
        words.add(&[section("Install", "Get it."), section("With the installer", "Install it, install it twice.")]);
        words.add(&[section("Max_tokens of models", &format!("it {}", "other ".repeat(500)))]);
        let all = words.finish().sorted();
        assert_eq!(of(&all, "install"), [(5, TITLE + 3), (6, BODY[2])]);
        assert_eq!(of(&all, "with"), [(6, HEADING + 1)]);
        assert_eq!(of(&all, "it"), [(5, BODY[2]), (6, BODY[2]), (7, BODY[0])]);
        assert_eq!(of(&all, "max_tokens"), [(7, TITLE + 1)]);
        assert_eq!(of(&all, "tokens"), [(7, BODY[2])], "a part of a name in a title is no title");
    }

    #[test]
    fn parts_join_in_order() {
        let (mut first, mut second) = (Words::new(0), Words::new(1));
        first.add(&[section("A", "one")]);
        second.add(&[section("B", "one two")]);
        let mut all = Postings::default();
        all.append(first.finish());
        all.append(second.finish());
        let all = all.sorted();
        assert_eq!(all.iter().map(|(word, _)| &**word).collect::<Vec<_>>(), ["a", "b", "one", "two"]);
        assert_eq!(of(&all, "one").iter().map(|one| one.0).collect::<Vec<_>>(), [0, 1]);
    }
}
