//! The frame around a body: a page's place in the site in, the values that the templates see out.

use super::{Renderer, list, markdown_path, sidebar, title_html};
use crate::html::escape;
use crate::interface;
use crate::page::Layout;
use crate::render::{encode, relative, text_direction};
use crate::search;
use crate::site::translation::{self, State};
use crate::site::{PageId, Site, SitePage, assets};
use crate::theme::Error;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::HashSet;

/// Up to this many pages, the list of all pages names their headings too.
const HEADINGS_LISTED: usize = 500;

/// What is the same on every page of a site, made once.
pub struct Shell {
    /// For each space, in its language.
    site: Vec<Value>,
    /// Which spaces are small enough for every page to carry the whole sidebar.
    whole: Vec<bool>,
    /// Which spaces have pages that search finds.
    searched: Vec<bool>,
}

/// A page in the document to print.
#[derive(Serialize)]
pub struct Printed {
    pub id: String,
    pub title: String,
    pub body: String,
}

#[derive(Serialize)]
struct Link {
    title: String,
    url: Option<String>,
}

#[derive(Serialize)]
struct OutlineItem {
    id: String,
    text: String,
    level: u8,
    html: String,
}

#[derive(Serialize)]
struct SpaceLink {
    title: String,
    url: String,
    lang: String,
    current: bool,
    /// The page it leads to, where that is another than the reader's.
    page: Option<String>,
}

#[derive(Serialize)]
struct Alternate {
    lang: String,
    url: String,
}

#[derive(Serialize)]
struct Original {
    url: String,
    lang: String,
}

/// Everything a template may use. `docs` in the book lists the fields for authors of themes.
#[derive(Serialize)]
struct View<'a> {
    site: &'a Value,
    lang: String,
    dir: &'static str,
    /// The way to the site's root: empty, or `../` for each folder.
    root: String,
    source: &'a str,
    head_title: String,
    title: &'a str,
    title_html: String,
    description: Option<&'a str>,
    icon: Option<String>,
    cover: Option<Value>,
    canonical: Option<String>,
    /// The same page in each language, this one included, where search engines can be told.
    alternates: Vec<Alternate>,
    noindex: bool,
    hidden: bool,
    styles: Vec<String>,
    scripts: Vec<String>,
    nav: String,
    nav_src: Option<String>,
    /// The script that searches this space.
    search_src: Option<String>,
    /// The page that lists it, for readers without script.
    search_url: Option<String>,
    home: String,
    breadcrumbs: Vec<Link>,
    outline: Vec<OutlineItem>,
    previous: Option<Link>,
    next: Option<Link>,
    spaces: Vec<SpaceLink>,
    tags: Vec<Value>,
    layout: Value,
    markdown_url: Option<String>,
    edit_url: Option<String>,
    updated: Option<String>,
    body: &'a str,
    /// The original of a translation, when it has changed since.
    stale: Option<Original>,
    json_ld: Option<String>,
    feeds: Vec<Link>,
    og: Value,
    pages: Vec<Printed>,
}

impl Shell {
    pub fn new(site: &Site) -> Shell {
        Shell {
            site: site.spaces.iter().map(|space| site_value(site, &space.language)).collect(),
            searched: (0..site.spaces.len()).map(|space| search::listed(site, space).next().is_some()).collect(),
            whole: site.page_counts().into_iter().map(|count| count <= sidebar::WHOLE).collect(),
        }
    }

