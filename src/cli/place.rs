//! Where a book lies: its folder in; the ways to it from the current folder and in its Git repository out.

use crate::report::Place;
use std::path::{Path, PathBuf};

/// The place of a folder, as reports name the files in it.
pub fn place(root: &Path) -> Place {
    let here = std::env::current_dir().and_then(|dir| dir.canonicalize()).ok();
    let real = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
    let repository = repository(here.as_deref(), &real).and_then(|git| real.strip_prefix(git).ok()).map(folder);
    if let Some(inside) = here.as_ref().and_then(|here| here.strip_prefix(&real).ok()) {
        return Place { prefix: String::new(), inside: folder(inside), repository };
    }
    let way = match here {
        Some(here) if real.starts_with(&here) => way(&here, &real),
        // A link out of this folder is shown as it was named.
        _ if root.is_relative() => root.to_path_buf(),
        Some(here) => way(&here, &real),
        None => real,
    };
    Place { prefix: folder(&way), inside: String::new(), repository }
}

/// The root of the repository that a service would know: the one that the program runs in if the folder is in it, else
/// the folder's own.
fn repository<'p>(here: Option<&'p Path>, folder: &'p Path) -> Option<&'p Path> {
    let above = here.into_iter().flat_map(Path::ancestors).chain(folder.ancestors());
    above.into_iter().find(|above| folder.starts_with(above) && above.join(".git").exists())
}

/// With `/` on every system and at the end; empty for the folder itself.
fn folder(path: &Path) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    if path.is_empty() || path == "." { String::new() } else { format!("{}/", path.trim_end_matches('/')) }
}

/// The relative path from one folder to another, where there is one.
pub fn way(from: &Path, to: &Path) -> PathBuf {
    let common = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    if common == 0 {
        return to.to_path_buf();
    }
    let up = from.components().skip(common).map(|_| "..");
    up.map(PathBuf::from).chain(to.components().skip(common).map(|part| PathBuf::from(part.as_os_str()))).collect()
}
