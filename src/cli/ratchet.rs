//! What is known does not count: findings in, by a baseline file and by a revision only the new ones out.

use super::judge::Judged;
use super::place::way;
use crate::diagnostic::Severity;
use crate::report::{Checked, count};
use crate::triage::Baseline;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The options of `check` that leave out what is known.
#[derive(clap::Args)]
pub struct RatchetArgs {
    /// Only what is new since a revision.
    ///
    /// The revision is a branch, a tag or a commit. What is not yet committed is looked at too.
    #[arg(long, value_name = "REV")]
    pub since: Option<String>,
    /// Without the findings in this file.
    ///
    /// `baseline` in `[check]` of `book.toml` names one as well.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write all findings into the baseline; without a name into the one of `book.toml`, or
    /// `proofpress-baseline.json` in the book's folder.
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true, conflicts_with_all = ["since", "baseline"])]
    #[arg(hide_short_help = true)]
    write_baseline: Option<Option<PathBuf>>,
    /// Remove from the baseline what is no longer found.
    #[arg(long, conflicts_with = "write_baseline", hide_short_help = true)]
    prune_baseline: bool,
}

impl RatchetArgs {
    /// Whether the baseline is written.
    pub fn writes(&self) -> bool {
        self.write_baseline.is_some()
    }
}

/// The name of a baseline that nobody named.
const NAME: &str = "proofpress-baseline.json";

/// What became of the findings that are not reported, and what is to be said about that.
#[derive(Default)]
pub struct Aside {
    /// Silenced in the text.
    pub ignored: usize,
    /// In a baseline.
    pub known: usize,
    /// In the version of `--since`.
    pub before: usize,
    pub notes: Vec<String>,
}

impl Aside {
    /// `; 2 ignored in the text, 12 in the baseline, 3 there before`
    pub fn summary(&self) -> String {
        let parts =
            [(self.ignored, "ignored in the text"), (self.known, "in the baseline"), (self.before, "there before")];
        let parts: Vec<String> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
        if parts.is_empty() { String::new() } else { format!("; {}", parts.join(", ")) }
    }
}

/// A baseline while findings are held against it.
struct File {
    /// As it is named.
    path: PathBuf,
    written: Baseline,
    /// What of it was not found.
    left: Baseline,
    /// How the paths of what was checked begin in it.
    prefixes: Vec<String>,
}

/// Takes out what is known. Findings below `least` are not shown, so they are neither counted nor written.
pub fn apply(judged: Vec<Judged>, args: &RatchetArgs, least: Severity) -> Result<(Vec<Checked>, Aside), String> {
    let mut aside = Aside::default();
    let mut files: BTreeMap<PathBuf, File> = BTreeMap::new();
    let mut all = Vec::new();
    for mut judged in judged {
        aside.ignored += judged.ignored;
        let found = std::mem::take(&mut judged.checked.diagnostics);
        let new = judged.new.take().unwrap_or_else(|| vec![true; found.len()]);
        let mut keep = new.clone();
        if let Some(path) = file_for(&judged, args) {
            let (place, prefix) = place(&path, &judged.root)?;
            let file = match files.entry(place) {
                std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
                std::collections::btree_map::Entry::Vacant(entry) => entry.insert(File::open(path, args)?),
            };
            if args.write_baseline.is_some() {
                file.written.retain(|path| !path.starts_with(&prefix));
            }
            let path = |at: usize| format!("{prefix}{}", judged.checked.sources.path(found[at].span.file));
            // What was there before uses the baseline up first: it is known twice and counts once.
            let mut order: Vec<usize> = (0..found.len()).filter(|at| found[*at].severity >= least).collect();
            order.sort_by_key(|at| new[*at]);
            for at in order {
                if args.write_baseline.is_some() {
                    file.written.add(&path(at), &found[at]);
                    keep[at] = false;
                } else if file.left.take(&path(at), &found[at]) {
                    keep[at] = false;
                }
                aside.known += usize::from(!keep[at] && new[at]);
            }
            file.prefixes.push(prefix);
        }
        let is_old = |(found, new): &(&crate::diagnostic::Diagnostic, &bool)| !**new && found.severity >= least;
        aside.before += found.iter().zip(&new).filter(is_old).count();
        let kept = found.into_iter().zip(keep).filter(|(_, keep)| *keep);
        judged.checked.diagnostics = kept.map(|(found, _)| found).collect();
        all.push(judged.checked);
    }
    for file in files.into_values() {
        aside.notes.extend(file.close(args)?);
    }
    Ok((all, aside))
}

