//! Reads a book: a folder in, [`Sources`] out.

use crate::book::is_markdown;
use crate::source::{Asset, Source, Sources};
use ignore::WalkBuilder;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The world did not give what was asked for: a file or folder, and why.
#[derive(Debug)]
pub struct Error {
    pub path: PathBuf,
    pub cause: io::Error,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        match self.cause.kind() {
            io::ErrorKind::NotFound => write!(f, "there is no `{path}`"),
            io::ErrorKind::PermissionDenied => write!(f, "no permission to read `{path}`"),
            _ => write!(f, "cannot read `{path}`: {}", self.cause),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.cause)
    }
}

/// What makes a folder a book, the surest sign first.
const SIGNS: [&str; 4] = ["book.toml", ".gitbook.yaml", "SUMMARY.md", "README.md"];

/// The folder of the book that `start` (a folder, or a file in one) belongs to: `start` itself if it has the sign of a
/// book, else the one above it with the surest sign, up to the Git root. Outside a Git repository only `book.toml` counts
/// above, since any folder may have a `README.md`. Where nothing is found it is `start`.
pub fn find_root(start: &Path) -> PathBuf {
    let start = if start.is_file() { start.parent().unwrap_or(start) } else { start };
    let start = if start.as_os_str().is_empty() { Path::new(".") } else { start };
    if SIGNS.iter().any(|sign| start.join(sign).is_file()) {
        return start.to_path_buf();
    }
    // What is above `.` is only known from its full name.
    let full = start.canonicalize().unwrap_or_else(|_| start.to_path_buf());
    let mut above: Vec<&Path> = full.ancestors().collect();
    let git = above.iter().position(|folder| folder.join(".git").exists());
    above.truncate(git.map_or(above.len(), |git| git + 1));
    let signs = if git.is_some() { &SIGNS[..] } else { &SIGNS[..1] };
    let found = signs.iter().find_map(|sign| above.iter().find(|folder| folder.join(sign).is_file()));
    found.map_or_else(|| start.to_path_buf(), |folder| folder.to_path_buf())
}

/// Whether a folder has one of the signs, or a Markdown file anywhere in it.
pub fn is_book(root: &Path) -> bool {
    let has_page = |listing: Listing| listing.files.iter().any(|(name, _)| is_markdown(name));
    SIGNS.iter().any(|sign| root.join(sign).is_file()) || list(root).is_ok_and(has_page)
}

/// Where the files of a book are, without what they hold.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// Each file's name in the book, and its path. A file that links lead to has several names.
    pub files: Vec<(String, PathBuf)>,
    /// The folders that were looked into.
    pub folders: Vec<PathBuf>,
}

/// Reads every file of a book; see [`list`] for which these are.
pub fn read(root: &Path) -> Result<Sources, Error> {
    load(&list(root)?, &Sources::default(), &BTreeSet::new())
}

/// Reads the files of a listing. What `known` has from an earlier reading is taken from there, except the files at the
/// paths in `changed`.
pub fn load(listing: &Listing, known: &Sources, changed: &BTreeSet<PathBuf>) -> Result<Sources, Error> {
    let part = |(name, path): &(String, PathBuf)| match known.assets().get(name) {
        Some(asset) if !changed.contains(path) => {
            let text = known.find(name).map(|id| known.source(id)).map(|source| (source.text.clone(), source.invalid));
            Ok(Some((name.clone(), *asset, text)))
        }
        _ => read_file(name.clone(), path),
    };
    let parts = listing.files.par_iter().map(part).collect::<Result<Vec<_>, _>>()?;
    let mut texts = Vec::new();
    let mut assets = BTreeMap::new();
    for (name, asset, text) in parts.into_iter().flatten() {
        texts.extend(text.map(|(text, invalid)| Source { path: name.clone(), text, invalid }));
        assets.insert(name, asset);
    }
    Ok(Sources::new(texts, assets))
}

