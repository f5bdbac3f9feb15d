//! Reads a book as it was: a revision in, [`Sources`] out, from Git's objects alone. No checkout is touched.
//!
//! The `git` program is asked, since it is there wherever a repository is, and knows every form of one. Texts that did
//! not change are taken from the present reading, so only the others are fetched from the repository.

use super::read;
use crate::site::resolve::{join, parent};
use crate::source::{Asset, Source, Sources};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

/// Reads a folder as it was at the merge base of `revision` and the present commit, and where it was. `now` is what was
/// read of it today, with what is not yet committed; `is_text` tells by name and size which files are texts. The error
/// says what to do.
pub fn past(
    root: &Path,
    revision: &str,
    now: &Sources,
    is_text: impl Fn(&str, u64) -> bool,
) -> Result<Sources, String> {
    let commit = commit(root, revision)?;
    let mut changes = changes(root, &commit)?;
    let mut tree = tree(root, &[&commit, "."])?;
    let kept = tree.files.iter().filter(|entry| now.find(&entry.path).is_some()).count();
    // The whole repository is asked only when something speaks for it.
    if 2 * kept < now.len()
        && let Some(folder) = former(root, &commit, now, kept)?
    {
        tree = self::tree(root, &["--full-tree", &format!("{commit}:{folder}")])?;
        changes = Changes { old: tree.files.iter().map(|entry| entry.path.clone()).collect(), ignores: false };
    }
    let mut old = Old { now, changes: &changes, texts: BTreeMap::new(), assets: BTreeMap::new(), wanted: Vec::new() };
    for entry in &tree.files {
        old.file(entry, &is_text);
    }
    let objects: BTreeSet<&str> = old.wanted.iter().copied().chain(&tree.links).map(|entry| &*entry.object).collect();
    let objects = cat(root, &objects)?;
    old.fill(&objects);
    for path in &tree.submodules {
        old.submodule(path);
    }
    for link in &tree.links {
        if let Some(target) = objects.get(&*link.object) {
            old.link(&link.path, &String::from_utf8_lossy(target), &tree.files);
        }
    }
    Ok(now.renewed(old.texts.into_values(), old.assets))
}

/// The commit at which the present work left a revision.
fn commit(root: &Path, revision: &str) -> Result<String, String> {
    let name = format!("{revision}^{{commit}}");
    let wanted = run(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &name]);
    // Before the first commit of a repository there was nothing.
    if wanted.is_err() && revision == "HEAD" && run(root, &["symbolic-ref", "--quiet", "HEAD"]).is_ok() {
        return Ok(run(root, &["hash-object", "-t", "tree", "--stdin"])?.trim().to_string());
    }
    let wanted = wanted.map_err(|error| unknown(root, revision, error))?;
    let wanted = wanted.trim();
    match run(root, &["merge-base", wanted, "HEAD"]) {
        Ok(base) => Ok(base.trim().to_string()),
        Err(_) if is_shallow(root) => Err(format!(
            "this clone is shallow, so where `{revision}` and the present commit parted is not known\nhelp: {UNSHALLOW}"
        )),
        // Without a common past the revision itself is the past.
        Err(_) => Ok(wanted.to_string()),
    }
}

const UNSHALLOW: &str = "fetch the history: `git fetch --unshallow`, or `fetch-depth: 0` for `actions/checkout`";

fn unknown(root: &Path, revision: &str, error: String) -> String {
    match run(root, &["rev-parse", "--git-dir"]) {
        Err(error) if error.contains("not a git repository") => {
            format!("`{}` is in no Git repository, so there is no `{revision}` to compare with", root.display())
        }
        // Such as a repository that belongs to somebody else; Git says what to do.
        Err(other) if other.contains("fatal:") => other,
        Err(_) => error,
        Ok(_) => {
            let help = if is_shallow(root) {
                format!("this clone is shallow; {UNSHALLOW}")
            } else {
                "name a branch, a tag or a commit that is here; `git fetch` brings others".to_string()
            };
            format!("there is no revision `{revision}`\nhelp: {help}")
        }
    }
}

