//! Writes a site: a map of files in, the same files in the output folder out. Only what differs is written, only what an
//! earlier build wrote is removed, and a build that fails leaves the previous site whole.

use super::state::State;
use crate::output::{Artifact, Content, Output, Renderer};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Files are made here first when there is a site to protect; the folder is gone after the build.
const STAGING: &str = ".proofpress-new";

/// What a build did to the output folder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    pub written: usize,
    pub unchanged: usize,
    pub removed: usize,
    pub bytes: u64,
}

/// Why nothing was written.
#[derive(Debug)]
pub enum Error {
    Io {
        path: PathBuf,
        cause: io::Error,
    },
    Theme(crate::theme::Error),
    /// The output folder holds the book itself.
    HoldsBook(PathBuf),
    /// A file of that name is there, and it is none of ours.
    Foreign(PathBuf),
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Error::Io { path, cause } => write!(f, "cannot write `{}`: {cause}", path.display()),
            Error::Theme(error) => error.fmt(f),
            Error::HoldsBook(path) => {
                write!(f, "the output folder `{}` holds the book itself; choose another with `-o`", path.display())
            }
            Error::Foreign(path) => write!(
                f,
                "`{}` was not written by an earlier build and would be overwritten; remove it, or choose another folder with `-o`",
                path.display()
            ),
        }
    }
}

impl std::error::Error for Error {}

fn io_error(path: &Path) -> impl FnOnce(io::Error) -> Error + '_ {
    move |cause| Error::Io { path: path.to_path_buf(), cause }
}

/// What became of one file.
enum Done {
    Same,
    Written { size: u64, staged: Option<PathBuf> },
}

/// Brings the folder `out` into the state that `output` describes. `book` is the folder of the book; nothing outside
/// `out` is written. `state` is what the earlier build left, and is updated here.
pub fn write(
    out: &Path,
    book: &Path,
    renderer: &Renderer,
    output: &Output,
    state: &mut State,
) -> Result<Written, Error> {
    refuse_book(out, book)?;
    fs::create_dir_all(out).map_err(io_error(out))?;
    let fresh = fs::read_dir(out).map_err(io_error(out))?.next().is_none();
    if !fresh {
        refuse_foreign(out, book, renderer, output, state)?;
    }
    // From here on the files of both builds are ours, whatever happens.
    let earlier: BTreeSet<String> = state.files.keys().cloned().collect();
    let mut journal = State { digest: String::new(), files: state.files.clone(), diagnostics: Vec::new() };
    journal.files.extend(output.keys().map(|path| (path.clone(), 0)));
    journal.save(out).map_err(io_error(out))?;

    let staging = out.join(STAGING);
    make_folders(out, output)?;
    if !fresh {
        let _ = fs::remove_dir_all(&staging);
        fs::create_dir_all(&staging).map_err(io_error(&staging))?;
    }
    let entries: Vec<(usize, (&String, &Artifact))> = output.iter().enumerate().collect();
    let done: Result<Vec<Done>, Error> = entries
        .par_iter()
        .with_min_len(8)
        .map(|(index, (path, artifact))| {
            let staged = (!fresh).then(|| staging.join(index.to_string()));
            one(&out.join(path), book, renderer, artifact, staged)
        })
        .collect();
    let done = match done {
        Ok(done) => done,
        Err(error) => {
            let _ = fs::remove_dir_all(&staging);
            return Err(error);
        }
    };
    let mut written = Written::default();
    let mut files = BTreeMap::new();
    for ((_, (path, _)), done) in entries.iter().zip(done) {
        let target = out.join(path);
        match done {
            Done::Same => {
                written.unchanged += 1;
                files.insert(path.to_string(), fs::metadata(&target).map_or(0, |meta| meta.len()));
            }
            Done::Written { size, staged } => {
                if let Some(staged) = staged {
                    fs::rename(&staged, &target).map_err(io_error(&target))?;
                }
                written.written += 1;
                written.bytes += size;
                files.insert(path.to_string(), size);
            }
        }
    }
    let _ = fs::remove_dir_all(&staging);
    written.removed = remove_old(out, &earlier, output);
    state.files = files;
    Ok(written)
}