/// Finds every file that Git would keep (`.gitignore` counts), except sites that a build wrote, `node_modules`, and what
/// Cargo built. Hidden files are listed. A symbolic link is followed if what it leads to is listed anyway: it is a second name
/// for a file or folder of the book, so links can neither leave the book nor run in circles.
pub fn list(root: &Path) -> Result<Listing, Error> {
    let root = &root.canonicalize().map_err(|cause| Error { path: root.to_path_buf(), cause })?;
    let walk = WalkBuilder::new(root)
        .standard_filters(false)
        .git_ignore(true)
        .parents(true)
        // A copy without its `.git` gives the same site.
        .require_git(false)
        .filter_entry(|entry| match entry.file_name().to_str() {
            _ if entry.depth() == 0 => true,
            Some(".git" | "node_modules") => false,
            Some("target") if entry.path().join("CACHEDIR.TAG").is_file() => false,
            _ => !entry.file_type().is_some_and(|kind| kind.is_dir()) || !is_site(entry.path()),
        })
        .build();
    let mut listing = Listing::default();
    let mut links = Vec::new();
    for entry in walk {
        let entry = match entry {
            // Removed while we looked.
            Err(error) if error.io_error().is_some_and(|error| error.kind() == io::ErrorKind::NotFound) => continue,
            entry => entry.map_err(|error| walk_error(root, error))?,
        };
        match entry.file_type() {
            Some(kind) if kind.is_file() => listing.files.push((name(root, entry.path()), entry.into_path())),
            Some(kind) if kind.is_dir() => listing.folders.push(entry.into_path()),
            Some(kind) if kind.is_symlink() => links.push(entry.into_path()),
            _ => {}
        }
    }
    listing.files.sort_by(|a, b| a.1.cmp(&b.1));
    links.sort();
    let aliases: Vec<_> = links.iter().flat_map(|link| alias(root, link, &listing.files)).collect();
    listing.files.extend(aliases);
    Ok(listing)
}

/// Whether a folder holds a site that a build wrote.
pub fn is_site(folder: &Path) -> bool {
    folder.join(super::state::NAME).is_file()
}

/// Reads the theme's files that a book replaces, by name; none where there is no such folder.
pub fn theme_files(root: &Path, dir: &str) -> Result<BTreeMap<String, Vec<u8>>, Error> {
    let mut files = BTreeMap::new();
    let Ok(entries) = std::fs::read_dir(root.join(dir)) else { return Ok(files) };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_file() {
            let bytes = std::fs::read(&path).map_err(|cause| Error { path, cause })?;
            files.insert(entry.file_name().to_string_lossy().into_owned(), bytes);
        }
    }
    Ok(files)
}

/// The files that a symbolic link gives a second name. None for one that leads out of the book, or back above itself.
pub(super) fn alias(root: &Path, link: &Path, files: &[(String, PathBuf)]) -> Vec<(String, PathBuf)> {
    let Ok(target) = link.canonicalize() else { return Vec::new() };
    if link.starts_with(&target) {
        return Vec::new();
    }
    let first = files.partition_point(|(_, path)| *path < target);
    let below = files[first..].iter().take_while(|(_, path)| path.starts_with(&target));
    below
        .filter_map(|(_, path)| {
            let rest = path.strip_prefix(&target).ok()?;
            let new = if rest.as_os_str().is_empty() { link.to_path_buf() } else { link.join(rest) };
            Some((name(root, &new), path.clone()))
        })
        .collect()
}

pub(super) fn walk_error(root: &Path, error: ignore::Error) -> Error {
    let mut path = root.to_path_buf();
    let mut inner = &error;
    while let ignore::Error::WithDepth { err, .. } | ignore::Error::WithPath { err, .. } = inner {
        if let ignore::Error::WithPath { path: at, .. } = inner {
            path = at.clone();
        }
        inner = err;
    }
    let message = error.to_string();
    Error { path, cause: error.into_io_error().unwrap_or_else(|| io::Error::other(message)) }
}

