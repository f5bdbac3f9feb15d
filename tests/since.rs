//! What `check --since` and the baseline promise, in real repositories made with the `git` program.
#![allow(clippy::disallowed_methods)]

#[path = "since/moved.rs"]
mod moved;
#[path = "since/repository.rs"]
mod repository;

use repository::{Repository, environment};
use std::fs;
use std::process::Command;

const BOOK: &[(&str, &str)] = &[
    ("README.md", "# Home\n\n[old](gone.md)\n\n[b](b.md#two)\n"),
    ("b.md", "# B\n\n## Two\n\n[old](gone.md) and [old](gone.md)\n"),
];

#[test]
fn only_what_is_worse_is_reported() {
    let book = Repository::new(BOOK);
    assert_eq!(book.since("main"), "");
    // A renamed heading, not yet committed, breaks a link in a file that nobody touched.
    book.write(&[("b.md", "# B\n\nText.\n\n## Second\n\n[old](gone.md) and [old](gone.md)\n")]);
    assert_eq!(book.since("main"), "README.md:5:5: error[dead-anchor]: `b.md` has no anchor `#two`\n");
    let (_, err) = book.check(&["--since", "main"], 1);
    assert!(err.contains("error[dead-anchor]") && err.contains("1 error, 0 warnings in 1 file"), "{err}");
    let (_, err) = book.check(&["--since", "main", "-v"], 1);
    assert!(err.contains("; 3 there before"), "{err}");
    assert_eq!(book.git(&["status", "--porcelain"]), " M b.md\n");
    // Of several alike the one on a new line is the new one.
    book.write(&[("b.md", "# B\n\n[new](gone.md)\n\n## Two\n\n[old](gone.md) and [old](gone.md)\n")]);
    assert_eq!(book.since("main"), "b.md:3:7: error[dead-link]: `gone.md` does not exist\n");
    // One fault less hides none.
    book.write(&[("b.md", "# B\n\n## Two\n\n[old](gone.md)\n\n[other](other.md)\n")]);
    assert_eq!(book.since("main"), "b.md:7:9: error[dead-link]: `other.md` does not exist\n");
}

#[test]
fn the_other_version_is_where_the_branch_began() {
    let book = Repository::new(BOOK);
    book.git(&["checkout", "-q", "-b", "work"]);
    book.commit(&[("c.md", "# C\n\n[new](nowhere.md)\n")]);
    book.git(&["checkout", "-q", "main"]);
    book.commit(&[("README.md", "# Home\n\n[b](b.md#two)\n"), ("b.md", "# B\n\n## Two\n")]);
    book.git(&["checkout", "-q", "work"]);
    // What `main` has repaired since then is no fault of this branch.
    assert_eq!(book.since("main"), "c.md:3:7: error[dead-link]: `nowhere.md` does not exist\n");
    assert_eq!(book.since("HEAD"), "");
    fs::remove_file(book.0.join("b.md")).unwrap();
    assert_eq!(book.since("HEAD"), "README.md:5:5: error[dead-link]: `b.md#two` does not exist\n");
}

#[test]
fn a_book_may_be_a_folder_of_its_repository() {
    let book = Repository::new(&[
        ("code/README.md", "# Code\n\n[a](gone.md)\n"),
        ("docs/SUMMARY.md", "* [Home](README.md)\n"),
        ("docs/README.md", "# Home\n\n[a](gone.md)\n"),
        ("docs/img/a b.png", "x"),
        ("tool.yaml", "path: /\n"),
    ]);
    book.write(&[("docs/README.md", "# Home\n\n[b](img/a%20b.png) [a](gone.md) [c](c.md)\n")]);
    let expected = "README.md:3:37: error[dead-link]: `c.md` does not exist\n";
    assert_eq!(book.check_in("docs", &["--since", "main", "--format", "concise"], 1).0, expected);
    let (out, _) = book.check(&["docs", "code", "--since", "main", "--format", "concise"], 1);
    assert_eq!(out, format!("docs/{expected}"));
    // A folder that the revision did not have was empty.
    book.write(&[("more/README.md", "# More\n\n[a](gone.md)\n")]);
    let (out, _) = book.check(&["more", "--since", "main", "--format", "concise"], 1);
    assert_eq!(out, "more/README.md:3:5: error[dead-link]: `gone.md` does not exist\n");
    // One file of a plugin.
    let file = ["tool.yaml", "--kind", "endpoint", "--since", "main", "--format", "concise"];
    assert_eq!(book.check(&file, 0).0, "");
    book.write(&[("tool.yaml", "path: /\nmethod: PATCH\n")]);
    assert_eq!(book.check(&file, 1).0, "tool.yaml:2:9: error[unknown-value]: `PATCH` is no value of `method`\n");
}

