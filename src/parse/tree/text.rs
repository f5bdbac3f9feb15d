//! What stands within a line, and code: Markdown's events in, nodes, links and headings out.

use super::Builder;
use crate::diagnostic::Diagnostic;
use crate::page::{Code, Kind, Link, NodeId, Role};
use crate::parse::{inline, tag};
use crate::source::{Excerpt, Piece, Span};
use pulldown_cmark::{self as md, Event};
use std::ops::Range;

impl<'a> Builder<'a> {
    /// Text as CommonMark shows it: the bytes of the file where they are the same, with any tags in them taken out.
    pub(super) fn text(&mut self, text: &str, range: Range<usize>) {
        if self.masked.text[range.clone()] != *text {
            return self.inline_string(Kind::Literal, text, range);
        }
        self.report_escaped(text, range.start);
        let mut from = self.taken.clamp(range.start, range.end);
        for tag in self.tags_in(&range) {
            self.verbatim(from..tag.start.max(from));
            from = tag.end.min(range.end).max(from);
            self.tag(tag);
        }
        self.verbatim(from..range.end);
    }

    /// `\{% hint %\}` is what GitBook's export makes of a tag that it could not read.
    pub(super) fn report_escaped(&mut self, text: &str, start: usize) {
        let Some(inside) = text.strip_prefix("{%").filter(|_| self.source[..start].ends_with('\\')) else { return };
        let name = inside.split_whitespace().next().unwrap_or_default();
        if (self.grammar)(name.strip_prefix("end").unwrap_or(name)).is_some() {
            let span = Span { file: self.page.file, start: start as u32 - 1, end: start as u32 + 2 };
            self.page.problems.push(
                Diagnostic::warning("escaped-tag", span, format!("`{name}` is escaped, and so is text"))
                    .help("remove the backslashes, and indent the tag as the text around it"),
            );
        }
    }

    pub(super) fn verbatim(&mut self, range: Range<usize>) {
        match &mut self.run {
            _ if range.is_empty() => {}
            Some(run) if run.end == range.start => run.end = range.end,
            _ => {
                self.flush();
                self.run = Some(range);
            }
        }
    }

    /// Turns the collected text into nodes: bare addresses become links, known `:names:` emoji.
    pub fn flush(&mut self) {
        let Some(range) = self.run.take() else { return };
        let range = if self.paragraph.is_some() {
            let trimmed = self.source[range.clone()].trim_start_matches([' ', '\t']);
            range.end - trimmed.len()..range.end
        } else {
            range
        };
        if range.is_empty() {
            return;
        }
        self.begin_paragraph(range.start);
        if inline::is_plain(&self.source[range.clone()]) {
            self.leaf(Kind::Text, range);
            return;
        }
        for part in inline::split(self.source, range, self.in_link == 0) {
            match part {
                inline::Part::Text(range) => {
                    self.leaf(Kind::Text, range);
                }
                inline::Part::Emoji(text, range) => {
                    let string = self.string(text);
                    self.leaf(Kind::Literal(string), range);
                }
                inline::Part::Address(dest, range) => {
                    let link = self.push_link(dest, range.clone(), Role::Text);
                    let id = self.leaf(Kind::Link(link), range.clone());
                    self.leaf(Kind::Text, range);
                    self.page.nodes[id as usize].next = id + 2;
                }
            }
        }
    }

    /// The text of inline code; taken from the file where something in it was masked.
    pub(super) fn code_text(&self, text: &str, range: &Range<usize>) -> String {
        let source = &self.source[range.clone()];
        if self.masked.text[range.clone()] == *source {
            return text.to_string();
        }
        let inner = source.trim_matches('`').replace("\r\n", " ").replace('\n', " ");
        match inner.strip_prefix(' ').and_then(|s| s.strip_suffix(' ')) {
            Some(stripped) if !stripped.trim().is_empty() => stripped.to_string(),
            _ => inner,
        }
    }

    // ---- links

