//! `check --add-ignore`: findings become comments, and nothing else changes.

use crate::Folder;
use std::fs;

const PAGE: &str = "\
---
description: x
---
# Home

[x](nowhere.md) and text

* [a](gone.md)
* text and [b](gone.md#x)

  second [c](c.md)

> quote [q](q.md)

| A | B |
| --- | --- |
| [t](t.md) | x |

{% hint style=\"infoo\" %}
[h](h.md)
{% endhint %}

1. first
2. words before [n](n.md) and after
";

#[test]
fn every_finding_is_silenced_where_it_stands() {
    let book = Folder::new(&[
        ("README.md", PAGE),
        ("SUMMARY.md", "* [Home](README.md)\n* [Windows](windows.md)\n* [Gone](absent.md)\n"),
        ("windows.md", "# Windows\r\n\r\n[x](nowhere.md)\r\n"),
        (".gitbook.yaml", "redirects:\n  old: gone.md\n"),
    ]);
    let (out, err) = book.run(&["check", "--add-ignore=kept -- until May", "--yes"], 0);
    assert!(out.contains("+<!-- proofpress-ignore dead-link: kept - - until May -->"), "{out}{err}");
    let (_, err) = book.run(&["check", "--fail-on", "note"], 0);
    assert!(err.starts_with("0 errors, 0 warnings"), "{err}");
    // Without the comments the files are what they were.
    for (path, old) in [("README.md", PAGE), ("windows.md", "# Windows\r\n\r\n[x](nowhere.md)\r\n")] {
        let text = book.read(path);
        let lines = text.split_inclusive('\n').filter(|line| !line.trim_start_matches("> ").trim().starts_with("<!--"));
        let inline = |line: &str| match line.split_once("<!-- ") {
            Some((before, rest)) => format!("{before}{}", rest.split_once("--> ").unwrap().1),
            None => line.to_string(),
        };
        assert_eq!(lines.map(inline).collect::<String>(), old, "{text}");
    }
    let page = book.read("README.md");
    assert!(
        page.contains("2. words before <!-- proofpress-ignore dead-link: kept - - until May --> [n](n.md)"),
        "{page}"
    );
    assert!(
        page.contains("\n  <!-- proofpress-ignore dead-link: kept - - until May -->\n  second [c](c.md)"),
        "{page}"
    );
    assert!(book.read("windows.md").contains("-->\r\n[x]"));
    assert!(
        book.read(".gitbook.yaml").contains("  # proofpress-ignore dead-redirect: kept"),
        "{}",
        book.read(".gitbook.yaml")
    );
    let (_, err) = book.run(&["check", "--add-ignore", "--yes"], 0);
    assert!(err.contains("there is nothing to silence"), "{err}");
}

#[test]
fn nothing_is_written_without_a_word() {
    let book = Folder::new(&[("README.md", PAGE)]);
    let (out, err) = book.run(&["check", "--add-ignore"], 2);
    assert!(out.contains("+<!-- proofpress-ignore dead-link -->") && err.contains("add `--yes` to write"), "{err}");
    assert_eq!(book.read("README.md"), PAGE);
    // A file with a conflict of Git is left alone, and its findings stay.
    let conflict = "<<<<<<< HEAD\n[a](a.md)\n=======\n[b](b.md)\n>>>>>>> other\n";
    fs::write(book.0.join("README.md"), conflict).unwrap();
    let (_, err) = book.run(&["check", "--add-ignore", "--yes"], 1);
    assert!(err.contains("note: no comment can silence error[dead-link] in README.md:2:5"), "{err}");
    assert_eq!(book.read("README.md"), conflict);
}
