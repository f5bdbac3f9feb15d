//! A wish to move a file or to rename a heading in; every edit that it takes out.
//!
//! The book is understood twice, as it is and as it would be. What a link led to before says what it has to lead to
//! afterwards; where it would not, it is rewritten in the way it was written. So whatever depends on a place (relative
//! paths, folders with a README, addresses of the published site, numbered ids) is followed without a rule of its own.

mod address;
mod follow;
mod goal;
mod heading;
mod redirects;
mod settings;
mod written;

pub use heading::Heading;

use crate::book;
use crate::config::nearest::nearest;
use crate::diagnostic::Diagnostic;
use crate::edit::{Change, Edits};
use crate::site::Paths;
use crate::site::assets::inside;
use crate::site::{Site, anchors};
use crate::source::{FileId, Source, Sources, Span};
use crate::triage;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// What shall have another name. Paths are relative to the book's folder.
#[derive(Clone, Debug)]
pub enum Request {
    /// A file or folder.
    Move { from: String, to: String },
    /// Other words for the heading with this id; its explicit id stays.
    Words { file: String, id: String, words: String },
    /// Another explicit id for the heading with this id.
    Id { file: String, id: String, new: String },
}

/// What is to be done, and what came of it.
pub struct Plan {
    /// The file or folder to move.
    pub moved: Option<(String, String)>,
    /// The texts that change, under the paths they have today.
    pub changes: Vec<Change>,
    /// How many links and entries are rewritten.
    pub links: usize,
    /// Old addresses that lead on from now.
    pub redirects: usize,
    /// What could not be followed, in words.
    pub notes: Vec<String>,
    /// The book as it will be, and what is found there that was not found before.
    pub after: Site,
    pub worse: Vec<Diagnostic>,
}

/// Where everything goes.
#[derive(Clone, Debug, Default)]
pub struct Moves(Option<(String, String)>);

impl Moves {
    /// The path that a path will have.
    pub fn of(&self, path: &str) -> String {
        match &self.0 {
            Some((from, to)) if path == from => to.clone(),
            Some((from, to)) if inside(path, from) && !from.is_empty() => format!("{to}{}", &path[from.len()..]),
            _ => path.to_string(),
        }
    }
}

/// The book with edits and moves made.
fn changed(sources: &Sources, edits: &Edits, moves: &Moves, new: Option<&(String, String)>) -> Sources {
    let edited: HashMap<FileId, Arc<str>> =
        edits.files().into_iter().map(|file| (file, edits.apply(file, sources.text(file)).into())).collect();
    let texts = sources.files().map(|(file, source)| Source {
        path: moves.of(&source.path),
        text: edited.get(&file).unwrap_or(&source.text).clone(),
        invalid: source.invalid,
    });
    let made = new.map(|(path, text)| Source { path: path.clone(), text: text.as_str().into(), invalid: None });
    let assets = sources.assets().iter().map(|(path, asset)| (moves.of(path), *asset)).collect();
    sources.renewed(texts.chain(made), assets)
}

/// Finds out what a wish takes. `own` tells whether a path may be written. An error says why it cannot be.
pub fn plan(sources: Sources, wish: &Request, redirect: bool, own: impl Fn(&str) -> bool) -> Result<Plan, String> {
    let before = book::site(sources);
    let mut edits = Edits::default();
    let mut notes = Vec::new();
    let mut moves = Moves::default();
    let mut renamed = None;
    match wish {
        Request::Move { from, to } => {
            refuse(&before.sources, from, to)?;
            moves = Moves(Some((from.clone(), to.clone())));
            settings::follow(&before, &moves, &mut edits, &mut notes);
        }
        Request::Words { file, id, words } => {
            let heading = heading::find(&before, file, id)?;
            edits.take(&[heading::words(&before, &heading, words)?]);
            renamed = Some((heading, words.trim().to_string()));
        }
        Request::Id { file, id, new } => {
            let heading = heading::find(&before, file, id)?;
            edits.take(&heading::id(&before, &heading, new)?);
        }
    }
    let links = follow::follow(&before, &moves, renamed.as_ref(), &mut edits, &mut notes);
    let mut after = book::site(changed(&before.sources, &edits, &moves, None));
    settings::refuse_lost(&before, &after, &moves)?;
    let without = edits.clone();
    let redirects::Added { count, file: made } =
        redirects::add(&before, &after, &moves, redirect, &mut edits, &mut notes);
    if edits != without || made.is_some() {
        after = book::site(changed(&before.sources, &edits, &moves, made.as_ref()));
    }
    let mut changes = edits.changes(&before.sources);
    for change in &changes {
        let source = before.sources.find(&change.to).map(|file| before.sources.source(file));
        let whole = source.is_some_and(|source| source.invalid.is_none());
        if !whole || crate::fix::has_conflict(&change.old) || !own(&change.to) {
            let path = &change.to;
            return Err(format!("`{path}` has to be edited, and is no text of this book that can be: see to it first"));
        }
    }
    changes.extend(made.map(|(path, text)| Change { from: None, to: path, old: "".into(), new: text.into() }));
    let worse = worse(&before, &after, &moves);
    Ok(Plan { moved: moves.0, changes, links, redirects: count, notes, after, worse })
}

