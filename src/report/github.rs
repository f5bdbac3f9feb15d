//! Annotations on GitHub: a report in, workflow commands out, which a runner shows at the lines of a pull request.

use super::{Format, Report, count};
use crate::diagnostic::Severity;
use std::io::{self, Write};

pub static FORMAT: Format = Format {
    name: "github",
    about: "Annotations of GitHub Actions: 10 errors, 10 warnings, a count of the rest.",
    write,
};

/// GitHub shows no more of one severity and step, and does not say that there are more.
const MOST: usize = 10;

fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut left = [MOST; 3];
    for finding in &report.findings {
        let found = finding.found;
        let left = &mut left[found.severity as usize];
        if *left == 0 {
            continue;
        }
        *left -= 1;
        let (start, end) = finding.files.range(found.span);
        write!(out, "::{} file={},line={}", command(found.severity), property(&finding.in_repository()), start.line)?;
        // Columns mean something within one line only.
        if start.line == end.line {
            write!(out, ",endLine={},col={},endColumn={}", end.line, start.column, end.column)?;
        } else {
            write!(out, ",endLine={}", end.line)?;
        }
        let help = found.help.as_ref().map_or(String::new(), |help| format!("\nhelp: {help}"));
        writeln!(out, ",title={}::{}", property(&found.rule), data(&format!("{}{help}", found.message)))?;
    }
    let more = |severity, word| match report.of(severity).saturating_sub(MOST) {
        0 => None,
        more => Some(count(more, word)),
    };
    let more: Vec<String> = [
        more(Severity::Error, "more error"),
        more(Severity::Warning, "more warning"),
        more(Severity::Note, "more note"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if more.is_empty() {
        return Ok(());
    }
    writeln!(out, "::notice title=proofpress::{} without an annotation", more.join(", "))
}

fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    }
}

/// The text of a command ends with its line.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property ends with a comma or two colons.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_begins_a_command() {
        for (text, expected) in [
            ("a", "a"),
            ("a,b::error::c", "a%2Cb%3A%3Aerror%3A%3Ac"),
            ("100%\n::set-output", "100%25%0A%3A%3Aset-output"),
        ] {
            assert_eq!(property(text), expected);
        }
        assert_eq!(data("a: b,\r\n::error::c"), "a: b,%0D%0A::error::c");
    }
}
