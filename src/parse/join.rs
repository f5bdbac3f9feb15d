//! Hides what would part words that belong together: masked bytes in, the same with other bytes in places out.

use super::mask::{blank_line, escaped};

/// Makes a table with blank lines one HTML block by turning the newline before each blank line into a space.
pub fn join_tables(bytes: &mut [u8], source: &str, from: usize) {
    let mut at = from;
    for (end, _) in source.match_indices("</table>") {
        // A fence or a second table in between is an example or a slip, and joining would swallow what follows.
        let before = &source[at.min(end)..end];
        let fence = before.rfind("```").unwrap_or(0);
        let start = before.rfind("<table").filter(|start| *start >= fence).map(|start| at + start);
        at = at.max(end);
        let Some(start) = start else { continue };
        for (i, byte) in bytes[start..end].iter_mut().enumerate() {
            if *byte == b'\n' && blank_line(&source.as_bytes()[start + i..]) {
                *byte = b' ';
            }
        }
    }
}

/// Makes a letter of the punctuation at the inside of `**` where a script without spaces goes on outside: CommonMark
/// would not see `**「太字」**です` as strong, and its authors cannot write it otherwise.
pub fn join_scripts(bytes: &mut [u8], source: &str, from: usize) {
    for (at, _) in source[from..].match_indices("**") {
        let at = from + at;
        let (Some(before), Some(after)) = (source[..at].chars().next_back(), source[at + 2..].chars().next()) else {
            continue;
        };
        let inside = match () {
            () if unspaced(after) && quotes(before) && !escaped(source.as_bytes(), at - before.len_utf8()) => {
                at - before.len_utf8()..at
            }
            () if unspaced(before) && quotes(after) => at + 2..at + 2 + after.len_utf8(),
            () => continue,
        };
        let letter = ["x", "é", "中"][(inside.len() - 1).min(2)];
        if letter.len() == inside.len() {
            bytes[inside].copy_from_slice(letter.as_bytes());
        }
    }
}

/// A letter of a script that sets no spaces between words.
fn unspaced(c: char) -> bool {
    c >= '\u{2E80}' && c.is_alphanumeric()
}

/// Punctuation that has no meaning of its own in Markdown.
fn quotes(c: char) -> bool {
    matches!(c, '"' | '\'' | '%' | '+' | ',' | '.' | '?' | '/')
        || !c.is_ascii() && !c.is_alphanumeric() && !c.is_whitespace()
}

/// Makes a formula over several lines one line, so that no `+` or `=` in it begins a list or ends a heading.
pub fn join_formulas(bytes: &mut [u8], source: &str, from: usize) {
    let mut open: Option<usize> = None;
    let mut at = from;
    for line in source[from..].split_inclusive('\n') {
        let text = line.trim();
        let begins = text.strip_prefix("$$").is_some_and(|rest| !rest.contains("$$"));
        match open {
            Some(start) if text.ends_with("$$") => {
                for byte in &mut bytes[start..at] {
                    if matches!(byte, b'\n' | b'\r') {
                        *byte = b' ';
                    }
                }
                open = None;
            }
            Some(_) if !text.is_empty() && !text.contains("$$") && !text.contains("```") => {}
            _ => open = begins.then_some(at),
        }
        at += line.len();
    }
}
