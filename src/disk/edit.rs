//! Changes the author's own files: texts as they were and as they shall be, and moves, in; all of it done, or nothing, out.
//!
//! These files may exist nowhere else. So what is not as it was read is left alone, nothing is reached through a
//! symbolic link, a file is replaced by a finished one, and what was done is undone when a later step fails.

use super::guard::is_real;
use crate::edit::Change;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Why nothing was changed.
#[derive(Debug)]
pub enum Error {
    Io {
        path: PathBuf,
        cause: io::Error,
    },
    /// The file is not what was read, or not reached through folders of the book alone.
    Changed(String),
    /// Something is there already.
    Exists(String),
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Error::Io { path, cause } => write!(f, "cannot write `{}`: {cause}; nothing was changed", path.display()),
            Error::Changed(path) => write!(f, "`{path}` has changed in the meantime; nothing was written"),
            Error::Exists(path) => write!(f, "`{path}` exists already; nothing was written"),
        }
    }
}

impl std::error::Error for Error {}

fn io_error(path: &Path) -> impl FnOnce(io::Error) -> Error + '_ {
    move |cause| Error::Io { path: path.to_path_buf(), cause }
}

/// Whether a path of the book is a file of its own: neither a symbolic link nor behind one.
pub fn is_own(root: &Path, path: &str) -> bool {
    is_real(root, path) && root.join(path).symlink_metadata().is_ok_and(|meta| meta.is_file())
}

/// Whether something of this name is there, in whatever capitals the file system takes for the same.
pub fn exists(root: &Path, path: &str) -> bool {
    root.join(path).symlink_metadata().is_ok()
}

/// A step that can be undone.
enum Done<'a> {
    Made(PathBuf),
    Replaced(PathBuf, &'a str),
    Moved { from: PathBuf, to: PathBuf },
    Folder(PathBuf),
}

/// Writes the new texts where the old ones stand, then moves a file or folder, then makes new files.
pub fn change(root: &Path, changes: &[Change], moved: Option<(&str, &str)>) -> Result<(), Error> {
    for change in changes {
        refuse(root, change)?;
    }
    if let Some((from, to)) = moved {
        refuse_move(root, from, to)?;
    }
    let staged = stage(root, changes)?;
    let mut done = Vec::new();
    let result = commit(root, &staged, changes, moved, &mut done);
    if result.is_err() {
        done.into_iter().rev().for_each(undo);
        staged.iter().for_each(|(_, new, _)| drop(fs::remove_file(new)));
    }
    result
}

fn refuse(root: &Path, change: &Change) -> Result<(), Error> {
    match &change.from {
        None if exists(root, &change.to) => Err(Error::Exists(change.to.clone())),
        None => refuse_way(root, &change.to),
        Some(path) => {
            let same = is_own(root, path) && fs::read(root.join(path)).is_ok_and(|now| now == change.old.as_bytes());
            if same { Ok(()) } else { Err(Error::Changed(path.clone())) }
        }
    }
}

fn refuse_move(root: &Path, from: &str, to: &str) -> Result<(), Error> {
    let (source, target) = (root.join(from), root.join(to));
    let kept = source.symlink_metadata().is_ok_and(|meta| meta.is_file() || meta.is_dir()) && is_real(root, from);
    if !kept {
        return Err(Error::Changed(from.to_string()));
    }
    // In other capitals it may be the file itself.
    let same = || from.eq_ignore_ascii_case(to) && source.canonicalize().ok() == target.canonicalize().ok();
    if exists(root, to) && !same() {
        return Err(Error::Exists(to.to_string()));
    }
    refuse_way(root, to)
}

/// What is there of the way to a new file must be folders, and no links to some.
fn refuse_way(root: &Path, to: &str) -> Result<(), Error> {
    let above = Path::new(to).ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty());
    for folder in above.map(|folder| root.join(folder)) {
        if folder.symlink_metadata().is_ok_and(|meta| !meta.is_dir()) {
            return Err(Error::Exists(to.to_string()));
        }
    }
    Ok(())
}

/// The target, the finished text beside it, and the old text.
type Staged<'a> = (PathBuf, PathBuf, &'a str);

/// Writes each new text beside its file. Nothing is left behind when that fails.
fn stage<'a>(root: &Path, changes: &'a [Change]) -> Result<Vec<Staged<'a>>, Error> {
    let mut staged: Vec<Staged> = Vec::new();
    for (n, change) in changes.iter().enumerate() {
        let Some(from) = &change.from else { continue };
        let target = root.join(from);
        let new = target.with_file_name(format!(".proofpress-{}-{n}", std::process::id()));
        let result = write_new(&new, &change.new, Some(&target)).map_err(io_error(&target));
        staged.push((target.clone(), new, &*change.old));
        if let Err(error) = result {
            staged.iter().for_each(|(_, new, _)| drop(fs::remove_file(new)));
            return Err(error);
        }
    }
    Ok(staged)
}

/// Writes a file that is not there yet, which may be read and written by those who may read and write `like`.
fn write_new(new: &Path, text: &str, like: Option<&Path>) -> io::Result<()> {
    let mut file = File::options().write(true).create_new(true).open(new)?;
    file.write_all(text.as_bytes())?;
    if let Some(meta) = like.and_then(|like| like.metadata().ok()) {
        file.set_permissions(meta.permissions())?;
    }
    file.sync_all()
}

fn commit<'a>(
    root: &Path,
    staged: &[Staged<'a>],
    changes: &[Change],
    moved: Option<(&str, &str)>,
    done: &mut Vec<Done<'a>>,
) -> Result<(), Error> {
    for (target, new, old) in staged {
        fs::rename(new, target).map_err(io_error(target))?;
        done.push(Done::Replaced(target.clone(), old));
    }
    if let Some((from, to)) = moved {
        let (from, to) = (root.join(from), root.join(to));
        make_folders(&to, done)?;
        fs::rename(&from, &to).map_err(io_error(&to))?;
        done.push(Done::Moved { from, to });
    }
    for change in changes.iter().filter(|change| change.from.is_none()) {
        let target = root.join(&change.to);
        make_folders(&target, done)?;
        done.push(Done::Made(target.clone()));
        write_new(&target, &change.new, None).map_err(io_error(&target))?;
    }
    Ok(())
}

/// Makes the folders that are missing above a file.
fn make_folders(file: &Path, done: &mut Vec<Done>) -> Result<(), Error> {
    let above = file.ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty());
    let mut missing: Vec<&Path> = above.take_while(|folder| !folder.exists()).collect();
    missing.reverse();
    for folder in missing {
        fs::create_dir(folder).map_err(io_error(folder))?;
        done.push(Done::Folder(folder.to_path_buf()));
    }
    Ok(())
}

/// As far as the disk lets us.
fn undo(step: Done) {
    let _ = match step {
        Done::Made(path) => fs::remove_file(path),
        Done::Replaced(path, old) => fs::write(path, old),
        Done::Moved { from, to } => fs::rename(to, from),
        Done::Folder(path) => fs::remove_dir(path),
    };
}
