//! Findings for programs that read line by line: a report in, one JSON object a line out, the summary last.

use super::json::{Entry, Summary, VERSION};
use super::{Format, Report};
use serde::Serialize;
use std::io::{self, Write};

pub static FORMAT: Format =
    Format { name: "jsonl", about: "One finding a line, as in `json`; the last line is the summary.", write };

fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for finding in &report.findings {
        serde_json::to_writer(&mut *out, &Entry::new(finding))?;
        out.write_all(b"\n")?;
    }
    serde_json::to_writer(&mut *out, &Last { schema_version: VERSION, summary: Summary::new(report) })?;
    out.write_all(b"\n")
}

#[derive(Serialize)]
struct Last {
    schema_version: u32,
    summary: Summary,
}
