//! `proofpress init`: a folder in; a small book in it out, or only a workflow where there is a book.

use super::consent::terminal;
use super::{put, say};
use crate::disk::{self, read};
use crate::edit::Change;
use crate::init::{Ci, File, NEW, workflow};
use clap::ValueEnum;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const HELP: &str = "\
Examples:
  proofpress init                    in the current folder
  proofpress init handbook --ci github
  proofpress init --ci gitlab        only the workflow, where there is a book

Exit codes: 0 done, 1 declined, 2 could not be done; nothing was written then.";

/// Write a small book to begin with.
///
/// Files that are there are never overwritten, and a folder that is a book already stays the book that it is.
#[derive(clap::Args)]
#[command(after_long_help = HELP)]
pub struct Args {
    /// The folder, which need not exist.
    dir: Option<PathBuf>,
    /// Also write a workflow that checks every change.
    #[arg(long, value_name = "SERVICE")]
    ci: Option<Service>,
    /// List the files and write none.
    #[arg(long)]
    dry_run: bool,
    /// Write without asking.
    #[arg(long)]
    yes: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Service {
    #[value(name = "github")]
    GitHub,
    #[value(name = "gitlab")]
    GitLab,
}

pub fn run(args: Args) -> Result<ExitCode, String> {
    let dir = args.dir.unwrap_or_else(|| PathBuf::from("."));
    let ci = args.ci.map(|service| match service {
        Service::GitHub => Ci::GitHub,
        Service::GitLab => Ci::GitLab,
    });
    // Another `book.toml` would say that the author's pages are not the book.
    let known = read::is_book(&dir);
    let new: &[File] = if known { &[] } else { &NEW };
    let all: Vec<File> = new.iter().copied().chain(ci.map(workflow)).collect();
    if all.is_empty() {
        return Err(known_book(&dir));
    }
    for (path, _) in &all {
        if disk::edit::exists(&dir, path) {
            return Err(format!("`{}` exists already; nothing was written", shown(&dir, path)));
        }
    }
    let list: String = all.iter().map(|(path, _)| format!("{}\n", shown(&dir, path))).collect();
    // Where nobody can be asked nothing is lost by going on: no file is overwritten.
    let ask = !args.yes && !args.dry_run && terminal();
    if ask {
        say(&mut std::io::stderr(), &format!("{list}Write these files? [y/N] "));
        if !super::consent::answer()? {
            return Ok(ExitCode::FAILURE);
        }
    }
    // Before anything is written: who cannot be told of it gets nothing.
    if !ask {
        put(&list)?;
    }
    if !args.dry_run {
        let changes: Vec<Change> = all
            .iter()
            .map(|(path, text)| Change { from: None, to: path.to_string(), old: "".into(), new: (*text).into() })
            .collect();
        disk::edit::change(&dir, &changes, None).map_err(|error| error.to_string())?;
    }
    let next = match (args.dry_run, known) {
        (true, _) => "nothing was written",
        (_, true) => "the book is as it was; write into the workflow where it gets Proofpress from, then commit it",
        _ => "`proofpress serve` shows it while you write",
    };
    say(&mut std::io::stderr(), &format!("{next}\n"));
    Ok(ExitCode::SUCCESS)
}

fn known_book(dir: &Path) -> String {
    let full = std::path::absolute(dir).unwrap_or_else(|_| dir.to_path_buf());
    format!(
        "`{}` is a book already, so nothing was written\n\
         help: `proofpress serve` shows it as it is; `--ci github` or `--ci gitlab` adds a workflow that checks it; \
         `proofpress init FOLDER` begins another book in a folder of its own",
        full.display()
    )
}

fn shown(dir: &Path, path: &str) -> String {
    let path = if dir == Path::new(".") { PathBuf::from(path) } else { dir.join(path) };
    path.to_string_lossy().replace('\\', "/")
}
