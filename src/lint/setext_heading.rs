//! A line under a paragraph is a divider, and not the mark of a heading.

use super::{Check, Rule, Sink};
use crate::diagnostic::{Fix, Severity};
use crate::page::Page;
use crate::site::Site;
use crate::source::Span;

pub const RULE: Rule = Rule {
    name: "setext-heading",
    severity: Severity::Warning,
    off: false,
    about: "`---` directly below a paragraph makes a heading of it. Who wants a divider leaves a blank line; who wants a \
            heading writes `##`, as GitBook does.",
    wrong: "# Start\n\nThat is all there is to say.\n---\n\nMore.",
    right: "# Start\n\nThat is all there is to say.\n\n---\n\nMore.",
    check: Check::Text(check),
};

fn check(site: &Site, page: &Page, out: &mut Sink) {
    for heading in &page.headings {
        let span = page.span(page.node(heading.node));
        let text = site.sources[span].trim_end();
        let Some((words, line)) = text.rsplit_once('\n').filter(|_| !text.starts_with('#')) else { continue };
        let mark = line.trim_matches([' ', '\t', '>']);
        if mark.is_empty() || mark.bytes().any(|b| b != b'-') || !is_prose(words, mark.len()) {
            continue;
        }
        let at = span.start + words.len() as u32 + 1;
        let span = Span {
            file: page.file,
            start: at + (line.len() - line.trim_start().len()) as u32,
            end: at + line.len() as u32,
        };
        let found = out.report(span, "this line makes a heading of the text above it");
        found.help = Some("leave a blank line before it for a divider, or write the heading with `##`".to_string());
        let start = Span { end: at, start: at, ..span };
        // In a quote the blank line would have to be quoted as well.
        if line.trim_start().starts_with('-') {
            found.fix = Some(Fix { safe: false, edits: vec![(start, "\n".to_string())] });
        }
    }
}

/// Several lines, a sentence, or more words than anybody would underline so shortly. Marks about as long as their line
/// were drawn under it.
fn is_prose(words: &str, marks: usize) -> bool {
    let words = words.trim();
    let length = words.chars().count();
    let drawn = marks * 3 >= length * 2;
    let ends = ['.', ':', ';', '!', ',', '。', '：', '！', '，', '；', ')', '`', '>'];
    words.contains('\n') || (!drawn && (words.ends_with(ends) || length > 80 || (marks <= 3 && length > 12)))
}
