//! `proofpress check`: reads books, plugins and files, and reports what is wrong with them.

use super::emit::{ReportArgs, emit};
use super::external::{ExternalArgs, Manner};
use super::judge::{self, Judged, judge};
use super::ratchet;
use super::say;
use super::settings;
use super::subject::{self, Subject};
use crate::examples;
use crate::site::Site;
use rayon::prelude::*;
use std::path::PathBuf;
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
    /// Print the settings that count, and where each comes from, instead of findings.
    #[arg(long, conflicts_with = "list_examples")]
    show_settings: bool,
    #[command(flatten)]
    external: ExternalArgs,
    #[command(flatten)]
    ratchet: ratchet::RatchetArgs,
    #[command(flatten)]
    report: ReportArgs,
}

pub fn run(args: Args, color: bool) -> Result<ExitCode, String> {
    let began = Instant::now();
    let paths = if args.paths.is_empty() { vec![PathBuf::from(".")] } else { args.paths };
    let subjects = subject::subjects(&paths, args.kind.as_deref())?;
    let shown = match (args.list_examples, args.show_settings) {
        (true, _) => Some(examples::listing as fn(&Site) -> String),
        (_, true) => Some(settings::listing as fn(&Site) -> String),
        _ => None,
    };
    if let Some(show) = shown {
        for root in subjects.iter().filter_map(Subject::book) {
            say(&mut std::io::stdout(), &show(&judge::site(root)?));
        }
        return Ok(ExitCode::SUCCESS);
    }
    let since = args.ratchet.since.as_deref();
    let manner = Manner { args: &args.external, talks: args.report.talks() };
    let one = |subject: &Subject| judge(subject, since, manner);
    // Two books may link to one host, which is asked for one of them at a time.
    let judged: Result<Vec<Judged>, String> =
        if args.external.is_on() { subjects.iter().map(one).collect() } else { subjects.par_iter().map(one).collect() };
    let judged = judged?;
    let (checked, aside) = ratchet::apply(judged, &args.ratchet, args.report.least())?;
    emit(&checked, &aside, &args.report, color, began)
}
