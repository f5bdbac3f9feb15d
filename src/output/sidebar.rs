//! The sidebar: a space's navigation and a page in, the part of the tree around the page out.
//!
//! A small book's pages carry the whole tree. In a large one a page carries the top and its own branch; a script
//! fetches the other branches once, when a reader opens one. So pages do not grow with the book.

use crate::html::Html;
use crate::render::{encode, safe_url};
use crate::site::{NavEntry, NavKind, PageId, Site, anchors, assets};
use crate::wording::Wording;

/// Up to this many pages every page carries the whole tree.
pub const WHOLE: usize = 120;

/// Of a longer row of entries a page carries this many on each side of its own.
const AROUND: usize = 20;

struct Writer<'a> {
    site: &'a Site,
    html: Html,
    /// Prefix of every address: the way from the page to the site's root.
    root: &'a str,
    current: Option<PageId>,
    open: &'a [u32],
    whole: bool,
    wording: Wording<'a>,
}

/// The sidebar of `space` as seen from a page. `root` leads from the page to the site's root; `whole` says whether the
/// space is small enough for every page to carry all of it.
pub fn sidebar(site: &Site, space: usize, current: Option<PageId>, root: &str, whole: bool) -> String {
    let open = current.map_or(&[][..], |page| &site.page(page).branch);
    let wording = Wording::new(&site.config, &site.spaces[space].language);
    let mut writer = Writer { site, html: Html::default(), root, current, open, whole, wording };
    writer.level(&site.spaces[space].nav);
    writer.html.finish()
}

/// The script with all branches of a space: calls the theme with a map from branch to HTML.
pub fn script(site: &Site, space: usize) -> String {
    let wording = Wording::new(&site.config, &site.spaces[space].language);
    let mut branches = serde_json::Map::new();
    for entry in site.spaces[space].entries().filter(|entry| !entry.children.is_empty()) {
        let mut writer =
            Writer { site, html: Html::default(), root: "", current: None, open: &[], whole: false, wording };
        writer.list("ul", &[], &entry.children);
        branches.insert(entry.id.to_string(), writer.html.finish().into());
    }
    format!("proofpressNav({});\n", serde_json::Value::Object(branches))
}

impl<'a> Writer<'a> {
    /// Entries of the first level: groups with their titles between lists. In a large book the groups around the
    /// page's own are closed.
    fn level(&mut self, entries: &'a [NavEntry]) {
        let rows: usize = entries.iter().map(|entry| 1 + if is_group(entry) { entry.children.len() } else { 0 }).sum();
        let close = !self.whole && rows > 3 * AROUND;
        let mut rest = entries;
        while let Some(first) = rest.first() {
            let closed =
                |entry: &NavEntry| close && is_group(entry) && !entry.children.iter().any(|child| self.is_here(child));
            let length = match first {
                first if closed(first) => rest.iter().take_while(|entry| closed(entry)).count(),
                first if is_group(first) => 1,
                _ => rest.iter().take_while(|entry| !is_group(entry)).count(),
            };
            let shut = closed(first);
            if is_group(first) && !shut {
                self.html.element("p", &[("class", "nav-group")], &first.title);
                self.html.newline();
                self.list("ul", &[("class", "nav-list")], &first.children);
            } else {
                // Of many closed groups those next to the open one are carried.
                let after = shut && rest.len() < entries.len();
                let row = &rest[..length];
                let kept = if shut && length > AROUND { AROUND } else { length };
                let (left_out, kept) =
                    if after { (&row[kept..], &row[..kept]) } else { (&row[..length - kept], &row[length - kept..]) };
                if !left_out.is_empty() && !after {
                    self.more_row(left_out, true);
                }
                self.list("ul", &[("class", "nav-list")], kept);
                if !left_out.is_empty() && after {
                    self.more_row(left_out, false);
                }
            }
            rest = &rest[length..];
        }
    }

    fn more_row(&mut self, left_out: &'a [NavEntry], before: bool) {
        self.html.open("ul", &[("class", "nav-list")]);
        self.more(&left_out.iter().collect::<Vec<_>>(), before);
        self.html.close();
    }

    fn list(&mut self, name: &'static str, attrs: &[(&str, &str)], entries: &'a [NavEntry]) {
        let shown: Vec<&NavEntry> = entries.iter().filter(|entry| !self.hidden(entry)).collect();
        if shown.is_empty() {
            return;
        }
        self.html.open(name, attrs);
        let (from, to) = self.window(&shown);
        if from > 0 {
            self.more(&shown[..from], true);
        }
        for entry in &shown[from..to] {
            self.entry(entry);
        }
        if to < shown.len() {
            self.more(&shown[to..], false);
        }
        self.html.close();
        self.html.newline();
    }

