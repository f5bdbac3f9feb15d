//! Front matter: YAML between `---` lines at the very start in; typed fields and where the body begins out.

use crate::diagnostic::Diagnostic;
use crate::page::{Cover, FrontMatter, Layout, Link, Page, Role};
use crate::source::Span;
use crate::yaml::{self, Document, Node};
use std::ops::Range;

/// Reads the front matter into the page and returns where the body begins. Never fails: foreign keys are left alone, a
/// key of the wrong type is reported and counts as absent, text that is no YAML is reported and is no part of the body.
pub fn read(page: &mut Page, source: &str) -> usize {
    let start = if source.starts_with('\u{FEFF}') { 3 } else { 0 };
    page.front.end = start as u32;
    let Some((text, end)) = find(source, start) else { return start };
    let document = yaml::parse(&source[text.clone()]);
    // Prose between two rules, not the keys of a page.
    if document.problems.is_empty() && document.root().is_some_and(|root| !root.is_map()) {
        return start;
    }
    page.front.end = end as u32;
    let mut reader = Reader { page, from: text.start };
    reader.report(&document);
    if let Some(root) = document.root() {
        reader.fields(root);
    }
    end
}

/// The YAML between the two lines, and where the line after the second begins.
fn find(source: &str, start: usize) -> Option<(Range<usize>, usize)> {
    let mut lines = source[start..].split_inclusive('\n');
    let is_fence = |line: &str| line.trim_end() == "---";
    let first = lines.next().filter(|line| is_fence(line))?;
    let from = start + first.len();
    let mut at = from;
    for line in lines {
        if is_fence(line) {
            return Some((from..at, at + line.len()));
        }
        at += line.len();
    }
    None
}

struct Reader<'p> {
    page: &'p mut Page,
    /// Where the YAML begins in the file.
    from: usize,
}

