//! Files and folders that were moved keep their old faults, whoever moved them and whether Git was told.

use super::repository::{Repository, environment};
use std::fs;
use std::process::Command;

#[test]
fn renames_are_followed() {
    let long = "Words that make the file long enough to be known again.\n".repeat(10);
    let page = format!("# B\n\n{long}\n[old](gone.md) [d](d.md#gone)\n");
    let book = Repository::new(&[("README.md", "# Home\n"), ("b.md", &page), ("d.md", &format!("# D\n\n{long}"))]);
    book.git(&["mv", "b.md", "c.md"]);
    fs::create_dir(book.0.join("deep")).unwrap();
    book.git(&["mv", "d.md", "deep/e.md"]);
    book.write(&[("c.md", &page.replace("d.md", "deep/e.md"))]);
    assert_eq!(book.since("main"), "");
    // Into another folder, with its links written anew.
    book.git(&["mv", "-f", "c.md", "deep/c.md"]);
    book.write(&[("deep/c.md", &page.replace("d.md", "e.md").replace("gone.md", "../gone.md"))]);
    book.git(&["add", "-A"]);
    assert_eq!(book.since("main"), "");
}

const SMALL: &[(&str, &str)] = &[
    ("SUMMARY.md", "* [Home](README.md)\n* [C](c.md)\n* [D](guide/d.md)\n"),
    ("README.md", "# Home\n\n[c](c.md)\n"),
    ("c.md", "# C\n\n[c](nope.md)\n"),
    ("guide/d.md", "# D\n\n[d](nope.md) [c](../c.md)\n"),
];

#[test]
fn our_own_moves_are_followed() {
    for (from, to) in [("c.md", "sub/c.md"), ("c.md", "sub/other.md"), ("guide", "manual"), ("guide", "deep/manual")] {
        let book = Repository::new(SMALL);
        let mut command = Command::new(env!("CARGO_BIN_EXE_proofpress"));
        let output = environment(&mut command).args(["mv", from, to, "--yes"]).current_dir(&book.0).output().unwrap();
        assert!(output.status.success() && !book.0.join(from).exists(), "{output:?}");
        let status = book.git(&["status", "--porcelain"]);
        assert_eq!(book.since("HEAD"), "", "{from} {to}");
        assert_eq!(book.git(&["status", "--porcelain"]), status);
        book.git(&["add", "-A"]);
        assert_eq!(book.since("HEAD"), "");
    }
}

/// Links that are no longer right are new, dead ones are not.
#[test]
fn moves_without_us_are_followed() {
    let book = Repository::new(SMALL);
    fs::create_dir(book.0.join("sub")).unwrap();
    fs::rename(book.0.join("c.md"), book.0.join("sub/c.md")).unwrap();
    fs::rename(book.0.join("guide"), book.0.join("manual")).unwrap();
    book.write(&[("SUMMARY.md", "* [Home](README.md)\n* [C](sub/c.md)\n* [D](manual/d.md)\n")]);
    let found = book.since("HEAD");
    assert!(found.starts_with("README.md:3:5: error[dead-link]: `c.md` does not exist\nmanual/d.md:3:1"), "{found}");
    assert_eq!(found.lines().count(), 2, "{found}");
    // A page that is like none that is gone is new.
    book.write(&[("SUMMARY.md", "* [Home](README.md)\n* [C](sub/c.md)\n* [D](manual/d.md)\n* [E](e.md)\n")]);
    fs::remove_file(book.0.join("sub/c.md")).unwrap();
    book.write(&[(
        "sub/c.md",
        "# Something else\n\nThis says what the old one never said, [so](nope.md) it counts.\n",
    )]);
    assert!(book.since("HEAD").contains("sub/c.md:3:"));
}

/// A page of the same words as one that stays is new.
#[test]
fn a_copy_is_new() {
    let book = Repository::new(SMALL);
    let entries = book.read("SUMMARY.md") + "* [Copy](copy.md)\n";
    book.write(&[("copy.md", "# C\n\n[c](nope.md)\n"), ("SUMMARY.md", &entries)]);
    assert_eq!(book.since("HEAD"), "copy.md:3:5: error[dead-link]: `nope.md` does not exist\n");
}

#[test]
fn the_folder_of_a_book_may_be_moved() {
    let within = |folder: &str| -> Vec<(String, String)> {
        SMALL.iter().map(|(path, text)| (format!("{folder}/{path}"), text.to_string())).collect()
    };
    let files = [within("docs"), within("other")].concat();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    for to in ["manual", "deep/manual", "docs/en"] {
        let book = Repository::new(&files);
        fs::create_dir_all(book.0.join("deep")).unwrap();
        fs::rename(book.0.join("docs"), book.0.join("x")).unwrap();
        fs::create_dir_all(book.0.join(to).parent().unwrap()).unwrap();
        fs::rename(book.0.join("x"), book.0.join(to)).unwrap();
        let since = |revision: &str| book.check(&[to, "--since", revision, "--format", "concise", "--exit-zero"], 0).0;
        assert_eq!(since("HEAD"), "", "{to}");
        book.write(&[(&format!("{to}/c.md"), "# C\n\n[c](nope.md) [b](never.md)\n")]);
        let expected = format!("{to}/c.md:3:18: error[dead-link]: `never.md` does not exist\n");
        assert_eq!(since("HEAD"), expected);
        book.commit(&[]);
        assert_eq!(since("HEAD"), "");
        assert_eq!(since("HEAD~1"), expected);
    }
    // To the top of the repository.
    let book = Repository::new(&files[..SMALL.len()]);
    for (path, _) in SMALL {
        book.write(&[(path, &book.read(&format!("docs/{path}")))]);
    }
    fs::remove_dir_all(book.0.join("docs")).unwrap();
    assert_eq!(book.since("HEAD"), "");
}

#[test]
fn a_single_file_may_be_renamed() {
    let text = "path: /\nmethod: PATCH\n";
    let book = Repository::new(&[("a.yaml", text), ("other.yaml", "a: 1\n"), ("sub/b.yaml", text)]);
    fs::rename(book.0.join("a.yaml"), book.0.join("c.yaml")).unwrap();
    let check =
        |file: &str, code| book.check(&[file, "--kind", "endpoint", "--since", "HEAD", "--format", "concise"], code).0;
    assert_eq!(check("c.yaml", 0), "");
    book.write(&[("c.yaml", "path: /\nmethod: PATCH\nhidden: 3\n")]);
    assert_eq!(check("c.yaml", 1).lines().count(), 1);
    // The one that is there still is not the one that was.
    book.write(&[("sub/d.yaml", text)]);
    assert_eq!(check("sub/d.yaml", 1).lines().count(), 1);
}
