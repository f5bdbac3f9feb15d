//! `proofpress build`: reads the book, reports what is wrong with it, writes the site.

use super::stages::Stages;
use super::{Setup, print, say};
use crate::diagnostic::Severity;
use crate::disk::state::{State, digest};
use crate::disk::{history, read, write};
use crate::highlight::Highlighter;
use crate::output::policy::policy;
use crate::output::{Renderer, plan};
use crate::theme::Theme;
use crate::{book, config, report, triage};
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

const HELP: &str = "\
Examples:
  proofpress build                   into `book` in the book's folder
  proofpress build --strict -o site  only if nothing is wrong, into `site`

Exit codes: 0 built, 1 errors with --strict; nothing was written then, 2 could
not be built; the site is as it was.";

#[derive(clap::Args)]
#[command(after_long_help = HELP)]
pub struct Args {
    /// The book's folder, or a folder inside it.
    dir: Option<PathBuf>,
    /// Where to write the site; `book` in the book's folder when neither this nor `book.toml` says it.
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Write nothing when the content has errors, and exit with 1.
    #[arg(long)]
    strict: bool,
    /// Leave code without colours.
    #[arg(long)]
    no_highlight: bool,
    /// Show every problem, not the first twenty.
    #[arg(long)]
    all: bool,
    /// Write what took how long into this file, as a trace that browsers and Perfetto open.
    #[arg(long, value_name = "FILE", hide_short_help = true)]
    timings: Option<PathBuf>,
}

pub fn run(args: Args, setup: &Setup) -> Result<ExitCode, String> {
    let stages = Stages::new(std::io::stderr().is_terminal());
    let timings = args.timings.clone();
    let code = build(args, setup, &stages)?;
    timings.map_or(Ok(()), |file| stages.write(&file))?;
    Ok(code)
}

fn build(args: Args, setup: &Setup, stages: &Stages) -> Result<ExitCode, String> {
    let root = super::book(args.dir)?;
    let sources = stages.time("reading", || setup.read(&root))?;
    let settings = config::resolve(&sources);
    let out = args.output.unwrap_or_else(|| root.join(&settings.build_dir));
    let overrides = read::theme_files(&root, &settings.theme_dir).map_err(|error| error.to_string())?;
    let present = settings.last_updated.unwrap_or(true).then(|| history::Present::of(&root)).flatten();
    let commit = present.as_ref().map(history::Present::words).unwrap_or_default();
    let options = format!("highlight={} commit={commit} {:?}", !args.no_highlight, sources.settings());
    let digest = digest(&sources, &overrides, &options);
    let mut state = State::load(&out);
    let limit = if args.all { usize::MAX } else { 20 };
    if stages.time("comparing", || state.is_current(&out, &root, &digest)) {
        let found = state.diagnostics(&sources);
        stages.end();
        print(&found, &sources, &root, setup, Severity::Warning, limit);
        let errors = found.iter().any(|found| found.severity == Severity::Error);
        say(&mut std::io::stderr(), &format!("nothing changed since the last build; {}\n", report::summary(&found)));
        return Ok(if errors && args.strict { ExitCode::FAILURE } else { ExitCode::SUCCESS });
    }
    let theme = Theme::new(&overrides).map_err(|error| error.to_string())?;
    let site = stages.time("understanding", || book::site_as(sources, settings));
    let found = stages.time("checking", || triage::findings(&site));
    stages.end();
    print(&found, &site.sources, &root, setup, Severity::Warning, limit);
    let errors = found.iter().any(|found| found.severity == Severity::Error);
    if errors && args.strict {
        say(&mut std::io::stderr(), &format!("{}; nothing was written\n", report::summary(&found)));
        return Ok(ExitCode::FAILURE);
    }
    let highlighter = Highlighter::new(!args.no_highlight);
    let mut renderer = Renderer::new(&site, &theme, &highlighter);
    renderer.updated = Arc::new(present.map(|present| present.days(&root)).unwrap_or_default());
    let output = stages.time("planning", || plan(&site, &theme));
    stages.time("indexing", || renderer.search.make(&site));
    let written = stages.time("writing", || write::write(&out, &root, &renderer, &output, &mut state));
    let written = written.map_err(|error| error.to_string())?;
    state.remember(digest, &found, &site.sources);
    state.save(&out).map_err(|error| format!("cannot write into `{}`: {error}", out.display()))?;
    stages.end();
    say(
        &mut std::io::stderr(),
        &format!(
            "Built {} into {} in {} ms: {} files written, {} unchanged, {} removed; {}\n\
             Works under this header: Content-Security-Policy: {}\n",
            report::count(site.pages.len(), "page"),
            out.display(),
            stages.elapsed().as_millis(),
            written.written,
            written.unchanged,
            written.removed,
            report::summary(&found),
            policy(&site),
        ),
    );
    Ok(ExitCode::SUCCESS)
}
