//! When each text of a book was changed last: a folder in, days by path out, from Git's history alone.
//!
//! A page may say this to its readers, so it has to be true or left out. A text that was moved keeps the day of its
//! words. A text that differs from the last commit has no day, nor has any text of a clone without its whole history:
//! there the oldest commit that is left seems to have written everything.
//!
//! The walk follows each file from the present commit to the parent in which it was the same, as `git log` does for one
//! file; here one `git diff-tree` serves all of them.

use super::git::{command, run};
use crate::book::is_markdown;
use crate::output::Days;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::{ChildStdin, Stdio};

/// Histories are followed through this many commits. Texts that nobody has touched since then have no day.
const MOST: usize = 50_000;

/// The commit that a folder shows, and what differs from it.
#[derive(Default)]
pub struct Present {
    commit: String,
    differing: BTreeSet<String>,
}

impl Present {
    /// None where Git cannot know: no repository, no commit, or a shallow clone.
    pub fn of(root: &Path) -> Option<Present> {
        let head = run(root, &["rev-parse", "--is-shallow-repository", "--verify", "HEAD"]).ok()?;
        let (shallow, commit) = head.trim().split_once('\n')?;
        if shallow != "false" {
            return None;
        }
        let options = ["diff", "--name-only", "-z", "--relative", "--no-renames", "--no-ext-diff"];
        let listing = run(root, &[&options[..], &["--ignore-submodules=all", "HEAD", "--", "."]].concat()).ok()?;
        let differing = listing.split('\0').filter(|path| !path.is_empty()).map(str::to_string).collect();
        Some(Present { commit: commit.to_string(), differing })
    }

    /// Two presents with the same words have the same days.
    pub fn words(&self) -> String {
        let differing: Vec<&str> = self.differing.iter().map(|path| &**path).collect();
        format!("{} {}", self.commit, differing.join("\0"))
    }

    /// The days of all texts that have one. Where Git fails, or says what cannot be understood, there are none.
    pub fn days(&self, root: &Path) -> Days {
        self.read(root).unwrap_or_default()
    }

    fn read(&self, root: &Path) -> Option<Days> {
        let tree = run(root, &["ls-tree", "-r", "-z", &self.commit, "."]).ok()?;
        // A link has a history of its own, which is not that of the text it leads to.
        let files = tree.split('\0').filter_map(|line| line.strip_prefix("100")?.split_once('\t'));
        let texts = files.map(|(_, path)| path).filter(|path| is_markdown(path) && !self.differing.contains(*path));
        let start: Places = texts.map(|path| (path.to_string(), vec![path.to_string()])).collect();
        if start.is_empty() {
            return None;
        }
        let count = MOST.to_string();
        let log =
            ["log", "--topo-order", "--no-show-signature", "--format=%H%x09%as%x09%P", "-n", &count, &self.commit];
        let commits = run(root, &log).ok()?;
        let commits: Vec<Commit> = commits.lines().filter_map(Commit::parse).collect();
        let options = ["diff-tree", "--stdin", "--always", "--root", "-r", "-z", "--name-status", "-C100%"];
        let mut child = command(root, &[&options[..], &["--relative", "--no-ext-diff"]].concat())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let (stdin, stdout) = (child.stdin.take()?, child.stdout.take()?);
        let mut walk = Walk { waiting: HashMap::from([(&*self.commit, start)]), days: Days::new() };
        let whole = std::thread::scope(|scope| {
            // Written beside the reading, so that neither pipe fills up and waits for the other.
            scope.spawn(|| ask(stdin, &commits));
            let mut answers = Answers { out: BufReader::new(stdout), head: None };
            let whole = walk.all(&commits, &mut answers);
            // What is still being written is not needed: the writer sees that nobody reads.
            let _ = child.kill();
            whole
        });
        let _ = child.wait();
        whole.map(|()| walk.days)
    }
}

struct Commit<'a> {
    name: &'a str,
    day: &'a str,
    parents: Vec<&'a str>,
}

