//! The tables of contents in; pages with their addresses, and the sidebar of each space out.

use super::paths::Paths;
use super::resolve::{self, join, parent};
use super::{Crumb, NavEntry, NavKind, PageId, SitePage, Space, assets::inside};
use crate::config::nearest::alike;
use crate::config::{Config, Routing};
use crate::diagnostic::Diagnostic;
use crate::expr::{self, Scope, Verdict};
use crate::nav::{Entry, EntryKind, Nav};
use crate::output::icons;
use crate::page::{FrontMatter, Kind, NodeId, Page};
use crate::slug;
use crate::source::{FileId, Sources, Span};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What the navigation makes of a book.
pub struct Navigation {
    pub spaces: Vec<Space>,
    pub pages: Vec<SitePage>,
    pub page_of: HashMap<FileId, PageId>,
    /// Anchors that entries name, to be looked at when the pages have theirs.
    pub anchors: Vec<(PageId, String, Span)>,
    pub problems: Vec<Diagnostic>,
}

/// Builds pages and sidebars from one [`Nav`] for each space of the configuration.
pub fn build(
    sources: &Sources,
    texts: &[Option<Arc<Page>>],
    config: &Config,
    navs: &[Nav],
    paths: &Paths,
) -> Navigation {
    let mut builder = Builder {
        sources,
        texts,
        config,
        paths,
        navs,
        owner: HashMap::new(),
        page_of: HashMap::new(),
        listed: HashMap::new(),
        taken: reserved(config),
        pages: Vec::new(),
        anchors: Vec::new(),
        problems: Vec::new(),
        serial: 0,
    };
    builder.find_owners();
    let spaces = (0..config.spaces.len()).map(|space| builder.space(space)).collect();
    builder.link_neighbours();
    Navigation {
        spaces,
        pages: builder.pages,
        page_of: builder.page_of,
        anchors: builder.anchors,
        problems: builder.problems,
    }
}

/// Addresses that the site itself needs: its own files, and the first page of each space.
fn reserved(config: &Config) -> HashSet<String> {
    let prefixes = config.spaces.iter().map(|space| &*space.prefix);
    let own = prefixes.flat_map(|prefix| [prefix.to_string(), join(prefix, "print").unwrap_or_default()]);
    own.chain(["404", "robots", "sitemap"].map(str::to_string)).collect()
}

struct Builder<'a> {
    sources: &'a Sources,
    texts: &'a [Option<Arc<Page>>],
    config: &'a Config,
    paths: &'a Paths,
    navs: &'a [Nav],
    /// The space that publishes a file; the other spaces that list it link there.
    owner: HashMap<FileId, usize>,
    page_of: HashMap<FileId, PageId>,
    /// Pages made so far, and the entry of each.
    listed: HashMap<FileId, Option<Span>>,
    /// Addresses in use, see [`bare`].
    taken: HashSet<String>,
    pages: Vec<SitePage>,
    anchors: Vec<(PageId, String, Span)>,
    problems: Vec<Diagnostic>,
    serial: u32,
}

/// Where in the table of contents an entry stands.
#[derive(Clone, Default)]
struct Above {
    route: Vec<String>,
    trail: Vec<Crumb>,
    branch: Vec<u32>,
    /// Below a hidden page.
    hidden: bool,
}

/// What an entry's address is.
enum Entered {
    File(FileId),
    Asset(String),
    External,
    Missing,
}

