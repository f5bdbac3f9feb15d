//! The frame around a body: a page's place in the site in, the values that the templates see out.

use super::{PRINTED, Renderer, icons, list, markdown_path, sidebar, style, switch, title_html};
use crate::html::escape;
use crate::page::Layout;
use crate::render::{encode, relative, text_direction};
use crate::search;
use crate::site::translation::{self, State};
use crate::site::{PageId, Site, SitePage, assets};
use crate::theme::{Error, Theme};
use crate::wording::{self, Wording};
use serde::Serialize;
use serde_json::{Value, json};

/// Up to this many pages, the list of all pages names their headings too.
const HEADINGS_LISTED: usize = 500;

/// What is the same on every page of a site, made once.
pub struct Shell {
    /// By space: each has the words of its language.
    site: Vec<Value>,
    /// The same as templates read it: one for all pages, since the words are many.
    read: Vec<tera::Value>,
    /// Which spaces are small enough for every page to carry the whole sidebar.
    whole: Vec<bool>,
    /// Which spaces have pages that search finds.
    searched: Vec<bool>,
    /// Which spaces are small enough for a document to print.
    printed: Vec<bool>,
    /// Which spaces have icons in their sidebar.
    pictured: Vec<bool>,
    /// Whether pages with rare blocks have a style sheet of their own.
    split: bool,
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
struct Original {
    url: String,
    lang: String,
}

/// Everything a template may use. `docs` in the book lists the fields for authors of themes.
#[derive(Serialize)]
struct View<'a> {
    #[serde(skip)]
    site: &'a tera::Value,
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
    noindex: bool,
    hidden: bool,
    /// The name of the theme's style sheet for this page.
    sheet: &'static str,
    styles: Vec<String>,
    scripts: Vec<String>,
    nav: String,
    nav_src: Option<String>,
    /// The style sheet with the icons of the sidebar.
    nav_icons: Option<String>,
    /// The script that searches the site, for a space that has something to find.
    search_src: Option<String>,
    /// The page that lists it, for readers without script.
    search_url: Option<String>,
    home: String,
    breadcrumbs: Vec<Link>,
    outline: Vec<OutlineItem>,
    previous: Option<Link>,
    next: Option<Link>,
    spaces: Vec<switch::SpaceLink>,
    /// The same page in other languages, by whole addresses.
    alternates: Vec<switch::Alternate>,
    tags: Vec<Value>,
    layout: Value,
    markdown_url: Option<String>,
    edit_url: Option<String>,
    print_url: Option<String>,
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
    pub fn new(site: &Site, theme: &Theme) -> Shell {
        let of_site: Vec<Value> = (0..site.spaces.len()).map(|space| site_value(site, space)).collect();
        Shell {
            read: of_site.iter().map(tera::Value::from_serializable).collect(),
            site: of_site,
            split: style::has_sections(theme),
            pictured: site.spaces.iter().map(|space| space.entries().any(|entry| entry.icon.is_some())).collect(),
            printed: site.page_counts().into_iter().map(|count| count > 0 && count <= PRINTED).collect(),
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
        view.print_url = self.printed[page.space].then(|| {
            format!(
                "{}#p{}",
                relative(&page.output, &super::in_space(&site.spaces[page.space].prefix, "print.html")),
                id.0
            )
        });
        view.updated = list::day(site, page, &renderer.updated).map(str::to_string);
        view.alternates = switch::alternates(site, id);
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
            "image": social_image(site, page, view.cover.as_ref()),
            "url": view.canonical,
            "type": "article",
        });
        render(renderer, "page.html", &view)
    }

    pub fn print(&self, renderer: &Renderer, space: usize, pages: Vec<Printed>) -> Result<String, Error> {
        let site = renderer.site;
        let output = super::in_space(&site.spaces[space].prefix, "print.html");
        let mut view = self.view(site, space, None, &output, "");
        view.sheet = self.whole_sheet();
        view.head_title = site.spaces[space].title.clone();
        view.pages = pages;
        render(renderer, "print.html", &view)
    }

    /// What the search says, by language and name.
    pub fn search_strings(&self, site: &Site) -> Value {
        let ours = |strings: &Value| {
            let all = strings.as_object().into_iter().flatten();
            let ours = all.filter(|(name, _)| name.starts_with("search") || *name == "close");
            Value::Object(ours.map(|(name, text)| (name.clone(), text.clone())).collect())
        };
        let spaces = site.spaces.iter().zip(&self.site);
        Value::Object(spaces.map(|(space, view)| (language(&space.language), ours(&view["t"]))).collect())
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
        view.sheet = self.whole_sheet();
        view.noindex = true;
        view.description = self.site[space]["description"].as_str();
        view.layout =
            layout(&Layout { no_outline: true, no_pagination: true, no_description: true, ..Layout::default() });
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
        view.og = json!({"title": title, "description": view.description, "image": site.pages.first().and_then(|page| social_image(site, page, None)), "url": list::base_url(site), "type": "website"});
        render(renderer, "page.html", &view)
    }

    /// The page that a host shows for an unknown address. It is served from any depth, so its links begin at the root.
    pub fn not_found(&self, renderer: &Renderer) -> Result<String, Error> {
        let site = renderer.site;
        let text = self.site[0]["t"]["not_found_text"].as_str().unwrap_or_default();
        let body = format!("<p>{}</p>", escape(text));
        let mut view = self.view(site, 0, None, "404.html", &body);
        view.root = renderer.base.clone();
        view.sheet = self.whole_sheet();
        view.nav_icons = view.nav_icons.map(|path| view.root.clone() + &path);
        view.nav_src = view.nav_src.map(|path| view.root.clone() + &path);
        view.nav = sidebar::sidebar(site, 0, None, &view.root, self.whole[0]);
        view.search_src = view.search_src.map(|_| view.root.clone() + search::TABLE);
        view.search_url = view.search_url.map(|url| view.root.clone() + &url);
        view.home = view.root.clone()
            + &site.spaces[0].home.map_or(String::new(), |home| sidebar::path(&site.page(home).output));
        view.spaces.iter_mut().for_each(|space| space.url = view.root.clone() + &space.url);
        view.head_title = site_title(site);
        render(renderer, "404.html", &view)
    }

    /// The name of the style sheet with the rules for all blocks.
    fn whole_sheet(&self) -> &'static str {
        style::SHEETS[if self.split { 2 } else { 0 }]
    }

    fn view<'a>(&'a self, site: &'a Site, space: usize, id: Option<PageId>, output: &str, body: &'a str) -> View<'a> {
        let root = "../".repeat(output.matches('/').count());
        let this = &site.spaces[space];
        let home =
            this.home.map_or_else(|| format!("{root}index.html"), |home| relative(output, &site.page(home).output));
        let additional = |paths: &[String]| {
            paths.iter().map(|path| root.clone() + &sidebar::path(&assets::published(site, path))).collect::<Vec<_>>()
        };
        View {
            site: &self.read[space],
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
            noindex: false,
            hidden: false,
            sheet: if self.split { style::of_page(body) } else { style::SHEETS[0] },
            styles: additional(&site.config.additional_css),
            scripts: additional(&site.config.additional_js),
            nav: sidebar::sidebar(site, space, id, &root, self.whole[space]),
            search_src: self.searched[space].then(|| root.clone() + search::TABLE),
            search_url: self.searched[space].then(|| relative(output, &super::in_space(&this.prefix, "search.html"))),
            nav_src: (!self.whole[space]).then(|| format!("{root}assets/nav-{space}.js")),
            nav_icons: self.pictured[space].then(|| root.clone() + &icons::path(space)),
            home,
            breadcrumbs: Vec::new(),
            outline: Vec::new(),
            previous: None,
            next: None,
            spaces: switch::links(site, id, space, output),
            alternates: Vec::new(),
            tags: Vec::new(),
            layout: layout(&Layout { no_outline: true, ..Layout::default() }),
            markdown_url: None,
            edit_url: None,
            print_url: None,
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
    let mut context = tera::Context::from_serialize(view).map_err(error)?;
    context.insert_value("site", view.site.clone());
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
pub fn language(language: &str) -> String {
    language.replace('_', "-")
}

fn head_title(site: &Site, title: &str, page: &SitePage) -> String {
    let space = &site.spaces[page.space];
    let own = site.config.spaces[space.config].book_title.as_deref();
    let site_title = own.or(site.config.title.as_deref()).unwrap_or(&space.title);
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

/// The visible trail for search engines. They want whole addresses, so without one of the site there are only names.
fn json_ld(site: &Site, page: &SitePage) -> Option<String> {
    if page.trail.is_empty() {
        return None;
    }
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
    let (src, size) = match site.target(page.file, cover.link)? {
        crate::site::Target::Asset { path, .. } => {
            let size = site.sources.assets().get(path).and_then(|asset| asset.dimensions);
            (relative(&page.output, &assets::published(site, path)), size)
        }
        crate::site::Target::External(url) => (crate::render::safe_url(url), None),
        _ => return None,
    };
    // A height of the author's own cuts the image; without one its proportions keep its place.
    let size = size.filter(|_| cover.height.is_none());
    let height = cover.height.or(size.map(|(_, height)| height));
    Some(json!({"src": src, "alt": "", "width": size.map(|(width, _)| width), "height": height, "mode": cover.size}))
}

/// The picture that other sites show beside a link: the page's cover, else the book's. They take no drawings.
fn social_image(site: &Site, page: &SitePage, cover: Option<&Value>) -> Option<String> {
    let base = list::base_url(site)?;
    let is_photo = |path: &&String| !path.to_ascii_lowercase().ends_with(".svg");
    let front = site.text(page.file).and_then(|text| text.front.cover.as_ref()).filter(|_| cover.is_some());
    let own = front.and_then(|cover| match site.target(page.file, cover.link)? {
        crate::site::Target::Asset { path, .. } => Some(path),
        _ => None,
    });
    let path = own.filter(is_photo).or_else(|| site.config.social_image.as_ref().filter(is_photo))?;
    Some(base + &sidebar::path(&assets::published(site, path)))
}

fn site_value(site: &Site, space: usize) -> Value {
    let published = |path: &Option<String>| path.as_ref().map(|path| sidebar::path(&assets::published(site, path)));
    let config = &site.config;
    let words = Wording::new(config, &site.spaces[space].language);
    let words = wording::names().iter().map(|name| (name.to_string(), Value::from(words.get(name))));
    let own = &config.spaces[site.spaces[space].config];
    json!({
        "title": own.book_title.clone().unwrap_or_else(|| site_title(site)),
        "description": own.book_description.as_ref().or(config.description.as_ref()),
        "logo": published(&config.logo),
        "logo_dark": published(&config.logo_dark),
        "favicon": published(&config.favicon),
        "repository": config.git_repository_url,
        "paper": [paper(site, 0), paper(site, 1)],
        "t": words.collect::<serde_json::Map<_, _>>(),
    })
}

/// The colour of the page in the light theme, or in the dark one.
pub fn paper(site: &Site, which: usize) -> String {
    let look = &site.config.look;
    let own = [&look.light, &look.dark][which].get("paper");
    own.map_or_else(|| super::style::theirs("paper", which).to_string(), |colour| colour.to_css_hex().to_string())
}