/// The baseline for a book or plugin, where there is one.
fn file_for(judged: &Judged, args: &RatchetArgs) -> Option<PathBuf> {
    let named = args.write_baseline.clone().flatten().or_else(|| args.baseline.clone());
    let configured = || judged.baseline.as_ref().map(|path| judged.root.join(path));
    let default = || (args.write_baseline.is_some() || args.prune_baseline).then(|| judged.root.join(NAME));
    let path = named.or_else(configured).or_else(default)?;
    Some(path.strip_prefix(".").map(Path::to_path_buf).unwrap_or(path))
}

/// One name for each file, and the way from its folder to a root.
fn place(path: &Path, root: &Path) -> Result<(PathBuf, String), String> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = folder.canonicalize().map_err(|_| format!("there is no folder `{}`", folder.display()))?;
    let root = root.canonicalize().map_err(|error| format!("cannot read `{}`: {error}", root.display()))?;
    let way = way(&folder, &root).to_string_lossy().replace('\\', "/");
    let prefix = if way.is_empty() { way } else { format!("{way}/") };
    Ok((folder.join(path.file_name().unwrap_or_default()), prefix))
}

impl File {
    fn open(path: PathBuf, args: &RatchetArgs) -> Result<File, String> {
        let shown = path.display();
        let written = match fs::read_to_string(&path) {
            Ok(text) => Baseline::parse(&text).map_err(|error| format!("`{shown}` is no baseline: {error}"))?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && args.write_baseline.is_some() => {
                Baseline::default()
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(format!(
                    "there is no baseline `{shown}`\nhelp: `proofpress check --write-baseline` writes it"
                ));
            }
            Err(error) => return Err(format!("cannot read `{shown}`: {error}")),
        };
        Ok(File { left: written.clone(), written, path, prefixes: Vec::new() })
    }

    /// Writes what is to be written; what is said about it.
    fn close(mut self, args: &RatchetArgs) -> Result<Option<String>, String> {
        let of = |baseline: &Baseline| baseline.entries().map(|(_, _, n)| n as usize).sum::<usize>();
        let shown = self.path.display().to_string();
        if args.write_baseline.is_some() {
            self.save()?;
            return Ok(Some(format!("`{shown}` has {}", count(of(&self.written), "finding"))));
        }
        // Of what was not checked nothing is known.
        self.left.retain(|path| self.prefixes.iter().any(|prefix| path.starts_with(&**prefix)));
        let fixed = of(&self.left);
        if fixed == 0 {
            return Ok(None);
        }
        let mut note =
            format!("{} in `{shown}` {} gone", count(fixed, "finding"), if fixed == 1 { "is" } else { "are" });
        if args.prune_baseline {
            self.written.remove(&self.left);
            self.save()?;
            return Ok(Some(note + ", and removed from it"));
        }
        const SHOWN: usize = 3;
        for (path, key, _) in self.left.entries().take(SHOWN) {
            note += &format!("\n  {path}: {key}");
        }
        let more = self.left.entries().count().saturating_sub(SHOWN);
        if more > 0 {
            note += &format!("\n  and {more} more");
        }
        Ok(Some(note + "\nhelp: `proofpress check --prune-baseline` removes them"))
    }

    fn save(&self) -> Result<(), String> {
        fs::write(&self.path, self.written.print())
            .map_err(|error| format!("cannot write `{}`: {error}", self.path.display()))
    }
}
