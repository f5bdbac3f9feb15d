//! The language of a fence is one that can be coloured.

use super::{Check, Rule, Sink};
use crate::config::nearest::slip;
use crate::diagnostic::{Fix, Severity};
use crate::highlight;
use crate::page::{Kind, Page};
use crate::site::Site;
use crate::source::Span;

pub const RULE: Rule = Rule {
    name: "unknown-language",
    severity: Severity::Note,
    off: false,
    about: "Code in a language that is not known here: it has no colours. A language that is nearly one that is known is \
            a slip.",
    wrong: "```pyhton\nprint(1)\n```",
    right: "```python\nprint(1)\n```",
    check: Check::Text(check),
};

fn check(site: &Site, page: &Page, out: &mut Sink) {
    let source = site.sources.text(page.file);
    for node in &page.nodes {
        let Kind::CodeBlock(code) = node.kind else { continue };
        let language = &page.code[code as usize].language;
        if language.is_empty() || highlight::is_name(language) {
            continue;
        }
        let line = source[node.start as usize..].lines().next().unwrap_or_default();
        let Some(at) = line.find(&**language) else { continue };
        let span = Span::new(page.file, node.start as usize + at..node.start as usize + at + language.len());
        let near = slip(language, highlight::names());
        let found = out.report(span, format!("the language `{language}` is not known"));
        found.help = Some(match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "name another, or write `text`".to_string(),
        });
        found.fix = near.map(|near| Fix { safe: false, edits: vec![(span, near.to_string())] });
    }
}
