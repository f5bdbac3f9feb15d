//! A strict look at the HTML that we write: a page in, its faults out. It knows our own style only (attributes in
//! double quotes, every element closed), which is what makes it short.

use std::collections::HashSet;

const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Elements that hold text and marks only.
const PHRASING: &[&str] =
    &["p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "button", "span", "em", "strong", "code", "kbd", "sub", "sup"];

/// Elements that such elements cannot hold.
const BLOCK: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "details",
    "div",
    "dl",
    "fieldset",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
    "li",
];

/// Unbalanced elements, ids given twice, blocks in text, links in links.
pub fn faults(html: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let mut ids = HashSet::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('/') {
            let (name, tail) = after.split_once('>').unwrap_or((after, ""));
            if open.last() == Some(&name) {
                open.pop();
            } else {
                faults.push(format!("</{name}> closes {:?}", open.last()));
            }
            rest = tail;
            continue;
        }
        if let Some(after) = rest.strip_prefix('!') {
            rest = after.split_once('>').map_or("", |(_, tail)| tail);
            continue;
        }
        let name_end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let (name, tail) = rest.split_at(name_end);
        if name.is_empty() {
            faults.push(format!("a bare `<` before {:?}", tail.chars().take(20).collect::<String>()));
            continue;
        }
        if BLOCK.contains(&name)
            && let Some(outer) = open.iter().find(|outer| PHRASING.contains(outer))
        {
            // A summary may hold one heading, and nothing else that is a block.
            faults.push(format!("<{name}> in <{outer}>"));
        }
        if matches!(name, "a" | "button")
            && let Some(outer) = open.iter().find(|outer| matches!(**outer, "a" | "button"))
        {
            faults.push(format!("<{name}> in <{outer}>"));
        }
        let Some((attrs, empty, tail)) = attributes(tail) else {
            faults.push(format!("<{name} has attributes of another form"));
            break;
        };
        let mut names = HashSet::new();
        for (key, value) in attrs {
            if !names.insert(key) {
                faults.push(format!("<{name}> has two {key}"));
            }
            if key.starts_with("on") || key == "style" {
                faults.push(format!("<{name} {key}> is what the policy of the page forbids"));
            }
            if key == "id" && (value.is_empty() || value.contains(char::is_whitespace) || !ids.insert(value)) {
                faults.push(format!("<{name} id=\"{value}\"> is empty, has a space or is given twice"));
            }
            if key == "href" && value.trim_start().to_ascii_lowercase().starts_with("javascript:") {
                faults.push(format!("<{name} href=\"{value}\">"));
            }
        }
        if !empty && !VOID.contains(&name) {
            open.push(name);
        }
        rest = tail;
        // What a script holds is no markup.
        if matches!(name, "script" | "style")
            && let Some(end) = rest.find(&format!("</{name}>"))
        {
            rest = &rest[end..];
        }
    }
    if !open.is_empty() {
        faults.push(format!("never closed: {open:?}"));
    }
    faults
}

type Attributes<'a> = (Vec<(&'a str, &'a str)>, bool, &'a str);

/// The attributes of a tag, whether it closes itself, and what follows it.
fn attributes(mut rest: &str) -> Option<Attributes<'_>> {
    let mut found = Vec::new();
    loop {
        rest = rest.trim_start();
        if let Some(tail) = rest.strip_prefix("/>") {
            return Some((found, true, tail));
        }
        if let Some(tail) = rest.strip_prefix('>') {
            return Some((found, false, tail));
        }
        let end = rest.find(['=', ' ', '>', '/', '\n'])?;
        let key = &rest[..end];
        if key.is_empty() || key.contains(['"', '\'', '<']) {
            return None;
        }
        rest = &rest[end..];
        match rest.strip_prefix("=\"") {
            Some(value) => {
                let (value, tail) = value.split_once('"')?;
                found.push((key, value));
                rest = tail;
            }
            None if rest.starts_with('=') => return None,
            None => found.push((key, "")),
        }
    }
}

#[test]
fn faults_are_seen() {
    for (html, expected) in [
        ("<p>a<br></p>", 0),
        ("<!DOCTYPE html><p class=\"x\" hidden>a</p><svg><path d=\"M1\"/></svg>", 0),
        ("<p>a", 1),
        ("<p>a</b></p>", 1),
        ("<p id=\"a\"></p><p id=\"a\"></p>", 1),
        ("<p><div></div></p>", 1),
        ("<a href=\"x\"><span><a href=\"y\"></a></span></a>", 1),
        ("<p class=x></p>", 1),
        ("a < b", 1),
    ] {
        assert_eq!(faults(html).len(), expected, "{html}: {:?}", faults(html));
    }
}
