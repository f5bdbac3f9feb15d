//! What an author left out of an example on purpose: `…`, `...`, `# ...`, `<your-key>`. Text in, marks out.
//!
//! A mark excuses what it stands for and nothing else: a comment the keys of the map it stands in, a value that value.
//! Files on disk have none of this; there `...` ends the document.

use crate::yaml::{self, Document, Kind, Language, Node};
use std::borrow::Cow;

/// The marks of one text.
#[derive(Debug, Default)]
pub struct Elisions<'t> {
    text: Cow<'t, str>,
    /// Offsets of the `#` of each mark.
    comments: Vec<usize>,
    /// The maps and lists that a mark of JSON or TOML stands in, by [`Node::id`].
    elided: Vec<usize>,
}

/// Reads an example in its language: the marks in it, and its tree.
pub fn read(language: Language, text: &str) -> (Elisions<'_>, Document) {
    let document = match language {
        Language::Yaml => {
            let elisions = Elisions::find(text);
            let document = yaml::parse(elisions.text());
            return (elisions, document);
        }
        Language::Json => yaml::json::parse(text, yaml::json::Options { comments: false, marks: true }),
        Language::Jsonc => yaml::json::parse(text, yaml::json::Options { comments: true, marks: true }),
        Language::Toml => yaml::toml::parse(text, true),
    };
    let elided = document.elided().to_vec();
    (Elisions { text: text.into(), comments: Vec::new(), elided }, document)
}

impl<'t> Elisions<'t> {
    /// Finds the marks. Lines that begin with `...` or `…` become comments of the same length, so that the rest of the
    /// example is still YAML and every offset stays true.
    pub fn find(text: &'t str) -> Elisions<'t> {
        let mut masked: Cow<'t, str> = Cow::Borrowed(text);
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let start = at + (line.len() - line.trim_start_matches([' ', '\t']).len());
            if text[start..].starts_with("...") || text[start..].starts_with('…') {
                // Both are three bytes long.
                masked.to_mut().replace_range(start..start + 3, "#..");
            }
            at += line.len();
        }
        let comments = masked
            .match_indices('#')
            .map(|(at, _)| at)
            .filter(|&at| at == 0 || masked[..at].ends_with([' ', '\t', '\n', '\r']))
            .filter(|&at| {
                let comment = masked[at + 1..].trim_start_matches([' ', '\t']);
                comment.starts_with("..") || comment.starts_with('…')
            })
            .collect();
        Elisions { text: masked, comments, elided: Vec::new() }
    }

    /// The text to parse.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether keys of this map were left out.
    pub fn in_map(&self, map: Node) -> bool {
        if self.elided.contains(&map.id()) {
            return true;
        }
        let Some((first, _)) = map.entries().next() else { return false };
        let span = map.definition();
        let column = self.column(first.span().start);
        self.comments.iter().any(|&at| {
            if self.is_trailing(at) {
                // `key: # ...` stands for the rest of the map that follows it.
                return self.blank(at, first.span().start);
            }
            self.column(at) == column && (span.contains(&at) || self.blank(span.end, at) || self.blank(at, span.start))
        })
    }

    /// Whether this value stands for another that is not shown: `...`, `<your-key>`, or nothing but a comment mark.
    pub fn is_value(&self, key: Option<Node>, node: Node) -> bool {
        match node.kind() {
            Kind::Scalar { text: "", .. } => key.is_some_and(|key| {
                let (end, column) = (key.span().end, self.column(key.span().start));
                self.comments.iter().any(|&at| {
                    let between = self.text.get(end..at);
                    let between = between.map(|text| text.trim_start_matches([' ', '\t']).trim_start_matches(':'));
                    (self.is_trailing(at) || self.column(at) > column)
                        && between.is_some_and(|text| text.trim().is_empty())
                })
            }),
            Kind::Scalar { text, .. } => is_mark(text),
            Kind::List => node.items().len() == 1 && node.items().all(|item| item.text().is_some_and(is_mark)),
            Kind::Map => {
                node.entries().len() == 1
                    && node.entries().all(|(key, value)| key.text().is_some_and(is_mark) && value.is_null())
            }
        }
    }

    /// In characters from the start of the line.
    fn column(&self, at: usize) -> usize {
        let start = self.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        self.text[start..at].chars().count()
    }

