//! Front matter: YAML between `---` lines at the very start in; typed fields and where the body begins out.

use crate::diagnostic::Diagnostic;
use crate::page::{Cover, FrontMatter, Layout, Link, Page, Role, Translation};
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
        let cover = cover.map(|dest| Cover { link: self.link(root, "cover", dest, Role::Image), height, size });
        self.page.front = FrontMatter {
            end: self.page.front.end,
            title: self.text(root, "title"),
            description: self.text(root, "description"),
            icon: self.text(root, "icon"),
            icon_at: root.get("icon").map(|node| self.place(node)),
            hidden: self.switch(root, "hidden").unwrap_or(false),
            no_index: self.switch(root, "noIndex").unwrap_or(false),
            no_robots_index: self.switch(root, "noRobotsIndex").unwrap_or(false),
            condition: self.text(root, "if"),
            tags: self.tags(root),
            vars: self.vars(root),
            cover,
            layout: self.layout(root),
            translation: self.translation(root),
        };
    }

    /// `{of: ../guide.md, digest: 0123456789abcdef}`
    fn translation(&mut self, root: Node<'_>) -> Option<Translation> {
        let map = present(root, "translation")?;
        let Some(of) = self.text(map, "of") else {
            if !map.is_map() || present(map, "of").is_none() {
                self.wrong(map, "`translation` is a map with `of`, the file that is translated");
            }
            return None;
        };
        let digest = self.text(map, "digest").unwrap_or_default();
        let known = map.get("digest").map(|node| self.place(node));
        let key = map.merged_entries().into_iter().find(|(key, _)| key.text() == Some("of"));
        let before = key.map(|(key, _)| self.place(key)).map(|place| Span { end: place.start, ..place });
        Some(Translation {
            of: self.link(map, "of", of, Role::Tag),
            digest: known.map(|_| digest.into()),
            place: known.or(before)?,
        })
    }

    /// Lists the address that is the value of a key.
    fn link(&mut self, map: Node<'_>, key: &str, dest: String, role: Role) -> u32 {
        let place = map.get(key).map(|node| self.place(node));
        let (start, end) = place.map_or((0, 0), |place| (place.start, place.end));
        self.page.links.push(Link { dest: dest.into(), start, end, role });
        self.page.links.len() as u32 - 1
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
mod tests;
