//! GitBook's own files of one space in (`.gitbook.yaml`, `.gitbook/vars.yaml`, `.gitbook/tags.yaml`); their meaning out.

use super::nearest::nearest;
use super::reader::Reader;
use super::table::Placed;
use super::{Redirect, TagStyle};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::FileId;
use crate::yaml::Node;

/// `.gitbook.yaml` as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GitBook {
    /// Relative to the file's folder.
    pub root: Option<Placed<String>>,
    /// Relative to `root`, as all that follows.
    pub readme: Option<Placed<String>>,
    pub summary: Option<Placed<String>>,
    pub redirects: Vec<Redirect>,
}

/// Reads `.gitbook.yaml`. An empty file is one without settings; keys that GitBook ignores are reported.
pub fn read(file: FileId, text: &str, problems: &mut Vec<Diagnostic>) -> GitBook {
    let mut gitbook = GitBook::default();
    Reader::read(file, text, problems, |reader, root| {
        for (name, key, value) in reader.entries(root, "`.gitbook.yaml`") {
            match &*name {
                "root" => gitbook.root = placed(reader, value, "`root`"),
                "structure" => structure(reader, value, &mut gitbook),
                "redirects" => gitbook.redirects = redirects(reader, value),
                _ => unknown(reader, key, &name, &["root", "structure", "redirects"]),
            }
        }
    });
    gitbook
}

fn structure(reader: &mut Reader, map: Node, gitbook: &mut GitBook) {
    for (name, key, value) in reader.entries(map, "`structure`") {
        match &*name {
            "readme" => gitbook.readme = placed(reader, value, "`readme`"),
            "summary" => gitbook.summary = placed(reader, value, "`summary`"),
            _ => unknown(reader, key, &name, &["readme", "summary"]),
        }
    }
}

fn redirects(reader: &mut Reader, map: Node) -> Vec<Redirect> {
    let mut redirects = Vec::new();
    for (from, key, value) in reader.entries(map, "`redirects`") {
        match reader.text(value, "a redirect's target").filter(|to| !to.is_empty()) {
            Some(to) => redirects.push(Redirect { from, to, span: reader.span(key), to_span: reader.span(value) }),
            None if value.is_null() => reader.wrong(key, &format!("the redirect `{from}` has no target")),
            None => {}
        }
    }
    redirects
}

fn placed(reader: &mut Reader, value: Node, what: &str) -> Option<Placed<String>> {
    let span = reader.span(value);
    reader.text(value, what).filter(|text| !text.is_empty()).map(|text| (text, span))
}

fn unknown(reader: &mut Reader, key: Node, name: &str, known: &[&str]) {
    let help = match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("remove it; GitBook reads `{}`", known.join("`, `")),
    };
    let message = format!("unknown key `{name}`");
    reader.report_at(Severity::Warning, "config-unknown-key", key, message, Some(help));
}

/// Reads `.gitbook/vars.yaml`: values are texts as written, `2.0` stays `2.0`.
pub fn vars(file: FileId, text: &str, problems: &mut Vec<Diagnostic>) -> Vec<(String, String)> {
    let mut vars = Vec::new();
    Reader::read(file, text, problems, |reader, root| {
        for (name, _, value) in reader.entries(root, "`vars.yaml`") {
            if value.is_null() {
                vars.push((name, String::new()));
            } else if let Some(text) = reader.text(value, &format!("the variable `{name}`")) {
                vars.push((name, text));
            }
        }
    });
    vars
}

