//! Small things within a line: bare addresses, `:emoji:` names, and where in a link its address stands.

use memchr::memmem;
use std::ops::Range;
use std::sync::LazyLock;

pub enum Part {
    Text(Range<usize>),
    /// The emoji, and where its name stands.
    Emoji(&'static str, Range<usize>),
    /// A bare address as GFM links it.
    Address(String, Range<usize>),
}

/// Splits text into plain runs, known emoji names and, if wanted, bare addresses.
pub fn split(source: &str, range: Range<usize>, addresses: bool) -> Vec<Part> {
    let text = &source[range.clone()];
    let mut parts = Vec::new();
    let mut plain = 0;
    let mut at = 0;
    while let Some(found) = candidate(text, at) {
        let word_before = text[..found].chars().next_back().is_some_and(char::is_alphanumeric);
        let end = match text.as_bytes()[found] {
            _ if word_before => None,
            b':' => emoji(&text[found..]).map(|(emoji, length)| {
                let place = range.start + found..range.start + found + length;
                (Part::Emoji(emoji, place), found + length)
            }),
            _ if !addresses => None,
            _ => address(&text[found..]).map(|length| {
                let url = &text[found..found + length];
                let dest = if url.starts_with("www.") { format!("http://{url}") } else { url.to_string() };
                (Part::Address(dest, range.start + found..range.start + found + length), found + length)
            }),
        };
        match end {
            Some((part, end)) => {
                if plain < found {
                    parts.push(Part::Text(range.start + plain..range.start + found));
                }
                parts.push(part);
                plain = end;
                at = end;
            }
            None => at = found + 1,
        }
    }
    if plain < text.len() {
        parts.push(Part::Text(range.start + plain..range.end));
    }
    parts
}

/// Whether a text, as most are, is certainly one plain run.
pub fn is_plain(text: &str) -> bool {
    candidate(text, 0).is_none()
}

/// Where an emoji or an address may begin next: at a `:`, at the scheme before `://`, at `www.`.
fn candidate(text: &str, from: usize) -> Option<usize> {
    static WWW: LazyLock<memmem::Finder> = LazyLock::new(|| memmem::Finder::new("www."));
    let rest = &text.as_bytes()[from..];
    let colon = memchr::memchr(b':', rest);
    // Looked for only up to the colon, so that many of these cost no more than the text is long.
    let www = WWW.find(&rest[..colon.unwrap_or(rest.len())]);
    let found = from + www.or(colon)?;
    if text[found..].starts_with("://") {
        let before = &text[from..found];
        let scheme = ["https", "http"].into_iter().find(|scheme| before.ends_with(scheme));
        return Some(found - scheme.map_or(0, str::len));
    }
    Some(found)
}

/// `:name:` at the start of the text, with its length.
fn emoji(text: &str) -> Option<(&'static str, usize)> {
    let rest = &text[1..];
    let length =
        rest.bytes().take(40).take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'+' | b'-')).count();
    if rest.as_bytes().get(length) != Some(&b':') || length == 0 {
        return None;
    }
    emojis::get_by_shortcode(&rest[..length]).map(|emoji| (emoji.as_str(), length + 2))
}

/// The length of the bare address at the start of the text: GFM's extended autolinks.
fn address(text: &str) -> Option<usize> {
    let host =
        ["https://", "http://", "www."].iter().find_map(|prefix| text.starts_with(prefix).then_some(prefix.len()))?;
    let end = text.find(|c: char| c.is_whitespace() || c == '<' || c == '|').unwrap_or(text.len());
    let mut url = &text[..end];
    // Punctuation at the end belongs to the sentence, and so does a bracket that was not opened in the address.
    let mut unopened = url.matches(')').count() as isize - url.matches('(').count() as isize;
    while let Some(last) = url.chars().next_back() {
        match last {
            ')' if unopened <= 0 => break,
            ')' => unopened -= 1,
            '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | '"' | ';' | '。' | '，' | '、' | '）' | '」' => {
            }
            _ => break,
        }
        url = &url[..url.len() - last.len_utf8()];
    }
    let starts = text[host..].starts_with(|c: char| c.is_alphanumeric());
    (starts && url.len() > host && (url.contains('.') || url.contains("localhost"))).then_some(url.len())
}

