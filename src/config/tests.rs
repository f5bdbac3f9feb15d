//! Whole books in, as a list of files; the spaces and problems found in them out.

use super::*;
use crate::source::Source;

fn resolve_files(files: &[(&str, &str)]) -> (Sources, Config) {
    let texts = files.iter().map(|(path, text)| Source { path: path.to_string(), text: (*text).into(), invalid: None });
    let sources = Sources::new(texts, BTreeMap::new());
    let config = resolve(&sources);
    (sources, config)
}

/// Each space as `dir at /prefix: summary, readme`, and each problem with the text at its place.
fn check(files: &[(&str, &str)], spaces: &[&str], problems: &[&str]) {
    let (sources, config) = resolve_files(files);
    let path = |file: Option<FileId>| file.map_or("-", |file| sources.path(file));
    let shown: Vec<String> = config
        .spaces
        .iter()
        .map(|space| {
            let language = space.language.as_deref().map(|language| format!(" {language}")).unwrap_or_default();
            format!("{} at /{}: {}, {}{language}", space.dir, space.prefix, path(space.summary), path(space.readme))
        })
        .collect();
    assert_eq!(shown, spaces, "{files:?}");
    let found: Vec<String> =
        config.problems.iter().map(|p| format!("{} {}: {}", p.rule, &sources[p.span], p.message)).collect();
    assert_eq!(found, problems, "{files:?}");
}

fn empty<'a>(paths: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    paths.iter().map(|path| (*path, "")).collect()
}

#[test]
fn spaces_are_found() {
    for (paths, expected) in [
        (&[][..], &[" at /: -, -"][..]),
        (&["README.md"], &[" at /: -, README.md"]),
        (&["SUMMARY.md", "README.md"], &[" at /: SUMMARY.md, README.md"]),
        (&["summary.md", "readme.md"], &[" at /: summary.md, readme.md"]),
        (&["README.md", "docs/SUMMARY.md"], &["docs at /: docs/SUMMARY.md, -"]),
        (&["README.md", "reports/summary.md"], &[" at /: -, README.md"]),
        (&["SUMMARY.md", "docs/SUMMARY.md"], &[" at /: SUMMARY.md, -", "docs at /docs: docs/SUMMARY.md, -"]),
        (&["src/SUMMARY.md", "tests/x/SUMMARY.md"], &["src at /: src/SUMMARY.md, -"]),
        (
            &["content/SUMMARY.md", "content/v1/SUMMARY.md"],
            &["content at /: content/SUMMARY.md, -", "content/v1 at /v1: content/v1/SUMMARY.md, -"],
        ),
        (
            &["SUMMARY.md", "src/SUMMARY.md", ".x/SUMMARY.md"],
            &[" at /: SUMMARY.md, -", "src at /src: src/SUMMARY.md, -"],
        ),
        (
            &[".gitbook.yaml", "en/SUMMARY.md", "jp/SUMMARY.md", "zh_CN/SUMMARY.md"],
            &[
                "en at /en: en/SUMMARY.md, - en",
                "jp at /jp: jp/SUMMARY.md, - ja",
                "zh_CN at /zh_CN: zh_CN/SUMMARY.md, - zh-CN",
            ],
        ),
    ] {
        check(&empty(paths), expected, &[]);
    }
}

#[test]
fn gitbook_settings_decide() {
    for (settings, expected, problems) in [
        ("root: ./docs/", "docs at /: docs/SUMMARY.md, docs/README.md", &[][..]),
        ("structure: {summary: docs/toc.md, readme: docs/README.md}", " at /: docs/toc.md, docs/README.md", &[]),
        (
            "root: docs\nstructure: {summary: toc.md, readme: x.md}",
            "docs at /: docs/toc.md, docs/README.md",
            &["config-missing-file x.md: there is no file `x.md`"],
        ),
        (
            "root: ../up",
            "docs at /: docs/SUMMARY.md, docs/README.md",
            &["config-missing-file ../up: there is no folder `../up` with pages in this book"],
        ),
    ] {
        let files = [(".gitbook.yaml", settings), ("docs/SUMMARY.md", ""), ("docs/README.md", ""), ("docs/toc.md", "")];
        let expected: &[&str] = &[expected];
        if settings.contains("docs/toc.md") {
            // Its own table of contents and that of the folder are two.
            check(&files, &[expected[0], "docs at /docs: docs/SUMMARY.md, docs/README.md"], problems);
        } else {
            check(&files, expected, problems);
        }
    }
    check(
        &[("a/.gitbook.yaml", "root: ./content"), ("a/content/SUMMARY.md", ""), ("b/SUMMARY.md", "")],
        &["a/content at /a: a/content/SUMMARY.md, -", "b at /b: b/SUMMARY.md, -"],
        &[],
    );
}

