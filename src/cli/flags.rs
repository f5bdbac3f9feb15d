//! Options that need not be typed: the command line as it is declared in; the same with a variable, and with what
//! `book.toml` says, for each option out.
//!
//! `check --fail-on` is `PROOFPRESS_CHECK_FAIL_ON` in the environment and `fail-on` in `[check]`. What is typed goes
//! before the variable, and the variable before the key. A key becomes the option's default, so that the verbs see no
//! difference.

use crate::config::flags::{FLAGS, Flag, Said, Takes};
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command};
use std::path::{Path, PathBuf};

/// Options that have keys with names of their own, which were there before: paths are relative to the book there.
const ELSEWHERE: &[(&str, &str, &str)] = &[
    ("build", "output", "build.build-dir"),
    ("check", "baseline", "check.baseline"),
    ("check", "cache", "check.external.cache"),
    ("check", "dialect", "dialect.anchors, dialect.also"),
];

/// Options that say what a single run is for. A key or a variable for them would do harm when it is forgotten.
const ONCE: &[&str] = &[
    "add-ignore",
    "book",
    "diff",
    "dry-run",
    "help",
    "kind",
    "list-examples",
    "prune-baseline",
    "show-settings",
    "write-baseline",
    "yes",
];

/// The verbs whose options a book may set. The others do not read one.
const VERBS: &[&str] = &["build", "check", "serve", "fix", "mv"];

/// Gives each option its variable, and lists all in the long help of its verb.
pub fn with_variables(command: Command) -> Command {
    command.mut_subcommands(|verb| {
        let name = verb.get_name().to_string();
        if !VERBS.contains(&&*name) {
            return verb;
        }
        let help = verb.get_after_long_help().map_or(String::new(), |help| format!("{help}\n\n"));
        let table = table(&verb);
        verb.mut_args(|arg| with_variable(&name, arg)).after_long_help(help + &table)
    })
}

fn with_variable(verb: &str, arg: Arg) -> Arg {
    let Some(variable) = variable(verb, &arg) else { return arg };
    let is_switch = matches!(arg.get_action(), ArgAction::SetTrue);
    let arg = arg.env(variable).hide_env(true);
    if is_switch { arg.value_parser(switch) } else { arg }
}

/// What a variable says of a switch. An empty one, as pipelines set it where an input is not given, says no.
pub fn switch(word: &str) -> Result<bool, String> {
    match word.to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "on" => Ok(true),
        "false" | "0" | "no" | "off" | "" => Ok(false),
        _ => Err("a switch is `true` or `false`, `1` or `0`".to_string()),
    }
}

/// `PROOFPRESS_CHECK_FAIL_ON`
fn variable(verb: &str, arg: &Arg) -> Option<String> {
    let long = arg.get_long().filter(|long| !ONCE.contains(long) && !arg.is_global_set())?;
    Some(format!("PROOFPRESS_{verb}_{long}").to_uppercase().replace('-', "_"))
}

/// `check.fail-on`
fn key(verb: &str, long: &str) -> Option<String> {
    let elsewhere = ELSEWHERE.iter().find(|(of, option, _)| (*of, *option) == (verb, long));
    elsewhere.map(|(_, _, key)| key.to_string()).or_else(|| flag(verb, long).map(|flag| flag.name()))
}

fn flag(verb: &str, long: &str) -> Option<&'static Flag> {
    FLAGS.iter().find(|flag| (flag.verb, flag.option) == (verb, long))
}

impl Flag {
    fn name(&self) -> String {
        format!("{}.{}", self.table, self.key)
    }
}

fn table(verb: &Command) -> String {
    let name = verb.get_name();
    let rows: Vec<(String, String, String)> = verb
        .get_arguments()
        .filter_map(|arg| {
            let long = arg.get_long()?;
            Some((format!("--{long}"), variable(name, arg)?, key(name, long).unwrap_or_default()))
        })
        .collect();
    let width = |of: fn(&(String, String, String)) -> &String| rows.iter().map(|row| of(row).len()).max().unwrap_or(0);
    let (one, two) = (width(|row| &row.0), width(|row| &row.1));
    let mut out =
        "Variables, and keys of book.toml. What is typed goes before a variable, and a\nvariable before a key:"
            .to_string();
    for (option, variable, key) in &rows {
        out += format!("\n  {option:one$}  {variable:two$}  {key}").trim_end();
    }
    out + "\nFor all verbs: PROOFPRESS_COLOR, PROOFPRESS_CONFIG, PROOFPRESS_ISOLATED."
}

/// Makes what a book says the defaults of a verb's options.
pub fn with_defaults(command: Command, verb: &str, said: &[Said], root: &Path) -> Command {
    command.mut_subcommands(|found| {
        let of_verb = |said: &&Said| FLAGS.iter().any(|flag| flag.verb == verb && flag.says(said));
        if found.get_name() != verb {
            return found;
        }
        said.iter().filter(of_verb).fold(found, |found, said| {
            let Some(flag) = FLAGS.iter().find(|flag| flag.verb == verb && flag.says(said)) else { return found };
            let id =
                found.get_arguments().find(|arg| arg.get_long() == Some(flag.option)).map(|arg| arg.get_id().clone());
            let words: Vec<String> = said.words.iter().map(|word| from_book(flag, word, root)).collect();
            match id {
                Some(id) => found.mut_arg(id, |arg| arg.default_values(words)),
                None => found,
            }
        })
    })
}