/// Relative to the root, with `/` on every system.
pub(super) fn name(root: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// Larger texts are data for download, not pages.
const LARGEST_TEXT: u64 = 20 << 20;

type Part = (String, Asset, Option<(Arc<str>, Option<u32>)>);

fn ending(name: &str) -> String {
    name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default()
}

fn has_text_ending(ending: &str) -> bool {
    matches!(ending, "md" | "markdown" | "yaml" | "yml" | "json" | "toml")
}

/// Whether a file of this name and size is read as a text.
pub fn is_text(name: &str, bytes: u64) -> bool {
    has_text_ending(&ending(name)) && bytes <= LARGEST_TEXT
}

/// What is read of a vector image: more than comes before the attributes of its outermost element.
const SVG_HEAD: u64 = 8192;

/// Opens a file once, for its size and for what of it matters. None for one that was removed in the meantime.
fn read_file(name: String, path: &Path) -> Result<Option<Part>, Error> {
    let fail = |cause| Error { path: path.to_path_buf(), cause };
    let ending = ending(&name);
    let is_text = has_text_ending(&ending);
    let is_image = matches!(&*ending, "png" | "jpg" | "jpeg" | "gif" | "webp" | "svg" | "avif" | "ico" | "bmp");
    let file = if is_text || is_image { File::open(path).map(Some) } else { Ok(None) };
    let size = file.and_then(|file| match file {
        Some(file) => Ok((file.metadata()?.len(), Some(file))),
        None => Ok((path.metadata()?.len(), None)),
    });
    let (bytes, file) = match size {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        size => size.map_err(fail)?,
    };
    let mut asset = Asset { bytes, dimensions: None };
    let mut text = None;
    match file {
        Some(file) if is_text && bytes <= LARGEST_TEXT => {
            let mut content = Vec::with_capacity(bytes as usize + 1);
            // What is read in parts does not ask the system for the size again; a file that grows meanwhile is read whole.
            file.take(u64::MAX).read_to_end(&mut content).map_err(fail)?;
            text = Some(decode(&content));
        }
        Some(file) if ending == "svg" => {
            let mut head = Vec::new();
            let read = file.take(SVG_HEAD).read_to_end(&mut head);
            asset.dimensions = read.ok().and_then(|_| super::svg::dimensions(&String::from_utf8_lossy(&head)));
        }
        // An image whose header is broken is still an image.
        Some(file) if is_image => {
            let size = imagesize::reader_size(BufReader::new(file)).ok();
            asset.dimensions = size.and_then(|size| Some((size.width.try_into().ok()?, size.height.try_into().ok()?)));
        }
        _ => {}
    }
    Ok(Some((name, asset, text)))
}

/// The text, and where the first byte stands that is no UTF-8.
pub fn decode(bytes: &[u8]) -> (Arc<str>, Option<u32>) {
    match str::from_utf8(bytes) {
        Ok(text) => (text.into(), None),
        Err(error) => (String::from_utf8_lossy(bytes).into(), Some(error.valid_up_to() as u32)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::sync::atomic::{AtomicU32, Ordering};

    /// A folder with these files, removed when it goes out of scope.
    struct Folder(PathBuf);

    impl Folder {
        fn new(files: &[(&str, &[u8])]) -> Folder {
            static COUNT: AtomicU32 = AtomicU32::new(0);
            let name = format!("proofpress-read-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
            let folder = std::env::temp_dir().canonicalize().unwrap().join(name);
            fs::create_dir_all(&folder).unwrap();
            for (path, content) in files {
                let path = folder.join(path);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, content).unwrap();
            }
            Folder(folder)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    /// The smallest PNG header with a size of 3 by 2.
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x03\0\0\0\x02\x08\x06\0\0\0";

    #[test]
    fn a_folder_becomes_sources() {
        let folder = Folder::new(&[
            ("README.md", b"# A\n"),
            ("bad.md", b"a\xFFb"),
            (".gitbook/assets/a b.png", PNG),
            (".gitbook/assets/broken.png", b"x"),
            (".gitbook/vars.yaml", b"a: 1"),
            (".gitignore", b"/private\n"),
            ("private/x.md", b""),
            (".git/config.md", b""),
            ("node_modules/x/README.md", b""),
            ("target/page.md", b""),
            ("rust/target/CACHEDIR.TAG", b""),
            ("rust/target/x.md", b""),
            ("book/index.md", b""),
            ("book/.proofpress.json", b"{}"),
            ("spec.json", b"{}"),
            ("file.zip", b"12345"),
        ]);
        let sources = read(&folder.0).unwrap();
        let texts: Vec<&str> = sources.files().map(|(_, source)| &*source.path).collect();
        assert_eq!(texts, [".gitbook/vars.yaml", "README.md", "bad.md", "spec.json", "target/page.md"]);
        let assets: Vec<&str> = sources.assets().keys().map(|path| &**path).collect();
        assert_eq!(
            assets,
            [
                ".gitbook/assets/a b.png",
                ".gitbook/assets/broken.png",
                ".gitbook/vars.yaml",
                ".gitignore",
                "README.md",
                "bad.md",
                "file.zip",
                "spec.json",
                "target/page.md"
            ]
        );
        assert_eq!(sources.assets()[".gitbook/assets/a b.png"].dimensions, Some((3, 2)));
        assert_eq!(sources.assets()["file.zip"], Asset { bytes: 5, dimensions: None });
        let bad = sources.source(sources.find("bad.md").unwrap());
        assert_eq!((&*bad.text, bad.invalid), ("a\u{FFFD}b", Some(1)));
    }

    #[test]
    fn what_is_known_is_not_read_again() {
        let folder = Folder::new(&[("a.md", b"1"), ("b.md", b"1"), ("c.zip", b"1")]);
        let first = read(&folder.0).unwrap();
        for name in ["a.md", "b.md", "c.zip", "d.md"] {
            fs::write(folder.0.join(name), "22").unwrap();
        }
        let changed = BTreeSet::from([folder.0.join("b.md"), folder.0.join("c.zip")]);
        let sources = load(&list(&folder.0).unwrap(), &first, &changed).unwrap();
        let texts: Vec<_> = sources.files().map(|(_, source)| (&*source.path, &*source.text)).collect();
        assert_eq!(texts, [("a.md", "1"), ("b.md", "22"), ("d.md", "22")]);
        assert_eq!(sources.assets()["c.zip"].bytes, 2);
    }

    #[test]
    fn what_cannot_be_read_is_an_error() {
        let folder = Folder::new(&[]);
        let error = read(&folder.0.join("x")).unwrap_err();
        assert_eq!(error.to_string(), format!("there is no `{}`", folder.0.join("x").display()));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_second_names() {
        use std::os::unix::fs::symlink;
        let outside = Folder::new(&[("secret.md", b"")]);
        let folder = Folder::new(&[("a/x.md", b"x"), ("a/b/y.md", b"y")]);
        for (link, target) in [
            ("c", "a"),
            ("z.md", "a/x.md"),
            ("a/b/up", ".."),
            ("loop", "loop"),
            ("gone.md", "nowhere.md"),
            ("self", "."),
        ] {
            symlink(target, folder.0.join(link)).unwrap();
        }
        symlink(&outside.0, folder.0.join("out")).unwrap();
        symlink(outside.0.join("secret.md"), folder.0.join("secret.md")).unwrap();
        let sources = read(&folder.0).unwrap();
        let texts: Vec<&str> = sources.files().map(|(_, source)| &*source.path).collect();
        assert_eq!(texts, ["a/b/y.md", "a/x.md", "c/b/y.md", "c/x.md", "z.md"]);
    }

    #[test]
    fn the_root_is_found() {
        for (files, start, expected) in [
            (&["README.md"][..], "", ""),
            (&[".git/x", "README.md", "docs/a/x.md"], "docs/a", ""),
            (&[".git/x", "README.md", "docs/README.md", "docs/a/x.md"], "docs", "docs"),
            (&[".git/x", "book.toml", "docs/README.md", "docs/a/x.md"], "docs/a", ""),
            (&[".git/x", "docs/a/x.md"], "docs/a", "docs/a"),
            (&["book.toml", "docs/.git/x", "docs/a/x.md"], "docs/a", "docs/a"),
            (&["README.md", "docs/a/x.md"], "docs/a", "docs/a"),
            (&["book.toml", "docs/a/x.md"], "docs/a", ""),
            (&["book.toml", "docs/a/x.md"], "docs/a/x.md", ""),
        ] {
            let files: Vec<(&str, &[u8])> = files.iter().map(|path| (*path, &b""[..])).collect();
            let folder = Folder::new(&files);
            let join = |path: &str| if path.is_empty() { folder.0.clone() } else { folder.0.join(path) };
            assert_eq!(find_root(&join(start)), join(expected), "{files:?} {start}");
        }
    }
}
