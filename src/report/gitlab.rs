//! GitLab's code quality report: a report in, a JSON list out, by which a merge request shows what it changes.

use super::fingerprint::fingerprints;
use super::{Format, Report};
use crate::diagnostic::Severity;
use serde_json::{Value, json};
use std::io::{self, Write};

pub static FORMAT: Format = Format { name: "gitlab", about: "GitLab's code quality report.", write };

fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let names = fingerprints(&report.findings);
    let issues = report.findings.iter().zip(names).map(|(finding, fingerprint)| {
        let found = finding.found;
        json!({
            "description": found.message,
            "check_name": found.rule,
            "fingerprint": fingerprint,
            "severity": match found.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Note => "info",
            },
            "location": { "path": finding.in_repository(), "lines": { "begin": finding.start().line } },
        })
    });
    serde_json::to_writer_pretty(&mut *out, &issues.collect::<Vec<Value>>())?;
    out.write_all(b"\n")
}