#[test]
fn levels_are_those_of_today() {
    let book = Repository::new(&[
        ("book.toml", "[check]\ndead-link = \"off\"\n"),
        ("README.md", "# Home\n\n[a](gone.md)\n\n<!-- proofpress-ignore dead-link: later -->\n[b](never.md)\n"),
    ]);
    book.write(&[("book.toml", "[check]\ndead-link = \"error\"\n")]);
    assert_eq!(book.since("main"), "");
    // An ignore that is taken out brings its finding back.
    book.write(&[("README.md", "# Home\n\n[a](gone.md)\n\n[b](never.md)\n")]);
    assert_eq!(book.since("main"), "README.md:5:5: error[dead-link]: `never.md` does not exist\n");
}

/// Files that the walk over the folder does not list, whatever Git has of them.
#[test]
fn what_is_ignored_today_was_ignored_then() {
    let book = Repository::new(&[("README.md", "# Home\n\n[a](made.md) [b](node_modules/x.md)\n")]);
    book.write(&[(".gitignore", "made.md\n"), ("made.md", "# Made\n"), ("node_modules/x.md", "# X\n")]);
    book.git(&["add", "-f", "-A"]);
    book.git(&["commit", "-q", "-m", "x"]);
    assert_eq!(book.since("HEAD"), "");
    // A file that becomes ignored is gone.
    book.commit(&[("README.md", "# Home\n\n[c](c.md)\n"), ("c.md", "# C\n")]);
    book.write(&[(".gitignore", "made.md\nc.md\n")]);
    assert_eq!(book.since("HEAD"), "README.md:3:5: error[dead-link]: `c.md` does not exist\n");
}

#[cfg(unix)]
#[test]
fn links_and_submodules_are_there_in_both() {
    let inner = Repository::new(&[("x.md", "# X\n\n[a](gone.md)\n")]);
    let book = Repository::new(&[
        ("README.md", "# Home\n\n[a](second.md) [b](also/a.md) [c](inner/x.md)\n"),
        ("first.md", "# A\n\n[x](gone.md)\n"),
        ("folder/a.md", "# A\n\n[x](gone.md)\n"),
    ]);
    std::os::unix::fs::symlink("first.md", book.0.join("second.md")).unwrap();
    std::os::unix::fs::symlink("folder", book.0.join("also")).unwrap();
    std::os::unix::fs::symlink("../../outside", book.0.join("folder/out")).unwrap();
    let path = inner.0.to_str().unwrap();
    book.git(&["-c", "protocol.file.allow=always", "submodule", "add", "-q", path, "inner"]);
    book.git(&["add", "-A"]);
    book.git(&["commit", "-q", "-m", "x"]);
    assert_eq!(book.since("HEAD"), "");
    book.write(&[("README.md", "# Home\n\n[a](second.md) [b](also/a.md) [c](inner/x.md) [d](inner/y.md)\n")]);
    assert_eq!(book.since("HEAD"), "README.md:3:51: error[dead-link]: `inner/y.md` does not exist\n");
}

#[test]
fn what_cannot_be_compared_is_explained() {
    let none = Repository::empty();
    none.write(BOOK);
    let (_, err) = none.check(&["--since", "main"], 2);
    assert!(err.contains("`.` is in no Git repository"), "{err}");

    let book = Repository::new(BOOK);
    let (_, err) = book.check(&["--since", "mian"], 2);
    assert!(err.contains("there is no revision `mian`\nhelp: "), "{err}");
    let (_, err) = book.check(&["--since=--output=x"], 2);
    assert!(err.contains("there is no revision `--output=x`"), "{err}");

    book.commit(&[("c.md", "# C\n")]);
    let from = format!("file://{}", book.0.to_str().unwrap());
    let shallow = Repository::empty();
    shallow.git(&["clone", "-q", "--depth", "1", &from, "book"]);
    let (_, err) = shallow.check(&["book", "--since", "HEAD~1"], 2);
    assert!(err.contains("this clone is shallow") && err.contains("fetch-depth: 0"), "{err}");
    shallow.check(&["book", "--since", "HEAD"], 0);
}

