//! What a book's folder has and a reading leaves out: a folder in; each such file or folder, and why, out.

use super::read::{self, Error, Listing};
use ignore::WalkBuilder;
use std::collections::BTreeSet;
use std::path::Path;

/// The outermost files and folders that are not read, in the order of their names. Git's own folder is none of them.
pub fn skipped(root: &Path) -> Result<Vec<(String, &'static str)>, Error> {
    let Listing { files, folders } = read::list(root)?;
    let root = &root.canonicalize().map_err(|cause| Error { path: root.to_path_buf(), cause })?;
    let names: BTreeSet<&str> = files.iter().map(|(name, _)| &**name).collect();
    let folders: BTreeSet<_> = folders.into_iter().collect();
    let known = folders.clone();
    // Below a folder that is left out there is nothing more to tell.
    let walk = WalkBuilder::new(root)
        .standard_filters(false)
        .filter_entry(move |entry| {
            let above = entry.path().parent().is_none_or(|above| known.contains(above));
            entry.depth() == 0 || (above && entry.file_name() != ".git")
        })
        .build();
    let mut all = Vec::new();
    for entry in walk.flatten().filter(|entry| entry.depth() > 0) {
        let name = read::name(root, entry.path());
        let kind = entry.file_type();
        let is_folder = kind.is_some_and(|kind| kind.is_dir());
        let is_link = kind.is_some_and(|kind| kind.is_symlink());
        let below = format!("{name}/");
        // A link to a folder gives all that is in it a second name.
        let is_read = if is_folder {
            folders.contains(entry.path())
        } else {
            names.contains(&*name) || names.range(&*below..).next().is_some_and(|next| next.starts_with(&below))
        };
        if is_read {
            let size = entry.metadata().map_or(0, |meta| meta.len());
            if !is_folder && read::is_text(&name, 0) && !read::is_text(&name, size) {
                all.push((name, "too large for a page; it is published as it is"));
            }
            continue;
        }
        let why = match entry.file_name().to_str() {
            Some("node_modules") if is_folder => "packages of Node",
            Some("target") if is_folder && entry.path().join("CACHEDIR.TAG").is_file() => "what Cargo built",
            _ if is_folder && read::is_site(entry.path()) => "a site that was built",
            _ if is_link => "a link that leads out of the book, in a circle or nowhere",
            _ if !is_folder && !kind.is_some_and(|kind| kind.is_file()) => "no file",
            _ => "ignored by Git",
        };
        all.push((if is_folder { below } else { name }, why));
    }
    all.sort();
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn what_is_left_out_is_named_once() {
        let folder = std::env::temp_dir().join(format!("proofpress-skipped-{}", std::process::id()));
        for (path, text) in [
            (".gitignore", "private/\n*.log\n"),
            (".git/config", ""),
            ("README.md", ""),
            ("private/a.md", ""),
            ("docs/x.log", ""),
            ("docs/x.md", ""),
            ("docs/node_modules/a/README.md", ""),
            ("site/.proofpress.json", "{}"),
            ("target/CACHEDIR.TAG", ""),
        ] {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let mut expected = vec![
            ("docs/node_modules/".to_string(), "packages of Node"),
            ("docs/x.log".to_string(), "ignored by Git"),
            ("private/".to_string(), "ignored by Git"),
            ("site/".to_string(), "a site that was built"),
            ("target/".to_string(), "what Cargo built"),
        ];
        #[cfg(unix)]
        {
            for (link, target) in [("alias", "docs"), ("gone.md", "nowhere.md")] {
                std::os::unix::fs::symlink(target, folder.join(link)).unwrap();
            }
            expected.insert(2, ("gone.md".to_string(), "a link that leads out of the book, in a circle or nowhere"));
        }
        let found = skipped(&folder).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(found, expected);
    }
}
