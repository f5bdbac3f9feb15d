//! A heading by its id in; the edits that give it other words or another id out.

use super::span;
use crate::config::nearest::nearest;
use crate::page::{Kind, NodeId};
use crate::site::{Site, anchors};
use crate::slug;
use crate::source::{FileId, Span};
use std::ops::Range;

const UNDERLINED: &str = "only a heading that is written with `#` can be edited here, and has to have words";

/// A heading of Markdown.
#[derive(Clone, Debug)]
pub struct Heading {
    /// The text that it stands in: the page's own, or one that the page includes.
    pub file: FileId,
    pub node: NodeId,
    /// The file of the page, and the id there; empty for the title.
    pub page: FileId,
    pub id: String,
    /// Its words, without marks.
    pub text: String,
}

/// Finds the heading that an id of a page means. The title is found by the id that it would have.
pub fn find(site: &Site, file: &str, id: &str) -> Result<Heading, String> {
    let page = site.sources.find(file).and_then(|file| site.page_of.get(&file));
    let Some(page) = page.map(|page| site.page(*page)) else {
        return Err(format!("`{file}` is no page of this book"));
    };
    let id = id.trim_start_matches('#');
    if let Some(anchor) = anchors::exact(page, id) {
        let frame = page.frames[anchor.frame as usize];
        let text = site.text(frame.file).map(|text| text.node(anchor.node).kind);
        if !matches!(text, Some(Kind::Heading(_))) {
            return Err(format!("`#{id}` is no heading of Markdown: change it by hand"));
        }
        let (id, text) = (id.to_string(), anchor.text.clone());
        return Ok(Heading { file: frame.file, node: anchor.node, page: page.file, id, text });
    }
    if let Some(node) = page.title_node.filter(|_| slug::heading_id(&page.title) == id) {
        return Ok(Heading { file: page.file, node, page: page.file, id: String::new(), text: page.title.clone() });
    }
    let near = nearest(id, page.anchors.iter().map(|anchor| &*anchor.id));
    let help = near.map_or(String::new(), |near| format!(": did you mean `#{near}`?"));
    Err(format!("`{file}` has no heading `#{id}`{help}"))
}

/// Gives the heading other words, which may have marks of Markdown in them.
pub fn words(site: &Site, heading: &Heading, words: &str) -> Result<(Span, String), String> {
    let words = words.trim();
    if words.is_empty() || words.contains(['\n', '\r']) {
        return Err("a heading is one line of words".to_string());
    }
    let place = content(site, heading).ok_or(UNDERLINED)?;
    Ok((span(heading.file, place.start as u32, place.end as u32), words.to_string()))
}

/// Gives the heading an id of its own, in the form that GitBook writes.
pub fn id(site: &Site, heading: &Heading, new: &str) -> Result<Vec<(Span, String)>, String> {
    let new = new.trim_start_matches('#');
    if new.is_empty() || !new.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '+' | '-')) {
        return Err(format!("`{new}` cannot be an id: use letters, digits, `-`, `_` and `.`"));
    }
    if heading.id.is_empty() {
        return Err("the title of a page has no id of its own".to_string());
    }
    for page in site.pages.iter().filter(|page| page.frames.iter().any(|frame| frame.file == heading.file)) {
        if anchors::exact(page, new).is_some() || page.authored.iter().any(|id| id == new) {
            return Err(format!("`{}` has an id `#{new}` already", site.sources.path(page.file)));
        }
    }
    let Some(text) = site.text(heading.file) else { return Err("there is no such text".to_string()) };
    let nodes = heading.node..text.node(heading.node).next;
    let tag = nodes.filter_map(|node| match text.node(node).kind {
        Kind::Element(tag) => Some(&text.tags[tag as usize]),
        _ => None,
    });
    let given =
        |tag: &&crate::page::Tag| &*tag.name == "a" && (tag.attr("id").or(tag.attr("name")) == Some(&heading.id));
    if let Some(tag) = tag.into_iter().find(given) {
        let old = format!("#{}", heading.id);
        let edits = tag.attrs.iter().filter_map(|attr| match &*attr.name {
            "id" | "name" => Some((text.attr_span(attr), new.to_string())),
            "href" if *attr.value == *old => Some((text.attr_span(attr), format!("#{new}"))),
            _ => None,
        });
        return Ok(edits.collect());
    }
    let place = content(site, heading).ok_or(UNDERLINED)?;
    let end = span(heading.file, place.end as u32, place.end as u32);
    Ok(vec![(end, format!(" <a href=\"#{new}\" id=\"{new}\"></a>"))])
}

/// Where the words of the heading stand: after the `#`, before an anchor at the end.
fn content(site: &Site, heading: &Heading) -> Option<Range<usize>> {
    let text = site.text(heading.file)?;
    let node = text.node(heading.node);
    let source = &site.sources.text(heading.file)[node.start as usize..node.end as usize];
    let marks = source.bytes().take_while(|b| *b == b'#').count();
    let line = source.lines().next()?;
    if marks == 0 || source.trim_end().contains('\n') {
        return None;
    }
    let mut words = line[marks..].trim_end();
    let unclosed = words.trim_end_matches('#');
    if unclosed.ends_with([' ', '\t']) {
        words = unclosed.trim_end();
    }
    if let Some(at) = words.rfind("<a ").filter(|_| words.ends_with("</a>"))
        && words[at..].ends_with("\"></a>")
    {
        words = words[..at].trim_end();
    }
    let start = marks + words.len() - words.trim_start().len();
    let start = node.start as usize + start;
    let end = node.start as usize + marks + words.len();
    (start < end).then_some(start..end)
}
