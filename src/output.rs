//! The site as a map of files: what is written to disk and what the server hands out are the same.
//!
//! `plan` lists every file with what it is made of; `Renderer::bytes` makes one when it is asked for, so that a build
//! holds a few pages in memory and a preview renders only what is looked at.

pub mod feed;
mod glyph;
pub mod icons;
pub mod list;
mod manifest;
mod missing;
pub mod policy;
mod schemas;
mod shell;
pub mod sidebar;
mod squeeze;
pub mod style;
mod switch;

use crate::highlight::Highlighter;
use crate::page::Kind;
use crate::render;
use crate::search::{self, Index, Part};
use crate::site::{NavKind, PageId, Site, Target, assets};
use crate::theme::Theme;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// What a file of the site is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Artifact {
    Page(PageId),
    /// A page's Markdown.
    Markdown(PageId),
    /// The updates of a page as an Atom feed.
    Feed(PageId),
    /// All pages of a space in one.
    Print(usize),
    /// The sidebar of a space, for branches that a page does not carry.
    Sidebar(usize),
    /// A script of the search index.
    Search(Part),
    /// All pages of a space as a list, for readers without script.
    SearchPage(usize),
    /// The front page of a site whose spaces all have a path of their own.
    Front,
    NotFound,
    /// The script that finds pages near an unknown address.
    Missing,
    Manifest,
    Sitemap,
    Robots,
    Llms,
    LlmsFull,
    /// A page that leads to another path.
    Redirect(String),
    /// All redirects, as static hosts read them.
    Redirects,
    /// One of [`style::SHEETS`].
    StyleSheet(usize),
    /// The icons of a space's sidebar.
    Icons(usize),
    /// A file of the theme, by name.
    Theme(String),
    /// A file of the book, by its path.
    Copy(String),
    Text(String),
    /// The JSON Schema of a kind, by name.
    Schema(&'static str),
}

/// Every file of the site by its path in the output folder.
pub type Output = BTreeMap<String, Artifact>;

/// Spaces with more pages than this get no page to print: it would be larger than a browser can lay out.
const PRINTED: usize = 500;

/// Lists the files of the site.
pub fn plan(site: &Site, theme: &Theme) -> Output {
    let mut output = Output::new();
    let mut add = |path: String, artifact: Artifact| {
        output.entry(path).or_insert(artifact);
    };
    for id in site.page_ids() {
        let page = site.page(id);
        add(page.output.clone(), Artifact::Page(id));
        add(markdown_path(&page.output), Artifact::Markdown(id));
        if feed::has_updates(site, id) {
            add(feed::path(&page.output), Artifact::Feed(id));
        }
    }
    for (index, (space, count)) in site.spaces.iter().zip(site.page_counts()).enumerate() {
        if count > 0 && count <= PRINTED {
            add(in_space(&space.prefix, "print.html"), Artifact::Print(index));
        }
        if space.entries().any(|entry| entry.icon.is_some()) {
            add(icons::path(index), Artifact::Icons(index));
        }
        if count > sidebar::WHOLE {
            add(format!("assets/nav-{index}.js"), Artifact::Sidebar(index));
        }
        if search::listed(site, index).next().is_some() {
            add(in_space(&space.prefix, "search.html"), Artifact::SearchPage(index));
        }
    }
    for (path, part) in search::files(site) {
        add(path, Artifact::Search(part));
    }
    add("index.html".to_string(), Artifact::Front);
    add("404.html".to_string(), Artifact::NotFound);
    add("assets/missing.js".to_string(), Artifact::Missing);
    add(manifest::PATH.to_string(), Artifact::Manifest);
    if list::base_url(site).is_some() {
        add("sitemap.xml".to_string(), Artifact::Sitemap);
    }
    add("robots.txt".to_string(), Artifact::Robots);
    add("llms.txt".to_string(), Artifact::Llms);
    add("llms-full.txt".to_string(), Artifact::LlmsFull);
    if !site.redirects.is_empty() {
        add("_redirects".to_string(), Artifact::Redirects);
    }
    for (from, to) in &site.redirects {
        add(from.clone(), Artifact::Redirect(list::redirect_href(from, to)));
    }
    if let Some(cname) = &site.config.cname {
        add("CNAME".to_string(), Artifact::Text(format!("{cname}\n")));
    }
    for name in schemas::names(site) {
        add(schemas::path(name), Artifact::Schema(name));
    }
    // Those of the search are in the scripts of its index.
    for name in theme.files.keys().filter(|name| !matches!(&***name, "search.js" | "search.css")) {
        let artifact = if name == style::SHEETS[0] { Artifact::StyleSheet(0) } else { Artifact::Theme(name.clone()) };
        add(format!("assets/{name}"), artifact);
    }
    if style::has_sections(theme) {
        for (which, name) in style::SHEETS.iter().enumerate().skip(1) {
            add(format!("assets/{name}"), Artifact::StyleSheet(which));
        }
    }
    for path in published_assets(site) {
        add(assets::published(site, &path), Artifact::Copy(path));
    }
    output
}