    /// The part of a long row that a page carries.
    fn window(&self, shown: &[&NavEntry]) -> (usize, usize) {
        if self.whole || shown.len() <= 3 * AROUND {
            return (0, shown.len());
        }
        let here = shown.iter().position(|entry| self.is_here(entry)).unwrap_or(0);
        (here.saturating_sub(AROUND), (here + AROUND + 1).min(shown.len()))
    }

    fn is_here(&self, entry: &NavEntry) -> bool {
        self.open.contains(&entry.id) || matches!(entry.kind, NavKind::Page(page) if Some(page) == self.current)
    }

    /// The entries that a long row leaves out: a link to the nearest of them, from where the row goes on.
    fn more(&mut self, left_out: &[&NavEntry], before: bool) {
        let nearest = if before {
            left_out.iter().rev().find_map(|e| self.address(e))
        } else {
            left_out.iter().find_map(|e| self.address(e))
        };
        let text = self.wording.with("more_pages", "count", &left_out.len().to_string());
        self.html.open("li", &[("class", "nav-more")]);
        match nearest {
            Some(href) => self.html.element("a", &[("href", &href)], &text),
            None => self.html.element("span", &[("class", "nav-label")], &text),
        }
        self.html.close();
    }

    /// The first page below an entry that has none of its own.
    fn first_page(&self, entry: &NavEntry) -> Option<String> {
        entry.children.iter().find_map(|child| self.address(child).or_else(|| self.first_page(child)))
    }

    fn hidden(&self, entry: &NavEntry) -> bool {
        matches!(entry.kind, NavKind::Page(page) | NavKind::Anchor(page, _) if self.site.page(page).hidden)
            && !self.is_here(entry)
    }

    fn entry(&mut self, entry: &'a NavEntry) {
        let children = entry.children.iter().any(|child| !self.hidden(child));
        let open = children && (self.open.contains(&entry.id));
        self.html.open("li", if open { &[("class", "open")] } else { &[] });
        if !children {
            self.label(entry);
        } else {
            let here = open || self.whole;
            let id = entry.id.to_string();
            let name = self.wording.with("subpages", "title", &entry.title);
            self.html.open("div", &[("class", "nav-row")]);
            self.label(entry);
            let mut attrs = vec![
                ("type", "button"),
                ("class", "nav-toggle"),
                ("aria-expanded", if open { "true" } else { "false" }),
                ("aria-label", &*name),
            ];
            if !here {
                attrs.push(("data-branch", &id));
            }
            self.html.element("button", &attrs, "");
            self.html.close();
            if here {
                self.list("ul", &[], &entry.children);
            }
        }
        self.html.close();
        self.html.newline();
    }

    fn label(&mut self, entry: &NavEntry) {
        let icon = entry.icon.as_deref();
        match self.address(entry) {
            Some(href) => {
                let mut attrs = vec![("href", &*href)];
                if matches!(entry.kind, NavKind::External(_)) {
                    attrs.push(("class", "external"));
                }
                if matches!(entry.kind, NavKind::Page(page) if Some(page) == self.current) {
                    attrs.push(("aria-current", "page"));
                }
                self.html.open("a", &attrs);
            }
            None => self.html.open("span", &[("class", "nav-label")]),
        }
        if let Some(icon) = icon {
            let class = format!("icon i-{}", crate::render::icon_name(icon));
            self.html.element("span", &[("class", &class), ("aria-hidden", "true")], "");
        }
        self.html.text(&entry.title);
        self.html.close();
    }

    fn address(&self, entry: &NavEntry) -> Option<String> {
        Some(match &entry.kind {
            NavKind::Page(page) => self.root.to_string() + &path(&self.site.page(*page).output),
            NavKind::Anchor(page, anchor) => {
                let page = self.site.page(*page);
                let href = self.root.to_string() + &path(&page.output);
                match anchors::find(page, anchor).0 {
                    Some(id) if !id.is_empty() => format!("{href}#{id}"),
                    _ => href,
                }
            }
            NavKind::Asset(asset) => self.root.to_string() + &path(&assets::published(self.site, asset)),
            NavKind::External(url) => safe_url(url),
            NavKind::Group => return self.first_page(entry),
            NavKind::Label => return None,
        })
    }
}

fn is_group(entry: &NavEntry) -> bool {
    matches!(entry.kind, NavKind::Group)
}

/// A path with every segment encoded.
pub fn path(path: &str) -> String {
    if path.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'_' | b'.')) {
        return path.to_string();
    }
    path.split('/').map(encode).collect::<Vec<_>>().join("/")
}
