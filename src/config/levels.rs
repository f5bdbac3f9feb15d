//! `[check]` of `book.toml`: the table in; what each rule counts for, in the whole book and in some of its files, out.
//!
//! Whether a rule of this name exists is not known here; whoever knows all rules asks for [`Levels::named`].

use super::table::Table;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Span;
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use std::collections::BTreeMap;

/// What a rule counts for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Its findings are left out.
    Off,
    At(Severity),
}

impl Level {
    /// As it is written in `book.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Level::Off => "off",
            Level::At(Severity::Note) => "note",
            Level::At(Severity::Warning) => "warn",
            Level::At(Severity::Error) => "error",
        }
    }

    fn parse(word: &str) -> Option<Level> {
        Some(match word {
            "off" => Level::Off,
            "note" => Level::At(Severity::Note),
            "warn" | "warning" => Level::At(Severity::Warning),
            "error" => Level::At(Severity::Error),
            _ => return None,
        })
    }
}

/// The levels of a book.
#[derive(Clone, Debug, Default)]
pub struct Levels {
    /// `[check]`
    book: ByRule,
    /// `[[check.paths]]`, in their order.
    paths: Vec<(Vec<String>, GlobSet, ByRule)>,
    /// Every name that stands for a rule.
    named: Vec<Named>,
    /// `baseline`: a file of findings that do not count, with its place in `book.toml`.
    pub baseline: Option<(String, Span)>,
}

/// A name that a table has for a rule. What is wrong with its level matters only if there is such a rule.
#[derive(Clone, Debug)]
pub struct Named {
    pub name: String,
    pub span: Span,
    pub fault: Option<Diagnostic>,
    /// Names that are no rules and can stand in its place.
    pub keys: Vec<&'static str>,
}

/// Levels by rule, and where each is written.
type ByRule = BTreeMap<String, (Level, Span)>;

/// The word that stands for every rule that its table does not name.
const ALL: &str = "all";

impl Levels {
    /// What is written for a rule in a file: the last `[[check.paths]]` that names both counts, then `[check]`. `all`
    /// counts where the rule is not named beside it. It turns on no rule that looks only where it is named (`by_name`).
    pub fn level(&self, path: &str, rule: &str, by_name: bool) -> Option<Level> {
        let paths = self.paths.iter().rev().filter(|(_, files, _)| files.is_match(path));
        let mut tables = paths.map(|(_, _, table)| table).chain([&self.book]);
        let named = tables.clone().find_map(|table| table.get(rule)).map(|(level, _)| *level);
        if by_name && !matches!(named, Some(Level::At(_))) {
            return named;
        }
        tables.find_map(|table| table.get(rule).or_else(|| table.get(ALL))).map(|(level, _)| *level)
    }

    /// Whether the rule is named anywhere.
    pub fn names(&self, rule: &str) -> bool {
        self.tables().any(|table| table.contains_key(rule))
    }

    /// Every name that stands for a rule, whether or not there is one.
    pub fn named(&self) -> &[Named] {
        &self.named
    }

    /// What is written, in the order of the file: the patterns of a `[[check.paths]]` or none, rule, level, place.
    pub fn written(&self) -> impl Iterator<Item = (&[String], &str, Level, Span)> {
        let book = [(&[][..], &self.book)].into_iter();
        let all = book.chain(self.paths.iter().map(|(patterns, _, table)| (&patterns[..], table)));
        all.flat_map(|(patterns, table)| table.iter().map(move |(rule, (level, at))| (patterns, &**rule, *level, *at)))
    }

    fn tables(&self) -> impl Iterator<Item = &ByRule> {
        [&self.book].into_iter().chain(self.paths.iter().map(|(_, _, table)| table))
    }
}

/// Reads `[check]`.
pub(super) fn read(check: &mut Table) -> Levels {
    let mut levels = Levels { baseline: check.placed("baseline"), ..Levels::default() };
    let (mut paths, mut named) = (Vec::new(), Vec::new());
    check.tables("paths", |table| paths.push(read_paths(table, &mut named)));
    levels.paths = paths.into_iter().flatten().collect();
    levels.book = read_table(check, &mut named);
    levels.named = named;
    levels
}

fn read_paths(table: &mut Table, named: &mut Vec<Named>) -> Option<(Vec<String>, GlobSet, ByRule)> {
    let patterns = table.strings("paths");
    if !table.has("paths") {
        let message = "nothing says for which files these levels are";
        let found = Diagnostic::error("config-value", table.place(), message);
        table.report(found.help("add `paths = [\"folder/**\"]`"));
    }
    let mut set = GlobSetBuilder::new();
    for (pattern, span) in &patterns {
        // A folder stands for all that is in it.
        let below = if pattern.ends_with('/') { format!("{pattern}**") } else { pattern.clone() };
        match GlobBuilder::new(below.trim_start_matches("./")).literal_separator(true).build() {
            Ok(glob) => drop(set.add(glob)),
            Err(error) => {
                let found = format!("`{pattern}` is no pattern: {}", error.kind());
                let help = "`*` stands for any name, `**` for any folders, `[ab]` for one of these";
                table.report(Diagnostic::error("config-value", *span, found).help(help));
            }
        }
    }
    let levels = read_table(table, named);
    Some((patterns.into_iter().map(|(pattern, _)| pattern).collect(), set.build().ok()?, levels))
}

fn read_table(table: &mut Table, named: &mut Vec<Named>) -> ByRule {
    let mut levels = BTreeMap::new();
    for (name, span, word) in table.rest() {
        let level = word.as_ref().ok().and_then(|word| Level::parse(word));
        levels.extend(level.map(|level| (name.clone(), (level, span))));
        let no_level = |word| {
            let found = Diagnostic::error("config-value", span, format!("`{word}` is no level"));
            found.help("use `off`, `note`, `warn` or `error`")
        };
        let fault = if level.is_some() { None } else { Some(word.map_or_else(|fault| fault, no_level)) };
        if name != ALL {
            let keys = [table.asked(), &[ALL]].concat();
            named.push(Named { name, span, fault, keys });
        } else if let Some(fault) = fault {
            table.report(fault);
        }
    }
    levels
}
