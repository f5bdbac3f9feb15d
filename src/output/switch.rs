//! From one space to another: a page in, the nearest page of each other space out.
//!
//! Spaces are languages, versions or products. Pages of two spaces correspond when their files do.

use super::{list, shell};
use crate::render::relative;
use crate::site::{PageId, Site};
use serde::Serialize;
use std::collections::HashSet;

/// An entry of the switcher.
#[derive(Serialize)]
pub struct SpaceLink {
    pub title: String,
    pub url: String,
    pub lang: String,
    pub current: bool,
    /// The title of the page that stands for this one, which is not there.
    pub near: Option<String>,
}

/// A page in another language.
#[derive(Serialize)]
pub struct Alternate {
    pub lang: String,
    pub url: String,
}

/// The switcher as seen from a page; nothing for a site with one space.
pub fn links(site: &Site, id: Option<PageId>, here: usize, output: &str) -> Vec<SpaceLink> {
    let spaces = site.spaces.iter().enumerate().filter(|(_, space)| !space.hidden);
    let links: Vec<SpaceLink> = spaces
        .filter_map(|(index, space)| {
            let home = space.home?;
            let (to, same) = id.map_or((home, true), |id| nearest(site, id, index, home));
            let url = relative(output, &site.page(to).output);
            Some(SpaceLink {
                title: space.title.clone(),
                // The page says there that it is not the one of here.
                url: if same { url } else { url + "?instead" },
                lang: shell::language(&space.language),
                current: index == here,
                near: (!same).then(|| site.page(to).label.clone()),
            })
        })
        .collect();
    if links.len() > 1 { links } else { Vec::new() }
}

/// The same page in other languages, by whole addresses as search engines want them. Versions in one language are no
/// translations of each other.
pub fn alternates(site: &Site, id: PageId) -> Vec<Alternate> {
    let hidden = |id: PageId| site.page(id).hidden || list::no_robots(site, site.page(id));
    let same = (0..site.spaces.len()).filter_map(|space| counterpart(site, id, space)).filter(|id| !hidden(*id));
    let found: Vec<Alternate> = same
        .filter_map(|id| {
            let page = site.page(id);
            let lang = shell::language(&site.spaces[page.space].language);
            Some(Alternate { lang, url: list::canonical(site, page)? })
        })
        .collect();
    let apart: HashSet<&str> = found.iter().map(|alternate| &*alternate.lang).collect();
    if found.len() > 1 && apart.len() == found.len() { found } else { Vec::new() }
}

/// The page that stands for `id` in a space, and whether it is the same: else the nearest page above it that is there,
/// at last the space's first page.
fn nearest(site: &Site, id: PageId, space: usize, home: PageId) -> (PageId, bool) {
    if let Some(same) = counterpart(site, id, space) {
        return (same, true);
    }
    if site.spaces[site.page(id).space].home == Some(id) {
        return (home, true);
    }
    let above = site.page(id).trail.iter().rev().filter_map(|crumb| crumb.page);
    (above.filter_map(|page| counterpart(site, page, space)).next().unwrap_or(home), false)
}

/// The page of a space whose file has the same path inside of the space's folder.
fn counterpart(site: &Site, id: PageId, space: usize) -> Option<PageId> {
    let page = site.page(id);
    let inner = site.sources.path(page.file).strip_prefix(&*site.spaces[page.space].dir)?;
    let path = format!("{}/{}", site.spaces[space].dir, inner.trim_start_matches('/'));
    let file = site.sources.find(path.trim_start_matches('/'))?;
    site.page_of.get(&file).copied().filter(|id| site.page(*id).space == space)
}
