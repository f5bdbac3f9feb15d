//! Findings as people read them: diagnostics in, text with source lines and carets out.

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Sources, Span};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// Renders one finding. `prefix` leads from the current folder to the book's; `color` asks for terminal colours.
pub fn human(found: &Diagnostic, sources: &Sources, prefix: &str, color: bool) -> String {
    let level = match found.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = Group::with_title(level.primary_title(&*found.message).id(&*found.rule));
    let mut excerpts = vec![Excerpt::new(sources, prefix, found.span, None)];
    excerpts.extend(found.labels.iter().map(|(span, text)| Excerpt::new(sources, prefix, *span, Some(text))));
    for (n, excerpt) in excerpts.iter().enumerate() {
        let kind = if n == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        let mut mark = kind.span(excerpt.range.clone());
        if let Some(label) = excerpt.label {
            mark = mark.label(label);
        }
        group =
            group.element(Snippet::source(excerpt.text).line_start(excerpt.line).path(&*excerpt.path).annotation(mark));
    }
    if let Some(help) = &found.help {
        group = group.element(Level::HELP.message(&**help));
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group])
}

/// The lines around a place. Only these are handed to the renderer, whose work grows with the text it is given.
struct Excerpt<'a> {
    text: &'a str,
    line: usize,
    range: std::ops::Range<usize>,
    path: String,
    label: Option<&'a str>,
}

/// A line longer than this is cut around the place: tables on one line are common.
const LONGEST: usize = 240;

impl<'a> Excerpt<'a> {
    fn new(sources: &'a Sources, prefix: &str, span: Span, label: Option<&'a String>) -> Excerpt<'a> {
        let text = sources.text(span.file);
        let start = text.floor_char_boundary((span.start as usize).min(text.len()));
        let end = text.floor_char_boundary((span.end as usize).clamp(start, text.len()));
        let mut from = text[..start].rfind('\n').map_or(0, |at| at + 1);
        // A finding about a long stretch is shown by its first line.
        let mut to = text[start..].find('\n').map_or(text.len(), |at| start + at);
        if to - from > LONGEST {
            from = text.ceil_char_boundary(start.saturating_sub(LONGEST / 3).max(from));
            to = text.floor_char_boundary((start + LONGEST).min(to));
        }
        Excerpt {
            line: text[..from].matches('\n').count() + 1,
            range: start - from..end.min(to).max(start) - from,
            text: &text[from..to],
            path: format!("{prefix}{}", sources.path(span.file)),
            label: label.map(|label| &**label),
        }
    }
}

/// Line and column of a byte offset, both from 1; columns count characters.
pub fn position(text: &str, offset: u32) -> (usize, usize) {
    let offset = text.floor_char_boundary((offset as usize).min(text.len()));
    let line = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    (text[..line].matches('\n').count() + 1, text[line..offset].chars().count() + 1)
}

/// `2 errors, 1 warning`
pub fn summary(all: &[Diagnostic]) -> String {
    let count = |severity| all.iter().filter(|found| found.severity == severity).count();
    format!("{}, {}", self::count(count(Severity::Error), "error"), self::count(count(Severity::Warning), "warning"))
}

/// `1 page`, `2 pages`
pub fn count(n: usize, word: &str) -> String {
    if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") }
}
