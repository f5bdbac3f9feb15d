//! Anchors in links are ids of the page that they lead to.

use super::{Check, Rule, Sink, as_written};
use crate::config::nearest::alike;
use crate::diagnostic::{Fix, Severity};
use crate::page::{Link, Page};
use crate::site::assets::decoded;
use crate::site::{Found, Site, Target, anchors, resolve};

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
    let (id, found, written, on) = match target {
        Target::Page { page: to, anchor: Some(anchor), .. } => {
            let written = resolve::split(&link.dest).2.to_string();
            (anchor.id.clone(), anchor.found.clone(), written, site.sources.path(site.page(*to).file))
        }
        Target::Here { anchor } => {
            let (id, found) = here(site, page, anchor);
            (id, found, anchor.clone(), site.sources.path(page.file))
        }
        _ => return,
    };
    let name = on.rsplit('/').next().unwrap_or(on);
    let (found, right) = match found {
        Found::Yes => return,
        Found::No { near } => {
            let found = out.report(page.link_span(link), format!("`{name}` has no anchor `#{written}`"));
            found.cause = Some(format!("{on}#{}", decoded(&written)));
            found.help = near.as_ref().map(|near| format!("did you mean `#{near}`?"));
            (found, near.filter(|near| alike(near, &written)))
        }
        Found::Alias => {
            let message = format!("`#{written}` works here, but is not GitBook's anchor for this heading");
            let found = out.report(page.link_span(link), message);
            found.cause = Some(format!("{on}#{}", decoded(&written)));
            found.severity = Severity::Warning;
            found.help = Some(match &*id {
                "" => "GitBook gives a page's title no anchor: link to the page itself".to_string(),
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

/// The text may be a page of its own, or be shown by others: one that has the anchor is enough.
fn here(site: &Site, page: &Page, anchor: &str) -> (String, Found) {
    let this = site.page_of.get(&page.file).into_iter();
    let mut hosts = this.chain(site.hosts.get(&page.file).into_iter().flatten()).map(|host| site.page(*host));
    let first = hosts.clone().next();
    // What was perhaps meant is looked for on one page only: there may be a thousand.
    let host = hosts.find(|host| anchors::has(host, anchor)).or(first);
    let Some((id, found)) = host.map(|host| resolve::here(host, anchor)) else {
        return (anchor.to_string(), Found::Yes);
    };
    (id.unwrap_or(anchor).to_string(), found)
}
