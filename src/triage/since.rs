//! What a change made worse: the findings of the book before and after in, which of them are new out.
//!
//! Both versions are checked as a whole, so a link in an untouched file that died because a heading was renamed
//! elsewhere is new, and an old fault that only moved is not.

use super::moved::moved;
use crate::diagnostic::Diagnostic;
use crate::source::Sources;
use std::collections::BTreeMap;

/// The book as it was.
pub struct Past<'a> {
    pub sources: &'a Sources,
    pub found: &'a [Diagnostic],
}

/// For each finding whether the old version did not have it. Of several alike in a file as many are new as there are
/// more of them; those whose lines did not change are taken for the old ones. A file that was moved is the same file.
pub fn is_new(found: &[Diagnostic], sources: &Sources, past: &Past) -> Vec<bool> {
    let moved = moved(sources, past.sources);
    let old = |path: &str| moved.get(path).map_or(path, |old| old).to_string();
    let mut known: Vec<&Diagnostic> = past.found.iter().collect();
    let mut new = vec![true; found.len()];
    // Where a folder was moved, a link that leads nowhere may lead to another nowhere, and still be written as it was.
    for same in [Same::Line, Same::Cause, Same::Message] {
        let mut left: BTreeMap<Key, Vec<&Diagnostic>> = BTreeMap::new();
        for known in known.drain(..) {
            left.entry(key(known, past.sources, same, str::to_string)).or_default().push(known);
        }
        for (found, new) in found.iter().zip(&mut new).filter(|(_, new)| **new) {
            *new = left.get_mut(&key(found, sources, same, old)).and_then(Vec::pop).is_none();
        }
        known.extend(left.into_values().flatten());
    }
    new
}

/// What two findings of one rule in one file need to have in common to be the same one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Same {
    /// The cause, and the line.
    Line,
    /// The cause, or what is said where there is none.
    Cause,
    Message,
}

/// A finding wherever in its file it stands: the old path, the rule, the cause or what is said, and the line if it counts.
type Key<'a> = (String, &'a str, String, &'a str);

fn key<'a>(found: &'a Diagnostic, sources: &'a Sources, same: Same, old: impl Fn(&str) -> String) -> Key<'a> {
    let what = match &found.cause {
        // A cause is a path with an anchor perhaps, so it can be followed too.
        Some(cause) if same != Same::Message => match cause.split_once('#') {
            Some((path, anchor)) => format!("{}#{anchor}", old(path)),
            None => old(cause),
        },
        _ => found.message.clone(),
    };
    let line = if same == Same::Line { line(found, sources) } else { "" };
    (old(sources.path(found.span.file)), &found.rule, what, line)
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
