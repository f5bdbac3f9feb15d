//! Text of authors among text of ours: anything in, what cannot break a line, a terminal or a document out.

use std::borrow::Cow;
use std::fmt::Write;

/// Control characters, and those that change the direction of what follows, as escapes: `\u{1b}`. One line stays one
/// line, and a terminal shows what is there.
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(hidden) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if hidden(character) {
            let _ = write!(out, "\\u{{{:x}}}", u32::from(character));
        } else {
            out.push(character);
        }
    }
    out.into()
}

fn hidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A path as a relative URL: bytes that mean something else there become `%20`.
pub fn url(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out() {
        for (text, expected) in [
            ("plain 图", "plain 图"),
            ("a\nb\tc", "a\\u{a}b\\u{9}c"),
            ("\u{1b}[2J\u{9b}", "\\u{1b}[2J\\u{9b}"),
            ("a\u{202e}b", "a\\u{202e}b"),
        ] {
            assert_eq!(printable(text), expected);
        }
        for (path, expected) in
            [("a/b.md", "a/b.md"), ("a b(1)%20.md", "a%20b%281%29%2520.md"), ("图#", "%E5%9B%BE%23")]
        {
            assert_eq!(url(path), expected);
        }
    }
}