pub fn markdown_path(output: &str) -> String {
    format!("{}.md", output.strip_suffix(".html").unwrap_or(output))
}

pub fn in_space(prefix: &str, name: &str) -> String {
    if prefix.is_empty() { name.to_string() } else { format!("{prefix}/{name}") }
}

/// Files of the book that a page, the table of contents or the configuration refers to.
fn published_assets(site: &Site) -> Vec<String> {
    let shown = site.shown_texts();
    let mut paths: Vec<String> = Vec::new();
    for (file, targets) in site.targets.iter().enumerate().filter(|(file, _)| shown[*file]) {
        let links = site.texts[file].as_ref().map_or(&[][..], |page| &page.links);
        for (target, link) in targets.iter().zip(links) {
            if let Target::Asset { path, .. } = target
                && link.role != crate::page::Role::Include
            {
                paths.push(path.clone());
            }
        }
    }
    for entry in site.spaces.iter().flat_map(|space| space.entries()) {
        if let NavKind::Asset(path) = &entry.kind {
            paths.push(path.clone());
        }
    }
    let config = &site.config;
    let configured = config.additional_css.iter().chain(&config.additional_js).chain(config.images());
    paths.extend(configured.filter(|path| site.sources.assets().contains_key(*path)).cloned());
    paths.sort();
    paths.dedup();
    paths
}

/// What a file consists of: bytes that were made, or a file of the book that is copied.
pub enum Content<'a> {
    Bytes(Cow<'a, [u8]>),
    File(&'a str),
}

/// Days by the paths of the texts that have one.
pub type Days = BTreeMap<String, String>;

/// Makes the files of a site.
pub struct Renderer<'a> {
    pub site: &'a Site,
    pub theme: &'a Theme,
    pub highlighter: &'a Highlighter,
    /// The path under which the site stands on its host, `/` or `/docs/`: the page for unknown addresses needs it.
    pub base: String,
    pub search: Arc<Index>,
    /// When each text was changed last, by path: a day as `2026-01-31`.
    pub updated: Arc<Days>,
    shell: shell::Shell,
    /// Script and style of the search, squeezed when the first file of the index is made.
    finder: OnceLock<(String, String)>,
}

