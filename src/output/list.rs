//! Files that list the site: its map, redirects, and the texts for language models.

use super::{markdown_path, sidebar};
use crate::config::Redirect;
use crate::html::escape;
use crate::render::relative;
use crate::site::resolve::{self, join};
use crate::site::{PageId, Site, SitePage};
use crate::slug::LONGEST_SEGMENT;

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
    Some(base_url(site)? + &sidebar::path(&page.output).trim_end_matches("index.html").replace(".html", ""))
}

pub fn sitemap(site: &Site) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in site.pages.iter().filter(|page| !page.hidden && !no_robots(site, page)) {
        if let Some(url) = canonical(site, page) {
            xml.push_str(&format!("<url><loc>{}</loc></url>\n", escape(&url)));
        }
    }
    xml + "</urlset>\n"
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

/// A page's Markdown: the text after the front matter, under its title.
pub fn markdown(site: &Site, id: PageId) -> String {
    let page = site.page(id);
    let Some(text) = site.text(page.file) else { return String::new() };
    let body = site.sources.text(page.file)[text.front.end as usize..].trim_start_matches(['\u{feff}', '\n', '\r']);
    let mut out = String::with_capacity(body.len() + 64);
    if page.title_node.is_none() {
        out.push_str(&format!("# {}\n\n", page.title));
    }
    out.push_str(body);
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

/// The redirects of all spaces: the file that is written, and the path in the output folder that it leads to. A live
/// page at the old address wins, and a target that does not exist makes no redirect.
pub fn redirects(site: &Site) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for space in &site.spaces {
        for redirect in &site.config.spaces[space.config].redirects {
            let Some(target) = redirect_target(site, &space.dir, redirect) else { continue };
            let Some(from) = redirect_path(&space.prefix, &redirect.from) else { continue };
            found.push((from, target));
        }
    }
    found
}

fn redirect_path(prefix: &str, from: &str) -> Option<String> {
    let from = join(prefix, from.split(['?', '#']).next()?.trim_start_matches('/'))?;
    let from = from.trim_end_matches(".html").trim_end_matches(".md");
    // No browser asks for a name that no file system has.
    let has_file = !from.is_empty() && from.split('/').all(|part| part.len() <= LONGEST_SEGMENT);
    has_file.then(|| format!("{from}.html"))
}

/// The file in the output folder that a redirect's target means.
pub fn redirect_target(site: &Site, dir: &str, redirect: &Redirect) -> Option<String> {
    let (path, _, fragment) = resolve::split(&redirect.to);
    let path = join(dir, path.trim_start_matches('/'))?;
    let candidates =
        [path.clone(), format!("{path}.md"), format!("{path}/README.md").trim_start_matches('/').to_string()];
    let page = candidates.iter().find_map(|path| site.page_of.get(&site.sources.find(path)?))?;
    let output = site.page(*page).output.clone();
    Some(if fragment.is_empty() { output } else { format!("{output}#{fragment}") })
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
    redirects(site)
        .into_iter()
        .map(|(from, to)| {
            let from = from.trim_end_matches(".html").to_string();
            format!("{base}{} {base}{} 301\n", sidebar::path(&from), sidebar::path(&to).replace("%23", "#"))
        })
        .collect()
}
