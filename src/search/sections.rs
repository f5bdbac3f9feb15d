//! A page of the site in, its sections out: heading, id and the words below it, as the index and its excerpts want them.
//!
//! The text comes from the parsed page, with the texts that it includes, so nothing is found that the page does not show
//! and nothing of the frame around it is.

use crate::blocks::openapi::{self, Operation};
use crate::blocks::schema;
use crate::elements;
use crate::expr::{self, Verdict};
use crate::page::{Kind, NodeId, Page, Role, Tag};
use crate::schema::{fields, words};
use crate::site::{PageId, Site, SitePage, Target};
use serde_json::Value;

/// Objects inside one another in a specification beyond this are left out.
const DEPTH: usize = 16;

/// A part of a page that a result can lead to. The first has no id: it is the page with what stands before any heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    pub id: String,
    pub heading: String,
    /// White space is one space.
    pub text: String,
}

/// Whether the search finds the page at all.
pub fn is_listed(site: &Site, page: &SitePage) -> bool {
    !page.hidden && !site.text(page.file).is_some_and(|text| text.front.no_index)
}

/// The sections of a page, in order; there is always a first one.
pub fn sections(site: &Site, id: PageId) -> Vec<Section> {
    let this = site.page(id);
    let first = Section { heading: this.title.clone(), ..Section::default() };
    let mut reader = Reader { site, id, this, frame: 0, sections: vec![first], current: 0 };
    if let Some(description) = &this.description {
        reader.push(description);
        reader.gap();
    }
    reader.text_of_frame();
    for section in &mut reader.sections {
        section.text.truncate(section.text.trim_end().len());
    }
    reader.sections
}

struct Reader<'a> {
    site: &'a Site,
    id: PageId,
    this: &'a SitePage,
    frame: u32,
    sections: Vec<Section>,
    /// The section that text belongs to.
    current: usize,
}

impl<'a> Reader<'a> {
    fn text_of_frame(&mut self) {
        let Some(frame) = self.this.frames.get(self.frame as usize) else { return };
        let Some(page) = self.site.text(frame.file) else { return };
        let file = self.site.sources.text(frame.file);
        let mut at: NodeId = 1;
        while (at as usize) < page.nodes.len() {
            let node = page.node(at);
            at = if self.node(page, file, at) { at + 1 } else { node.next };
        }
    }

    /// Takes what a node says itself. False when its children are not to be read.
    fn node(&mut self, page: &'a Page, file: &'a str, at: NodeId) -> bool {
        let node = page.node(at);
        match node.kind {
            Kind::Text => self.push(&file[node.start as usize..node.end as usize]),
            Kind::Literal(text) | Kind::InlineCode(text) | Kind::Math(text) => self.push(page.string(text)),
            Kind::CodeBlock(code) => {
                self.gap();
                self.push(&page.code[code as usize].text.text(file));
                self.gap();
            }
            Kind::Heading(_) if self.frame == 0 && self.this.title_node == Some(at) => return false,
            Kind::Heading(_) => return !self.begin(at),
            // Alternative texts, footnote marks.
            Kind::Image(_) | Kind::NoteMark(_) => return false,
            Kind::Tag(tag) => return self.tag(page, at, &page.tags[tag as usize]),
            Kind::Element(tag) => return self.element(page, file, at, &page.tags[tag as usize]),
            Kind::Link(link) => return self.link(page, link),
            Kind::Emphasis | Kind::Strong | Kind::Strike | Kind::End | Kind::Stray => {}
            _ => self.gap(),
        }
        true
    }

    /// A link that shows the title of its target says that.
    fn link(&mut self, page: &'a Page, link: u32) -> bool {
        let target = self.site.target(page.file, link);
        match (page.links[link as usize].role, target) {
            (Role::Mention, Some(Target::Page { page, .. })) => {
                self.push(&self.site.page(*page).title);
                false
            }
            _ => true,
        }
    }

    fn tag(&mut self, page: &'a Page, at: NodeId, tag: &'a Tag) -> bool {
        self.gap();
        match &*tag.name {
            "if" => {
                let condition = tag.attr("").unwrap_or_default();
                return expr::condition(self.site, self.id, condition) != Verdict::Hidden;
            }
            "include" => {
                if let Some(frame) = self.site.frame(self.id, self.frame, at) {
                    let outer = std::mem::replace(&mut self.frame, frame);
                    self.text_of_frame();
                    self.frame = outer;
                }
                return false;
            }
            "schema" => self.fields(page, at, tag),
            // Addresses; what they lead to is found on its own.
            "embed" | "content-ref" | "file" | "column" => {}
            name => {
                // An operation is as good as a heading.
                if name.starts_with("openapi") || matches!(name, "swagger" | "api-method") {
                    self.begin(at);
                    self.specification(page, at, tag);
                }
                for name in ["title", "summary", "description"] {
                    if let Some(value) = tag.attr(name) {
                        self.push(value);
                        self.gap();
                    }
                }
            }
        }
        true
    }

