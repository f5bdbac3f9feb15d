//! Hides from CommonMark what GitBook reads differently, without moving a byte: text in, masked text and tag places out.
//!
//! Every byte keeps its offset, so all ranges of the Markdown parser are ranges of the author's file, and text and code
//! are taken back from there. Hidden are:
//!
//! * tags: alone on their line they become a processing instruction, which ends paragraphs, lists and tables as an
//!   author means it; within a line they become letters without any meaning;
//! * the `<` of what is no HTML element (`<path>`, `<?xml`): placeholders are text, and must not open an HTML block;
//! * a single `$`: only `$$` is mathematics;
//! * punctuation beside `**` in scripts without spaces, where CommonMark sees no emphasis;
//! * line ends inside a formula that stands on lines of its own;
//! * blank lines inside `<table>…</table>`: the table is one block;
//! * that an expandable's summary is HTML: with a line of Markdown behind it, that would be HTML too.

use super::join::{join_formulas, join_scripts, join_tables};
use super::part::part_expandables;
use memchr::memmem;
use std::ops::Range;

/// The masked text and what was hidden in it.
pub struct Masked {
    pub text: String,
    /// Places of the GitBook tags, in order, code included.
    pub tags: Vec<Range<usize>>,
    /// Whether `$$` occurs at all; without it nothing needs the mathematics extension.
    pub math: bool,
}

/// Masks the text from byte `from` on (what stands before is front matter).
pub fn mask(source: &str, from: usize) -> Masked {
    let tags = find_tags(source, from);
    let mut bytes = source.as_bytes().to_vec();
    for (range, alone) in tags.iter().zip(alone(source, &tags)) {
        hide_tag(&mut bytes, range.clone(), alone);
    }
    let has = |what: &str| memmem::find(&source.as_bytes()[from..], what.as_bytes()).is_some();
    let math = has("$$");
    hide_punctuation(&mut bytes, source, from, &tags, math);
    if math {
        join_formulas(&mut bytes, source, from);
    }
    if !source.is_ascii() && has("**") {
        join_scripts(&mut bytes, source, from);
    }
    if has("<table") {
        join_tables(&mut bytes, source, from);
    }
    if has("</details>") {
        part_expandables(&mut bytes, source, from);
    }
    // Only ASCII bytes were replaced by ASCII, and pairs of ASCII bytes by two-byte characters.
    let text = String::from_utf8(bytes).unwrap_or_else(|_| source.to_string());
    Masked { text, tags, math }
}

fn hide_tag(bytes: &mut [u8], range: Range<usize>, alone: bool) {
    // U+0091 and U+0092 have no meaning in Markdown and take two bytes each, as `{%` and `%}` do.
    let (open, close, fill) = if alone { (*b"<?", *b"?>", b' ') } else { ([0xC2, 0x91], [0xC2, 0x92], b'x') };
    // Line ends too: what a tag holds, blank lines included, must not end the block that the tag stands in.
    bytes[range.start + 2..range.end - 2].fill(fill);
    bytes[range.start..range.start + 2].copy_from_slice(&open);
    bytes[range.end - 2..range.end].copy_from_slice(&close);
}

/// Finds every `{% name … %}`. Quotes protect `%}`; a tag ends before a blank line or another `{%` that is not quoted.
fn find_tags(source: &str, from: usize) -> Vec<Range<usize>> {
    let bytes = source.as_bytes();
    let mut tags = Vec::new();
    let mut braces = memchr::memrchr_iter(b'}', bytes);
    let Some(last_close) = braces.find(|at| *at > 0 && bytes[at - 1] == b'%').map(|at| at - 1) else {
        return tags;
    };
    // Characters that may be looked at in vain, so that hostile quoting stays linear.
    let mut patience = 4 * source.len() + 1024;
    let mut at = from;
    while let Some(found) = memmem::find(&bytes[at..], b"{%") {
        let start = at + found;
        if start > last_close {
            break;
        }
        at = start + 2;
        if escaped(bytes, start) || !names_a_tag(&bytes[start + 2..]) {
            continue;
        }
        let (end, looked) = tag_end(source, start + 2, patience);
        patience = patience.saturating_sub(looked);
        if let Some(end) = end {
            tags.push(start..end);
            at = end;
        }
    }
    tags
}

/// Whether an odd number of backslashes stands before `at`.
pub fn escaped(bytes: &[u8], at: usize) -> bool {
    bytes[..at].iter().rev().take_while(|b| **b == b'\\').count() % 2 == 1
}

/// `{%` is followed by a name and then by white space or the end: `{%customer.name%}` is text.
fn names_a_tag(rest: &[u8]) -> bool {
    let spaces = rest.iter().take_while(|b| b.is_ascii_whitespace()).count();
    let rest = &rest[spaces..];
    let name = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'@' | b'/')).count();
    rest.first().is_some_and(|b| b.is_ascii_alphabetic() || *b == b'@')
        && rest.get(name).is_some_and(|b| b.is_ascii_whitespace() || *b == b'%')
}