fn refuse(sources: &Sources, from: &str, to: &str) -> Result<(), String> {
    let paths = || sources.assets().keys().map(String::as_str).chain(sources.files().map(|(_, source)| &*source.path));
    let is = |path: &str| paths().any(|other| other == path || inside(other, path));
    if from.is_empty() || to.is_empty() {
        return Err("the folder of the book itself cannot be moved".to_string());
    }
    if !is(from) {
        let near = Paths::new(sources, &[]).meant(from).map(|(near, _)| near.to_string());
        let near = near.or_else(|| nearest(from, paths()).map(str::to_string));
        let help = near.map_or(String::new(), |near| format!(": did you mean `{near}`?"));
        return Err(format!("`{from}` is no file of this book{help}"));
    }
    if from == to {
        return Err(format!("`{from}` has this name already"));
    }
    if inside(to, from) {
        return Err(format!("`{from}` cannot be moved into itself"));
    }
    if is(to) {
        return Err(format!("`{to}` exists already"));
    }
    let above = to.match_indices('/').map(|(at, _)| &to[..at]);
    let in_file = above.into_iter().find(|folder| sources.assets().contains_key(*folder));
    if let Some(file) = in_file {
        return Err(format!("`{file}` is a file, not a folder"));
    }
    let is_file = sources.find(from).is_some() || sources.assets().contains_key(from);
    if is_file && book::is_markdown(from) != book::is_markdown(to) {
        return Err(format!("`{to}` would be another kind of file than `{from}`"));
    }
    Ok(())
}

/// What is found after a change that was not found before: by file and rule, the ones beyond the number there was.
fn worse(before: &Site, after: &Site, moves: &Moves) -> Vec<Diagnostic> {
    let mut known: BTreeMap<(String, String), usize> = BTreeMap::new();
    for found in triage::findings(before) {
        *known.entry((moves.of(before.sources.path(found.span.file)), found.rule.to_string())).or_default() += 1;
    }
    let mut found = triage::findings(after);
    found.retain(|found| {
        let key = (after.sources.path(found.span.file).to_string(), found.rule.to_string());
        match known.get_mut(&key) {
            Some(left) if *left > 0 => {
                *left -= 1;
                false
            }
            _ => true,
        }
    });
    found
}

/// A heading's id on a page, as it is and as it will be: places keep their order.
type Ids = HashMap<(FileId, String), String>;

/// The ids that change, by page. Where places come or go nothing is known.
fn ids(before: &Site, after: &Site, moves: &Moves) -> Ids {
    let mut ids = Ids::new();
    for page in &before.pages {
        let file = after.sources.find(&moves.of(before.sources.path(page.file)));
        let Some(now) = file.and_then(|file| after.page_of.get(&file)).map(|page| after.page(*page)) else { continue };
        if now.anchors.len() != page.anchors.len() {
            continue;
        }
        for (old, new) in page.anchors.iter().zip(&now.anchors).filter(|(old, new)| old.id != new.id) {
            ids.insert((page.file, old.id.clone()), new.id.clone());
        }
    }
    ids
}

/// The place that an anchor means on the page, or one of the pages, that show a text.
fn here<'a>(site: &'a Site, file: FileId, anchor: &str) -> Option<(FileId, &'a str, crate::site::Found)> {
    let own = site.page_of.get(&file).into_iter();
    let hosts = own.chain(site.hosts.get(&file).into_iter().flatten());
    let found = hosts.filter_map(|host| {
        let page = site.page(*host);
        let (id, found) = anchors::find(page, anchor);
        Some((page.file, id?, found))
    });
    found.min_by_key(|(_, _, found)| *found != crate::site::Found::Yes)
}

fn span(file: FileId, start: u32, end: u32) -> Span {
    Span { file, start, end }
}
