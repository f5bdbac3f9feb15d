//! Links and cards: a target of the site in, an address relative to the page out.

use super::Body;
use crate::page::NodeId;
use crate::site::{Found, PageId, Target};

/// What a link shows of its target, wherever it is shown.
pub struct Card {
    pub href: Option<String>,
    pub title: String,
    pub description: Option<String>,
    pub icon: Option<String>,
    pub external: bool,
    /// Of title and description, where it is another than the page's.
    pub language: Option<String>,
    /// The element that plays the target, a recording on another site, once a reader asks for it.
    pub play: Option<&'static str>,
}

/// The path of `to` as seen from the file `from`; both are paths in the output folder.
pub fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let same = from[..from.len() - 1].iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    let mut path = "../".repeat(from.len() - 1 - same);
    path.push_str(&to[same..].iter().map(|part| encode(part)).collect::<Vec<_>>().join("/"));
    path
}

/// The path of `to` as seen from `from`, as an author writes it: nothing is encoded.
pub fn plain_relative(from: &str, to: &str) -> String {
    let common = from.split('/').zip(to.split('/')).take_while(|(a, b)| a == b).count();
    let common = common.min(to.split('/').count() - 1).min(from.split('/').count() - 1);
    let up = "../".repeat(from.split('/').count() - 1 - common);
    up + &to.split('/').skip(common).collect::<Vec<_>>().join("/")
}

