//! A reference as written in a schema, and the address of that schema, in; the address that is meant out.
//!
//! Files of the book have addresses of their own, `book:///schemas/step.json`, which lead nowhere else.

use crate::config::path;

const BOOK: &str = "book:///";

/// The address of a file of the book.
pub fn of_file(path: &str) -> String {
    let encoded: String = path.split('/').map(encode).collect::<Vec<_>>().join("/");
    format!("{BOOK}{encoded}")
}

/// The file of the book that an address without fragment names.
pub fn file(uri: &str) -> Option<String> {
    Some(decode(uri.strip_prefix(BOOK)?))
}

/// Whether a reference names its place in full.
pub fn is_absolute(reference: &str) -> bool {
    let scheme = reference.split([':', '/', '#', '?']).next().unwrap_or_default();
    reference[scheme.len()..].starts_with(':') && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// What a reference means at an address. None where it leads above the root.
pub fn join(base: &str, reference: &str) -> Option<String> {
    let base = split(base).0;
    if is_absolute(reference) {
        return Some(reference.to_string());
    }
    let (target, fragment) = split(reference);
    let fragment = fragment.map_or(String::new(), |fragment| format!("#{fragment}"));
    if target.is_empty() {
        return Some(format!("{base}{fragment}"));
    }
    let root = base.find("://").map_or(0, |at| at + 3);
    let root = base[root..].find('/').map_or(base.len(), |at| root + at);
    let folder = match target.starts_with('/') {
        true => "",
        false => base[root..].rsplit_once('/').map_or("", |(folder, _)| folder),
    };
    Some(format!("{}/{}{fragment}", &base[..root], path::join(folder, target)?))
}

/// An address and its fragment.
pub fn split(uri: &str) -> (&str, Option<&str>) {
    match uri.split_once('#') {
        Some((uri, fragment)) => (uri, Some(fragment)),
        None => (uri, None),
    }
}

/// One step further in a JSON pointer that is a fragment.
pub fn push(uri: &str, step: &str) -> String {
    let hash = if uri.contains('#') { "" } else { "#" };
    format!("{uri}{hash}/{}", encode(&step.replace('~', "~0").replace('/', "~1")))
}

fn encode(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// With `%41` as `A`.
pub fn decode(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let code = (*first == b'%').then(|| after.get(..2)).flatten();
        let code = code.and_then(|hex| u8::from_str_radix(str::from_utf8(hex).ok()?, 16).ok());
        out.push(code.unwrap_or(*first));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved() {
        for (base, reference, expected) in [
            ("book:///schemas/a.json", "b.json#/x", Some("book:///schemas/b.json#/x")),
            ("book:///schemas/a.json", "../b.json", Some("book:///b.json")),
            ("book:///schemas/a.json", "../../b.json", None),
            ("book:///schemas/a.json#/y", "#/x", Some("book:///schemas/a.json#/x")),
            ("https://example.com/s/a.json", "b.json", Some("https://example.com/s/b.json")),
            ("https://example.com", "b.json", Some("https://example.com/b.json")),
            ("book:///a.json", "/c/d.json", Some("book:///c/d.json")),
            ("book:///a.json", "urn:x:y", Some("urn:x:y")),
            ("book:///a.json", "a:b/c", Some("a:b/c")),
        ] {
            assert_eq!(join(base, reference).as_deref(), expected, "{base} {reference}");
        }
        assert_eq!(file(&of_file("a b/ü.json")).as_deref(), Some("a b/ü.json"));
        assert_eq!(push("book:///a", "x/y~%"), "book:///a#/x~1y~0%25");
        assert_eq!(decode("%4"), "%4");
    }
}
