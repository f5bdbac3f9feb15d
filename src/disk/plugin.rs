//! Reads a plugin: a folder in, [`Sources`] out; or one file of it.
//!
//! Unlike in a book every file is listed, also what Git ignores and `.git` itself: the packaging command packs all that
//! its own ignore file does not leave out, and counts its size.

use super::read::{self, Error, alias, name, walk_error};
use crate::plugin::{self, MANIFEST};
use crate::source::{Asset, Source, Sources};
use ignore::WalkBuilder;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Folders with very many files, none of which a plugin names.
const LISTED_ONLY: [&str; 5] = [".git", ".venv", "venv", "node_modules", "__pycache__"];

/// No file of a plugin is larger: the whole package may have 50 MiB.
const LARGEST_TEXT: u64 = 20 << 20;

/// Whether a folder is a plugin or a bundle and not a book.
pub fn is_plugin(root: &Path) -> bool {
    let has = |name: &str| match name.strip_suffix('/') {
        Some(folder) => root.join(folder).is_dir(),
        None => root.join(name).is_file(),
    };
    let manifest = has(MANIFEST).then(|| read_text(&root.join(MANIFEST)).ok().flatten()).flatten();
    plugin::is_plugin(has, manifest.as_ref().map(|(text, _)| &**text))
}

/// Reads every text of a plugin's folder, and lists all other files with their sizes. Symbolic links are second names of
/// files in the folder; others are not followed.
pub fn read(root: &Path) -> Result<Sources, Error> {
    let root = &root.canonicalize().map_err(|cause| Error { path: root.to_path_buf(), cause })?;
    let (mut files, mut links): (Vec<(String, PathBuf)>, Vec<PathBuf>) = (Vec::new(), Vec::new());
    for entry in WalkBuilder::new(root).standard_filters(false).build() {
        let entry = entry.map_err(|error| walk_error(root, error))?;
        match entry.file_type() {
            Some(kind) if kind.is_file() => files.push((name(root, entry.path()), entry.into_path())),
            Some(kind) if kind.is_symlink() => links.push(entry.into_path()),
            _ => {}
        }
    }
    files.sort_by(|a, b| a.1.cmp(&b.1));
    let aliases: Vec<_> = links.iter().flat_map(|link| alias(root, link, &files)).collect();
    files.extend(aliases);
    let parts = files.into_par_iter().map(read_part).collect::<Result<Vec<_>, _>>()?;
    let mut assets = BTreeMap::new();
    let mut texts = Vec::new();
    for (asset, path, text) in parts {
        texts.extend(text.map(|(text, invalid)| Source { path: path.clone(), text, invalid }));
        assets.insert(path, asset);
    }
    Ok(Sources::new(texts, assets))
}

/// Reads one file; its name is its path as it was given.
pub fn read_file(path: &Path) -> Result<Source, Error> {
    let fail = |cause| Error { path: path.to_path_buf(), cause };
    let read = read_text(path).map_err(fail)?;
    let (text, invalid) = read.ok_or_else(|| fail(io::Error::other("it is too large")))?;
    Ok(Source { path: path.to_string_lossy().replace('\\', "/"), text, invalid })
}

type Text = (Arc<str>, Option<u32>);

fn read_part((name, path): (String, PathBuf)) -> Result<(Asset, String, Option<Text>), Error> {
    let fail = |cause| Error { path: path.clone(), cause };
    let bytes = path.metadata().map_err(fail)?.len();
    let text = if is_text(&name) { read_text(&path).map_err(fail)? } else { None };
    Ok((Asset { bytes, dimensions: None }, name, text))
}

/// Files that may be meant as YAML; a program that a list names by mistake is one of them.
pub fn is_text(name: &str) -> bool {
    let (folders, file) = name.rsplit_once('/').unwrap_or(("", name));
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    let is_known = matches!(&*ending, "" | "yaml" | "yml" | "json" | "toml" | "md" | "txt" | "py");
    let is_ignore_file = matches!(name, ".difyignore" | ".gitignore");
    (is_known || is_ignore_file) && !folders.split('/').any(|folder| LISTED_ONLY.contains(&folder))
}

/// None for a file that is too large for a text.
fn read_text(path: &Path) -> io::Result<Option<Text>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST_TEXT + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= LARGEST_TEXT).then(|| decode(&bytes)))
}

/// UTF-8, or UTF-16 where a byte order mark says so: YAML may be written in either.
fn decode(bytes: &[u8]) -> Text {
    let pair: fn([u8; 2]) -> u16 = match bytes {
        [0xFF, 0xFE, ..] => u16::from_le_bytes,
        [0xFE, 0xFF, ..] => u16::from_be_bytes,
        _ => return read::decode(bytes),
    };
    let (pairs, rest) = bytes[2..].as_chunks();
    let units = pairs.iter().map(|two| pair(*two));
    let mut text = String::new();
    let mut invalid = None;
    for char in char::decode_utf16(units) {
        if char.is_err() {
            invalid = invalid.or(Some(text.len() as u32));
        }
        text.push(char.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    if !rest.is_empty() {
        invalid = invalid.or(Some(text.len() as u32));
    }
    (text.into(), invalid)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn every_file_is_listed_and_texts_are_read() {
        let root = std::env::temp_dir().join(format!("proofpress-plugin-{}", std::process::id()));
        for (path, content) in [
            (MANIFEST, &b"type: plugin\n"[..]),
            (".gitignore", b"ignored.yaml\n"),
            ("ignored.yaml", b"a: 1\n"),
            ("main.py", b"import x\n"),
            (".git/config", b"12345"),
            (".venv/x.yaml", b"1"),
            ("_assets/icon.svg", b"<svg/>"),
        ] {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        let sources = read(&root).unwrap();
        let is_plugin = is_plugin(&root);
        fs::remove_dir_all(&root).unwrap();
        let texts: Vec<&str> = sources.files().map(|(_, source)| &*source.path).collect();
        assert_eq!(texts, [".gitignore", "ignored.yaml", "main.py", MANIFEST]);
        assert_eq!(sources.assets().len(), 7);
        assert_eq!(sources.assets()[".git/config"].bytes, 5);
        assert!(is_plugin);
    }

    #[test]
    fn texts_may_be_utf_16() {
        for (bytes, expected, invalid) in [
            (&b"\xFF\xFEa\0:\0"[..], "a:", None),
            (b"\xFE\xFF\0a\0:", "a:", None),
            (b"\xFF\xFEa\0\0\xD8b\0", "a\u{FFFD}b", Some(1)),
            (b"\xFF\xFEa\0b", "a", Some(1)),
            (b"a\xFF", "a\u{FFFD}", Some(1)),
        ] {
            assert_eq!(decode(bytes), (expected.into(), invalid), "{bytes:?}");
        }
    }
}
