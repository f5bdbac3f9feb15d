//! The links of a book to other sites: a site in; each address once, with all places and fragments, out.

use super::address::normal;
use crate::page::{Page, Role};
use crate::site::{Site, Target};
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet};

/// One address on the web, without its fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    pub url: String,
    /// In the order of files and places.
    pub places: Vec<Place>,
}

/// Where an address is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub span: Span,
    /// The address as meant.
    pub dest: String,
    /// Without `#`; empty where there is none.
    pub fragment: String,
    /// The bytes of the file are the address, so that another can take its place.
    pub literal: bool,
}

impl Address {
    /// What to look for on the page. `#top` and `#` are on every page; an address in a fragment is a script's concern.
    pub fn fragments(&self) -> BTreeSet<&str> {
        let all = self.places.iter().map(|place| wanted(&place.fragment));
        all.filter(|fragment| !fragment.is_empty()).collect()
    }
}

/// The element that a fragment asks for; empty where it asks for none that could be found in a page.
pub fn wanted(fragment: &str) -> &str {
    let element = fragment.split(":~:").next().unwrap_or_default();
    let scripted = element.starts_with(['/', '!']) || element.contains(['=', '&', '/']);
    if scripted || element.eq_ignore_ascii_case("top") { "" } else { element }
}

/// All links of published texts and of the tables of contents.
pub fn links(site: &Site) -> Vec<Address> {
    let mut all: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    let shown = site.shown_texts();
    for page in site.texts.iter().flatten() {
        let file = page.file;
        if shown[file.index()] {
            for (link, target) in page.links.iter().zip(&site.targets[file.index()]) {
                if let (Target::External(address), true) = (target, link.role != Role::Include) {
                    add(&mut all, site, page, link, address);
                }
            }
        }
    }
    for file in site.config.spaces.iter().filter_map(|space| space.summary) {
        if let Some(page) = site.text(file).filter(|_| !shown[file.index()]) {
            page.links.iter().for_each(|link| add(&mut all, site, page, link, &link.dest));
        }
    }
    let address = |(url, mut places): (String, Vec<Place>)| {
        places.sort_by_key(|place| place.span);
        places.dedup();
        Address { url, places }
    };
    all.into_iter().map(address).collect()
}

fn add(all: &mut BTreeMap<String, Vec<Place>>, site: &Site, page: &Page, link: &crate::page::Link, address: &str) {
    let Some((url, fragment)) = normal(address) else { return };
    let span = page.link_span(link);
    let literal = site.sources[span] == *link.dest;
    let place = Place { span, dest: link.dest.to_string(), fragment: fragment.to_string(), literal };
    all.entry(url).or_default().push(place);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Source, Sources};

    #[test]
    fn fragments_that_a_page_can_have() {
        for (fragment, expected) in [
            ("install", "install"),
            ("install:~:text=x", "install"),
            (":~:text=x", ""),
            ("top", ""),
            ("/route", ""),
            ("!x", ""),
            ("page=3", ""),
        ] {
            assert_eq!(wanted(fragment), expected);
        }
    }

    #[test]
    fn an_address_is_listed_once() {
        let texts = [
            ("README.md", "# A\n[a](https://a.b#x) <https://A.b> ![i](//a.b/i.png) [m](mailto:a@b.c)\n`https://c.d`\n"),
            ("SUMMARY.md", "* [A](README.md)\n* [B](b.md)\n* [C](https://e.f/)\n"),
            ("b.md", "# B\n\n| a |\n| - |\n| [a](https://a.b/#y) |\n"),
            ("hidden.md", "[a](https://g.h)\n"),
        ];
        let source = |(path, text): (&str, &str)| Source { path: path.into(), text: text.into(), invalid: None };
        let site = crate::book::site(Sources::new(texts.map(source), Default::default()));
        let found: Vec<(String, usize, Vec<String>)> = links(&site)
            .iter()
            .map(|a| (a.url.clone(), a.places.len(), a.fragments().iter().map(|f| f.to_string()).collect()))
            .collect();
        let texts = |all: &[&str]| all.iter().map(|text| text.to_string()).collect::<Vec<_>>();
        assert_eq!(
            found,
            [
                ("https://a.b/".to_string(), 3, texts(&["x", "y"])),
                ("https://a.b/i.png".to_string(), 1, texts(&[])),
                ("https://e.f/".to_string(), 1, texts(&[])),
            ]
        );
    }
}
