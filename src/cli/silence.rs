//! `check --add-ignore`: what was found in; comments in the author's files that silence it out.

use super::consent::{Consent, ask};
use super::judge::{How, findings};
use super::subject::Subject;
use super::{place, say};
use crate::diagnostic::{Diagnostic, Severity};
use crate::disk;
use crate::edit::diff;
use crate::plugin;
use crate::report::{Checked, count, position};
use crate::silence::{Silenced, silence};
use crate::source::Sources;
use crate::triage;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

/// The options of `check` that write ignores.
#[derive(clap::Args)]
pub struct SilenceArgs {
    /// Silence findings in the text.
    ///
    /// A comment is written at the place of each finding, instead of reporting it: `--add-ignore="until May"`. Shows the
    /// difference first and asks.
    #[arg(long, value_name = "REASON", num_args = 0..=1, require_equals = true)]
    #[arg(conflicts_with_all = ["external", "write_baseline", "prune_baseline"])]
    add_ignore: Option<Option<String>>,
    /// Write without asking.
    #[arg(long, requires = "add_ignore", hide_short_help = true)]
    yes: bool,
}

impl SilenceArgs {
    pub fn is_on(&self) -> bool {
        self.add_ignore.is_some()
    }
}

/// Silences what would be reported of `checked`, from `least` on. What is in a baseline or was there before is no more
/// among it.
pub fn run(
    args: &SilenceArgs,
    checked: &[Checked],
    least: Severity,
    roots: &[PathBuf],
    subjects: &[Subject],
    how: &How,
) -> Result<ExitCode, String> {
    let reason = args.add_ignore.clone().flatten().unwrap_or_default();
    let consent = Consent { show: false, yes: args.yes };
    let mut left = 0;
    let mut nothing = true;
    for ((checked, root), subject) in checked.iter().zip(roots).zip(subjects) {
        let judge = |sources: &Sources| match subject {
            Subject::Book(_) => findings(sources.clone(), how),
            _ => triage::plugin(sources, plugin::check(sources)).found,
        };
        if matches!(subject, Subject::File(..) | Subject::Example(..)) {
            return Err("`--add-ignore` is for books and folders of plugins: name the folder".to_string());
        }
        let own = |path: &str| disk::edit::is_own(root, path);
        let wanted: Vec<&Diagnostic> = checked.diagnostics.iter().filter(|found| found.severity >= least).collect();
        nothing &= wanted.is_empty();
        let Silenced { changes, silenced, loud } = silence(&checked.sources, &wanted, &reason, own, judge);
        let place = place(root);
        for found in &loud {
            let path = place.shown(checked.sources.path(found.span.file));
            let (line, column) = position(checked.sources.text(found.span.file), found.span.start);
            let text = format!("note: no comment can silence {}[{}] in ", found.severity.name(), found.rule);
            say(&mut io::stderr(), &format!("{text}{path}:{line}:{column}\n"));
        }
        left += loud.len();
        if changes.is_empty() {
            continue;
        }
        let what = format!("{} in {}", count(silenced, "finding"), count(changes.len(), "file"));
        let shown: String = changes.iter().map(diff).collect();
        if !ask(&shown, &format!("Silence {what}?"), consent, how.setup.color)? {
            say(&mut io::stderr(), "nothing was written\n");
            return Ok(ExitCode::FAILURE);
        }
        disk::edit::change(root, &changes, None).map_err(|error| error.to_string())?;
        say(&mut io::stderr(), &format!("{what} silenced\n"));
    }
    if nothing {
        say(&mut io::stderr(), "there is nothing to silence\n");
    }
    Ok(if left > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