/// Percent-encodes what cannot stand in a path segment of a URL; letters of all scripts are encoded as UTF-8.
pub fn encode(segment: &str) -> String {
    let mut out = String::with_capacity(segment.len());
    for byte in segment.bytes() {
        match byte {
            b'a'..=b'z'
            | b'A'..=b'Z'
            | b'0'..=b'9'
            | b'-'
            | b'.'
            | b'_'
            | b'~'
            | b'!'
            | b'$'
            | b'('
            | b')'
            | b'*'
            | b'+'
            | b','
            | b';'
            | b'='
            | b'@' => out.push(byte as char),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

impl<'a> Body<'a> {
    /// The address of a link of the text being rendered; `None` when it leads nowhere.
    pub fn href(&self, link: u32) -> Option<String> {
        match self.target(link)? {
            Target::Page { page, anchor, .. } => {
                // An alias of the title is the empty id: it leads to the top of the page.
                let anchor = anchor.as_ref().map_or("", |anchor| &anchor.id);
                Some(self.place(*page, anchor))
            }
            Target::Here { anchor } => Some(self.place(self.host, self.here(anchor))),
            Target::Asset { path, suffix, .. } => {
                Some(relative(&self.output, &crate::site::assets::published(self.site, path)) + suffix)
            }
            Target::External(url) => Some(safe_url(url)),
            Target::Removed | Target::Miss(_) => None,
        }
    }

    pub fn target(&self, link: u32) -> Option<&'a Target> {
        self.site.target(self.page.file, link)
    }

    /// An anchor written in an included text may be a place of the page that includes it.
    fn here(&self, anchor: &'a str) -> &'a str {
        crate::site::anchors::find(self.this(), anchor).0.unwrap_or(anchor)
    }

    /// The address of a place on a page; the page's top for the empty id.
    pub fn place(&self, page: PageId, anchor: &str) -> String {
        let to = self.site.page(page);
        match anchor {
            "" if self.print && to.space == self.this().space && !to.hidden => format!("#p{}", page.0),
            id if self.print && to.space == self.this().space && !to.hidden => format!("#p{}-{id}", page.0),
            "" if page == self.host => "#_main".to_string(),
            id if page == self.host => format!("#{id}"),
            "" => relative(&self.output, &to.output),
            id => format!("{}#{id}", relative(&self.output, &to.output)),
        }
    }

    /// Text that leads somewhere. Text of a link to nothing stays, without the link.
    pub(super) fn link(&mut self, link: u32, id: NodeId) {
        let role = self.page.links[link as usize].role;
        if role == crate::page::Role::Mention
            && let Some(card) = self.card(link).filter(|card| !card.external && card.href.is_some())
        {
            let href = card.href.unwrap_or_default();
            if self.html.interactive() {
                return self.html.text(&card.title);
            }
            return self.html.element("a", &[("class", "mention"), ("href", &href)], &card.title);
        }
        match self.href(link) {
            // A link cannot stand in a link.
            Some(_) if self.html.interactive() => self.children(id),
            Some(href) => {
                let external = matches!(self.target(link), Some(Target::External(_)));
                let class: &[(&str, &str)] = if external { &[("class", "external")] } else { &[] };
                let language = self.target(link).and_then(|target| self.foreign(target));
                let language = language.as_deref().map(|tag| ("hreflang", tag));
                let attrs: Vec<(&str, &str)> =
                    class.iter().copied().chain([("href", &*href)]).chain(language).collect();
                // A link without words is there to be followed all the same, unless it is a heading's mark for itself.
                let empty = self.page.children(id).next().is_none();
                match self.card(link).filter(|_| empty && !matches!(self.target(link), Some(Target::Here { .. }))) {
                    Some(card) => self.html.element("a", &attrs, &card.title),
                    None => self.wrap("a", &attrs, id),
                }
            }
            None => self.children(id),
        }
    }

    /// The language of a page that speaks another than the page being written.
    fn foreign(&self, target: &Target) -> Option<String> {
        let Target::Page { page, .. } = target else { return None };
        let theirs = &self.site.spaces[self.site.page(*page).space].language;
        (theirs != self.language()).then(|| theirs.replace('_', "-"))
    }

    /// What a card for a link shows: the target's own title, description and icon.
    pub fn card(&self, link: u32) -> Option<Card> {
        let target = self.target(link)?;
        let href = self.href(link);
        let dest = &*self.page.links[link as usize].dest;
        let language = self.foreign(target);
        let card = |title: String, external| Card {
            href: href.clone(),
            title,
            description: None,
            icon: None,
            external,
            language: language.clone(),
            play: None,
        };
        Some(match target {
            Target::Page { page, anchor, .. } => {
                let page = self.site.page(*page);
                let heading = anchor
                    .as_ref()
                    .filter(|a| a.found != Found::No { near: None })
                    .and_then(|anchor| page.anchors.iter().find(|a| a.id == anchor.id).map(|a| a.text.clone()));
                Card {
                    description: heading.is_none().then(|| page.description.clone()).flatten(),
                    icon: page.icon.clone(),
                    ..card(heading.unwrap_or_else(|| page.label.clone()), false)
                }
            }
            Target::Here { anchor } => {
                let (id, _) = crate::site::anchors::find(self.this(), anchor);
                let text = self.this().anchors.iter().find(|a| Some(&*a.id) == id).map(|a| a.text.clone());
                card(text.unwrap_or_else(|| anchor.clone()), false)
            }
            Target::Asset { path, .. } => card(path.rsplit('/').next().unwrap_or(path).to_string(), false),
            Target::External(url) => card(host_and_path(url), true),
            Target::Removed | Target::Miss(_) => card(dest.to_string(), false),
        })
    }

    /// Writes a card. `label` stands in for the title where the target has none of its own.
    pub fn write_card(&mut self, card: &Card, label: Option<&str>) {
        let class = match &card.href {
            None => "ref broken",
            Some(_) if card.external => "ref external",
            Some(_) => "ref",
        };
        self.html.open("div", &[("class", class)]);
        match card.href.as_deref().filter(|_| !self.html.interactive()) {
            Some(href) => {
                let language = card.language.iter().flat_map(|tag| [("lang", &**tag), ("hreflang", &**tag)]);
                let play = card.play.map(|player| ("data-play", player));
                self.html.open("a", &[("href", href)].into_iter().chain(language).chain(play).collect::<Vec<_>>());
            }
            None => self.html.open("span", &[("class", "ref-target")]),
        }
        let icon = match card {
            Card { play: Some(_), .. } => "circle-play",
            Card { external: true, .. } => "globe",
            _ => "file-lines",
        };
        match &card.icon {
            Some(icon) => self.icon(icon, None),
            None => self.theme_icon(icon),
        }
        self.html.open("span", &[("class", "ref-text")]);
        self.html.element("span", &[("class", "ref-title")], label.unwrap_or(&card.title));
        if let Some(description) = &card.description {
            self.html.raw(" ");
            self.html.element("span", &[("class", "ref-description")], description);
        }
        for _ in 0..3 {
            self.html.close();
        }
        self.html.newline();
    }

    /// A card for a page.
    pub fn page_card(&mut self, page: PageId) {
        let target = self.site.page(page);
        let card = Card {
            href: Some(self.place(page, "")),
            title: target.label.clone(),
            description: target.description.clone(),
            icon: target.icon.clone(),
            external: false,
            language: None,
            play: None,
        };
        self.write_card(&card, None);
    }
}

/// An address of another site as it may stand in a page: what runs as a program is taken away, spaces are encoded.
pub fn safe_url(url: &str) -> String {
    let url = url.trim();
    let scheme: String =
        url.chars().take_while(|c| *c != ':').filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    if ["javascript", "vbscript", "data"].contains(&&*scheme.to_ascii_lowercase()) && !url.starts_with("data:image/") {
        return "#".to_string();
    }
    url.replace(' ', "%20").replace('\n', "")
}

/// `example.com/a/b` for an address: what a card shows of a page that cannot be looked at.
pub fn host_and_path(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.trim_start_matches("www.").trim_end_matches('/').to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_relative() {
        for (from, to, expected) in [
            ("index.html", "a.html", "a.html"),
            ("a/b.html", "a/c.html", "c.html"),
            ("a/b.html", "c.html", "../c.html"),
            ("a/b/c.html", "a/d/e f (1).png", "../d/e%20f%20(1).png"),
            ("a/b.html", "a/index.html", "index.html"),
            ("a.html", "a/图.png", "a/%E5%9B%BE.png"),
        ] {
            assert_eq!(relative(from, to), expected);
        }
        for (url, expected) in
            [("https://a b", "https://a%20b"), (" java\nscript:x", "#"), ("data:image/png;x", "data:image/png;x")]
        {
            assert_eq!(safe_url(url), expected);
        }
    }
}