impl<'a> Renderer<'a> {
    pub fn new(site: &'a Site, theme: &'a Theme, highlighter: &'a Highlighter) -> Renderer<'a> {
        let (base, search) = (list::base_path(site), Arc::<Index>::default());
        let updated = Arc::default();
        Renderer {
            site,
            theme,
            highlighter,
            base,
            search,
            updated,
            shell: shell::Shell::new(site, theme),
            finder: OnceLock::new(),
        }
    }

    /// The bytes of a file. An error is a template of the theme that cannot be rendered.
    pub fn bytes<'b>(&'b self, artifact: &'b Artifact) -> Result<Content<'b>, crate::theme::Error> {
        let site = self.site;
        let text = match artifact {
            Artifact::Page(id) => self.page(*id)?,
            Artifact::Markdown(id) => list::markdown(site, *id),
            Artifact::Feed(id) => feed::atom(site, *id),
            Artifact::Print(space) => self.print(*space)?,
            Artifact::Sidebar(space) => sidebar::script(site, *space),
            Artifact::Search(part) => {
                let squeezed =
                    || (self.theme_text("search.js").into_owned(), self.theme_text("search.css").into_owned());
                let (script, styles) = self.finder.get_or_init(squeezed);
                self.search.file(site, *part, script, styles, self.shell.search_strings(site))
            }
            Artifact::SearchPage(space) => self.shell.search_page(self, *space)?,
            Artifact::Front => self.front()?,
            Artifact::NotFound => self.not_found()?,
            Artifact::Missing => missing::script(site, &self.theme_text("missing.js")),
            Artifact::Manifest => manifest::text(site),
            Artifact::Sitemap => list::sitemap(site, &self.updated),
            Artifact::Robots => list::robots(site),
            Artifact::Llms => list::llms(site),
            Artifact::LlmsFull => list::llms_full(site),
            Artifact::Redirect(to) => list::redirect(site, to),
            Artifact::Redirects => list::redirects_file(site),
            Artifact::StyleSheet(which) => style::sheet(site, self.theme, *which),
            Artifact::Icons(space) => icons::sidebar(site, *space),
            Artifact::Theme(name) if self.theme.is_ours(name) => self.theme_text(name).into_owned(),
            Artifact::Theme(name) => {
                let bytes = self.theme.files.get(name).map_or(&b""[..], |bytes| bytes);
                return Ok(Content::Bytes(bytes.into()));
            }
            Artifact::Copy(path) => return Ok(Content::File(path)),
            Artifact::Schema(name) => schemas::text(site, name),
            Artifact::Text(text) => return Ok(Content::Bytes(text.as_bytes().into())),
        };
        Ok(Content::Bytes(text.into_bytes().into()))
    }

    /// A style sheet or script as readers load it: ours are squeezed; what a book brings along is published as it is.
    fn theme_text(&self, name: &str) -> Cow<'_, str> {
        let text = self.theme.files.get(name).map(|file| String::from_utf8_lossy(file)).unwrap_or_default();
        match name.rsplit_once('.') {
            Some((_, "js")) if self.theme.is_ours(name) => squeeze::js(&text).into(),
            Some((_, "css")) if self.theme.is_ours(name) => squeeze::css(&text, |_| true).into(),
            _ => text,
        }
    }

    fn page(&self, id: PageId) -> Result<String, crate::theme::Error> {
        let body = render::body(self.site, self.highlighter, id);
        self.shell.page(self, id, &body)
    }

    fn print(&self, space: usize) -> Result<String, crate::theme::Error> {
        let pages: Vec<shell::Printed> = self
            .site
            .page_ids()
            .filter(|id| self.site.page(*id).space == space && !self.site.page(*id).hidden)
            .map(|id| shell::Printed {
                id: format!("p{}", id.0),
                title: self.site.page(id).title.clone(),
                body: render::printed(self.site, self.highlighter, id),
            })
            .collect();
        self.shell.print(self, space, pages)
    }

    fn front(&self) -> Result<String, crate::theme::Error> {
        self.shell.front(self)
    }

    fn not_found(&self) -> Result<String, crate::theme::Error> {
        self.shell.not_found(self)
    }
}

/// The title as HTML: what the title's heading holds besides its words (code, emphasis) is kept.
fn title_html(renderer: &Renderer, id: PageId) -> String {
    let page = renderer.site.page(id);
    let plain = || crate::html::escape(&page.title);
    let (Some(node), Some(text)) = (page.title_node, renderer.site.text(page.file)) else { return plain() };
    let simple = (node + 1..text.node(node).next).all(|at| matches!(text.node(at).kind, Kind::Text | Kind::Literal(_)));
    if simple { plain() } else { render::inline_of(renderer.site, renderer.highlighter, id, node) }
}
