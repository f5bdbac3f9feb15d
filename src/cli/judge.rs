//! One thing to check in; what is wrong with it, and which of that is new since a revision, out.

use super::external::{self, Manner};
use super::shown_prefix;
use super::subject::{Subject, own};
use crate::book::Memo;
use crate::diagnostic::Diagnostic;
use crate::disk::{self, git, read};
use crate::plugin;
use crate::report::{Checked, Counts};
use crate::shape::Options;
use crate::site::Site;
use crate::source::{FileId, Sources};
use crate::triage::{Past, Triaged, is_new};
use crate::yaml::{self, Language};
use crate::{book, config, examples, triage};
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

pub fn judge(subject: &Subject, since: Option<&str>, manner: Manner) -> Result<Judged, String> {
    match subject {
        Subject::Book(root) => book(root, since, manner),
        Subject::Plugin(root) => {
            let sources = disk::plugin::read(root).map_err(|error| error.to_string())?;
            if sources.is_empty() {
                return Err(format!("`{}` has no `{}`", root.display(), plugin::MANIFEST));
            }
            plain(root, sources, since, |name, _| disk::plugin::is_text(name), plugin::check)
        }
        Subject::File(path, kind) => file(path, since, |sources, file| plugin::check_file(sources, file, kind)),
        Subject::Example(path, name) => {
            let kinds = own(path)?;
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

pub fn site(root: &Path) -> Result<Site, String> {
    Ok(book::site(read::read(root).map_err(|error| error.to_string())?))
}

fn book(root: &Path, since: Option<&str>, manner: Manner) -> Result<Judged, String> {
    let sources = read::read(root).map_err(|error| error.to_string())?;
    let mut memo = Memo::default();
    // Git is asked while the present book is understood.
    let now = since.map(|revision| (revision, sources.clone()));
    let past = || now.map(|(revision, now)| git::past(root, revision, &now, read::is_text)).transpose();
    let present = || {
        let site = book::site_with(sources, &mut memo);
        let survey = examples::survey(&site);
        let (answers, external) = external::ask(&site, root, manner)?;
        let triaged = triage::check_with(&site, &survey, answers.as_ref().map(|answers| answers.judge(&site)));
        Ok::<_, String>((site, survey.counts(), external, answers, triaged))
    };
    let (present, past) = rayon::join(present, past);
    let (site, examples, external, answers, Triaged { found, ignored }) = present?;
    let new = past?.map(|past| {
        // By the levels of today, so that a level that was changed hides and brings nothing.
        let mut config = config::resolve(&past.sources);
        config.levels = site.config.levels.clone();
        let old = book::understand(past.sources, config, &mut memo);
        // Other sites answer for the old book as well: what it linked to is no news.
        let answers = answers.map(|answers| answers.judge(&old));
        let known = triage::check_with(&old, &examples::survey(&old), answers).found;
        is_new(&found, &site.sources, &Past { sources: &old.sources, found: &known, renamed: &past.renamed })
    });
    let links = site.targets.iter().map(Vec::len).sum();
    let counts = Counts { pages: site.pages.len(), links, examples, external };
    let baseline = site.config.levels.baseline.as_ref().map(|(path, _)| path.clone());
    let checked = Checked { sources: site.sources, prefix: shown_prefix(root), diagnostics: found, counts };
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
    let find = |sources: &Sources| sources.find(&name).map_or(Vec::new(), |file| find(sources, file));
    plain(folder, Sources::new([source], BTreeMap::new()), since, |path, _| path == name, find)
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
        let known = triage::plugin(&past.sources, find(&past.sources)).found;
        is_new(&found, &sources, &Past { sources: &past.sources, found: &known, renamed: &past.renamed })
    });
    let prefix = shown_prefix(root);
    let checked = Checked { sources: Arc::new(sources), prefix, diagnostics: found, counts: Counts::default() };
    Ok(Judged { checked, root: root.to_path_buf(), ignored, new, baseline: None })
}