/// Where the address stands in `[text](address "title")`, `<address>` or `[text][reference]`; the whole range if nowhere.
pub fn destination(source: &str, range: Range<usize>) -> Range<usize> {
    let text = &source[range.clone()];
    if text.starts_with('<') && text.ends_with('>') {
        return range.start + 1..range.end - 1;
    }
    let Some(open) = open_paren(text) else {
        return range;
    };
    let inside = &text[open..text.len() - 1];
    let start = open + inside.len() - inside.trim_start().len();
    let inside = inside.trim_start();
    let length = match inside.strip_prefix('<') {
        Some(rest) => {
            return range.start + start + 1..range.start + start + 1 + rest.find('>').unwrap_or(rest.len());
        }
        None => inside.find(char::is_whitespace).unwrap_or(inside.len()),
    };
    range.start + start..range.start + start + length
}

/// Links with more words than these are not looked through: images within images would be looked through again and again.
const LONGEST: usize = 10_000;

/// The position after the `(` that belongs to the last `)` of a link.
fn open_paren(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    if bytes.last() != Some(&b')') || bytes.len() > LONGEST {
        return None;
    }
    // From the left: the first `](` at which the brackets of the text are closed.
    let mut depth = 0usize;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'[' => depth += 1,
            b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 && bytes.get(at + 1) == Some(&b'(') {
                    return Some(at + 2);
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// Where the value stands in `name="value"`.
pub fn attribute_value(source: &str, range: Range<usize>) -> Range<usize> {
    let text = &source[range.clone()];
    let Some(equals) = text.find('=') else {
        return range;
    };
    let value = text[equals + 1..].trim();
    let start = text.len() - text[equals + 1..].trim_start().len();
    let quoted =
        value.len() >= 2 && value.starts_with(['"', '\'']) && value.as_bytes()[0] == value.as_bytes()[value.len() - 1];
    let (start, length) = if quoted { (start + 1, value.len() - 2) } else { (start, value.len()) };
    range.start + start..range.start + start + length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_split() {
        for (text, expected) in [
            ("see https://a.b/c_d(e)f). x", "see |<https://a.b/c_d(e)f>|). x"),
            ("https://a.b/c_(d)).), x", "<https://a.b/c_(d)>|).), x"),
            ("(www.a.com)", "(|<http://www.a.com>|)"),
            (":smile: 10:30:00 a:b: :---: :nope:", "😄| 10:30:00 a:b: :---: :nope:"),
            ("http:// www. xhttps://a.b", "http:// www. xhttps://a.b"),
            ("访问https://a.cn/x，再", "访问https://a.cn/x，再"),
            ("访问 https://a.cn/x，", "访问 |<https://a.cn/x>|，"),
        ] {
            let parts: Vec<String> = split(text, 0..text.len(), true)
                .into_iter()
                .map(|part| match part {
                    Part::Text(range) => text[range].to_string(),
                    Part::Emoji(emoji, _) => emoji.to_string(),
                    Part::Address(dest, _) => format!("<{dest}>"),
                })
                .collect();
            assert_eq!(parts.join("|"), expected, "{text}");
        }
    }

    #[test]
    fn addresses_have_places() {
        for (text, expected) in [
            ("[a](b.md)", "b.md"),
            (r#"[a \] [x](y)](b(1).md "title")"#, "b(1).md"),
            ("[a]( <b c.md> )", "b c.md"),
            ("<https://a.b>", "https://a.b"),
            ("[a][b]", "[a][b]"),
            ("![](x.png)", "x.png"),
            ("[a]()", ""),
        ] {
            assert_eq!(&text[destination(text, 0..text.len())], expected, "{text}");
        }
        for (text, expected) in [(r#"href="x y""#, "x y"), ("a='b'", "b"), ("a = b", "b"), ("a", "a"), ("a=\"", "\"")] {
            assert_eq!(&text[attribute_value(text, 0..text.len())], expected, "{text}");
        }
    }
}