/// A hook tells every program which repository it works on, from the top of it.
#[test]
fn it_runs_in_a_hook() {
    let book = Repository::new(&[("docs/SUMMARY.md", "* [Home](README.md)\n"), ("docs/README.md", "# Home\n")]);
    book.write(&[("docs/README.md", "# Home\n\n[a](gone.md)\n")]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_proofpress"));
    environment(&mut command).args(["check", "docs", "--since", "HEAD", "--format", "concise"]);
    let output = command.current_dir(&book.0).env("GIT_DIR", ".git").env("GIT_INDEX_FILE", "x").output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    assert_eq!(out, "docs/README.md:3:5: error[dead-link]: `gone.md` does not exist\n");
}

/// The first commit is as new as anything can be.
#[test]
fn before_the_first_commit_there_was_nothing() {
    let repository = Repository::empty();
    repository.git(&["init", "-q"]);
    repository.write(&[("README.md", "# Home\n\n[x](nowhere.md)\n")]);
    assert!(repository.since("HEAD").contains("README.md:3:5: error[dead-link]"));
    repository.write(&[("README.md", "# Home\n")]);
    repository.check(&["--since", "HEAD"], 0);
}

/// What the pages of both versions have in common is judged once, unless what it is judged by has changed.
#[test]
fn examples_are_compared() {
    let fence = |method: &str| format!("```yaml kind=endpoint\npath: /\nmethod: {method}\n```\n");
    let repository = Repository::new(&[
        ("SUMMARY.md", "* [Home](README.md)\n* [A](a.md)\n* [B](b.md)\n"),
        ("README.md", "# Home\n"),
        ("a.md", &format!("# A\n\n{}", fence("PATCHED"))),
        ("b.md", &format!("# B\n\n{}", fence("GET"))),
    ]);
    repository.write(&[("b.md", &format!("# B\n\n{}", fence("GETS")))]);
    let found = repository.since("HEAD");
    assert!(found.contains("b.md:5:9: error") && !found.contains("a.md"), "{found}");
    // The page is the same, and what is wrong in it is new.
    repository.commit(&[("book.toml", "[check]\nunknown-value = \"off\"\n"), ("c.yaml", "a: 1\n")]);
    repository.write(&[("c.yaml", "a: 2\n"), ("a.md", &format!("# A\n\nText.\n\n{}", fence("PATCHED")))]);
    assert_eq!(repository.since("HEAD"), "");
}

#[test]
fn a_baseline_holds_what_is_known() {
    let book = Repository::new(BOOK);
    let (_, err) = book.check(&["--write-baseline"], 0);
    assert!(err.contains("note: `proofpress-baseline.json` has 3 findings"), "{err}");
    let text = book.read("proofpress-baseline.json");
    assert!(text.contains("\"dead-link: `gone.md` does not exist\": 2") && !text.contains("line"), "{text}");
    let baseline = ["--baseline", "proofpress-baseline.json"];
    let (_, err) = book.check(&[&baseline[..], &["-v"]].concat(), 0);
    assert!(err.contains("0 errors, 0 warnings (") && err.contains("; 3 in the baseline"), "{err}");
    // Lines may move, and a third one is new.
    book.write(&[("b.md", "# B\n\n## Two\n\nText.\n\n[a](gone.md) [a](gone.md) [a](gone.md)\n")]);
    let (out, _) = book.check(&[&baseline[..], &["--format", "concise"]].concat(), 1);
    assert_eq!(out, "b.md:7:31: error[dead-link]: `gone.md` does not exist\n");
    // From another folder it is the same file.
    book.write(&[("x/y", "")]);
    let (out, _) = book.check_in("x", &["..", "--baseline", "../proofpress-baseline.json", "--format", "concise"], 1);
    assert_eq!(out, "../b.md:7:31: error[dead-link]: `gone.md` does not exist\n");
    // What was there before a revision is not used up twice.
    let (out, _) = book.check(&[&baseline[..], &["--since", "main", "--format", "concise"]].concat(), 1);
    assert_eq!(out.lines().count(), 1, "{out}");
}

#[test]
fn what_was_repaired_leaves_the_baseline() {
    let book = Repository::new(BOOK);
    book.write(&[("book.toml", "[check]\nbaseline = \"known.json\"\n")]);
    let (_, err) = book.check(&[], 2);
    assert!(err.contains("there is no baseline `known.json`") && err.contains("--write-baseline"), "{err}");
    book.check(&["--write-baseline"], 0);
    book.check(&[], 0);
    book.write(&[("b.md", "# B\n\n## Two\n\n[a](gone.md)\n"), ("README.md", "# Home\n\n[b](b.md#two)\n")]);
    let (_, err) = book.check(&[], 0);
    assert!(err.contains("note: 2 findings in `known.json` are gone\n  README.md: dead-link: "), "{err}");
    assert!(!book.check(&["--quiet"], 0).1.contains("note: "));
    let (_, err) = book.check(&["--prune-baseline"], 0);
    assert!(err.contains("are gone, and removed from it"), "{err}");
    let text = book.read("known.json");
    assert!(!text.contains("README.md") && text.contains("does not exist\": 1"), "{text}");
    assert!(!book.check(&[], 0).1.contains("gone"));
    book.check(&["--prune-baseline"], 0);
    assert_eq!(text, book.read("known.json"));
}

#[test]
fn several_books_share_a_baseline() {
    let books = Repository::new(&[("a/README.md", "# A\n\n[x](gone.md)\n"), ("b/README.md", "# B\n\n[x](gone.md)\n")]);
    books.check(&["a", "b", "--write-baseline=known.json"], 0);
    let text = books.read("known.json");
    assert!(text.contains("\"a/README.md\"") && text.contains("\"b/README.md\""), "{text}");
    // Nothing is said of a book that was not checked, and nothing of it is lost.
    let (_, err) = books.check(&["a", "--baseline", "known.json"], 0);
    assert!(!err.contains("gone"), "{err}");
    books.check(&["a", "--write-baseline=known.json"], 0);
    assert_eq!(text, books.read("known.json"));
    for (arguments, code) in [
        (&["a", "--baseline", "a/README.md"][..], 2),
        (&["a", "--baseline", "none.json"], 2),
        (&["a", "--write-baseline=no/such/folder.json"], 2),
        (&["a", "--write-baseline", "--since", "main"], 2),
    ] {
        books.check(arguments, code);
    }
}
