//! `proofpress check`: reads books, plugins and files, and reports what is wrong with them.

use super::anchor;
use super::emit::{ReportArgs, emit};
use super::subject::{self, Subject};
use super::{say, shown_prefix};
use crate::config::{self, Dialects};
use crate::disk::read;
use crate::report::{Checked, Counts};
use crate::site::Site;
use crate::slug::Dialect;
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
    /// The dialects in which links to headings have to work, instead of those that the book names: `gitbook`, `github`,
    /// `mdbook`, `docusaurus`, `mkdocs`. The first counts for everything else too.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    dialect: Vec<String>,
    /// List what each example was taken for, and why, instead of findings.
    #[arg(long)]
    list_examples: bool,
    #[command(flatten)]
    report: ReportArgs,
}

pub fn run(args: Args, color: bool) -> Result<ExitCode, String> {
    let began = Instant::now();
    let paths = if args.paths.is_empty() { vec![PathBuf::from(".")] } else { args.paths };
    let dialects = anchor::dialects(&args.dialect)?;
    let subjects = subject::subjects(&paths, args.kind.as_deref())?;
    if args.list_examples {
        for root in subjects.iter().filter_map(Subject::book) {
            say(&mut std::io::stdout(), &examples::listing(&site(root, &dialects)?));
        }
        return Ok(ExitCode::SUCCESS);
    }
    let checked =
        subjects.par_iter().map(|subject| check(subject, &dialects)).collect::<Result<Vec<Checked>, String>>()?;
    emit(&checked, &args.report, color, began)
}

fn check(subject: &Subject, dialects: &[&'static Dialect]) -> Result<Checked, String> {
    match subject {
        Subject::Book(root) => book(root, dialects),
        Subject::Plugin(root) => subject::plugin(root),
        Subject::File(path, kind) => subject::file(path, kind),
    }
}

/// The book as it is read in these dialects; in those of its settings when none is given.
fn site(root: &Path, dialects: &[&'static Dialect]) -> Result<Site, String> {
    let sources = read::read(root).map_err(|error| error.to_string())?;
    let mut config = config::resolve(&sources);
    if !dialects.is_empty() {
        config.dialects = Dialects::new(dialects.iter().copied());
    }
    Ok(book::site_as(sources, config))
}

fn book(root: &Path, dialects: &[&'static Dialect]) -> Result<Checked, String> {
    let site = site(root, dialects)?;
    let survey = examples::survey(&site);
    let diagnostics = triage::check(&site, &survey).found;
    let links = site.targets.iter().map(Vec::len).sum();
    let counts = Counts { pages: site.pages.len(), links, examples: survey.counts() };
    Ok(Checked { sources: site.sources, prefix: shown_prefix(root), diagnostics, counts })
}