    pub fn page(&self, renderer: &Renderer, id: PageId, body: &str) -> Result<String, Error> {
        let site = renderer.site;
        let page = site.page(id);
        let front = site.text(page.file).map(|text| text.front.clone()).unwrap_or_default();
        let mut view = self.view(site, page.space, Some(id), &page.output, body);
        view.source = site.sources.path(page.file);
        view.title = &page.title;
        view.title_html = title_html(renderer, id);
        let head = front.title.as_deref().filter(|title| !title.is_empty()).unwrap_or(&page.title);
        view.head_title = head_title(site, head, page);
        view.description = page.description.as_deref();
        view.icon = page.icon.as_deref().map(crate::render::icon_name).filter(|icon| !icon.is_empty());
        view.hidden = page.hidden;
        view.noindex = page.hidden || front.no_robots_index;
        view.canonical = list::canonical(site, page);
        view.alternates = alternates(site, id);
        view.breadcrumbs = breadcrumbs(site, page);
        view.stale = stale(site, page);
        view.json_ld = json_ld(site, page);
        if !front.layout.no_outline {
            view.outline = outline(page);
        }
        let link = |to: Option<PageId>| {
            let to = site.page(to?);
            Some(Link { title: to.label.clone(), url: Some(relative(&page.output, &to.output)) })
        };
        if !front.layout.no_pagination && !page.hidden {
            (view.previous, view.next) = (link(page.previous), link(page.next));
        }
        let markdown = markdown_path(&page.output);
        view.markdown_url = Some(relative(&page.output, &markdown));
        view.edit_url = edit_url(site, page);
        if !front.layout.no_tags {
            view.tags = tags(site, page, &front.tags);
        }
        view.cover = cover(site, page, &front);
        view.layout = layout(&front.layout);
        if super::feed::has_updates(site, id) {
            let url = relative(&page.output, &super::feed::path(&page.output));
            view.feeds = vec![Link { title: page.title.clone(), url: Some(url) }];
        }
        view.og = json!({
            "title": page.title,
            "description": page.description,
            "image": Value::Null,
            "url": view.canonical,
            "type": "article",
        });
        render(renderer, "page.html", &view)
    }

    pub fn print(&self, renderer: &Renderer, space: usize, pages: Vec<Printed>) -> Result<String, Error> {
        let site = renderer.site;
        let output = super::in_space(&site.spaces[space].prefix, "print.html");
        let mut view = self.view(site, space, None, &output, "");
        view.head_title = site.spaces[space].title.clone();
        view.pages = pages;
        render(renderer, "print.html", &view)
    }

    /// What the search of a space says, by name.
    pub fn search_strings(&self, space: usize) -> Value {
        let all = self.site[space]["t"].as_object().into_iter().flatten();
        let ours = all.filter(|(name, _)| name.starts_with("search") || *name == "close");
        Value::Object(ours.map(|(name, text)| (name.clone(), text.clone())).collect())
    }

    /// All pages of a space, and in small spaces their headings, as a list to read through.
    pub fn search_page(&self, renderer: &Renderer, space: usize) -> Result<String, Error> {
        let site = renderer.site;
        let output = super::in_space(&site.spaces[space].prefix, "search.html");
        let pages: Vec<PageId> = search::listed(site, space).collect();
        let link = |id: PageId, fragment: &str, text: &str| {
            let href = relative(&output, &site.page(id).output);
            let hash = if fragment.is_empty() { "" } else { "#" };
            format!("<a href=\"{}{hash}{}\">{}</a>", escape(&href), escape(&encode(fragment)), escape(text))
        };
        let mut body = String::from("<ul class=\"all-pages\">\n");
        for id in &pages {
            body.push_str(&format!("<li>{}", link(*id, "", &site.page(*id).title)));
            let mut headings = outline(site.page(*id));
            headings.retain(|heading| heading.level == 2 && pages.len() <= HEADINGS_LISTED);
            if !headings.is_empty() {
                let items =
                    headings.iter().map(|heading| format!("<li>{}</li>\n", link(*id, &heading.id, &heading.text)));
                body.push_str(&format!("\n<ul>\n{}</ul>", items.collect::<String>()));
            }
            body.push_str("</li>\n");
        }
        body.push_str("</ul>");
        let title = self.site[space]["t"]["all_pages"].as_str().unwrap_or_default();
        let mut view = self.view(site, space, None, &output, &body);
        view.title = title;
        view.title_html = escape(title);
        view.head_title = format!("{title} · {}", site.spaces[space].title);
        view.noindex = true;
        view.layout = layout(&Layout { no_outline: true, no_pagination: true, ..Layout::default() });
        render(renderer, "page.html", &view)
    }

