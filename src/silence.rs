//! Findings in; the texts with comments that silence them out.
//!
//! Where a comment has to stand so that it holds for a finding, and for as little else as possible, is guessed from the
//! tree of the page; then the book is judged again. What is not silenced so, or brings something new, is tried with the
//! block around it, and left alone in the end.

use crate::blocks;
use crate::book::is_markdown;
use crate::diagnostic::Diagnostic;
use crate::edit::{Change, Edits};
use crate::fix::untouchable;
use crate::parse::parse;
use crate::source::{FileId, Source, Sources, Span};
use crate::triage::{Place, Reach, comment_place};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What was silenced.
pub struct Silenced<'a> {
    pub changes: Vec<Change>,
    pub silenced: usize,
    /// What no comment can silence: in JSON there are none, and some files are not to be written.
    pub loud: Vec<&'a Diagnostic>,
}

/// Silences `wanted`, which `judge` finds in the texts. `own` tells whether a path may be written.
pub fn silence<'a>(
    sources: &Sources,
    wanted: &[&'a Diagnostic],
    reason: &str,
    own: impl Fn(&str) -> bool,
    judge: impl Fn(&Sources) -> Vec<Diagnostic>,
) -> Silenced<'a> {
    let mut open: BTreeMap<FileId, Vec<&'a Diagnostic>> = BTreeMap::new();
    let mut loud = Vec::new();
    for found in wanted.iter().copied() {
        let source = sources.source(found.span.file);
        match untouchable(source, &own) {
            None if !source.path.ends_with(".json") => open.entry(found.span.file).or_default().push(found),
            _ => loud.push(found),
        }
    }
    let before = counted(sources, &judge(sources));
    let mut done: BTreeMap<FileId, String> = BTreeMap::new();
    for reach in [Reach::Words, Reach::Block, Reach::Outermost] {
        let mut tried: BTreeMap<FileId, String> = BTreeMap::new();
        for (file, found) in &mut open {
            let (text, nowhere) = commented(sources, *file, found, reason, reach);
            found.retain(|found| !nowhere.contains(found));
            loud.extend(nowhere);
            tried.insert(*file, text);
        }
        open.retain(|_, found| !found.is_empty());
        tried.retain(|file, _| open.contains_key(file));
        if tried.is_empty() {
            break;
        }
        let after = counted(sources, &judge(&with(sources, done.iter().chain(&tried))));
        for (file, text) in tried {
            if is_silent(sources.path(file), &open[&file], &before, &after) {
                open.remove(&file);
                done.insert(file, text);
            }
        }
    }
    loud.extend(open.into_values().flatten());
    loud.sort_by_key(|found| found.span);
    let changes = done.iter().map(|(file, text)| {
        let source = sources.source(*file);
        let path = source.path.clone();
        Change { from: Some(path.clone()), to: path, old: source.text.clone(), new: text.as_str().into() }
    });
    Silenced { changes: changes.collect(), silenced: wanted.len() - loud.len(), loud }
}

/// How often each finding is there, by path, rule and message: lines move.
type Counted = HashMap<(String, String, String), usize>;

fn counted(sources: &Sources, found: &[Diagnostic]) -> Counted {
    let mut counted = Counted::new();
    for found in found {
        *counted.entry(key(sources.path(found.span.file), found)).or_default() += 1;
    }
    counted
}

fn key(path: &str, found: &Diagnostic) -> (String, String, String) {
    (path.to_string(), found.rule.to_string(), found.message.clone())
}

/// Whether a file has lost these findings and got no others, except that a comment may give no reason.
fn is_silent(path: &str, silenced: &[&Diagnostic], before: &Counted, after: &Counted) -> bool {
    let mut expected: Counted =
        before.iter().filter(|((of, ..), _)| of == path).map(|(key, n)| (key.clone(), *n)).collect();
    for found in silenced {
        match expected.get_mut(&key(path, found)) {
            Some(n) if *n > 0 => *n -= 1,
            _ => return false,
        }
    }
    let mut now = after.iter().filter(|((of, rule, _), _)| of == path && rule != "ignore-without-reason");
    // A comment may silence more of the same kind in one block.
    now.all(|(key, n)| expected.get(key).is_some_and(|known| n <= known))
        && silenced.iter().all(|found| {
            let key = key(path, found);
            after.get(&key).copied().unwrap_or(0) <= expected.get(&key).copied().unwrap_or(0)
        })
}

fn with<'t>(sources: &Sources, texts: impl Iterator<Item = (&'t FileId, &'t String)>) -> Sources {
    let mut all: Vec<Source> = sources.files().map(|(_, source)| source.clone()).collect();
    for (file, text) in texts {
        all[file.index()].text = text.as_str().into();
    }
    sources.renewed(all, sources.assets().clone())
}

/// A file with a comment for each place, which names all rules that are silenced there; and the findings for which no
/// comment can be written.
fn commented<'a>(
    sources: &Sources,
    file: FileId,
    found: &[&'a Diagnostic],
    reason: &str,
    reach: Reach,
) -> (String, Vec<&'a Diagnostic>) {
    let text = sources.text(file);
    let page = is_markdown(sources.path(file)).then(|| parse(file, text, blocks::grammar));
    let mut nowhere = Vec::new();
    let mut places: BTreeMap<usize, (BTreeSet<&str>, Place)> = BTreeMap::new();
    for found in found {
        let place = match &page {
            Some(page) => comment_place(page, text, found.span.start, reach),
            None => Some(Place::above(text, found.span.start as usize)),
        };
        match place {
            Some(place) => drop(places.entry(place.at).or_insert((BTreeSet::new(), place)).0.insert(&*found.rule)),
            None => nowhere.push(*found),
        }
    }
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    // A comment of HTML ends with two hyphens.
    let why = reason.split_whitespace().collect::<Vec<_>>().join(" ").replace("--", "- -");
    let why = if why.is_empty() { why } else { format!(": {why}") };
    let mut edits = Edits::default();
    for (at, (rules, Place { indent, reach, .. })) in places {
        let rules = rules.into_iter().collect::<Vec<_>>().join(", ");
        let word = if reach == Reach::File { "proofpress-ignore-file" } else { "proofpress-ignore" };
        let comment = match page {
            Some(_) if reach == Reach::Words => format!("<!-- {word} {rules}{why} --> "),
            Some(_) => format!("{indent}<!-- {word} {rules}{why} -->{newline}"),
            None => format!("{indent}# {word} {rules}{why}{newline}"),
        };
        edits.take(&[(Span::new(file, at..at), comment)]);
    }
    (edits.apply(file, text), nowhere)
}
