//! Translations are as new as their originals.

use super::{Check, Rule, Sink, top};
use crate::diagnostic::{Fix, Severity};
use crate::page::Page;
use crate::site::translation::{self, State};
use crate::site::{Site, Target};

pub const RULE: Rule = Rule {
    name: "stale-translation",
    severity: Severity::Note,
    off: false,
    about: "A translation whose original has changed since, as its digest in the front matter says. Readers are told above \
            the text, with a link to the original.",
    wrong: "---\ntranslation:\n  of: guide.md\n  digest: 0123456789abcdef\n---\n\n# Anleitung",
    right: "---\ntranslation:\n  of: guide.md\n  digest: 2b3a8e1cbe6d9609\n---\n\n# Anleitung",
    check: Check::Text(check),
};

fn check(site: &Site, page: &Page, out: &mut Sink) {
    let Some(translation) = &page.front.translation else { return };
    let link = &page.links[translation.of as usize];
    let original = translation::original(site, page, translation);
    let Some((original, digest)) = original.and_then(|file| Some((file, translation::digest(site, file)?))) else {
        // A link that leads nowhere is reported as such.
        if let Some(Target::Asset { .. } | Target::External(_) | Target::Here { .. }) =
            site.target(page.file, translation.of)
        {
            let message =
                format!("`{}` is no Markdown file of this book, so nobody can tell whether it changes", link.dest);
            out.report(page.link_span(link), message).help = Some("name the file of the original".to_string());
        }
        return;
    };
    let (place, message, work) = match translation::state(site, original, translation) {
        State::Current => return,
        State::Stale => {
            let message = format!("`{}` has changed since this was translated", link.dest);
            (translation.place, message, "bring the translation up to date")
        }
        State::Unknown => {
            let message = format!("there is no digest of the text of `{}` that was translated", link.dest);
            (page.link_span(link), message, "compare the two")
        }
    };
    let found = out.report(place, message);
    found.labels.push((top(site, original), "the original".to_string()));
    found.help = Some(format!("{work}, then let `proofpress fix --unsafe --rule stale-translation` note its digest"));
    found.fix = Some(Fix { safe: false, edits: vec![(translation.place, note(site, translation, &digest))] });
}

/// The digest as it is written at the place for it.
fn note(site: &Site, translation: &crate::page::Translation, digest: &str) -> String {
    let place = translation.place;
    if translation.digest.is_some() {
        return if place.start == place.end { format!(" {digest}") } else { digest.to_string() };
    }
    let text = &site.sources.text(place.file)[..place.start as usize];
    let line = text.rsplit('\n').next().unwrap_or_default();
    match line.trim().is_empty() {
        true => format!("digest: {digest}\n{line}"),
        false => format!("digest: {digest}, "),
    }
}
