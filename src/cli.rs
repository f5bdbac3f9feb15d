//! The command line: arguments in, exit code out. 0 is well, 1 is findings, 2 is that it could not be done.

mod anchor;
mod build;
mod check;
mod completions;
mod consent;
mod emit;
mod explain;
mod external;
mod fix;
mod flags;
mod init;
mod internal;
mod judge;
mod man;
mod mv;
mod place;
mod progress;
mod ratchet;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod settings;
mod silence;
mod stages;
mod subject;
mod terminal;
mod typed;

use crate::config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::disk::given::Given;
use crate::disk::read;
use crate::report::{Files, Finding, Look, human};
use crate::source::Sources;
use clap::{ArgAction, ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand};
use place::place;
use std::io::{BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use terminal::{When, color, links};

const HELP: &str = "\
Examples:
  proofpress serve             preview the book in this folder while you write
  proofpress check --fail-on warning
  proofpress help check        all options of a verb

Exit codes: 0 well, 1 findings, 2 could not run.

Variables for all verbs: PROOFPRESS_COLOR, PROOFPRESS_CONFIG, PROOFPRESS_ISOLATED.
The help of a verb lists those of its options.";

/// Builds, checks and previews GitBook repositories on your own machine.
#[derive(Parser)]
#[command(name = "proofpress", version, after_long_help = HELP)]
struct Cli {
    /// When to use colours.
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true, hide_possible_values = true)]
    #[arg(env = "PROOFPRESS_COLOR", hide_env = true)]
    color: When,
    /// A file to read in place of `book.toml`, or one of its keys, as in `--config book.title=Pumps`. Repeatable.
    #[arg(long, value_name = "FILE|KEY=VALUE", action = ArgAction::Append, global = true, hide_short_help = true)]
    #[arg(env = "PROOFPRESS_CONFIG", hide_env = true)]
    config: Vec<String>,
    /// Read no `book.toml`. GitBook's own files, which say where the content is, still count.
    #[arg(long, global = true, hide_short_help = true, value_parser = flags::switch)]
    #[arg(env = "PROOFPRESS_ISOLATED", hide_env = true)]
    isolated: bool,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Build the site.
    ///
    /// Problems in the content are reported and do not stop it.
    Build(build::Args),
    /// Check books, plugins and YAML files without writing anything.
    Check(Box<check::Args>),
    /// Preview the site while you write.
    #[cfg(feature = "serve")]
    Serve(serve::Args),
    Fix(fix::Args),
    Mv(mv::Args),
    Init(init::Args),
    /// Print what a rule, a kind of YAML file or a field of one means.
    Explain(explain::Args),
    /// Print the JSON Schema of a kind of YAML file, for editors.
    Schema(schema::Args),
    /// Print the id that a heading gets on GitBook, GitHub and others.
    Anchor(anchor::Args),
    Completions(completions::Args),
    Man(man::Args),
    /// Print the version.
    #[command(after_long_help = "Example:\n  proofpress version\n\nExit codes: 0 well, 2 cannot be written.")]
    Version,
}

/// What all verbs know of their run.
#[derive(Clone)]
struct Setup {
    color: bool,
    /// Whether the terminal makes links of paths.
    links: bool,
    given: Given,
    /// The options with what counts for them.
    flags: Vec<flags::Line>,
}

/// Runs the program with the process's arguments.
pub fn run() -> ExitCode {
    internal::guarded(|| {
        let command = flags::with_variables(Cli::command());
        let done = typed::read(&command).and_then(|typed| start_verb(command, &typed));
        done.unwrap_or_else(|message| {
            say(&mut std::io::stderr(), &format!("error: {message}\n"));
            ExitCode::from(2)
        })
    })
}

