//! Builds the tree of a page: masked text in, nodes with places out.
//!
//! Nodes stand in document order, each with the position after its subtree. A block tag and its end tag are siblings
//! at first; pairing them (`pairs`) only sets where the opening one's subtree ends, so nothing is moved.

use super::mask::Masked;
use super::{Grammar, html, pairs, tag};
use crate::diagnostic::Diagnostic;
use crate::page::{Alert, Align, Attr, Code, Heading, Kind, Link, Node, NodeId, Page, Role, Tag};
use crate::source::{Excerpt, Span};
use pulldown_cmark::{self as md, Event, Options, Parser, TagEnd};
use std::collections::HashMap;
use std::ops::Range;

/// Containers inside one another beyond this are not nested any further; no author writes so, only an attacker.
const DEPTH: usize = 100;

pub struct Builder<'a> {
    pub source: &'a str,
    pub page: Page,
    pub grammar: Grammar,
    masked: &'a Masked,
    /// Open containers; `None` stands for one that is too deep to be kept.
    stack: Vec<Option<NodeId>>,
    /// Everything before this byte belongs to a tag that was already taken.
    taken: usize,
    /// A paragraph has begun but holds nothing yet; its node is made by the first inline.
    paragraph: Option<usize>,
    /// How many links are open: an address in a link's text is not a link of its own.
    in_link: usize,
    /// Paragraphs are not wanted: this is the inside of a line.
    bare: bool,
    /// Text that goes on byte by byte as it stands in the file.
    run: Option<Range<usize>>,
    aligns: Vec<Vec<Align>>,
    cell: usize,
    /// End tags not yet paired: their name, and whether they are HTML.
    pub ends: HashMap<NodeId, (Box<str>, bool)>,
    /// End tags that found no opener in their container and may close one further out, by container.
    pub pending: HashMap<NodeId, Vec<NodeId>>,
}

