//! `proofpress check`: reads the book and reports what is wrong with it.

use super::{print, say, start};
use crate::diagnostic::Severity;
use crate::disk::read;
use crate::{book, examples, lint, report};
use clap::ValueEnum;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

#[derive(clap::Args)]
pub struct Args {
    /// The book's folder, or a folder inside it.
    dir: Option<PathBuf>,
    /// The least that makes the exit code 1.
    #[arg(long, value_name = "LEVEL", default_value = "error")]
    fail_on: FailOn,
    /// List what each example was taken for, and why, instead of findings.
    #[arg(long)]
    list_examples: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Note,
}

pub fn run(args: Args, color: bool) -> Result<ExitCode, String> {
    let began = Instant::now();
    let root = read::find_root(&start(args.dir)?);
    let sources = read::read(&root).map_err(|error| error.to_string())?;
    let site = book::site(sources);
    if args.list_examples {
        say(&mut std::io::stdout(), &examples::listing(&site));
        return Ok(ExitCode::SUCCESS);
    }
    let found = lint::check(&site);
    let least = match args.fail_on {
        FailOn::Error => Severity::Error,
        FailOn::Warning => Severity::Warning,
        FailOn::Note => Severity::Note,
    };
    print(&found, &site.sources, &root, color, least.min(Severity::Warning), usize::MAX);
    let links: usize = site.targets.iter().map(Vec::len).sum();
    say(
        &mut std::io::stderr(),
        &format!(
            "{} ({}, {}, {:.2} s)\n",
            report::summary(&found),
            report::count(site.pages.len(), "page"),
            report::count(links, "link"),
            began.elapsed().as_secs_f64()
        ),
    );
    Ok(if found.iter().any(|found| found.severity >= least) { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