/// The end of the tag whose inside begins at `from`, and how many bytes were looked at in vain.
fn tag_end(source: &str, from: usize, patience: usize) -> (Option<usize>, usize) {
    let bytes = source.as_bytes();
    let mut at = from;
    let mut quote: Option<&[u8]> = None;
    // A `%}` was seen in the open quote: one that goes on after this line was never meant to be open.
    let mut shut = false;
    while at < bytes.len() && at - from < patience {
        let rest = &bytes[at..];
        match (quote, rest[0]) {
            (Some(_), b'\\') => at += 1,
            (Some(close), first) if first == close[0] && rest.starts_with(close) => {
                at += close.len() - 1;
                (quote, shut) = (None, false);
            }
            (Some(_), b'\n') if shut => break,
            (Some(_), b'%') => shut |= rest.starts_with(b"%}"),
            (Some(_), _) => {}
            (None, b'%') if rest.starts_with(b"%}") => return (Some(at + 2), 0),
            (None, b'{') if rest.starts_with(b"{%") => break,
            (None, b'\n') if blank_line(rest) => break,
            (None, b'"') => quote = Some(b"\""),
            // An apostrophe inside a word is no quote.
            (None, b'\'') if matches!(bytes[at - 1], b'=' | b' ' | b'(' | b'\n') => quote = Some(b"'"),
            (None, 0xE2) if rest.starts_with("“".as_bytes()) => quote = Some("”".as_bytes()),
            (None, _) => {}
        }
        at += 1;
    }
    // A quote was left open: the tag ends at the first `%}` of its line, if it has one.
    let line = source[from..].find('\n').map_or(source.len(), |n| from + n);
    let end = source[from..line].find("%}").map(|n| from + n + 2);
    let end = end.filter(|end| !source[from..*end].contains("{%"));
    (end, at - from)
}

/// Whether the line after this line end is blank.
pub fn blank_line(rest: &[u8]) -> bool {
    rest[0] == b'\n' && rest[1..].iter().find(|b| !matches!(b, b' ' | b'\t' | b'\r')).is_none_or(|b| *b == b'\n')
}

/// For each tag: is there nothing on its lines but tags, white space and the marks of lists and quotes?
fn alone(source: &str, tags: &[Range<usize>]) -> Vec<bool> {
    let mut alone = vec![false; tags.len()];
    for (i, tag) in tags.iter().enumerate() {
        let line = source[..tag.start].rfind('\n').map_or(0, |n| n + 1);
        alone[i] = match i.checked_sub(1).map(|p| &tags[p]).filter(|p| p.end > line) {
            Some(previous) => alone[i - 1] && source[previous.end..tag.start].trim().is_empty(),
            None => only_marks(&source[line..tag.start]),
        };
    }
    for i in (0..tags.len()).rev() {
        let line = source[tags[i].end..].find('\n').map_or(source.len(), |n| tags[i].end + n);
        alone[i] &= match tags.get(i + 1).filter(|next| next.start < line) {
            Some(next) => alone[i + 1] && source[tags[i].end..next.start].trim().is_empty(),
            None => source[tags[i].end..line].trim().is_empty(),
        };
    }
    alone
}

/// White space, `>`, and at most one list marker.
pub fn only_marks(before: &str) -> bool {
    let rest = before.trim_start_matches(['\u{FEFF}', ' ', '\t', '>']);
    let marker = rest.strip_prefix(['-', '*', '+']).or_else(|| {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 { None } else { rest[digits..].strip_prefix(['.', ')']) }
    });
    rest.is_empty() || marker.is_some_and(|rest| rest.trim().is_empty())
}

/// A comma takes the place of `<` and `$`: punctuation as they are, so that `**` beside it reads the same, and without meaning.
fn hide_punctuation(bytes: &mut [u8], source: &str, from: usize, tags: &[Range<usize>], math: bool) {
    let mut tags = tags.iter().peekable();
    let mut at = from;
    loop {
        let rest = &bytes[at..];
        let next = if math { memchr::memchr2(b'<', b'$', rest) } else { memchr::memchr(b'<', rest) };
        let Some(found) = next.map(|next| at + next) else { return };
        while tags.next_if(|tag| tag.end <= found).is_some() {}
        if let Some(tag) = tags.next_if(|tag| tag.start <= found) {
            at = tag.end;
            continue;
        }
        at = found + 1;
        if bytes[found] == b'$' {
            let run = bytes[found..].iter().take_while(|b| **b == b'$').count();
            if run != 2 || escaped(source.as_bytes(), found) {
                bytes[found..found + run].fill(b',');
            }
            at = found + run;
        } else if !is_html(&source.as_bytes()[found..]) && !is_address(source, found) {
            bytes[found] = b',';
        }
    }
}

