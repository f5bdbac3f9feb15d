//! `proofpress check`: reads books, plugins and files, and reports what is wrong with them.

use super::emit::{ReportArgs, emit};
use super::external::{self, ExternalArgs};
use super::subject::{self, Subject};
use super::{say, shown_prefix};
use crate::disk::read;
use crate::report::{Checked, Counts};
use crate::site::Site;
use crate::{book, examples, triage};
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

#[derive(clap::Args)]
pub struct Args {
    /// Books (their folder, or one inside), folders of plugins, and YAML files.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// What the files are, such as `tool`, where their names do not tell; `plugin` for folders.
    #[arg(long)]
    kind: Option<String>,
    /// List what each example was taken for, and why, instead of findings.
    #[arg(long)]
    list_examples: bool,
    #[command(flatten)]
    external: ExternalArgs,
    #[command(flatten)]
    report: ReportArgs,
}

pub fn run(args: Args, color: bool) -> Result<ExitCode, String> {
    let began = Instant::now();
    let paths = if args.paths.is_empty() { vec![PathBuf::from(".")] } else { args.paths };
    let subjects = subject::subjects(&paths, args.kind.as_deref())?;
    if args.list_examples {
        for root in subjects.iter().filter_map(Subject::book) {
            say(&mut std::io::stdout(), &examples::listing(&site(root)?));
        }
        return Ok(ExitCode::SUCCESS);
    }
    let talks = args.report.talks();
    let one = |subject: &Subject| check(subject, &args.external, talks);
    // Two books may link to one host, which is to be asked by one of them at a time.
    let checked: Result<Vec<Checked>, String> =
        if args.external.is_on() { subjects.iter().map(one).collect() } else { subjects.par_iter().map(one).collect() };
    let checked = checked?;
    emit(&checked, &args.report, color, began)
}

fn check(subject: &Subject, external: &ExternalArgs, talks: bool) -> Result<Checked, String> {
    match subject {
        Subject::Book(root) => book(root, external, talks),
        Subject::Plugin(root) => subject::plugin(root),
        Subject::File(path, kind) => subject::file(path, kind),
        Subject::Example(path, name) => subject::example(path, name),
    }
}

fn site(root: &Path) -> Result<Site, String> {
    let sources = read::read(root).map_err(|error| error.to_string())?;
    Ok(book::site(sources))
}

fn book(root: &Path, external: &ExternalArgs, talks: bool) -> Result<Checked, String> {
    let site = site(root)?;
    let survey = examples::survey(&site);
    let (answers, external) = external::ask(&site, root, external, talks)?;
    let diagnostics = triage::check_with(&site, &survey, answers).found;
    let links = site.targets.iter().map(Vec::len).sum();
    let counts = Counts { pages: site.pages.len(), links, examples: survey.counts(), external };
    Ok(Checked { sources: site.sources, prefix: shown_prefix(root), diagnostics, counts })
}
