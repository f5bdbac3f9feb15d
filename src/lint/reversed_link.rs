//! Links have their text in square brackets and their address in round ones.

use super::{Check, Rule, Sink};
use crate::diagnostic::{Fix, Severity};
use crate::page::{Kind, Page};
use crate::site::Site;
use crate::source::Span;
use std::ops::Range;

pub const RULE: Rule = Rule {
    name: "reversed-link",
    severity: Severity::Error,
    off: false,
    about: "A link with its brackets exchanged. It is no link: a reader sees the brackets.",
    wrong: "See (the guide)[guide.md].",
    right: "See [the guide](guide.md).",
    check: Check::Text(check),
};

fn check(site: &Site, page: &Page, out: &mut Sink) {
    let source = site.sources.text(page.file);
    for at in memchr::memmem::find_iter(source.as_bytes(), ")[") {
        let Some((text, address)) = reversed(source, at).filter(|_| is_text(page, at)) else { continue };
        let span = Span::new(page.file, text.start - 1..address.end + 1);
        let right = format!("[{}]({})", &source[text.clone()], &source[address.clone()]);
        let found = out.report(span, "the brackets of this link are exchanged");
        found.help = Some(format!("write `{right}`"));
        found.fix = Some(Fix { safe: true, edits: vec![(span, right)] });
    }
}

/// Text and address of `(text)[address]`, whose `)[` stands at `at`.
fn reversed(source: &str, at: usize) -> Option<(Range<usize>, Range<usize>)> {
    let line = source[..at].rfind('\n').map_or(0, |n| n + 1);
    let mut depth = 0usize;
    let open = source[line..at].char_indices().rev().take(300).find(|(_, c)| {
        match c {
            ')' => depth += 1,
            '(' if depth == 0 => return true,
            '(' => depth -= 1,
            _ => {}
        }
        false
    });
    let text = line + open?.0 + 1..at;
    let rest = &source[at + 2..];
    let length = rest.find([']', '[', ' ', '\n', '(', ')', '`'])?;
    let address = at + 2..at + 2 + length;
    let called =
        source[..text.start - 1].ends_with(|c: char| c.is_alphanumeric() || matches!(c, ']' | '_' | ')' | '!'));
    let goes_on = rest[length + 1..].starts_with(['(', '[', ':']);
    let is_link = rest[length..].starts_with(']') && is_address(&source[address.clone()]);
    let words = !source[text.clone()].trim().is_empty() && !source[text.clone()].contains(['[', ']']);
    (is_link && words && !called && !goes_on).then_some((text, address))
}

fn is_address(word: &str) -> bool {
    let starts = ["http://", "https://", "mailto:", "www.", "./", "../"].iter().any(|start| word.starts_with(start));
    let path = word.split('#').next().unwrap_or(word);
    let is_name =
        |name: &str| name.len() > 3 && name.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'-' | b'/'));
    let own = word.strip_prefix(['#', '/']).is_some_and(is_name);
    starts || own || (path.len() > 3 && path.ends_with(".md"))
}

/// Whether the byte is text, and not code or an attribute.
pub fn is_text(page: &Page, at: usize) -> bool {
    let next = page.nodes.partition_point(|node| node.start as usize <= at);
    let near = &page.nodes[next.saturating_sub(4)..next];
    near.iter().any(|node| matches!(node.kind, Kind::Text | Kind::Literal(_)) && at < node.end as usize)
}

#[cfg(test)]
mod tests {
    #[test]
    fn reversed_links() {
        for (text, expected) in [
            ("a (b c)[https://d.e] f", true),
            ("(b)[x.md#y].", true),
            ("(b (c))[../d]", true),
            ("(the guide)[/guide]", true),
            ("(below)[#install-it]", true),
            ("(x)[www.a.com]", true),
            ("issue (old)[#123] (a|b)[/x]", false),
            ("f(x)[1] g(x)[y.md]", false),
            ("(see above)[^1]", false),
            ("(b)[c]", false),
            ("(b)[c.md](d)", false),
            ("()[c.md]", false),
            ("[a](b)[c.md]", false),
            (")[c.md]", false),
        ] {
            let found = text.match_indices(")[").any(|(at, _)| super::reversed(text, at).is_some());
            assert_eq!(found, expected, "{text}");
        }
    }
}
