//! `[[examples]]` of `book.toml` as written in; patterns that bind fences and files out, and what is wrong in them.

use super::collect::{Fence, Language};
use super::{Bound, Judge};
use crate::config::Config;
use crate::config::nearest::nearest;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// All entries, in their order.
#[derive(Default)]
pub struct Patterns {
    entries: Vec<Entry>,
}

/// One `[[examples]]`.
struct Entry {
    /// Its number in the file, from 1.
    number: usize,
    /// None for `kind = "none"`.
    bound: Option<Bound>,
    partial: bool,
    pages: Option<GlobSet>,
    title: Option<GlobSet>,
    files: Option<GlobSet>,
}

/// What an entry says of a fence.
pub struct Said<'p> {
    pub number: usize,
    pub bound: Option<&'p Bound>,
    pub partial: bool,
}

impl Patterns {
    /// The first entry that names the fence by its page, its title, or both.
    pub fn fence(&self, fence: &Fence) -> Option<Said<'_>> {
        let fits = |entry: &&Entry| {
            let of_files = entry.files.is_some() && entry.pages.is_none() && entry.title.is_none();
            let page = entry.pages.as_ref().is_none_or(|pages| pages.is_match(fence.path));
            let title = entry
                .title
                .as_ref()
                .is_none_or(|globs| fence.title.as_ref().is_some_and(|title| globs.is_match(title.trim())));
            !of_files && page && title
        };
        let entry = self.entries.iter().find(fits)?;
        Some(Said { number: entry.number, bound: entry.bound.as_ref(), partial: entry.partial })
    }

    /// What a file of the book is by the first entry whose `files` name it, and that entry's number.
    pub fn file(&self, path: &str) -> Option<(&Bound, usize)> {
        if self.entries.iter().all(|entry| entry.files.is_none()) || Language::of_file(path).is_none() {
            return None;
        }
        let entry = self.entries.iter().find(|entry| entry.files.as_ref().is_some_and(|files| files.is_match(path)))?;
        Some((entry.bound.as_ref()?, entry.number))
    }
}

/// Reads the entries. One with a fault is reported and binds nothing.
pub fn read(config: &Config, judge: &Judge) -> (Patterns, Vec<Diagnostic>) {
    let mut patterns = Patterns::default();
    let mut found = Vec::new();
    for (index, table) in config.examples.iter().enumerate() {
        let mut reader = Reader { config, index, found: &mut found, broken: false };
        let entry = reader.entry(table, judge);
        if !reader.broken {
            patterns.entries.extend(entry);
        }
    }
    (patterns, found)
}

const KEYS: [&str; 5] = ["kind", "pages", "title", "files", "partial"];

struct Reader<'a> {
    config: &'a Config,
    index: usize,
    found: &'a mut Vec<Diagnostic>,
    broken: bool,
}

impl Reader<'_> {
    fn entry(&mut self, table: &toml::Table, judge: &Judge) -> Option<Entry> {
        for key in table.keys().filter(|key| !KEYS.contains(&key.as_str())) {
            let help = match nearest(key, KEYS) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known here: `{}`", KEYS.join("`, `")),
            };
            self.report("config-unknown-key", Some(key), format!("unknown key `{key}`"), Some(help));
        }
        let partial = match table.get("partial") {
            None => false,
            Some(toml::Value::Boolean(partial)) => *partial,
            Some(_) => {
                self.report("config-type", Some("partial"), "`partial` is `true` or `false`".to_string(), None);
                false
            }
        };
        let [pages, title, files] = ["pages", "title", "files"].map(|key| self.globs(table, key));
        let bound = match table.get("kind") {
            Some(toml::Value::String(kind)) if kind == "none" => None,
            Some(toml::Value::String(kind)) => match judge.kind(kind) {
                Ok(bound) => Some(bound),
                Err(unknown) => {
                    let (message, help) = unknown.explain(kind);
                    self.report("unknown-kind", Some("kind"), message, Some(help));
                    None
                }
            },
            Some(_) => {
                self.report("config-type", Some("kind"), "`kind` is a text in quotes".to_string(), None);
                None
            }
            None => {
                let help = "add `kind = \"…\"`, or `kind = \"none\"` to leave these alone".to_string();
                self.report("config-value", None, "these examples have no kind".to_string(), Some(help));
                None
            }
        };
        Some(Entry { number: self.index + 1, bound, partial, pages, title, files })
    }

    /// One pattern or a list of them.
    fn globs(&mut self, table: &toml::Table, key: &str) -> Option<GlobSet> {
        let patterns: Vec<&str> = match table.get(key)? {
            toml::Value::String(pattern) => vec![pattern],
            toml::Value::Array(items) if items.iter().all(toml::Value::is_str) => {
                items.iter().filter_map(toml::Value::as_str).collect()
            }
            _ => {
                self.report("config-type", Some(key), format!("`{key}` is a pattern or a list of patterns"), None);
                return None;
            }
        };
        let mut set = GlobSetBuilder::new();
        for pattern in patterns {
            // `*` stops at folders, as in `.gitignore`; `**` does not.
            match GlobBuilder::new(pattern.trim_start_matches("./")).literal_separator(true).build() {
                Ok(glob) => drop(set.add(glob)),
                Err(error) => {
                    let message = format!("`{pattern}` is no pattern: {}", error.kind());
                    let help = "`*` stands for any name, `**` for any folders, `[ab]` for one of these".to_string();
                    self.report("config-value", Some(key), message, Some(help));
                }
            }
        }
        set.build().ok()
    }

    fn report(&mut self, rule: &'static str, key: Option<&str>, message: String, help: Option<String>) {
        self.broken = true;
        if let Some(span) = self.place(key) {
            let mut found = Diagnostic::error(rule, span, message);
            found.help = help;
            self.found.push(found);
        }
    }

    fn place(&self, key: Option<&str>) -> Option<Span> {
        let entry = format!("examples.{}", self.index);
        let key = key.and_then(|key| self.config.places.get(&format!("{entry}.{key}")));
        let places = &self.config.places;
        key.or_else(|| places.get(&entry)).or_else(|| places.get("examples")).copied()
    }
}
