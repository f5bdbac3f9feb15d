//! Findings made by hand, with everything that a finding can have, in the formats that tell all of it.

use super::*;
use crate::diagnostic::Breaks;
use crate::source::Source;
use serde_json::{Value, json};
use std::collections::BTreeMap;

fn sources() -> Arc<Sources> {
    let text = |path: &str, text: &str| Source { path: path.to_string(), text: text.into(), invalid: None };
    Arc::new(Sources::new([text("a.md", "one\ntwö three\n"), text("b.md", "four\n")], BTreeMap::new()))
}

fn span(file: u32, range: std::ops::Range<usize>) -> Span {
    Span::new(FileId(file), range)
}

fn checked() -> [Checked; 2] {
    let whole = Diagnostic::error("missing-key", span(0, 9..14), "`three` \u{1b}[2J has no `key`")
        .label(span(1, 0..4), "declared here")
        .help("add `key`")
        .see("tool.parameters")
        .breaks(Breaks::Strict)
        .fix(true, vec![(span(0, 9..14), "3".to_string()), (span(1, 4..4), "!".to_string())]);
    let guess =
        Diagnostic::warning("empty-value", span(1, 0..4), "empty").fix(false, vec![(span(1, 0..4), String::new())]);
    // Out of order, out of the text, across lines, and one that only counts when notes do.
    let rest =
        [guess, Diagnostic::note("wide", span(1, 0..5), "note"), Diagnostic::error("wide", span(0, 0..900), "all")];
    let examples = crate::examples::Counts { checked: 3, fragments: 1, should_fail: 1, unbound: 2 };
    let counts = Counts { pages: 1, links: 2, examples, ..Counts::default() };
    [
        Checked { sources: sources(), place: Place::default(), diagnostics: vec![whole], counts },
        Checked {
            sources: sources(),
            place: Place { prefix: "../plugin/".to_string(), ..Place::default() },
            diagnostics: rest.to_vec(),
            counts,
        },
    ]
}

