//! A fence and what it is bound to in; its line in the list, and what its author is told, out.
//!
//! `should-fail` turns the verdict round: what was promised to fail and does is no finding.

use super::collect::{Fence, Language};
use super::judge::{self, Judge};
use super::language;
use super::{Binding, Bound, By, Listed, Sure, Survey, Verdict};
use crate::config::nearest::nearest;
use crate::diagnostic::{Breaks, Diagnostic, Severity};
use crate::shape::Fault;
use crate::source::{FileId, Source, Span};

/// The rules that an example can break.
pub static FAULTS: &[&str] = &[
    "yaml-syntax",
    "json-syntax",
    "toml-syntax",
    "schema",
    "wrong-type",
    "duplicate-key",
    "missing-key",
    "empty-value",
    "unknown-key",
    "unknown-value",
    "wrong-format",
    "too-long",
    "out-of-range",
    "ignored-value",
    "deprecated-key",
    "unstorable",
    "alias-loop",
    "alias-bomb",
    "no-extension",
    "mixed-extensions",
];

/// Judges one fence.
pub fn fence(fence: &Fence, binding: &Binding, judge: &Judge, out: &mut Survey) {
    out.found.extend(binding.problem.clone());
    let verdict = match &binding.bound {
        Some(bound) => self::bound(fence, bound, binding.partial, judge, &mut out.found),
        None => {
            if binding.by == By::Nothing {
                unbound(fence, &mut out.found);
            }
            Verdict::NotJudged
        }
    };
    // Only YAML is looked at unless somebody says what it is.
    if binding.by == By::Nothing && fence.language != Language::Yaml {
        return;
    }
    out.listed.push(Listed {
        span: fence.first_line(),
        title: fence.title.clone(),
        kind: binding.bound.as_ref().map(Bound::name),
        partial: binding.partial,
        by: binding.by,
        why: binding.why.clone(),
        sure: binding.sure,
        verdict,
    });
}

/// Judges a file that a pattern names.
pub fn file(id: FileId, source: &Source, bound: &Bound, entry: usize, judge: &Judge) -> Survey {
    let language = Language::of_file(&source.path).unwrap_or(Language::Yaml);
    let faults = match source.invalid {
        Some(at) => vec![not_utf8(at as usize)],
        None => judge.file(bound, language, &source.text),
    };
    let line = source.text.find(['\n', '\r']).unwrap_or(source.text.len());
    let listed = Listed {
        span: Span::new(id, 0..line),
        title: None,
        kind: Some(bound.name()),
        partial: false,
        by: By::Settings,
        why: format!("entry {entry} of `[[examples]]`"),
        sure: Sure::Certain,
        verdict: if faults.is_empty() { Verdict::Passes } else { Verdict::Fails(faults.len()) },
    };
    let found = faults.into_iter().map(|fault| judge::diagnostic_in_file(fault, id)).collect();
    Survey { listed: vec![listed], found }
}

fn not_utf8(at: usize) -> Fault {
    Fault {
        rule: "yaml-syntax",
        severity: Severity::Error,
        breaks: Some(Breaks::Decode),
        range: at..at + 3,
        message: "this is not UTF-8".to_string(),
        help: Some("save the file as UTF-8".to_string()),
        label: None,
        field: None,
    }
}

fn bound(fence: &Fence, bound: &Bound, partial: bool, judge: &Judge, found: &mut Vec<Diagnostic>) -> Verdict {
    let faults = judge.fence(bound, fence, partial);
    let count = faults.len();
    let Some(rule) = &fence.words.should_fail else {
        found.extend(faults.into_iter().map(|fault| located(fault, fence)));
        return if count == 0 { Verdict::Passes } else { Verdict::Fails(count) };
    };
    let expected = |fault: &Fault| rule.as_ref().is_none_or(|rule| fault.rule == rule);
    let fails = faults.iter().any(expected);
    if let Some(rule) = rule.as_ref().filter(|rule| !FAULTS.contains(&rule.as_str())) {
        let help = match nearest(rule, FAULTS.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("use one of `{}`", FAULTS.join("`, `")),
        };
        found.push(Diagnostic::error("unknown-rule", fence.info, format!("no example can break `{rule}`")).help(help));
    } else if !fails {
        let what = rule.as_ref().map_or("has no fault".to_string(), |rule| format!("does not break `{rule}`"));
        let message = format!("this example of `{}` {what}, and is said to fail", bound.name());
        found.push(
            Diagnostic::error("example-passes", fence.info, message)
                .help("take out `should-fail`, or show the fault that the text speaks of"),
        );
    }
    found.extend(faults.into_iter().filter(|fault| !expected(fault)).map(|fault| located(fault, fence)));
    if fails { Verdict::FailsAsExpected } else { Verdict::PassesUnexpectedly }
}

fn located(fault: Fault, fence: &Fence) -> Diagnostic {
    judge::diagnostic(fault, |range| fence.locate(range))
}

/// What can be said of a fence that is bound to nothing.
fn unbound(fence: &Fence, found: &mut Vec<Diagnostic>) {
    if fence.words.partial || fence.words.should_fail.is_some() {
        let message = "nothing says what this is an example of";
        found.push(
            Diagnostic::warning("unbound-example", fence.info, message)
                .help("add `kind=…` to the words after the language"),
        );
    }
    if fence.language == Language::Yaml
        && let Some(language) = language::other(&fence.text)
    {
        let message = format!("this is not YAML but {language}");
        found.push(
            Diagnostic::warning("fence-not-yaml", fence.first_line(), message)
                .help("name its language after the backquotes, so that it is highlighted as such"),
        );
    }
}
