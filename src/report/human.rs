//! Findings as people read them: diagnostics in, text with source lines and carets out.

use super::text::printable;
use super::{Files, Finding, Format, Position};
use crate::diagnostic::Severity;
use crate::source::Span;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::io::{self, Write};

pub static FORMAT: Format = Format {
    name: "human",
    about: "Each finding with its line of source, for people.",
    write: |report, out| human(&report.findings, Look::default(), out),
};

/// How findings are shown on a terminal.
#[derive(Clone, Copy, Debug, Default)]
pub struct Look {
    pub color: bool,
    /// How many findings at most, errors first; all without it.
    pub limit: Option<usize>,
}

/// Writes findings, an empty line after each. When not all are shown, the last line says how many there are.
pub fn human(findings: &[Finding], look: Look, out: &mut dyn Write) -> io::Result<()> {
    let limit = look.limit.unwrap_or(findings.len());
    // Errors are chosen first and shown where they stand.
    let mut chosen: Vec<usize> = (0..findings.len()).collect();
    chosen.sort_by_key(|at| std::cmp::Reverse(findings[*at].found.severity));
    chosen.truncate(limit);
    chosen.sort_unstable();
    for at in chosen {
        write!(out, "{}\n\n", one(findings[at], look.color))?;
    }
    match findings.len().saturating_sub(limit) {
        0 => Ok(()),
        more => writeln!(out, "and {more} more; `proofpress check` shows all of them"),
    }
}

fn one(Finding { found, files }: Finding, color: bool) -> String {
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
        let snippet = Snippet::source(excerpt.text).line_start(excerpt.start.line).path(&*excerpt.path);
        group = group.element(snippet.annotation(mark));
    }
    if let Some(help) = &found.help {
        group = group.element(Level::HELP.message(printable(help)));
    }
    if let Some(see) = &found.see {
        group = group.element(Level::NOTE.message(format!("see `proofpress explain {}`", printable(see))));
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    right_columns(renderer.render(&[group]), &excerpts)
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
    text: &'a str,
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
            text: &text[from..to],
            start,
            range: start.offset - from..end.offset.min(to).max(start.offset) - from,
            path: printable(&files.path(span.file)).into_owned(),
            label,
        }
    }
}
