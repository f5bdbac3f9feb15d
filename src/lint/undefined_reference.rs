//! References name a definition.

use super::{Check, Rule, Sink};
use crate::config::nearest::nearest;
use crate::diagnostic::{Fix, Severity};
use crate::page::Page;
use crate::site::Site;
use crate::source::Span;

pub const RULE: Rule = Rule {
    name: "undefined-reference",
    severity: Severity::Warning,
    off: false,
    about: "A reference whose name is defined nowhere on the page. It is no link: a reader sees the brackets.",
    wrong: "See [the guide][guide].",
    right: "See [the guide][guide].\n\n[guide]: guide.md",
    check: Check::Text(check),
};

fn check(site: &Site, page: &Page, out: &mut Sink) {
    let source = site.sources.text(page.file);
    for undefined in &page.undefined {
        let span = Span { file: page.file, start: undefined.start, end: undefined.end };
        let text = &source[span.range()];
        // `rows[i][j]`, `[a-z][0-9]` are code or grammar that was not marked as such.
        let called =
            source[..span.start as usize].ends_with(|c: char| c.is_alphanumeric() || matches!(c, ']' | ')' | '_'));
        let range = |name: &str| matches!(name.as_bytes(), [_, b'-', _]);
        let defined_here = !page.definitions.is_empty();
        let first = text.trim_start_matches('!').trim_start_matches('[').split(']').next().unwrap_or_default();
        let prose = text.starts_with('!') || first.split_whitespace().count() > 1;
        if called || range(&undefined.name) || !(defined_here || prose) {
            continue;
        }
        let near = nearest(&undefined.name, page.definitions.iter().map(|definition| &*definition.name).take(100));
        let found = out.report(span, format!("`{}` is defined nowhere on this page", undefined.name));
        found.help = Some(match near {
            Some(near) => format!("did you mean `[{near}]`?"),
            None => format!("add `[{}]: address`", undefined.name),
        });
        let at = text.rfind('[').map(|at| Span { start: span.start + at as u32 + 1, end: span.end - 1, ..span });
        found.fix = near.zip(at).map(|(near, at)| Fix { safe: false, edits: vec![(at, near.to_string())] });
    }
}