    fn element(&mut self, page: &'a Page, file: &'a str, at: NodeId, tag: &'a Tag) -> bool {
        match &*tag.name {
            "i" | "script" | "style" => false,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => !self.begin(at),
            "code" if tag.attr("class").is_some_and(|class| class.split_whitespace().any(|c| c == "expression")) => {
                let text = page.words(file, at).replace('\\', "");
                match expr::evaluate(self.site, self.id, text.trim()) {
                    Some(value) => self.push(&value),
                    None => self.push(text.trim()),
                }
                false
            }
            name => {
                if name == "br" || elements::is_block(tag) {
                    self.gap();
                }
                true
            }
        }
    }

    /// Begins a section at a node that has an anchor.
    fn begin(&mut self, at: NodeId) -> bool {
        let Some(anchor) = self.site.anchor(self.id, self.frame, at).filter(|anchor| !anchor.text.is_empty()) else {
            self.gap();
            return false;
        };
        let (id, heading) = (anchor.id.clone(), anchor.text.clone());
        self.current = self.sections.len();
        self.sections.push(Section { id, heading, text: String::new() });
        true
    }

    /// Each row of a table of fields is a section; the text around it goes on after them.
    fn fields(&mut self, page: &'a Page, at: NodeId, tag: &'a Tag) {
        let Some(place) = schema::place(tag) else { return };
        let around = self.current;
        let anchors = self.site.anchors(self.id, self.frame, at);
        for row in fields::flat(&schema::rows(page, tag, &place)) {
            let Some(anchor) = anchors.iter().find(|anchor| anchor.text == row.path) else { continue };
            self.current = self.sections.len();
            let heading = format!("{}{}", row.prefix, row.field.name);
            self.sections.push(Section { id: anchor.id.clone(), heading, text: String::new() });
            self.push(row.field.about);
            self.gap();
            self.push(&words::values(row.field.shape).join(", "));
        }
        self.current = around;
    }

    fn specification(&mut self, page: &'a Page, at: NodeId, tag: &'a Tag) {
        let Ok(spec) = openapi::find(self.site, page, at, tag) else { return };
        let attr = |name: &str| tag.attr(name).filter(|value| !value.is_empty());
        let operation = match &*tag.name {
            "openapi-schemas" => {
                let wanted = attr("schemas").unwrap_or_default();
                let is_wanted = |name: &str| wanted.is_empty() || wanted.split(',').any(|one| one.trim() == name);
                for (name, schema) in spec.schemas().into_iter().flatten().filter(|(name, _)| is_wanted(name)) {
                    self.push(name);
                    self.gap();
                    self.value(schema, 0);
                }
                return;
            }
            "openapi-webhook" => Operation::webhook(&spec, attr("name").unwrap_or_default(), attr("method")),
            _ => match attr("path") {
                Some(path) => Operation::find(&spec, path, attr("method")),
                None => {
                    for (method, path, summary, _) in openapi::operations(&spec) {
                        self.push(&format!("{method} {path} {summary}"));
                        self.gap();
                    }
                    return;
                }
            },
        };
        if let Some(operation) = operation {
            self.value(&operation.value, 0);
        }
    }

    /// The words of a specification that a reader sees: names and descriptions.
    fn value(&mut self, value: &Value, depth: usize) {
        match value {
            Value::Array(items) if depth < DEPTH => items.iter().for_each(|item| self.value(item, depth + 1)),
            Value::Object(map) if depth < DEPTH => {
                for (key, value) in map {
                    match (key.as_str(), value) {
                        ("name" | "summary" | "description" | "title", Value::String(text)) => {
                            self.push(text);
                            self.gap();
                        }
                        ("properties", Value::Object(properties)) => {
                            for (name, value) in properties {
                                self.push(name);
                                self.gap();
                                self.value(value, depth + 1);
                            }
                        }
                        ("example" | "examples" | "default" | "enum", _) => {}
                        _ => self.value(value, depth + 1),
                    }
                }
            }
            _ => {}
        }
    }

