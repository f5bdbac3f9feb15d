//! What has other names in; the edits of every link and entry that leads there out.

use super::address::{Ends, address, plain};
use super::goal::{Goal, dead, goal, moved, same};
use super::written::{Place, place};
use super::{Heading, Ids, Moves, changed, here, ids, span};
use crate::book;
use crate::edit::Edits;
use crate::nav::{self, Entry, EntryKind};
use crate::page::{Kind, NodeId, Page};
use crate::site::Paths;
use crate::site::assets::{decoded, space_around};
use crate::site::resolve::{is_external, join, parent, split};
use crate::site::{Site, anchors};
use crate::slug;
use crate::source::{FileId, Span};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What one rewriting leads to may need another: an address of the published site, a number after an id.
const ROUNDS: usize = 4;

/// A link or entry, and its new address.
struct Rewritten {
    file: FileId,
    link: usize,
    span: Span,
    text: String,
    goal: Goal,
}

/// Adds the edits, and notes what cannot be followed. Gives the number of links and entries.
pub fn follow(
    before: &Site,
    moves: &Moves,
    renamed: Option<&(Heading, String)>,
    edits: &mut Edits,
    notes: &mut Vec<String>,
) -> usize {
    let paths = Paths::new(&before.sources, &before.config.spaces);
    let summaries: HashSet<FileId> = before.config.spaces.iter().filter_map(|space| space.summary).collect();
    let mut entries: HashSet<Span> = HashSet::new();
    let mut links: BTreeMap<(FileId, usize), Rewritten> = BTreeMap::new();
    let mut lost: BTreeMap<(FileId, u32), String> = BTreeMap::new();
    list(before, &paths, moves, &Ids::new(), edits, &mut entries);
    for round in 0..ROUNDS {
        let after = book::site(changed(&before.sources, edits, moves, None));
        let ids = ids(before, &after, moves);
        let found: Vec<(Vec<Rewritten>, Vec<Span>)> = before
            .texts
            .par_iter()
            .flatten()
            .filter(|page| !summaries.contains(&page.file))
            .map(|page| Reader { before, after: &after, moves, ids: &ids, page, round }.strayed(edits))
            .collect();
        let mut any = list(before, &paths, moves, &ids, edits, &mut entries);
        for (rewritten, unwritten) in found {
            for span in unwritten {
                lost.insert((span.file, span.start), before.sources[span].to_string());
            }
            for link in rewritten {
                let done = links.get(&(link.file, link.link)).is_some_and(|earlier| earlier.text == link.text);
                // Several links share a definition.
                let shared = links.values().any(|other| other.span == link.span && other.text == link.text);
                if !done && (shared || edits.replace(link.span, link.text.clone())) {
                    links.insert((link.file, link.link), link);
                    any = true;
                }
            }
        }
        if !any {
            break;
        }
    }
    for ((file, _), text) in lost {
        notes.push(format!("`{}`: the address in `{text}` could not be rewritten", before.sources.path(file)));
    }
    labels(before, moves, &links, edits);
    if let Some((heading, words)) = renamed {
        heading_labels(before, heading, words, edits);
    }
    links.len() + entries.len()
}

// ---- links

struct Reader<'a> {
    before: &'a Site,
    after: &'a Site,
    moves: &'a Moves,
    ids: &'a Ids,
    page: &'a Page,
    round: usize,
}