/// The output folder must not be the book's folder or one around it: the site would be written among its sources.
fn refuse_book(out: &Path, book: &Path) -> Result<(), Error> {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    if real(book).starts_with(real(out)) && out.exists() { Err(Error::HoldsBook(out.to_path_buf())) } else { Ok(()) }
}

/// Files that are there and that no earlier build wrote are left alone unless they already hold what would be written.
fn refuse_foreign(out: &Path, book: &Path, renderer: &Renderer, output: &Output, state: &State) -> Result<(), Error> {
    for (path, artifact) in output.iter().filter(|(path, _)| !state.files.contains_key(*path)) {
        let target = out.join(path);
        if target.symlink_metadata().is_ok() && !same(&target, book, renderer, artifact)? {
            return Err(Error::Foreign(target));
        }
    }
    Ok(())
}

fn same(target: &Path, book: &Path, renderer: &Renderer, artifact: &Artifact) -> Result<bool, Error> {
    Ok(match renderer.bytes(artifact).map_err(Error::Theme)? {
        Content::Bytes(bytes) => fs::read(target).is_ok_and(|old| old == *bytes),
        Content::File(path) => equal_files(&book.join(path), target),
    })
}

fn make_folders(out: &Path, output: &Output) -> Result<(), Error> {
    let folders: BTreeSet<&Path> = output.keys().filter_map(|path| Path::new(path).parent()).collect();
    for folder in folders {
        let folder = out.join(folder);
        fs::create_dir_all(&folder).map_err(io_error(&folder))?;
    }
    Ok(())
}

fn one(
    target: &Path,
    book: &Path,
    renderer: &Renderer,
    artifact: &Artifact,
    staged: Option<PathBuf>,
) -> Result<Done, Error> {
    let place = staged.as_deref().unwrap_or(target);
    match renderer.bytes(artifact).map_err(Error::Theme)? {
        Content::Bytes(bytes) => {
            let size = bytes.len() as u64;
            if staged.is_some()
                && fs::metadata(target).is_ok_and(|meta| meta.len() == size)
                && fs::read(target).is_ok_and(|old| old == *bytes)
            {
                return Ok(Done::Same);
            }
            fs::write(place, &bytes).map_err(io_error(target))?;
            Ok(Done::Written { size, staged })
        }
        Content::File(path) => {
            let source = book.join(path);
            if staged.is_some() && equal_files(&source, target) {
                return Ok(Done::Same);
            }
            let size = link_or_copy(&source, place).map_err(io_error(target))?;
            Ok(Done::Written { size, staged })
        }
    }
}

/// A second name for the same bytes costs nothing; where the system refuses it, the file is copied.
fn link_or_copy(source: &Path, place: &Path) -> io::Result<u64> {
    let meta = fs::symlink_metadata(source)?;
    if meta.is_file() && fs::hard_link(source, place).is_ok() {
        return Ok(meta.len());
    }
    fs::copy(source, place)
}

fn equal_files(a: &Path, b: &Path) -> bool {
    let (Ok(meta_a), Ok(meta_b)) = (fs::metadata(a), fs::metadata(b)) else { return false };
    meta_a.len() == meta_b.len()
        && (same_file(&meta_a, &meta_b) || matches!((fs::read(a), fs::read(b)), (Ok(a), Ok(b)) if a == b))
}

#[cfg(unix)]
fn same_file(a: &fs::Metadata, b: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    a.ino() == b.ino() && a.dev() == b.dev()
}

#[cfg(not(unix))]
fn same_file(_: &fs::Metadata, _: &fs::Metadata) -> bool {
    false
}

/// Removes what an earlier build wrote and this one did not, and the folders that became empty by it.
fn remove_old(out: &Path, earlier: &BTreeSet<String>, output: &Output) -> usize {
    let mut removed = 0;
    for path in earlier.iter().filter(|path| !output.contains_key(*path)) {
        let file = out.join(path);
        if fs::remove_file(&file).is_ok() {
            removed += 1;
        }
        let mut folder = file.parent();
        while let Some(dir) = folder.filter(|dir| *dir != out && fs::remove_dir(dir).is_ok()) {
            folder = dir.parent();
        }
    }
    removed
}
