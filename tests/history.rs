//! What pages say of their last change, in real repositories: true, or nothing.

#![allow(clippy::disallowed_methods)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

struct Repository(PathBuf);

impl Repository {
    fn new(name: &str) -> Repository {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("history").join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let repository = Repository(folder);
        repository.git(&["init", "-q", "-b", "main"]);
        repository
    }

    /// Git without the settings of this machine.
    fn git(&self, args: &[&str]) {
        self.git_on("2026-11-29", args);
    }

    fn git_on(&self, day: &str, args: &[&str]) {
        let time = format!("{day}T12:00:00+00:00");
        let output = Command::new("git")
            .current_dir(&self.0)
            .args(["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"])
            .args(args)
            .envs([("GIT_AUTHOR_DATE", &*time), ("GIT_COMMITTER_DATE", &time), ("GIT_CONFIG_GLOBAL", "/dev/null")])
            .output()
            .unwrap();
        assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn commit(&self, day: &str) {
        self.git(&["add", "."]);
        self.git_on(day, &["commit", "-q", "-m", "x"]);
    }

    /// What a page of the site says.
    fn says(&self, page: &str) -> Option<String> {
        let out = self.0.with_extension("site");
        let output = Command::new(env!("CARGO_BIN_EXE_proofpress"))
            .arg("build")
            .arg(&self.0)
            .arg("-o")
            .arg(&out)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let html = fs::read_to_string(out.join(page)).unwrap();
        Some(html.split_once("<time datetime=\"")?.1.split_once('"')?.0.to_string())
    }
}

fn day(text: &str) -> Option<String> {
    Some(text.to_string())
}

#[test]
fn a_page_has_the_day_of_the_commit_that_changed_it() {
    let book = Repository::new("commits");
    book.write("README.md", "# Start\n");
    book.write("图 1.md", "# Two\n");
    book.commit("2020-01-02");
    book.write("图 1.md", "# Two\n\nMore.\n");
    book.commit("2021-03-04");
    assert_eq!(book.says("index.html"), day("2020-01-02"));
    assert_eq!(book.says("tu-1.html").or_else(|| book.says("图-1.html")), day("2021-03-04"));
}

#[test]
fn a_move_is_no_change() {
    let book = Repository::new("moves");
    book.write("README.md", "# Start\n");
    book.write("a.md", "# A\n\nThe same words before and after.\n");
    book.commit("2020-01-02");
    book.git(&["mv", "a.md", "b.md"]);
    book.commit("2022-01-01");
    book.git(&["mv", "b.md", "c.md"]);
    // Another file has taken the name in between.
    book.write("b.md", "# B\n");
    book.commit("2023-01-01");
    assert_eq!(book.says("c.html"), day("2020-01-02"));
    assert_eq!(book.says("b.html"), day("2023-01-01"));
}

#[test]
fn what_is_not_committed_has_no_day() {
    let book = Repository::new("uncommitted");
    for name in ["README.md", "changed.md", "staged.md"] {
        book.write(name, "# A\n");
    }
    book.commit("2020-01-02");
    book.write("changed.md", "# A\n\nMore.\n");
    book.write("staged.md", "# A\n\nMore.\n");
    book.git(&["add", "staged.md"]);
    book.write("new.md", "# New\n");
    assert_eq!(book.says("index.html"), day("2020-01-02"));
    for page in ["changed.html", "staged.html", "new.html"] {
        assert_eq!(book.says(page), None, "{page}");
    }
    // The site of before is not taken for this one.
    book.commit("2024-05-06");
    assert_eq!(book.says("changed.html"), day("2024-05-06"));
}

#[test]
fn an_included_text_counts() {
    let book = Repository::new("includes");
    book.write("README.md", "# Start\n\n{% include \"part.md\" %}\n");
    book.write("part.md", "Part.\n");
    book.commit("2020-01-02");
    book.write("part.md", "Part, changed.\n");
    assert_eq!(book.says("index.html"), None);
    book.commit("2021-01-02");
    assert_eq!(book.says("index.html"), day("2021-01-02"));
}

#[test]
fn merges_are_followed_to_the_side_that_counts() {
    let book = Repository::new("merges");
    for name in ["README.md", "ours.md", "side.md", "both.md"] {
        book.write(name, "# A\n\none\n\ntwo\n\nthree\n\nfour\n\nfive\n");
    }
    book.commit("2020-01-01");
    book.git(&["checkout", "-q", "-b", "side"]);
    book.write("side.md", "# A\n\nside\n");
    book.write("ours.md", "# A\n\nthrown away by the merge\n");
    book.write("both.md", "# A\n\nside\n\ntwo\n\nthree\n\nfour\n\nfive\n");
    book.commit("2021-01-01");
    book.git(&["checkout", "-q", "main"]);
    book.write("both.md", "# A\n\none\n\ntwo\n\nthree\n\nfour\n\nmain\n");
    book.commit("2020-06-01");
    book.git_on("2022-01-01", &["merge", "-q", "--no-ff", "--no-commit", "side"]);
    book.git(&["checkout", "HEAD", "--", "ours.md"]);
    book.commit("2022-01-01");
    assert_eq!(book.says("index.html"), day("2020-01-01"));
    assert_eq!(book.says("side.html"), day("2021-01-01"));
    // The text of 2021 is not on the page, so neither is its day.
    assert_eq!(book.says("ours.html"), day("2020-01-01"));
    assert_eq!(book.says("both.html"), day("2022-01-01"));
}

#[test]
fn a_shallow_clone_says_nothing() {
    let book = Repository::new("whole");
    book.write("README.md", "# Start\n");
    book.commit("2020-01-02");
    book.write("a.md", "# A\n");
    book.commit("2021-01-02");
    let clone = Repository(book.0.with_file_name("shallow"));
    let _ = fs::remove_dir_all(&clone.0);
    let url = format!("file://{}", book.0.display());
    book.git(&["clone", "-q", "--depth", "1", &url, &clone.0.display().to_string()]);
    assert_eq!(clone.says("index.html"), None);
    assert_eq!(clone.says("a.html"), None);
    clone.git(&["fetch", "-q", "--unshallow"]);
    assert_eq!(clone.says("index.html"), day("2020-01-02"));
}

#[test]
fn a_book_in_a_folder_of_a_repository() {
    let whole = Repository::new("folder");
    whole.write("docs/README.md", "# Start\n");
    whole.write("README.md", "# Other\n");
    whole.commit("2020-01-02");
    whole.git(&["mv", "README.md", "docs/moved-in.md"]);
    whole.commit("2022-01-02");
    let book = Repository(whole.0.join("docs"));
    assert_eq!(book.says("index.html"), day("2020-01-02"));
    // Seen from the folder it is new, and so it is to its readers.
    assert_eq!(book.says("moved-in.html"), day("2022-01-02"));
    book.write("book.toml", "[output.html]\nlast-updated = false\n");
    assert_eq!(book.says("index.html"), None);
}

#[test]
fn no_repository_no_commit_no_day() {
    let book = Repository::new("empty");
    book.write("README.md", "# Start\n");
    assert_eq!(book.says("index.html"), None);
    // A link has a history of its own.
    #[cfg(unix)]
    {
        book.write("real/text.md", "# Real\n");
        std::os::unix::fs::symlink("real/text.md", book.0.join("link.md")).unwrap();
        book.commit("2020-01-02");
        assert_eq!(book.says("real/text.html"), day("2020-01-02"));
        assert_eq!(book.says("link.html"), None);
    }
}
