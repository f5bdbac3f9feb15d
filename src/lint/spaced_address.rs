//! Addresses with spaces stand in angle brackets.

use super::reversed_link::is_text;
use super::{Check, Rule, Sink};
use crate::diagnostic::{Fix, Severity};
use crate::page::Page;
use crate::site::Site;
use crate::source::Span;
use std::ops::Range;

pub const RULE: Rule = Rule {
    name: "spaced-address",
    severity: Severity::Error,
    off: false,
    about: "A link or an image with a space in its address. It is none: a reader sees the brackets.",
    wrong: "[the plan](floor plan.md)",
    right: "[the plan](<floor plan.md>)\n-- floor plan.md --\n# Plan\n-- SUMMARY.md --\n* [Start](README.md)\n* [Plan](<floor plan.md>)",
    check: Check::Text(check),
};

fn check(site: &Site, page: &Page, out: &mut Sink) {
    let source = site.sources.text(page.file);
    for at in memchr::memmem::find_iter(source.as_bytes(), "](") {
        let Some(address) = spaced(source, at).filter(|_| is_text(page, at)) else { continue };
        let span = Span::new(page.file, address.clone());
        let right = format!("<{}>", &source[address]);
        let found = out.report(span, "this address has a space in it, so that it is no link");
        found.help = Some(format!("write `{right}`"));
        found.fix = Some(Fix { safe: true, edits: vec![(span, right)] });
    }
}

/// The address of `[text](address)`, whose `](` stands at `at`, if it has spaces and names a file.
fn spaced(source: &str, at: usize) -> Option<Range<usize>> {
    let line = source[..at].rfind('\n').map_or(0, |n| n + 1);
    let inside = source[at + 2..].split([')', '\n']).next()?;
    let path = inside.split('#').next().unwrap_or(inside);
    let ending = path.rsplit_once('.')?.1.to_ascii_lowercase();
    let files = ["md", "png", "jpg", "jpeg", "gif", "svg", "webp", "pdf", "yaml", "yml", "json", "zip"];
    let is_link = source[line..at].contains('[') && source[at + 2 + inside.len()..].starts_with(')');
    let is_file = files.contains(&&*ending) && !inside.contains(['"', '\'', '<', '>', '(', '`', '\\']);
    (is_link && is_file && inside.trim() == inside && inside.contains(' ')).then_some(at + 2..at + 2 + inside.len())
}

#[cfg(test)]
mod tests {
    #[test]
    fn spaced_addresses() {
        for (text, expected) in [
            ("[a](b c.md)", Some("b c.md")),
            ("![a](./b c/d e.PNG) x", Some("./b c/d e.PNG")),
            ("[a](b c.md#d)", Some("b c.md#d")),
            ("[a](b.md)", None),
            ("[a](b.md \"c d.md\")", None),
            ("[a](<b c.md>)", None),
            ("[a](see b for c)", None),
            ("a](b c.md)", None),
            ("[a](b c.md", None),
        ] {
            let found = text.match_indices("](").find_map(|(at, _)| super::spaced(text, at));
            assert_eq!(found.map(|range| &text[range]), expected, "{text}");
        }
    }
}
