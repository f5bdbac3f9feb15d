//! Front matter in, fields and problems out.

use super::*;
use crate::source::FileId;

fn parse(text: &str) -> Page {
    crate::parse::parse(FileId(0), text, |_| None)
}

/// The body, and each problem with the text at its place.
fn check(text: &str, body: &str, problems: &[&str]) -> FrontMatter {
    let page = parse(text);
    assert_eq!(&text[page.front.end as usize..], body, "{text:?}");
    let found: Vec<String> =
        page.problems.iter().map(|p| format!("{} {}: {}", p.rule, &text[p.span.range()], p.message)).collect();
    assert_eq!(found, problems, "{text:?}");
    page.front
}

#[test]
fn where_the_body_begins() {
    for (text, body) in [
        ("---\ntitle: A\n---\n# B\n", "# B\n"),
        ("\u{FEFF}---\r\ntitle: A\r\n---\r\n# B", "# B"),
        ("--- \ntitle: A\n---", ""),
        ("---\n---\nx", "x"),
        ("---\n# only a comment\n---\nx", "x"),
        ("\u{FEFF}x", "x"),
        ("x\n---\ntitle: A\n---\n", "x\n---\ntitle: A\n---\n"),
        (" ---\na: b\n---\n", " ---\na: b\n---\n"),
        ("---\ntitle: A\n", "---\ntitle: A\n"),
        ("----\na: b\n----\n", "----\na: b\n----\n"),
        ("---\n\nProse.\n\n---\n", "---\n\nProse.\n\n---\n"),
        ("", ""),
    ] {
        check(text, body, &[]);
    }
}

#[test]
fn fields() {
    let text = "---\ntitle: 2024\ndescription: >-\n  one\n  two\nicon: house\nhidden: true\nnoIndex: yes\n\
        noRobotsIndex: false\nif: a === \"b\"\ntags:\n  - x\n  - tag: y\n    primary: true\nvars: {a: 1.0, b: c}\n\
        cover: a b.png\ncoverY: 0\ncoverHeight: 300\nkeywords: [z]\nlayout:\n  width: wide\n  cover:\n    visible: true\n\
        \x20   size: full\n  outline:\n    visible: false\n  title:\n---\n";
    let page = parse(text);
    let front = &page.front;
    assert!(page.problems.is_empty(), "{:?}", page.problems);
    assert_eq!(front.title.as_deref(), Some("2024"));
    assert_eq!(front.description.as_deref(), Some("one two"));
    assert_eq!(front.icon.as_deref(), Some("house"));
    assert_eq!((front.hidden, front.no_index, front.no_robots_index), (true, true, false));
    assert_eq!(front.condition.as_deref(), Some("a === \"b\""));
    assert_eq!(front.tags, ["y", "x"]);
    assert_eq!(front.vars, [("a".into(), "1.0".into()), ("b".into(), "c".into())]);
    let cover = front.cover.as_ref().unwrap();
    let link = &page.links[cover.link as usize];
    assert_eq!((&*link.dest, &text[page.link_span(link).range()]), ("a b.png", "a b.png"));
    assert_eq!((cover.height, cover.size.as_deref()), (Some(300), Some("full")));
    assert!(front.layout.wide && front.layout.no_outline && !front.layout.no_title && !front.layout.no_cover);
}

#[test]
fn translations() {
    for (yaml, dest, digest, place) in [
        ("translation:\n  of: a.md\n  digest: 12\n", "a.md", Some("12"), "12"),
        ("translation: {of: a.md}\n", "a.md", None, ""),
        ("translation: {of: a.md, digest: ''}\n", "a.md", Some(""), "''"),
        ("translation:\n  digest:\n  of: a.md\n", "a.md", Some(""), ""),
    ] {
        let text = format!("---\n{yaml}---\n");
        let page = parse(&text);
        let found = page.front.translation.as_ref().unwrap();
        let link = &page.links[found.of as usize];
        assert_eq!((&*link.dest, &text[page.link_span(link).range()]), (dest, dest), "{yaml}");
        assert_eq!((found.digest.as_deref(), &text[found.place.range()]), (digest, place), "{yaml}");
    }
    let none = check("---\ntranslation:\n---\n", "", &[]);
    assert!(none.translation.is_none());
}

#[test]
fn foreign_keys_are_left_alone() {
    let front = check("---\nlayout: reference\nname: x\n---\n", "", &[]);
    assert!(!front.layout.wide);
}

#[test]
fn wrong_types_are_reported() {
    let front = check(
        "---\ntitle: [a]\nhidden: maybe\ndescription: b\ntags: x\nvars: 1\ncoverHeight: tall\nlayout: {title: no}\ntranslation: a.md\n---\n",
        "",
        &[
            "front-matter-type tall: `coverHeight` is a number of pixels",
            "front-matter-type [a]: `title` is a text",
            "front-matter-type maybe: `hidden` is `true` or `false`",
            "front-matter-type x: `tags` is a list of names",
            "front-matter-type 1: `vars` is a map of names and values",
            "front-matter-type no: `title` is a map with `visible`",
            "front-matter-type a.md: `translation` is a map with `of`, the file that is translated",
        ],
    );
    assert_eq!(front.description.as_deref(), Some("b"));
}

#[test]
fn broken_yaml_is_reported_and_not_shown() {
    for (text, rest) in [("---\ntitle: a: b\n---\nx", "x"), ("---\n\ttitle: [\n---\nx", "x"), ("---\n'\n---\n", "")] {
        let page = parse(text);
        assert_eq!(&text[page.front.end as usize..], rest, "{text}");
        assert!(page.problems.iter().any(|p| p.rule == "front-matter-syntax"), "{text}");
    }
    check("---\na: 1\na: 2\n---\n", "", &["front-matter-syntax a: `a` is given twice"]);
}
