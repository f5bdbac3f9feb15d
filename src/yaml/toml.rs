//! TOML text in, the same tree with places as of YAML out. The `toml` crate reads; what is added here is the tree.

use super::{Content, Data, Document, Edge, Language, Problem, Style, marks};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads a text. Never fails; what could be read in spite of problems is in the tree. With `elisions`, `...` and `…` as
/// a value or a line of their own, and comments that begin with them, stand for what was left out on purpose.
pub fn parse(text: &str, elisions: bool) -> Document {
    let masked = if elisions { mask(text) } else { text.to_string() };
    let (table, errors) = DeTable::parse_recoverable(&masked);
    let mut builder = Builder { text: &masked, original: text, nodes: Vec::new(), sections: Vec::new() };
    let root = builder.table(table.get_ref(), 0..text.len());
    let mut problems: Vec<Problem> = errors.iter().map(|error| problem(text, error)).collect();
    problems.sort_by_key(|problem| problem.range.start);
    let mut document = Document { language: Language::Toml, problems, root: Some(root), ..Document::default() };
    document.elided = if elisions { builder.elided(root.id) } else { Vec::new() };
    document.nodes = builder.nodes;
    document
}

fn problem(text: &str, error: &toml::de::Error) -> Problem {
    let mut range = error.span().unwrap_or(0..0);
    // The parser tells what it met and what would have been right, apart by a comma.
    let (message, expected) = match error.message().split_once(", expected ") {
        Some((message, expected)) => (message, Some(expected)),
        None => (error.message(), None),
    };
    range.end = range.end.min(text.len()).max(range.start.min(text.len()));
    range.start = range.start.min(range.end);
    let on_boundaries = text.get(range.clone()).is_some();
    let problem = Problem::new(if on_boundaries { range } else { 0..0 }, message.trim_end_matches('.'));
    match expected {
        Some(expected) => problem.help(format!("expected here: {expected}")),
        None if message == "duplicate key" => problem.help("keep one of the two"),
        None => problem,
    }
}

/// Marks that TOML could not read become a comment, or a text of the same length.
fn mask(text: &str) -> String {
    let mut masked = text.to_string();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let blank = |text: &str| text.len() - text.trim_start_matches([' ', '\t']).len();
        let start = at + blank(line);
        if marks::bare(&text[start..]) {
            masked.replace_range(start..start + marks::LENGTH, "#..");
        } else if let Some(equals) = line.find('=') {
            let value = at + equals + 1 + blank(&line[equals + 1..]);
            if marks::bare(&text[value..]) {
                masked.replace_range(value..value + marks::LENGTH, "'.'");
            }
        }
        at += line.len();
    }
    masked
}

struct Builder<'t> {
    text: &'t str,
    original: &'t str,
    nodes: Vec<Data>,
    /// Where the header of a table stands, and the table.
    sections: Vec<(usize, usize)>,
}

