//! One thing to check in; what is wrong with it, and which of that is new since a revision, out.

use super::external::{self, Manner};
use super::stages::Stages;
use super::subject::{Subject, own};
use super::{Setup, place};
use crate::book::Memo;
use crate::config::{self, Config, Dialects};
use crate::diagnostic::Diagnostic;
use crate::disk::{self, git, read};
use crate::plugin;
use crate::report::{Checked, Counts};
use crate::shape::Options;
use crate::site::Site;
use crate::slug::Dialect;
use crate::source::{FileId, Sources};
use crate::triage::{Past, Triaged, is_new};
use crate::yaml::{self, Language};
use crate::{book, examples, triage};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What was found, all of it, and what is known of it.
pub struct Judged {
    pub checked: Checked,
    pub root: PathBuf,
    /// How many findings are silenced in the text.
    pub ignored: usize,
    /// For each finding, whether the revision did not have it; none where no revision was asked for.
    pub new: Option<Vec<bool>>,
    /// `baseline` of `book.toml`.
    pub baseline: Option<String>,
}

/// How all things of a run are judged.
pub struct How<'a> {
    pub since: Option<&'a str>,
    /// In place of those of each book's settings, if there is one.
    pub dialects: &'a [&'static Dialect],
    pub manner: Manner<'a>,
    pub setup: &'a Setup,
    pub stages: &'a Stages,
}

pub fn judge(subject: &Subject, how: &How) -> Result<Judged, String> {
    let since = how.since;
    match subject {
        Subject::Book(root) => book(root, how),
        Subject::Plugin(root) => {
            let sources = disk::plugin::read(root).map_err(|error| error.to_string())?;
            if sources.is_empty() {
                return Err(format!("`{}` has no `{}`", root.display(), plugin::MANIFEST));
            }
            plain(root, sources, since, |name, _| disk::plugin::is_text(name), plugin::check)
        }
        Subject::File(path, kind) => file(path, since, |sources, file| plugin::check_file(sources, file, kind)),
        Subject::Example(path, name) => {
            let kinds = own(path, &how.setup.given)?;
            let kind =
                kinds.get(name).ok_or_else(|| format!("the book of `{}` has no kind `{name}`", path.display()))?;
            if let Err(unknown) = kind.find(name) {
                return Err(format!("`{name}` leads to nothing: there is no `{}`", unknown.part));
            }
            file(path, since, |sources, file| {
                let language = Language::of_file(sources.path(file)).unwrap_or_default();
                let document = yaml::parse_as(language, sources.text(file));
                let faults = kind.check(name, &document, &Options::default());
                faults.into_iter().map(|fault| examples::in_file(fault, file)).collect()
            })
        }
    }
}

pub fn site(root: &Path, how: &How) -> Result<Site, String> {
    let sources = how.setup.read(root)?;
    let settings = settings(&sources, how.dialects);
    Ok(book::site_as(sources, settings))
}

/// Everything that is found in a book with these texts, for whoever tries what another text would bring.
pub fn findings(sources: Sources, how: &How) -> Vec<Diagnostic> {
    let settings = settings(&sources, how.dialects);
    triage::findings(&book::site_as(sources, settings))
}

fn settings(sources: &Sources, dialects: &[&'static Dialect]) -> Config {
    let mut config = config::resolve(sources);
    if !dialects.is_empty() {
        config.dialects = Dialects::new(dialects.iter().copied());
    }
    config
}

fn book(root: &Path, how: &How) -> Result<Judged, String> {
    let How { since, dialects, manner, stages, .. } = *how;
    let sources = stages.time("reading", || how.setup.read(root))?;
    let mut memo = Memo::default();
    // Git is asked while the present book is understood.
    let now = since.map(|revision| (revision, sources.clone()));
    let past = || {
        let read = |(revision, now)| stages.time("asking Git", || git::past(root, revision, &now, read::is_text));
        now.map(read).transpose()
    };
    let present = || {
        let settings = settings(&sources, dialects);
        let site = stages.time("understanding", || book::understand(sources, settings, &mut memo));
        let survey = stages.time("proving examples", || examples::survey(&site));
        let (answers, external) = stages.alone("asking other sites", || external::ask(&site, root, manner))?;
        let said = answers.as_ref().map(|answers| answers.judge(&site));
        let triaged = stages.time("checking", || triage::check_with(&site, &survey, said));
        Ok::<_, String>((site, survey, external, answers, triaged))
    };
    let (present, past) = rayon::join(present, past);
    let (site, survey, external, answers, Triaged { found, ignored }) = present?;
    let compare = |past: Sources| {
        // By the levels of today, so that a level that was changed hides and brings nothing.
        let mut config = settings(&past, dialects);
        config.levels = site.config.levels.clone();
        let old = book::understand(past, config, &mut memo);
        // Other sites answer for the old book as well: what it linked to is no news.
        let answers = answers.map(|answers| answers.judge(&old));
        let examples = examples::survey_past(&old, &site, &survey);
        let known = triage::check_with(&old, &examples, answers).found;
        is_new(&found, &site.sources, &Past { sources: &old.sources, found: &known })
    };
    let new = past?.map(|past| stages.time("comparing", || compare(past)));
    let links = site.targets.iter().map(Vec::len).sum();
    let counts = Counts { pages: site.pages.len(), links, examples: survey.counts(), external };
    let baseline = site.config.levels.baseline.as_ref().map(|(path, _)| path.clone());
    let checked = Checked { sources: site.sources.clone(), place: place(root), diagnostics: found, counts };
    // The program is about to end, and then its memory is free at once; piece by piece it takes a tenth of the time.
    std::mem::forget((site, memo));
    Ok(Judged { checked, root: root.to_path_buf(), ignored, new, baseline })
}

/// One file, alone.
fn file(
    path: &Path,
    since: Option<&str>,
    find: impl Fn(&Sources, FileId) -> Vec<Diagnostic>,
) -> Result<Judged, String> {
    let mut source = disk::plugin::read_file(path).map_err(|error| error.to_string())?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    source.path.clone_from(&name);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let find = |sources: &Sources| sources.files().flat_map(|(file, _)| find(sources, file)).collect();
    // It may have had the name of a file that is gone.
    let ending = Path::new(&name).extension();
    let was = |old: &str, _| old == name || Path::new(old).extension() == ending && !folder.join(old).exists();
    plain(folder, Sources::new([source], BTreeMap::new()), since, was, find)
}

/// What is no book.
fn plain(
    root: &Path,
    sources: Sources,
    since: Option<&str>,
    is_text: impl Fn(&str, u64) -> bool,
    find: impl Fn(&Sources) -> Vec<Diagnostic>,
) -> Result<Judged, String> {
    let Triaged { found, ignored } = triage::plugin(&sources, find(&sources));
    let past = since.map(|revision| git::past(root, revision, &sources, is_text)).transpose()?;
    let new = past.map(|past| {
        let known = triage::plugin(&past, find(&past)).found;
        is_new(&found, &sources, &Past { sources: &past, found: &known })
    });
    let checked =
        Checked { sources: Arc::new(sources), place: place(root), diagnostics: found, counts: Counts::default() };
    Ok(Judged { checked, root: root.to_path_buf(), ignored, new, baseline: None })
}
