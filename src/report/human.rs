//! Findings as people read them: diagnostics in, text with source lines and carets out.

use super::text::{printable, url};
use super::{Files, Finding, Format, Position, count};
use crate::diagnostic::Severity;
use crate::source::Span;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::io::{self, Write};

pub static FORMAT: Format = Format {
    name: "human",
    about: "Each finding with its line of source, for people.",
    write: |report, out| human(&report.findings, Look { grouped: report.grouped, ..Look::default() }, out),
};

/// How findings are shown on a terminal.
#[derive(Clone, Copy, Debug, Default)]
pub struct Look<'a> {
    pub color: bool,
    /// The full name of the current folder, where the terminal makes links of paths.
    pub base: Option<&'a str>,
    /// How wide the terminal is: longer lines of source are cut around the place.
    pub width: Option<usize>,
    /// How many findings at most, errors first; all without it.
    pub limit: Option<usize>,
    /// Findings that have one cause are shown as one, with the other places below.
    pub grouped: bool,
}

/// Writes findings, an empty line after each. When not all are shown, the last line says how many there are.
pub fn human(findings: &[Finding], look: Look, out: &mut dyn Write) -> io::Result<()> {
    let groups = groups(findings, look.grouped);
    let limit = look.limit.unwrap_or(groups.len());
    // Errors are chosen first and shown where they stand.
    let mut chosen: Vec<usize> = (0..groups.len()).collect();
    chosen.sort_by_key(|at| std::cmp::Reverse(groups[*at].0.found.severity));
    chosen.truncate(limit);
    chosen.sort_unstable();
    for at in chosen {
        let (first, others) = &groups[at];
        write!(out, "{}\n\n", one(*first, others, look))?;
    }
    match groups.len().saturating_sub(limit) {
        0 => Ok(()),
        more => writeln!(out, "and {more} more; `proofpress check` shows all of them"),
    }
}

/// The first finding of each cause, where it stands, with those that share it.
fn groups<'f>(findings: &[Finding<'f>], grouped: bool) -> Vec<(Finding<'f>, Vec<Finding<'f>>)> {
    let mut groups: Vec<(Finding, Vec<Finding>)> = Vec::new();
    let mut causes: HashMap<_, usize> = HashMap::new();
    for finding @ Finding { found, files } in findings {
        if let Some(cause) = found.cause.as_ref().filter(|_| grouped) {
            match causes.entry((&found.rule, found.severity, files.place, cause)) {
                Entry::Occupied(entry) => {
                    groups[*entry.get()].1.push(*finding);
                    continue;
                }
                Entry::Vacant(entry) => drop(entry.insert(groups.len())),
            }
        }
        groups.push((*finding, Vec::new()));
    }
    groups
}

/// How many places of a group are named besides its first.
const OTHERS: usize = 2;

/// `the same in 35 more places: a.md:3:5, b.md:9:1 and 33 others, which `--all` lists`
fn same(others: &[Finding]) -> String {
    let place = |finding: &Finding| {
        let start = finding.files.range(finding.found.span).0;
        format!("{}:{}:{}", printable(&finding.path()), start.line, start.column)
    };
    let named: Vec<String> = others.iter().take(OTHERS).map(place).collect();
    let mut text = format!("the same in {}: {}", count(others.len(), "more place"), named.join(", "));
    if others.len() > OTHERS {
        text += &format!(" and {}, which `--all` lists", count(others.len() - OTHERS, "other"));
    }
    text
}