fn is_shallow(root: &Path) -> bool {
    run(root, &["rev-parse", "--is-shallow-repository"]).is_ok_and(|answer| answer.trim() == "true")
}

/// What differs between a commit and the files of today.
struct Changes {
    /// The path of everything that was changed, moved or removed.
    old: BTreeSet<String>,
    /// Files may be listed today that were not, or the other way round.
    ignores: bool,
}

fn changes(root: &Path, commit: &str) -> Result<Changes, String> {
    let old = differing(root, &["--relative", commit, "--", "."])?;
    let ignores = old.iter().any(|path| path.ends_with(".gitignore"));
    Ok(Changes { old, ignores })
}

fn differing(root: &Path, arguments: &[&str]) -> Result<BTreeSet<String>, String> {
    let options = ["diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--ignore-submodules=all"];
    let listing = run(root, &[&options[..], arguments].concat())?;
    Ok(listing.split_terminator('\0').map(str::to_string).collect())
}

/// The folder, as seen from the top of the repository, that had what a folder has now: more files that are gone there
/// have the names of today's than the `kept` ones that are where they were.
fn former(root: &Path, commit: &str, now: &Sources, kept: usize) -> Result<Option<String>, String> {
    let up = run(root, &["rev-parse", "--show-cdup"])?;
    let gone = differing(&root.join(up.trim_end()), &["--diff-filter=D", commit, "--"])?;
    let mut folders: BTreeMap<&str, usize> = BTreeMap::new();
    for path in &gone {
        let starts = path.match_indices('/').map(|(at, _)| at + 1);
        for start in std::iter::once(0).chain(starts).filter(|start| now.find(&path[*start..]).is_some()) {
            *folders.entry(path[..start].trim_end_matches('/')).or_default() += 1;
        }
    }
    let likely = folders.into_iter().max_by_key(|(_, count)| *count).filter(|(_, count)| *count > kept);
    Ok(likely.map(|(folder, _)| folder.to_string()))
}

/// What a commit holds below a folder, paths relative to it.
#[derive(Default)]
struct Tree {
    files: Vec<Entry>,
    links: Vec<Entry>,
    submodules: Vec<String>,
}

struct Entry {
    path: String,
    object: String,
    bytes: u64,
}

fn tree(root: &Path, place: &[&str]) -> Result<Tree, String> {
    let listing = run(root, &[&["ls-tree", "-r", "-l", "-z"], place].concat())?;
    let mut tree = Tree::default();
    for line in listing.split('\0').filter(|line| !line.is_empty()) {
        let Some((head, path)) = line.split_once('\t') else { continue };
        let mut words = head.split_ascii_whitespace();
        let (Some(mode), Some(kind), Some(object), Some(bytes)) =
            (words.next(), words.next(), words.next(), words.next())
        else {
            continue;
        };
        let entry =
            Entry { path: path.to_string(), object: object.to_string(), bytes: bytes.parse().unwrap_or_default() };
        match (kind, mode) {
            ("blob", "120000") => tree.links.push(entry),
            ("blob", _) => tree.files.push(entry),
            ("commit", _) => tree.submodules.push(entry.path),
            _ => {}
        }
    }
    // What is never read today was not read then.
    let site = format!("/{}", super::state::NAME);
    let sites: Vec<String> =
        tree.files.iter().filter_map(|entry| Some(format!("{}/", entry.path.strip_suffix(&site)?))).collect();
    let is_read = |path: &str| {
        !path.split('/').any(|part| part == "node_modules") && !sites.iter().any(|site| path.starts_with(&**site))
    };
    tree.files.retain(|entry| is_read(&entry.path));
    Ok(tree)
}

/// The folder as it was, while it is put together.
struct Old<'a> {
    now: &'a Sources,
    changes: &'a Changes,
    texts: BTreeMap<String, Source>,
    assets: BTreeMap<String, Asset>,
    /// Texts that are not there today as they were.
    wanted: Vec<&'a Entry>,
}

