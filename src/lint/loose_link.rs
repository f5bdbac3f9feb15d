//! Links are written so that they work everywhere the book is published.

use super::{Check, Rule, Sink};
use crate::diagnostic::Severity;
use crate::page::{Link, Page};
use crate::site::{Loose, Site, Target};

pub const RULE: Rule = Rule {
    name: "loose-link",
    severity: Severity::Warning,
    about: "A link that was understood here and is dead on GitBook: other capitals, no `.md`, or backslashes.",
    check: Check::Link(check),
};

fn check(_: &Site, page: &Page, link: &Link, target: &Target, out: &mut Sink) {
    let (Target::Page { loose: Some(loose), .. } | Target::Asset { loose: Some(loose), .. }) = target else { return };
    let dest = &link.dest;
    let (message, help) = match loose {
        Loose::Case => {
            (format!("`{dest}` differs from the file's name in capital letters"), "write the name as the file has it")
        }
        Loose::Extension => {
            (format!("`{dest}` has no `.md`"), "write the path of the file; GitBook takes this for another address")
        }
        Loose::Backslash => (format!("`{dest}` has backslashes between folders"), "write `/`"),
    };
    out.report(page.link_span(link), message).help = Some(help.to_string());
}