    /// A link of Markdown; `key` is the name of the definition in which its address stands.
    pub(super) fn link(&mut self, dest: String, key: Option<String>, range: &Range<usize>, role: Role) -> u32 {
        let defined = key.as_ref().and_then(|key| self.addresses.get(key)).cloned();
        self.references.extend(key);
        let place = defined.unwrap_or_else(|| inline::destination(self.source, range.clone()));
        // What was masked in an address is read again from the file.
        let hidden = self.masked.text[place.clone()] != self.source[place.clone()];
        let dest = if hidden { tag::unescape(&self.source[place.clone()]) } else { dest };
        self.push_link(dest, place, role)
    }

    pub fn push_link(&mut self, dest: String, place: Range<usize>, role: Role) -> u32 {
        self.page.links.push(Link { dest: dest.into(), start: place.start as u32, end: place.end as u32, role });
        self.page.links.len() as u32 - 1
    }

    pub(super) fn finish_heading(&mut self, id: NodeId) {
        let words = self.page.words(self.source, id);
        let explicit = self.page.nodes[id as usize..].iter().find_map(|node| match node.kind {
            Kind::Element(t) if &*self.page.tags[t as usize].name == "a" => {
                let tag = &self.page.tags[t as usize];
                tag.attr("id").or(tag.attr("name")).filter(|id| !id.is_empty()).map(Box::from)
            }
            _ => None,
        });
        let plain = self.page.named_words(self.source, id);
        let braces = self.split_braces(id);
        if let Some(heading) = self.page.headings.last_mut() {
            heading.text = words.trim().into();
            heading.id = explicit;
            heading.plain = (plain != *heading.text).then(|| plain.into());
            heading.braces = braces.and_then(|length| heading.text.len().checked_sub(length)).map(|at| at as u32);
        }
    }

    /// Makes a node of its own of `{…}` at the end of a heading, so that it can be left out. Gives its length.
    fn split_braces(&mut self, id: NodeId) -> Option<usize> {
        let last = self.page.children(id).last()?;
        let node = self.page.node(last);
        let text = &self.source[node.start as usize..node.end as usize];
        let at = crate::slug::attributes::begin(text).filter(|_| node.kind == Kind::Text)?;
        let length = text.trim_end().len() - at;
        if at > 0 {
            let start = node.start as usize + at;
            self.page.nodes[last as usize].end = start as u32;
            self.leaf(Kind::Text, start..node.end as usize);
            self.page.nodes[id as usize].next += 1;
        }
        Some(length)
    }

    // ---- code

    pub(super) fn code_block(
        &mut self,
        kind: md::CodeBlockKind<'_>,
        range: Range<usize>,
        events: &mut dyn Iterator<Item = (Event<'a>, Range<usize>)>,
    ) {
        self.flush();
        let mut text = Excerpt::default();
        for (event, range) in events {
            match event {
                Event::Text(shown) if self.masked.text[range.clone()] == *shown => text.push(range),
                Event::Text(shown) => text.push_text(range, &shown),
                _ => break,
            }
        }
        let (language, words, fenced) = match &kind {
            md::CodeBlockKind::Fenced(info) => {
                let info = info.trim();
                let end = info.find(|c: char| c.is_whitespace() || c == '{').unwrap_or(info.len());
                (&info[..end], info[end..].trim(), true)
            }
            md::CodeBlockKind::Indented => ("", "", false),
        };
        let unclosed = fenced && !is_closed(&self.source[range.clone()], text.pieces.last(), range.start);
        self.page.code.push(Code { language: language.into(), words: words.into(), text, fenced, unclosed });
        let code = self.page.code.len() as u32 - 1;
        self.leaf(Kind::CodeBlock(code), range);
    }
}

/// Whether a fence, which begins at byte `start` of the file and whose code ends with `last`, has a line that closes it.
fn is_closed(fence: &str, last: Option<&Piece>, start: usize) -> bool {
    let Some(mark) = fence.chars().next() else { return true };
    let length = fence.chars().take_while(|c| *c == mark).count();
    let after = match last {
        Some(piece) => &fence[(piece.end as usize).saturating_sub(start).min(fence.len())..],
        None => fence.split_once('\n').map_or("", |(_, rest)| rest),
    };
    let line = after.trim_end().rsplit('\n').next().unwrap_or_default();
    line.chars().rev().take_while(|c| *c == mark).count() >= length
}
