//! A YAML file of settings in; texts, switches and what is wrong with them out.

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{FileId, Span};
use crate::yaml::{self, Document, Node};

/// Reads one file. Everything it finds wrong is kept, and what is right still counts.
pub struct Reader<'p> {
    file: FileId,
    problems: &'p mut Vec<Diagnostic>,
}

impl Reader<'_> {
    /// Parses a text and hands its root to `read`; does nothing for an empty file.
    pub fn read(file: FileId, text: &str, problems: &mut Vec<Diagnostic>, read: impl FnOnce(&mut Reader, Node)) {
        let document = yaml::parse(text);
        let mut reader = Reader { file, problems };
        reader.report(&document);
        if let Some(root) = document.root().filter(|root| !root.is_null()) {
            read(&mut reader, root);
        }
    }

    fn report(&mut self, document: &Document) {
        for problem in &document.problems {
            let span = Span::new(self.file, problem.range.clone());
            let mut diagnostic = Diagnostic::error("config-syntax", span, problem.message.clone());
            diagnostic.help = problem.help.clone();
            self.problems.push(diagnostic);
        }
        for duplicate in document.duplicates() {
            let name = duplicate.again.text().unwrap_or("key");
            let span = self.span(duplicate.again);
            let first = self.span(duplicate.first);
            let diagnostic = Diagnostic::warning("config-duplicate-key", span, format!("`{name}` is given twice"));
            self.problems.push(diagnostic.label(first, "first given here").help("remove one; the last one counts"));
        }
    }

    /// Keys and values of a map; reports anything else. Keys are free of invisible characters.
    pub fn entries<'a>(&mut self, map: Node<'a>, what: &str) -> Vec<(String, Node<'a>, Node<'a>)> {
        if !map.is_map() && !map.is_null() {
            self.wrong(map, &format!("{what} is a map of names and values"));
        }
        let entries = map.merged_entries();
        entries.into_iter().filter_map(|(key, value)| Some((self.visible(key)?, key, value))).collect()
    }

    /// A single value as text; reports lists and maps. None for nothing.
    pub fn text(&mut self, value: Node, what: &str) -> Option<String> {
        if value.is_null() {
            return None;
        }
        if value.text().is_none() {
            self.wrong(value, &format!("{what} is a text"));
        }
        self.visible(value)
    }

    pub fn switch(&mut self, value: Node, what: &str) -> bool {
        if value.as_bool().is_none() && !value.is_null() {
            self.wrong(value, &format!("{what} is `true` or `false`"));
        }
        value.as_bool().unwrap_or(false)
    }

    /// The text without the characters that nobody sees, which come along when it is pasted from a web page.
    fn visible(&mut self, node: Node) -> Option<String> {
        let text = node.text()?;
        let seen: String = text.chars().filter(|c| !matches!(c, '\u{200B}' | '\u{FEFF}')).collect();
        if seen.len() < text.len() {
            let message = format!("invisible characters in `{seen}`");
            let diagnostic = Diagnostic::warning("config-invisible-character", self.span(node), message);
            self.problems.push(diagnostic.help("delete the word and type it again; GitBook does not recognise it"));
        }
        Some(seen.trim().to_string())
    }

    pub fn wrong(&mut self, node: Node, message: &str) {
        self.report_at(Severity::Warning, "config-type", node, message.to_string(), None);
    }

    pub fn report_at(
        &mut self,
        severity: Severity,
        rule: &'static str,
        node: Node,
        text: String,
        help: Option<String>,
    ) {
        let mut diagnostic = Diagnostic::new(rule, severity, self.span(node), text);
        diagnostic.help = help;
        self.problems.push(diagnostic);
    }

    pub fn span(&self, node: Node) -> Span {
        Span::new(self.file, node.span())
    }
}
