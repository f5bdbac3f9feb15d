//! `proofpress init`: a folder in; a small book in it out.

use super::consent::terminal;
use super::say;
use crate::disk;
use crate::edit::Change;
use crate::init::{Ci, files};
use clap::ValueEnum;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const HELP: &str = "\
Examples:
  proofpress init                    in the current folder
  proofpress init handbook --ci github

Exit codes: 0 done, 1 declined, 2 could not be done; nothing was written then.";

/// Write a small book to begin with.
///
/// Files that are there are never overwritten.
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
    let all = files(ci);
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
    if !args.dry_run {
        let changes: Vec<Change> = all
            .iter()
            .map(|(path, text)| Change { from: None, to: path.to_string(), old: "".into(), new: (*text).into() })
            .collect();
        disk::edit::change(&dir, &changes, None).map_err(|error| error.to_string())?;
    }
    if !ask {
        say(&mut std::io::stdout(), &list);
    }
    let next = if args.dry_run { "nothing was written" } else { "`proofpress serve` shows it while you write" };
    say(&mut std::io::stderr(), &format!("{next}\n"));
    Ok(ExitCode::SUCCESS)
}

fn shown(dir: &Path, path: &str) -> String {
    let path = if dir == Path::new(".") { PathBuf::from(path) } else { dir.join(path) };
    path.to_string_lossy().replace('\\', "/")
}
