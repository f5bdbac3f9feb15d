//! What `check` was asked for: paths in, the books, plugins and files that they mean out.

use super::{shown_prefix, start};
use crate::config;
use crate::config::nearest::nearest;
use crate::disk::{self, read};
use crate::examples;
use crate::kinds;
use crate::plugin;
use crate::report::{Checked, Counts};
use crate::shape::{Kind, Options};
use crate::source::Sources;
use crate::user_kinds::{self, UserKinds};
use crate::yaml::{self, Language};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One thing to check.
pub enum Subject {
    /// The folder of a book.
    Book(PathBuf),
    /// The folder of a plugin or a bundle.
    Plugin(PathBuf),
    File(PathBuf, &'static Kind),
    /// A file of a kind of its book's own, or of a place in one.
    Example(PathBuf, String),
}

/// The word for `--kind` that takes a folder for a plugin, whatever it holds.
const PLUGIN: &str = "plugin";

/// What the paths mean. A folder is a plugin where it has a plugin's manifest and no sign of a book, else it belongs to
/// a book. A file is of the kind that was given, or that its name and its keys tell.
pub fn subjects(paths: &[PathBuf], kind: Option<&str>) -> Result<Vec<Subject>, String> {
    let named = kind.filter(|name| *name != PLUGIN);
    if let Some(name) = named.filter(|name| kinds::find(name).is_none())
        && let Some(first) = paths.iter().find(|path| path.is_file())
        && own(first)?.get(name).is_some()
    {
        return Ok(paths.iter().map(|path| Subject::Example(path.clone(), name.to_string())).collect());
    }
    let given = named.map(find_kind).transpose()?;
    let mut all: Vec<Subject> = Vec::new();
    let mut seen = BTreeSet::new();
    for path in paths {
        let subject = if path.is_file() {
            Subject::File(path.clone(), given.map_or_else(|| kind_of(path), Ok)?)
        } else if !path.is_dir() {
            return Err(format!("there is no file or folder `{}`", path.display()));
        } else {
            let folder = start(Some(path.clone()))?;
            match given {
                Some(kind) => {
                    let shown = path.display();
                    return Err(format!("`{shown}` is a folder, and `--kind {}` is for files", kind.name));
                }
                None if kind.is_some() || disk::plugin::is_plugin(&folder) => Subject::Plugin(folder),
                None => Subject::Book(read::find_root(&folder)),
            }
        };
        // Two folders of one book are one book.
        let place = subject.path();
        if seen.insert(place.canonicalize().unwrap_or_else(|_| place.to_path_buf())) {
            all.push(subject);
        }
    }
    Ok(all)
}

/// Reads and checks a plugin's folder.
pub fn plugin(root: &Path) -> Result<Checked, String> {
    let sources = disk::plugin::read(root).map_err(|error| error.to_string())?;
    if sources.is_empty() {
        return Err(format!("`{}` has no `{}`", root.display(), plugin::MANIFEST));
    }
    let diagnostics = plugin::check(&sources);
    Ok(Checked { sources: Arc::new(sources), prefix: shown_prefix(root), diagnostics, counts: Counts::default() })
}

/// Reads and checks one file.
pub fn file(path: &Path, kind: &'static Kind) -> Result<Checked, String> {
    let mut source = disk::plugin::read_file(path).map_err(|error| error.to_string())?;
    source.path = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let sources = Sources::new([source], BTreeMap::new());
    let diagnostics = sources.files().flat_map(|(id, _)| plugin::check_file(&sources, id, kind)).collect();
    Ok(Checked { sources: Arc::new(sources), prefix: shown_prefix(folder), diagnostics, counts: Counts::default() })
}

/// Reads and checks one file of a kind of its book's own.
pub fn example(path: &Path, name: &str) -> Result<Checked, String> {
    let kinds = own(path)?;
    let kind = kinds.get(name).ok_or_else(|| format!("the book of `{}` has no kind `{name}`", path.display()))?;
    if let Err(unknown) = kind.find(name) {
        return Err(format!("`{name}` leads to nothing: there is no `{}`", unknown.part));
    }
    let mut source = disk::plugin::read_file(path).map_err(|error| error.to_string())?;
    source.path = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let language = Language::of_file(&source.path).unwrap_or_default();
    let document = yaml::parse_as(language, &source.text);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let sources = Sources::new([source], BTreeMap::new());
    let faults = kind.check(name, &document, &Options::default());
    let diagnostics = sources
        .files()
        .flat_map(|(id, _)| faults.iter().map(move |fault| examples::in_file(fault.clone(), id)))
        .collect();
    Ok(Checked { sources: Arc::new(sources), prefix: shown_prefix(folder), diagnostics, counts: Counts::default() })
}

/// The kinds of the book that a file belongs to. One with a broken schema judges nothing, so it is an error here.
fn own(path: &Path) -> Result<UserKinds, String> {
    let sources = read::read(&read::find_root(path)).map_err(|error| error.to_string())?;
    let kinds = user_kinds::compile(&sources, &config::resolve(&sources));
    match kinds.problems.first() {
        Some(problem) => Err(format!("`[kinds]` of its book: {}", problem.message)),
        None => Ok(kinds),
    }
}

impl Subject {
    /// The folder, where this is a book.
    pub fn book(&self) -> Option<&Path> {
        match self {
            Subject::Book(root) => Some(root),
            _ => None,
        }
    }

    fn path(&self) -> &Path {
        match self {
            Subject::Book(path) | Subject::Plugin(path) | Subject::File(path, _) | Subject::Example(path, _) => path,
        }
    }
}

fn find_kind(name: &str) -> Result<&'static Kind, String> {
    kinds::find(name).ok_or_else(|| {
        let help = match nearest(name, names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("kinds are {}", names().collect::<Vec<_>>().join(", ")),
        };
        format!("there is no kind `{name}`: {help}")
    })
}

fn names() -> impl Iterator<Item = &'static str> {
    kinds::KINDS.iter().map(|kind| kind.name).chain([PLUGIN])
}

fn kind_of(path: &Path) -> Result<&'static Kind, String> {
    let source = disk::plugin::read_file(path).map_err(|error| error.to_string())?;
    // The folder above tells more than the name, and the path may have been given from within it.
    let full = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    plugin::kind_of(&full.to_string_lossy().replace('\\', "/"), &source.text).ok_or_else(|| {
        let names: Vec<&str> = kinds::KINDS.iter().map(|kind| kind.name).collect();
        let (path, names) = (path.display(), names.join(", "));
        format!("neither the name nor the keys of `{path}` tell its kind: add `--kind KIND`, one of {names}")
    })
}