impl<'a> Commit<'a> {
    fn parse(line: &'a str) -> Option<Commit<'a>> {
        let mut parts = line.split('\t');
        let (name, day) = (parts.next()?, parts.next()?);
        Some(Commit { name, day, parents: parts.next()?.split_ascii_whitespace().collect() })
    }
}

/// Asks for what each commit changed, beside each of its parents.
fn ask(mut stdin: ChildStdin, commits: &[Commit]) -> io::Result<()> {
    for commit in commits {
        if commit.parents.is_empty() {
            writeln!(stdin, "{}", commit.name)?;
        }
        for parent in &commit.parents {
            writeln!(stdin, "{} {parent}", commit.name)?;
        }
    }
    Ok(())
}

/// Files by their paths at some commit, each with its path of today.
type Places = BTreeMap<String, Vec<String>>;

/// What a commit changed: paths, and the former path of what was moved as it is.
type Changes = HashMap<String, Option<String>>;

struct Walk<'a> {
    /// At which commits which files wait for their day.
    waiting: HashMap<&'a str, Places>,
    days: Days,
}

impl<'a> Walk<'a> {
    /// None when an answer is not what it should be.
    fn all(&mut self, commits: &'a [Commit<'a>], answers: &mut Answers<impl BufRead>) -> Option<()> {
        for commit in commits {
            if self.waiting.is_empty() {
                break;
            }
            let asked = commit.parents.len().max(1);
            let changes: Vec<Changes> = (0..asked).map(|_| answers.next(commit.name)).collect::<Option<_>>()?;
            let Some(places) = self.waiting.remove(commit.name) else { continue };
            self.pass(commit, places, &changes);
        }
        Some(())
    }

    /// Hands files on to the parent that had them, and gives a day to those that no parent had.
    fn pass(&mut self, commit: &'a Commit<'a>, mut places: Places, changes: &[Changes]) {
        let (Some(first), Some(parent)) = (changes.first(), commit.parents.first()) else {
            return places.into_values().flatten().for_each(|file| self.date(file, commit.day));
        };
        let touched: Vec<(String, Vec<String>)> = first.keys().filter_map(|path| places.remove_entry(path)).collect();
        self.wait(parent, places);
        for (path, files) in touched {
            let same = changes.iter().position(|changes| !changes.contains_key(&path));
            let moved = || {
                let found = changes.iter().enumerate();
                found.filter_map(|(i, changes)| Some((i, changes.get(&path)?.clone()?))).next()
            };
            match same.map(|i| (i, path.clone())).or_else(moved) {
                Some((i, path)) => self.wait(commit.parents[i], Places::from([(path, files)])),
                None => files.into_iter().for_each(|file| self.date(file, commit.day)),
            }
        }
    }

    fn wait(&mut self, commit: &'a str, places: Places) {
        if places.is_empty() {
            return;
        }
        let there = self.waiting.entry(commit).or_default();
        let (mut large, small) =
            if there.len() < places.len() { (places, std::mem::take(there)) } else { (std::mem::take(there), places) };
        for (path, files) in small {
            large.entry(path).or_default().extend(files);
        }
        *there = large;
    }

    fn date(&mut self, file: String, day: &str) {
        self.days.insert(file, day.to_string());
    }
}

/// The output of `git diff-tree`: the name of a commit, then what changed, all ended by a zero byte.
struct Answers<R> {
    out: R,
    /// The name of a commit that was read already.
    head: Option<String>,
}

impl<R: BufRead> Answers<R> {
    fn next(&mut self, commit: &str) -> Option<Changes> {
        if self.head.take().or_else(|| self.word())? != commit {
            return None;
        }
        let mut changes = Changes::new();
        while let Some(word) = self.word() {
            if word.len() >= 40 {
                self.head = Some(word);
                break;
            }
            let path = self.word()?;
            if word.starts_with(['R', 'C']) {
                changes.insert(self.word()?, Some(path));
            } else {
                changes.insert(path, None);
            }
        }
        Some(changes)
    }

    fn word(&mut self) -> Option<String> {
        let mut bytes = Vec::new();
        self.out.read_until(0, &mut bytes).ok()?;
        (bytes.pop() == Some(0)).then(|| String::from_utf8_lossy(&bytes).into_owned())
    }
}
