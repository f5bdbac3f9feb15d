//! Ids: the texts that make a page in, every place of the page that a link can lead to out.

mod index;

pub use index::{Elsewhere, Index, elsewhere, exact, find, has, is_authored, position};

use super::resolve;
use super::{Anchor, Frame};
use crate::blocks::{self, Anchors};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::expr::{self, Scope, Verdict};
use crate::page::{Heading, Kind, NodeId, Page};
use crate::slug::{Ids, Place, Written, heading_id};
use crate::source::{FileId, Sources, Span};
use std::sync::Arc;

/// Includes inside one another beyond this are not followed; a cycle ends here at the latest.
const DEPTH: usize = 8;

/// Collects frames and anchors of one page.
pub struct Collector<'a> {
    pub sources: &'a Sources,
    pub config: &'a Config,
    pub texts: &'a [Option<Arc<Page>>],
    pub scope: Scope<'a>,
    /// The heading that is the page's title and has no anchor.
    pub title: Option<NodeId>,
    pub frames: Vec<Frame>,
    /// The title's heading, where the page begins with one.
    titled: Option<Anchor>,
    /// In document order; they have no ids yet.
    found: Vec<Anchor>,
    /// Ids that authors gave to other elements of raw HTML.
    authored: Vec<String>,
    problems: Vec<Diagnostic>,
}

/// What was collected of a page; the fields are those of `SitePage`.
pub struct Collected {
    pub frames: Vec<Frame>,
    pub titled: Option<Anchor>,
    pub anchors: Vec<Anchor>,
    pub authored: Vec<String>,
    pub problems: Vec<Diagnostic>,
}

