//! `proofpress build`: reads the book, reports what is wrong with it, writes the site.

use super::{print, say, start};
use crate::diagnostic::Severity;
use crate::disk::state::{State, digest};
use crate::disk::{history, read, write};
use crate::highlight::Highlighter;
use crate::output::{Renderer, plan};
use crate::theme::Theme;
use crate::{book, config, report, triage};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

#[derive(clap::Args)]
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
}

pub fn run(args: Args, color: bool) -> Result<ExitCode, String> {
    let began = Instant::now();
    let root = read::find_root(&start(args.dir)?);
    let out = args.output.unwrap_or_else(|| root.join(read::build_dir(&root)));
    let sources = read::read(&root).map_err(|error| error.to_string())?;
    let settings = config::resolve(&sources);
    let overrides = read::theme_files(&root, &settings.theme_dir).map_err(|error| error.to_string())?;
    let present = settings.last_updated.unwrap_or(true).then(|| history::Present::of(&root)).flatten();
    let commit = present.as_ref().map(history::Present::words).unwrap_or_default();
    let options = format!("highlight={} commit={commit}", !args.no_highlight);
    let digest = digest(&sources, &overrides, &options);
    let mut state = State::load(&out);
    let limit = if args.all { usize::MAX } else { 20 };
    if state.is_current(&out, &root, &digest) {
        let found = state.diagnostics(&sources);
        print(&found, &sources, &root, color, Severity::Warning, limit);
        let errors = found.iter().any(|found| found.severity == Severity::Error);
        say(&mut std::io::stderr(), &format!("nothing changed since the last build; {}\n", report::summary(&found)));
        return Ok(if errors && args.strict { ExitCode::FAILURE } else { ExitCode::SUCCESS });
    }
    let theme = Theme::new(&overrides).map_err(|error| error.to_string())?;
    let site = book::site_as(sources, settings);
    let found = triage::findings(&site);
    print(&found, &site.sources, &root, color, Severity::Warning, limit);
    let errors = found.iter().any(|found| found.severity == Severity::Error);
    if errors && args.strict {
        say(&mut std::io::stderr(), &format!("{}; nothing was written\n", report::summary(&found)));
        return Ok(ExitCode::FAILURE);
    }
    let highlighter = Highlighter::new(!args.no_highlight);
    let mut renderer = Renderer::new(&site, &theme, &highlighter);
    renderer.updated = Arc::new(present.map(|present| present.days(&root)).unwrap_or_default());
    let output = plan(&site, &theme);
    renderer.search.make(&site);
    let written = write::write(&out, &root, &renderer, &output, &mut state).map_err(|error| error.to_string())?;
    state.remember(digest, &found, &site.sources);
    state.save(&out).map_err(|error| format!("cannot write into `{}`: {error}", out.display()))?;
    say(
        &mut std::io::stderr(),
        &format!(
            "Built {} into {} in {} ms: {} files written, {} unchanged, {} removed; {}\n",
            report::count(site.pages.len(), "page"),
            out.display(),
            began.elapsed().as_millis(),
            written.written,
            written.unchanged,
            written.removed,
            report::summary(&found),
        ),
    );
    Ok(ExitCode::SUCCESS)
}