/// Does the `<` stand before the address of a link, `[text](<…>)`, or of a definition, `[name]: <…>`?
fn is_address(source: &str, at: usize) -> bool {
    let before = &source[..at];
    if before.ends_with("](") {
        return true;
    }
    // The address may stand on the next line, also in a quote.
    let before = before.trim_end_matches(|c: char| c.is_whitespace() || c == '>');
    let Some(name) = before.strip_suffix("]:") else { return false };
    let line = &name[name.rfind('\n').map_or(0, |line| line + 1)..];
    let rest = source[at + 1..].split('\n').next().unwrap_or_default();
    let (address, after) = rest.split_once('>').unwrap_or((rest, "x"));
    // A placeholder may follow a word in brackets, and is no address; alone at the end of the line it is one to CommonMark.
    line.trim_start_matches([' ', '\t', '>']).starts_with('[')
        && (address.contains(['.', '/', '#', ':']) || after.trim().is_empty())
}

/// Does `<…` open an element that GitBook or a browser knows, a comment, or an autolink?
fn is_html(rest: &[u8]) -> bool {
    if rest.starts_with(b"<!--") {
        return true;
    }
    let rest = rest.get(1..).unwrap_or_default();
    let rest = rest.strip_prefix(b"/").unwrap_or(rest);
    let length =
        rest.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+' | b'.' | b'_')).count();
    let after = rest.get(length).copied();
    match after {
        Some(b':' | b'@') => length > 0,
        Some(b' ' | b'\t' | b'\n' | b'\r' | b'>' | b'/') => {
            std::str::from_utf8(&rest[..length]).is_ok_and(super::html::is_known)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found() {
        for (text, tags) in [
            ("{% hint style=\"info\" %}", vec!["{% hint style=\"info\" %}"]),
            ("{%customer.name%} {% 1 %} {%%} {% %}", vec![]),
            ("a {% x %} b {% endx %}", vec!["{% x %}", "{% endx %}"]),
            (r#"{% x a="%}" %}"#, vec![r#"{% x a="%}" %}"#]),
            ("{% x a=\"%} b\n{% y c=\"%}\" %}", vec!["{% x a=\"%}", "{% y c=\"%}\" %}"]),
            (r#"{% x a="\"%}" %}"#, vec![r#"{% x a="\"%}" %}"#]),
            ("{% x a='%}' %}", vec!["{% x a='%}' %}"]),
            ("{% x don't %} it's {% y %}", vec!["{% x don't %}", "{% y %}"]),
            ("{% x a=“%}” %}", vec!["{% x a=“%}” %}"]),
            ("{% x\ny=\"a\n\nb\" %}", vec!["{% x\ny=\"a\n\nb\" %}"]),
            ("{% x\n\n%}", vec![]),
            ("{% x a=\"open %} text\n{% endx %}", vec!["{% x a=\"open %}", "{% endx %}"]),
            (r"\{% x %} \\{% y %}", vec!["{% y %}"]),
            ("{% @mermaid/diagram content=\"a\" %}", vec!["{% @mermaid/diagram content=\"a\" %}"]),
        ] {
            let found: Vec<&str> = find_tags(text, 0).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, tags, "{text}");
        }
    }

    #[test]
    fn masks_keep_every_offset() {
        for (text, masked) in [
            ("{% x %}\n", "<?   ?>\n"),
            ("* {% x %} {% y %}\n", "* <?   ?> <?   ?>\n"),
            ("12. > {% x %}", "12. > \u{91}xxx\u{92}"),
            ("> {% x %}", "> <?   ?>"),
            ("text {% x %}", "text \u{91}xxx\u{92}"),
            ("{% x %} text", "\u{91}xxx\u{92} text"),
            (
                "<path> <b> </NAME> <?xml ?> <!-- c --> <https://a>",
                ",path> <b> ,/NAME> ,?xml ?> <!-- c --> <https://a>",
            ),
            ("$5 and $$x$$ and $$$", ",5 and $$x$$ and ,,,"),
            ("**「太」**で\"**太\"** **\"太\"**", "**「太中**でx**太\"** **\"太\"**"),
            ("$5 and $6", "$5 and $6"),
            ("$$\na\n+ b\n$$\n", "$$ a + b $$\n"),
            ("$$\na\n\n$$ b $$\n+ c", "$$\na\n\n$$ b $$\n+ c"),
            ("<table>\n\n<tr>\n  \n</table>\n\nx", "<table> \n<tr>   \n</table>\n\nx"),
        ] {
            let out = mask(text, 0).text;
            assert_eq!(out, masked, "{text}");
            assert_eq!(out.len(), text.len());
        }
    }

    #[test]
    fn hostile_tags_cost_linear_time() {
        for piece in ["{% a ", "{% a \"", "{% a ' %}", "{% a \"%}\" ", "{% a “", "{%", "%}"] {
            let text = piece.repeat(40_000);
            assert_eq!(mask(&text, 0).text.len(), text.len());
        }
    }
}