    /// The first page of a site without a space at its root: a card for each space.
    pub fn front(&self, renderer: &Renderer) -> Result<String, Error> {
        let site = renderer.site;
        let mut body = String::from("<ul class=\"cards\">\n");
        for space in site.spaces.iter().filter(|space| !space.hidden) {
            let Some(home) = space.home.map(|home| site.page(home)) else { continue };
            body.push_str(&format!(
                "<li class=\"card\"><div class=\"card-body\"><div class=\"card-field\"><a class=\"card-link\" href=\"{}\" lang=\"{}\"><strong>{}</strong></a></div><div class=\"card-field\">{}</div></div></li>\n",
                escape(&relative("index.html", &home.output)),
                escape(&language(&space.language)),
                escape(&space.title),
                escape(&home.title),
            ));
        }
        body.push_str("</ul>");
        let title = site_title(site);
        let mut view = self.view(site, 0, None, "index.html", &body);
        view.nav = String::new();
        view.title = &title;
        view.title_html = escape(&title);
        view.head_title = title.clone();
        view.layout = layout(&Layout { no_toc: true, no_outline: true, no_pagination: true, ..Layout::default() });
        view.description = site.config.description.as_deref();
        view.og = json!({"title": title, "description": view.description, "image": Value::Null, "url": list::base_url(site), "type": "website"});
        render(renderer, "page.html", &view)
    }

    /// The page that a host shows for an unknown address. It is served from any depth, so its links begin at the root.
    pub fn not_found(&self, renderer: &Renderer) -> Result<String, Error> {
        let site = renderer.site;
        let text = interface::word(&site.spaces[0].language, "not_found_text");
        let body = format!("<p>{}</p>", escape(text));
        let mut view = self.view(site, 0, None, "404.html", &body);
        view.root = renderer.base.clone();
        view.nav = sidebar::sidebar(site, 0, None, &view.root, self.whole[0]);
        view.search_src = view.search_src.map(|_| view.root.clone() + &search::table_path(0));
        view.search_url = view.search_url.map(|url| view.root.clone() + &url);
        view.home = view.root.clone()
            + &site.spaces[0].home.map_or(String::new(), |home| sidebar::path(&site.page(home).output));
        view.spaces.iter_mut().for_each(|space| space.url = view.root.clone() + &space.url);
        view.head_title = site_title(site);
        render(renderer, "404.html", &view)
    }

    fn view<'a>(&'a self, site: &'a Site, space: usize, id: Option<PageId>, output: &str, body: &'a str) -> View<'a> {
        let root = "../".repeat(output.matches('/').count());
        let this = &site.spaces[space];
        let home =
            this.home.map_or_else(|| format!("{root}index.html"), |home| relative(output, &site.page(home).output));
        let additional = |paths: &[String]| {
            paths.iter().map(|path| root.clone() + &sidebar::path(&assets::published(site, path))).collect::<Vec<_>>()
        };
        let spaces = site.spaces.iter().enumerate().filter(|(_, space)| !space.hidden && space.home.is_some());
        let spaces: Vec<SpaceLink> = spaces
            .map(|(index, other)| {
                let there = counterpart(site, id, index);
                let other_page = id.is_some_and(|id| same(site, id, index) != Some(there));
                SpaceLink {
                    title: other.title.clone(),
                    url: relative(output, &site.page(there).output),
                    lang: language(&other.language),
                    current: index == space,
                    page: other_page.then(|| site.page(there).label.clone()),
                }
            })
            .collect();
        View {
            site: &self.site[space],
            lang: language(&this.language),
            dir: text_direction(&this.language, site.config.text_direction.as_deref()),
            source: "",
            head_title: String::new(),
            title: "",
            title_html: String::new(),
            description: None,
            icon: None,
            cover: None,
            canonical: None,
            alternates: Vec::new(),
            noindex: false,
            hidden: false,
            styles: additional(&site.config.additional_css),
            scripts: additional(&site.config.additional_js),
            nav: sidebar::sidebar(site, space, id, &root, self.whole[space]),
            search_src: self.searched[space].then(|| root.clone() + &search::table_path(space)),
            search_url: self.searched[space].then(|| relative(output, &super::in_space(&this.prefix, "search.html"))),
            nav_src: (!self.whole[space]).then(|| format!("{root}assets/nav-{space}.js")),
            home,
            breadcrumbs: Vec::new(),
            outline: Vec::new(),
            previous: None,
            next: None,
            spaces: if spaces.len() > 1 { spaces } else { Vec::new() },
            tags: Vec::new(),
            layout: layout(&Layout { no_outline: true, ..Layout::default() }),
            markdown_url: None,
            edit_url: None,
            updated: None,
            body,
            stale: None,
            json_ld: None,
            feeds: Vec::new(),
            og: json!({"title": "", "description": Value::Null, "image": Value::Null, "url": Value::Null, "type": "website"}),
            pages: Vec::new(),
            root,
        }
    }
}

