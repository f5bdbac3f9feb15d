//! `proofpress check`: reads books, plugins and files, and reports what is wrong with them.

use super::anchor;
use super::emit::{ReportArgs, emit};
use super::external::{ExternalArgs, Manner};
use super::judge::{self, How, Judged, judge};
use super::ratchet;
use super::settings;
use super::silence::{self, SilenceArgs};
use super::stages::Stages;
use super::subject::{self, Subject};
use super::{Setup, place, put, say};
use crate::disk::skipped::skipped;
use crate::examples;
use rayon::prelude::*;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;

const HELP: &str = "\
Examples:
  proofpress check                              the book in this folder
  proofpress check --since main                 only what is new on this branch
  proofpress check --format sarif=out.sarif --exit-zero
  proofpress check plugin/manifest.yaml         a plugin's file, or its folder

Exit codes: 0 nothing that counts, 1 findings at or above --fail-on, 2 could not
run, or the settings of the book have an error.";

#[derive(clap::Args)]
#[command(after_long_help = HELP)]
pub struct Args {
    /// Books, folders of plugins, and YAML files.
    ///
    /// For a book its folder or one inside; the current one where nothing is named.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// What the files are, such as `tool`, where their names do not tell; `plugin` for folders.
    #[arg(long, hide_short_help = true)]
    kind: Option<String>,
    /// The dialects in which links to headings have to work, instead of those that the book names: `gitbook`, `github`,
    /// `mdbook`, `docusaurus`, `mkdocs`. The first counts for everything else too.
    #[arg(long, value_name = "NAMES", value_delimiter = ',', hide_short_help = true)]
    dialect: Vec<String>,
    /// List what each example was taken for, and why, instead of findings.
    #[arg(long, hide_short_help = true)]
    list_examples: bool,
    /// Print the settings instead.
    ///
    /// Those that count, and where each comes from.
    #[arg(long, conflicts_with = "list_examples")]
    show_settings: bool,
    #[command(flatten)]
    silence: SilenceArgs,
    #[command(flatten)]
    external: ExternalArgs,
    #[command(flatten)]
    ratchet: ratchet::RatchetArgs,
    #[command(flatten)]
    report: ReportArgs,
    /// Write what took how long into this file, as a trace that browsers and Perfetto open.
    #[arg(long, value_name = "FILE", hide_short_help = true)]
    timings: Option<PathBuf>,
}

pub fn run(args: Args, setup: &Setup) -> Result<ExitCode, String> {
    let talks = args.report.talks();
    let stages = &Stages::new(talks && io::stderr().is_terminal());
    let paths = if args.paths.is_empty() { vec![PathBuf::from(".")] } else { args.paths };
    let dialects = &anchor::dialects(&args.dialect)?;
    let subjects = subject::subjects(&paths, args.kind.as_deref(), &setup.given)?;
    // A baseline is of everything, whatever the book says of revisions.
    let since = args.ratchet.since.as_deref().filter(|_| !args.ratchet.writes());
    let manner = Manner { args: &args.external, talks };
    let how = &How { since, dialects, manner, setup, stages };
    if args.list_examples || args.show_settings {
        for root in subjects.iter().filter_map(Subject::book) {
            let site = judge::site(root, how)?;
            let text =
                if args.list_examples { examples::listing(&site) } else { settings::listing(&site, &setup.flags) };
            put(&text)?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    if args.report.explains() {
        tell_skipped(&subjects)?;
    }
    let one = |subject: &Subject| judge(subject, how);
    // Two books may link to one host, which is asked for one of them at a time.
    let judged: Result<Vec<Judged>, String> =
        if args.external.is_on() { subjects.iter().map(one).collect() } else { subjects.par_iter().map(one).collect() };
    let judged = judged?;
    let roots: Vec<PathBuf> = judged.iter().map(|judged| judged.root.clone()).collect();
    let (checked, aside) = ratchet::apply(judged, &args.ratchet, args.report.least())?;
    stages.end();
    let code = if args.silence.is_on() {
        silence::run(&args.silence, &checked, args.report.least(), &roots, &subjects, how)?
    } else {
        stages.alone("reporting", || emit(&checked, &aside, &args.report, setup, stages.elapsed()))?
    };
    args.timings.map_or(Ok(()), |file| stages.write(&file))?;
    Ok(code)
}

/// Says of each book which of its files are not looked at.
fn tell_skipped(subjects: &[Subject]) -> Result<(), String> {
    for root in subjects.iter().filter_map(Subject::book) {
        let place = place(root);
        for (path, why) in skipped(root).map_err(|error| error.to_string())? {
            say(&mut io::stderr(), &format!("skipped {}: {why}\n", place.shown(&path)));
        }
    }
    Ok(())
}