#[test]
fn settings_without_a_space_are_reported() {
    check(
        &[("book.toml", "[book]\nsrc = 'a'"), (".gitbook.yaml", "redirects: {x: y.md}"), ("a/SUMMARY.md", "")],
        &["a at /: a/SUMMARY.md, -"],
        &["config-unused-file : these settings are about `the book's folder`, which is not the folder of a space"],
    );
}

#[test]
fn book_toml_decides() {
    let pages = empty(&["SUMMARY.md", "doc/SUMMARY.md", "doc/v1/SUMMARY.md", "en/README.md"]);
    for (text, expected, problems) in [
        ("[book]\nsrc = 'doc'", &["doc at /: doc/SUMMARY.md, -", "doc/v1 at /v1: doc/v1/SUMMARY.md, -"][..], &[][..]),
        ("[book]\nsrc = 'en'", &["en at /: -, en/README.md"], &[]),
        (
            "[[spaces]]\ndir = 'en'\nlanguage = 'en'\n[[spaces]]\ndir = './doc/'\npath = '/d/'",
            &["en at /en: -, en/README.md en", "doc at /d: doc/SUMMARY.md, -"],
            &[],
        ),
        ("[[spaces]]\ndir = 'en'", &["en at /: -, en/README.md"], &[]),
        (
            "[[spaces]]\ndir = 'en'\npath = ''\n[[spaces]]\ndir = 'doc'\npath = '/'",
            &["en at /: -, en/README.md", "doc at /doc: doc/SUMMARY.md, -"],
            &["config-value '/': two spaces are published at `/`"],
        ),
        (
            "[openapi]\na = 'no.yaml'\n[check]\nall = 'never'\n[book]\nsrc = 'doc/v1'",
            &["doc/v1 at /: doc/v1/SUMMARY.md, -"],
            &["config-missing-file 'no.yaml': there is no file `no.yaml`", "config-value all: `never` is no level"],
        ),
    ] {
        let mut files = pages.clone();
        files.push(("book.toml", text));
        check(&files, expected, problems);
    }
    check(
        &[("book.toml", "[book]\nsrc = 'nowhere'"), ("README.md", "")],
        &[" at /: -, README.md"],
        &["config-missing-file 'nowhere': there is no folder `nowhere` with pages in this book"],
    );
}

#[test]
fn docs_yaml_decides() {
    let docs = "site: {title: T, structure: [{type: space, title: A, content: {directory: a}}, \
                {type: space, title: B, path: bb, content: {directory: ./b, language: fr}}]}";
    let files = [
        ("docs.yaml", docs),
        ("a/README.md", ""),
        ("b/.gitbook.yaml", "root: ./c"),
        ("b/c/SUMMARY.md", ""),
        ("x/SUMMARY.md", ""),
    ];
    check(&files, &["a at /: -, a/README.md", "b/c at /bb: b/c/SUMMARY.md, - fr"], &[]);
    assert_eq!(resolve_files(&files).1.title.as_deref(), Some("T"));
}

#[test]
fn a_space_has_its_settings() {
    let (_, config) = resolve_files(&[
        (".gitbook.yaml", "redirects: {old: new.md}"),
        ("SUMMARY.md", ""),
        (".gitbook/vars.yaml", "a: 1"),
        (".gitbook/tags.yaml", "- tag: t"),
    ]);
    let space = &config.spaces[0];
    assert_eq!((&*space.redirects[0].from, &*space.redirects[0].to), ("old", "new.md"));
    assert_eq!(space.vars, [("a".to_string(), "1".to_string())]);
    assert_eq!(space.tags[0].label, "t");
    assert_eq!((&*config.language, &*config.build_dir, &*config.theme_dir), ("en", "book", "theme"));
}

#[test]
fn many_spaces_cost_linear_time() {
    let paths: Vec<String> = (0..5_000).flat_map(|n| [format!("d{n}/SUMMARY.md"), format!("d{n}/x.md")]).collect();
    let files: Vec<(&str, &str)> = paths.iter().map(|path| (&**path, "")).collect();
    assert_eq!(resolve_files(&files).1.spaces.len(), 5_000);
}

#[test]
fn a_space_listed_twice_is_one() {
    let again = "[[spaces]]\ndir = 'a'\n".repeat(3);
    let (_, config) = resolve_files(&[("book.toml", &again), ("a/README.md", "")]);
    assert_eq!((config.spaces.len(), config.problems.len()), (1, 2));
}