fn one(Finding { found, files }: Finding, others: &[Finding], look: Look) -> String {
    let level = match found.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = Group::with_title(level.primary_title(printable(&found.message)).id(&*found.rule));
    let mut excerpts = vec![Excerpt::new(files, found.span, None)];
    excerpts.extend(found.labels.iter().map(|(span, text)| Excerpt::new(files, *span, Some(text))));
    for (n, excerpt) in excerpts.iter().enumerate() {
        let kind = if n == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        let mut mark = kind.span(excerpt.range.clone());
        if let Some(label) = excerpt.label {
            mark = mark.label(printable(label));
        }
        let snippet = Snippet::source(&*excerpt.text).line_start(excerpt.start.line).path(&*excerpt.path);
        group = group.element(snippet.annotation(mark));
    }
    if let Some(help) = &found.help {
        group = group.element(Level::HELP.message(printable(help)));
    }
    if !others.is_empty() {
        group = group.element(Level::NOTE.message(same(others)));
    }
    if let Some(see) = &found.see {
        group = group.element(Level::NOTE.message(format!("see `proofpress explain {}`", printable(see))));
    }
    let renderer = if look.color { Renderer::styled() } else { Renderer::plain() };
    let renderer = look.width.map_or(renderer.clone(), |width| renderer.term_width(width));
    let text = right_columns(renderer.render(&[group]), &excerpts);
    look.base.map_or(text.clone(), |base| linked(&text, base, &excerpts))
}

/// Places become links to their files: `OSC 8`, which terminals that do not know it pass over.
fn linked(text: &str, base: &str, excerpts: &[Excerpt]) -> String {
    let mut out = String::new();
    let mut rest = text;
    for Excerpt { path, start, .. } in excerpts {
        let place = format!("{path}:{}:{}", start.line, start.column);
        let Some(at) = rest.find(&place) else { continue };
        let (before, after) = rest.split_at(at);
        let address = format!("file:///{}/{}", url(base), url(path));
        out += &format!("{before}\x1b]8;;{address}\x1b\\{place}\x1b]8;;\x1b\\");
        rest = &after[place.len()..];
    }
    out + rest
}

/// The renderer counts columns in the text that it is given, which may come from the middle of a long line.
fn right_columns(mut text: String, excerpts: &[Excerpt]) -> String {
    let mut from = 0;
    for Excerpt { path, start, range, text: shown, .. } in excerpts {
        let counted = shown[..range.start].chars().count() + 1;
        let place = format!("{path}:{}:", start.line);
        let Some(at) = text[from..].find(&format!("{place}{counted}")) else { continue };
        let column = from + at + place.len();
        let right = start.column.to_string();
        text.replace_range(column..column + counted.to_string().len(), &right);
        from = column + right.len();
    }
    text
}

/// The line of a place. Only this is handed to the renderer, whose work grows with the text it is given.
struct Excerpt<'a> {
    text: Cow<'a, str>,
    start: Position,
    range: std::ops::Range<usize>,
    path: String,
    label: Option<&'a String>,
}

/// A line longer than this is cut around the place: tables on one line are common.
const LONGEST: usize = 240;

impl<'a> Excerpt<'a> {
    fn new(files: &'a Files, span: Span, label: Option<&'a String>) -> Excerpt<'a> {
        let text = files.sources.text(span.file);
        let (start, end) = files.range(span);
        // A finding about a long stretch is shown by its first line.
        let line = files.lines(span.file).line(text, start.line);
        let trimmed = line.start + text[line.clone()].trim_end_matches('\r').len();
        let (mut from, mut to) = (line.start, trimmed.max(start.offset));
        if to - from > LONGEST {
            from = text.ceil_char_boundary(start.offset.saturating_sub(LONGEST / 3).max(from));
            to = text.floor_char_boundary((start.offset + LONGEST).min(to));
        }
        Excerpt {
            text: shown(&text[from..to]),
            start,
            range: start.offset - from..end.offset.min(to).max(start.offset) - from,
            path: printable(&files.path(span.file)).into_owned(),
            label,
        }
    }
}

/// A line without what some terminals take for commands, each in as many bytes: the renderer replaces the others.
fn shown(line: &str) -> Cow<'_, str> {
    let is_command = |c: char| ('\u{80}'..='\u{9f}').contains(&c);
    if line.contains(is_command) { line.replace(is_command, "\u{b7}").into() } else { line.into() }
}
