//! A link of a book in; what it leads to, in words that hold before and after a move, out.

use super::{Ids, Moves, here};
use crate::site::{AnchorRef, Found, Miss, Site, Target};
use crate::source::FileId;

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goal {
    /// A file, and an id in it or what follows its name otherwise. `page` is the page that the id belongs to.
    File { path: String, anchor: Option<String>, page: Option<FileId> },
    /// An id of the page that the link stands on.
    Here { anchor: String, page: FileId },
    /// Elsewhere, nowhere, or a place that no move changes.
    Still,
}

/// How well a link is written: the less the better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quality {
    anchor: u8,
    loose: bool,
}

pub fn goal(site: &Site, file: FileId, target: &Target) -> (Goal, Quality) {
    match target {
        Target::Page { page, anchor, loose } => {
            let page = site.page(*page).file;
            let path = site.sources.path(page).to_string();
            let quality = Quality { anchor: anchor.as_ref().map_or(0, rank), loose: loose.is_some() };
            let anchor = anchor.as_ref().map(|anchor| anchor.id.clone());
            (Goal::File { path, anchor, page: Some(page) }, quality)
        }
        Target::Asset { path, suffix, loose } => {
            let anchor = (!suffix.is_empty()).then(|| suffix.clone());
            (Goal::File { path: path.clone(), anchor, page: None }, Quality { anchor: 0, loose: loose.is_some() })
        }
        Target::Here { anchor } => match here(site, file, anchor) {
            Some((page, id, found)) => {
                let quality = Quality { anchor: u8::from(found != Found::Yes), loose: false };
                (Goal::Here { anchor: id.to_string(), page }, quality)
            }
            None => (Goal::Still, Quality { anchor: 2, loose: false }),
        },
        Target::External(_) | Target::Removed | Target::Miss(_) => (Goal::Still, Quality::default()),
    }
}

fn rank(anchor: &AnchorRef) -> u8 {
    match anchor.found {
        Found::Yes => 0,
        Found::Alias => 1,
        Found::No { .. } => 2,
    }
}

/// What a goal of the old book is called in the new one.
pub fn moved(goal: &Goal, moves: &Moves, ids: &Ids) -> Goal {
    let id = |page: FileId, id: &String| ids.get(&(page, id.clone())).unwrap_or(id).clone();
    match goal {
        Goal::File { path, anchor, page } => Goal::File {
            path: moves.of(path),
            anchor: anchor.as_ref().map(|anchor| page.map_or_else(|| anchor.clone(), |page| id(page, anchor))),
            page: *page,
        },
        Goal::Here { anchor, page } => Goal::Here { anchor: id(*page, anchor), page: *page },
        Goal::Still => Goal::Still,
    }
}

/// Whether two goals are one place; pages have other numbers in another book.
pub fn same(one: &Goal, other: &Goal) -> bool {
    match (one, other) {
        (Goal::File { path: a, anchor: x, .. }, Goal::File { path: b, anchor: y, .. }) => a == b && x == y,
        (Goal::Here { anchor: a, .. }, Goal::Here { anchor: b, .. }) => a == b,
        (Goal::Still, Goal::Still) => true,
        _ => false,
    }
}

/// The path that a dead link names; it is kept, since the file may come.
pub fn dead(target: &Target) -> bool {
    matches!(target, Target::Miss(Miss::NoFile { .. } | Miss::NoReadme))
}
