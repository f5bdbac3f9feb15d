//! A page in; its fences of data (YAML, JSON, TOML) with their titles, words and surroundings out.

use super::words::{self, Words};
use crate::elements::pre;
use crate::page::{Code, Kind, NodeId, Page, Tag};
use crate::source::{Excerpt, FileId, Sources, Span};
pub use crate::yaml::Language;
use std::borrow::Cow;

/// A code block that may be an example of a kind.
pub struct Fence<'s> {
    pub file: FileId,
    pub path: &'s str,
    pub language: Language,
    pub words: Words,
    /// Where the words stand, or the first line of the block.
    pub info: Span,
    /// Of its `{% code %}` block, else from the words.
    pub title: Option<String>,
    pub excerpt: Cow<'s, Excerpt>,
    pub text: Cow<'s, str>,
    /// The headings it stands under, outermost first.
    pub headings: Vec<&'s str>,
    /// The paragraph just before it.
    pub lead: String,
}

impl Fence<'_> {
    /// The place in the file of a range of the text.
    pub fn locate(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.file, self.excerpt.locate(range))
    }

    /// The first line that is not blank.
    pub fn first_line(&self) -> Span {
        let start = self.text.len() - self.text.trim_start().len();
        let length = self.text[start..].find(['\n', '\r']).unwrap_or(self.text.len() - start);
        if length == 0 { self.info } else { self.locate(start..start + length) }
    }
}

/// Every such block of a page, in the order of the text.
pub fn fences<'s>(page: &'s Page, sources: &'s Sources) -> Vec<Fence<'s>> {
    if page.code.is_empty() && !page.tags.iter().any(|tag| &*tag.name == "pre") {
        return Vec::new();
    }
    let mut walk = Walk {
        page,
        file: sources.text(page.file),
        path: sources.path(page.file),
        headings: Vec::new(),
        lead: None,
        titles: Vec::new(),
        fences: Vec::new(),
    };
    walk.run();
    walk.fences
}

struct Walk<'s> {
    page: &'s Page,
    file: &'s str,
    path: &'s str,
    headings: Vec<(u8, &'s str)>,
    lead: Option<NodeId>,
    /// The `{% code %}` blocks that are open: where each ends, and its title.
    titles: Vec<(NodeId, Option<&'s str>)>,
    fences: Vec<Fence<'s>>,
}

impl<'s> Walk<'s> {
    fn run(&mut self) {
        let mut at = 0;
        while (at as usize) < self.page.nodes.len() {
            let node = self.page.node(at);
            self.titles.retain(|(end, _)| at < *end);
            match node.kind {
                Kind::Heading(heading) => {
                    let heading = &self.page.headings[heading as usize];
                    self.headings.retain(|(level, _)| *level < heading.level);
                    self.headings.push((heading.level, &heading.text));
                    self.lead = None;
                }
                Kind::Paragraph => self.lead = Some(at),
                Kind::Tag(tag) if &*self.page.tags[tag as usize].name == "code" => {
                    self.titles.push((node.next, self.page.tags[tag as usize].attr("title")));
                }
                Kind::CodeBlock(code) => self.code(at, &self.page.code[code as usize]),
                Kind::Element(tag) if &*self.page.tags[tag as usize].name == "pre" => {
                    self.pre(at, &self.page.tags[tag as usize]);
                    at = node.next;
                    continue;
                }
                _ => {}
            }
            at += 1;
        }
    }

    fn code(&mut self, id: NodeId, code: &'s Code) {
        let Some(language) = self.language(&code.language, code.fenced) else { return };
        let words = words::read(&code.words);
        let node = self.page.node(id);
        let line = &self.file[node.start as usize..node.end as usize];
        let line = &line[..line.find(['\n', '\r']).unwrap_or(line.len())];
        let info = match line.find(code.words.trim()) {
            Some(at) if !code.words.trim().is_empty() => {
                let start = node.start as usize + at;
                start..start + code.words.trim().len()
            }
            _ => node.start as usize..node.start as usize + line.len(),
        };
        let title = self.titles.last().and_then(|(_, title)| *title).map(str::to_string);
        let title = title.or_else(|| words.title.clone());
        let excerpt = Cow::Borrowed(&code.text);
        self.push(language, words, Span::new(self.page.file, info), title, excerpt, code.text.text(self.file));
    }

    /// Code without a fence has no language: it is data only where the block around it is titled as such a file.
    fn language(&self, name: &str, fenced: bool) -> Option<Language> {
        if !name.is_empty() || fenced {
            return Language::named(name);
        }
        let title = self.titles.last().and_then(|(_, title)| *title)?;
        Language::of_file(title)
    }

    fn pre(&mut self, id: NodeId, tag: &'s Tag) {
        let mut name = pre::language(tag);
        let mut excerpt = Excerpt::default();
        let end = self.page.node(id).next;
        let mut at = id + 1;
        while at < end {
            let node = self.page.node(at);
            let range = node.start as usize..node.end as usize;
            match node.kind {
                Kind::Text => excerpt.push(range),
                Kind::Literal(text) | Kind::InlineCode(text) | Kind::Math(text) => {
                    excerpt.push_text(range, self.page.string(text));
                }
                Kind::SoftBreak | Kind::HardBreak => excerpt.push_text(range, "\n"),
                Kind::Tag(tag) => excerpt.push({
                    let tag = &self.page.tags[tag as usize];
                    tag.start as usize..tag.end as usize
                }),
                Kind::Element(tag) => {
                    let tag = &self.page.tags[tag as usize];
                    if &*tag.name == "br" {
                        excerpt.push_text(range, "\n");
                    }
                    if name.is_empty() {
                        name = pre::language(tag);
                    }
                }
                _ => {}
            }
            at += 1;
        }
        let Some(language) = Language::named(name) else { return };
        let text = Cow::Owned(excerpt.text(self.file).into_owned());
        let title = tag.attr("data-title").or(self.titles.last().and_then(|(_, title)| *title));
        let info = self.page.tag_span(tag);
        self.push(language, Words::default(), info, title.map(str::to_string), Cow::Owned(excerpt), text);
    }

    fn push(
        &mut self,
        language: Language,
        words: Words,
        info: Span,
        title: Option<String>,
        excerpt: Cow<'s, Excerpt>,
        text: Cow<'s, str>,
    ) {
        let lead = self.lead.take().map(|id| self.page.words(self.file, id)).unwrap_or_default();
        let headings = self.headings.iter().map(|(_, text)| *text).collect();
        let (file, path) = (self.page.file, self.path);
        self.fences.push(Fence { file, path, language, words, info, title, excerpt, text, headings, lead });
    }
}
