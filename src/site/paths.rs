//! The names of all files and folders of a book in; what a path leads to, or may have been meant to, out.

use super::assets::inside;
use super::resolve::parent;
use crate::config::{SpaceConfig, nearest};
use crate::source::{FileId, Sources};
use std::collections::{HashMap, HashSet};

/// The names of everything in the book.
#[derive(Default)]
pub struct Paths {
    dirs: HashSet<String>,
    /// By the name in lower case, for links in other capitals.
    lower: HashMap<String, String>,
    /// By [`name`], for what was moved.
    names: HashMap<String, Vec<String>>,
    /// Files that are no texts by their paths without the ending, in lower case.
    formats: HashMap<String, Vec<String>>,
    /// The texts of each folder.
    beside: HashMap<String, Vec<String>>,
    /// The folders of the spaces. A page of another language or version is not what a link within one meant.
    spaces: Vec<String>,
}

/// More texts in a folder than these are not looked through for a similar name.
const CANDIDATES: usize = 500;

impl Paths {
    pub fn new(sources: &Sources, spaces: &[SpaceConfig]) -> Paths {
        let spaces = spaces.iter().map(|space| space.dir.clone()).collect();
        let mut paths = Paths { spaces, ..Paths::default() };
        paths.dirs.insert(String::new());
        let all = sources.files().map(|(_, source)| &*source.path).chain(sources.assets().keys().map(|path| &**path));
        for path in all {
            let mut dir = path;
            while let Some(at) = dir.rfind('/') {
                dir = &dir[..at];
                if !paths.dirs.insert(dir.to_string()) {
                    break;
                }
            }
            paths.lower.entry(path.to_lowercase()).or_insert_with(|| path.to_string());
            paths.names.entry(name(path)).or_default().push(path.to_string());
        }
        for path in sources.assets().keys() {
            paths.formats.entry(without_ending(path)).or_default().push(path.to_string());
        }
        for (_, source) in sources.files() {
            paths.beside.entry(parent(&source.path).to_string()).or_default().push(source.path.clone());
        }
        paths
    }

    /// Whether there is a folder of this path.
    pub fn is_folder(&self, path: &str) -> bool {
        self.dirs.contains(path)
    }

    /// The file whose path is this but for capital letters.
    pub fn in_other_capitals(&self, path: &str) -> Option<&str> {
        self.lower.get(&path.to_lowercase()).map(|path| &**path)
    }

    /// The README of a folder, under the usual name or another spelling of it.
    pub fn readme(&self, sources: &Sources, dir: &str) -> Option<FileId> {
        let path = if dir.is_empty() { "README.md".to_string() } else { format!("{dir}/README.md") };
        sources.find(&path).or_else(|| sources.find(self.lower.get(&path.to_lowercase())?))
    }

    /// The file that was meant by a path that does not exist, and whether there is no doubt: one that differs in capital
    /// letters, the only one of that name elsewhere, one in another format, or one of a similar name in the same folder.
    pub fn meant(&self, path: &str) -> Option<(&str, bool)> {
        if let Some(same) = self.lower.get(&path.to_lowercase()) {
            return Some((same, true));
        }
        let name = name(path);
        let space = self.space(path);
        let same = self.names.get(&name).into_iter().flatten();
        let same: Vec<&String> = same.filter(|other| !other.ends_with(".md") || self.space(other) == space).collect();
        // Dozens of files are no suggestion. Of a few the one that has most of the way in common.
        if (1..=3).contains(&same.len()) {
            let common = |other: &&&String| path.split('/').zip(other.split('/')).take_while(|(a, b)| a == b).count();
            return same.iter().rev().max_by_key(common).map(|same| (&***same, false));
        }
        let has_ending = path[path.rfind('/').unwrap_or(0)..].contains('.') && !path.ends_with(".md");
        if let Some([other]) = self.formats.get(&without_ending(path)).filter(|_| has_ending).map(|others| &**others) {
            return Some((other, false));
        }
        let beside = self.beside.get(parent(path)).filter(|beside| beside.len() <= CANDIDATES)?;
        let pages = beside.iter().map(|path| (stem(path), path)).filter(|(stem, _)| *stem != "README");
        let near = nearest::meant(&name, pages.clone().map(|(stem, _)| stem))?;
        pages.into_iter().find(|(stem, _)| *stem == near).map(|(_, path)| (&**path, false))
    }

    /// The folder of the space that a path lies in.
    fn space(&self, path: &str) -> &str {
        let around = self.spaces.iter().filter(|dir| inside(path, dir));
        around.max_by_key(|dir| dir.len()).map_or("", |dir| dir)
    }
}

/// What a file is called wherever it lies: a page by its name without `.md`, a README by that of its folder. Capital
/// letters and the width of spaces count for nothing.
fn name(path: &str) -> String {
    let own = match stem(path) {
        "README" => stem(parent(path)),
        own => own,
    };
    own.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect::<String>().to_lowercase()
}

fn stem(path: &str) -> &str {
    let last = path.rsplit('/').next().unwrap_or(path);
    last.strip_suffix(".md").unwrap_or(last)
}

/// A picture is called the same when it becomes another kind of picture.
fn without_ending(path: &str) -> String {
    let name = path.rfind('/').map_or(0, |at| at + 1);
    let end = path[name..].rfind('.').map_or(path.len(), |at| name + at);
    path[..end].to_lowercase()
}