/// The same page in another space, else the nearest page above it that is there, else the first page.
fn counterpart(site: &Site, id: Option<PageId>, space: usize) -> PageId {
    let above = id.into_iter().flat_map(|id| site.page(id).trail.iter().rev().filter_map(|crumb| crumb.page));
    let found = id.into_iter().chain(above).find_map(|id| same(site, id, space));
    found.or(site.spaces[space].home).unwrap_or(PageId(0))
}

/// Pages of two spaces are the same when their files have the same path there.
fn same(site: &Site, id: PageId, space: usize) -> Option<PageId> {
    let page = site.page(id);
    let inner = site.sources.path(page.file).strip_prefix(&*site.spaces[page.space].dir)?;
    let path = format!("{}/{}", site.spaces[space].dir, inner.trim_start_matches('/'));
    let file = site.sources.find(path.trim_start_matches('/'))?;
    site.page_of.get(&file).copied().filter(|id| site.page(*id).space == space)
}

/// The same page in other languages, by whole addresses as search engines want them. Versions in one language are no
/// translations of each other.
fn alternates(site: &Site, id: PageId) -> Vec<Alternate> {
    let hidden = |id: PageId| site.page(id).hidden || list::no_robots(site, site.page(id));
    let same = (0..site.spaces.len()).filter_map(|space| same(site, id, space)).filter(|id| !hidden(*id));
    let found: Vec<Alternate> = same
        .filter_map(|id| {
            let page = site.page(id);
            Some(Alternate { lang: language(&site.spaces[page.space].language), url: list::canonical(site, page)? })
        })
        .collect();
    let apart: HashSet<&str> = found.iter().map(|alternate| &*alternate.lang).collect();
    if found.len() > 1 && apart.len() == found.len() { found } else { Vec::new() }
}

/// What a reader of a translation is told when its original has changed since.
fn stale(site: &Site, page: &SitePage) -> Option<Original> {
    let text = site.text(page.file)?;
    let translation = text.front.translation.as_ref()?;
    let file = translation::original(site, text, translation)?;
    let original = site.page(*site.page_of.get(&file)?);
    (translation::state(site, file, translation) == State::Stale).then(|| Original {
        url: relative(&page.output, &original.output),
        lang: language(&site.spaces[original.space].language),
    })
}

/// Which parts of the frame a template shows.
fn layout(layout: &Layout) -> Value {
    json!({
        "wide": layout.wide,
        "title": !layout.no_title,
        "description": !layout.no_description,
        "toc": !layout.no_toc,
        "outline": !layout.no_outline,
        "pagination": !layout.no_pagination,
    })
}

fn render(renderer: &Renderer, template: &str, view: &View) -> Result<String, Error> {
    let error = |error: tera::Error| Error { file: template.to_string(), message: error.to_string() };
    let context = tera::Context::from_serialize(view).map_err(error)?;
    renderer.theme.templates.render(template, &context).map_err(error)
}

pub fn site_title(site: &Site) -> String {
    let space = site.spaces.first();
    site.config
        .title
        .clone()
        .or_else(|| space.map(|space| space.title.clone()))
        .unwrap_or_else(|| "Documentation".to_string())
}

