//! Ids: the texts that make a page in, every place of the page that a link can lead to out.

use super::resolve;
use super::{Anchor, Found, Frame, SitePage};
use crate::blocks::{self, Anchors};
use crate::config::{Config, nearest::nearest};
use crate::diagnostic::Diagnostic;
use crate::expr::{self, Scope, Verdict};
use crate::page::{Kind, NodeId, Page};
use crate::slug::{self, Ids};
use crate::source::{FileId, Sources, Span};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

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
    found: Vec<Place>,
    /// Ids that authors gave to other elements of raw HTML.
    authored: Vec<String>,
    problems: Vec<Diagnostic>,
}

/// What was collected of a page; the fields are those of [`SitePage`].
pub struct Collected {
    pub frames: Vec<Frame>,
    pub anchors: Vec<Anchor>,
    pub authored: Vec<String>,
    pub problems: Vec<Diagnostic>,
}

/// A place that will have an id.
struct Place {
    frame: u32,
    node: NodeId,
    text: String,
    explicit: Option<String>,
    level: u8,
    outline: bool,
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
            found: Vec::new(),
            authored: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Walks the page of `file` with everything it includes, then gives out the ids.
    pub fn collect(mut self, file: FileId) -> Collected {
        self.walk(Frame { file, parent: 0, at: 0 }, &mut vec![file], true);
        let mut ids = Ids::default();
        // Explicit ids first: they were written to be kept, whatever comes before them.
        let explicit: Vec<bool> =
            self.found.iter().map(|place| place.explicit.as_ref().is_some_and(|id| ids.explicit(id))).collect();
        let mut anchors = Vec::with_capacity(self.found.len());
        for (order, (place, explicit)) in self.found.into_iter().zip(explicit).enumerate() {
            let id = match place.explicit {
                Some(id) if explicit => id,
                _ => ids.claim(&slug::heading_id(&place.text)),
            };
            anchors.push(Anchor {
                frame: place.frame,
                node: place.node,
                id,
                text: place.text,
                level: place.level,
                outline: place.outline,
                order: order as u32,
            });
        }
        anchors.sort_by_key(|anchor| (anchor.frame, anchor.node));
        Collected { frames: self.frames, anchors, authored: self.authored, problems: self.problems }
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
                Kind::Heading(heading) if self.title != Some(at) || index != 0 => {
                    let heading = &page.headings[heading as usize];
                    let empty = heading.text.is_empty() && heading.id.is_none();
                    if !empty {
                        self.found.push(Place {
                            frame: index,
                            node: at,
                            text: heading.text.to_string(),
                            explicit: heading.id.as_deref().map(str::to_string),
                            level: heading.level.max(2),
                            outline: outlined && heading.level <= 3,
                        });
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
                                self.place(index, at, text, 0, false);
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
                                let outline = outlined && level <= 3;
                                self.found.push(Place { frame: index, node: at, text, explicit, level, outline });
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
                                Some(_) => self.report_cycle(page.tag_span(tag)),
                                None => {}
                            }
                        }
                        "columns" | "column" | "stepper" | "step" | "updates" | "update" => {}
                        _ => covered = covered.max(node.next),
                    }
                    match blocks::find(&tag.name).and_then(|block| block.anchor.as_ref()) {
                        Some(Anchors::Of(text)) => {
                            if let Some(text) = text(&page, tag) {
                                self.place(index, at, text, 0, false);
                            }
                        }
                        Some(Anchors::Exactly(ids)) => {
                            let places = ids(&page, tag).into_iter().map(|id| Place {
                                frame: index,
                                node: at,
                                text: id.clone(),
                                explicit: Some(id),
                                level: 0,
                                outline: false,
                            });
                            self.found.extend(places);
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

    fn report_cycle(&mut self, span: Span) {
        let message = "this include leads back to the text that it stands in, or goes too deep";
        self.problems.push(Diagnostic::error("include-cycle", span, message).help("remove one include of the circle"));
    }

    fn place(&mut self, frame: u32, node: NodeId, text: String, level: u8, outline: bool) {
        self.found.push(Place { frame, node, text, explicit: None, level, outline });
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

/// The ids of a page by every spelling that finds them; made when the first link asks.
#[derive(Debug, Default)]
pub struct Index(OnceLock<Spellings>);

/// Positions in [`SitePage::anchors`]; of two places with one spelling the first.
#[derive(Debug, Default)]
struct Spellings {
    exact: HashMap<String, usize>,
    lower: HashMap<String, usize>,
    github: HashMap<String, usize>,
    authored: HashSet<String>,
}

impl Index {
    fn get(&self, page: &SitePage) -> &Spellings {
        self.0.get_or_init(|| {
            let mut found = Spellings { authored: page.authored.iter().cloned().collect(), ..Spellings::default() };
            for (i, anchor) in page.anchors.iter().enumerate() {
                found.exact.entry(anchor.id.clone()).or_insert(i);
                found.lower.entry(anchor.id.to_ascii_lowercase()).or_insert(i);
                found.github.entry(slug::github_id(&anchor.text)).or_insert(i);
            }
            found
        })
    }
}

/// Where more than these could have been meant, none is suggested: looking through them for every dead link would cost
/// more than everything else.
const CANDIDATES: usize = 500;

/// The anchor of a page whose id is exactly this.
pub fn exact<'a>(page: &'a SitePage, id: &str) -> Option<&'a Anchor> {
    page.anchors.get(*page.index.get(page).exact.get(id)?)
}

/// Whether a page has a place of exactly this id.
pub fn has(page: &SitePage, id: &str) -> bool {
    let index = page.index.get(page);
    index.exact.contains_key(id) || index.authored.contains(id)
}

/// The id that an anchor means on a page, and how it was found. An alias of the title is the empty id: the page's top.
pub fn find<'a>(page: &'a SitePage, anchor: &str) -> (Option<&'a str>, Found) {
    let index = page.index.get(page);
    let id = |at: &usize| page.anchors.get(*at).map(|anchor| &*anchor.id);
    if let Some(exact) = index.exact.get(anchor).and_then(id) {
        return (Some(exact), Found::Yes);
    }
    if let Some(exact) = index.authored.get(anchor) {
        return (Some(exact), Found::Yes);
    }
    // Backslashes are left over from Markdown escapes.
    let anchor = anchor.replace('\\', "").trim_end_matches('/').to_string();
    let lower = anchor.to_lowercase();
    let alias = (index.exact.get(&anchor))
        .or_else(|| index.lower.get(&lower))
        .or_else(|| index.github.get(&lower))
        .or_else(|| {
            let at = index.exact.get(&slug::heading_id(&anchor))?;
            page.anchors.get(*at).is_some_and(|anchor| !anchor.text.is_empty()).then_some(at)
        });
    if let Some(alias) = alias.and_then(id) {
        return (Some(alias), Found::Alias);
    }
    if slug::heading_id(&page.title) == lower || slug::github_id(&page.title) == lower {
        return (Some(""), Found::Alias);
    }
    // Footnotes are named by GitHub's export; the notes of a page open where they are referred to.
    if lower.starts_with("user-content-fn") {
        return (Some(""), Found::Yes);
    }
    let near = match page.anchors.len() {
        ..=CANDIDATES => nearest(&lower, page.anchors.iter().map(|anchor| &*anchor.id)),
        _ => None,
    };
    (None, Found::No { near: near.map(str::to_string) })
}
