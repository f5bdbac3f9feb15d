//! What `fix` promises: the right repairs, once and for all, and no byte besides.
#![allow(clippy::disallowed_methods)]

#[path = "properties/generate.rs"]
#[allow(dead_code)]
mod generate;

use proofpress::diagnostic::{Diagnostic, Severity};
use proofpress::fix::{Wanted, repair};
use proofpress::source::Sources;
use proofpress::{book, triage};
use std::fs;
use std::ops::Range;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder, removed when it goes out of scope.
struct Folder(PathBuf);

impl Folder {
    fn new(files: &[(&str, &[u8])]) -> Folder {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("proofpress-fix-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = Folder(std::env::temp_dir().canonicalize().unwrap().join(name));
        for (path, text) in files {
            let path = folder.0.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    fn book() -> Folder {
        Folder::new(&[
            ("SUMMARY.md", b"* [Home](README.md)\n* [Guide](guide.md)\n* [Other](other.md)\n"),
            // A loose link, an alias of an anchor, and a dead link with a near neighbour; no line end at the end.
            ("README.md", b"# Home\r\n\r\n[a](guide) [b](GUIDE.md#Set%20up) [c](giude.md)\t\r\n[d](guide)"),
            ("guide.md", b"# Guide\n\n## Set up\n"),
            ("other.md", b"# Other\n"),
        ])
    }

    fn read(&self, path: &str) -> Vec<u8> {
        fs::read(self.0.join(path)).unwrap()
    }

    fn text(&self, path: &str) -> String {
        String::from_utf8(self.read(path)).unwrap()
    }

    /// Runs the program in the folder and returns what it says.
    fn fix(&self, arguments: &[&str], code: i32) -> (String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_proofpress"));
        command.arg("fix").args(arguments).current_dir(&self.0).stdin(Stdio::null());
        let Output { status, stdout, stderr } = command.output().unwrap();
        let (out, message) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
        assert_eq!(status.code(), Some(code), "{arguments:?}\n{out}\n{message}");
        (out, message)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn what_is_certain_is_repaired() {
    let book = Folder::book();
    let (shown, message) = book.fix(&["--yes"], 1);
    assert_eq!(
        book.text("README.md"),
        "# Home\r\n\r\n[a](guide.md) [b](guide.md#set-up) [c](giude.md)\t\r\n[d](guide.md)"
    );
    assert!(shown.starts_with("--- a/README.md\n+++ b/README.md\n@@ -1,4 +1,4 @@\n"), "{shown}");
    assert!(message.ends_with("4 repairs made in 1 file; left: 1 error, 0 warnings\n"), "{message}");
    let (shown, message) = book.fix(&["--yes"], 1);
    assert_eq!((&*shown, &*message), ("", "nothing to repair; 1 error, 0 warnings\n"));
    book.fix(&["--yes", "--unsafe"], 0);
    assert!(book.text("README.md").contains("[c](guide.md)"));
}

#[test]
fn nothing_is_written_unasked() {
    let book = Folder::book();
    let before = book.read("README.md");
    let (shown, _) = book.fix(&["--diff"], 1);
    assert!(shown.contains("+[d](guide.md)\n\\ No newline at end of file\n"), "{shown}");
    let (_, message) = book.fix(&[], 2);
    assert!(message.contains("add `--yes`"), "{message}");
    let (_, message) = book.fix(&["--yes", "--rule", "lose-link"], 2);
    assert!(message.contains("did you mean `loose-link`?"), "{message}");
    assert_eq!(book.read("README.md"), before);
    book.fix(&["--yes", "--rule", "dead-anchor"], 1);
    assert_eq!(book.text("README.md"), String::from_utf8(before).unwrap().replace("#Set%20up", "#set-up"));
}

#[test]
fn some_files_are_left_alone() {
    let conflict = b"# Home\n<<<<<<< HEAD\n[a](guide)\n=======\n[b](guide)\n>>>>>>> other\n";
    let latin = b"# Caf\xE9\n\n[a](guide)\n";
    let book = Folder::new(&[
        ("SUMMARY.md", b"* [Home](README.md)\n* [Guide](guide.md)\n* [Other](other.md)\n* [Link](link.md)\n"),
        ("README.md", conflict),
        ("other.md", latin),
        ("guide.md", b"# Guide\n"),
        ("kept/real.md", b"[a](../GUIDE.md)\n"),
    ]);
    #[cfg(unix)]
    std::os::unix::fs::symlink("kept/real.md", book.0.join("link.md")).unwrap();
    let (_, message) = book.fix(&["--yes"], 1);
    assert!(message.contains("`README.md` is left as it is: it has the marks of a conflict"), "{message}");
    assert!(message.contains("`other.md` is left as it is: it is not UTF-8"), "{message}");
    assert_eq!((book.read("README.md"), book.read("other.md")), (conflict.to_vec(), latin.to_vec()));
    assert_eq!(book.text("kept/real.md"), "[a](../GUIDE.md)\n");
}

/// Only when asked for, since it says that somebody has compared the two.
#[test]
fn translations_note_their_originals() {
    let digest = "2b3a8e1cbe6d9609";
    for (before, after) in [
        (
            "translation:\n  of: guide.md\n  digest: 0123\n",
            format!("translation:\n  of: guide.md\n  digest: {digest}\n"),
        ),
        ("translation:\n  of: guide.md\n", format!("translation:\n  digest: {digest}\n  of: guide.md\n")),
        ("translation: {of: guide.md}\n", format!("translation: {{digest: {digest}, of: guide.md}}\n")),
        ("translation:\n  digest:\n  of: guide.md\n", format!("translation:\n  digest: {digest}\n  of: guide.md\n")),
    ] {
        let page = format!("---\n{before}---\n# Anleitung\n");
        let book = Folder::new(&[
            ("SUMMARY.md", b"* [Home](README.md)\n* [Guide](guide.md)\n"),
            ("README.md", page.as_bytes()),
            ("guide.md", b"# Guide\n\n## Install\n"),
        ]);
        book.fix(&["--yes"], 0);
        assert_eq!(book.text("README.md"), page);
        book.fix(&["--yes", "--unsafe", "--rule", "stale-translation"], 0);
        assert_eq!(book.text("README.md"), page.replace(before, &after));
    }
}

/// A second run has nothing to do, the first made nothing worse, and one round changes only what a repair names.
#[test]
fn any_book_is_repaired_once() {
    let mut repairs = 0;
    for n in 1..=400u64 {
        let count = &mut repairs;
        arbtest::arbtest(|u| {
            let sources = generate::book(u)?;
            for likely in [false, true] {
                let wanted = Wanted { likely, rules: Vec::new() };
                let judge = |sources: &Sources| triage::findings(&book::site(sources.clone()));
                let before = judge(&sources);
                let first = repair(sources.clone(), &wanted, |_| true, judge);
                let second = repair(first.sources.clone(), &wanted, |_| true, judge);
                assert!(second.changes.is_empty(), "{:#?}\n{:#?}", first.changes, second.changes);
                let errors = |found: &[Diagnostic]| found.iter().filter(|f| f.severity == Severity::Error).count();
                assert!(likely || errors(&first.found) <= errors(&before), "{:#?}", first.changes);
                *count += first.repairs;
                let mut rounds = 0;
                let once = repair(
                    sources.clone(),
                    &wanted,
                    |_| true,
                    |sources| {
                        rounds += 1;
                        if rounds == 1 { judge(sources) } else { Vec::new() }
                    },
                );
                for change in &once.changes {
                    let file = sources.find(&change.to).unwrap();
                    let fixes = before.iter().filter_map(|found| found.fix.as_ref()).filter(|fix| likely || fix.safe);
                    let spans = fixes.flat_map(|fix| &fix.edits).map(|(span, _)| span).filter(|span| span.file == file);
                    let spans: Vec<Range<usize>> = spans.map(|span| span.start as usize..span.end as usize).collect();
                    assert!(keeps(&change.old, spans, &change.new), "{}", proofpress::edit::diff(change));
                }
            }
            Ok(())
        })
        .seed(n << 32 | 2000);
    }
    assert!(repairs > 100, "{repairs}");
}

/// Whether a new text has all of the old one in order, from its beginning to its end, but for these places.
fn keeps(old: &str, mut spans: Vec<Range<usize>>, new: &str) -> bool {
    spans.sort_by_key(|span| span.start);
    let mut kept = Vec::new();
    let mut at = 0;
    for span in spans {
        if span.start >= at {
            kept.push(&old[at..span.start]);
        }
        at = at.max(span.end);
    }
    let last = &old[at..];
    let Some(first) = kept.first() else { return old == new };
    let mut rest = match new.strip_prefix(first).and_then(|rest| rest.strip_suffix(last)) {
        Some(rest) => rest,
        None => return false,
    };
    kept[1..].iter().all(|part| match rest.find(part) {
        Some(found) => {
            rest = &rest[found + part.len()..];
            true
        }
        None => false,
    })
}
