//! Builds the tree of a page: masked text in, nodes with places out.
//!
//! Nodes stand in document order, each with the position after its subtree. A block tag and its end tag are siblings
//! at first; pairing them (`pairs`) only sets where the opening one's subtree ends, so nothing is moved.

use super::mask::Masked;
use super::{Grammar, pairs};
use crate::page::{Alert, Align, Heading, Kind, Node, NodeId, Page, Role, Undefined};
use pulldown_cmark::{self as md, Event, LinkType, Options, Parser, TagEnd};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

mod html;
mod references;
mod text;

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
    /// Names of the definitions that links and images use.
    references: HashSet<String>,
    /// Of the range that is read.
    addresses: references::Addresses,
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
    /// Blocks that are written as elements, with the names of these: so they end.
    pub twins: HashMap<NodeId, Box<str>>,
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
            references: HashSet::new(),
            addresses: references::Addresses::new(),
            bare: false,
            run: None,
            aligns: Vec::new(),
            cell: 0,
            twins: HashMap::new(),
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
        references::finish(&mut self.page, &self.references);
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
        let mut undefined = Vec::new();
        let note = |link: md::BrokenLink<'a>| {
            // `[word]` and `[word][]` are text more often than a forgotten definition.
            if matches!(link.link_type, LinkType::Reference | LinkType::ReferenceUnknown) {
                let (start, end) = ((link.span.start + base) as u32, (link.span.end + base) as u32);
                undefined.push(Undefined { name: (*link.reference).into(), start, end });
            }
            None
        };
        let events = Parser::new_with_broken_link_callback(&masked.text[range], options, Some(note)).into_offset_iter();
        let inner = references::define(&mut self.page, self.source, events.reference_definitions(), base);
        let outer = std::mem::replace(&mut self.addresses, inner);
        let mut events = events.map(|(e, r)| (e, r.start + base..r.end + base));
        while let Some((event, range)) = events.next() {
            match event {
                Event::Start(md::Tag::CodeBlock(kind)) => self.code_block(kind, range, &mut events),
                Event::Start(md::Tag::HtmlBlock) => self.html_block(&mut events),
                event => self.event(event, range),
            }
        }
        drop(events);
        self.page.undefined.append(&mut undefined);
        self.flush();
        self.addresses = outer;
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
                let node = self.page.nodes.len() as NodeId;
                let (level, text) = (level as u8, "".into());
                let heading = Heading { node, level, text, id: None, braces: None, plain: None };
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
            md::Tag::Link { dest_url, title, link_type, id } => {
                self.in_link += 1;
                let mention = &*title == "mention";
                let email = link_type == LinkType::Email;
                let dest = if email { format!("mailto:{dest_url}") } else { dest_url.to_string() };
                let key = references::key_of(link_type, &id);
                Kind::Link(self.link(dest, key, &range, if mention { Role::Mention } else { Role::Text }))
            }
            md::Tag::Image { dest_url, link_type, id, .. } => {
                let key = references::key_of(link_type, &id);
                Kind::Image(self.link(dest_url.to_string(), key, &range, Role::Image))
            }
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
}

fn align(alignment: md::Alignment) -> Align {
    match alignment {
        md::Alignment::None => Align::None,
        md::Alignment::Left => Align::Left,
        md::Alignment::Center => Align::Center,
        md::Alignment::Right => Align::Right,
    }
}
