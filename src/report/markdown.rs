//! A table for comments and summaries: a report in, Markdown out.

use super::{Format, Report, count};
use crate::diagnostic::Severity;
use std::fmt::Write as _;
use std::io::{self, Write};

pub static FORMAT: Format = Format {
    name: "markdown",
    about: "A table for a comment or a page.",
    write: |report, out| table(report, usize::MAX, out),
};

/// The figures and a table of findings, at most `limit` of them with a count of the rest.
pub fn table(report: &Report, limit: usize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "**Proofpress**: {}, {} ({}, {} checked)",
        count(report.of(Severity::Error), "error"),
        count(report.of(Severity::Warning), "warning"),
        count(report.counts.pages, "page"),
        count(report.counts.links, "link"),
    )?;
    if report.findings.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n| | Rule | Place | Message |\n| --- | --- | --- | --- |")?;
    for finding in report.findings.iter().take(limit) {
        let (found, start) = (finding.found, finding.start());
        let place = code(&format!("{}:{}:{}", finding.path(), start.line, start.column));
        let help = found.help.as_ref().map_or(String::new(), |help| format!("<br>{}", prose(help)));
        let (severity, rule) = (found.severity.name(), code(&found.rule));
        writeln!(out, "| {severity} | {rule} | {place} | {}{help} |", prose(&found.message))?;
    }
    match report.findings.len().saturating_sub(limit) {
        0 => Ok(()),
        more => writeln!(out, "\nand {more} more"),
    }
}

/// A message, whose backquotes stand around text of the author. Outside of them nothing is markup.
fn prose(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    let mut out = String::new();
    for (n, part) in parts.iter().enumerate() {
        // The last backquote of an odd number closes nothing.
        if n % 2 == 1 && n + 1 < parts.len() {
            out += &code(part);
        } else if n % 2 == 1 {
            out += "&#96;";
            out += &plain(part);
        } else {
            out += &plain(part);
        }
    }
    out
}

fn plain(text: &str) -> String {
    escape(text, |character| r"\*_[]<>#&~|$@".contains(character))
}

/// A code span. One that cannot be written so in a table is HTML.
fn code(text: &str) -> String {
    let awkward = |character: char| character.is_control() || "|`".contains(character);
    if text.is_empty() || text.starts_with(' ') || text.ends_with(' ') || text.contains(awkward) {
        return format!("<code>{}</code>", escape(text, |character| character.is_ascii_punctuation()));
    }
    format!("`{text}`")
}

fn escape(text: &str, special: impl Fn(char) -> bool) -> String {
    let mut out = String::new();
    for character in text.chars() {
        if character.is_control() {
            out.push(' ');
        } else if special(character) {
            let _ = write!(out, "&#{};", u32::from(character));
        } else {
            out.push(character);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_stays_a_row() {
        for (text, expected) in [
            ("`a.md` does not exist", "`a.md` does not exist"),
            ("<b> a_b @you", "&#60;b&#62; a&#95;b &#64;you"),
            ("`a|b` here", "<code>a&#124;b</code> here"),
            ("`a\nb`", "<code>a b</code>"),
            ("an odd ` mark*", "an odd &#96; mark&#42;"),
            ("``", "<code></code>"),
        ] {
            assert_eq!(prose(text), expected);
        }
    }
}
