//! `proofpress fix`: findings that have a repair in, the author's files without them out.

use super::consent::{Consent, ask};
use super::subject::{Subject, subjects};
use super::{Setup, say, start};
use crate::book::{self, Memo};
use crate::diagnostic::{Diagnostic, Severity};
use crate::disk;
use crate::edit::diff;
use crate::fix::{Repaired, Wanted, repair};
use crate::source::Sources;
use crate::{lint, plugin, report, triage};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const HELP: &str = "\
Examples:
  proofpress fix                    show the repairs, then ask
  proofpress fix --diff             show them and write nothing
  proofpress fix --yes --rule loose-link

Exit codes: 0 nothing is left that counts, 1 errors are left (or, with --diff,
there is something to repair), 2 could not run.";

/// Repair what has exactly one right repair.
///
/// Shows the difference first and asks. Files with conflicts of Git, files that are not UTF-8 and files behind symbolic
/// links are left alone.
#[derive(clap::Args)]
#[command(after_long_help = HELP)]
pub struct Args {
    /// The folder of a book or a plugin.
    dir: Option<PathBuf>,
    /// Also make repairs that are only likely what was meant.
    #[arg(long = "unsafe")]
    likely: bool,
    /// Repair findings of this rule only. Repeatable.
    #[arg(long, value_name = "RULE")]
    rule: Vec<String>,
    /// Show the difference and write nothing.
    #[arg(long)]
    diff: bool,
    /// Write without asking.
    #[arg(long, conflicts_with = "diff")]
    yes: bool,
}

pub fn run(args: Args, setup: &Setup) -> Result<ExitCode, String> {
    let dir = start(args.dir)?;
    let wanted = Wanted { likely: args.likely, rules: args.rule };
    let subject = subjects(std::slice::from_ref(&dir), None, &setup.given)?.pop();
    let (root, done) = match subject {
        Some(Subject::Plugin(root)) => {
            let sources = disk::plugin::read(&root).map_err(|error| error.to_string())?;
            let done = repaired(&root, sources, &wanted, |texts| triage::plugin(texts, plugin::check(texts)).found)?;
            (root, done)
        }
        _ => {
            let root = super::book(Some(dir))?;
            let sources = setup.read(&root)?;
            let mut memo = Memo::default();
            let done = repaired(&root, sources, &wanted, |texts| {
                triage::findings(&book::site_with(texts.clone(), &mut memo))
            })?;
            (root, done)
        }
    };
    for (path, why) in &done.left {
        say(&mut std::io::stderr(), &format!("`{path}` is left as it is: {why}\n"));
    }
    if done.changes.is_empty() {
        say(&mut std::io::stderr(), &format!("nothing to repair; {}\n", report::summary(&done.found)));
        return Ok(code(errors(&done.found)));
    }
    let shown: String = done.changes.iter().map(diff).collect();
    let repairs = report::count(done.repairs, "repair");
    let files = report::count(done.changes.len(), "file");
    let consent = Consent { show: args.diff, yes: args.yes };
    if !ask(&shown, &format!("Make {repairs} in {files}?"), consent, setup.color)? {
        say(&mut std::io::stderr(), &format!("{repairs} in {files} to make; nothing was written\n"));
        return Ok(ExitCode::FAILURE);
    }
    disk::edit::change(&root, &done.changes, None).map_err(|error| error.to_string())?;
    say(&mut std::io::stderr(), &format!("{repairs} made in {files}; left: {}\n", report::summary(&done.found)));
    Ok(code(errors(&done.found)))
}

fn repaired(
    root: &Path,
    sources: Sources,
    wanted: &Wanted,
    judge: impl FnMut(&Sources) -> Vec<Diagnostic>,
) -> Result<Repaired, String> {
    check_rules(&wanted.rules)?;
    Ok(repair(sources, wanted, |path| disk::edit::is_own(root, path), judge))
}

/// A misspelt name would repair nothing and look like a success.
fn check_rules(rules: &[String]) -> Result<(), String> {
    for rule in rules {
        let known = || lint::RULES.iter().map(|rule| rule.name).chain(["wrong-path"]);
        if !known().any(|name| name == rule) {
            let near = crate::config::nearest::nearest(rule, known());
            let help = near.map_or(String::new(), |near| format!(": did you mean `{near}`?"));
            return Err(format!("there is no rule `{rule}`{help}"));
        }
    }
    Ok(())
}

fn errors(found: &[Diagnostic]) -> bool {
    found.iter().any(|found| found.severity == Severity::Error)
}

fn code(fails: bool) -> ExitCode {
    if fails { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
