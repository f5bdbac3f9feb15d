//! YAML, JSON or TOML text in, a tree with places and all problems out.
//!
//! The tree is the same for all three, so whoever judges it need not know the language. What is read as YAML is exactly what the Dify plugin daemon reads: YAML 1.1 as `libyaml` has it,
//! with a few differences, the first document only. Ready-made parsers were tried first: none has
//! these verdicts, and the nearest one panics on a block of text without a final line end.

mod build;
mod complaints;
mod cursor;
mod flow;
mod grammar;
pub mod json;
mod keys;
mod marks;
mod node;
mod properties;
mod scalars;
mod scanner;
mod timestamp;
pub mod toml;
mod value;
mod walk;

use std::ops::Range;

pub use node::{Duplicate, Kind, Node};
pub use value::Value;
pub use walk::{Descendants, MAX_DEPTH, MAX_NODES};

use node::{Content, Data, Edge, Tag};

/// Something that is wrong with the text, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// In bytes; lies in the text, on character boundaries.
    pub range: Range<usize>,
    pub message: String,
    pub help: Option<String>,
}

impl Problem {
    fn new(range: Range<usize>, message: impl Into<String>) -> Self {
        Problem { range, message: message.into(), help: None }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// The first document of a text.
#[derive(Debug, Default)]
pub struct Document {
    /// In the order of the text. Reading stops at the first that makes the rest unclear; the tree
    /// then holds what came before.
    pub problems: Vec<Problem>,
    /// Where the text goes on after the first document; nothing from there on was looked at.
    pub rest: Option<usize>,
    pub language: Language,
    elided: Vec<usize>,
    nodes: Vec<Data>,
    root: Option<Edge>,
}

/// What a text is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    #[default]
    Yaml,
    Json,
    /// JSON with comments, and with commas after the last entry.
    Jsonc,
    Toml,
}

impl Language {
    /// As it is written after the backquotes.
    pub fn named(name: &str) -> Option<Language> {
        match &*name.to_ascii_lowercase() {
            "yaml" | "yml" => Some(Language::Yaml),
            "json" => Some(Language::Json),
            "jsonc" | "json5" => Some(Language::Jsonc),
            "toml" => Some(Language::Toml),
            _ => None,
        }
    }

    /// By the ending of a file's name.
    pub fn of_file(path: &str) -> Option<Language> {
        Language::named(path.rsplit_once('.')?.1)
    }

    /// The rule that a fault of its syntax breaks.
    pub fn syntax_rule(self) -> &'static str {
        match self {
            Language::Yaml => "yaml-syntax",
            Language::Json | Language::Jsonc => "json-syntax",
            Language::Toml => "toml-syntax",
        }
    }
}

/// Reads a whole text in its language, in which nothing counts as left out. Never fails.
pub fn parse_as(language: Language, text: &str) -> Document {
    match language {
        Language::Yaml => parse(text),
        Language::Json | Language::Jsonc => {
            json::parse(text, json::Options { comments: language == Language::Jsonc, marks: false })
        }
        Language::Toml => toml::parse(text, false),
    }
}

/// Reads a YAML text. Never fails: see [`Document::problems`].
pub fn parse(text: &str) -> Document {
    grammar::read(text)
}

impl Document {
    /// The value of the whole document; none when the text holds nothing but comments.
    pub fn root(&self) -> Option<Node<'_>> {
        self.root.map(|edge| Node::new(self, edge))
    }

    /// The maps and lists, by [`Node::id`], in which a mark of JSON or TOML stands for entries that are left out.
    pub fn elided(&self) -> &[usize] {
        &self.elided
    }

    /// Keys that a map has already had, in every map of the document.
    pub fn duplicates(&self) -> Vec<Duplicate<'_>> {
        let nodes = (0..self.nodes.len()).map(|id| Node::new(self, Edge { id, alias: None }));
        let mut duplicates: Vec<_> = nodes.flat_map(Node::duplicates).collect();
        duplicates.sort_by_key(|duplicate| duplicate.again.span().start);
        duplicates
    }
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
    Folded,
}

#[cfg(test)]
mod tests;
