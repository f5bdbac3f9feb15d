//! JSON text in, the same tree with places as of YAML out.
//!
//! Ready-made readers with places were looked at: none can pass over what an example leaves out (`...`, `// …`), and
//! none goes on after a comma too many.

use super::{Content, Data, Document, Edge, Language, MAX_DEPTH, Problem, Style, marks};
use std::ops::Range;

type Result<T> = std::result::Result<T, Problem>;

/// What is allowed beyond JSON.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Comments, and commas after the last entry.
    pub comments: bool,
    /// Marks for what was left out on purpose: `...` and `…` as a value or in place of entries, and in comments.
    pub marks: bool,
}

/// Reads a text. Never fails; after the first problem that makes the rest unclear the tree holds what came before.
pub fn parse(text: &str, options: Options) -> Document {
    let language = if options.comments { Language::Jsonc } else { Language::Json };
    let document = Document { language, ..Document::default() };
    let mut reader = Reader { text, at: 0, options, document, open: Vec::new() };
    if let Err(problem) = reader.document() {
        reader.document.problems.push(problem);
    }
    reader.document
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    options: Options,
    document: Document,
    /// The lists and maps around the current place.
    open: Vec<usize>,
}

impl Reader<'_> {
    fn document(&mut self) -> Result<()> {
        self.eat("\u{feff}");
        self.blanks()?;
        if self.byte().is_none() {
            return Err(Problem::new(self.at..self.at, "there is no value").help("write a value, such as `{}`"));
        }
        // The collections that are open hang together only when they end, so the root is known first.
        let id = self.document.nodes.len();
        self.document.root = Some(Edge { id, alias: None });
        let read = self.value();
        if self.document.nodes.is_empty() {
            self.document.root = None;
        }
        read?;
        self.blanks()?;
        match self.byte() {
            None => Ok(()),
            Some(_) => Err(Problem::new(self.line_rest(self.at), "text after the end of the value")
                .help("remove it, or put all of it in one list")),
        }
    }

    fn value(&mut self) -> Result<usize> {
        let start = self.at;
        match self.byte() {
            Some(b'{' | b'[') if self.open.len() >= MAX_DEPTH => {
                Err(Problem::new(start..start + 1, format!("nested deeper than {MAX_DEPTH} levels")))
            }
            Some(b'{') => self.map(),
            Some(b'[') => self.list(),
            Some(b'"') => {
                let text = self.string()?;
                Ok(self.add(start, Content::Scalar { text, style: Style::DoubleQuoted }))
            }
            _ if self.options.marks && marks::bare(&self.text[start..]) => {
                self.at += marks::LENGTH;
                Ok(self.add(start, Content::Scalar { text: "...".to_string(), style: Style::Plain }))
            }
            Some(_) => self.word(),
            None => {
                let around = self.open.last().map_or(0, |id| self.document.nodes[*id].span.start);
                Err(self.unclosed(around))
            }
        }
    }

    fn map(&mut self) -> Result<usize> {
        let id = self.open(Content::Map(Vec::new()));
        let mut entries = Entries::default();
        while self.next(id, b'}', &mut entries)? {
            if self.options.marks && marks::bare(&self.text[self.at..]) {
                self.at += marks::LENGTH;
                self.document.elided.push(id);
                entries.after_mark();
                continue;
            }
            let start = self.at;
            let name = self.key()?;
            let key = self.add(start, Content::Scalar { text: name, style: Style::DoubleQuoted });
            self.blanks()?;
            if !self.eat(":") {
                return Err(Problem::new(self.here(), "missing `:`").help("write `\"key\": value`"));
            }
            self.blanks()?;
            // What is read of a value that has a problem is kept, as far as it goes.
            let value = self.document.nodes.len();
            let read = self.value();
            if value < self.document.nodes.len()
                && let Content::Map(all) = &mut self.document.nodes[id].content
            {
                all.push((Edge { id: key, alias: None }, Edge { id: value, alias: None }));
            }
            read?;
            entries.after_entry();
        }
        Ok(self.close(id))
    }

    fn list(&mut self) -> Result<usize> {
        let id = self.open(Content::List(Vec::new()));
        let mut entries = Entries::default();
        while self.next(id, b']', &mut entries)? {
            let mark = self.options.marks && marks::bare(&self.text[self.at..]);
            let item = self.document.nodes.len();
            let read = self.value();
            if item < self.document.nodes.len()
                && let Content::List(all) = &mut self.document.nodes[id].content
            {
                all.push(Edge { id: item, alias: None });
            }
            read?;
            if mark {
                self.document.elided.push(id);
                entries.after_mark();
            } else {
                entries.after_entry();
            }
        }
        Ok(self.close(id))
    }

    /// Passes blanks, commas and the end. Whether an entry follows.
    fn next(&mut self, id: usize, end: u8, entries: &mut Entries) -> Result<bool> {
        loop {
            let marks = self.document.elided.len();
            self.blanks()?;
            if self.document.elided.len() > marks {
                // A comment stands for what would follow the comma.
                entries.comma = None;
            }
            let at = self.at;
            match self.byte() {
                None => return Err(self.unclosed(self.document.nodes[id].span.start)),
                Some(byte) if byte == end => {
                    if let (Some(comma), false) = (entries.comma, self.options.comments) {
                        let message = format!("`,` before `{}`", char::from(end));
                        let problem = Problem::new(comma..comma + 1, message);
                        self.document.problems.push(problem.help("remove it: nothing follows"));
                    }
                    self.at += 1;
                    return Ok(false);
                }
                Some(b',') if entries.wants_comma || entries.may_comma => {
                    self.at += 1;
                    *entries = Entries { comma: entries.wants_comma.then_some(at), ..Entries::default() };
                }
                Some(b',') => {
                    return Err(Problem::new(at..at + 1, "`,` without an entry before it").help("remove it"));
                }
                Some(b'}' | b']') => {
                    let message = format!("`{}` where `{}` must stand", &self.text[at..=at], char::from(end));
                    return Err(Problem::new(at..at + 1, message).help("close the brackets in the order of opening"));
                }
                Some(_) if entries.wants_comma && !(self.options.marks && marks::bare(&self.text[at..])) => {
                    return Err(Problem::new(self.here(), "missing `,`").help("separate the entries by commas"));
                }
                Some(_) => return Ok(true),
            }
        }
    }

    fn key(&mut self) -> Result<String> {
        match self.byte() {
            Some(b'"') => self.string(),
            _ => {
                let range = self.here();
                let word = self.text[range.clone()].trim_end_matches(':').trim_matches('\'');
                let shown: String = word.chars().take(40).collect();
                Err(Problem::new(range.clone(), "key without quotes").help(format!("write `\"{shown}\"`")))
            }
        }
    }

    /// A number, `true`, `false` or `null`.
    fn word(&mut self) -> Result<usize> {
        let range = self.here();
        let word = &self.text[range.clone()];
        if matches!(word, "true" | "false" | "null") || is_number(word) {
            self.at = range.end;
            return Ok(self.add(range.start, Content::Scalar { text: word.to_string(), style: Style::Plain }));
        }
        let shown: String = word.chars().take(40).collect();
        let message = format!("`{shown}` is no value of JSON");
        let help = match word.to_ascii_lowercase().as_str() {
            lower @ ("true" | "false" | "null") => format!("write `{lower}`"),
            "none" | "undefined" => "write `null`".to_string(),
            _ if word.starts_with('\'') => "put text in double quotes".to_string(),
            _ if word.trim_start_matches(['+', '-', '.']).starts_with(|c: char| c.is_ascii_digit()) => {
                "write digits, then `.` and digits or an exponent: `0.5`, `-1e9`".to_string()
            }
            _ => "put text in double quotes".to_string(),
        };
        Err(Problem::new(range, message).help(help))
    }

    // --- text

    fn string(&mut self) -> Result<String> {
        let start = self.at;
        self.at += 1;
        let mut out = String::new();
        loop {
            let rest = &self.text[self.at..];
            let plain = rest.find(|c| c == '"' || c == '\\' || c < ' ').unwrap_or(rest.len());
            out.push_str(&rest[..plain]);
            self.at += plain;
            match self.byte() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => out.push(self.escape()?),
                Some(b'\t') => {
                    let problem = Problem::new(self.at..self.at + 1, "tab in a text").help("write `\\t`");
                    self.document.problems.push(problem);
                    out.push('\t');
                    self.at += 1;
                }
                Some(b'\n' | b'\r') | None => {
                    let range = self.line_rest(start);
                    return Err(Problem::new(range, "text without its second quote")
                        .help("close it with `\"` on the same line, and write `\\n` for a line end"));
                }
                Some(byte) => {
                    let message = "control character in a text";
                    return Err(Problem::new(self.at..self.at + 1, message).help(format!("write `\\u{byte:04x}`")));
                }
            }
        }
    }

    fn escape(&mut self) -> Result<char> {
        let start = self.at;
        let letter = self.text[start + 1..].chars().next();
        self.at += 1 + letter.map_or(0, char::len_utf8);
        Ok(match letter {
            Some(c @ ('"' | '\\' | '/')) => c,
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => self.code(start)?,
            _ => {
                let message = format!("`{}` is no escape of JSON", &self.text[start..self.at]);
                return Err(Problem::new(start..self.at, message).help("write `\\\\` for a backslash"));
            }
        })
    }

    /// The character of `\uXXXX`, or of two of them for one beyond the first 65,536.
    fn code(&mut self, start: usize) -> Result<char> {
        let first = self.digits(start)?;
        if let 0xd800..=0xdbff = first
            && self.eat("\\u")
        {
            let second = self.digits(start)?;
            if let 0xdc00..=0xdfff = second {
                let code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
        }
        char::from_u32(first).ok_or_else(|| {
            Problem::new(start..self.at, "half of a character").help("write both halves, or the character itself")
        })
    }

    fn digits(&mut self, start: usize) -> Result<u32> {
        let digits = self.text.get(self.at..self.at + 4).filter(|text| text.bytes().all(|b| b.is_ascii_hexdigit()));
        let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let code = code.ok_or_else(|| {
            Problem::new(start..self.at, "escape without its four digits").help("write `\\u` and four of 0-9 and a-f")
        })?;
        self.at += 4;
        Ok(code)
    }

    // --- blanks and comments

    fn blanks(&mut self) -> Result<()> {
        loop {
            let rest = &self.text[self.at..];
            self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
            let rest = &self.text[self.at..];
            let length = match rest.as_bytes() {
                [b'/', b'/', ..] | [b'#', ..] => rest.find('\n').unwrap_or(rest.len()),
                [b'/', b'*', ..] => match rest[2..].find("*/") {
                    Some(length) => length + 4,
                    None => {
                        let range = self.line_rest(self.at);
                        return Err(Problem::new(range, "comment without its end").help("close it with `*/`"));
                    }
                },
                _ => return Ok(()),
            };
            self.comment(self.at..self.at + length);
            self.at += length;
        }
    }

    fn comment(&mut self, range: Range<usize>) {
        let text = self.text[range.clone()].trim_end();
        let inner = text.trim_start_matches(['/', '*', '#']);
        if self.options.marks && marks::begins(inner) {
            self.document.elided.extend(self.open.last());
        } else if !self.options.comments || text.starts_with('#') {
            let range = range.start..range.start + text.lines().next().unwrap_or_default().len();
            let problem = Problem::new(range, "JSON has no comments like this");
            self.document.problems.push(problem.help(match text.starts_with('#') {
                true => "remove it",
                false => "remove it, or name the language `jsonc`",
            }));
        }
    }

    // --- the tree

    fn add(&mut self, start: usize, content: Content) -> usize {
        self.document.nodes.push(Data { span: start..self.at.max(start), content, anchor: None, tag: None });
        self.document.nodes.len() - 1
    }

    fn open(&mut self, content: Content) -> usize {
        self.at += 1;
        let id = self.add(self.at - 1, content);
        self.open.push(id);
        id
    }

    fn close(&mut self, id: usize) -> usize {
        self.open.pop();
        self.document.nodes[id].span.end = self.at;
        id
    }

    fn unclosed(&self, start: usize) -> Problem {
        let end = if self.text[start..].starts_with('{') { "`}`" } else { "`]`" };
        Problem::new(start..start + 1, format!("missing {end}")).help(format!("close it with {end}"))
    }

    // --- the text

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn eat(&mut self, text: &str) -> bool {
        let found = self.text[self.at..].starts_with(text);
        self.at += if found { text.len() } else { 0 };
        found
    }

    /// The word at the current place, at least one character.
    fn here(&self) -> Range<usize> {
        let rest = &self.text[self.at..];
        let quoted = rest.strip_prefix('\'').and_then(|inner| Some(inner.find(['\'', '\n'])? + 2));
        let length = quoted.unwrap_or_else(|| {
            rest.find([',', '{', '}', '[', ']', ':', '"', ' ', '\t', '\n', '\r']).unwrap_or(rest.len())
        });
        let least = rest.chars().next().map_or(0, char::len_utf8);
        let end = self.at + length.max(least).min(rest.len());
        self.at..end
    }

    fn line_rest(&self, start: usize) -> Range<usize> {
        let line = self.text[start..].split(['\n', '\r']).next().unwrap_or_default().trim_end();
        start..start + line.len()
    }
}

