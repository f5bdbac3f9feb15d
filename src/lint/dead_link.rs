//! Links lead to something.

use super::{Check, Rule, Sink, as_written, meant};
use crate::config::nearest::alike;
use crate::diagnostic::{Fix, Severity};
use crate::page::cards::{Card, cards};
use crate::page::{Kind, Link, Page, Role};
use crate::site::assets::decoded;
use crate::site::{Found, Miss, Site, Target, anchors, resolve};

pub const RULE: Rule = Rule {
    name: "dead-link",
    severity: Severity::Error,
    off: false,
    about: "A link to a page, file or folder that does not exist. A reader gets plain text in its place.",
    wrong: "[Guide](giude.md)",
    right: "[Guide](guide.md)",
    check: Check::Text(check),
};

fn check(site: &Site, page: &Page, out: &mut Sink) {
    let cards = cards(page);
    for (link, target) in page.links.iter().zip(&site.targets[page.file.index()]) {
        let card = Card::near(&cards, link);
        if link.role != Role::Include && !card.is_some_and(|card| card.label.contains(&link.start)) {
            let card = card.filter(|card| card.tag.contains(&link.start));
            report(site, page, link, target, card.and_then(|card| said(site, page, card)), out);
        }
    }
}

/// `label` is where the label of a card leads that has this link for its address.
fn report(site: &Site, page: &Page, link: &Link, target: &Target, label: Option<&Link>, out: &mut Sink) {
    let span = page.link_span(link);
    let dest = &link.dest;
    match target {
        // GitBook writes it into API blocks whose specification is on its servers.
        Target::Removed if in_api_block(page, link) => {}
        Target::Removed => {
            let found = out.report(span, format!("`{dest}` is GitBook's mark for a page that was deleted"));
            found.help = Some("link to the page that took its place, or remove the link".to_string());
            // Such a mark may have the name of the page.
            found.cause = dest.starts_with("/broken/pages/").then(|| dest.to_string());
        }
        Target::Miss(Miss::NoFile { near }) => {
            let found = out.report(span, format!("`{dest}` does not exist"));
            found.cause = meant(site, page, dest);
            if let Some(label) = label {
                found.help = Some(format!("did you mean `{}`, where the label leads?", label.dest));
                found.labels.push((page.link_span(label), "the label, which a reader does not see".to_string()));
                return;
            }
            let dot = if dest.starts_with("./") { "./" } else { "" };
            let beside = |near: &str| if near.starts_with('.') { String::new() } else { dot.to_string() };
            let near = elsewhere(dest).or_else(|| {
                let near = resolve::written(near.as_ref()?);
                Some(beside(&near) + &near + rest(dest))
            });
            found.help = Some(match &near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "correct the address, or add the file".to_string(),
            });
            let same = |near: &String| elsewhere(dest).is_some() || alike(name(near), name(dest));
            found.fix = near
                .filter(|near| as_written(site, page, link).is_some() && same(near) && leads(site, page, near))
                .map(|near| Fix { safe: false, edits: vec![(span, near)] });
        }
        Target::Miss(Miss::NoReadme) => {
            let found = out.report(span, format!("`{dest}` is a folder without a README.md"));
            found.help = Some("link to a page in it, or add a README.md".to_string());
            found.cause = meant(site, page, dest);
        }
        Target::Miss(Miss::Outside { near }) => {
            let near = near.as_ref().map(|near| resolve::written(near) + rest(dest));
            out.report(span, format!("`{dest}` leads out of the book")).help = Some(match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "link to the file's public address".to_string(),
            });
        }
        Target::Miss(Miss::Empty) => {
            out.report(span, "this link has no address").help = Some("give it one, or remove the brackets".to_string());
        }
        _ => {}
    }
}

/// Whether nothing is wrong with an address any more: it leads to another site, a file that is published as it is, or a
/// place that there is on a page.
fn leads(site: &Site, page: &Page, near: &str) -> bool {
    let (_, _, fragment) = resolve::split(near);
    let Some(file) = meant(site, page, near).and_then(|path| site.sources.find(&path)) else { return true };
    let to = site.page_of.get(&file).map(|to| site.page(*to));
    to.is_some_and(|to| fragment.is_empty() || anchors::find(to, &decoded(fragment)).1 == Found::Yes)
}

/// What stands behind the path of an address.
fn rest(dest: &str) -> &str {
    dest.find(['#', '?']).map_or("", |at| &dest[at..])
}

/// The last part of a path.
fn name(path: &str) -> &str {
    let path = resolve::split(path).0;
    path.rsplit('/').next().unwrap_or(path)
}

/// An address on another site, or of a mailbox, whose beginning was left out.
fn elsewhere(dest: &str) -> Option<String> {
    if dest.starts_with("www.") {
        return Some(format!("https://{dest}"));
    }
    for (slip, scheme) in [("https//", "https://"), ("http//", "http://"), ("ttps://", "https://")] {
        if let Some(rest) = dest.strip_prefix(slip) {
            return Some(format!("{scheme}{rest}"));
        }
    }
    let (name, host) = dest.split_once('@')?;
    let is_mail =
        !name.is_empty() && host.contains('.') && !dest.contains(['/', ' ', '#', '?']) && !host.ends_with(".md");
    is_mail.then(|| format!("mailto:{dest}"))
}

/// The page that a card's label names.
fn said<'p>(site: &Site, page: &'p Page, card: &Card) -> Option<&'p Link> {
    let nodes = &page.nodes[card.nodes.start as usize..card.nodes.end as usize];
    let mut links = nodes.iter().filter_map(|node| if let Kind::Link(link) = node.kind { Some(link) } else { None });
    let link = links.find(|link| matches!(site.target(page.file, *link), Some(Target::Page { .. })))?;
    page.links.get(link as usize)
}

/// Whether the link is what an API block holds: at most a paragraph stands between them.
fn in_api_block(page: &Page, link: &Link) -> bool {
    let at = page.nodes.partition_point(|node| node.start <= link.start);
    let near = &page.nodes[at.saturating_sub(6)..at];
    near.iter().any(|node| match node.kind {
        Kind::Tag(tag) => page.tags[tag as usize].name.starts_with("openapi") && node.next as usize >= at,
        _ => false,
    })
}