impl Builder<'_> {
    fn value(&mut self, value: &Spanned<DeValue>) -> Edge {
        let span = value.span();
        match value.get_ref() {
            DeValue::Table(table) => self.table(table, span),
            DeValue::Array(items) => {
                let id = self.reserve(span, Content::List(Vec::new()));
                let items: Vec<Edge> = items.iter().map(|item| self.value(item)).collect();
                self.nodes[id].content = Content::List(items);
                Edge { id, alias: None }
            }
            DeValue::String(_) if marks::bare(&self.original[span.start..]) => self.scalar(span, "...", Style::Plain),
            DeValue::String(text) => self.scalar(span, text, Style::DoubleQuoted),
            DeValue::Float(number) => {
                let plain = number.as_str();
                let text = match plain.trim_start_matches(['+', '-']) {
                    "inf" | "nan" => plain.replace("inf", ".inf").replace("nan", ".nan"),
                    _ => plain.to_string(),
                };
                self.scalar(span, text.trim_start_matches('+'), Style::Plain)
            }
            // The spelling of whole numbers, bools and dates means the same in YAML.
            _ => {
                let text = self.text[span.clone()].to_string();
                self.scalar(span, &text, Style::Plain)
            }
        }
    }

    fn table(&mut self, table: &DeTable, span: Range<usize>) -> Edge {
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let id = self.reserve(span.clone(), Content::Map(Vec::new()));
        // Other tables are written in place, or as the first part of a dotted key.
        if self.text[span.start..].starts_with('[') {
            self.sections.push((span.start, id));
        }
        let mut edges = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            let name = self.scalar(key.span(), key.get_ref(), Style::DoubleQuoted);
            edges.push((name, self.value(value)));
        }
        self.nodes[id].content = Content::Map(edges);
        Edge { id, alias: None }
    }

    fn scalar(&mut self, span: Range<usize>, text: &str, style: Style) -> Edge {
        let id = self.reserve(span, Content::Scalar { text: text.to_string(), style });
        Edge { id, alias: None }
    }

    fn reserve(&mut self, span: Range<usize>, content: Content) -> usize {
        self.nodes.push(Data { span, content, anchor: None, tag: None });
        self.nodes.len() - 1
    }

    /// The tables in which a mark stands: each belongs to the last header before it.
    fn elided(&mut self, root: usize) -> Vec<usize> {
        self.sections.sort_unstable();
        let marks = self.text.match_indices('#').map(|(at, _)| at).filter(|&at| {
            let starts = at == 0 || self.text[..at].ends_with([' ', '\t', '\n', '\r']);
            starts && marks::begins(&self.text[at + 1..])
        });
        let owner = |at: usize| match self.sections.partition_point(|(start, _)| *start < at) {
            0 => root,
            after => self.sections[after - 1].1,
        };
        marks.map(owner).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> String {
        let document = parse(text, true);
        assert_eq!(document.problems, [], "{text}");
        document.root().unwrap().to_json().to_string()
    }

    #[test]
    fn a_text_becomes_a_tree() {
        for (text, expected) in [
            ("", "{}"),
            ("b = 1\na.c = 'x'\n", r#"{"b":1,"a":{"c":"x"}}"#),
            ("[a.b]\nx = 0x1_0\n[a]\ny = 1_000\n", r#"{"a":{"b":{"x":16},"y":1000}}"#),
            ("[[s]]\na = true\n[[s]]\na = 1.50\n", r#"{"s":[{"a":true},{"a":1.5}]}"#),
            ("a = '1'\nb = 'yes'\nc = +5\nd = +1e3\n", r#"{"a":"1","b":"yes","c":5,"d":1000.0}"#),
            ("a = 1979-05-27\nb = 07:32:00\nc = -inf\n", r#"{"a":"1979-05-27","b":"07:32:00","c":"-.inf"}"#),
            ("a = {b = [1,\n 2]}\n", r#"{"a":{"b":[1,2]}}"#),
            ("a = ...\n", r#"{"a":"..."}"#),
        ] {
            assert_eq!(json(text), expected);
        }
    }

    #[test]
    fn a_mark_belongs_to_its_table() {
        for (text, expected) in [
            ("a = 1\n# ...\n[t]\nb = 1\n", [true, false]),
            ("a = 1\n[t]\nb = 1\n...\n", [false, true]),
            ("…\n[t]\nb = 'x # ...'\n", [true, true]),
            ("a = 1 # x\n[t]\nb = 1\n", [false, false]),
        ] {
            let document = parse(text, true);
            let root = document.root().unwrap();
            let found = [root, root.get("t").unwrap()].map(|map| document.elided.contains(&map.id()));
            // A `#` in a text is taken for a comment: that excuses more than it should, and never less.
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn faults_have_a_place_and_a_reason() {
        for (text, range, message) in [
            ("a = tru\n", 4..7, "invalid boolean"),
            ("a = 1\na = 2\n", 6..7, "duplicate key"),
            ("a = é\n", 4..6, "string values must be quoted"),
        ] {
            let problems = parse(text, false).problems;
            assert_eq!((problems[0].range.clone(), &*problems[0].message), (range, message), "{text}");
        }
    }

    #[test]
    fn hostile_texts_end() {
        for text in
            ["a = ".to_string() + &"[".repeat(100_000), "a.".repeat(100_000) + "b = 1", "[[a]]\n".repeat(20_000)]
        {
            parse(&text, true);
        }
        arbtest::arbtest(|u| {
            let parts = ["[", "]", "a", ".", "=", "\n", "'", "\"", "...", "…", "#", "1", "{", "}", ",", "é", " "];
            let mut text = String::new();
            for _ in 0..u.arbitrary_len::<u8>()? {
                text.push_str(u.choose(&parts)?);
            }
            for problem in parse(&text, true).problems {
                assert!(text.get(problem.range.clone()).is_some(), "{text:?}");
            }
            Ok(())
        });
    }
}
