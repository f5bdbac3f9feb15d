//! Definitions are used.

use super::{Check, Rule, Sink};
use crate::diagnostic::Severity;
use crate::page::Page;
use crate::site::Site;
use crate::source::Span;

pub const RULE: Rule = Rule {
    name: "unused-reference",
    severity: Severity::Note,
    off: false,
    about: "A definition that no link of the page names. A reader never sees it.",
    wrong: "Text.\n\n[guide]: guide.md",
    right: "See [the guide][guide].\n\n[guide]: guide.md",
    check: Check::Text(check),
};

fn check(site: &Site, page: &Page, out: &mut Sink) {
    for definition in page.definitions.iter().filter(|definition| !definition.used) {
        // `[//]: # (words)` is how comments are written in Markdown.
        if matches!(&*definition.name.to_lowercase(), "//" | "comment" | "#" | "_") {
            continue;
        }
        let mut span = Span { file: page.file, start: definition.start, end: definition.end };
        span.end = span.start + site.sources[span].trim_end().len() as u32;
        out.report(span, format!("no link names `{}`", definition.name)).help = Some("remove the line".to_string());
    }
}
