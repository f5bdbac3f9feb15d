//! One JSON object for programs: a report in, the contract of `check-output.schema.json` out.

use super::{Files, Finding, Format, Position, Report};
use crate::diagnostic::Severity;
use crate::source::Span;
use serde::Serialize;
use std::io::{self, Write};

pub static FORMAT: Format = Format { name: "json", about: "One object with a summary and all findings.", write };

/// The JSON Schema of this format; each line of `jsonl` is a part of it.
pub const SCHEMA: &str = include_str!("check-output.schema.json");

/// Goes up when a member is renamed or removed or changes its meaning; a new member does not count.
pub const VERSION: u32 = 1;

fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let diagnostics: Vec<Entry> = report.findings.iter().map(Entry::new).collect();
    serde_json::to_writer_pretty(
        &mut *out,
        &Whole { schema_version: VERSION, summary: Summary::new(report), diagnostics },
    )?;
    out.write_all(b"\n")
}

#[derive(Serialize)]
struct Whole<'a> {
    schema_version: u32,
    summary: Summary,
    diagnostics: Vec<Entry<'a>>,
}

#[derive(Serialize)]
pub struct Summary {
    pages: usize,
    links: usize,
    examples: crate::examples::Counts,
    #[serde(skip_serializing_if = "Option::is_none")]
    external: Option<super::External>,
    errors: usize,
    warnings: usize,
    fixable: usize,
}

#[derive(Serialize)]
pub struct Entry<'a> {
    rule: &'a str,
    severity: &'static str,
    breaks: Option<&'static str>,
    path: String,
    range: Range,
    message: &'a str,
    help: Option<&'a str>,
    cause: Option<&'a str>,
    labels: Vec<Label<'a>>,
    fix: Option<Fix<'a>>,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Label<'a> {
    path: String,
    range: Range,
    message: &'a str,
}

#[derive(Serialize)]
struct Fix<'a> {
    applicability: &'static str,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    path: String,
    range: Range,
    text: &'a str,
}

impl Summary {
    pub fn new(report: &Report) -> Summary {
        Summary {
            pages: report.counts.pages,
            links: report.counts.links,
            examples: report.counts.examples,
            external: Some(report.counts.external).filter(|external| external.addresses > 0),
            errors: report.of(Severity::Error),
            warnings: report.of(Severity::Warning),
            fixable: report.fixable(),
        }
    }
}

impl<'a> Entry<'a> {
    pub fn new(Finding { found, files }: &Finding<'a>) -> Entry<'a> {
        let label = |(span, message): &'a (Span, String)| Label {
            path: files.path(span.file),
            range: Range::new(files, *span),
            message,
        };
        let edit = |(span, text): &'a (Span, String)| Edit {
            path: files.path(span.file),
            range: Range::new(files, *span),
            text,
        };
        Entry {
            rule: &found.rule,
            severity: found.severity.name(),
            breaks: found.breaks.map(|breaks| breaks.name()),
            path: files.path(found.span.file),
            range: Range::new(files, found.span),
            message: &found.message,
            help: found.help.as_deref(),
            cause: found.cause.as_deref(),
            labels: found.labels.iter().map(label).collect(),
            fix: found.fix.as_ref().map(|fix| Fix {
                applicability: if fix.safe { "safe" } else { "unsafe" },
                edits: fix.edits.iter().map(edit).collect(),
            }),
        }
    }
}

impl Range {
    fn new(files: &Files, span: Span) -> Range {
        let (start, end) = files.range(span);
        Range { start, end }
    }
}
