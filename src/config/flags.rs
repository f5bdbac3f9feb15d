//! The keys of `book.toml` that stand for options of the command line: a table in, their values as words out.
//!
//! `fail-on` in `[check]` is `check --fail-on`. An option that is given goes before its key.

use super::table::Table;
use crate::source::Span;
use std::ops::RangeInclusive;

/// A key, and the option whose value it is where none is given.
pub struct Flag {
    pub table: &'static str,
    pub key: &'static str,
    pub verb: &'static str,
    pub option: &'static str,
    pub takes: Takes,
}

/// What stands behind a key.
pub enum Takes {
    Switch,
    Number(RangeInclusive<u64>),
    Choice(&'static [(&'static str, &'static str)]),
    Text,
    Texts,
    /// The path of a file, from the book's folder.
    File,
    /// Formats, each perhaps with `=` and such a path.
    Formats,
}

/// What a key says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub table: &'static str,
    pub key: &'static str,
    /// As they would be typed behind the option; `true` or `false` for a switch.
    pub words: Vec<String>,
    pub span: Span,
}

/// An option of the same name as its key.
const fn same(verb: &'static str, key: &'static str, takes: Takes) -> Flag {
    Flag { table: verb, key, verb, option: key, takes }
}

/// `all` stands for every rule in `[check]`.
const fn list_all(verb: &'static str) -> Flag {
    Flag { table: verb, key: "list-all", verb, option: "all", takes: Takes::Switch }
}

const fn external(key: &'static str, option: &'static str) -> Flag {
    Flag { table: "check.external", key, verb: "check", option, takes: Takes::Switch }
}

pub static FLAGS: &[Flag] = &[
    same("check", "fail-on", Takes::Choice(&[("error", "error"), ("warning", "warning"), ("note", "note")])),
    same("check", "exit-zero", Takes::Switch),
    same("check", "format", Takes::Formats),
    same("check", "output", Takes::File),
    list_all("check"),
    same("check", "verbose", Takes::Switch),
    same("check", "quiet", Takes::Switch),
    same("check", "silent", Takes::Switch),
    same("check", "since", Takes::Text),
    same("check", "timings", Takes::File),
    external("enabled", "external"),
    external("offline", "offline"),
    same("build", "strict", Takes::Switch),
    same("build", "no-highlight", Takes::Switch),
    list_all("build"),
    same("build", "timings", Takes::File),
    same("serve", "port", Takes::Number(0..=65535)),
    same("serve", "host", Takes::Text),
    same("serve", "strict-port", Takes::Switch),
    same("serve", "no-highlight", Takes::Switch),
    same("serve", "clear", Takes::Switch),
    same("fix", "unsafe", Takes::Switch),
    same("fix", "rule", Takes::Texts),
    same("mv", "no-redirect", Takes::Switch),
];

/// Reads the keys of one table.
pub fn read(table: &mut Table, name: &str) -> Vec<Said> {
    let mut all = Vec::new();
    for flag in FLAGS.iter().filter(|flag| flag.table == name) {
        let key = flag.key;
        let words = match &flag.takes {
            Takes::Switch => table.switch(key).map(|on| vec![on.to_string()]),
            Takes::Number(range) => table.number(key, range.clone()).map(|number| vec![number.to_string()]),
            Takes::Choice(words) => table.choice(key, words).map(|word| vec![word.to_string()]),
            Takes::Text | Takes::File => table.string(key).map(|text| vec![text]),
            Takes::Texts | Takes::Formats => {
                let texts: Vec<String> = table.strings(key).into_iter().map(|(text, _)| text).collect();
                Some(texts).filter(|texts| !texts.is_empty())
            }
        };
        if let (Some(words), Some(span)) = (words, table.span_of(key)) {
            all.push(Said { table: flag.table, key, words, span });
        }
    }
    all
}
