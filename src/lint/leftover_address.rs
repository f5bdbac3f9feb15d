//! Links lead where readers can follow.

use super::{Check, Rule, Sink};
use crate::diagnostic::Severity;
use crate::page::cards::{cards, is_label};
use crate::page::{Kind, Link, Page, Role};
use crate::site::{Site, Target};

pub const RULE: Rule = Rule {
    name: "leftover-address",
    severity: Severity::Warning,
    off: false,
    about: "A link to the author's own machine, to a draft in GitBook's editor, or to a preview that will be gone. An \
            address that is shown as it is (`http://localhost:3000`) tells the reader to open it and is left alone.",
    wrong: "[the guide](http://localhost:4000/guide)",
    right: "[the guide](guide.md), then open <http://localhost:4000>",
    check: Check::Text(check),
};

fn check(site: &Site, page: &Page, out: &mut Sink) {
    let source = site.sources.text(page.file);
    let mut shown = vec![None; page.links.len()];
    for (id, node) in (0..).zip(&page.nodes) {
        let link = match node.kind {
            Kind::Link(link) => Some(link),
            Kind::Element(tag) => page.tags[tag as usize].find("href").and_then(|href| href.link),
            _ => None,
        };
        if let Some(shown) = link.and_then(|link| shown.get_mut(link as usize)) {
            *shown = Some(id);
        }
    }
    let cards = cards(page);
    for ((link, target), node) in page.links.iter().zip(&site.targets[page.file.index()]).zip(shown) {
        let Target::External(address) = target else { continue };
        let Some(what) = leftover(address) else { continue };
        let name = host(address).filter(|host| !host.is_empty()).unwrap_or(address);
        let names_it = |node| page.words(source, node).contains(name);
        if link.role == Role::Include || is_label(&cards, link) || node.is_some_and(names_it) {
            continue;
        }
        report(page, link, what, out);
    }
}

fn report(page: &Page, link: &Link, what: &str, out: &mut Sink) {
    out.report(page.link_span(link), format!("`{}` leads to {what}", link.dest)).help =
        Some("link to the published page, or to a file of the book".to_string());
}

/// What an address leads to that no reader has.
fn leftover(address: &str) -> Option<&'static str> {
    let lower = address.to_ascii_lowercase();
    if lower.starts_with("file:") {
        return Some("a file on the author's machine");
    }
    // Without a scheme it looks like one.
    if lower.starts_with("localhost:") || lower.starts_with("127.0.0.1:") {
        return Some("the reader's own machine");
    }
    let host = host(&lower)?;
    let name = host.split(':').next().unwrap_or(host);
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    match name {
        "localhost" | "127.0.0.1" | "0.0.0.0" | "[" => Some("the reader's own machine"),
        _ if ends(&[".localhost"]) => Some("the reader's own machine"),
        _ if ["changes", "drafts", "edit", "revisions"].iter().any(|view| lower.contains(&format!("/~/{view}/"))) => {
            Some("a draft in GitBook's editor")
        }
        // Others lead to a space, which `unmapped-space` tells.
        "app.gitbook.com" if lower.contains("/@") => Some("a page of GitBook's editor"),
        _ if ends(&[".ngrok.io", ".ngrok-free.app", ".trycloudflare.com", ".loca.lt", ".app.github.dev"]) => {
            Some("a tunnel to somebody's machine")
        }
        _ if name.starts_with("deploy-preview-") && ends(&[".netlify.app"]) => Some("a preview of a change"),
        _ if name.contains("-git-") && ends(&[".vercel.app"]) => Some("a preview of a change"),
        _ => None,
    }
}

/// The host with its port, of a web address.
fn host(address: &str) -> Option<&str> {
    let rest = address.split_once("://").filter(|(scheme, _)| scheme.len() < 8)?.1;
    rest.split(['/', '?', '#']).next()
}

#[cfg(test)]
mod tests {
    #[test]
    fn leftovers() {
        for (address, expected) in [
            ("http://localhost:3000/x", true),
            ("HTTPS://LocalHost", true),
            ("http://127.0.0.1", true),
            ("file:///C:/x.md", true),
            ("https://app.gitbook.com/o/a/s/b/~/changes/3/x", true),
            ("https://app.gitbook.com/o/x/s/y/~/edit/drafts/z/a", true),
            ("https://app.gitbook.com/o/x/s/y/", false),
            ("https://app.gitbook.com/@org/s/space/x", true),
            ("https://app.gitbook.com/join", false),
            ("localhost:3000", true),
            ("https://deploy-preview-12--docs.netlify.app/x", true),
            ("https://docs-git-fix-team.vercel.app", true),
            ("https://docs.vercel.app", false),
            ("https://localhost.example.com", false),
            ("https://example.com/localhost", false),
            ("mailto:a@localhost", false),
        ] {
            assert_eq!(super::leftover(address).is_some(), expected, "{address}");
        }
    }
}