impl<'a> Builder<'a> {
    /// A file belongs to the deepest space around it that lists it, else to the first that does. Pages are numbered in
    /// the order of the entries, so that every entry can name any page.
    fn find_owners(&mut self) {
        let mut listings: Vec<(usize, FileId)> = Vec::new();
        for (space, nav) in self.navs.iter().enumerate() {
            listings.extend(self.unlisted_readme(space).map(|readme| (space, readme)));
            let mut stack: Vec<&Entry> = nav.entries.iter().rev().collect();
            while let Some(entry) = stack.pop() {
                if let EntryKind::Link { dest, .. } = &entry.kind
                    && let Entered::File(file) = self.enter(space, dest)
                {
                    listings.push((space, file));
                }
                stack.extend(entry.children.iter().rev());
            }
        }
        let depth = |space: usize, file: FileId| {
            let dir = &self.config.spaces[space].dir;
            if inside(self.sources.path(file), dir) { dir.len() + 1 } else { 0 }
        };
        for (space, file) in &listings {
            let owner = self.owner.entry(*file).or_insert(*space);
            if depth(*space, *file) > depth(*owner, *file) {
                *owner = *space;
            }
        }
        for (space, file) in listings {
            if self.owner[&file] == space {
                let next = PageId(self.page_of.len() as u32);
                self.page_of.entry(file).or_insert(next);
            }
        }
    }

    /// The first page of a space is its README even when the table of contents forgets it.
    fn unlisted_readme(&self, space: usize) -> Option<FileId> {
        let readme = self.config.spaces[space].readme?;
        self.texts[readme.index()].as_ref()?;
        let mut stack: Vec<&Entry> = self.navs[space].entries.iter().collect();
        while let Some(entry) = stack.pop() {
            if let EntryKind::Link { dest, .. } = &entry.kind
                && matches!(self.enter(space, dest), Entered::File(file) if file == readme)
            {
                return None;
            }
            stack.extend(entry.children.iter());
        }
        Some(readme)
    }

    fn enter(&self, space: usize, dest: &str) -> Entered {
        if resolve::is_external(dest) {
            return Entered::External;
        }
        let space = &self.config.spaces[space];
        let dir = space.summary.map_or(&*space.dir, |summary| parent(self.sources.path(summary)));
        let (path, _, _) = resolve::split(dest);
        let Some(written) = join(dir, path).filter(|_| !dest.is_empty()) else { return Entered::Missing };
        for path in [super::assets::decoded(&written), written] {
            let found = self.sources.find(&path).or_else(|| self.paths.readme(self.sources, &path));
            match found {
                Some(file) if self.texts[file.index()].is_some() => return Entered::File(file),
                _ if self.sources.assets().contains_key(&path) => return Entered::Asset(path),
                _ => {}
            }
        }
        Entered::Missing
    }

    fn space(&mut self, index: usize) -> Space {
        let config = &self.config.spaces[index];
        let first = self.pages.len();
        self.serial = 0;
        let mut nav = Vec::new();
        if let Some(readme) = self.unlisted_readme(index).filter(|file| self.owner.get(file) == Some(&index)) {
            let entry = self.page(index, readme, None, "", &Above::default(), 0);
            nav.push(entry);
        }
        nav.extend(self.entries(index, &self.navs[index].entries, &Above::default()));
        let home = (self.pages.len() > first).then_some(PageId(first as u32));
        let folder = config.dir.rsplit('/').next().filter(|name| !name.is_empty()).map(str::to_string);
        let title = config
            .title
            .clone()
            .or_else(|| if self.config.spaces.len() > 1 { folder.clone() } else { self.config.title.clone() });
        Space {
            title: title
                .or_else(|| home.map(|home| self.pages[home.index()].title.clone()))
                .or(folder)
                .unwrap_or_else(|| "Documentation".to_string()),
            language: config.language.clone().unwrap_or_else(|| self.config.language.clone()),
            dir: config.dir.clone(),
            prefix: config.prefix.clone(),
            home,
            nav,
            icon: config.icon.clone(),
            hidden: config.hidden,
            config: index,
        }
    }

    fn entries(&mut self, space: usize, entries: &'a [Entry], above: &Above) -> Vec<NavEntry> {
        entries.iter().filter_map(|entry| self.entry(space, entry, above)).collect()
    }

