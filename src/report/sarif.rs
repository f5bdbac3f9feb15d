//! SARIF 2.1.0, which code scanning services read: a report in, one JSON object out.
//!
//! Columns count Unicode scalar values, as everywhere here, and `columnKind` says so. Addresses lead
//! from the root of the repository, where services look for them.

use super::fingerprint::fingerprints;
use super::text::url;
use super::{Files, Finding, Format, Report};
use crate::diagnostic::Fix;
use crate::lint;
use crate::source::{FileId, Span};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{self, Write};

pub static FORMAT: Format = Format { name: "sarif", about: "SARIF 2.1.0, for code scanning services.", write };

fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut rules: BTreeMap<&str, usize> = report.findings.iter().map(|finding| (&*finding.found.rule, 0)).collect();
    rules.values_mut().enumerate().for_each(|(n, index)| *index = n);
    let names = fingerprints(&report.findings);
    let results = report.findings.iter().zip(&names);
    let whole = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "Proofpress",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.keys().map(|name| rule(name)).collect::<Vec<Value>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results.map(|(finding, name)| result(finding, name, &rules)).collect::<Vec<Value>>(),
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &whole)?;
    out.write_all(b"\n")
}

fn rule(name: &str) -> Value {
    let explain = format!("`proofpress explain {name}` tells more.");
    let known = lint::rule(name);
    let mut out = json!({
        "id": name,
        "shortDescription": { "text": known.map_or(&*explain, |rule| rule.about) },
        "help": { "text": explain },
    });
    if let Some(rule) = known {
        out["defaultConfiguration"] = json!({ "level": rule.severity.name() });
    }
    out
}

fn result(Finding { found, files }: &Finding, fingerprint: &str, rules: &BTreeMap<&str, usize>) -> Value {
    let text = match &found.help {
        Some(help) => format!("{}\nhelp: {help}", found.message),
        None => found.message.clone(),
    };
    let mut out = json!({
        "ruleId": found.rule,
        "ruleIndex": rules.get(&*found.rule),
        "level": found.severity.name(),
        "message": { "text": text },
        "locations": [{ "physicalLocation": place(files, found.span) }],
        "partialFingerprints": { "proofpress/v1": fingerprint },
    });
    if !found.labels.is_empty() {
        let related = found.labels.iter().enumerate().map(|(n, (span, label))| {
            json!({ "id": n + 1, "physicalLocation": place(files, *span), "message": { "text": label } })
        });
        out["relatedLocations"] = related.collect();
    }
    if let Some(fix) = &found.fix {
        out["fixes"] = json!([self::fix(fix, found.help.as_deref(), files)]);
    }
    if let Some(breaks) = found.breaks {
        out["properties"] = json!({ "breaks": breaks.name() });
    }
    out
}

/// Edits, by the files that they change.
fn fix(fix: &Fix, help: Option<&str>, files: &Files) -> Value {
    let mut changes: BTreeMap<FileId, Vec<Value>> = BTreeMap::new();
    for (span, text) in &fix.edits {
        let change = json!({ "deletedRegion": region(files, *span), "insertedContent": { "text": text } });
        changes.entry(span.file).or_default().push(change);
    }
    let changes = changes.into_iter().map(|(file, replacements)| {
        json!({ "artifactLocation": { "uri": url(&files.in_repository(file)) }, "replacements": replacements })
    });
    let kind = if fix.safe { "the one right repair" } else { "what was likely meant" };
    json!({ "description": { "text": help.unwrap_or(kind) }, "artifactChanges": changes.collect::<Vec<Value>>() })
}

fn place(files: &Files, span: Span) -> Value {
    json!({ "artifactLocation": { "uri": url(&files.in_repository(span.file)) }, "region": region(files, span) })
}

fn region(files: &Files, span: Span) -> Value {
    let (start, end) = files.range(span);
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}