impl<'a> Old<'a> {
    fn file(&mut self, entry: &'a Entry, is_text: impl Fn(&str, u64) -> bool) {
        let path = &entry.path;
        // One that did not change and is not listed today is left out by an ignore file.
        if !self.changes.old.contains(path) && (self.take(path) || !self.changes.ignores) {
            return;
        }
        if is_text(path, entry.bytes) {
            self.wanted.push(entry);
        }
        self.assets.insert(path.clone(), Asset { bytes: entry.bytes, dimensions: None });
    }

    /// Takes a file as it is today.
    fn take(&mut self, path: &str) -> bool {
        if let Some(file) = self.now.find(path) {
            self.texts.insert(path.to_string(), self.now.source(file).clone());
        }
        let asset = self.now.assets().get(path);
        self.assets.extend(asset.map(|asset| (path.to_string(), *asset)));
        asset.is_some() || self.texts.contains_key(path)
    }

    fn fill(&mut self, objects: &BTreeMap<&str, Vec<u8>>) {
        for entry in std::mem::take(&mut self.wanted) {
            if let Some(bytes) = objects.get(&*entry.object) {
                let (text, invalid) = read::decode(bytes);
                self.texts.insert(entry.path.clone(), Source { path: entry.path.clone(), text, invalid });
            }
        }
    }

    /// Another repository inside of this one counts as unchanged.
    fn submodule(&mut self, path: &str) {
        let below = format!("{path}/");
        let now = self.now;
        let texts = now.files().map(|(_, source)| &source.path);
        for path in texts.chain(now.assets().keys()).filter(|path| path.starts_with(&below)) {
            self.take(path);
        }
    }

    /// A symbolic link is a second name for a file, or for all files of a folder.
    fn link(&mut self, path: &str, target: &str, files: &[Entry]) {
        let Some(target) = join(parent(path), target).filter(|_| !target.starts_with('/')) else { return };
        let below = format!("{target}/");
        for entry in files.iter().filter(|entry| entry.path == target || entry.path.starts_with(&below)) {
            let name = format!("{path}{}", &entry.path[target.len()..]);
            if let Some(source) = self.texts.get(&entry.path) {
                let source = Source { path: name.clone(), ..source.clone() };
                self.texts.insert(name.clone(), source);
            }
            self.assets.extend(self.assets.get(&entry.path).map(|asset| (name, *asset)));
        }
    }
}

/// The content of objects, through one `git cat-file --batch`.
fn cat<'o>(root: &Path, objects: &BTreeSet<&'o str>) -> Result<BTreeMap<&'o str, Vec<u8>>, String> {
    let mut found = BTreeMap::new();
    if objects.is_empty() {
        return Ok(found);
    }
    let mut child = command(root, &["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| no_git(&error))?;
    let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
        return Err("`git` gives no output".to_string());
    };
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
            // `HASH blob SIZE`, or `HASH missing`.
            let Some(size) = head.trim_end().rsplit(' ').next().and_then(|size| size.parse::<u64>().ok()) else {
                continue;
            };
            let mut bytes = Vec::new();
            if out.by_ref().take(size + 1).read_to_end(&mut bytes)? as u64 <= size {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            bytes.pop();
            found.insert(*object, bytes);
        }
        Ok::<(), io::Error>(())
    });
    let _ = child.wait();
    result.map_err(|error| format!("cannot read Git's objects: {error}"))?;
    Ok(found)
}

/// Git in a folder, whatever repository a hook or another program has told it to work on.
pub(super) fn command(root: &Path, args: &[&str]) -> Command {
    let mut command = Command::new("git");
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        command.env_remove(name);
    }
    // Nothing is written, not even the index, and no program is run that watches files.
    command.env("LC_ALL", "C").current_dir(root).args(["--no-optional-locks", "-c", "core.fsmonitor=false"]).args(args);
    command
}

pub(super) fn run(root: &Path, args: &[&str]) -> Result<String, String> {
    let output = command(root, args).stdin(Stdio::null()).output().map_err(|error| no_git(&error))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let reason = String::from_utf8_lossy(&output.stderr);
        Err(format!("`git {}` failed: {}", args.first().unwrap_or(&""), reason.trim()))
    }
}

fn no_git(error: &io::Error) -> String {
    format!("cannot run `git`: {error}")
}
