//! A sorted list in, pieces of about one size out, so that a reader loads only the piece that holds the word.
//!
//! Where two pieces meet there is a border: the shortest text that is above all before it and not above what follows. A
//! word stands in the last piece whose border is not above it, and so do all words that it begins, unless the border
//! itself begins with it. Such beginnings have an entry of their own, see [`crossing`].

use std::collections::BTreeSet;
use std::ops::Range;

/// Cuts items of these sizes into `count` runs of about equal size; some may be empty.
pub fn cut(sizes: impl Iterator<Item = usize> + Clone, count: usize) -> Vec<Range<usize>> {
    let total: usize = sizes.clone().sum();
    let mut runs = Vec::with_capacity(count);
    let (mut from, mut items, mut size) = (0, 0, 0);
    for next in sizes {
        // Past the middle of the item that crosses the line, it belongs to the next run.
        while runs.len() + 1 < count && (size + next / 2) * count >= total * (runs.len() + 1) && items > from {
            runs.push(from..items);
            from = items;
        }
        items += 1;
        size += next;
    }
    runs.push(from..items);
    runs.resize(count, items..items);
    runs
}

/// The borders of runs of sorted words, one for each run; the first is empty. Those of empty runs are above all words.
pub fn borders<'a>(runs: &[Range<usize>], word: impl Fn(usize) -> &'a str) -> Vec<String> {
    let border = |run: &Range<usize>| match (run.start, run.is_empty()) {
        (0, _) => String::new(),
        (_, true) => "\u{10ffff}".to_string(),
        (start, false) => {
            let shared = shared(word(start - 1), word(start));
            word(start).chars().take(shared + 1).collect()
        }
    };
    runs.iter().map(border).collect()
}

/// The beginnings whose words lie in more than one run.
pub fn crossing<'a>(runs: &[Range<usize>], word: impl Fn(usize) -> &'a str) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    for run in runs.iter().filter(|run| run.start > 0 && !run.is_empty()) {
        let next = word(run.start);
        let ends = next.char_indices().map(|(at, _)| at).chain([next.len()]).skip(1);
        found.extend(ends.take(shared(word(run.start - 1), next)).map(|end| &next[..end]));
    }
    found
}

/// The run that a word belongs to.
pub fn place(borders: &[String], word: &str) -> usize {
    borders.partition_point(|border| &**border <= word).saturating_sub(1)
}

/// With how many characters two words begin alike.
fn shared(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs() {
        let check = |sizes: &[usize], count, expected: &[Range<usize>]| {
            assert_eq!(cut(sizes.iter().copied(), count), expected, "{sizes:?}")
        };
        check(&[], 3, &[0..0, 0..0, 0..0]);
        check(&[1, 1, 1, 1], 2, &[0..2, 2..4]);
        check(&[1, 1, 1, 1, 1], 2, &[0..3, 3..5]);
        check(&[9, 1, 1], 3, &[0..1, 1..2, 2..3]);
        check(&[1, 1], 4, &[0..1, 1..2, 2..2, 2..2]);
        check(&[0, 0], 2, &[0..1, 1..2]);
    }

    #[test]
    fn every_beginning_is_in_one_place() {
        let words = ["a", "cat", "conf", "config", "configure", "cost", "段简", "段落", "𠮷"];
        for count in 1..12 {
            let runs = cut(words.iter().map(|word| word.len()), count);
            assert_eq!(runs.len(), count);
            let borders = borders(&runs, |at| words[at]);
            let crossing = crossing(&runs, |at| words[at]);
            for (at, word) in words.iter().enumerate() {
                assert!(runs[place(&borders, word)].contains(&at), "{word} of {borders:?}");
                for end in word.char_indices().map(|(at, c)| at + c.len_utf8()) {
                    let begin = &word[..end];
                    let home = &runs[place(&borders, begin)];
                    let inside =
                        words.iter().enumerate().all(|(at, word)| !word.starts_with(begin) || home.contains(&at));
                    assert!(inside || crossing.contains(begin), "{begin} of {borders:?}");
                }
            }
        }
    }
}
