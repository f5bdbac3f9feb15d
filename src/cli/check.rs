//! `proofpress check`: reads books and reports what is wrong with them.

use super::emit::{ReportArgs, emit};
use super::{shown_prefix, start};
use crate::disk::read;
use crate::report::{Checked, Counts};
use crate::{book, lint};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

#[derive(clap::Args)]
pub struct Args {
    /// The folders of the books, or folders inside them.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    report: ReportArgs,
}

pub fn run(args: Args, color: bool) -> Result<ExitCode, String> {
    let began = Instant::now();
    let paths = if args.paths.is_empty() { vec![PathBuf::from(".")] } else { args.paths };
    let mut roots: Vec<PathBuf> = Vec::new();
    for path in paths {
        let root = read::find_root(&start(Some(path))?);
        // Two folders of one book are one book.
        if !roots.iter().any(|other| same(other, &root)) {
            roots.push(root);
        }
    }
    let checked = roots.iter().map(|root| book(root)).collect::<Result<Vec<Checked>, String>>()?;
    emit(&checked, &args.report, color, began)
}

fn same(one: &Path, other: &Path) -> bool {
    one == other || one.canonicalize().is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other))
}

fn book(root: &Path) -> Result<Checked, String> {
    let sources = read::read(root).map_err(|error| error.to_string())?;
    let site = book::site(sources);
    let diagnostics = lint::check(&site);
    let links = site.targets.iter().map(Vec::len).sum();
    let counts = Counts { pages: site.pages.len(), links, ..Counts::default() };
    Ok(Checked { sources: site.sources, prefix: shown_prefix(root), diagnostics, counts })
}
