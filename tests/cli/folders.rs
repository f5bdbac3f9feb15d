//! Which book the current folder and the folders that are named mean, and how the paths of files are shown there.

use crate::{Folder, command};

/// A wrong working directory in a pipeline is no book without faults.
#[test]
fn a_folder_without_a_book_is_none() {
    let folder = Folder::new(&[("empty/notes.txt", ""), ("code/main.rs", ""), ("pages/a/b.md", "# B\n")]);
    let empty = folder.0.join("empty").display().to_string();
    for verb in [
        &["check", "empty"][..],
        &["check", "pages", "empty", "--format", "json"],
        &["check", "empty", "--show-settings"],
        &["build", "empty"],
        &["serve", "empty"],
        &["fix", "empty"],
        &["mv", "a.md", "b.md", "--book", "empty"],
        &["check", "empty", "--exit-zero"],
    ] {
        let (out, err) = folder.run(verb, 2);
        assert_eq!(out, "", "{verb:?}");
        assert!(err.starts_with(&format!("error: `{empty}` is no book: it has no `book.toml`")), "{verb:?} {err}");
        assert!(err.contains("\nhelp: name the book's folder") && err.contains("`proofpress init`"), "{err}");
    }
    assert_eq!(folder.run(&["check", "code"], 2).1.lines().count(), 2);
    folder.run(&["check", "pages"], 0);
    let ignored = Folder::new(&[(".gitignore", "*.md\n"), ("a/a.md", "")]);
    // What stands for the current folder is named in full.
    assert!(ignored.run(&["check"], 2).1.contains(&format!("`{}`", ignored.0.display())));
    Folder::new(&[("book.toml", "")]).run(&["check"], 0);
}

/// Whoever stands in a folder of the book opens its files by the shortest way.
#[test]
fn paths_lead_from_a_folder_inside_of_the_book() {
    let link = "[x](nowhere.md)\n";
    let book = Folder::new(&[("book.toml", ""), ("README.md", link), ("a/p.md", link), ("a/b/q.md", link)]);
    let paths = |folder: &str, arguments: &[&str]| -> Vec<String> {
        let mut command = command(&book.0.join(folder), &["check", "--format", "concise", "--exit-zero"]);
        let out = String::from_utf8(command.args(arguments).output().unwrap().stdout).unwrap();
        out.lines().map(|line| line.split(':').next().unwrap_or_default().to_string()).collect()
    };
    for (folder, expected) in [
        ("", ["README.md", "a/b/q.md", "a/p.md"]),
        ("a", ["../README.md", "b/q.md", "p.md"]),
        ("a/b", ["../../README.md", "q.md", "../p.md"]),
    ] {
        assert_eq!(paths(folder, &[]), expected, "{folder}");
        if !folder.is_empty() {
            assert_eq!(paths(folder, &[".."]), expected, "{folder}");
        }
    }
}

/// These services know the repository and no current folder.
#[test]
fn services_find_files_from_the_root_of_the_repository() {
    let files =
        [("book.toml", ""), ("a/p q.md", "[x](nowhere.md)\n")].map(|(path, text)| (format!("docs/{path}"), text));
    let mut files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, *text)).collect();
    let reports = |folder: &Folder, from: &str, prefix: &str| {
        for (format, expected) in [
            ("sarif", format!("\"uri\": \"{prefix}p%20q.md\"")),
            ("github", format!("::error file={prefix}p q.md,")),
            ("gitlab", format!("\"path\": \"{prefix}p q.md\"")),
        ] {
            let output = command(&folder.0.join(from), &["check", "--format", format, ".."]).output().unwrap();
            let out = String::from_utf8(output.stdout).unwrap();
            assert!(out.contains(&expected), "{expected} {out}");
        }
    };
    let plain = Folder::new(&files);
    reports(&plain, "docs/a", "");
    files.push((".git/HEAD", ""));
    files.push(("elsewhere/a.txt", ""));
    let repository = Folder::new(&files);
    reports(&repository, "docs/a", "docs/a/");
    let from = |arguments: &[&str]| repository.run(&[&["check", "--format", "gitlab"], arguments].concat(), 1).0;
    assert_eq!(from(&["docs"]), from(&[&repository.0.join("docs").display().to_string()]));
}

#[test]
fn a_book_is_judged_once_however_many_of_its_folders_are_named() {
    let page = ("docs/a/b/p.md", "[x](nowhere.md)\n");
    let (readme, home) = (("docs/README.md", "# Docs\n"), ("README.md", "# Home\n"));
    let (git, ignored) = ((".git/HEAD", ""), (".gitignore", "docs\n"));
    let (contents, settings) = (("docs/SUMMARY.md", "* [Docs](README.md)\n* [P](a/b/p.md)\n"), ("docs/book.toml", ""));
    let lists = ("SUMMARY.md", "* [Home](README.md)\n* [P](docs/a/b/p.md)\n");
    let omits = ("SUMMARY.md", "* [Home](README.md)\n");
    let elsewhere = ("book.toml", "[book]\nsrc = 'content'\n");
    for (files, paths, times) in [
        (&[page, readme][..], &["docs", "docs/a/b"][..], 1),
        (&[page, readme, home], &[".", "docs"], 1),
        (&[page, readme, home], &["docs/a/", "./docs", "."], 1),
        (&[page, readme, home, git], &["docs/a/b", "docs", "."], 1),
        // A space of the whole book.
        (&[page, readme, contents], &[".", "docs"], 1),
        (&[page, readme, home, lists, contents], &[".", "docs"], 1),
        (&[page, readme, home, lists], &[".", "docs"], 1),
        // What counts only there, or is not read from above.
        (&[page, readme, home, omits], &[".", "docs"], 1),
        (&[page, readme, home, settings], &[".", "docs"], 2),
        (&[page, readme, home, ignored], &[".", "docs"], 1),
        (&[page, readme, ("content/README.md", ""), elsewhere], &[".", "docs"], 1),
    ] {
        let folder = Folder::new(files);
        let (out, _) = folder.run(&[&["check", "--format", "concise", "--exit-zero"], paths].concat(), 0);
        assert_eq!(out.matches("docs/a/b/p.md:1:5: ").count(), times, "{files:?} {paths:?}\n{out}");
    }
}

#[test]
fn a_page_is_checked_with_its_book() {
    let book = Folder::new(&[("docs/book.toml", ""), ("docs/a/p.md", "")]);
    for (folder, page, expected) in
        [("", "docs/a/p.md", "docs"), ("docs", "a/p.md", "."), ("docs/a", "p.md", ".."), ("docs/a", "../a/p.md", "..")]
    {
        let output = command(&book.0.join(folder), &["check", page]).output().unwrap();
        let expected = format!(
            "error: `{page}` is a page, and a page is checked with its book\n\
             help: name the book's folder: `proofpress check {expected}`\n"
        );
        assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap()), (Some(2), expected));
    }
}
