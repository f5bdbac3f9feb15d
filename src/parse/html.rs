//! Raw HTML: a piece of a page in, start tags, end tags and text with their places out.

use html5gum::{DefaultEmitter, Token, Tokenizer};
use std::ops::Range;

/// What a piece of raw HTML is made of. Ranges are offsets in the piece.
pub enum Piece {
    Start { name: String, attrs: Vec<(String, String, Range<usize>)>, range: Range<usize> },
    End { name: String, range: Range<usize> },
    Text { text: String, range: Range<usize> },
}

/// Splits raw HTML. Never fails: what is no tag is text. Comments and declarations are left out.
pub fn pieces(html: &str) -> Vec<Piece> {
    let mut emitter = DefaultEmitter::new_with_span();
    emitter.naively_switch_states(true);
    let mut pieces = Vec::new();
    for token in Tokenizer::new_with_emitter(html, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let mut attrs: Vec<_> = tag
                    .attributes
                    .iter()
                    .map(|(name, value)| (utf8(name), utf8(value), attribute(value.span.start..value.span.end, html)))
                    .collect();
                attrs.sort_by_key(|(_, _, range)| range.start);
                pieces.push(Piece::Start {
                    name: utf8(&tag.name),
                    attrs,
                    range: bound(tag.span.start..tag.span.end, html),
                });
            }
            Token::EndTag(tag) => {
                pieces.push(Piece::End { name: utf8(&tag.name), range: bound(tag.span.start..tag.span.end, html) });
            }
            Token::String(text) => {
                pieces.push(Piece::Text { text: utf8(&text), range: bound(text.span.start..text.span.end, html) });
            }
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    pieces
}

fn utf8(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The tokenizer counts the `>` after a value without quotes as part of it.
fn attribute(range: Range<usize>, html: &str) -> Range<usize> {
    let range = bound(range, html);
    range.start..range.end - usize::from(html[range].ends_with('>'))
}

/// The range as a range of characters of `html`, whatever the tokenizer counted.
fn bound(range: Range<usize>, html: &str) -> Range<usize> {
    let start = html.floor_char_boundary(range.start.min(html.len()));
    start..html.ceil_char_boundary(range.end.clamp(start, html.len()))
}

/// Elements that mean something in a page; any other `<name>` is a placeholder and stays text.
pub fn is_known(name: &str) -> bool {
    name.len() <= 10 && KNOWN.binary_search(&name.to_ascii_lowercase().as_str()).is_ok()
}

/// Elements that have no end tag.
pub fn is_void(name: &str) -> bool {
    matches!(name, "area" | "br" | "col" | "hr" | "img" | "input" | "source" | "track" | "wbr")
}

/// Elements whose end tag may be left out: an open one ends where one of the same group begins.
pub fn implied_end(name: &str) -> &'static [&'static str] {
    match name {
        "li" => &["li"],
        "td" | "th" => &["td", "th"],
        "tr" => &["tr", "td", "th"],
        "tbody" | "thead" | "tfoot" => &["tbody", "thead", "tfoot", "tr", "td", "th"],
        "option" => &["option"],
        "dt" | "dd" => &["dt", "dd"],
        "p" => &["p"],
        _ => &[],
    }
}

const KNOWN: [&str; 85] = [
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "audio",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "br",
    "button",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "kbd",
    "li",
    "main",
    "mark",
    "nav",
    "ol",
    "option",
    "p",
    "picture",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "script",
    "section",
    "select",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "video",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted() {
        assert!(KNOWN.is_sorted());
        for (name, known) in [("table", true), ("TD", true), ("path", false), ("", false), ("verylongname", false)] {
            assert_eq!(is_known(name), known, "{name}");
        }
    }

    #[test]
    fn pieces_have_places() {
        let html = "<a href=\"x &amp; y\" id=é>t&lt;x</a><!-- c -->";
        let shown: Vec<String> = pieces(html)
            .into_iter()
            .map(|piece| match piece {
                Piece::Start { name, attrs, range } => format!("{name} {attrs:?} {}", &html[range]),
                Piece::End { name, range } => format!("/{name} {}", &html[range]),
                Piece::Text { text, range } => format!("{text} {}", &html[range]),
            })
            .collect();
        assert_eq!(
            shown,
            [
                "a [(\"href\", \"x & y\", 3..19), (\"id\", \"é\", 20..25)] <a href=\"x &amp; y\" id=é>",
                "t<x t&lt;x",
                "/a </a>"
            ]
        );
    }
}
