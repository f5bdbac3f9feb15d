//! Sections in, for every word the sections that hold it out, each with how much the word says about the section.

use super::names::Names;
use super::sections::Section;
use super::words::{self, Form};
use rayon::prelude::*;

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

/// A word in a section: the number of the section and a level, in one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting(u32);

impl Posting {
    pub fn new(section: u32, level: Level) -> Posting {
        Posting(section << 4 | u32::from(level))
    }

    pub fn section(self) -> u32 {
        self.0 >> 4
    }

    pub fn level(self) -> Level {
        (self.0 & 15) as Level
    }

    /// The same, `sections` later.
    fn after(self, sections: u32) -> Posting {
        Posting(self.0 + (sections << 4))
    }
}

/// Words of some pages, while they are read. Sections are counted from 0.
#[derive(Default)]
pub struct Words {
    names: Names,
    /// For each word, how it stands in the last section that has it.
    seen: Vec<Seen>,
    /// The words of the section that is read.
    here: Vec<u32>,
    uses: Vec<(u32, Posting)>,
    sections: u32,
}

#[derive(Clone, Copy)]
struct Seen {
    section: u32,
    times: u16,
    /// 0 while the word stands in the text only.
    level: Level,
}

impl Words {
    /// Adds the sections of one page, in order.
    pub fn add(&mut self, sections: &[Section]) {
        for (index, section) in sections.iter().enumerate() {
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
                self.count(word, if form == Form::Whole { heading } else { BODY[2] })
            });
            let mut length = 0;
            words::words(&section.text, &mut |word, _| {
                length += 1;
                self.count(word, 0)
            });
            self.end(length);
        }
    }

    fn count(&mut self, word: &str, level: Level) {
        let number = self.names.number(word);
        match self.seen.get_mut(number as usize) {
            Some(seen) if seen.section == self.sections => {
                seen.times = seen.times.saturating_add(1);
                seen.level = seen.level.max(level);
            }
            seen => {
                let now = Seen { section: self.sections, times: 1, level };
                match seen {
                    Some(seen) => *seen = now,
                    None => self.seen.push(now),
                }
                self.here.push(number);
            }
        }
    }

    /// How much each word says about the section, now that its length is known.
    fn end(&mut self, length: u32) {
        for number in self.here.drain(..) {
            let Some(seen) = self.seen.get(number as usize) else { continue };
            // The usual saturation of BM25 at a section of a hundred words.
            let times = f32::from(seen.times);
            let share = times / (times + 0.4 + 0.008 * length as f32);
            let body = if share < 0.4 {
                BODY[0]
            } else if share < 0.66 {
                BODY[1]
            } else {
                BODY[2]
            };
            self.uses.push((number, Posting::new(self.sections, seen.level.max(body))));
        }
        self.sections += 1;
    }

    /// What was counted, by word.
    pub fn finish(self) -> Part {
        let mut starts = vec![0; self.names.len() + 1];
        self.uses.iter().for_each(|(number, _)| starts[*number as usize + 1] += 1);
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut postings = vec![Posting(0); self.uses.len()];
        for (number, posting) in self.uses {
            let at = &mut next[number as usize];
            postings[*at] = posting;
            *at += 1;
        }
        Part { names: self.names, starts, postings, sections: self.sections }
    }
}

/// The words of some pages.
pub struct Part {
    names: Names,
    /// Where the postings of each word begin, in the order of their numbers; and the end of all.
    starts: Vec<usize>,
    postings: Vec<Posting>,
    sections: u32,
}

/// All words in order, each with its sections.
#[derive(Default)]
pub struct Postings<'a> {
    words: Vec<&'a str>,
    starts: Vec<usize>,
    postings: Vec<Posting>,
}

impl<'a> Postings<'a> {
    /// Puts together what was counted in pages that follow one another.
    pub fn of(parts: &'a [Part]) -> Postings<'a> {
        let names = |(index, part): (usize, &'a Part)| {
            (0..part.names.len() as u32).map(move |number| (part.names.name(number), index, number))
        };
        let entry = |(word, index, number): (&'a str, usize, u32)| (first(word), word, index, number);
        let mut entries: Vec<_> = parts.iter().enumerate().flat_map(names).map(entry).collect();
        entries.par_sort_unstable();
        let mut sections_before = Vec::with_capacity(parts.len());
        let mut count = 0;
        for part in parts {
            sections_before.push(count);
            count += part.sections;
        }
        let mut all = Postings::default();
        all.postings.reserve(parts.iter().map(|part| part.postings.len()).sum());
        for (_, word, index, number) in entries {
            if all.words.last() != Some(&word) {
                all.words.push(word);
                all.starts.push(all.postings.len());
            }
            let (part, number) = (&parts[index], number as usize);
            let postings = &part.postings[part.starts[number]..part.starts[number + 1]];
            all.postings.extend(postings.iter().map(|one| one.after(sections_before[index])));
        }
        all.starts.push(all.postings.len());
        all
    }

    pub fn words(&self) -> &[&'a str] {
        &self.words
    }

    /// The sections of a word, in order.
    pub fn sections(&self, word: usize) -> &[Posting] {
        &self.postings[self.starts[word]..self.starts[word + 1]]
    }
}

/// The first letters of a word as a number that is sorted like them: most words differ there.
fn first(word: &str) -> u64 {
    let mut bytes = [0; 8];
    let length = word.len().min(8);
    bytes[..length].copy_from_slice(&word.as_bytes()[..length]);
    u64::from_be_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(heading: &str, text: &str) -> Section {
        Section { id: String::new(), heading: heading.to_string(), text: text.to_string() }
    }

    fn part(pages: &[&[Section]]) -> Part {
        let mut words = Words::default();
        pages.iter().for_each(|sections| words.add(sections));
        words.finish()
    }

    fn of(all: &Postings, word: &str) -> Vec<(u32, Level)> {
        let at = all.words().iter().position(|other| *other == word);
        let postings = at.map_or(&[][..], |at| all.sections(at));
        postings.iter().map(|one| (one.section(), one.level())).collect()
    }

    #[test]
    fn titles_weigh_more_than_headings_and_text() {
        let first = [section("Install", "Get it."), section("With the installer", "Install it, install it twice.")];
        let second = [section("Max_tokens of models", &format!("it {}", "other ".repeat(500)))];
        let parts = [part(&[&first, &second])];
        let all = Postings::of(&parts);
        assert_eq!(of(&all, "install"), [(0, TITLE + 3), (1, BODY[2])]);
        assert_eq!(of(&all, "with"), [(1, HEADING + 1)]);
        assert_eq!(of(&all, "it"), [(0, BODY[2]), (1, BODY[2]), (2, BODY[0])]);
        assert_eq!(of(&all, "max_tokens"), [(2, TITLE + 1)]);
        assert_eq!(of(&all, "tokens"), [(2, BODY[2])], "a part of a name in a title is no title");
    }

    #[test]
    fn parts_join_in_order() {
        let parts = [part(&[&[section("A", "one")]]), part(&[]), part(&[&[section("B", "one two")]])];
        let all = Postings::of(&parts);
        assert_eq!(all.words(), ["a", "b", "one", "two"]);
        assert_eq!(of(&all, "one").iter().map(|one| one.0).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(Postings::of(&[]).words(), [""; 0]);
    }
}
