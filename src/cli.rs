//! The command line: arguments in, exit code out. 0 is well, 1 is findings, 2 is that it could not be done.

mod build;
mod check;
mod completions;
mod consent;
mod emit;
mod explain;
mod external;
mod fix;
mod init;
mod judge;
mod mv;
mod ratchet;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod settings;
mod subject;
mod terminal;

use crate::diagnostic::{Diagnostic, Severity};
use crate::report::{Files, Finding, Look, human};
use crate::source::Sources;
use clap::{CommandFactory, Parser, Subcommand};
use std::io::{BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use terminal::{When, color};

/// Builds, checks and previews GitBook repositories on your own machine.
#[derive(Parser)]
#[command(name = "proofpress", version, after_help = "Exit codes: 0 well, 1 findings, 2 could not run.")]
struct Cli {
    /// When to use colours.
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    color: When,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Build the site. Problems in the content are reported and do not stop it.
    Build(build::Args),
    /// Check books, plugins and YAML files without writing anything.
    Check(check::Args),
    /// Preview the site while you write.
    #[cfg(feature = "serve")]
    Serve(serve::Args),
    Fix(fix::Args),
    Mv(mv::Args),
    Init(init::Args),
    Completions(completions::Args),
    /// Print the version.
    Version,
    /// Print what a rule, a kind of YAML file or a field of one means.
    Explain(explain::Args),
    /// Print the JSON Schema of a kind of YAML file, for editors.
    Schema(schema::Args),
    /// Print the id that a heading gets.
    Anchor {
        /// The heading's text.
        text: String,
    },
}

/// Runs the program with the process's arguments.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let color = color(cli.color, |name| std::env::var(name).ok(), std::io::stderr().is_terminal());
    let result = match cli.verb {
        Verb::Build(args) => build::run(args, color),
        Verb::Check(args) => check::run(args, color),
        #[cfg(feature = "serve")]
        Verb::Serve(args) => serve::run(args, color),
        Verb::Fix(args) => fix::run(args, color),
        Verb::Mv(args) => mv::run(args, color),
        Verb::Init(args) => init::run(args),
        Verb::Completions(args) => completions::run(args, Cli::command()),
        Verb::Version => {
            say(&mut std::io::stdout(), &format!("proofpress {}\n", env!("CARGO_PKG_VERSION")));
            Ok(ExitCode::SUCCESS)
        }
        Verb::Explain(args) => explain::run(args),
        Verb::Schema(args) => schema::run(args),
        Verb::Anchor { text } => {
            say(&mut std::io::stdout(), &format!("{}\n", crate::slug::heading_id(&text)));
            Ok(ExitCode::SUCCESS)
        }
    };
    result.unwrap_or_else(|message| {
        say(&mut std::io::stderr(), &format!("error: {message}\n"));
        ExitCode::from(2)
    })
}

/// Writes to a terminal or pipe. A reader that has gone away is no error.
fn say(out: &mut dyn Write, text: &str) {
    let _ = out.write_all(text.as_bytes());
    let _ = out.flush();
}

/// The way from the current folder to the book's, to stand before paths in messages.
fn shown_prefix(root: &Path) -> String {
    let here = std::env::current_dir().and_then(|dir| dir.canonicalize()).ok();
    let real = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
    let shown = match here {
        Some(here) if real.starts_with(&here) => way(&here, &real),
        // A link out of this folder is shown as it was named.
        _ if root.is_relative() => root.to_path_buf(),
        Some(here) => way(&here, &real),
        None => real,
    };
    let shown = shown.to_string_lossy().replace('\\', "/");
    if shown.is_empty() || shown == "." { String::new() } else { format!("{}/", shown.trim_end_matches('/')) }
}

/// The relative path from one folder to another, where there is one.
fn way(from: &Path, to: &Path) -> PathBuf {
    let common = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    if common == 0 {
        return to.to_path_buf();
    }
    let up = from.components().skip(common).map(|_| "..");
    up.map(PathBuf::from).chain(to.components().skip(common).map(|part| PathBuf::from(part.as_os_str()))).collect()
}

/// Prints findings of at least this severity to stderr, at most `limit` of them, errors before the rest when not all are shown.
fn print(all: &[Diagnostic], sources: &Sources, root: &Path, color: bool, least: Severity, limit: usize) {
    let prefix = shown_prefix(root);
    let files = Files::new(sources, &prefix);
    let shown: Vec<Finding> =
        all.iter().filter(|found| found.severity >= least).map(|found| files.finding(found)).collect();
    let mut out = BufWriter::new(std::io::stderr());
    let _ = human(&shown, Look { color, limit: Some(limit), ..Look::default() }, &mut out).and_then(|()| out.flush());
}

/// The folder to start looking for a book in.
fn start(dir: Option<PathBuf>) -> Result<PathBuf, String> {
    let dir = dir.unwrap_or_else(|| PathBuf::from("."));
    if dir.is_dir() { Ok(dir) } else { Err(format!("there is no folder `{}`", dir.display())) }
}
