//! Files that list the site: its map, redirects, and the texts for language models.

use super::{Days, markdown_path, sidebar};
use crate::blocks::schema;
use crate::html::escape;
use crate::render::relative;
use crate::site::{PageId, Site, SitePage, bare, resolve};

/// The site's address with a slash at the end, when the book names it.
pub fn base_url(site: &Site) -> Option<String> {
    site.config
        .site_url
        .as_ref()
        .filter(|url| resolve::is_external(url))
        .map(|url| format!("{}/", url.trim_end_matches('/')))
}

/// The path under which the site is served: `/` or `/docs/`.
pub fn base_path(site: &Site) -> String {
    let url = site.config.site_url.as_deref().unwrap_or("/");
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |at| &rest[at..]),
        None => url,
    };
    format!("/{}/", path.trim_matches('/')).replace("//", "/")
}

/// The public address of a page: without `index.html`, and without `.html` as hosts serve it.
pub fn canonical(site: &Site, page: &SitePage) -> Option<String> {
    let slash = if page.output.ends_with("/index.html") { "/" } else { "" };
    Some(base_url(site)? + &sidebar::path(bare(&page.output)) + slash)
}

pub fn sitemap(site: &Site, updated: &Days) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in site.pages.iter().filter(|page| !page.hidden && !no_robots(site, page)) {
        if let Some(url) = canonical(site, page) {
            let day = day(site, page, updated).map(|day| format!("<lastmod>{day}</lastmod>")).unwrap_or_default();
            xml.push_str(&format!("<url><loc>{}</loc>{day}</url>\n", escape(&url)));
        }
    }
    xml + "</urlset>\n"
}

/// The day of a page's last change. Nothing where one of its texts has no day: whatever is said has to be true.
pub fn day<'a>(site: &Site, page: &SitePage, updated: &'a Days) -> Option<&'a str> {
    let days = page.frames.iter().map(|frame| updated.get(site.sources.path(frame.file)));
    days.collect::<Option<Vec<_>>>()?.into_iter().max().map(|day| &**day)
}

pub fn no_robots(site: &Site, page: &SitePage) -> bool {
    site.text(page.file).is_some_and(|text| text.front.no_robots_index)
}

pub fn robots(site: &Site) -> String {
    match base_url(site) {
        Some(base) => format!("User-agent: *\nAllow: /\n\nSitemap: {base}sitemap.xml\n"),
        None => "User-agent: *\nAllow: /\n".to_string(),
    }
}

/// A page's Markdown: the text after the front matter, under its title. Tables of fields stand in it as tables.
pub fn markdown(site: &Site, id: PageId) -> String {
    let page = site.page(id);
    let Some(text) = site.text(page.file) else { return String::new() };
    let source = site.sources.text(page.file);
    let body = source[text.front.end as usize..].trim_start_matches(['\u{feff}', '\n', '\r']);
    let mut out = String::with_capacity(body.len() + 64);
    if page.title_node.is_none() {
        out.push_str(&format!("# {}\n\n", page.title));
    }
    let start = source.len() - body.len();
    let mut at = start;
    for tag in &text.tags {
        let (from, to) = (tag.start as usize, tag.end as usize);
        // In a list or quote a table would need the marks of its lines.
        let alone = from >= at && (from == start || source[..from].ends_with('\n'));
        if let Some(table) = alone.then(|| schema::markdown(text, tag)).flatten() {
            out.push_str(&source[at..from]);
            out.push_str(table.trim_end());
            at = to;
        }
    }
    out.push_str(&source[at..]);
    if !out.ends_with('\n') {
        out.push('\n');
    }
    out
}

/// The list of pages that `llms.txt` asks for.
pub fn llms(site: &Site) -> String {
    let base = base_url(site).unwrap_or_default();
    let mut out = format!("# {}\n", super::shell::site_title(site));
    if let Some(description) = &site.config.description {
        out.push_str(&format!("\n> {description}\n"));
    }
    for (index, space) in site.spaces.iter().enumerate() {
        out.push_str(&format!("\n## {}\n\n", space.title));
        for page in site.pages.iter().filter(|page| page.space == index && !page.hidden) {
            let url = format!("{base}{}", sidebar::path(&markdown_path(&page.output)));
            out.push_str(&format!("- [{}]({url})", page.title));
            if let Some(description) = &page.description {
                out.push_str(&format!(": {}", description.split_whitespace().collect::<Vec<_>>().join(" ")));
            }
            out.push('\n');
        }
    }
    out
}

/// Every page's Markdown, one after the other.
pub fn llms_full(site: &Site) -> String {
    let mut out = String::new();
    for id in site.page_ids().filter(|id| !site.page(*id).hidden) {
        if !out.is_empty() {
            out.push_str("\n---\n\n");
        }
        out.push_str(&markdown(site, id));
    }
    out
}

/// A page that leads on to an address, for hosts without redirects and for opening from a folder.
pub fn redirect(site: &Site, to: &str) -> String {
    let title = escape(&super::shell::site_title(site));
    let to = escape(to);
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <meta http-equiv=\"refresh\" content=\"0; url={to}\">\n<meta name=\"robots\" content=\"noindex\">\n\
         </head>\n<body>\n<p><a href=\"{to}\">{to}</a></p>\n</body>\n</html>\n",
        escape(&site.config.language.replace('_', "-"))
    )
}

/// The address of a redirect's target as seen from the redirect's own file.
pub fn redirect_href(from: &str, to: &str) -> String {
    match to.split_once('#') {
        Some((path, fragment)) => format!("{}#{fragment}", relative(from, path)),
        None => relative(from, to),
    }
}

/// All redirects in the form that static hosts read (`/from /to 301`).
pub fn redirects_file(site: &Site) -> String {
    let base = base_path(site);
    site.redirects
        .iter()
        .map(|(from, to)| {
            let from = from.strip_suffix(".html").unwrap_or(from);
            format!("{base}{} {base}{} 301\n", sidebar::path(from), sidebar::path(to).replace("%23", "#"))
        })
        .collect()
}
