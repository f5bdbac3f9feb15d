//! A TOML table that remembers what it was asked for: keys in, typed values out; the keys nobody asked for are reported.
//!
//! So the code that reads a key is also the only list of keys there are.

use super::layers::Origin;
use super::nearest::nearest;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use std::ops::RangeInclusive;
use std::time::Duration;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub struct Table<'a, 'p> {
    origin: Origin,
    entries: &'a DeTable<'a>,
    problems: &'p mut Vec<Diagnostic>,
    asked: Vec<&'static str>,
    /// The author chooses the other keys.
    open: bool,
    place: Span,
}

/// A value and where it stands.
pub type Placed<T> = (T, Span);

impl<'a> Table<'a, '_> {
    /// Lets `read` ask for keys, and reports the rest.
    pub fn read(origin: Origin, entries: &DeTable<'_>, problems: &mut Vec<Diagnostic>, read: impl FnOnce(&mut Table)) {
        Table::read_at(origin, origin.span(0..0), entries, problems, read);
    }

    fn read_at(
        origin: Origin,
        place: Span,
        entries: &DeTable<'_>,
        problems: &mut Vec<Diagnostic>,
        read: impl FnOnce(&mut Table),
    ) {
        let mut table = Table { origin, entries, problems, asked: Vec::new(), open: false, place };
        read(&mut table);
        table.report_unknown();
    }

    /// Where the table stands: its header, or its braces.
    pub fn place(&self) -> Span {
        self.place
    }

    pub fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// Where a key stands.
    pub fn span_of(&self, key: &str) -> Option<Span> {
        let (key, _) = self.entries.get_key_value(key)?;
        Some(self.origin.span(key.span()))
    }

    pub fn report(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    /// Reads a table inside this one; does nothing where it is absent.
    pub fn table(&mut self, key: &'static str, read: impl FnOnce(&mut Table)) {
        let Some(value) = self.get(key) else { return };
        match value.get_ref() {
            DeValue::Table(entries) => Table::read_at(self.origin, self.span(value), entries, self.problems, read),
            _ => self.wrong(value, &format!("`{key}` is a table")),
        }
    }

    /// Reads each table inside the table `key`; the author chooses their names.
    pub fn named(&mut self, key: &'static str, mut read: impl FnMut(&str, &mut Table)) {
        let Some(value) = self.get(key) else { return };
        let Some(entries) = value.get_ref().as_table() else {
            return self.wrong(value, &format!("`{key}` is a table"));
        };
        for (name, value) in entries {
            let name: &str = name.get_ref();
            match value.get_ref() {
                DeValue::Table(inner) => {
                    Table::read_at(self.origin, self.span(value), inner, self.problems, |table| read(name, table));
                }
                _ => self.wrong(value, &format!("`{key}` holds tables: `[{key}.{name}]`")),
            }
        }
    }

    /// Reads each table of `[[key]]`.
    pub fn tables(&mut self, key: &'static str, mut read: impl FnMut(&mut Table)) {
        let Some(value) = self.get(key) else { return };
        let Some(items) = value.get_ref().as_array() else {
            return self.wrong(value, &format!("`{key}` is a list of tables, each under `[[{key}]]`"));
        };
        for item in items {
            match item.get_ref() {
                DeValue::Table(entries) => {
                    Table::read_at(self.origin, self.span(item), entries, self.problems, &mut read)
                }
                _ => self.wrong(item, &format!("`{key}` is a list of tables, each under `[[{key}]]`")),
            }
        }
    }

    /// A key that is read elsewhere.
    pub fn skip(&mut self, key: &'static str) {
        self.asked.push(key);
    }

    pub fn string(&mut self, key: &'static str) -> Option<String> {
        self.placed(key).map(|(text, _)| text)
    }

    pub fn placed(&mut self, key: &'static str) -> Option<Placed<String>> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::String(text) => Some((text.to_string(), self.span(value))),
            _ => {
                self.wrong(value, &format!("`{key}` is a text in quotes"));
                None
            }
        }
    }

    /// One of a few words; `help` lists them.
    pub fn choice<T: Copy>(&mut self, key: &'static str, choices: &[(&str, T)]) -> Option<T> {
        let (text, span) = self.placed(key)?;
        let found = choices.iter().find(|(name, _)| *name == text).map(|(_, value)| *value);
        if found.is_none() {
            let names: Vec<String> = choices.iter().map(|(name, _)| format!("`{name}`")).collect();
            let message = format!("`{key}` cannot be `{text}`");
            self.problems
                .push(Diagnostic::error("config-value", span, message).help(format!("use {}", names.join(" or "))));
        }
        found
    }

    /// The thing of a name, where there is such a thing; the error of `find` is help.
    pub fn known<T>(
        &mut self,
        (name, span): Placed<String>,
        what: &str,
        find: impl Fn(&str) -> Result<T, String>,
    ) -> Option<T> {
        let problem = |help| {
            let message = format!("there is no {what} `{name}`");
            self.problems.push(Diagnostic::error("config-value", span, message).help(help));
        };
        find(&name).map_err(problem).ok()
    }

    pub fn strings(&mut self, key: &'static str) -> Vec<Placed<String>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            self.wrong(value, &format!("`{key}` is a list of texts"));
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::String(text) => texts.push((text.to_string(), self.span(item))),
                _ => self.wrong(item, &format!("`{key}` is a list of texts")),
            }
        }
        texts
    }

    /// A table of texts under names of the author's own.
    pub fn map(&mut self, key: &'static str) -> Vec<(String, Placed<String>)> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let Some(entries) = value.get_ref().as_table() else {
            self.wrong(value, &format!("`{key}` is a table"));
            return Vec::new();
        };
        let mut texts = Vec::new();
        for (name, value) in entries {
            match value.get_ref() {
                DeValue::String(text) => texts.push((name.get_ref().to_string(), (text.to_string(), self.span(value)))),
                _ => self.wrong(value, &format!("`{}` is a text in quotes", name.get_ref())),
            }
        }
        texts
    }

    pub fn number(&mut self, key: &'static str, range: RangeInclusive<u64>) -> Option<u64> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::Integer(_) => self.in_range(key, value, &range),
            _ => {
                self.wrong(value, &format!("`{key}` is a number"));
                None
            }
        }
    }

    pub fn numbers(&mut self, key: &'static str, range: RangeInclusive<u64>) -> Vec<u64> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            self.wrong(value, &format!("`{key}` is a list of numbers"));
            return Vec::new();
        };
        items.iter().filter_map(|item| self.in_range(key, item, &range)).collect()
    }

    /// A span of time, written as a number of seconds.
    pub fn seconds(&mut self, key: &'static str, range: RangeInclusive<f64>) -> Option<Duration> {
        let value = self.get(key)?;
        let written = match value.get_ref() {
            DeValue::Integer(number) => number.as_str(),
            DeValue::Float(number) => number.as_str(),
            _ => {
                self.wrong(value, &format!("`{key}` is a number of seconds"));
                return None;
            }
        };
        let seconds = written.parse().ok().filter(|seconds| range.contains(seconds));
        if seconds.is_none() {
            let help = format!("use a number of seconds from {} to {}", range.start(), range.end());
            self.reject(self.span(value), format!("`{key}` cannot be {written}"));
            self.help(help);
        }
        seconds.map(Duration::from_secs_f64)
    }

    pub fn switch(&mut self, key: &'static str) -> Option<bool> {
        let value = self.get(key)?;
        let switch = value.get_ref().as_bool();
        if switch.is_none() {
            self.wrong(value, &format!("`{key}` is `true` or `false`"));
        }
        switch
    }

    fn in_range(&mut self, key: &str, value: &Spanned<DeValue>, range: &RangeInclusive<u64>) -> Option<u64> {
        let DeValue::Integer(number) = value.get_ref() else {
            self.wrong(value, &format!("`{key}` holds numbers"));
            return None;
        };
        let found = u64::from_str_radix(number.as_str(), number.radix()).ok().filter(|number| range.contains(number));
        if found.is_none() {
            self.reject(self.span(value), format!("`{key}` cannot be {}", number.as_str()));
            self.help(format!("use a number from {} to {}", range.start(), range.end()));
        }
        found
    }

    /// All keys that nobody has asked for, each with its place, and its text or what is wrong with its value.
    pub fn rest(&mut self) -> Vec<(String, Span, Result<String, Diagnostic>)> {
        self.open = true;
        let unasked = self.entries.iter().filter(|(key, _)| {
            let name: &str = key.get_ref();
            !name.is_empty() && !self.asked.contains(&name)
        });
        let rest = unasked.map(|(key, value)| {
            let text = match value.get_ref() {
                DeValue::String(text) => Ok(text.to_string()),
                _ => Err(self.mistyped(value, &format!("`{}` is a text in quotes", key.get_ref()))),
            };
            (key.get_ref().to_string(), self.origin.span(key.span()), text)
        });
        rest.collect()
    }

    /// The keys that were asked for.
    pub fn asked(&self) -> &[&'static str] {
        &self.asked
    }

    /// Reports a value that cannot be.
    pub fn reject(&mut self, span: Span, message: String) {
        self.problems.push(Diagnostic::error("config-value", span, message));
    }

    /// Says what to do about what was reported last.
    fn help(&mut self, help: String) {
        if let Some(problem) = self.problems.last_mut() {
            problem.help = Some(help);
        }
    }

    fn get(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.push(key);
        self.entries.get(key)
    }

    fn span(&self, value: &Spanned<DeValue<'_>>) -> Span {
        self.origin.span(value.span())
    }

    fn wrong(&mut self, value: &Spanned<DeValue<'_>>, message: &str) {
        self.problems.push(self.mistyped(value, message));
    }

    fn mistyped(&self, value: &Spanned<DeValue<'_>>, message: &str) -> Diagnostic {
        let found = value.get_ref().type_str();
        Diagnostic::error("config-type", self.span(value), format!("{message}, not of type {found}"))
    }

    fn report_unknown(self) {
        for key in self.entries.keys() {
            let name: &str = key.get_ref();
            // The parser leaves an empty key where there was none.
            if self.open || name.is_empty() || self.asked.contains(&name) {
                continue;
            }
            let span = self.origin.span(key.span());
            let help = match nearest(name, self.asked.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if self.asked.is_empty() => "remove it".to_string(),
                None => format!("known here: `{}`", self.asked.join("`, `")),
            };
            let found = Diagnostic::error("config-unknown-key", span, format!("unknown key `{name}`"));
            self.problems.push(found.help(help).see("config-unknown-key"));
        }
    }
}
