//! The last line of a run: a report in, its figures in words out.

use super::{External, Report};
use crate::diagnostic::{Diagnostic, Severity};
use std::time::Duration;

/// `3 errors, 12 warnings in 5 files (727 pages, 9,312 links checked, 0.18 s); 2 fixable with fix`
pub fn line(report: &Report, took: Duration) -> String {
    let mut out =
        format!("{}, {}", count(report.of(Severity::Error), "error"), count(report.of(Severity::Warning), "warning"));
    let notes = report.of(Severity::Note);
    if notes > 0 {
        out += &format!(", {}", count(notes, "note"));
    }
    if !report.findings.is_empty() {
        out += &format!(" in {}", count(report.faulty_files(), "file"));
    }
    let examples = report.counts.examples.checked;
    let examples = if examples == 0 { String::new() } else { format!(", {}", count(examples, "example")) };
    out += &format!(
        " ({}, {}{examples} checked, {:.2} s)",
        count(report.counts.pages, "page"),
        count(report.counts.links, "link"),
        took.as_secs_f64()
    );
    match report.fixable() {
        0 => {}
        n => out += &format!("; {n} fixable with fix"),
    }
    out + &external(&report.counts.external)
}

/// `; links to other sites: 98 alive, 1 dead, 12 not checked (90 known from before)`; nothing where there are none.
fn external(counts: &External) -> String {
    let remembered = match counts.remembered {
        0 => String::new(),
        n => format!(" ({} known from before)", grouped(n)),
    };
    let parts = [
        (counts.alive, "alive"),
        (counts.dead, "dead"),
        (counts.unreachable, "unreachable"),
        (counts.unknown, "unverified"),
        (counts.unchecked, "not checked"),
    ];
    let parts: Vec<String> =
        parts.into_iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{} {word}", grouped(n))).collect();
    if parts.is_empty() { String::new() } else { format!("; links to other sites: {}{remembered}", parts.join(", ")) }
}

/// `2 errors, 1 warning`
pub fn summary(all: &[Diagnostic]) -> String {
    let of = |severity| all.iter().filter(|found| found.severity == severity).count();
    format!("{}, {}", count(of(Severity::Error), "error"), count(of(Severity::Warning), "warning"))
}

/// `1 page`, `2 pages`, `9,312 pages`
pub fn count(n: usize, word: &str) -> String {
    let grouped = grouped(n);
    if n == 1 { format!("{grouped} {word}") } else { format!("{grouped} {word}s") }
}

fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut grouped = String::new();
    for (i, digit) in digits.char_indices() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_at_a_glance() {
        for (n, expected) in [
            (0, "0 links"),
            (1, "1 link"),
            (999, "999 links"),
            (1000, "1,000 links"),
            (9312, "9,312 links"),
            (1_234_567, "1,234,567 links"),
        ] {
            assert_eq!(count(n, "link"), expected);
        }
    }
}
