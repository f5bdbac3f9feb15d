//! Includes name a text of the book.

use super::{Check, Rule, Sink, meant};
use crate::diagnostic::Severity;
use crate::page::{Link, Page, Role};
use crate::site::{Miss, Site, Target};

pub const RULE: Rule = Rule {
    name: "dead-include",
    severity: Severity::Error,
    off: false,
    about: "An include of a file that does not exist, or of content kept on GitBook's servers. A reader gets a notice in its place.",
    wrong: "{% include \"note.md\" %}\n-- .gitbook/includes/note.md --\nA note.",
    right: "{% include \".gitbook/includes/note.md\" %}\n-- .gitbook/includes/note.md --\nA note.",
    check: Check::Link(check),
};

fn check(site: &Site, page: &Page, link: &Link, target: &Target, out: &mut Sink) {
    if link.role != Role::Include {
        return;
    }
    let (span, dest) = (page.link_span(link), &link.dest);
    match target {
        Target::Miss(Miss::NoFile { near }) => {
            let found = out.report(span, format!("`{dest}` does not exist"));
            found.help = near.as_ref().map(|near| format!("did you mean `{near}`?"));
            found.cause = meant(site, page, dest);
        }
        Target::Miss(_) => {
            out.report(span, "this include names no file");
        }
        Target::External(_) => {
            let found = out.report(span, "this content is kept on GitBook's servers and is not part of the repository");
            found.severity = Severity::Warning;
            found.cause = Some(dest.to_string());
            found.help = Some("save it as a file and map its address in `[includes]` of `book.toml`".to_string());
        }
        _ => {}
    }
}
