//! Reusable texts are used.

use super::{Check, Rule, Sink, top};
use crate::diagnostic::Severity;
use crate::site::Site;

pub const RULE: Rule = Rule {
    name: "unused-include",
    severity: Severity::Note,
    off: false,
    about: "A text in `.gitbook/includes` that no page includes. No reader ever sees it.",
    wrong: "-- README.md --\n# Start\n-- .gitbook/includes/note.md --\nA note.",
    right: "-- README.md --\n{% include \".gitbook/includes/note.md\" %}\n-- .gitbook/includes/note.md --\nA note.",
    check: Check::Book(check),
};

fn check(site: &Site, out: &mut Sink) {
    let shown = site.shown_texts();
    for (file, source) in site.sources.files() {
        let reusable = source.path.starts_with(".gitbook/includes/") || source.path.contains("/.gitbook/includes/");
        if reusable && site.texts[file.index()].is_some() && !shown[file.index()] {
            out.report(top(site, file), "no page includes this text").help = Some("remove the file".to_string());
        }
    }
}
