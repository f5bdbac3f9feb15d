//! What a change made worse: the findings of the book before and after in, which of them are new out.
//!
//! Both versions are checked as a whole, so a link in an untouched file that died because a heading was renamed
//! elsewhere is new, and an old fault that only moved is not.

use crate::diagnostic::Diagnostic;
use crate::source::Sources;
use std::collections::{BTreeMap, HashMap};

/// The book as it was.
pub struct Past<'a> {
    pub sources: &'a Sources,
    pub found: &'a [Diagnostic],
    /// Files that have another path now: new path to old path.
    pub renamed: &'a BTreeMap<String, String>,
}

/// For each finding whether the old version did not have it. Of several alike in a file as many are new as there are
/// more of them; those whose lines did not change are taken for the old ones.
pub fn is_new(found: &[Diagnostic], sources: &Sources, past: &Past) -> Vec<bool> {
    let none = BTreeMap::new();
    let mut known: HashMap<Key, Known> = HashMap::new();
    for found in past.found {
        let known = known.entry(key(found, past.sources, &none)).or_default();
        known.count += 1;
        *known.lines.entry(line(found, past.sources)).or_default() += 1;
    }
    let mut new = vec![true; found.len()];
    for by_line in [true, false] {
        for (found, new) in found.iter().zip(&mut new).filter(|(_, new)| **new) {
            let Some(known) = known.get_mut(&key(found, sources, past.renamed)).filter(|known| known.count > 0) else {
                continue;
            };
            if by_line {
                match known.lines.get_mut(line(found, sources)) {
                    Some(count) if *count > 0 => *count -= 1,
                    _ => continue,
                }
            }
            known.count -= 1;
            *new = false;
        }
    }
    new
}

/// A finding wherever in its file it stands: the old path, the rule, and the cause or what is said.
type Key = (String, String, String);

/// The findings of the old version with one key.
#[derive(Default)]
struct Known<'a> {
    count: usize,
    lines: HashMap<&'a str, usize>,
}

fn key(found: &Diagnostic, sources: &Sources, renamed: &BTreeMap<String, String>) -> Key {
    let old = |path: &str| renamed.get(path).map_or(path, |old| &**old).to_string();
    let what = match &found.cause {
        // A cause is a path with an anchor perhaps, so it can be followed too.
        Some(cause) => match cause.split_once('#') {
            Some((path, anchor)) => format!("{}#{anchor}", old(path)),
            None => old(cause),
        },
        None => found.message.clone(),
    };
    (old(sources.path(found.span.file)), found.rule.to_string(), what)
}

/// The line of a finding, or the part of a long one around it.
fn line<'s>(found: &Diagnostic, sources: &'s Sources) -> &'s str {
    const AROUND: usize = 120;
    let text = sources.text(found.span.file);
    let at = text.floor_char_boundary((found.span.start as usize).min(text.len()));
    let before = &text[text.ceil_char_boundary(at.saturating_sub(AROUND)).min(at)..at];
    let after = &text[at..text.floor_char_boundary((at + AROUND).min(text.len()))];
    let start = at - before.len() + before.rfind('\n').map_or(0, |newline| newline + 1);
    text[start..at + after.find('\n').unwrap_or(after.len())].trim()
}