/// `zh_CN` is written `zh-CN` in HTML.
fn language(language: &str) -> String {
    language.replace('_', "-")
}

fn head_title(site: &Site, title: &str, page: &SitePage) -> String {
    let space = &site.spaces[page.space].title;
    let site_title = site.config.title.as_deref().unwrap_or(space);
    if title == site_title { title.to_string() } else { format!("{title} · {site_title}") }
}

fn breadcrumbs(site: &Site, page: &SitePage) -> Vec<Link> {
    let mut links: Vec<Link> = page
        .trail
        .iter()
        .map(|crumb| Link {
            title: crumb.title.clone(),
            url: crumb.page.map(|above| relative(&page.output, &site.page(above).output)),
        })
        .collect();
    links.push(Link { title: page.label.clone(), url: None });
    links
}

/// The visible trail for search engines; only where the site has an address, since they want whole ones.
fn json_ld(site: &Site, page: &SitePage) -> Option<String> {
    list::base_url(site)?;
    let mut items = Vec::new();
    for crumb in &page.trail {
        let url = crumb.page.and_then(|above| list::canonical(site, site.page(above)));
        let mut item = json!({"@type": "ListItem", "position": items.len() + 1, "name": crumb.title});
        if let Some(url) = url {
            item["item"] = url.into();
        }
        items.push(item);
    }
    items.push(json!({"@type": "ListItem", "position": items.len() + 1, "name": page.label}));
    let value = json!({"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items});
    // Inside a script element only `</` could end it.
    Some(value.to_string().replace("</", "<\\/"))
}

fn outline(page: &SitePage) -> Vec<OutlineItem> {
    let mut anchors: Vec<_> = page.anchors.iter().filter(|anchor| anchor.outline && !anchor.text.is_empty()).collect();
    anchors.sort_by_key(|anchor| anchor.order);
    anchors
        .into_iter()
        .map(|anchor| OutlineItem {
            id: anchor.id.clone(),
            text: anchor.text.clone(),
            level: anchor.level,
            html: escape(&anchor.text),
        })
        .collect()
}

fn edit_url(site: &Site, page: &SitePage) -> Option<String> {
    let template = site.config.edit_url_template.as_ref()?;
    Some(template.replace("{path}", &sidebar::path(site.sources.path(page.file))))
}

fn tags(site: &Site, page: &SitePage, tags: &[String]) -> Vec<Value> {
    let styles = &site.config.spaces[site.spaces[page.space].config].tags;
    tags.iter()
        .map(|tag| {
            let style = styles.iter().find(|style| style.slug == *tag);
            json!({
                "label": style.map_or(&**tag, |style| &style.label),
                "color": style.and_then(|style| style.color.clone()),
                "icon": style.and_then(|style| style.icon.as_deref()).map(crate::render::icon_name),
            })
        })
        .collect()
}

fn cover(site: &Site, page: &SitePage, front: &crate::page::FrontMatter) -> Option<Value> {
    let cover = front.cover.as_ref().filter(|_| !front.layout.no_cover)?;
    let src = match site.target(page.file, cover.link)? {
        crate::site::Target::Asset { path, .. } => relative(&page.output, &assets::published(site, path)),
        crate::site::Target::External(url) => crate::render::safe_url(url),
        _ => return None,
    };
    Some(json!({"src": src, "alt": "", "height": cover.height, "mode": cover.size}))
}

/// The site as pages in this language name it.
fn site_value(site: &Site, language: &str) -> Value {
    let words = interface::words(language).map(|(name, text)| (name.to_string(), Value::from(text)));
    let logo = site.config.logo.as_ref().map(|logo| sidebar::path(&assets::published(site, logo)));
    let favicon = site.config.favicon.as_ref().map(|icon| sidebar::path(&assets::published(site, icon)));
    json!({
        "title": site_title(site),
        "description": site.config.description,
        "logo": logo,
        "favicon": favicon,
        "repository": site.config.git_repository_url,
        "t": words.collect::<serde_json::Map<_, _>>(),
    })
}
