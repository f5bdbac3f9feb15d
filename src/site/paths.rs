//! The names of all files and folders of a book in; what a path leads to, or may have been meant to, out.

use super::resolve::parent;
use crate::config::nearest::nearest;
use crate::source::{FileId, Sources};
use std::collections::{HashMap, HashSet};

/// The names of everything in the book.
#[derive(Default)]
pub struct Paths {
    dirs: HashSet<String>,
    /// By the name in lower case, for links in other capitals.
    lower: HashMap<String, String>,
    /// By the last part of the name, for what was moved.
    names: HashMap<String, Vec<String>>,
    /// The texts of each folder.
    beside: HashMap<String, Vec<String>>,
}

/// More texts in a folder than these are not looked through for a similar name.
const CANDIDATES: usize = 500;

impl Paths {
    pub fn new(sources: &Sources) -> Paths {
        let mut paths = Paths::default();
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
            let name = path.rsplit('/').next().unwrap_or(path);
            paths.names.entry(name.to_lowercase()).or_default().push(path.to_string());
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
    /// letters, the only one of that name elsewhere, or one of a similar name in the same folder.
    pub fn meant(&self, path: &str) -> Option<(&str, bool)> {
        if let Some(same) = self.lower.get(&path.to_lowercase()) {
            return Some((same, true));
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        match self.names.get(&name.to_lowercase()) {
            // Dozens of READMEs are no suggestion. Of a few the one that has most of the way in common.
            Some(same) if same.len() <= 3 => {
                let common =
                    |other: &&String| path.split('/').zip(other.split('/')).take_while(|(a, b)| a == b).count();
                same.iter().rev().max_by_key(common).map(|same| (&**same, false))
            }
            Some(_) => None,
            None => {
                let beside = self.beside.get(parent(path)).filter(|beside| beside.len() <= CANDIDATES)?;
                nearest(path, beside.iter().map(|path| &**path)).map(|near| (near, false))
            }
        }
    }
}