impl<'a> Collector<'a> {
    pub fn new(
        sources: &'a Sources,
        config: &'a Config,
        texts: &'a [Option<Arc<Page>>],
        scope: Scope<'a>,
        title: Option<NodeId>,
    ) -> Collector<'a> {
        Collector {
            sources,
            config,
            texts,
            scope,
            title,
            frames: Vec::new(),
            titled: None,
            found: Vec::new(),
            authored: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Walks the page of `file` with everything it includes, then gives out the ids.
    pub fn collect(mut self, file: FileId) -> Collected {
        self.walk(Frame { file, parent: 0, at: 0 }, &mut vec![file], true);
        self.give_ids();
        self.found.sort_by_key(|anchor| (anchor.frame, anchor.node));
        Collected {
            frames: self.frames,
            titled: self.titled,
            anchors: self.found,
            authored: self.authored,
            problems: self.problems,
        }
    }

    /// Gives each place the id that it has in the book's dialect; then one of their own to those that have none in it,
    /// because here a tab and a heading of any level can be linked to.
    fn give_ids(&mut self) {
        let dialect = self.config.dialects.own;
        let title = self.titled.iter().map(|anchor| (anchor, true));
        let places: Vec<_> =
            title.chain(self.found.iter().map(|anchor| (anchor, false))).map(|(a, title)| a.place(title)).collect();
        let mut ids = Ids::default();
        let kept: Vec<Option<String>> =
            dialect.ids(&places).into_iter().map(|id| id.filter(|id| ids.explicit(id))).collect();
        let mut wanted = |place: &Place| match place.written.and_then(|written| written.id.as_deref()) {
            // Links within an API reference mean exactly these.
            Some(id) if place.block => ids.claim(id),
            _ if place.title => String::new(),
            _ => match dialect.slug(dialect.words(place)) {
                id if id.is_empty() => ids.claim(&heading_id(place.text)),
                id => ids.claim(&id),
            },
        };
        let given: Vec<String> =
            places.iter().zip(kept).map(|(place, id)| id.unwrap_or_else(|| wanted(place))).collect();
        for (order, (anchor, id)) in self.titled.iter_mut().chain(&mut self.found).zip(given).enumerate() {
            (anchor.order, anchor.id) = (order as u32, id);
        }
    }

    fn walk(&mut self, frame: Frame, above: &mut Vec<FileId>, outline: bool) {
        let Some(page) = self.texts[frame.file.index()].clone() else { return };
        let source = self.sources.text(frame.file);
        let index = self.frames.len() as u32;
        self.frames.push(frame);
        // Until this node, headings do not belong to the outline.
        let mut covered: NodeId = if outline { 0 } else { page.nodes.len() as NodeId };
        let mut at: NodeId = 1;
        while (at as usize) < page.nodes.len() {
            let node = page.node(at);
            let outlined = at >= covered;
            match node.kind {
                Kind::Heading(heading) => {
                    let heading = &page.headings[heading as usize];
                    let mut anchor = self.heading(heading);
                    anchor.frame = index;
                    anchor.outline = outlined && heading.level <= self.config.outline_depth.unwrap_or(3);
                    if self.title == Some(at) && index == 0 {
                        self.titled = Some(anchor);
                    } else if !heading.text.is_empty() || heading.id.is_some() {
                        self.found.push(anchor);
                    }
                }
                Kind::Element(tag) => {
                    let tag = &page.tags[tag as usize];
                    let level = match &*tag.name {
                        "details" => {
                            let summary =
                                page.children(at).find(|child| element_name(&page, *child) == Some("summary"));
                            if let Some(summary) = summary {
                                let text = page.words(source, summary).trim().to_string();
                                self.block(index, at, text, None);
                            }
                            covered = covered.max(node.next);
                            None
                        }
                        "table" => {
                            covered = covered.max(node.next);
                            None
                        }
                        "h1" | "h2" => Some(2),
                        "h3" => Some(3),
                        "h4" => Some(4),
                        "h5" => Some(5),
                        "h6" => Some(6),
                        _ => None,
                    };
                    let own = own_id(&page, at);
                    match level {
                        Some(level) => {
                            let text = page.words(source, at).trim().to_string();
                            let explicit = own.or_else(|| page.children(at).find_map(|child| own_id(&page, child)));
                            // A heading without words has nothing to be found by.
                            if !text.is_empty() || explicit.is_some() {
                                let id = explicit.map(String::into_boxed_str);
                                let written = Some(Box::new(Written { html: true, id, ..Written::default() }));
                                let outline = outlined && level <= self.config.outline_depth.unwrap_or(3);
                                let anchor = Anchor {
                                    frame: index,
                                    node: at,
                                    text,
                                    level,
                                    outline,
                                    written,
                                    ..Anchor::default()
                                };
                                self.found.push(anchor);
                            }
                        }
                        None => self.authored.extend(own),
                    }
                }
                Kind::Tag(tag) => {
                    let tag = &page.tags[tag as usize];
                    match &*tag.name {
                        "if" => {
                            let condition = tag.attr("").unwrap_or_default();
                            if matches!(expr::verdict(condition, &self.scope), Ok(Verdict::Hidden)) {
                                at = node.next;
                                continue;
                            }
                        }
                        "include" => {
                            let included = resolve::include(
                                self.sources,
                                self.config,
                                frame.file,
                                tag.attr("").unwrap_or_default(),
                            );
                            match included {
                                Some(file) if above.len() < DEPTH && !above.contains(&file) => {
                                    above.push(file);
                                    self.walk(Frame { file, parent: index, at }, above, outlined);
                                    above.pop();
                                }
                                Some(file) => self.report_cycle(page.tag_span(tag), file, above.contains(&file)),
                                None => {}
                            }
                        }
                        "columns" | "column" | "stepper" | "step" | "updates" | "update" => {}
                        _ => covered = covered.max(node.next),
                    }
                    match blocks::find(&tag.name).and_then(|block| block.anchor.as_ref()) {
                        Some(Anchors::Of(text)) => {
                            if let Some(text) = text(&page, tag) {
                                self.block(index, at, text, None);
                            }
                        }
                        Some(Anchors::Exactly(ids)) => {
                            for id in ids(&page, tag) {
                                self.block(index, at, id.clone(), Some(id));
                            }
                        }
                        None => {}
                    }
                }
                Kind::BulletList | Kind::OrderedList(_) | Kind::Quote | Kind::Alert(_) | Kind::NoteBody(_) => {
                    covered = covered.max(node.next);
                }
                _ => {}
            }
            at += 1;
        }
    }

    fn report_cycle(&mut self, span: Span, file: FileId, leads_back: bool) {
        let path = self.sources.path(file);
        let (message, help) = match leads_back {
            true => {
                (format!("this include leads back to `{path}`, in which it stands"), "remove one include of the circle")
            }
            false => {
                (format!("`{path}` is the {DEPTH}th text inside others, and is left out"), "include it further out")
            }
        };
        self.problems.push(Diagnostic::error("include-cycle", span, message).help(help));
    }

    /// What GitBook gives an id besides headings; `exactly` where it is not made of the text.
    fn block(&mut self, frame: u32, node: NodeId, text: String, exactly: Option<String>) {
        let id = exactly.map(String::into_boxed_str);
        let written = id.is_some().then(|| Box::new(Written { id, ..Written::default() }));
        self.found.push(Anchor { frame, node, text, written, ..Anchor::default() });
    }

    /// A Markdown heading as all dialects may want to see it; its words are those that the reader sees.
    fn heading(&self, heading: &Heading) -> Anchor {
        let text = self.config.dialects.own.shown(heading).to_string();
        let written = Written {
            html: false,
            id: heading.id.clone(),
            full: (text.len() != heading.text.len()).then(|| heading.text.clone()),
            plain: heading.plain.clone(),
            braces: heading.braces.map_or(0, |at| heading.text.len() as u32 - at),
        };
        let written = (written != Written::default()).then(|| Box::new(written));
        Anchor { node: heading.node, text, level: heading.level.max(2), written, ..Anchor::default() }
    }
}

/// The `id` or `name` of an element of raw HTML.
fn own_id(page: &Page, node: NodeId) -> Option<String> {
    let Kind::Element(tag) = page.node(node).kind else { return None };
    let tag = &page.tags[tag as usize];
    let id = tag.attr("id").or_else(|| tag.attr("name").filter(|_| &*tag.name == "a"))?;
    Some(id.to_string()).filter(|id| !id.is_empty())
}

fn element_name(page: &Page, node: NodeId) -> Option<&str> {
    match page.node(node).kind {
        Kind::Element(tag) => Some(&page.tags[tag as usize].name),
        _ => None,
    }
}
