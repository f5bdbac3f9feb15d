//! What the examples were taken for in; a table for people out.

use super::{By, Listed, Sure, Survey, Verdict};
use crate::report::{count, position};
use crate::source::Sources;
use std::fmt::Write;

/// One line for each example: its place, what it was taken for, the verdict, and why; then the numbers.
pub fn text(survey: &Survey, sources: &Sources) -> String {
    let rows: Vec<[String; 4]> = survey.listed.iter().map(|listed| row(listed, sources)).collect();
    let width = |at: usize| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or(0);
    let widths = [width(0), width(1), width(2)];
    let mut out = String::new();
    for [place, kind, verdict, why] in &rows {
        let [first, second, third] = widths;
        let line = format!("{place:first$}  {kind:second$}  {verdict:third$}  {why}");
        let _ = writeln!(out, "{}", line.trim_end());
    }
    let counts = survey.counts();
    let _ = writeln!(
        out,
        "{} checked, of them {} and {} that should fail; {} unbound",
        count(counts.checked, "example"),
        count(counts.fragments, "fragment"),
        counts.should_fail,
        counts.unbound
    );
    out
}

fn row(listed: &Listed, sources: &Sources) -> [String; 4] {
    let (line, _) = position(sources.text(listed.span.file), listed.span.start);
    let kind = match (&listed.kind, listed.by) {
        (Some(kind), _) if listed.partial => format!("{kind} (partial)"),
        (Some(kind), _) => kind.clone(),
        (None, By::None) => "none".to_string(),
        (None, _) => "-".to_string(),
    };
    let verdict = match listed.verdict {
        Verdict::Passes => "passes".to_string(),
        Verdict::Fails(faults) => count(faults, "fault"),
        Verdict::FailsAsExpected => "fails as it should".to_string(),
        Verdict::PassesUnexpectedly => "passes, and should not".to_string(),
        Verdict::NotJudged => "not judged".to_string(),
    };
    let sure = match (listed.sure, listed.by) {
        (Sure::Likely, _) => "likely: ",
        (Sure::Certain, By::Shape) => "certain: ",
        _ => "",
    };
    let why = if listed.why.is_empty() { "nothing says what it is" } else { &listed.why };
    [format!("{}:{line}", sources.path(listed.span.file)), kind, verdict, format!("{sure}{why}")]
}
