//! What stands in the way of a build: the output folder and what shall be in it in, the reason to refuse out. All is
//! asked before anything is changed.

use super::copy::is_published;
use super::state::State;
use super::write::Error;
use crate::book::is_markdown;
use crate::config::Assets;
use crate::output::{Content, Output, Renderer};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The output folder must neither hold the book nor pages of it: the site would be written among its sources.
pub fn refuse_book(out: &Path, book: &Path, renderer: &Renderer) -> Result<(), Error> {
    let (Ok(real_out), Ok(real_book)) = (out.canonicalize(), book.canonicalize()) else { return Ok(()) };
    let holds_page = |inner: &Path| {
        let inner = inner.to_string_lossy().replace('\\', "/") + "/";
        renderer.site.sources.files().any(|(_, source)| source.path.starts_with(&inner) && is_markdown(&source.path))
    };
    let refused = real_book.starts_with(&real_out) || real_out.strip_prefix(&real_book).is_ok_and(holds_page);
    if refused { Err(Error::HoldsBook(out.to_path_buf())) } else { Ok(()) }
}

/// What is there and was not written by an earlier build is left alone, unless it already is what would be written.
/// A symbolic link in the place of a folder is never followed: it may lead anywhere.
pub fn refuse_foreign(
    out: &Path,
    book: &Path,
    renderer: &Renderer,
    output: &Output,
    state: &State,
) -> Result<(), Error> {
    for folder in folders(output) {
        let foreign = |meta: fs::Metadata| !meta.is_dir() && !is_ours(folder, output, state);
        if out.join(folder).symlink_metadata().is_ok_and(foreign) {
            return Err(Error::Foreign(out.join(folder)));
        }
    }
    for (path, artifact) in output.iter().filter(|(path, _)| !state.files.contains_key(*path)) {
        let target = out.join(path);
        if target.symlink_metadata().is_err() {
            continue;
        }
        let content = renderer.bytes(artifact).map_err(Error::Theme)?;
        if !holds(&target, book, &content, renderer.site.config.assets) {
            return Err(Error::Foreign(target));
        }
    }
    Ok(())
}

/// Whether a file of the output folder already is what it shall be.
pub fn holds(target: &Path, book: &Path, content: &Content, assets: Assets) -> bool {
    match content {
        Content::Bytes(bytes) => {
            let same_size = |meta: fs::Metadata| meta.is_file() && meta.len() == bytes.len() as u64;
            target.symlink_metadata().is_ok_and(same_size) && fs::read(target).is_ok_and(|old| old == **bytes)
        }
        Content::File(path) => is_published(&book.join(path), target, assets),
    }
}

/// A file of the earlier site that stands where a folder shall be.
fn is_ours(folder: &Path, output: &Output, state: &State) -> bool {
    folder.to_str().is_some_and(|path| state.files.contains_key(path) && !output.contains_key(path))
}

/// Every folder that has a file in it or below, the outer ones first.
pub fn folders(output: &Output) -> BTreeSet<&Path> {
    let mut folders = BTreeSet::new();
    for path in output.keys() {
        let above = Path::new(path).ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty());
        for folder in above {
            if !folders.insert(folder) {
                break;
            }
        }
    }
    folders
}

/// Whether the way from `out` to a file in it leads through folders alone.
pub fn is_real(out: &Path, path: &str) -> bool {
    let above = Path::new(path).ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty());
    above.into_iter().all(|folder| out.join(folder).symlink_metadata().is_ok_and(|meta| meta.is_dir()))
}