impl Reader<'_> {
    fn report(&mut self, document: &Document) {
        for problem in &document.problems {
            let span = self.span(problem.range.clone());
            let mut diagnostic = Diagnostic::error("front-matter-syntax", span, problem.message.clone());
            diagnostic.help = problem.help.clone();
            self.page.problems.push(diagnostic);
        }
        for duplicate in document.duplicates() {
            let name = duplicate.again.text().unwrap_or("key");
            let diagnostic = Diagnostic::error(
                "front-matter-syntax",
                self.place(duplicate.again),
                format!("`{name}` is given twice"),
            )
            .label(self.place(duplicate.first), "first given here")
            .help("remove one of them");
            self.page.problems.push(diagnostic);
        }
    }

    fn fields(&mut self, root: Node<'_>) {
        let (cover, height) = (self.text(root, "cover"), self.number(root, "coverHeight"));
        let size = root.get("layout").filter(|layout| layout.is_map()).and_then(|layout| layout.get("cover"));
        let size = size.and_then(|cover| self.text(cover, "size"));
        let cover = cover.map(|dest| {
            let place = root.get("cover").map(|node| self.place(node));
            let (start, end) = place.map_or((0, 0), |place| (place.start, place.end));
            self.page.links.push(Link { dest: dest.into(), start, end, role: Role::Image });
            Cover { link: self.page.links.len() as u32 - 1, height, size }
        });
        self.page.front = FrontMatter {
            end: self.page.front.end,
            title: self.text(root, "title"),
            description: self.text(root, "description"),
            icon: self.text(root, "icon"),
            hidden: self.switch(root, "hidden").unwrap_or(false),
            no_index: self.switch(root, "noIndex").unwrap_or(false),
            no_robots_index: self.switch(root, "noRobotsIndex").unwrap_or(false),
            condition: self.text(root, "if"),
            tags: self.tags(root),
            vars: self.vars(root),
            cover,
            layout: self.layout(root),
        };
    }

    /// `[slug, {tag: slug, primary: true}]`; the primary one comes first.
    fn tags(&mut self, root: Node<'_>) -> Vec<String> {
        let Some(list) = present(root, "tags") else { return Vec::new() };
        if !list.is_list() {
            self.wrong(list, "`tags` is a list of names");
        }
        let mut tags = Vec::new();
        for item in list.items() {
            let name = item.text().or_else(|| item.get("tag").and_then(Node::text)).filter(|name| !name.is_empty());
            match name {
                Some(name) if item.get("primary").and_then(Node::as_bool) == Some(true) => {
                    tags.insert(0, name.to_string())
                }
                Some(name) => tags.push(name.to_string()),
                None => self.wrong(item, "a tag is a name, or a map with `tag`"),
            }
        }
        tags
    }

    fn vars(&mut self, root: Node<'_>) -> Vec<(String, String)> {
        let Some(map) = present(root, "vars") else { return Vec::new() };
        if !map.is_map() {
            self.wrong(map, "`vars` is a map of names and values");
        }
        let mut vars = Vec::new();
        for (name, value) in map.merged_entries() {
            match (name.text(), value.text()) {
                (Some(name), Some(value)) => vars.push((name.to_string(), value.to_string())),
                _ => self.wrong(value, "a variable is a text or a number"),
            }
        }
        vars
    }

    /// A text here is the name of another generator's template, and none of our business.
    fn layout(&mut self, root: Node<'_>) -> Layout {
        let Some(layout) = present(root, "layout").filter(|layout| layout.text().is_none()) else {
            return Layout::default();
        };
        if !layout.is_map() {
            self.wrong(layout, "`layout` is a map");
        }
        Layout {
            wide: self.text(layout, "width").as_deref() == Some("wide"),
            no_title: self.hides(layout, "title"),
            no_description: self.hides(layout, "description"),
            no_toc: self.hides(layout, "tableOfContents"),
            no_outline: self.hides(layout, "outline"),
            no_pagination: self.hides(layout, "pagination"),
            no_cover: self.hides(layout, "cover"),
            no_metadata: self.hides(layout, "metadata"),
            no_tags: self.hides(layout, "tags"),
        }
    }

    /// `part: {visible: false}`
    fn hides(&mut self, layout: Node<'_>, part: &str) -> bool {
        match present(layout, part) {
            Some(node) if node.is_map() => self.switch(node, "visible") == Some(false),
            Some(node) => {
                self.wrong(node, &format!("`{part}` is a map with `visible`"));
                false
            }
            None => false,
        }
    }

    // ---- values; one of the wrong type is reported

    /// Any single value is a text: `title: 2024` means what it says.
    fn text(&mut self, map: Node<'_>, key: &str) -> Option<String> {
        let value = present(map, key)?;
        if value.text().is_none() {
            self.wrong(value, &format!("`{key}` is a text"));
        }
        value.text().map(|text| text.trim().to_string()).filter(|text| !text.is_empty())
    }

    fn switch(&mut self, map: Node<'_>, key: &str) -> Option<bool> {
        let value = present(map, key)?;
        if value.as_bool().is_none() {
            self.wrong(value, &format!("`{key}` is `true` or `false`"));
        }
        value.as_bool()
    }

    fn number(&mut self, map: Node<'_>, key: &str) -> Option<u32> {
        let value = present(map, key)?;
        let number = match value.value() {
            Some(yaml::Value::Int(number)) => u32::try_from(number).ok(),
            Some(yaml::Value::Float(number)) if (0.0..1e6).contains(&number) => Some(number.round() as u32),
            _ => None,
        };
        if number.is_none() {
            self.wrong(value, &format!("`{key}` is a number of pixels"));
        }
        number
    }

    fn wrong(&mut self, value: Node<'_>, message: &str) {
        let span = self.place(value);
        self.page.problems.push(
            Diagnostic::warning("front-matter-type", span, message)
                .help("correct the value; as it is, it has no effect"),
        );
    }

    fn place(&self, node: Node<'_>) -> Span {
        self.span(node.span())
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.page.file, self.from + range.start..self.from + range.end)
    }
}

/// The value of a key that has one.
fn present<'a>(map: Node<'a>, key: &str) -> Option<Node<'a>> {
    map.get(key).filter(|value| !value.is_null())
}

#[cfg(test)]
mod tests {
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
    fn foreign_keys_are_left_alone() {
        let front = check("---\nlayout: reference\nname: x\n---\n", "", &[]);
        assert!(!front.layout.wide);
    }

    #[test]
    fn wrong_types_are_reported() {
        let front = check(
            "---\ntitle: [a]\nhidden: maybe\ndescription: b\ntags: x\nvars: 1\ncoverHeight: tall\nlayout: {title: no}\n---\n",
            "",
            &[
                "front-matter-type tall: `coverHeight` is a number of pixels",
                "front-matter-type [a]: `title` is a text",
                "front-matter-type maybe: `hidden` is `true` or `false`",
                "front-matter-type x: `tags` is a list of names",
                "front-matter-type 1: `vars` is a map of names and values",
                "front-matter-type no: `title` is a map with `visible`",
            ],
        );
        assert_eq!(front.description.as_deref(), Some("b"));
    }

    #[test]
    fn broken_yaml_is_reported_and_not_shown() {
        for (text, rest) in [("---\ntitle: a: b\n---\nx", "x"), ("---\n\ttitle: [\n---\nx", "x"), ("---\n'\n---\n", "")]
        {
            let page = parse(text);
            assert_eq!(&text[page.front.end as usize..], rest, "{text}");
            assert!(page.problems.iter().any(|p| p.rule == "front-matter-syntax"), "{text}");
        }
        check("---\na: 1\na: 2\n---\n", "", &["front-matter-syntax a: `a` is given twice"]);
    }
}
