//! What `check` was asked for: paths in, the books, plugins and files that they mean out.

use super::{place, start};
use crate::book::{self, is_markdown};
use crate::config;
use crate::config::nearest::nearest;
use crate::disk::given::Given;
use crate::disk::{self, read};
use crate::kinds;
use crate::plugin;
use crate::shape::Kind;
use crate::site::Site;
use crate::source::Sources;
use crate::user_kinds::{self, UserKinds};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

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
/// a book, which is there once. A file is of the kind that was given, or that its name and its keys tell.
pub fn subjects(paths: &[PathBuf], kind: Option<&str>, given: &Given) -> Result<Vec<Subject>, String> {
    let named = kind.filter(|name| *name != PLUGIN);
    if let Some(name) = named.filter(|name| kinds::find(name).is_none())
        && let Some(first) = paths.iter().find(|path| path.is_file())
        && own(first, given)?.get(name).is_some()
    {
        return Ok(paths.iter().map(|path| Subject::Example(path.clone(), name.to_string())).collect());
    }
    let named = named.map(find_kind).transpose()?;
    let mut all: Vec<Subject> = Vec::new();
    let mut seen = BTreeSet::new();
    for path in paths {
        let subject = if path.is_file() {
            Subject::File(path.clone(), named.map_or_else(|| kind_of(path), Ok)?)
        } else if !path.is_dir() {
            return Err(format!("there is no file or folder `{}`", path.display()));
        } else {
            let folder = start(Some(path.clone()))?;
            match named {
                Some(kind) => {
                    let shown = path.display();
                    return Err(format!("`{shown}` is a folder, and `--kind {}` is for files", kind.name));
                }
                None if kind.is_some() || disk::plugin::is_plugin(&folder) => Subject::Plugin(folder),
                None => Subject::Book(super::book(Some(folder))?),
            }
        };
        // Two folders of one book are one book.
        if seen.insert(real(subject.path())) {
            all.push(subject);
        }
    }
    without_parts(all, given)
}

fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

/// Leaves out books that another one has in it: their pages would be judged twice.
fn without_parts(mut all: Vec<Subject>, given: &Given) -> Result<Vec<Subject>, String> {
    let books: Vec<PathBuf> = all.iter().filter_map(Subject::book).map(real).collect();
    let mut parts = BTreeSet::new();
    for whole in &books {
        let inner: Vec<&PathBuf> = books.iter().filter(|book| *book != whole && book.starts_with(whole)).collect();
        if !inner.is_empty() {
            let site = book::site(sources(whole, given)?);
            parts.extend(inner.into_iter().filter(|folder| is_part(&site, whole, folder)));
        }
    }
    all.retain(|subject| subject.book().is_none_or(|book| !parts.contains(&real(book))));
    Ok(all)
}

/// Whether a folder in a book is judged with it: it has pages of the book, and no settings or table of contents that count
/// only where it is a book of its own.
fn is_part(whole: &Site, root: &Path, folder: &Path) -> bool {
    let has = |name: &str| folder.join(name).is_file();
    let way = folder.strip_prefix(root).unwrap_or(folder).to_string_lossy().replace('\\', "/");
    let below = format!("{way}/");
    let has_pages = whole.pages.iter().any(|page| whole.sources.path(page.file).starts_with(&below));
    let is_space = whole.config.spaces.iter().any(|space| space.dir == way);
    has_pages && !has("book.toml") && (is_space || (!has(".gitbook.yaml") && !has("SUMMARY.md")))
}

fn sources(root: &Path, given: &Given) -> Result<Sources, String> {
    Ok(given.apply(root, read::read(root).map_err(|error| error.to_string())?))
}

/// The kinds of the book that a file belongs to. One with a broken schema judges nothing, so it is an error here.
pub fn own(path: &Path, given: &Given) -> Result<UserKinds, String> {
    let root = read::find_root(path);
    let sources = sources(&root, given)?;
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
    if is_markdown(&path.to_string_lossy()) {
        let root = place(&read::find_root(path)).shown("");
        let (path, root) = (path.display(), if root.is_empty() { "." } else { root.trim_end_matches('/') });
        return Err(format!(
            "`{path}` is a page, and a page is checked with its book\nhelp: name the book's folder: `proofpress check {root}`"
        ));
    }
    let source = disk::plugin::read_file(path).map_err(|error| error.to_string())?;
    // The folder above tells more than the name, and the path may have been given from within it.
    let full = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    plugin::kind_of(&full.to_string_lossy().replace('\\', "/"), &source.text).ok_or_else(|| {
        let names: Vec<&str> = kinds::KINDS.iter().map(|kind| kind.name).collect();
        let (path, names) = (path.display(), names.join(", "));
        format!("neither the name nor the keys of `{path}` tell its kind: add `--kind KIND`, one of {names}")
    })
}
