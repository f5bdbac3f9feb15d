//! Which texts have another path now: two versions of a book in, the old path of each of these out.
//!
//! Texts are alike by their words and not by their lines as Git has it: a page of few lines whose links were written
//! anew has hardly a line left, but nearly all words. So it does not matter either whether Git was told of the move.

use crate::source::Sources;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

/// What more texts than this have in common tells none of them from the others.
const RARE: usize = 16;
/// As many texts are looked at closely for each new one.
const LIKELY: usize = 8;

/// The old path of each text that only `now` has, if at least half of it is in one that only `past` has.
pub fn moved<'a>(now: &'a Sources, past: &'a Sources) -> BTreeMap<&'a str, &'a str> {
    let (new, gone) = (missing(now, past), missing(past, now));
    let mut having: HashMap<u64, Vec<usize>> = HashMap::new();
    for (old, text) in gone.iter().enumerate() {
        for mark in text.different() {
            having.entry(mark).or_default().push(old);
        }
    }
    let mut pairs = Vec::new();
    for text in &new {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        let having = text.different().filter_map(|mark| having.get(&mark));
        for old in having.filter(|having| having.len() <= RARE).flatten() {
            *shared.entry(*old).or_default() += 1;
        }
        let mut likely: Vec<(usize, usize)> = shared.into_iter().map(|(old, count)| (count, old)).collect();
        likely.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        let alike =
            likely.into_iter().take(LIKELY).map(|(_, old)| (text.likeness(&gone[old]), text.path, gone[old].path));
        pairs.extend(alike.filter(|(likeness, ..)| *likeness >= 500));
    }
    // The most alike go together first.
    pairs.sort_by_key(|(likeness, ..)| std::cmp::Reverse(*likeness));
    let (mut moved, mut taken) = (BTreeMap::new(), BTreeSet::new());
    for (_, new, old) in pairs {
        if !moved.contains_key(new) && taken.insert(old) {
            moved.insert(new, old);
        }
    }
    moved
}

/// A text by all that it can be known again by.
struct Text<'a> {
    path: &'a str,
    /// Its words, sorted, each as often as it is there, and the ends of its path, which tell short texts apart.
    marks: Vec<u64>,
}

fn missing<'a>(here: &'a Sources, there: &Sources) -> Vec<Text<'a>> {
    let missing = here.files().filter(|(_, source)| there.find(&source.path).is_none());
    let texts = missing.map(|(_, source)| {
        let words = source.text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
        let ends = source.path.match_indices('/').map(|(at, _)| &source.path[at..]);
        let mut marks: Vec<u64> = words.chain(ends).map(hash).collect();
        marks.push(hash(source.path.rsplit('/').next().unwrap_or_default()));
        marks.sort_unstable();
        Text { path: &source.path, marks }
    });
    texts.collect()
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

impl Text<'_> {
    fn different(&self) -> impl Iterator<Item = u64> {
        self.marks.chunk_by(|one, other| one == other).map(|same| same[0])
    }

    /// Which part of the longer one both have, in thousandths.
    fn likeness(&self, other: &Text) -> usize {
        let (mut here, mut there) = (self.marks.iter().peekable(), other.marks.iter().peekable());
        let mut both = 0;
        while let (Some(one), Some(two)) = (here.peek(), there.peek()) {
            let order = one.cmp(two);
            both += usize::from(order.is_eq());
            if order.is_le() {
                here.next();
            }
            if order.is_ge() {
                there.next();
            }
        }
        both * 1000 / self.marks.len().max(other.marks.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn sources(texts: &[(&str, &str)]) -> Sources {
        let source =
            |(path, text): &(&str, &str)| Source { path: path.to_string(), text: (*text).into(), invalid: None };
        Sources::new(texts.iter().map(source), BTreeMap::new())
    }

    /// Texts of the past, texts of today, and what was moved.
    #[test]
    fn moves_are_known_again() {
        let check = |past: &[(&str, &str)], now: &[(&str, &str)], expected: &[(&str, &str)]| {
            let (past, now) = (sources(past), sources(now));
            assert_eq!(moved(&now, &past).into_iter().collect::<Vec<_>>(), expected);
        };
        let page = "# C\n\n[c](nope.md)\n";
        check(&[("c.md", page)], &[("sub/d.md", "# C\n\n[c](../nope.md)\n")], &[("sub/d.md", "c.md")]);
        check(&[("c.md", page)], &[("c.md", "# C\n"), ("d.md", page)], &[]);
        check(&[("c.md", page)], &[("d.md", "# Another page\n\nHas [no](nope.md) such words.\n")], &[]);
        // Of several alike, those with the same ends of their paths.
        check(
            &[("a/x/README.md", page), ("a/y/README.md", page), ("a/z.md", page)],
            &[("b/c/y/README.md", page), ("b/c/x/README.md", page), ("b/c/z.md", page)],
            &[("b/c/x/README.md", "a/x/README.md"), ("b/c/y/README.md", "a/y/README.md"), ("b/c/z.md", "a/z.md")],
        );
        check(&[("a/e.md", "")], &[("b/e.md", "")], &[("b/e.md", "a/e.md")]);
        check(&[("a.md", page)], &[("b.md", page), ("c.md", page)], &[("b.md", "a.md")]);
    }

    /// Pages that differ in few words, as made ones do, find each other among many.
    #[test]
    fn many_are_told_apart() {
        let named = |folder: &str, at: usize| format!("{folder}/page{at}.md");
        let text = |at: usize| format!("# Page\n\nThe same words on all {at} pages.\n");
        let all = |folder: &str| -> Sources {
            let pages = (0..200).map(|at| Source { path: named(folder, at), text: text(at).into(), invalid: None });
            Sources::new(pages, BTreeMap::new())
        };
        let (past, now) = (all("a"), all("b"));
        let moved = moved(&now, &past);
        assert!((0..200).all(|at| moved.get(&*named("b", at)) == Some(&&*named("a", at))), "{moved:?}");
    }
}