impl<'a> Builder<'a> {
    pub fn new(source: &'a str, masked: &'a Masked, page: Page, grammar: Grammar) -> Builder<'a> {
        Builder {
            source,
            page,
            grammar,
            masked,
            stack: Vec::new(),
            taken: 0,
            paragraph: None,
            in_link: 0,
            bare: false,
            run: None,
            aligns: Vec::new(),
            cell: 0,
            ends: HashMap::new(),
            pending: HashMap::new(),
        }
    }

    /// Builds the whole page from byte `from` on.
    pub fn build(mut self, from: usize) -> Page {
        self.open(Kind::Page, from..self.source.len());
        self.markdown(from..self.source.len());
        self.close();
        pairs::report_strays(&mut self);
        self.page
    }

    /// Parses a range as Markdown and adds it to the open container.
    fn markdown(&mut self, range: Range<usize>) {
        let mut options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_GFM;
        if self.masked.math {
            options |= Options::ENABLE_MATH;
        }
        let masked = self.masked;
        let base = range.start;
        let mut events = Parser::new_ext(&masked.text[range], options)
            .into_offset_iter()
            .map(|(e, r)| (e, r.start + base..r.end + base));
        while let Some((event, range)) = events.next() {
            match event {
                Event::Start(md::Tag::CodeBlock(kind)) => self.code_block(kind, range, &mut events),
                Event::Start(md::Tag::HtmlBlock) => self.html_block(&mut events),
                event => self.event(event, range),
            }
        }
        self.flush();
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Text(text) => return self.text(&text, range),
            Event::Html(_) | Event::InlineHtml(_) => return self.inline_html(range),
            _ => {}
        }
        // A line break inside a tag.
        if range.end <= self.taken && matches!(event, Event::SoftBreak | Event::HardBreak) {
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(end) => self.end(end, range),
            Event::Code(text) => {
                let text = self.code_text(&text, &range);
                self.inline_string(Kind::InlineCode, &text, range);
            }
            Event::InlineMath(_) | Event::DisplayMath(_) => {
                let text = self.source[range.clone()].trim_matches('$').to_string();
                self.inline_string(Kind::Math, &text, range);
            }
            Event::FootnoteReference(name) => self.inline_string(Kind::NoteMark, &name, range),
            Event::SoftBreak | Event::HardBreak => {
                self.flush();
                // A break at the beginning of a paragraph is what remains of a tag's line.
                if self.paragraph.is_none() {
                    let kind = if event == Event::SoftBreak { Kind::SoftBreak } else { Kind::HardBreak };
                    self.leaf(kind, range);
                }
            }
            Event::Rule => drop(self.leaf(Kind::Rule, range)),
            Event::TaskListMarker(done) => self.inline(Kind::Task(done), range),
            Event::Text(_) | Event::Html(_) | Event::InlineHtml(_) => {}
        }
    }

    fn start(&mut self, tag: md::Tag<'_>, range: Range<usize>) {
        self.flush();
        let kind = match tag {
            md::Tag::Paragraph if self.bare => return,
            md::Tag::Paragraph => {
                self.paragraph = Some(range.start);
                return;
            }
            md::Tag::Heading { level, .. } => {
                let heading =
                    Heading { node: self.page.nodes.len() as NodeId, level: level as u8, text: "".into(), id: None };
                self.page.headings.push(heading);
                Kind::Heading(self.page.headings.len() as u32 - 1)
            }
            md::Tag::BlockQuote(None) => Kind::Quote,
            md::Tag::BlockQuote(Some(alert)) => Kind::Alert(match alert {
                md::BlockQuoteKind::Note => Alert::Note,
                md::BlockQuoteKind::Tip => Alert::Tip,
                md::BlockQuoteKind::Important => Alert::Important,
                md::BlockQuoteKind::Warning => Alert::Warning,
                md::BlockQuoteKind::Caution => Alert::Caution,
            }),
            md::Tag::List(None) => Kind::BulletList,
            md::Tag::List(Some(start)) => Kind::OrderedList(start.min(u32::MAX as u64) as u32),
            md::Tag::Item => Kind::Item,
            md::Tag::FootnoteDefinition(name) => Kind::NoteBody(self.string(&name)),
            md::Tag::Table(aligns) => {
                self.aligns.push(aligns.into_iter().map(align).collect());
                Kind::Table
            }
            md::Tag::TableHead | md::Tag::TableRow => {
                self.cell = 0;
                if tag == md::Tag::TableHead { Kind::TableHead } else { Kind::TableRow }
            }
            md::Tag::TableCell => {
                let align = self.aligns.last().and_then(|aligns| aligns.get(self.cell)).copied().unwrap_or(Align::None);
                self.cell += 1;
                Kind::Cell(align)
            }
            md::Tag::Emphasis => Kind::Emphasis,
            md::Tag::Strong => Kind::Strong,
            // GitBook strikes out with two tildes; one is a tilde, as in `~5`.
            md::Tag::Strikethrough if !self.source[range.clone()].starts_with("~~") => {
                self.verbatim(range.start..range.start + 1);
                return self.stack.push(None);
            }
            md::Tag::Strikethrough => Kind::Strike,
            md::Tag::Link { dest_url, title, link_type, .. } => {
                self.in_link += 1;
                let mention = &*title == "mention";
                let email = link_type == md::LinkType::Email;
                let dest = if email { format!("mailto:{dest_url}") } else { dest_url.to_string() };
                Kind::Link(self.link(dest, &range, if mention { Role::Mention } else { Role::Text }))
            }
            md::Tag::Image { dest_url, .. } => Kind::Image(self.link(dest_url.to_string(), &range, Role::Image)),
            _ => return self.stack.push(None),
        };
        self.begin_paragraph(range.start);
        self.open(kind, range);
    }

    fn end(&mut self, end: TagEnd, range: Range<usize>) {
        self.flush();
        match end {
            TagEnd::Paragraph if self.bare => return,
            TagEnd::Paragraph => {
                if self.paragraph.take().is_none() {
                    self.end_paragraph(range.end);
                }
                return;
            }
            TagEnd::Link => self.in_link = self.in_link.saturating_sub(1),
            TagEnd::Strikethrough if !self.source[range.clone()].starts_with("~~") => {
                self.verbatim(range.end - 1..range.end);
                self.stack.pop();
                return;
            }
            TagEnd::Table => {
                self.aligns.pop();
            }
            TagEnd::Heading(_) => {
                let id = self.stack.last().copied().flatten();
                self.close();
                // Only now are the tags in it paired, so that an icon's name is not taken for a word.
                return id.into_iter().for_each(|id| self.finish_heading(id));
            }
            _ => {}
        }
        self.close();
    }

    // ---- nodes

    pub fn leaf(&mut self, kind: Kind, range: Range<usize>) -> NodeId {
        let id = self.page.nodes.len() as NodeId;
        self.page.nodes.push(Node { kind, next: id + 1, start: range.start as u32, end: range.end as u32 });
        id
    }

    fn open(&mut self, kind: Kind, range: Range<usize>) {
        if self.stack.len() > DEPTH {
            return self.stack.push(None);
        }
        let id = self.leaf(kind, range);
        self.stack.push(Some(id));
    }

    fn close(&mut self) {
        self.flush();
        if let Some(Some(id)) = self.stack.pop() {
            self.page.nodes[id as usize].next = self.page.nodes.len() as NodeId;
            let parent = self.stack.iter().rev().flatten().next().copied();
            pairs::pair(self, id, parent);
        }
    }

    /// Makes the node of a paragraph that has begun; does nothing outside one.
    fn begin_paragraph(&mut self, at: usize) {
        if let Some(start) = self.paragraph.take() {
            self.open(Kind::Paragraph, start.max(at)..at);
        }
    }

    fn end_paragraph(&mut self, end: usize) {
        self.flush();
        // The break before a tag is what remains of the tag's line; it stays in the tree and shows nothing.
        if let Some(last) =
            self.page.nodes.last_mut().filter(|node| matches!(node.kind, Kind::SoftBreak | Kind::HardBreak))
        {
            last.kind = Kind::End;
        }
        if let Some(Some(id)) = self.stack.last() {
            self.page.nodes[*id as usize].end = end as u32;
        }
        self.close();
    }

    fn in_paragraph(&self) -> bool {
        matches!(self.stack.last(), Some(Some(id)) if self.page.nodes[*id as usize].kind == Kind::Paragraph)
    }

    fn inline(&mut self, kind: Kind, range: Range<usize>) {
        self.flush();
        self.begin_paragraph(range.start);
        self.leaf(kind, range);
    }

    fn inline_string(&mut self, kind: fn(u32) -> Kind, text: &str, range: Range<usize>) {
        let string = self.string(text);
        self.inline(kind(string), range);
    }

    fn string(&mut self, text: &str) -> u32 {
        self.page.strings.push(text.into());
        self.page.strings.len() as u32 - 1
    }

    // ---- text

    /// Text as CommonMark shows it: the bytes of the file where they are the same, with any tags in them taken out.
    fn text(&mut self, text: &str, range: Range<usize>) {
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
    fn report_escaped(&mut self, text: &str, start: usize) {
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

    fn verbatim(&mut self, range: Range<usize>) {
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
        for part in super::inline::split(self.source, range, self.in_link == 0) {
            match part {
                super::inline::Part::Text(range) => {
                    self.leaf(Kind::Text, range);
                }
                super::inline::Part::Emoji(text, range) => {
                    let string = self.string(text);
                    self.leaf(Kind::Literal(string), range);
                }
                super::inline::Part::Address(dest, range) => {
                    let link = self.push_link(dest, range.clone(), Role::Text);
                    let id = self.leaf(Kind::Link(link), range.clone());
                    self.leaf(Kind::Text, range);
                    self.page.nodes[id as usize].next = id + 2;
                }
            }
        }
    }

    /// The text of inline code; taken from the file where something in it was masked.
    fn code_text(&self, text: &str, range: &Range<usize>) -> String {
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

    fn link(&mut self, dest: String, range: &Range<usize>, role: Role) -> u32 {
        let place = super::inline::destination(self.source, range.clone());
        // What was masked in an address is read again from the file.
        let hidden = self.masked.text[place.clone()] != self.source[place.clone()];
        let dest = if hidden { tag::unescape(&self.source[place.clone()]) } else { dest };
        self.push_link(dest, place, role)
    }

    pub fn push_link(&mut self, dest: String, place: Range<usize>, role: Role) -> u32 {
        self.page.links.push(Link { dest: dest.into(), start: place.start as u32, end: place.end as u32, role });
        self.page.links.len() as u32 - 1
    }

    fn finish_heading(&mut self, id: NodeId) {
        let words = self.page.words(self.source, id);
        let explicit = self.page.nodes[id as usize..].iter().find_map(|node| match node.kind {
            Kind::Element(t) if &*self.page.tags[t as usize].name == "a" => {
                let tag = &self.page.tags[t as usize];
                tag.attr("id").or(tag.attr("name")).filter(|id| !id.is_empty()).map(Box::from)
            }
            _ => None,
        });
        if let Some(heading) = self.page.headings.last_mut() {
            heading.text = words.trim().into();
            heading.id = explicit;
        }
    }

    // ---- code

    fn code_block(
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
        self.page.code.push(Code { language: language.into(), words: words.into(), text, fenced });
        let code = self.page.code.len() as u32 - 1;
        self.leaf(Kind::CodeBlock(code), range);
    }

    // ---- tags and HTML

    fn tags_in(&self, range: &Range<usize>) -> Vec<Range<usize>> {
        let tags = &self.masked.tags;
        let first = tags.partition_point(|tag| tag.start < range.start);
        tags[first..].iter().take_while(|tag| tag.start < range.end).cloned().collect()
    }

    /// A GitBook tag. In a paragraph it ends the paragraph, unless it is unknown: then it is part of the text.
    fn tag(&mut self, range: Range<usize>) {
        self.flush();
        self.taken = range.end;
        let mut tag = tag::read(self.source, range.clone());
        let end_of = tag.name.strip_prefix("end").filter(|name| !name.is_empty()).map(Box::<str>::from);
        let block = (self.grammar)(end_of.as_deref().unwrap_or(&tag.name)).is_some();
        if block && self.in_paragraph() {
            self.end_paragraph(range.start);
            self.paragraph = Some(range.end);
        } else if !block {
            self.begin_paragraph(range.start);
        }
        if let Some(name) = end_of {
            let id = self.leaf(Kind::Stray, range);
            self.ends.insert(id, (name, false));
            return;
        }
        for attr in &mut tag.attrs {
            let role = match (&*attr.name, &*tag.name) {
                ("", "include") => Role::Include,
                ("url" | "src" | "page" | "href", _) => Role::Tag,
                _ => continue,
            };
            attr.link = Some(self.push_link(attr.value.to_string(), attr.start as usize..attr.end as usize, role));
        }
        self.page.tags.push(tag);
        self.leaf(Kind::Tag(self.page.tags.len() as u32 - 1), range);
    }

    fn html_block(&mut self, events: &mut dyn Iterator<Item = (Event<'a>, Range<usize>)>) {
        self.flush();
        let mut excerpt = Excerpt::default();
        for (event, range) in events {
            match event {
                Event::Html(_) | Event::Text(_) => excerpt.push(range.start.max(self.taken).min(range.end)..range.end),
                _ => break,
            }
        }
        self.html(&excerpt);
    }

    fn inline_html(&mut self, range: Range<usize>) {
        let mut excerpt = Excerpt::default();
        excerpt.push(range.start.max(self.taken).min(range.end)..range.end);
        self.html(&excerpt);
    }

    /// Raw HTML with GitBook tags in it: the tags are taken out, except those in comments and code.
    fn html(&mut self, excerpt: &Excerpt) {
        let text = excerpt.text(self.source).into_owned();
        let comments = ranges(&text, "<!--", "-->");
        let code = ranges(&text, "<pre", "</pre>");
        let mut cuts: Vec<(Range<usize>, Option<Range<usize>>)> = Vec::new();
        for piece in &excerpt.pieces {
            for tag in self.tags_in(&(piece.start as usize..piece.end as usize)) {
                let (start, end) = (excerpt.inside(tag.start), excerpt.inside(tag.end));
                if !holds(&comments, start) && !holds(&code, start) {
                    cuts.push((start..end, Some(tag)));
                }
            }
        }
        cuts.extend(comments.into_iter().map(|comment| (comment, None)));
        cuts.sort_by_key(|(range, _)| range.start);
        let mut from = 0;
        for (cut, tag) in cuts {
            if cut.start >= from {
                self.elements(excerpt, &text, from..cut.start);
            }
            if let Some(tag) = tag {
                self.tag(tag);
            }
            from = cut.end.max(from);
        }
        self.elements(excerpt, &text, from.min(text.len())..text.len());
    }

    /// Elements and text of raw HTML at `part` of the excerpt.
    fn elements(&mut self, excerpt: &Excerpt, text: &str, part: Range<usize>) {
        if part.is_empty() {
            return;
        }
        let mut in_summary = false;
        let mut in_pre = false;
        for piece in html::pieces(&text[part.clone()]) {
            let place = |range: &Range<usize>| excerpt.locate(range.start + part.start..range.end + part.start);
            match piece {
                html::Piece::Start { name, attrs, range } if html::is_known(&name) => {
                    in_summary |= name == "summary";
                    in_pre |= name == "pre";
                    self.element(name, attrs, &place, &range);
                }
                html::Piece::End { name, range } if html::is_known(&name) => {
                    in_summary &= name != "summary";
                    in_pre &= name != "pre";
                    self.flush();
                    self.begin_paragraph(place(&range).start);
                    let id = self.leaf(Kind::Stray, place(&range));
                    self.ends.insert(id, (name.into(), true));
                }
                html::Piece::Text { text: shown, range } => {
                    let place = place(&range);
                    // Hand-written summaries hold Markdown, which raw HTML would show as it stands.
                    let markdown =
                        in_summary && !self.bare && looks_like_markdown(&shown) && self.source[place.clone()] == shown;
                    if markdown {
                        self.markdown_inline(place);
                    } else if !in_pre && shown.trim().is_empty() && shown.contains('\n') {
                        self.leaf(Kind::SoftBreak, place);
                    } else if self.source[place.clone()] == shown {
                        self.inline(Kind::Text, place);
                    } else {
                        self.inline_string(Kind::Literal, &shown, place);
                    }
                }
                html::Piece::Start { range, .. } | html::Piece::End { range, .. } => {
                    self.inline(Kind::Text, place(&range))
                }
            }
        }
    }

    fn element(
        &mut self,
        name: String,
        attrs: Vec<(String, String, Range<usize>)>,
        place: &dyn Fn(&Range<usize>) -> Range<usize>,
        range: &Range<usize>,
    ) {
        self.flush();
        let whole = place(range);
        self.begin_paragraph(whole.start);
        let mention = attrs.iter().any(|(name, _, _)| name == "data-mention");
        let mut tag = Tag { start: whole.start as u32, end: whole.end as u32, ..Tag::default() };
        for (attr, value, range) in attrs {
            let place = super::inline::attribute_value(self.source, place(&range));
            let role = match (&*name, &*attr) {
                ("a", "href") if mention => Some(Role::Mention),
                ("a", "href") => Some(Role::Text),
                ("img" | "source" | "video" | "audio" | "iframe", "src" | "srcset") => Some(Role::Image),
                _ => None,
            };
            let link = role.map(|role| self.push_link(value.clone(), place.clone(), role));
            let (start, end) = (place.start as u32, place.end as u32);
            tag.attrs.push(Attr { name: attr.into(), value: value.into(), start, end, link });
        }
        tag.name = name.into();
        self.page.tags.push(tag);
        let index = self.page.tags.len() as u32 - 1;
        self.leaf(Kind::Element(index), whole);
    }

    /// Markdown within a line: what a paragraph would hold, without the paragraph.
    fn markdown_inline(&mut self, range: Range<usize>) {
        let text = &self.source[range.clone()];
        // The space to the neighbours is part of the line, and would be trimmed from a paragraph.
        let inner = range.end - text.trim_start().len()..range.start + text.trim_end().len();
        let (paragraph, in_link) = (self.paragraph.take(), std::mem::replace(&mut self.in_link, 0));
        self.verbatim(range.start..inner.start);
        self.flush();
        self.bare = true;
        self.markdown(inner.clone());
        self.bare = false;
        self.verbatim(inner.end..range.end);
        self.flush();
        (self.paragraph, self.in_link) = (paragraph, in_link);
    }
}

/// Would this line be one paragraph with marks in it, were it Markdown?
fn looks_like_markdown(text: &str) -> bool {
    text.contains(['*', '`', '['])
        && text.trim_start().starts_with(|c: char| c.is_alphabetic() || matches!(c, '[' | '`'))
        || text.trim_start().starts_with("**")
}

/// Where `open` stands, up to the end of the next `close` or of the text.
fn ranges(text: &str, open: &str, close: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(open).map(|n| at + n) {
        let end = text[start..].find(close).map_or(text.len(), |n| start + n + close.len());
        found.push(start..end);
        at = end;
    }
    found
}

/// Whether one of the ranges, which are in order, holds the position.
fn holds(ranges: &[Range<usize>], at: usize) -> bool {
    let next = ranges.partition_point(|range| range.end <= at);
    ranges.get(next).is_some_and(|range| range.start <= at)
}

fn align(alignment: md::Alignment) -> Align {
    match alignment {
        md::Alignment::None => Align::None,
        md::Alignment::Left => Align::Left,
        md::Alignment::Center => Align::Center,
        md::Alignment::Right => Align::Right,
    }
}