impl Reader<'_> {
    /// The links of a text that lead elsewhere now, with their right addresses, and those that cannot be rewritten.
    fn strayed(&self, edits: &Edits) -> (Vec<Rewritten>, Vec<Span>) {
        let (mut rewritten, mut lost) = (Vec::new(), Vec::new());
        let file = self.page.file;
        let from = self.before.sources.path(file);
        let Some(now) = self.after.sources.find(&self.moves.of(from)) else { return (rewritten, lost) };
        let Some(after_page) = self.after.text(now) else { return (rewritten, lost) };
        let there: HashMap<u32, usize> = after_page.links.iter().enumerate().map(|(n, link)| (link.start, n)).collect();
        let mut order: Vec<usize> = (0..self.page.links.len()).collect();
        order.sort_by_key(|link| self.page.links[*link].start);
        let starts: Vec<u32> = order.iter().map(|link| self.page.links[*link].start).collect();
        for (n, at) in order.into_iter().zip(edits.shifted(file, &starts)) {
            let link = &self.page.links[n];
            let Some(target) = self.before.target(file, n as u32) else { continue };
            let (was, quality) = goal(self.before, file, target);
            if was == Goal::Still {
                if let Some((place, text)) = self.dead_link(from, n).filter(|_| dead(target)) {
                    rewritten.push(Rewritten { file, link: n, span: place.span, text, goal: was });
                }
                continue;
            }
            // A link in what is replaced has gone with it.
            let Some(new) = at.and_then(|at| there.get(&at)) else { continue };
            let wanted = moved(&was, self.moves, self.ids);
            let Some(target) = self.after.target(now, *new as u32) else { continue };
            let (is, now_quality) = goal(self.after, now, target);
            if same(&wanted, &is) && now_quality <= quality {
                continue;
            }
            match place(self.before, self.page, link) {
                Some(place) => {
                    let text = self.address(from, &place, &was, &wanted);
                    rewritten.push(Rewritten { file, link: n, span: place.span, text, goal: was });
                }
                None => lost.push(self.page.link_span(link)),
            }
        }
        (rewritten, lost)
    }

    fn address(&self, from: &str, place: &Place, was: &Goal, wanted: &Goal) -> String {
        let raw = &self.before.sources[place.span];
        // Escapes in what follows the path stay as they are.
        let end = |whole: &str| whole.find(['#', '?']).unwrap_or(whole.len());
        let whole = if raw[..end(raw)].contains(['&', '\\']) { &*place.dest } else { raw };
        let (path, rest) = whole.split_at(end(whole));
        let query = &rest[..rest.find('#').unwrap_or(rest.len())];
        match (was, wanted) {
            (Goal::File { path: old, anchor: id, .. }, Goal::File { path: new, anchor: new_id, page }) => {
                let now = self.moves.of(from);
                let (space, new_space) = (self.space(self.before, from), self.space(self.after, &now));
                let before = Ends { from, to: old, space: &space };
                let after = Ends { from: &now, to: new, space: &new_space };
                let stays = from == now && old == new;
                let path = match self.round {
                    0 if stays => path.to_string(),
                    0 => address(path, before, after, place.spaces),
                    _ => plain(after, place.spaces),
                };
                match new_id.as_ref().filter(|_| page.is_some()) {
                    Some(new_id) if Some(new_id) != id.as_ref() || stays || self.round > 0 => {
                        format!("{path}{query}#{}", self.id(new_id, new))
                    }
                    _ => path + rest,
                }
            }
            (_, Goal::Here { anchor, page }) => {
                format!("#{}", self.id(anchor, &self.moves.of(self.before.sources.path(*page))))
            }
            _ => whole.to_string(),
        }
    }

    /// An id as it is written; that of a title follows from its words.
    fn id(&self, id: &str, path: &str) -> String {
        if !id.is_empty() {
            return id.to_string();
        }
        let page = self.after.sources.find(path).and_then(|file| self.after.page_of.get(&file));
        page.map_or_else(String::new, |page| slug::heading_id(&self.after.page(*page).title))
    }

    fn space(&self, site: &Site, path: &str) -> String {
        space_around(&site.spaces, path).map_or_else(String::new, |space| space.dir.clone())
    }

    /// A dead link of a text that moves goes on to name the same path: the file may come.
    fn dead_link(&self, from: &str, link: usize) -> Option<(Place, String)> {
        let now = self.moves.of(from);
        if self.round > 0 || parent(&now) == parent(from) {
            return None;
        }
        let place = place(self.before, self.page, &self.page.links[link])?;
        let (path, rest) = place.dest.split_at(place.dest.find(['#', '?']).unwrap_or(place.dest.len()));
        if path.starts_with('/') || path.contains('\\') {
            return None;
        }
        let old = join(parent(from), &decoded(path))?;
        let to = self.moves.of(&old);
        let before = Ends { from, to: &old, space: "" };
        let text = address(path, before, Ends { from: &now, to: &to, space: "" }, place.spaces) + rest;
        (text != place.dest).then_some((place, text))
    }
}

// ---- the table of contents

/// Adds the edits of the entries; whether there are new ones.
fn list(before: &Site, paths: &Paths, moves: &Moves, ids: &Ids, edits: &mut Edits, done: &mut HashSet<Span>) -> bool {
    let mut any = false;
    for (summary, entry) in all_entries(before) {
        let EntryKind::Link { dest, span } = &entry.kind else { continue };
        let from = before.sources.path(summary);
        let Some(to) = entry_file(before, paths, parent(from), dest) else { continue };
        let (now, new) = (moves.of(from), moves.of(&to));
        let raw = &before.sources[*span];
        let (path, rest) = dest.split_at(dest.find(['#', '?']).unwrap_or(dest.len()));
        let id = new_id(before, &to, &decoded(split(dest).2), ids);
        if now == from && new == to && id.is_none() {
            continue;
        }
        let ends = |from, to| Ends { from, to, space: "" };
        let spaces = !raw.contains(' ');
        let path = if now == from && new == to {
            path.to_string()
        } else {
            address(path, ends(from, &to), ends(&now, &new), spaces)
        };
        let text = path + &id.map_or(rest.to_string(), |id| format!("#{id}"));
        // The first round knows no ids yet.
        if text != *raw && (done.insert(*span) || !ids.is_empty()) {
            any |= edits.replace(*span, text);
        }
    }
    any
}

