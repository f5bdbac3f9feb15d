//! Where files that are published as they are stand on the site.

use super::resolve::join;
use super::{Site, Space};

/// The path in the output folder of a file of the book. Files keep their place, so that what they link to among
/// themselves still works; GitBook's folder loses its dot, which many web servers refuse to serve. Where a page or
/// another file may stand at that place, a file has its own in `assets/files`.
pub fn published(site: &Site, path: &str) -> String {
    let (prefix, rest) = match space_around(&site.spaces, path) {
        Some(space) => (&*space.prefix, path[space.dir.len()..].trim_start_matches('/')),
        None => ("", path),
    };
    let place = if prefix.is_empty() { rest.to_string() } else { format!("{prefix}/{rest}") };
    let page = [".md", ".markdown", ".html", ".htm"].iter().any(|ending| path.to_ascii_lowercase().ends_with(ending));
    if page || is_taken(site, path, &place) {
        return format!("assets/files/{}", path.replace(".gitbook/", "gitbook/"));
    }
    place.replacen(".gitbook/assets/", "assets/gitbook/", 1).replace(".gitbook/", "gitbook/")
}

/// Whether a place belongs to another file, of a space that is published there.
fn is_taken(site: &Site, path: &str, place: &str) -> bool {
    let spaces = site.spaces.iter().filter(|space| inside(place, &space.prefix) && !inside(path, &space.dir));
    spaces.map(|space| join(&space.dir, &place[space.prefix.len()..])).any(|other| {
        other.is_some_and(|other| site.sources.assets().contains_key(&other) || site.sources.find(&other).is_some())
    })
}

/// The space whose folder a file lies in: the deepest, where several do.
pub fn space_around<'a>(spaces: &'a [Space], path: &str) -> Option<&'a Space> {
    spaces.iter().filter(|space| inside(path, &space.dir)).max_by_key(|space| space.dir.len())
}

/// Whether a path lies in a folder; every path lies in the empty one.
pub fn inside(path: &str, dir: &str) -> bool {
    dir.is_empty() || path.strip_prefix(dir).is_some_and(|rest| rest.starts_with('/'))
}

/// Percent-decodes; what is no valid UTF-8 afterwards stays as written.
pub fn decoded(path: &str) -> String {
    if !path.contains('%') {
        return path.to_string();
    }
    let bytes = path.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes.get(at + 1..at + 3).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(|_| bytes[at] == b'%') {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| path.to_string())
}

#[cfg(test)]
mod tests {
    #[test]
    fn paths_are_decoded() {
        for (path, expected) in [
            ("a%20b%2Emd", "a b.md"),
            ("%E5%85%A5.md", "入.md"),
            ("é%C3%A9", "éé"),
            ("100%.md", "100%.md"),
            ("%zz%4", "%zz%4"),
            ("%ff", "%ff"),
        ] {
            assert_eq!(super::decoded(path), expected);
        }
    }
}