/// Reads the words once more when the book has defaults for them, then does what they say.
fn start_verb(command: clap::Command, typed: &ArgMatches) -> Result<ExitCode, String> {
    let words: Vec<String> = typed.get_many("config").into_iter().flatten().cloned().collect();
    let given = Given::new(&words, typed.get_flag("isolated"))?;
    let mut command = command;
    if let Some((verb, folder)) = flags::start(typed) {
        let root = read::find_root(&folder);
        let said = config::resolve(&given.settings(&root)).flags;
        command = flags::with_defaults(command, verb, &said, &root);
    }
    let matches = typed::read(&command)?;
    let cli = Cli::from_arg_matches(&matches).map_err(|error| error.to_string())?;
    let env = |name: &str| std::env::var(name).ok();
    let color = color(cli.color, env, std::io::stderr().is_terminal());
    let setup = Setup { color, links: links(cli.color, env), given, flags: flags::lines(&command, &matches) };
    match cli.verb {
        Verb::Build(args) => build::run(args, &setup),
        Verb::Check(args) => check::run(*args, &setup),
        #[cfg(feature = "serve")]
        Verb::Serve(args) => serve::run(args, &setup),
        Verb::Fix(args) => fix::run(args, &setup),
        Verb::Mv(args) => mv::run(args, &setup),
        Verb::Init(args) => init::run(args),
        Verb::Explain(args) => explain::run(args),
        Verb::Schema(args) => schema::run(args),
        Verb::Anchor(args) => anchor::run(args),
        Verb::Completions(args) => completions::run(args, Cli::command()),
        Verb::Man(args) => man::run(args, flags::with_variables(Cli::command())),
        Verb::Version => {
            put(&format!("proofpress {}\n", env!("CARGO_PKG_VERSION")))?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Writes what was asked for to stdout. A reader that has gone away is no error; a disk that is full is one.
fn put(text: &str) -> Result<(), String> {
    let mut out = std::io::stdout().lock();
    emit::written("stdout", out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// Says something on stderr. Where that cannot be written to, nobody can be told either.
fn say(out: &mut dyn Write, text: &str) {
    let _ = out.write_all(text.as_bytes());
    let _ = out.flush();
}

/// Prints findings of at least this severity to stderr, at most `limit` of them, errors before the rest when not all are shown.
fn print(all: &[Diagnostic], sources: &Sources, root: &Path, setup: &Setup, least: Severity, limit: usize) {
    let place = place(root);
    let files = Files::new(sources, &place);
    let shown: Vec<Finding> =
        all.iter().filter(|found| found.severity >= least).map(|found| files.finding(found)).collect();
    let base = setup.base();
    let look = Look { limit: Some(limit), ..setup.look(base.as_deref()) };
    let mut out = BufWriter::new(std::io::stderr());
    let _ = human(&shown, look, &mut out).and_then(|()| out.flush());
}

impl Setup {
    /// The current folder, where paths shall be links.
    fn base(&self) -> Option<String> {
        let here = std::env::current_dir().ok().filter(|_| self.links)?;
        Some(here.to_string_lossy().replace('\\', "/").trim_matches('/').to_string())
    }

    /// How findings are shown on this terminal.
    fn look<'a>(&self, base: Option<&'a str>) -> Look<'a> {
        let width = terminal_size::terminal_size_of(std::io::stderr()).map(|(width, _)| usize::from(width.0));
        Look { color: self.color, base, width, ..Look::default() }
    }

    /// The texts of a book, with the settings that count.
    fn read(&self, root: &Path) -> Result<Sources, String> {
        read::read(root).map(|sources| self.given.apply(root, sources)).map_err(|error| error.to_string())
    }
}

/// The folder of the book that a folder belongs to; the current one where none is named. A folder that is no book at all
/// has no faults either, and a wrong folder in a pipeline would pass for a good book.
fn book(dir: Option<PathBuf>) -> Result<PathBuf, String> {
    let root = read::find_root(&start(dir)?);
    if read::is_book(&root) {
        return Ok(root);
    }
    // In the log of a pipeline `.` says nothing.
    let full = std::path::absolute(&root).unwrap_or(root);
    Err(format!(
        "`{}` is no book: it has no `book.toml`, `.gitbook.yaml`, `SUMMARY.md` or `README.md`, and no other Markdown \
         file that Git would keep\nhelp: name the book's folder or run Proofpress there; `proofpress init` writes a new book",
        full.display()
    ))
}

/// The folder to start looking for a book in.
fn start(dir: Option<PathBuf>) -> Result<PathBuf, String> {
    let dir = dir.unwrap_or_else(|| PathBuf::from("."));
    if dir.is_dir() { Ok(dir) } else { Err(format!("there is no folder `{}`", dir.display())) }
}