/// Reads `.gitbook/tags.yaml`. A tag without a label is called by its slug.
pub fn tags(file: FileId, text: &str, problems: &mut Vec<Diagnostic>) -> Vec<TagStyle> {
    let mut tags = Vec::new();
    Reader::read(file, text, problems, |reader, root| {
        if !root.is_list() {
            reader.wrong(root, "`tags.yaml` is a list of tags");
        }
        for item in root.items() {
            let mut tag = TagStyle::default();
            for (name, _, value) in reader.entries(item, "a tag") {
                let text = reader.text(value, &format!("`{name}`")).filter(|text| !text.is_empty());
                match &*name {
                    "tag" => tag.slug = text.unwrap_or_default(),
                    "label" => tag.label = text.unwrap_or_default(),
                    "icon" => tag.icon = text,
                    "color" => tag.color = text,
                    _ => {}
                }
            }
            if tag.slug.is_empty() {
                reader.wrong(item, "a tag needs its name under `tag`");
                continue;
            }
            if tag.label.is_empty() {
                tag.label = tag.slug.clone();
            }
            tags.push(tag);
        }
    });
    tags
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, problems: Vec<Diagnostic>) -> Vec<String> {
        problems.iter().map(|p| format!("{} | {}", &text[p.span.range()], p.message)).collect()
    }

    fn check(text: &str, expected: &str, faults: &[&str]) {
        let mut problems = Vec::new();
        let found = read(FileId(0), text, &mut problems);
        let mut out = String::new();
        for (name, value) in [("root", &found.root), ("readme", &found.readme), ("summary", &found.summary)] {
            if let Some((value, span)) = value {
                assert!(text[span.range()].contains(&**value));
                out.push_str(&format!("{name}={value} "));
            }
        }
        for redirect in &found.redirects {
            assert!(text[redirect.to_span.range()].contains(&redirect.to));
            out.push_str(&format!("{}>{} ", redirect.from, redirect.to));
        }
        assert_eq!(out.trim_end(), expected, "{text}");
        assert_eq!(shown(text, problems), faults, "{text}");
    }

    #[test]
    fn settings_of_a_space() {
        for (text, expected, faults) in [
            ("", "", &[][..]),
            ("# nothing\n", "", &[]),
            ("\u{FEFF}root: ./docs/\n", "root=./docs/", &[]),
            (
                "root: ./\n\nstructure:\n  readme: welcome.md\n  summary: summary.md\n",
                "root=./ readme=welcome.md summary=summary.md",
                &[],
            ),
            (
                "redirects:\n    a/b: c/d.md # x\n\n    'e?ref=f': ./g\n    h.html: /i/\n",
                "a/b>c/d.md e?ref=f>./g h.html>/i/",
                &[],
            ),
            ("structure:\n  readme: a.md\nredirects:\n", "readme=a.md", &[]),
            (
                "\u{200B}structure:  \n    readme: README.md  \n    summary: SUMMARY.md\u{200B}\n    \n",
                "readme=README.md summary=SUMMARY.md",
                &[
                    "\u{200B}structure | invisible characters in `structure`",
                    "SUMMARY.md\u{200B} | invisible characters in `SUMMARY.md`",
                ],
            ),
            ("structrue:\n  a: b\n", "", &["structrue | unknown key `structrue`"]),
            (
                "structure: x\nredirects: [a]\nroot: {}\n",
                "",
                &[
                    "x | `structure` is a map of names and values",
                    "[a] | `redirects` is a map of names and values",
                    "{} | `root` is a text",
                ],
            ),
            (
                "redirects:\n  a:\n  b: [c]\n",
                "",
                &["a | the redirect `a` has no target", "[c] | a redirect's target is a text"],
            ),
            ("redirects:\n  a: b\n  a: c\n", "a>c", &["a | `a` is given twice"]),
            ("text", "", &["text | `.gitbook.yaml` is a map of names and values"]),
        ] {
            check(text, expected, faults);
        }
    }

    #[test]
    fn variables() {
        for (text, expected, faults) in [
            ("a: 2.0\nb: '@x'\nc: 06:00 UTC\nd:\n", "a=2.0 b=@x c=06:00 UTC d=", &[][..]),
            ("a: [1]\nb: 1\n", "b=1", &["[1] | the variable `a` is a text"]),
            ("- a\n", "", &["- a | `vars.yaml` is a map of names and values"]),
        ] {
            let mut problems = Vec::new();
            let found = vars(FileId(0), text, &mut problems);
            let found: Vec<String> = found.iter().map(|(name, value)| format!("{name}={value}")).collect();
            assert_eq!(
                (found.join(" "), shown(text, problems)),
                (expected.to_string(), faults.iter().map(|s| s.to_string()).collect())
            );
        }
    }

    #[test]
    fn tag_styles() {
        let text = "- tag: a\n  label: A b\n  icon: c\n  color: red\n- tag: d\n- label: e\n- f\n";
        let mut problems = Vec::new();
        let found = tags(FileId(0), text, &mut problems);
        let (icon, color) = (Some("c".to_string()), Some("red".to_string()));
        let plain = TagStyle { slug: "d".into(), label: "d".into(), ..TagStyle::default() };
        assert_eq!(found, [TagStyle { slug: "a".into(), label: "A b".into(), icon, color }, plain]);
        assert_eq!(
            shown(text, problems),
            [
                "label: e | a tag needs its name under `tag`",
                "f | a tag is a map of names and values",
                "f | a tag needs its name under `tag`"
            ]
        );
    }
}