    /// Adds text; white space becomes one space, and none at the beginning.
    fn push(&mut self, text: &str) {
        let Some(section) = self.sections.get_mut(self.current) else { return };
        let out = &mut section.text;
        let bytes = text.as_bytes();
        let blank = |c: &char| c.is_whitespace() || c.is_control();
        let (mut from, mut at) = (0, 0);
        while at < bytes.len() {
            let width = match bytes[at] {
                // Between two words, it is right as it stands.
                b' ' if at > from && bytes[at - 1] != b' ' => 0,
                0..=b' ' | 0x7f => 1,
                // Other white space begins with one of these bytes.
                0xc2 | 0xe1..=0xe3 => text[at..].chars().next().filter(blank).map_or(0, char::len_utf8),
                _ => 0,
            };
            if width == 0 {
                at += 1;
                continue;
            }
            out.push_str(&text[from..at]);
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
            at += width;
            from = at;
        }
        out.push_str(&text[from..]);
    }

    fn gap(&mut self) {
        self.push(" ");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book;
    use crate::source::{Source, Sources};
    use std::collections::BTreeMap;

    fn site(files: &[(&str, &str)]) -> Site {
        let source =
            |(path, text): &(&str, &str)| Source { path: path.to_string(), text: (*text).into(), invalid: None };
        book::site(Sources::new(files.iter().map(source), BTreeMap::new()))
    }

    /// Each section of the first page as `id|heading|text`.
    fn of(files: &[(&str, &str)]) -> Vec<String> {
        let sections = sections(&site(files), PageId(0));
        sections.iter().map(|one| format!("{}|{}|{}", one.id, one.heading, one.text)).collect()
    }

    #[test]
    fn a_page_is_cut_at_its_headings() {
        let check = |text: &str, expected: &[&str]| assert_eq!(of(&[("README.md", text)]), expected, "{text}");
        check("", &["|README|"]);
        check("# A *b*\n\nOne\ntwo.\n\n* x\n* y\n", &["|A b|One two. x y"]);
        check("# A\n\n`a  b`\u{a0}\u{3000} c\u{2028}d\té 一　段 x\u{7f}\u{85} y\n", &["|A|a b c d é 一 段 x y"]);
        check("---\ndescription: Says it.\n---\n# A\n", &["|A|Says it."]);
        check("# A\n\n## B `c`\n\nd\n\n## \n\n### E\n", &["|A|", "b-c|B c|d", "e|E|"]);
        check("# A\n\n```yaml\nmax_tokens: 1\n  b: 2\n```\n", &["|A|max_tokens: 1 b: 2"]);
        check("# A\n\n| x | y |\n| - | - |\n| 1 | **2**3 |\n", &["|A|x y 1 23"]);
        check("# A\n\na<br>b <b>c</b>d\n\n<h2>E</h2>\n\nf\n", &["|A|a b cd", "e|E|f"]);
        check("# A\n\n![not this](x.png) &amp; [that](https://example.com)\n", &["|A|& that"]);
        check(
            "# A\n\n{% tabs %}\n{% tab title=\"T\" %}\nin it\n\n## H\n\nx\n{% endtab %}\n{% endtabs %}\n\nafter\n",
            &["|A|T in it", "h|H|x after"],
        );
        check(
            "# A\n\n{% if false %}\nunseen\n{% endif %}\n\n{% hint style=\"info\" %}\nseen\n{% endhint %}\n",
            &["|A|seen"],
        );
    }

    #[test]
    fn includes_are_part_of_the_page() {
        let files = [
            ("README.md", "# A\n\nbefore\n\n{% include \".gitbook/includes/x.md\" %}\n\nafter\n"),
            (".gitbook/includes/x.md", "inside\n\n## H\n\nx\n\n{% include \"x.md\" %}\n"),
        ];
        assert_eq!(of(&files), ["|A|before inside", "h|H|x after"]);
    }

    #[test]
    fn pages_that_are_not_listed() {
        for (front, listed) in [("noIndex: true", false), ("hidden: true", false), ("noRobotsIndex: true", true)] {
            let site = site(&[("README.md", &format!("---\n{front}\n---\n# A\n"))]);
            assert_eq!(is_listed(&site, site.page(PageId(0))), listed, "{front}");
        }
    }

    #[test]
    fn hostile_pages() {
        let deep = "> ".repeat(5_000) + "x";
        let tags = "{% tab title=\"x\" %}\n\n".repeat(2_000);
        for text in [&*deep, &tags, &"# x\n".repeat(5_000), "# \u{feff}\u{0}\n\u{0}\u{2028}x"] {
            assert!(!of(&[("README.md", text)]).is_empty());
        }
    }
}
