//! Findings for editors and `grep`: a report in, one line each out.

use super::text::printable;
use super::{Format, Report};
use std::io::{self, Write};

pub static FORMAT: Format =
    Format { name: "concise", about: "One line each: `path:line:column: error[rule]: message`.", write };

fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for finding in &report.findings {
        let (found, start) = (finding.found, finding.start());
        let (path, line, column) = (finding.path(), start.line, start.column);
        let text = format!("{path}:{line}:{column}: {}[{}]: {}", found.severity.name(), found.rule, found.message);
        writeln!(out, "{}", printable(&text))?;
    }
    Ok(())
}