    fn entry(&mut self, space: usize, entry: &'a Entry, above: &Above) -> Option<NavEntry> {
        let title = entry.label.clone().unwrap_or_else(|| entry.title.clone());
        self.serial += 1;
        let id = self.serial;
        let (kind, below) = match &entry.kind {
            EntryKind::Group { slug } => {
                let mut below = above.clone();
                below.route.push(page_segment(&slug.clone().unwrap_or_else(|| slug::heading_id(&entry.title))));
                below.trail.push(Crumb { title: entry.title.clone(), page: None });
                (NavKind::Group, below)
            }
            EntryKind::Label => {
                let mut below = above.clone();
                below.route.push(slug::page_slug(&entry.title));
                below.trail.push(Crumb { title: entry.title.clone(), page: None });
                below.branch.push(id);
                (NavKind::Label, below)
            }
            EntryKind::Computed { yaml } => {
                self.problems.push(
                    Diagnostic::note(
                        "computed-entry",
                        *yaml,
                        "pages made from an uploaded API description are not part of this copy",
                    )
                    .help("list a page with an `openapi` block and the description's file instead"),
                );
                return None;
            }
            EntryKind::Link { dest, span } => match self.enter(space, dest) {
                Entered::File(file) if self.owner.get(&file) == Some(&space) && !self.listed.contains_key(&file) => {
                    let mut shown = self.page(space, file, Some(entry), &title, above, id);
                    shown.children = self.below(space, file, entry, above, id);
                    return Some(shown);
                }
                Entered::File(file) => {
                    let anchor = super::assets::decoded(resolve::split(dest).2);
                    let page = self.page_of.get(&file).copied();
                    self.report_repeated(space, file, dest, *span);
                    if let Some(page) = page.filter(|_| !anchor.is_empty()) {
                        self.anchors.push((page, anchor.clone(), *span));
                    }
                    let kind = page.map(|page| NavKind::Anchor(page, anchor));
                    (kind.unwrap_or(NavKind::Label), above.clone())
                }
                Entered::Asset(path) => (NavKind::Asset(path), above.clone()),
                Entered::External => (NavKind::External(dest.clone()), above.clone()),
                Entered::Missing => {
                    self.report_missing(space, dest, *span);
                    (NavKind::Label, above.clone())
                }
            },
        };
        let children = self.entries(space, &entry.children, &below);
        Some(NavEntry { title, icon: None, kind, children, id })
    }

    /// A second entry without an anchor of its own; another space may list the page as well.
    fn report_repeated(&mut self, space: usize, file: FileId, dest: &str, span: Span) {
        let first = self.listed.get(&file).copied().flatten().filter(|first| first.file == span.file);
        if let Some(first) = first.filter(|_| self.owner.get(&file) == Some(&space) && !dest.contains('#')) {
            self.problems.push(
                Diagnostic::warning("repeated-entry", span, format!("`{dest}` is listed twice"))
                    .label(first, "the page stands here")
                    .help("remove one of the entries; GitBook allows a page once"),
            );
        }
    }

    fn report_missing(&mut self, space: usize, dest: &str, span: Span) {
        let problem = if dest.is_empty() {
            Diagnostic::warning("empty-summary-entry", span, "this entry has no address")
                .help("give it a page, or remove it")
        } else if resolve::is_removed(dest) {
            Diagnostic::error("missing-page", span, "the page of this entry was deleted").help("remove the entry")
        } else {
            self.missing(space, dest, span)
        };
        self.problems.push(problem);
    }