/// Where a reader is between the entries of a list or map.
#[derive(Default)]
struct Entries {
    /// An entry came before, and no comma yet.
    wants_comma: bool,
    /// A mark came before, after which a comma may stand.
    may_comma: bool,
    /// The last comma, when nothing came after it.
    comma: Option<usize>,
}

impl Entries {
    fn after_entry(&mut self) {
        *self = Entries { wants_comma: true, ..Entries::default() };
    }

    fn after_mark(&mut self) {
        *self = Entries { may_comma: true, ..Entries::default() };
    }
}

/// `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?`
fn is_number(word: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = word.strip_prefix('-').unwrap_or(word);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STRICT: Options = Options { comments: false, marks: false };
    const COMMENTS: Options = Options { comments: true, marks: false };
    const MARKS: Options = Options { comments: false, marks: true };

    fn check(text: &str, options: Options, json: &str, problems: &[(&str, &str)]) {
        let document = parse(text, options);
        let found: Vec<_> =
            document.problems.iter().map(|problem| (&text[problem.range.clone()], &*problem.message)).collect();
        assert_eq!(found, problems, "{text}");
        assert_eq!(document.root().map_or(String::new(), |root| root.to_json().to_string()), json, "{text}");
    }

    #[test]
    fn json_is_read_as_others_read_it() {
        for text in [
            r#"{"a":[1,-0.5e3,true,false,null,"x"],"b":{}}"#,
            r#"[]"#,
            r#""\"\\\/\b\f\n\r\té😀""#,
            " {\n\t\"a\" : 10 }\r\n",
            "0",
            r#"{"<<":{"a":1},"~":"null","0x10":"yes"}"#,
            r#""2026-01-01""#,
        ] {
            let expected: serde_json::Value = serde_json::from_str(text).unwrap();
            check(text, STRICT, &expected.to_string(), &[]);
        }
        check("\u{feff}1", STRICT, "1", &[]);
        check(r#""\ud83d\ude00""#, STRICT, "\"😀\"", &[]);
    }

    #[test]
    fn faults_have_a_place_and_a_reason() {
        for (text, json, range, message) in [
            ("", "", "", "there is no value"),
            ("{\"a\":1,}", "{\"a\":1}", ",", "`,` before `}`"),
            ("[1,,2]", "[1]", ",", "`,` without an entry before it"),
            ("[1 2]", "[1]", "2", "missing `,`"),
            ("{\"a\" 1}", "{}", "1", "missing `:`"),
            ("{a: 1}", "{}", "a", "key without quotes"),
            ("{'a': 1}", "{}", "'a'", "key without quotes"),
            ("['a']", "[]", "'a'", "`'a'` is no value of JSON"),
            ("{\"a\": True}", "{}", "True", "`True` is no value of JSON"),
            ("[01]", "[]", "01", "`01` is no value of JSON"),
            ("[.5]", "[]", ".5", "`.5` is no value of JSON"),
            ("[1", "[1]", "[", "missing `]`"),
            ("{\"a\": [1", "{\"a\":[1]}", "[", "missing `]`"),
            ("{\"a\":", "{}", "{", "missing `}`"),
            ("[1}", "[1]", "}", "`}` where `]` must stand"),
            ("\"a\nb\"", "", "\"a", "text without its second quote"),
            ("\"\\x\"", "", "\\x", "`\\x` is no escape of JSON"),
            ("\"\\ud800x\"", "", "\\ud800", "half of a character"),
            ("\"\\u12\"", "", "\\u", "escape without its four digits"),
            ("1 2", "1", "2", "text after the end of the value"),
            ("1 // x", "1", "// x", "JSON has no comments like this"),
            ("/* x", "", "/* x", "comment without its end"),
            ("...", "", "...", "`...` is no value of JSON"),
            ("[ü]", "[]", "ü", "`ü` is no value of JSON"),
        ] {
            check(text, STRICT, json, &[(range, message)]);
        }
        check("// x\n[1, /* y */ 2, ]", COMMENTS, "[1,2]", &[]);
    }

    #[test]
    fn marks_stand_for_what_is_left_out() {
        for (text, json, elided) in [
            ("{\"a\": 1, ...}", "{\"a\":1}", 1),
            ("{\"a\": 1\n  …\n}", "{\"a\":1}", 1),
            ("{..., \"a\": ...}", "{\"a\":\"...\"}", 1),
            ("{\"a\": 1 // ...\n}", "{\"a\":1}", 1),
            ("{\"a\": 1, /* … more */ \"b\": [1, ...]}", "{\"a\":1,\"b\":[1,\"...\"]}", 2),
            ("[... 1]", "[\"...\",1]", 1),
            ("{...}", "{}", 1),
        ] {
            check(text, MARKS, json, &[]);
            assert_eq!(parse(text, MARKS).elided.len(), elided, "{text}");
        }
        check("[1 // x\n]", MARKS, "[1]", &[("// x", "JSON has no comments like this")]);
    }

    #[test]
    fn hostile_texts_end() {
        for text in ["[".repeat(1_000_000), "{\"a\":".repeat(500_000), "[[".repeat(99), "/* ".repeat(300_000)] {
            assert_eq!(parse(&text, MARKS).problems.len(), 1);
        }
        let flat = format!("[{}1]", "1,".repeat(500_000));
        assert_eq!(parse(&flat, STRICT).problems, []);
        arbtest::arbtest(|u| {
            let parts =
                ["{", "}", "[", "]", ",", ":", "\"a\"", "1", "...", "…", "//\n", "/*", "*/", "'", "\\u", "é", "\""];
            let mut text = String::new();
            for _ in 0..u.arbitrary_len::<u8>()? {
                text.push_str(u.choose(&parts)?);
            }
            for options in [STRICT, COMMENTS, MARKS] {
                let document = parse(&text, options);
                for problem in &document.problems {
                    assert!(text.get(problem.range.clone()).is_some(), "{text:?}");
                }
                let valid = serde_json::from_str::<serde_json::Value>(&text);
                if !options.comments && !options.marks {
                    assert_eq!(document.problems.is_empty(), valid.is_ok(), "{text:?}");
                }
            }
            Ok(())
        });
    }
}
