//! Reads a book as it was: a revision in, [`Sources`] out, from Git's objects alone. No checkout is touched.
//!
//! The `git` program is asked, since it is there wherever a repository is, and knows every form of one.

use super::read;
use crate::source::{Asset, Source, Sources};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

/// A book at the point where the present work left a revision.
pub struct Past {
    pub sources: Sources,
    /// Files that have another path now: new path to old path, both relative to the book.
    pub renamed: BTreeMap<String, String>,
    /// The commit that was read.
    pub commit: String,
}

/// Reads the book in `root` as it was at the merge base of `revision` and the present commit. The error says what to do.
pub fn past(root: &Path, revision: &str) -> Result<Past, String> {
    if revision.starts_with('-') {
        return Err(format!("`{revision}` is no revision"));
    }
    let wanted =
        run(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{revision}^{{commit}}")])
            .map_err(|_| unknown(root, revision))?;
    let wanted = wanted.trim();
    let commit = match run(root, &["merge-base", wanted, "HEAD"]) {
        Ok(base) => base.trim().to_string(),
        Err(_) if is_shallow(root) => {
            return Err(format!(
                "this clone is shallow, so where `{revision}` and the present commit parted is not known\n\
                 help: fetch the history (`git fetch --unshallow`; in GitHub Actions `fetch-depth: 0`)"
            ));
        }
        Err(_) => wanted.to_string(),
    };
    let prefix = run(root, &["rev-parse", "--show-prefix"])?.trim_end_matches(['\n', '\r']).to_string();
    let entries = tree(root, &commit)?;
    let sources = load(root, entries)?;
    let renamed = renames(root, &commit, &prefix)?;
    Ok(Past { sources, renamed, commit })
}

fn unknown(root: &Path, revision: &str) -> String {
    if run(root, &["rev-parse", "--git-dir"]).is_err() {
        return format!("`{}` is in no Git repository, so there is no `{revision}` to compare with", root.display());
    }
    let help = if is_shallow(root) {
        "this clone is shallow: fetch the history (`git fetch --unshallow`; in GitHub Actions `fetch-depth: 0`)"
    } else {
        "fetch it first, or name a branch, a tag or a commit that is here"
    };
    format!("there is no revision `{revision}`\nhelp: {help}")
}

fn is_shallow(root: &Path) -> bool {
    run(root, &["rev-parse", "--is-shallow-repository"]).is_ok_and(|answer| answer.trim() == "true")
}

/// A file of a tree.
struct Entry {
    path: String,
    object: String,
    bytes: u64,
}

/// The files below the book's folder, paths relative to it.
fn tree(root: &Path, commit: &str) -> Result<Vec<Entry>, String> {
    let listing = run(root, &["ls-tree", "-r", "-l", "-z", commit, "."])?;
    let mut entries = Vec::new();
    for line in listing.split('\0').filter(|line| !line.is_empty()) {
        let Some((head, path)) = line.split_once('\t') else { continue };
        let mut words = head.split_ascii_whitespace();
        let (Some(mode), Some("blob"), Some(object), Some(bytes)) =
            (words.next(), words.next(), words.next(), words.next())
        else {
            continue;
        };
        // Symbolic links hold a path, not a text.
        if mode != "120000" {
            entries.push(Entry {
                path: path.to_string(),
                object: object.to_string(),
                bytes: bytes.parse().unwrap_or(0),
            });
        }
    }
    Ok(entries)
}

/// Reads the texts of a tree in one call.
fn load(root: &Path, entries: Vec<Entry>) -> Result<Sources, String> {
    let texts: BTreeSet<&str> =
        entries.iter().filter(|entry| read::is_text(&entry.path, entry.bytes)).map(|entry| &*entry.object).collect();
    let objects = cat(root, &texts)?;
    let mut assets = BTreeMap::new();
    let mut files = Vec::new();
    for entry in &entries {
        if let Some(bytes) = objects.get(&*entry.object) {
            let (text, invalid) = read::decode(bytes);
            files.push(Source { path: entry.path.clone(), text, invalid });
        }
        assets.insert(entry.path.clone(), Asset { bytes: entry.bytes, dimensions: None });
    }
    Ok(Sources::new(files, assets))
}

/// The content of objects, through one `git cat-file --batch`.
fn cat<'o>(root: &Path, objects: &BTreeSet<&'o str>) -> Result<BTreeMap<&'o str, Vec<u8>>, String> {
    let mut child = command(root, &["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| no_git(&error))?;
    let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
        return Err("`git` gives no output".to_string());
    };
    let mut found = BTreeMap::new();
    let result = std::thread::scope(|scope| {
        // Written beside the reading, so that neither pipe fills up and waits for the other.
        scope.spawn(move || {
            for object in objects {
                if writeln!(stdin, "{object}").is_err() {
                    break;
                }
            }
        });
        let mut out = BufReader::new(stdout);
        for object in objects {
            let mut head = String::new();
            out.read_line(&mut head)?;
            let Some(size) = head.trim_end().rsplit(' ').next().and_then(|size| size.parse::<usize>().ok()) else {
                continue;
            };
            let mut bytes = vec![0; size + 1];
            out.read_exact(&mut bytes)?;
            bytes.pop();
            found.insert(*object, bytes);
        }
        Ok::<(), std::io::Error>(())
    });
    let _ = child.wait();
    result.map_err(|error| format!("cannot read Git's objects: {error}"))?;
    Ok(found)
}

/// Files that were renamed between a commit and the working tree, as Git sees it.
fn renames(root: &Path, commit: &str, prefix: &str) -> Result<BTreeMap<String, String>, String> {
    let listing = run(root, &["diff", "--name-status", "-z", "-M", "--diff-filter=R", commit])?;
    let mut words = listing.split('\0');
    let mut renamed = BTreeMap::new();
    while let (Some(_), Some(old), Some(new)) = (words.next(), words.next(), words.next()) {
        if let (Some(old), Some(new)) = (old.strip_prefix(prefix), new.strip_prefix(prefix)) {
            renamed.insert(new.to_string(), old.to_string());
        }
    }
    Ok(renamed)
}

fn command(root: &Path, args: &[&str]) -> Command {
    let mut command = Command::new("git");
    // Neither hooks nor filters of a foreign repository are run by these, and no lock is taken.
    command.current_dir(root).args(["--no-optional-locks", "-c", "core.quotePath=false"]).args(args);
    command
}

fn run(root: &Path, args: &[&str]) -> Result<String, String> {
    let output = command(root, args).stdin(Stdio::null()).output().map_err(|error| no_git(&error))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let reason = String::from_utf8_lossy(&output.stderr);
        Err(format!("`git {}` failed: {}", args.first().unwrap_or(&""), reason.trim()))
    }
}

fn no_git(error: &std::io::Error) -> String {
    format!("cannot run `git`: {error}")
}
