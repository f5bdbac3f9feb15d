//! The updates of a page as an Atom feed (RFC 4287).

use super::list;
use crate::blocks::updates::day;
use crate::html::escape;
use crate::page::{Kind, NodeId, Page, Tag};
use crate::site::{PageId, Site};

/// Whether the page has dated updates.
pub fn has_updates(site: &Site, id: PageId) -> bool {
    site.text(site.page(id).file).is_some_and(|page| page.tags.iter().any(|tag| update_day(tag).is_some()))
}

/// The day of a dated update.
fn update_day(tag: &Tag) -> Option<(u32, u32, u32)> {
    tag.attr("date").filter(|_| &*tag.name == "update").and_then(day)
}

/// The file of a page's feed.
pub fn path(output: &str) -> String {
    format!("{}.xml", output.strip_suffix(".html").unwrap_or(output))
}

/// The dated updates of a text: the node and its day.
fn updates(page: &Page) -> Vec<(NodeId, String)> {
    let mut found = Vec::new();
    for (id, node) in page.nodes.iter().enumerate() {
        if let Kind::Tag(tag) = node.kind
            && let Some((year, month, date)) = update_day(&page.tags[tag as usize])
        {
            found.push((id as NodeId, format!("{year:04}-{month:02}-{date:02}")));
        }
    }
    found
}

/// The feed. Ids are tag URIs made from address and day, so that they stay when the text is corrected.
pub fn atom(site: &Site, id: PageId) -> String {
    let this = site.page(id);
    let Some(page) = site.text(this.file) else { return String::new() };
    let source = site.sources.text(this.file);
    let entries = updates(page);
    let home = list::canonical(site, this);
    let name = home.clone().unwrap_or_else(|| format!("urn:proofpress:{}", this.route));
    let newest = entries.iter().map(|(_, day)| &**day).max().unwrap_or("1970-01-01");
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<title>{}</title>\n<id>{}</id>\n<updated>{newest}T00:00:00Z</updated>\n<author><name>{}</name></author>\n",
        escape(&this.title),
        escape(&name),
        escape(&super::shell::site_title(site)),
    );
    if let Some(home) = &home {
        let feed = list::base_url(site).unwrap_or_default() + &super::sidebar::path(&path(&this.output));
        xml.push_str(&format!("<link href=\"{}\"/>\n<link rel=\"self\" href=\"{}\"/>\n", escape(home), escape(&feed)));
    }
    for (n, (node, day)) in entries.iter().enumerate() {
        let heading = page.headings.iter().find(|h| h.node > *node && h.node < page.node(*node).next);
        let title = heading.map_or_else(|| day.clone(), |heading| heading.text.to_string());
        let blocks = page.children(*node).filter(|child| heading.is_none_or(|heading| heading.node != *child));
        let words = blocks.map(|block| page.words(source, block)).collect::<Vec<_>>().join(" ");
        let words: Vec<&str> = words.split_whitespace().collect();
        xml.push_str(&format!(
            "<entry>\n<title>{}</title>\n<id>{}#{day}-{n}</id>\n<updated>{day}T00:00:00Z</updated>\n<summary>{}</summary>\n</entry>\n",
            escape(&title),
            escape(&name),
            escape(&words.join(" ")),
        ));
    }
    xml + "</feed>\n"
}