    /// A file that differs in capital letters alone is what was meant; one of the same name elsewhere, perhaps.
    fn missing(&self, space: usize, dest: &str, span: Span) -> Diagnostic {
        let found = Diagnostic::error("missing-page", span, format!("`{dest}` does not exist"));
        let space = &self.config.spaces[space];
        let from = space.summary.map_or("SUMMARY.md", |summary| self.sources.path(summary));
        let written = resolve::join(parent(from), &super::assets::decoded(resolve::split(dest).0));
        // A page that has an entry was not meant by another one.
        let is_free = |near: &str| self.sources.find(near).is_none_or(|file| !self.owner.contains_key(&file));
        let near = written.and_then(|path| self.paths.meant(&path)).filter(|(near, _)| is_free(near));
        let Some((near, sure)) = near else { return found.help("correct the path, or remove the entry") };
        let rest = dest.find(['#', '?']).map_or("", |at| &dest[at..]);
        let near = resolve::written(&crate::render::plain_relative(from, near)) + rest;
        let last = |path: &str| path.rsplit('/').next().map(str::to_string).unwrap_or_default();
        let repaired = alike(&last(&near), &last(dest));
        let found = found.help(format!("did you mean `{near}`?"));
        if repaired { found.fix(sure, vec![(span, near)]) } else { found }
    }

    /// The entries below a page that was just made.
    fn below(&mut self, space: usize, file: FileId, entry: &'a Entry, above: &Above, id: u32) -> Vec<NavEntry> {
        if entry.children.is_empty() {
            return Vec::new();
        }
        let this = PageId(self.pages.len() as u32 - 1);
        let mut below = above.clone();
        below.route.push(self.segment(space, file));
        below.trail.push(Crumb { title: self.pages[this.index()].label.clone(), page: Some(this) });
        below.branch.push(id);
        below.hidden = self.pages[this.index()].hidden;
        let children = self.entries(space, &entry.children, &below);
        self.pages[this.index()].branch.push(id);
        self.pages[this.index()].children = children
            .iter()
            .filter_map(|child| if let NavKind::Page(page) = child.kind { Some(page) } else { None })
            .collect();
        children
    }

    fn page(
        &mut self,
        space: usize,
        file: FileId,
        entry: Option<&Entry>,
        shown: &str,
        above: &Above,
        id: u32,
    ) -> NavEntry {
        let this = PageId(self.pages.len() as u32);
        let place =
            entry.and_then(|entry| if let EntryKind::Link { span, .. } = entry.kind { Some(span) } else { None });
        self.listed.insert(file, place);
        let text = self.texts[file.index()].clone();
        let front = text.as_ref().map(|page| page.front.clone()).unwrap_or_default();
        let title_node = text.as_ref().and_then(|page| title_node(page, self.sources.text(file)));
        let own = self.config.dialects.own;
        let heading = title_node.and_then(|node| {
            let heading = text.as_ref()?.headings.iter().find(|heading| heading.node == node)?;
            Some(own.shown(heading).replace(['\u{200b}', '\u{200c}', '\u{feff}'], "").trim().to_string())
        });
        let summary = entry.map(|entry| entry.title.clone());
        let path = self.sources.path(file);
        let title = [heading, front.title.clone(), summary]
            .into_iter()
            .flatten()
            .find(|title| !title.is_empty())
            .unwrap_or_else(|| path.rsplit('/').next().unwrap_or(path).trim_end_matches(".md").to_string());
        let icon = front.icon.clone().filter(|icon| icons::is_known(icon));
        let (route, output) = self.address(space, file, above);
        self.pages.push(SitePage {
            file,
            space,
            route,
            output,
            title_node,
            label: entry.and_then(|entry| entry.label.clone()).unwrap_or_else(|| title.clone()),
            title: title.clone(),
            description: front.description.clone().filter(|text| !text.trim().is_empty()),
            icon: icon.clone(),
            hidden: above.hidden || front.hidden || self.is_hidden_for_all(space, &front),
            trail: above.trail.clone(),
            previous: None,
            next: None,
            children: Vec::new(),
            branch: above.branch.clone(),
            frames: Vec::new(),
            dialect: own,
            titled: None,
            anchors: Vec::new(),
            authored: Vec::new(),
            index: Default::default(),
        });
        let title = if shown.is_empty() { title } else { shown.to_string() };
        NavEntry { title, icon, kind: NavKind::Page(this), children: Vec::new(), id }
    }