    /// Whether something other than blanks stands before the comment on its line.
    fn is_trailing(&self, at: usize) -> bool {
        let start = self.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        !self.text[start..at].trim().is_empty()
    }

    /// Whether nothing but blanks and comments stands between the two.
    fn blank(&self, from: usize, to: usize) -> bool {
        self.text.get(from..to).is_some_and(|text| {
            text.lines().all(|line| {
                let line = line.trim();
                line.is_empty() || line.starts_with('#')
            })
        })
    }
}

/// A text that is nothing but a mark.
fn is_mark(text: &str) -> bool {
    let text = text.trim();
    matches!(text, "..." | "…" | "……" | "[...]" | "[…]" | "{...}" | "{…}")
        || (text.len() > 2
            && text.starts_with('<')
            && text.ends_with('>')
            && !text[1..text.len() - 1].contains(['<', '>']))
}

/// Whether a text is plainly to be replaced by the reader, so that no pattern is asked of it: `your-name`, `YOUR_KEY`,
/// `${VERSION}`, `https://<host>/`.
pub fn is_placeholder(text: &str) -> bool {
    // Asked of every key and value of every example, for every kind that it might be: most texts end here.
    let is_plain = |byte: u8| !matches!(byte, b'.' | b'<' | b'{' | 0x80..);
    let bytes = text.as_bytes();
    let begins = |bytes: &[u8]| bytes[..4].eq_ignore_ascii_case(b"your") && matches!(bytes[4], b'-' | b'_' | b' ');
    if bytes.len() > 4 && begins(bytes) {
        return true;
    }
    if bytes.iter().copied().all(is_plain) {
        return false;
    }
    is_mark(text)
        || text.contains("${")
        || text.contains("{{")
        || text.find('<').is_some_and(|at| text[at..].contains('>'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml;

    #[test]
    fn a_mark_belongs_to_the_map_it_stands_in() {
        for (text, root, inner) in [
            ("a:\n  b: 1\n", false, false),
            ("a:\n  b: 1\n# ...\n", true, false),
            ("# ...\na:\n  b: 1\n", true, false),
            ("a:\n  b: 1\n  # ...\n", false, true),
            ("a:\n  # … more\n  b: 1\n", false, true),
            ("a: # ...\n  b: 1\n", false, true),
            ("a:\n  b: 1\n...\n", true, false),
            ("a:\n  b: 1\n  …\nc: 1\n", false, true),
        ] {
            let elisions = Elisions::find(text);
            let document = yaml::parse(elisions.text());
            let map = document.root().unwrap();
            assert_eq!(document.problems, [], "{text}");
            assert_eq!(elisions.in_map(map), root, "{text}");
            assert_eq!(elisions.in_map(map.get("a").unwrap()), inner, "{text}");
        }
    }

    #[test]
    fn json_and_toml_have_marks_too() {
        for (language, text, expected) in [
            (Language::Json, "{\"a\": 1}", false),
            (Language::Json, "{\"a\": 1, ...}", true),
            (Language::Jsonc, "{\"a\": 1 // ...\n}", true),
            (Language::Toml, "a = 1\n# ...\n", true),
            (Language::Yaml, "a: 1\n# ...\n", true),
        ] {
            let (elisions, document) = read(language, text);
            assert_eq!(document.problems, [], "{text}");
            assert_eq!(elisions.in_map(document.root().unwrap()), expected, "{text}");
        }
    }

    #[test]
    fn a_value_is_left_out() {
        for (text, expected) in [
            ("a: ...\n", true),
            ("a: '…'\n", true),
            ("a: <your-key>\n", true),
            ("a: [...]\n", true),
            ("a:\n  # ...\nb: 1\n", true),
            ("a: # ...\nb: 1\n", true),
            ("a:\n# ...\nb: 1\n", false),
            ("a:\nb: 1\n", false),
            ("a: [x, ...]\n", false),
            ("a: x...\n", false),
        ] {
            let elisions = Elisions::find(text);
            let document = yaml::parse(elisions.text());
            let (key, value) = document.root().unwrap().entries().next().unwrap();
            assert_eq!(elisions.is_value(Some(key), value), expected, "{text}");
        }
    }
}
