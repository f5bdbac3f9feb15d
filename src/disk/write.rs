//! Writes a site: a map of files in, the same files in the output folder out. Only what differs is written, only what an
//! earlier build wrote is removed, and a build that fails leaves the previous site whole.

use super::copy::publish;
use super::guard::{folders, holds, is_real, refuse_book, refuse_foreign};
use super::state::{NAME, STAGING, State};
use crate::config::Assets;
use crate::output::{Artifact, Content, Output, Renderer};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

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
    /// The output folder holds the book itself, or pages of it.
    HoldsBook(PathBuf),
    /// Something of that name is there, and it is none of ours.
    Foreign(PathBuf),
    /// Another build is at work in the output folder.
    Busy(PathBuf),
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
            Error::Busy(path) => {
                write!(f, "another build is writing into `{}`; start this one again when it is done", path.display())
            }
        }
    }
}

impl std::error::Error for Error {}

fn io_error(path: &Path) -> impl FnOnce(io::Error) -> Error + '_ {
    move |cause| Error::Io { path: path.to_path_buf(), cause }
}

/// What became of one file.
enum Done {
    Same { size: u64 },
    Written { size: u64 },
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
    refuse_book(out, book, renderer)?;
    let is_new = !out.exists();
    fs::create_dir_all(out).map_err(io_error(out))?;
    // Held until this returns, or the process ends in whatever way.
    let _lock = lock(out)?;
    if fs::read_dir(out).map_err(io_error(out))?.next().is_some() {
        refuse_foreign(out, book, renderer, output, state)?;
        return update(out, book, renderer, output, state);
    }
    let first = create(out, book, renderer, output, state);
    if first.is_err() {
        remove(out, output.keys());
        let _ = fs::remove_file(out.join(NAME));
        let _ = is_new.then(|| fs::remove_dir(out));
    }
    first
}

/// Not every system can lock a folder; where it cannot, two builds at once are not noticed.
fn lock(out: &Path) -> Result<Option<File>, Error> {
    let Ok(folder) = File::open(out) else { return Ok(None) };
    match folder.try_lock() {
        Err(TryLockError::WouldBlock) => Err(Error::Busy(out.to_path_buf())),
        _ => Ok(Some(folder)),
    }
}

/// Writes the first site into an empty folder.
fn create(out: &Path, book: &Path, renderer: &Renderer, output: &Output, state: &mut State) -> Result<Written, Error> {
    let assets = renderer.site.config.assets;
    begin(out, output, state)?;
    for folder in folders(output) {
        let folder = out.join(folder);
        fs::create_dir_all(&folder).map_err(io_error(&folder))?;
    }
    let done = each(output, |_, path, artifact| {
        let target = out.join(path);
        let content = renderer.bytes(artifact).map_err(Error::Theme)?;
        let size = make(&target, book, &content, assets).map_err(io_error(&target))?;
        Ok(Done::Written { size })
    })?;
    Ok(finish(output, done, state))
}

/// Makes what differs from the site that is there, then puts it in place.
fn update(out: &Path, book: &Path, renderer: &Renderer, output: &Output, state: &mut State) -> Result<Written, Error> {
    let assets = renderer.site.config.assets;
    let staging = out.join(STAGING);
    let _ = fs::remove_file(&staging);
    let _ = fs::remove_dir_all(&staging);
    fs::create_dir(&staging).map_err(io_error(&staging))?;
    let staged = |index: usize| staging.join(index.to_string());
    let made = each(output, |index, path, artifact| {
        let target = out.join(path);
        let content = renderer.bytes(artifact).map_err(Error::Theme)?;
        if let Some(size) = unchanged(&target, book, &content, assets)? {
            return Ok(Done::Same { size });
        }
        let size = make(&staged(index), book, &content, assets).map_err(io_error(&target))?;
        Ok(Done::Written { size })
    });
    let placed = made.and_then(|done| {
        let earlier: BTreeSet<String> = state.files.keys().cloned().collect();
        begin(out, output, state)?;
        for folder in folders(output) {
            let place = out.join(folder);
            // A file that the earlier site had there; others were refused.
            let _ = place.symlink_metadata().is_ok_and(|meta| !meta.is_dir()) && fs::remove_file(&place).is_ok();
            fs::create_dir_all(&place).map_err(io_error(&place))?;
        }
        for (index, (path, done)) in output.keys().zip(&done).enumerate() {
            if let Done::Written { .. } = done {
                let target = out.join(path);
                fs::rename(staged(index), &target).map_err(io_error(&target))?;
            }
        }
        let mut written = finish(output, done, state);
        written.removed = remove(out, earlier.iter().filter(|path| !output.contains_key(*path)));
        Ok(written)
    });
    let _ = fs::remove_dir_all(&staging);
    placed
}

/// From here on the files of both builds are ours, whatever happens.
fn begin(out: &Path, output: &Output, state: &State) -> Result<(), Error> {
    let mut journal = State { files: state.files.clone(), ..State::default() };
    journal.files.extend(output.keys().map(|path| (path.clone(), 0)));
    journal.save(out).map_err(io_error(out))
}

/// Works on all files of the site, on all cores.
fn each(
    output: &Output,
    work: impl Fn(usize, &str, &Artifact) -> Result<Done, Error> + Sync,
) -> Result<Vec<Done>, Error> {
    let entries: Vec<(&String, &Artifact)> = output.iter().collect();
    let work = |(index, (path, artifact)): (usize, &(&String, &Artifact))| work(index, path, artifact);
    entries.par_iter().enumerate().with_min_len(8).map(work).collect()
}

fn finish(output: &Output, done: Vec<Done>, state: &mut State) -> Written {
    let mut written = Written::default();
    let mut sizes = BTreeMap::new();
    for (path, done) in output.keys().zip(done) {
        let size = match done {
            Done::Same { size } => {
                written.unchanged += 1;
                size
            }
            Done::Written { size } => {
                written.written += 1;
                written.bytes += size;
                size
            }
        };
        sizes.insert(path.clone(), size);
    }
    let copies = output.iter().filter_map(|(path, artifact)| match artifact {
        Artifact::Copy(source) => Some((path.clone(), source.clone())),
        _ => None,
    });
    *state = State { files: sizes, copies: copies.collect(), ..State::default() };
    written
}

/// The size of a file that already is what it shall be.
fn unchanged(target: &Path, book: &Path, content: &Content, assets: Assets) -> Result<Option<u64>, Error> {
    match target.symlink_metadata() {
        Ok(meta) if meta.is_dir() => Err(Error::Foreign(target.to_path_buf())),
        Ok(meta) => Ok(holds(target, book, content, assets).then_some(meta.len())),
        Err(_) => Ok(None),
    }
}

/// Makes a file where nothing is yet, and returns its size.
fn make(place: &Path, book: &Path, content: &Content, assets: Assets) -> io::Result<u64> {
    match content {
        Content::Bytes(bytes) => fs::write(place, bytes).map(|()| bytes.len() as u64),
        Content::File(path) => publish(&book.join(path), place, assets),
    }
}

/// Removes files of a site, and the folders that became empty by it. Returns how many there were.
fn remove<'a>(out: &Path, paths: impl Iterator<Item = &'a String>) -> usize {
    let mut removed = 0;
    for path in paths.filter(|path| is_real(out, path)) {
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
