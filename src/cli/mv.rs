//! `proofpress mv`: a page, a folder or a file and its new name in; all that names it changed, and the move made, out.

use super::consent::{Consent, ask};
use super::{Setup, say};
use crate::disk;
use crate::edit::diff;
use crate::rename::{Request, plan};
use crate::report;
use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;

const HELP: &str = "\
Examples:
  proofpress mv guide/a.md start/b.md            a page
  proofpress mv guide start                      a folder
  proofpress mv guide/a.md#setup \"Set up\"        the words of a heading
  proofpress mv guide/a.md#setup '#set-it-up'    the id of a heading

Exit codes: 0 done, 1 declined, 2 could not be done; nothing was changed then.";

/// Move a page or rename a heading, with every link to it.
///
/// Links, entries of the table of contents, includes, settings and redirects are rewritten in the way they are written.
/// The page's old address leads on to the new one. Shows the difference first and asks.
#[derive(clap::Args)]
#[command(after_long_help = HELP)]
pub struct Args {
    /// A file or folder of the book, or `page.md#heading`.
    old: String,
    /// Its new path; for a heading its new words, or `#id`.
    new: String,
    /// The book's folder, or a folder inside it.
    #[arg(long, value_name = "DIR")]
    book: Option<PathBuf>,
    /// Add no redirect from the old address.
    #[arg(long)]
    no_redirect: bool,
    /// Show what would change and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Change without asking.
    #[arg(long, conflicts_with = "dry_run")]
    yes: bool,
}

pub fn run(args: Args, setup: &Setup) -> Result<ExitCode, String> {
    let root = super::book(args.book)?;
    let root = root.canonicalize().map_err(|error| format!("cannot read `{}`: {error}", root.display()))?;
    let wish = wish(&root, &args.old, &args.new)?;
    let sources = setup.read(&root)?;
    if let Request::Move { to, .. } = &wish
        && disk::edit::exists(&root, to)
        && sources.find(to).is_none()
        && !to.eq_ignore_ascii_case(&args.old)
    {
        return Err(format!("`{to}` exists already"));
    }
    let plan = plan(sources, &wish, !args.no_redirect, |path| disk::edit::is_own(&root, path))?;
    let moved = plan.moved.as_ref().map(|(from, to)| (&**from, &**to));
    let mut shown = moved.map_or(String::new(), |(from, to)| format!("rename {from} => {to}\n"));
    shown.extend(plan.changes.iter().map(diff));
    let what = format!(
        "{} rewritten in {}, {} added",
        report::count(plan.links, "link"),
        report::count(plan.changes.len(), "file"),
        report::count(plan.redirects, "redirect")
    );
    let mut out = std::io::stderr();
    let consent = Consent { show: args.dry_run, yes: args.yes };
    let notes = || {
        let mut text: String = plan.notes.iter().map(|note| format!("note: {note}\n")).collect();
        for found in &plan.worse {
            let path = plan.after.sources.path(found.span.file);
            text += &format!("note: new in `{path}`: {}[{}]: {}\n", found.severity.name(), found.rule, found.message);
        }
        text
    };
    if !args.yes {
        say(&mut out, &notes());
    }
    if !ask(&shown, &format!("{what}. Change it?"), consent, setup.color)? {
        say(&mut out, &format!("{what}; nothing was changed\n"));
        return Ok(if args.dry_run { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    disk::edit::change(&root, &plan.changes, moved).map_err(|error| error.to_string())?;
    if args.yes {
        say(&mut out, &notes());
    }
    say(&mut out, &format!("{what}\n"));
    Ok(ExitCode::SUCCESS)
}

/// What the two words mean, with paths as the book names them.
fn wish(root: &Path, old: &str, new: &str) -> Result<Request, String> {
    let here = std::env::current_dir().and_then(|dir| dir.canonicalize()).unwrap_or_else(|_| root.to_path_buf());
    let in_book = |base: &Path, path: &str| {
        let full = clean(&base.join(path));
        let full = full.parent().and_then(|dir| Some(dir.canonicalize().ok()?.join(full.file_name()?))).unwrap_or(full);
        let inner = full.strip_prefix(root).ok()?;
        Some(inner.to_string_lossy().replace('\\', "/"))
    };
    let there = |base: &Path, path: &str| disk::edit::exists(base, path);
    if let Some((file, id)) = old.split_once('#').filter(|_| !there(&here, old) && !there(root, old)) {
        let base = if there(&here, file) { &here } else { root };
        let file = in_book(base, file).ok_or_else(|| format!("`{file}` is outside of the book"))?;
        let id = id.to_string();
        return Ok(match new.strip_prefix('#') {
            Some(new) => Request::Id { file, id, new: new.to_string() },
            None => Request::Words { file, id, words: new.to_string() },
        });
    }
    // As `mv` has it; what is not there is named as the book names it.
    let base = if there(&here, old) { &here } else { root };
    let from = in_book(base, old).ok_or_else(|| format!("`{old}` is outside of the book"))?;
    let mut to = in_book(base, new).ok_or_else(|| format!("`{new}` is outside of the book"))?;
    if new.ends_with('/') || (base.join(new).is_dir() && !to.eq_ignore_ascii_case(&from)) {
        let name = from.rsplit('/').next().unwrap_or(&from);
        to = if to.is_empty() { name.to_string() } else { format!("{to}/{name}") };
    }
    Ok(Request::Move { from, to })
}

/// The path without `.` and `..`; no disk is asked, since the folder may not exist yet.
fn clean(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(out.pop()),
            part => out.push(part),
        }
    }
    out
}
