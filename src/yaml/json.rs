//! JSON text in, the same tree with places as of YAML out.
//!
//! Ready-made readers with places were looked at: none can pass over what an example leaves out (`...`, `// …`), and
//! none goes on after a comma too many.

mod text;

use super::{Content, Data, Document, Edge, Language, MAX_DEPTH, Problem, Style, marks};

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

#[cfg(test)]
mod tests;
