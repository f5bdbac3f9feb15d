//! Parsed texts and configuration in, the [`Site`] out: navigation, then ids, then links, each in parallel by page.

use super::anchors::{self, Collector};
use super::paths::Paths;
use super::resolve::Resolver;
use super::{Found, PageId, Site, SitePage, Table, Target, navigation, redirects};
use crate::blocks::schema;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::expr::Scope;
use crate::nav::{self, Nav};
use crate::page::Page;
use crate::source::{FileId, Sources};
use crate::user_kinds;
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;

/// Puts all pages together. `texts` runs parallel to the files of `sources`. Cannot fail: what is wrong is in
/// [`Site::problems`].
pub fn analyze(sources: Arc<Sources>, texts: Vec<Option<Arc<Page>>>, mut config: Config) -> Site {
    let mut problems = std::mem::take(&mut config.problems);
    let mut kinds = user_kinds::compile(&sources, &config);
    problems.append(&mut kinds.problems);
    let navs: Vec<Nav> = config.spaces.iter().map(|space| read_nav(&sources, space)).collect();
    problems.extend(navs.iter().flat_map(|nav| nav.problems.iter().cloned()));
    let paths = Paths::new(&sources, &config.spaces);
    let navigation = navigation::build(&sources, &texts, &config, &navs, &paths);
    problems.extend(navigation.problems);
    let mut pages = navigation.pages;

    let found: Vec<_> = pages
        .par_iter()
        .map(|page| {
            let space = &config.spaces[navigation.spaces[page.space].config];
            let page_vars = texts[page.file.index()].as_ref().map_or(&[][..], |text| &text.front.vars);
            let scope = Scope { space_vars: &space.vars, page_vars, claims: &config.claims };
            Collector::new(&sources, &config, &texts, scope, page.title_node).collect(page.file)
        })
        .collect();
    for (page, found) in pages.iter_mut().zip(found) {
        problems.extend(found.problems);
        (page.frames, page.titled) = (found.frames, found.titled);
        (page.anchors, page.authored) = (found.anchors, found.authored);
    }

    for (page, anchor, span) in &navigation.anchors {
        let page = &pages[page.index()];
        if let Found::No { near } = anchors::find(page, anchor).1 {
            let path = sources.path(page.file);
            let name = crate::lint::called(path);
            let mut found = Diagnostic::error("dead-anchor", *span, format!("`{name}` has no anchor `#{anchor}`"));
            found.help = near.map(|near| format!("did you mean `#{near}`?"));
            found.cause = Some(format!("{path}#{anchor}"));
            problems.push(found);
        }
    }
    let mut hosts: HashMap<FileId, Vec<PageId>> = HashMap::new();
    for (page, id) in pages.iter().zip(0..) {
        for frame in page.frames.iter().skip(1) {
            let hosts = hosts.entry(frame.file).or_default();
            if hosts.last() != Some(&PageId(id)) {
                hosts.push(PageId(id));
            }
        }
    }
    let (redirects, dead) = redirects::find(&sources, &config, &pages, &navigation.page_of, &paths);
    problems.extend(dead);
    let resolver = Resolver::new(&sources, &config, &navigation.spaces, &pages, &navigation.page_of, &paths);
    let targets: Vec<Vec<Target>> = texts
        .par_iter()
        .map(|text| match text {
            Some(page) => page.links.iter().map(|link| resolver.resolve(page.file, &link.dest, link.role)).collect(),
            None => Vec::new(),
        })
        .collect();
    drop(resolver);
    let tables = tables(&texts, &pages);
    Site {
        texts,
        spaces: navigation.spaces,
        pages,
        page_of: navigation.page_of,
        hosts,
        targets,
        redirects,
        problems,
        kinds,
        specs: Default::default(),
        tables,
        config,
        sources,
    }
}

/// The tables of fields on all pages.
fn tables(texts: &[Option<Arc<Page>>], pages: &[SitePage]) -> Vec<Table> {
    let mut tables = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        for text in page.frames.iter().filter_map(|frame| texts[frame.file.index()].as_deref()) {
            for place in text.tags.iter().filter_map(schema::place) {
                let shown = page.anchors.iter().any(|anchor| anchor.id == place.name);
                let map = place.map().filter(|_| shown);
                tables.extend(map.map(|map| Table { map, page: PageId(index as u32), id: place.name }));
            }
        }
    }
    tables
}

fn read_nav(sources: &Sources, space: &crate::config::SpaceConfig) -> Nav {
    match space.summary {
        Some(summary) => nav::parse(summary, sources.text(summary)),
        None => {
            let readme = space
                .readme
                .map_or("README.md", |readme| sources.path(readme).rsplit('/').next().unwrap_or("README.md"));
            nav::from_folders(sources, &space.dir, readme)
        }
    }
}
