//! GitBook tags and raw HTML: a piece of the file in, nodes out. Tags are taken out of the HTML around them.

use super::Builder;
use crate::page::{Attr, Kind, Role, Tag};
use crate::parse::{html, inline, tag};
use crate::source::Excerpt;
use pulldown_cmark::Event;
use std::ops::Range;

impl<'a> Builder<'a> {
    pub(super) fn tags_in(&self, range: &Range<usize>) -> Vec<Range<usize>> {
        let tags = &self.masked.tags;
        let first = tags.partition_point(|tag| tag.start < range.start);
        tags[first..].iter().take_while(|tag| tag.start < range.end).cloned().collect()
    }

    /// A GitBook tag. In a paragraph it ends the paragraph, unless it is unknown: then it is part of the text.
    pub(super) fn tag(&mut self, range: Range<usize>) {
        self.flush();
        self.taken = range.end;
        let mut tag = tag::read(self.source, range.clone());
        let end_of = tag.name.strip_prefix("end").filter(|name| !name.is_empty()).map(Box::<str>::from);
        let block = (self.grammar)(end_of.as_deref().unwrap_or(&tag.name)).is_some();
        self.part(block, &range);
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

    /// A block ends the paragraph that it stands in, which goes on behind it; anything else is part of one.
    fn part(&mut self, block: bool, range: &Range<usize>) {
        if block && self.in_paragraph() {
            self.end_paragraph(range.start);
            self.paragraph = Some(range.end);
        } else if !block {
            self.begin_paragraph(range.start);
        }
    }

    pub(super) fn html_block(&mut self, events: &mut dyn Iterator<Item = (Event<'a>, Range<usize>)>) {
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

    pub(super) fn inline_html(&mut self, range: Range<usize>) {
        let mut excerpt = Excerpt::default();
        excerpt.push(range.start.max(self.taken).min(range.end)..range.end);
        self.html(&excerpt);
    }

    /// Raw HTML with GitBook tags in it: the tags are taken out, except those in comments and code.
    pub(super) fn html(&mut self, excerpt: &Excerpt) {
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
    pub(super) fn elements(&mut self, excerpt: &Excerpt, text: &str, part: Range<usize>) {
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

    pub(super) fn element(
        &mut self,
        name: String,
        attrs: Vec<(String, String, Range<usize>)>,
        place: &dyn Fn(&Range<usize>) -> Range<usize>,
        range: &Range<usize>,
    ) {
        self.flush();
        let whole = place(range);
        let twin = twin(&name, &attrs).filter(|name| (self.grammar)(name).is_some()).map(Box::<str>::from);
        self.part(twin.is_some(), &whole);
        let mention = attrs.iter().any(|(name, _, _)| name == "data-mention");
        let mut tag = Tag { start: whole.start as u32, end: whole.end as u32, ..Tag::default() };
        for (attr, value, range) in attrs {
            let place = inline::attribute_value(self.source, place(&range));
            let attr = match &twin {
                Some(_) if !attr.starts_with("data-") || attr == "data-tag" || attr == TWIN => continue,
                Some(_) => attr["data-".len()..].to_string(),
                None => attr,
            };
            let role = match (&*name, &*attr) {
                (_, "url" | "src" | "page" | "href") if twin.is_some() => Some(Role::Tag),
                ("a", "href") if mention => Some(Role::Mention),
                ("a", "href") => Some(Role::Text),
                ("img" | "source" | "video" | "audio" | "iframe", "src" | "srcset") => Some(Role::Image),
                _ => None,
            };
            let link = role.map(|role| self.push_link(value.clone(), place.clone(), role));
            let (start, end) = (place.start as u32, place.end as u32);
            tag.attrs.push(Attr { name: attr.into(), value: value.into(), start, end, link });
        }
        let index = self.page.tags.len() as u32;
        match twin {
            Some(block) => {
                tag.name = block;
                let id = self.leaf(Kind::Tag(index), whole);
                self.twins.insert(id, name.into());
            }
            None => {
                tag.name = name.into();
                self.leaf(Kind::Element(index), whole);
            }
        }
        self.page.tags.push(tag);
    }

    /// Markdown within a line: what a paragraph would hold, without the paragraph.
    pub(super) fn markdown_inline(&mut self, range: Range<usize>) {
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

/// The attribute by which GitBook marks a division that stands for a block, where its tags cannot.
const TWIN: &str = "data-gb-custom-block";

/// The block that an element stands for.
fn twin<'n>(name: &str, attrs: &'n [(String, String, Range<usize>)]) -> Option<&'n str> {
    let value = |wanted: &str| attrs.iter().find(|(name, _, _)| name == wanted).map(|(_, value, _)| &**value);
    value(TWIN).filter(|_| name == "div").and_then(|_| value("data-tag"))
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
    let find = |from: usize, what: &str| memchr::memmem::find(&text.as_bytes()[from..], what.as_bytes());
    while let Some(start) = find(at, open).map(|n| at + n) {
        let end = find(start, close).map_or(text.len(), |n| start + n + close.len());
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