fn text(name: &str, fail_on: Severity) -> String {
    let checked = checked();
    let files = checked.each_ref().map(Checked::files);
    let format = FORMATS.iter().find(|format| format.name == name).unwrap();
    let mut out = Vec::new();
    (format.write)(&Report::new(&checked, &files, fail_on), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn parsed(name: &str) -> Value {
    serde_json::from_str(&text(name, Severity::Error)).unwrap()
}

#[test]
fn json_tells_everything() {
    let position =
        |line: usize, column: usize, offset: usize| json!({"line": line, "column": column, "offset": offset});
    let three = json!({"start": position(2, 5, 9), "end": position(2, 10, 14)});
    let found = parsed("json");
    assert_eq!(
        found["diagnostics"][0],
        json!({
            "rule": "missing-key", "severity": "error", "breaks": "strict", "path": "a.md", "range": three,
            "message": "`three` \u{1b}[2J has no `key`", "help": "add `key`", "cause": null,
            "labels": [{
                "path": "b.md", "range": {"start": position(1, 1, 0), "end": position(1, 5, 4)}, "message": "declared here",
            }],
            "fix": {"applicability": "safe", "edits": [
                {"path": "a.md", "range": three, "text": "3"},
                {"path": "b.md", "range": {"start": position(1, 5, 4), "end": position(1, 5, 4)}, "text": "!"},
            ]},
        })
    );
    assert_eq!(
        found["summary"],
        json!({
            "pages": 2, "links": 4, "examples": {"checked": 6, "fragments": 2, "should_fail": 2, "unbound": 4},
            "errors": 2, "warnings": 1, "fixable": 1,
        })
    );
    assert_eq!(found["diagnostics"][1]["path"], "../plugin/a.md");
    assert_eq!(found["diagnostics"][1]["range"], json!({"start": position(1, 1, 0), "end": position(3, 1, 15)}));
    assert_eq!(found["diagnostics"][2]["fix"]["applicability"], "unsafe");

    // The other JSON is the same, a line each.
    let lines = text("jsonl", Severity::Error);
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(Value::from(lines[..3].to_vec()), found["diagnostics"]);
    assert_eq!(lines[3], json!({"schema_version": 1, "summary": found["summary"]}));
}

#[test]
fn sarif_tells_repairs_and_other_places() {
    let found = parsed("sarif");
    let result = &found["runs"][0]["results"][0];
    assert_eq!(result["relatedLocations"][0]["message"]["text"], "declared here");
    assert_eq!(result["properties"]["breaks"], "strict");
    let changes = result["fixes"][0]["artifactChanges"].as_array().unwrap();
    assert_eq!(changes.len(), 2);
    assert_eq!(
        changes[1]["replacements"][0],
        json!({
            "deletedRegion": {"startLine": 1, "startColumn": 5, "endLine": 1, "endColumn": 5},
            "insertedContent": {"text": "!"},
        })
    );
}

#[test]
fn people_see_what_explains_and_no_terminal_is_commanded() {
    let expected = r"error[missing-key]: `three` \u{1b}[2J has no `key`
 --> a.md:2:5
  |
2 | twö three
  |     ^^^^^
  |
 ::: b.md:1:1
  |
1 | four
  | ---- declared here
  |
  = help: add `key`
  = note: see `proofpress explain tool.parameters`
";
    assert!(text("human", Severity::Error).starts_with(expected), "{}", text("human", Severity::Error));
    for name in ["human", "concise", "markdown", "junit"] {
        assert!(!text(name, Severity::Error).contains('\u{1b}'), "{name}");
    }
}

#[test]
fn notes_are_shown_where_they_count() {
    for (fail_on, shown, failing) in [(Severity::Error, 3, 2), (Severity::Warning, 3, 3), (Severity::Note, 4, 4)] {
        let xml = text("junit", fail_on);
        assert_eq!((xml.matches("<testcase").count(), xml.matches("<failure").count()), (shown, failing));
        assert_eq!(text("concise", fail_on).lines().count(), shown);
    }
}

#[test]
fn a_terminal_may_see_the_worst_first() {
    let checked = checked();
    let files = checked.each_ref().map(Checked::files);
    let report = Report::new(&checked, &files, Severity::Note);
    let mut out = Vec::new();
    human(&report.findings, Look { color: true, limit: Some(2), ..Look::default() }, &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(text.contains("missing-key") && text.contains("wide") && !text.contains("empty-value"), "{text}");
    assert!(text.ends_with("and 2 more; `proofpress check` shows all of them\n"), "{text}");
    assert!(text.contains("\u{1b}[1m"), "{text}");
    assert_eq!(
        line(&report, std::time::Duration::from_millis(180)),
        "2 errors, 1 warning, 1 note in 3 files (2 pages, 4 links, 6 examples checked, 0.18 s); 1 fixable with fix"
    );
}

#[test]
fn fingerprints_survive_lines_above() {
    let prints = |text: &str, at: &[usize]| {
        let source = Source { path: "a.md".to_string(), text: text.into(), invalid: None };
        let sources = Sources::new([source], BTreeMap::new());
        let found: Vec<Diagnostic> =
            at.iter().map(|at| Diagnostic::error("rule", span(0, *at..at + 1), "the same")).collect();
        let place = Place::default();
        let files = Files::new(&sources, &place);
        fingerprints(&found.iter().map(|found| files.finding(found)).collect::<Vec<_>>())
    };
    let two = prints("x x", &[0, 2]);
    assert_eq!(two, prints("a\n\nx y x", &[3, 7]));
    assert_ne!(two[0], two[1]);
    assert_eq!(two[..1], prints("x", &[0]));
}

/// Ten thousand findings in one line, and as many in one file: the work grows with their number only.
#[test]
fn many_findings_in_one_place() {
    for unit in ["界x ", "界x\n"] {
        let source = Source { path: "a.md".to_string(), text: unit.repeat(50_000).into(), invalid: None };
        let found = (0..10_000).map(|n| Diagnostic::error("rule", span(0, n * 25..n * 25 + 3), "this"));
        let one = Checked {
            sources: Arc::new(Sources::new([source], BTreeMap::new())),
            place: Place::default(),
            diagnostics: found.collect(),
            counts: Counts::default(),
        };
        let checked = [one];
        let files = checked.each_ref().map(Checked::files);
        let report = Report::new(&checked, &files, Severity::Error);
        for format in FORMATS {
            let mut out = Vec::new();
            (format.write)(&report, &mut out).unwrap();
            assert!(!out.is_empty(), "{}", format.name);
        }
    }
}