    /// A page whose condition is false for every reader is out of the navigation, as a hidden one is.
    fn is_hidden_for_all(&self, space: usize, front: &FrontMatter) -> bool {
        let Some(condition) = &front.condition else { return false };
        let scope =
            Scope { space_vars: &self.config.spaces[space].vars, page_vars: &front.vars, claims: &self.config.claims };
        matches!(expr::verdict(condition, &scope), Ok(Verdict::Hidden))
    }

    /// Where a page is published: its place in the table of contents, as on GitBook, or its file's path.
    fn address(&mut self, space: usize, file: FileId, above: &Above) -> (String, String) {
        let config = &self.config.spaces[space];
        let first = self.pages.last().is_none_or(|page| page.space != space);
        let path = self.sources.path(file);
        let by_file = self.config.routing == Routing::File || config.summary.is_none();
        let mut parts: Vec<String> =
            config.prefix.split('/').filter(|part| !part.is_empty()).map(str::to_string).collect();
        let is_readme = is_readme(path) || config.readme == Some(file);
        if !first {
            if by_file {
                let inner =
                    if inside(path, &config.dir) { path[config.dir.len()..].trim_start_matches('/') } else { path };
                parts.extend(parent(inner).split('/').filter(|part| !part.is_empty()).map(page_segment));
                if !is_readme {
                    parts.push(self.segment(space, file));
                }
            } else {
                parts.extend(above.route.iter().cloned());
                parts.push(self.segment(space, file));
            }
        }
        let route = parts.join("/");
        let folder = first || route.is_empty() || is_readme;
        let output = |route: &str| match (folder, route.is_empty()) {
            (_, true) => "index.html".to_string(),
            (true, _) => format!("{route}/index.html"),
            (false, _) => format!("{route}.html"),
        };
        let mut unique = route.clone();
        let mut n = 0;
        while !first && !self.taken.insert(bare(&output(&unique)).to_string()) {
            n += 1;
            unique = if route.is_empty() { format!("page-{n}") } else { format!("{route}-{n}") };
        }
        let output = output(&unique);
        (unique, output)
    }

    /// A page's own part of the addresses below it.
    fn segment(&self, space: usize, file: FileId) -> String {
        let path = self.sources.path(file);
        let name = path.rsplit('/').next().unwrap_or(path);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let dir = parent(path);
        if is_readme(path) && dir != self.config.spaces[space].dir {
            return page_segment(dir.rsplit('/').next().unwrap_or(dir));
        }
        page_segment(stem)
    }

    fn link_neighbours(&mut self) {
        let visible: Vec<usize> = (0..self.pages.len()).filter(|page| !self.pages[*page].hidden).collect();
        for pair in visible.windows(2) {
            if self.pages[pair[0]].space == self.pages[pair[1]].space {
                self.pages[pair[0]].next = Some(PageId(pair[1] as u32));
                self.pages[pair[1]].previous = Some(PageId(pair[0] as u32));
            }
        }
    }
}

/// The address of a file as hosts serve it, which drop `.html` and `index.html`: `guide.html` and `guide/index.html`
/// have the same one.
pub fn bare(output: &str) -> &str {
    let path = output.strip_suffix(".html").unwrap_or(output);
    if path == "index" { "" } else { path.strip_suffix("/index").unwrap_or(path) }
}

fn is_readme(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| name.eq_ignore_ascii_case("README.md"))
}

fn page_segment(name: &str) -> String {
    slug::page_slug(name)
}

/// The heading that is the page's title: `# …` before anything else that a reader sees.
fn title_node(page: &Page, source: &str) -> Option<NodeId> {
    let first = page.children(0).find(|child| {
        let node = page.node(*child);
        match node.kind {
            Kind::SoftBreak | Kind::End => false,
            Kind::Text => !source[node.start as usize..node.end as usize].trim().is_empty(),
            _ => true,
        }
    })?;
    match page.node(first).kind {
        Kind::Heading(heading) if page.headings[heading as usize].level == 1 => Some(first),
        _ => None,
    }
}