impl Flag {
    fn says(&self, said: &Said) -> bool {
        (self.table, self.key) == (said.table, said.key)
    }
}

/// Paths in a book lead from its folder, those that are typed from the current one.
fn from_book(flag: &Flag, word: &str, root: &Path) -> String {
    let path = |path: &str| root.join(path).to_string_lossy().into_owned();
    match (&flag.takes, word.split_once('=')) {
        (Takes::File, _) => path(word),
        (Takes::Formats, Some((format, file))) if !file.is_empty() => format!("{format}={}", path(file)),
        _ => word.to_string(),
    }
}

/// The folder or file in which a verb begins to look for its book.
pub fn start(matches: &ArgMatches) -> Option<(&str, PathBuf)> {
    let (verb, of) = matches.subcommand()?;
    let id = match verb {
        "check" => "paths",
        "build" | "serve" | "fix" => "dir",
        "mv" => "book",
        _ => return None,
    };
    let path = of.get_many::<PathBuf>(id).and_then(|mut paths| paths.next());
    Some((verb, path.cloned().unwrap_or_else(|| PathBuf::from("."))))
}

/// An option's value where a book could say it, and where this one comes from: `check.fail-on`, `"error"`, `default`.
#[derive(Clone)]
pub struct Line {
    pub key: String,
    pub value: String,
    /// None for the key of the book itself.
    pub from: Option<String>,
}

/// The options of a verb with what counts for them.
pub fn lines(command: &Command, matches: &ArgMatches) -> Vec<Line> {
    let Some((verb, of)) = matches.subcommand() else { return Vec::new() };
    let Some(declared) = command.find_subcommand(verb) else { return Vec::new() };
    let line = |flag: &Flag| {
        let arg = declared.get_arguments().find(|arg| arg.get_long() == Some(flag.option))?;
        let id = arg.get_id().as_str();
        let words: Vec<String> =
            of.get_raw(id).into_iter().flatten().map(|word| word.to_string_lossy().into_owned()).collect();
        let quoted = |word: &String| match flag.takes {
            Takes::Switch | Takes::Number(_) => word.clone(),
            _ => toml::Value::String(word.clone()).to_string(),
        };
        let value = match (&flag.takes, words.first()) {
            (_, None) => return None,
            (Takes::Texts | Takes::Formats, _) => {
                format!("[{}]", words.iter().map(quoted).collect::<Vec<_>>().join(", "))
            }
            // As it is understood: a variable may say `yes`.
            (Takes::Switch, _) => of.get_flag(id).to_string(),
            (_, Some(word)) => quoted(word),
        };
        let from = match of.value_source(id)? {
            ValueSource::CommandLine => Some(format!("--{}", flag.option)),
            ValueSource::EnvVariable => variable(verb, arg),
            _ => None,
        };
        Some(Line { key: flag.name(), value, from })
    };
    FLAGS.iter().filter(|flag| flag.verb == verb).filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    /// A new option is listed in one of the three ways.
    #[test]
    fn every_option_has_a_key_or_is_for_once() {
        let command = super::super::Cli::command();
        for verb in command.get_subcommands().filter(|verb| VERBS.contains(&verb.get_name())) {
            let name = verb.get_name();
            for arg in verb.get_arguments().filter(|arg| !arg.is_global_set()) {
                let Some(long) = arg.get_long() else { continue };
                assert_eq!(key(name, long).is_none(), ONCE.contains(&long), "{name} --{long}");
            }
        }
        for flag in FLAGS.iter().filter(|flag| cfg!(feature = "serve") || flag.verb != "serve") {
            let verb = command.find_subcommand(flag.verb).unwrap();
            assert!(
                verb.get_arguments().any(|arg| arg.get_long() == Some(flag.option)),
                "{} {}",
                flag.verb,
                flag.option
            );
        }
    }

    #[test]
    fn what_is_typed_goes_first() {
        let said = |table, key, words: &[&str]| Said {
            table,
            key,
            words: words.iter().map(|word| word.to_string()).collect(),
            span: crate::source::Span::new(crate::source::FileId(0), 0..0),
        };
        let book = [
            said("check", "fail-on", &["note"]),
            said("check", "quiet", &["true"]),
            said("check", "format", &["concise", "json=out.json"]),
            said("build", "strict", &["true"]),
        ];
        let command = with_defaults(with_variables(super::super::Cli::command()), "check", &book, Path::new("book"));
        let shown = |typed: &[&str]| -> Vec<String> {
            let words = ["proofpress", "check"].iter().chain(typed);
            let matches = command.clone().get_matches_from(words);
            let lines = lines(&command, &matches).into_iter();
            let lines = lines.filter(|line| ["check.fail-on", "check.quiet", "check.format"].contains(&&*line.key));
            lines.map(|line| format!("{} {}", line.value, line.from.unwrap_or_default())).collect()
        };
        let file = Path::new("book").join("out.json").display().to_string().replace('\\', "\\\\");
        assert_eq!(shown(&[]), ["\"note\" ", &format!("[\"concise\", \"json={file}\"] "), "true "]);
        let typed = shown(&["--fail-on", "error", "--format", "human", "--quiet"]);
        assert_eq!(typed, ["\"error\" --fail-on", "[\"human\"] --format", "true --quiet"]);
    }
}
