//! A test report as JUnit writes it: a report in, XML out, one suite for each file and one case for each finding.
//!
//! A case fails when its finding makes the run fail; other findings are told as output of cases that pass. Without
//! findings there is one case that passes, since a report without any looks broken.

use super::{Finding, Format, Report};
use crate::diagnostic::Severity;
use std::io::{self, Write};

pub static FORMAT: Format = Format { name: "junit", about: "A test report in XML, one case for each finding.", write };

fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let tests = report.findings.len().max(1);
    let failures = failures(&report.findings, report.fail_on);
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, r#"<testsuites name="proofpress" tests="{tests}" failures="{failures}" errors="0">"#)?;
    if report.findings.is_empty() {
        writeln!(out, r#"  <testsuite name="proofpress" tests="1" failures="0" errors="0">"#)?;
        writeln!(out, r#"    <testcase name="no findings" classname="proofpress"/>"#)?;
        writeln!(out, "  </testsuite>")?;
    }
    for suite in report.findings.chunk_by(|a, b| a.path() == b.path()) {
        self::suite(suite, report.fail_on, out)?;
    }
    writeln!(out, "</testsuites>")
}

fn suite(findings: &[Finding], fail_on: Severity, out: &mut dyn Write) -> io::Result<()> {
    let Some(first) = findings.first() else { return Ok(()) };
    let path = escape(&first.path());
    let (tests, failures) = (findings.len(), failures(findings, fail_on));
    writeln!(out, r#"  <testsuite name="{path}" tests="{tests}" failures="{failures}" errors="0">"#)?;
    for finding in findings {
        let (found, start) = (finding.found, finding.start());
        let (rule, message) = (escape(&found.rule), escape(&found.message));
        let (line, column) = (start.line, start.column);
        let help = found.help.as_ref().map_or(String::new(), |help| format!("\nhelp: {}", escape(help)));
        let text = format!("{path}:{line}:{column}: {message}{help}");
        writeln!(out, r#"    <testcase name="{rule} at {line}:{column}" classname="{path}">"#)?;
        if found.severity >= fail_on {
            let severity = found.severity.name();
            writeln!(out, r#"      <failure type="{severity}" message="{message}">{text}</failure>"#)?;
        } else {
            writeln!(out, "      <system-out>{text}</system-out>")?;
        }
        writeln!(out, "    </testcase>")?;
    }
    writeln!(out, "  </testsuite>")
}

fn failures(findings: &[Finding], fail_on: Severity) -> usize {
    findings.iter().filter(|finding| finding.found.severity >= fail_on).count()
}

/// For text and for attributes in double quotes. XML has no way to write most control characters.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            character if character < ' ' => out.push('\u{fffd}'),
            character => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        assert_eq!(escape("a<b> & \"c\"\u{1b}\n]]>图"), "a&lt;b&gt; &amp; &quot;c&quot;\u{fffd}&#10;]]&gt;图");
    }
}
