//! Files of the book that are published as they are: a source and a place in, the same bytes there out.
//!
//! A copy carries its source's time, so that "is it still the same?" is answered by size and time, without reading
//! either. Where the file system can share the blocks of two files (APFS, Btrfs, XFS), [`fs::copy`] lets it, and a copy
//! costs nothing. A hard link would cost nothing anywhere, but then whoever changes the site in place (an image
//! optimiser, `chmod`, `chown`) changes the author's own file. So links are made only for those who ask.

use crate::config::Assets;
use std::fs::{self, File, Metadata};
use std::io;
use std::path::Path;

/// Puts the file `source` at `place`, where nothing is yet, and returns its size.
pub fn publish(source: &Path, place: &Path, assets: Assets) -> io::Result<u64> {
    let meta = fs::metadata(source)?;
    if assets == Assets::Link && fs::hard_link(source, place).is_ok() {
        return Ok(meta.len());
    }
    let size = fs::copy(source, place)?;
    keep_time(&meta, place);
    Ok(size)
}

/// Whether `place` holds what the file `source` does. Equal bytes with another time are given the time of the source.
pub fn is_published(source: &Path, place: &Path, assets: Assets) -> bool {
    let (Ok(from), Ok(to)) = (fs::metadata(source), fs::symlink_metadata(place)) else { return false };
    if !to.is_file() || from.len() != to.len() {
        return false;
    }
    if same_file(&from, &to) {
        return assets == Assets::Link;
    }
    if same_time(&from, &to) {
        return true;
    }
    let equal = matches!((fs::read(source), fs::read(place)), (Ok(a), Ok(b)) if a == b);
    if equal {
        keep_time(&from, place);
    }
    equal
}

/// Whether `place` certainly holds what the file `source` does, by what the file system says of both.
pub fn looks_published(source: &Path, place: &Path) -> bool {
    match (fs::metadata(source), fs::symlink_metadata(place)) {
        (Ok(from), Ok(to)) => to.is_file() && from.len() == to.len() && same_time(&from, &to),
        _ => false,
    }
}

fn same_time(a: &Metadata, b: &Metadata) -> bool {
    matches!((a.modified(), b.modified()), (Ok(a), Ok(b)) if a == b)
}

/// Without the time the next build compares the bytes, which is slower and no less right.
fn keep_time(source: &Metadata, place: &Path) {
    if let (Ok(time), Ok(file)) = (source.modified(), File::open(place)) {
        let _ = file.set_modified(time);
    }
}

#[cfg(unix)]
fn same_file(a: &Metadata, b: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    a.ino() == b.ino() && a.dev() == b.dev()
}

#[cfg(not(unix))]
fn same_file(_: &Metadata, _: &Metadata) -> bool {
    false
}
