//! Anchors in links are ids of the page that they lead to.

use super::{Check, Rule, Sink};
use crate::diagnostic::Severity;
use crate::page::{Link, Page};
use crate::site::{Found, Site, Target, resolve};

pub const RULE: Rule = Rule {
    name: "dead-anchor",
    severity: Severity::Error,
    about: "A link to a heading, tab or expandable that the page does not have. A reader lands at the top of the page.",
    check: Check::Link(check),
};

fn check(site: &Site, page: &Page, link: &Link, target: &Target, out: &mut Sink) {
    let (found, written, on) = match target {
        Target::Page { page: to, anchor: Some(anchor), .. } => {
            (anchor.found.clone(), resolve::split(&link.dest).2.to_string(), site.sources.path(site.page(*to).file))
        }
        Target::Here { anchor } => {
            // The text may be a page of its own, or be shown by others: one that has the anchor is enough.
            let found = match site.page_of.get(&page.file) {
                Some(this) => resolve::here(site.page(*this), anchor),
                None => {
                    let shown = site.pages.iter().filter(|host| host.frames.iter().any(|f| f.file == page.file));
                    let mut found = shown.map(|host| resolve::here(host, anchor));
                    let first = found.next().unwrap_or(Found::Yes);
                    if matches!(first, Found::No { .. }) && found.any(|found| found == Found::Yes) {
                        Found::Yes
                    } else {
                        first
                    }
                }
            };
            (found, anchor.clone(), site.sources.path(page.file))
        }
        _ => return,
    };
    let span = page.link_span(link);
    let name = on.rsplit('/').next().unwrap_or(on);
    match found {
        Found::No { near } => {
            out.report(span, format!("`{name}` has no anchor `#{written}`")).help =
                near.map(|near| format!("did you mean `#{near}`?"));
        }
        Found::Alias => {
            let real = match target {
                Target::Page { anchor: Some(anchor), .. } => anchor.id.clone(),
                _ => String::new(),
            };
            let found =
                out.report(span, format!("`#{written}` works here, but is not GitBook's anchor for this heading"));
            found.severity = Severity::Warning;
            found.help = Some(if real.is_empty() {
                "GitBook gives a page's title no anchor: link to the page itself".to_string()
            } else {
                format!("write `#{real}`")
            });
        }
        Found::Yes => {}
    }
}