/// The new id of an anchor that changes.
fn new_id<'a>(before: &Site, path: &str, anchor: &str, ids: &'a Ids) -> Option<&'a String> {
    let file = before.sources.find(path)?;
    let page = before.page(*before.page_of.get(&file)?);
    let id = anchors::find(page, anchor).0.filter(|_| !anchor.is_empty())?;
    ids.get(&(file, id.to_string()))
}

/// Every entry of every table of contents, with the file it stands in.
fn all_entries(before: &Site) -> Vec<(FileId, Entry)> {
    let mut all = Vec::new();
    let summaries: HashSet<FileId> = before.config.spaces.iter().filter_map(|space| space.summary).collect();
    for summary in summaries {
        let mut waiting = nav::parse(summary, before.sources.text(summary)).entries;
        while let Some(mut entry) = waiting.pop() {
            waiting.append(&mut entry.children);
            all.push((summary, entry));
        }
    }
    all
}

/// The file of an entry, as the navigation finds it.
fn entry_file(site: &Site, paths: &Paths, dir: &str, dest: &str) -> Option<String> {
    if dest.is_empty() || is_external(dest) {
        return None;
    }
    let written = join(dir, split(dest).0)?;
    [decoded(&written), written].into_iter().find_map(|path| {
        if site.sources.find(&path).is_some() || site.sources.assets().contains_key(&path) {
            return Some(path);
        }
        paths.readme(&site.sources, &path).map(|file| site.sources.path(file).to_string())
    })
}

// ---- labels

/// GitBook calls a link by its file where it shows the title instead: such a name follows.
fn labels(before: &Site, moves: &Moves, links: &BTreeMap<(FileId, usize), Rewritten>, edits: &mut Edits) {
    let files: HashSet<FileId> = links.keys().map(|(file, _)| *file).collect();
    for page in files.into_iter().filter_map(|file| before.text(file)) {
        for (node, n) in link_nodes(page) {
            let Some(link) = links.get(&(page.file, n)) else { continue };
            let Goal::File { path, .. } = &link.goal else { continue };
            let Some(label) = label(page, node) else { continue };
            let name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_string();
            let text = &before.sources[label];
            let new = if *text == before.sources[link.span] {
                link.text.clone()
            } else if *text == name(path) {
                name(&moves.of(path))
            } else {
                continue;
            };
            if !new.contains(['[', ']', '*', '`', '<', '>', '&', '\\', '$', '!', ':']) && new != *text {
                edits.take(&[(label, new)]);
            }
        }
    }
}

/// Links that are called exactly as the heading was.
fn heading_labels(before: &Site, heading: &Heading, words: &str, edits: &mut Edits) {
    let is_it = |goal: &Goal, file: FileId| match goal {
        Goal::File { anchor, page: Some(page), .. } => {
            *page == heading.page && anchor.as_deref().unwrap_or_default() == heading.id
        }
        Goal::Here { anchor, page } => {
            *page == heading.page && *anchor == heading.id && here(before, file, anchor).is_some()
        }
        _ => false,
    };
    for page in before.texts.iter().flatten() {
        for (node, n) in link_nodes(page) {
            let Some(target) = before.target(page.file, n as u32) else { continue };
            let Some(label) = label(page, node).filter(|label| before.sources[*label] == *heading.text) else {
                continue;
            };
            if is_it(&goal(before, page.file, target).0, page.file) {
                edits.take(&[(label, words.to_string())]);
            }
        }
    }
}

fn link_nodes(page: &Page) -> impl Iterator<Item = (NodeId, usize)> {
    (0..).zip(&page.nodes).filter_map(|(id, node)| match node.kind {
        Kind::Link(link) => Some((id, link as usize)),
        _ => None,
    })
}

/// The place of a link's words, where they are plain text.
fn label(page: &Page, node: NodeId) -> Option<Span> {
    let mut children = page.children(node);
    let only = page.node(children.next().filter(|_| children.next().is_none())?);
    (only.kind == Kind::Text).then(|| span(page.file, only.start, only.end))
}
