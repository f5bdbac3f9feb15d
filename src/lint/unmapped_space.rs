//! Links to other spaces of GitBook lead to them.

use super::{Check, Rule, Sink};
use crate::diagnostic::Severity;
use crate::site::{Site, Target};
use crate::source::Span;
use std::collections::BTreeMap;

pub const RULE: Rule = Rule {
    name: "unmapped-space",
    severity: Severity::Warning,
    off: false,
    about: "Links to another space by its address in GitBook's editor. GitBook turns them into public addresses; without \
            a line in `[space-ids]` a reader gets to a page that asks for a password. Reported once for each space.",
    wrong: "[A](https://app.gitbook.com/s/abc123/a)",
    right: "-- book.toml --\n[space-ids]\nabc123 = \"https://docs.example.com\"\n-- README.md --\n[A](https://app.gitbook.com/s/abc123/a)",
    check: Check::Book(check),
};

fn check(site: &Site, out: &mut Sink) {
    let shown = site.shown_texts();
    let mut spaces: BTreeMap<&str, (Span, usize)> = BTreeMap::new();
    for page in site.texts.iter().flatten().filter(|page| shown[page.file.index()]) {
        for (link, target) in page.links.iter().zip(&site.targets[page.file.index()]) {
            let Target::External(address) = target else { continue };
            // What is wrong with a line that is there is said of the line.
            let unmapped = |id: &&str| !site.config.space_ids.contains_key(*id);
            if let Some(space) = space(address).filter(unmapped).filter(|_| link.role != crate::page::Role::Include) {
                spaces.entry(space).or_insert((page.link_span(link), 0)).1 += 1;
            }
        }
    }
    for (space, (span, count)) in spaces {
        let many = if count == 1 { "a link leads".to_string() } else { format!("{count} links lead") };
        out.report(span, format!("{many} to the space `{space}` in GitBook's editor")).help =
            Some(format!("add `{space} = \"folder or address\"` to `[space-ids]` in `book.toml`"));
    }
}

/// The id of the space that an address of GitBook's editor names. Drafts are no public place at all.
fn space(address: &str) -> Option<&str> {
    let rest = address.strip_prefix("https://app.gitbook.com/")?;
    let rest = rest.strip_prefix("o/").map_or(Some(rest), |rest| Some(rest.split_once('/')?.1))?;
    let id = rest.strip_prefix("s/")?.split(['/', '?', '#']).next()?;
    (!id.is_empty() && !rest.contains("/~/")).then_some(id)
}
