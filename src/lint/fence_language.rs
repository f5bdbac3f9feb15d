//! Fences name their language.

use super::{Check, Rule, Sink};
use crate::diagnostic::Severity;
use crate::page::{Kind, Page};
use crate::site::Site;

pub const RULE: Rule = Rule {
    name: "fence-language",
    severity: Severity::Warning,
    off: true,
    about: "Code whose language is not named: it has no colours. `text` says that it has none.",
    wrong: "```\nlet a = 1;\n```",
    right: "```rust\nlet a = 1;\n```",
    check: Check::Text(check),
};

fn check(site: &Site, page: &Page, out: &mut Sink) {
    let source = site.sources.text(page.file);
    for node in &page.nodes {
        let Kind::CodeBlock(code) = node.kind else { continue };
        let code = &page.code[code as usize];
        if code.fenced && code.language.is_empty() {
            let mut span = page.span(*node);
            span.end = span.start + source[span.range()].lines().next().map_or(0, str::len) as u32;
            out.report(span, "this code has no language").help =
                Some("name it after the fence, or write `text`".to_string());
        }
    }
}
