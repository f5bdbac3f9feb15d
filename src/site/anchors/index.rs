//! A page's places in; the one that an anchor means out, in the book's dialect and in others.

use crate::config::nearest::meant;
use crate::site::{Anchor, Found, SitePage};
use crate::slug::{DIALECTS, Dialect, Place};
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

/// The ids of a page by every spelling that finds them; each part is made when the first link asks for it.
#[derive(Debug, Default)]
pub struct Index {
    own: OnceLock<Own>,
    /// Other spellings, in lower case.
    aliases: OnceLock<HashMap<String, usize>>,
    elsewhere: OnceLock<Vec<Elsewhere>>,
}

/// Positions in [`SitePage::anchors`].
#[derive(Debug, Default)]
struct Own {
    exact: HashMap<String, usize>,
    authored: HashSet<String>,
}

/// What a dialect beside the book's own makes of a page.
#[derive(Debug)]
pub struct Elsewhere {
    pub dialect: &'static Dialect,
    /// The ids of [`SitePage::anchors`].
    ids: Vec<Option<String>>,
    /// Positions of the same; `None` for the page's title.
    exact: HashMap<String, Option<usize>>,
}

impl Elsewhere {
    fn new(page: &SitePage, dialect: &'static Dialect) -> Elsewhere {
        let mut order: Vec<usize> = (0..page.anchors.len()).collect();
        order.sort_by_key(|at| page.anchors[*at].order);
        let title = page.titled.iter().map(|anchor| anchor.place(true));
        let places: Vec<Place> = title.chain(order.iter().map(|at| page.anchors[*at].place(false))).collect();
        let mut given = dialect.ids(&places);
        let mut found = Elsewhere { dialect, ids: vec![None; order.len()], exact: HashMap::new() };
        let top = page.titled.is_some().then(|| given.remove(0)).flatten();
        found.exact.extend(top.map(|id| (id, None)));
        for (at, id) in order.into_iter().zip(given) {
            if let Some(id) = &id {
                found.exact.entry(id.clone()).or_insert(Some(at));
            }
            found.ids[at] = id;
        }
        found
    }

    /// The anchor with this id, or `None` inside for the top of the page. Places that the author gave an id to in raw HTML
    /// are the same in all dialects, see [`has`].
    pub fn find(&self, id: &str) -> Option<Option<usize>> {
        self.exact.get(id).copied()
    }

    /// The id of an anchor, by its position in [`SitePage::anchors`].
    pub fn id(&self, at: usize) -> Option<&str> {
        self.ids.get(at)?.as_deref()
    }
}

/// What other dialects make of a page. The first call for a page decides which these are.
pub fn elsewhere<'a>(page: &'a SitePage, dialects: &[&'static Dialect]) -> &'a [Elsewhere] {
    page.index.elsewhere.get_or_init(|| dialects.iter().map(|dialect| Elsewhere::new(page, dialect)).collect())
}

impl Index {
    fn own(&self, page: &SitePage) -> &Own {
        self.own.get_or_init(|| {
            let mut found = Own { authored: page.authored.iter().cloned().collect(), ..Own::default() };
            for (i, anchor) in page.anchors.iter().enumerate() {
                found.exact.entry(anchor.id.clone()).or_insert(i);
            }
            found
        })
    }

    /// Ids in other capitals, and those of all other dialects; of two places with one spelling the first.
    fn aliases(&self, page: &SitePage) -> &HashMap<String, usize> {
        self.aliases.get_or_init(|| {
            let mut found = HashMap::new();
            for (i, anchor) in page.anchors.iter().enumerate() {
                found.entry(anchor.id.to_lowercase()).or_insert(i);
            }
            for dialect in DIALECTS {
                let there = Elsewhere::new(page, dialect);
                for (i, anchor) in page.anchors.iter().enumerate() {
                    let id = there.id(i).map_or_else(|| dialect.slug(&anchor.text), str::to_string);
                    found.entry(id.to_lowercase()).or_insert(i);
                }
            }
            // Words without an id have none in common with an empty anchor.
            found.remove("");
            found
        })
    }
}

/// Where more than these could have been meant, none is suggested: looking through them for every dead link would cost
/// more than everything else.
const CANDIDATES: usize = 500;

/// The anchor of a page whose id is exactly this.
pub fn exact<'a>(page: &'a SitePage, id: &str) -> Option<&'a Anchor> {
    page.anchors.get(*page.index.own(page).exact.get(id)?)
}

/// The position of the anchor that [`exact`] finds; `None` inside for the title.
pub fn position(page: &SitePage, id: &str) -> Option<Option<usize>> {
    let found = page.index.own(page).exact.get(id).copied();
    found.map(Some).or((page.title_id() == Some(id)).then_some(None))
}

/// Whether a page has a place of exactly this id, be it the title.
pub fn has(page: &SitePage, id: &str) -> bool {
    let own = page.index.own(page);
    own.exact.contains_key(id) || own.authored.contains(id) || page.title_id() == Some(id)
}

/// Whether the author gave this id to a place of the page: then it is the same in all dialects.
pub fn is_authored(page: &SitePage, id: &str) -> bool {
    page.index.own(page).authored.contains(id)
}

/// The id that an anchor means on a page, and how it was found. That of the title is the empty id: the page's top.
pub fn find<'a>(page: &'a SitePage, anchor: &str) -> (Option<&'a str>, Found) {
    let own = page.index.own(page);
    let id = |at: &usize| page.anchors.get(*at).map(|anchor| &*anchor.id);
    if let Some(exact) = own.exact.get(anchor).and_then(id) {
        return (Some(exact), Found::Yes);
    }
    if let Some(exact) = own.authored.get(anchor) {
        return (Some(exact), Found::Yes);
    }
    if page.title_id() == Some(anchor) {
        return (Some(""), Found::Yes);
    }
    // Backslashes are left over from Markdown escapes.
    let anchor = anchor.replace('\\', "").trim_end_matches('/').to_string();
    let lower = anchor.to_lowercase();
    let alias = own.exact.get(&anchor).or_else(|| page.index.aliases(page).get(&lower)).or_else(|| {
        let at = own.exact.get(&page.dialect.slug(&anchor))?;
        page.anchors.get(*at).is_some_and(|anchor| !anchor.text.is_empty()).then_some(at)
    });
    if let Some(alias) = alias.and_then(id) {
        return (Some(alias), Found::Alias);
    }
    if !lower.is_empty() && DIALECTS.iter().any(|dialect| dialect.slug(&page.title).to_lowercase() == lower) {
        return (Some(""), Found::Alias);
    }
    // Footnotes are named by GitHub's export; the notes of a page open where they are referred to.
    if lower.starts_with("user-content-fn") {
        return (Some(""), Found::Yes);
    }
    let near = match page.anchors.len() {
        ..=CANDIDATES => meant(&lower, page.anchors.iter().map(|anchor| &*anchor.id)),
        _ => None,
    };
    (None, Found::No { near: near.map(str::to_string) })
}
