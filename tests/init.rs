//! What `init` promises, and the small verbs beside it.
#![allow(clippy::disallowed_methods)]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder, removed when it goes out of scope.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Folder {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("proofpress-init-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = Folder(std::env::temp_dir().canonicalize().unwrap().join(name));
        fs::create_dir_all(&folder.0).unwrap();
        folder
    }

    /// Runs the program in the folder and returns what it says.
    fn run(&self, arguments: &[&str], code: i32) -> (String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_proofpress"));
        command.args(arguments).current_dir(&self.0).env("COLUMNS", "80").stdin(Stdio::null());
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
fn a_new_book_is_without_faults() {
    for (ci, file) in [
        (&[][..], None),
        (&["--ci", "github"], Some(".github/workflows/docs.yml")),
        (&["--ci", "gitlab"], Some(".gitlab-ci.yml")),
    ] {
        let folder = Folder::new();
        let (list, _) = folder.run(&[&["init", "new/book", "--yes"], ci].concat(), 0);
        let mut expected: Vec<&str> = vec![
            "new/book/book.toml",
            "new/book/content/README.md",
            "new/book/content/SUMMARY.md",
            "new/book/content/blocks.md",
        ];
        let file = file.map(|file| format!("new/book/{file}"));
        expected.extend(file.as_deref());
        assert_eq!(list.lines().collect::<Vec<_>>(), expected);
        assert!(expected.iter().all(|file| folder.0.join(file).is_file()));
        folder.run(&["check", "new/book", "--fail-on", "note"], 0);
        folder.run(&["build", "new/book", "--strict", "--no-highlight"], 0);
        assert!(folder.0.join("new/book/book/blocks.html").is_file());
    }
}

#[test]
fn nothing_is_overwritten() {
    let folder = Folder::new();
    let (list, message) = folder.run(&["init", "--dry-run"], 0);
    assert!(list.starts_with("book.toml\n") && message.contains("nothing was written"), "{list}{message}");
    assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 0);
    fs::write(folder.0.join(".gitlab-ci.yml"), "mine").unwrap();
    let (_, message) = folder.run(&["init", "--ci", "gitlab", "--yes"], 2);
    assert!(message.contains("`.gitlab-ci.yml` exists already; nothing was written"), "{message}");
    assert_eq!(fs::read_to_string(folder.0.join(".gitlab-ci.yml")).unwrap(), "mine");
    assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 1);
}

/// Another `book.toml` would take the author's pages out of their book.
#[test]
fn a_book_stays_the_book_that_it_is() {
    for file in ["README.md", "SUMMARY.md", ".gitbook.yaml", "book.toml", "guide/a.md"] {
        let folder = Folder::new();
        let path = folder.0.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, "").unwrap();
        let (list, message) = folder.run(&["init", "--yes"], 2);
        assert!(list.is_empty() && message.contains(" is a book already, so nothing was written\nhelp: "), "{message}");
        let (list, _) = folder.run(&["init", "--ci", "github", "--dry-run"], 0);
        assert_eq!(list, ".github/workflows/docs.yml\n");
        assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 1, "{file}");
        let (list, message) = folder.run(&["init", "--ci", "gitlab"], 0);
        assert!(list == ".gitlab-ci.yml\n" && message.starts_with("the book is as it was; "), "{list}{message}");
        let (_, message) = folder.run(&["init", "--ci", "gitlab"], 2);
        assert!(message.contains("`.gitlab-ci.yml` exists already"), "{message}");
        assert!(fs::read(&path).unwrap().is_empty() && fs::read_dir(&folder.0).unwrap().count() == 2, "{file}");
        // In a folder of its own another one may begin.
        folder.run(&["init", "handbook"], 0);
    }
}

#[test]
fn every_verb_helps() {
    let folder = Folder::new();
    let (version, _) = folder.run(&["version"], 0);
    assert_eq!(version, format!("proofpress {}\n", env!("CARGO_PKG_VERSION")));
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (script, _) = folder.run(&["completions", shell], 0);
        assert!(script.contains("no-redirect"), "{shell}");
    }
    for verb in ["fix", "mv", "init", "completions"] {
        let (long, _) = folder.run(&[verb, "--help"], 0);
        assert!(long.contains("Examples:") && long.contains("Exit codes:"), "{long}");
        let (short, _) = folder.run(&[verb, "-h"], 0);
        let wide = short.lines().map(|line| line.chars().count()).max();
        assert!(short.lines().count() <= 24 && wide <= Some(80), "{short}");
    }
}
