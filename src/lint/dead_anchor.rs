//! Anchors in links are ids of the page that they lead to.

mod dialects;

use super::{Check, Rule, Sink, as_written, called};
use crate::config::nearest::alike;
use crate::diagnostic::{Fix, Severity};
use crate::page::{Kind, Link, Node, NodeId, Page};
use crate::site::assets::decoded;
use crate::site::{Found, Site, SitePage, Target, anchors, resolve};

pub const RULE: Rule = Rule {
    name: "dead-anchor",
    severity: Severity::Error,
    off: false,
    about: "A link to a heading, tab or expandable that the page does not have. A reader lands at the top of the page.",
    wrong: "[Install](guide.md#instal)",
    right: "[Install](guide.md#install)",
    check: Check::Link(check),
};

fn check(site: &Site, page: &Page, link: &Link, target: &Target, out: &mut Sink) {
    if !site.config.dialects.also.is_empty()
        && let Some(fault) = elsewhere(site, page, link, target)
    {
        out.report(page.link_span(link), fault.message).help = Some(fault.help);
        return;
    }
    let (id, found, written, to) = match target {
        Target::Page { page: to, anchor: Some(anchor), .. } => {
            let written = resolve::split(&link.dest).2.to_string();
            (anchor.id.clone(), anchor.found.clone(), written, site.page(*to))
        }
        Target::Here { anchor } => {
            let Some((host, id, found)) = here(site, page, anchor) else { return };
            (id, found, anchor.clone(), host)
        }
        _ => return,
    };
    let on = match target {
        Target::Here { .. } => site.sources.path(page.file),
        _ => site.sources.path(to.file),
    };
    let (found, right) = match found {
        Found::Yes => return,
        Found::No { near } => {
            let found = out.report(page.link_span(link), format!("`{}` has no anchor `#{written}`", called(on)));
            found.cause = Some(format!("{on}#{}", decoded(&written)));
            let right = near.clone().filter(|near| alike(near, &written));
            let near = right.clone().or_else(|| named(site, page, link, to)).or(near);
            found.help = Some(match near {
                Some(near) => format!("did you mean `#{near}`?"),
                None => "link to a place that is there, or to the page alone".to_string(),
            });
            (found, right)
        }
        Found::Alias => {
            let dialect = site.config.dialects.own.title;
            let message = format!("`#{written}` works here, but is not {dialect}'s anchor for this heading");
            let found = out.report(page.link_span(link), message);
            found.cause = Some(format!("{on}#{}", decoded(&written)));
            found.severity = Severity::Warning;
            found.help = Some(match &*id {
                "" => format!("{dialect} gives a page's title no such anchor: link to the page itself"),
                id => format!("write `#{id}`"),
            });
            (found, Some(id))
        }
    };
    let Some((right, address)) = right.zip(as_written(site, page, link)) else { return };
    let Some(hash) = address.find('#') else { return };
    // The title of the page that the link stands on has no address but the page's.
    if hash == 0 && right.is_empty() {
        return;
    }
    let mut span = page.link_span(link);
    span.start += hash as u32;
    let right = if right.is_empty() { right } else { format!("#{right}") };
    found.fix = Some(Fix { safe: found.severity == Severity::Warning, edits: vec![(span, right)] });
}

/// What is wrong with the anchor in other dialects. Only a text that is a page of its own is one there.
fn elsewhere(site: &Site, page: &Page, link: &Link, target: &Target) -> Option<dialects::Fault> {
    let (to, anchor) = match target {
        Target::Page { page, anchor: Some(_), .. } => (*page, decoded(resolve::split(&link.dest).2)),
        Target::Here { anchor } => (*site.page_of.get(&page.file)?, anchor.clone()),
        _ => return None,
    };
    dialects::check(&site.config.dialects, site.page(to), &anchor)
}

/// The text may be a page of its own, or be shown by others: one that has the anchor is enough.
fn here<'a>(site: &'a Site, page: &Page, anchor: &str) -> Option<(&'a SitePage, String, Found)> {
    let this = site.page_of.get(&page.file).into_iter();
    let mut hosts = this.chain(site.hosts.get(&page.file).into_iter().flatten()).map(|host| site.page(*host));
    let first = hosts.clone().next();
    // What was perhaps meant is looked for on one page only: there may be a thousand.
    let host = hosts.find(|host| anchors::has(host, anchor)).or(first)?;
    let (id, found) = resolve::here(host, anchor);
    Some((host, id.unwrap_or(anchor).to_string(), found))
}

/// The only place of the page with the words of the link: what was written between the brackets often is its heading.
fn named(site: &Site, page: &Page, link: &Link, to: &SitePage) -> Option<String> {
    let words = words(site, page, link)?.trim().to_lowercase();
    if words.is_empty() || to.anchors.len() > CANDIDATES {
        return None;
    }
    let mut same = to.anchors.iter().filter(|anchor| anchor.text.trim().to_lowercase() == words);
    same.next().filter(|_| same.next().is_none()).map(|anchor| anchor.id.clone())
}

/// More places on a page than these are not looked through, nor more nodes before an address for what is linked.
const CANDIDATES: usize = 500;

/// What a reader clicks on.
fn words(site: &Site, page: &Page, link: &Link) -> Option<String> {
    let end = page.nodes.partition_point(|node| node.start <= link.start);
    let is_link = |node: &Node| match node.kind {
        Kind::Link(of) => page.links.get(of as usize).is_some_and(|of| of.start == link.start),
        Kind::Element(tag) => {
            let tag = &page.tags[tag as usize];
            &*tag.name == "a" && tag.start <= link.start && link.start < tag.end
        }
        _ => false,
    };
    let at = (end.saturating_sub(CANDIDATES)..end).rev().find(|at| is_link(&page.nodes[*at]))?;
    Some(page.words(site.sources.text(page.file), at as NodeId))
}
