//! Findings with repairs in; the texts without these findings out.
//!
//! All repairs that do not overlap are made at once, then the book is judged again, until there is nothing left to
//! repair. So a second run has nothing to do.

use crate::diagnostic::{Diagnostic, Fix};
use crate::edit::{Change, Edits};
use crate::source::{FileId, Source, Sources};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// Which repairs are made.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Also those that are only likely what the author meant.
    pub likely: bool,
    /// Of these rules; of all where there is none.
    pub rules: Vec<String>,
}

/// What was repaired.
pub struct Repaired {
    pub sources: Sources,
    pub changes: Vec<Change>,
    /// How many findings were repaired.
    pub repairs: usize,
    /// Files that have repairs and are left alone, and why.
    pub left: BTreeMap<String, &'static str>,
    /// What is found afterwards.
    pub found: Vec<Diagnostic>,
}

/// Repairs that lead from one to the next are followed no further.
const ROUNDS: usize = 20;

/// Nor are those that make a text longer than twice its length and this.
const GROWTH: usize = 4096;

/// Repairs what `judge` finds, over and over. `own` tells whether a path may be written.
pub fn repair(
    sources: Sources,
    wanted: &Wanted,
    own: impl Fn(&str) -> bool,
    mut judge: impl FnMut(&Sources) -> Vec<Diagnostic>,
) -> Repaired {
    let first = sources.clone();
    let mut now = sources;
    let mut left: BTreeMap<FileId, &'static str> = BTreeMap::new();
    let mut looked_at: HashSet<FileId> = HashSet::new();
    let mut seen: HashSet<(FileId, Arc<str>)> = HashSet::new();
    // By the file that a repair begins in.
    let mut made: HashMap<FileId, usize> = HashMap::new();
    let mut round = 0;
    loop {
        let found = judge(&now);
        let mut edits = Edits::default();
        for fix in found.iter().filter_map(|found| chosen(found, wanted)).filter(|fix| changes_something(fix, &now)) {
            for (span, _) in &fix.edits {
                if looked_at.insert(span.file)
                    && let Some(why) = untouchable(now.source(span.file), &own)
                {
                    left.insert(span.file, why);
                }
            }
            let free = fix.edits.iter().all(|(span, _)| !left.contains_key(&span.file));
            if free && edits.take(&fix.edits) {
                *made.entry(fix.edits[0].0.file).or_default() += 1;
            }
        }
        if edits.is_empty() {
            let changes = first.files().filter_map(|(file, old)| change(old, now.source(file))).collect();
            let left = left.into_iter().map(|(file, why)| (first.path(file).to_string(), why)).collect();
            return Repaired { sources: now, changes, repairs: made.values().sum(), left, found };
        }
        let mut texts: Vec<Source> = now.files().map(|(_, source)| source.clone()).collect();
        for file in edits.files() {
            let old = &now.source(file).text;
            let new: Arc<str> = edits.apply(file, old).into();
            seen.insert((file, old.clone()));
            // Repairs that undo each other, or never end, are no repairs.
            let grown = new.len() > 2 * first.text(file).len() + GROWTH;
            let restless = round >= ROUNDS || grown || seen.contains(&(file, new.clone()));
            texts[file.index()].text = if restless { first.source(file).text.clone() } else { new };
            if restless {
                left.insert(file, "its repairs undo each other");
                made.remove(&file);
            }
        }
        now = now.renewed(texts, now.assets().clone());
        round += 1;
    }
}

fn chosen<'a>(found: &'a Diagnostic, wanted: &Wanted) -> Option<&'a Fix> {
    let fix = found.fix.as_ref()?;
    let of_rule = wanted.rules.is_empty() || wanted.rules.iter().any(|rule| **rule == *found.rule);
    (of_rule && (fix.safe || wanted.likely)).then_some(fix)
}

fn changes_something(fix: &Fix, sources: &Sources) -> bool {
    fix.edits.iter().any(|(span, text)| sources[*span] != **text)
}

/// Why a file must not be edited.
pub fn untouchable(source: &Source, own: impl Fn(&str) -> bool) -> Option<&'static str> {
    if source.invalid.is_some() {
        return Some("it is not UTF-8");
    }
    if has_conflict(&source.text) {
        return Some("it has the marks of a conflict that Git could not resolve");
    }
    (!own(&source.path)).then_some("it is reached through a symbolic link")
}

/// Whether Git has left both sides of a conflict in a text.
pub fn has_conflict(text: &str) -> bool {
    let mut lines = text.lines();
    ["<<<<<<<", "=======", ">>>>>>>"].iter().all(|mark| {
        lines.any(|line| line.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\r'])))
    })
}

fn change(old: &Source, new: &Source) -> Option<Change> {
    let path = old.path.clone();
    let change = Change { from: Some(path.clone()), to: path, old: old.text.clone(), new: new.text.clone() };
    (change.old != change.new).then_some(change)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    /// Words and what takes their place, with no regard to whether that ends.
    fn repaired(texts: &[(&str, &str)], pairs: &[(&str, &str, bool)], likely: bool) -> (Vec<String>, usize, usize) {
        let source = |(path, text): &(&str, &str)| Source {
            path: path.to_string(),
            text: (*text).into(),
            invalid: text.find('\u{FFFD}').map(|at| at as u32),
        };
        let sources = Sources::new(texts.iter().map(source), BTreeMap::new());
        let judge = |sources: &Sources| {
            let mut found = Vec::new();
            for (file, source) in sources.files() {
                for (word, new, safe) in pairs {
                    for (at, _) in source.text.match_indices(word) {
                        let span = Span::new(file, at..at + word.len());
                        found.push(
                            Diagnostic::warning("word", span, "a word").fix(*safe, vec![(span, new.to_string())]),
                        );
                    }
                }
            }
            found
        };
        let wanted = Wanted { likely, rules: Vec::new() };
        let done = repair(sources, &wanted, |path| path != "link.md", judge);
        let texts = done.sources.files().map(|(_, source)| source.text.to_string()).collect();
        (texts, done.repairs, done.left.len())
    }

    #[test]
    fn repairs_come_to_rest() {
        for (text, pairs, likely, expected, repairs, left) in [
            ("a b a", &[("a", "c", true)][..], false, "c b c", 2, 0),
            ("a b", &[("a", "c", false)], false, "a b", 0, 0),
            ("a b", &[("a", "c", false)], true, "c b", 1, 0),
            ("a", &[("a", "b", true), ("b", "c", true)], false, "c", 2, 0),
            // Overlapping: the first, then what is left of the other.
            ("xyz", &[("xy", "y", true), ("yz", "!", true)], false, "!", 2, 0),
            // A circle, and one without end.
            ("a", &[("a", "b", true), ("b", "a", true)], false, "a", 0, 1),
            ("a", &[("a", "aa", true)], false, "a", 0, 1),
            ("a", &[("a", "a", true)], false, "a", 0, 0),
            ("a\r\nb", &[("b", "c", true)], false, "a\r\nc", 1, 0),
            (
                "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n",
                &[("a", "c", true)],
                false,
                "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n",
                0,
                1,
            ),
            ("=======\na\n", &[("a", "c", true)], false, "=======\nc\n", 1, 0),
            ("a\u{FFFD}", &[("a", "c", true)], false, "a\u{FFFD}", 0, 1),
        ] {
            let got = repaired(&[("a.md", text)], pairs, likely);
            assert_eq!(got, (vec![expected.to_string()], repairs, left), "{text} {pairs:?}");
        }
        assert_eq!(repaired(&[("link.md", "a")], &[("a", "b", true)], false).0, ["a"]);
    }
}
