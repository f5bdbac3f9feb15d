//! Uploaded files are shown somewhere.

use super::{Check, Rule, Sink, top};
use crate::diagnostic::Severity;
use crate::site::assets::space_around;
use crate::site::{Site, Target};
use std::collections::HashSet;

pub const RULE: Rule = Rule {
    name: "unused-asset",
    severity: Severity::Warning,
    off: true,
    about: "A file in `.gitbook/assets` that no page shows or links to. It makes the repository larger and is seen by \
            nobody. Reported at the table of contents of its space.",
    wrong: "-- README.md --\n# Start\n-- asset .gitbook/assets/old.png --",
    right: "-- README.md --\n![Old plan](.gitbook/assets/old.png)\n-- asset .gitbook/assets/old.png --",
    check: Check::Book(check),
};

fn check(site: &Site, out: &mut Sink) {
    let config = &site.config;
    let mut used: HashSet<&str> = config.images().map(|path| &**path).collect();
    used.extend(config.additional_css.iter().chain(&config.additional_js).map(|path| &**path));
    used.extend(site.targets.iter().flatten().filter_map(|target| match target {
        Target::Asset { path, .. } => Some(&**path),
        _ => None,
    }));
    for path in site.sources.assets().keys() {
        let uploaded = path.starts_with(".gitbook/assets/") || path.contains("/.gitbook/assets/");
        if !uploaded || used.contains(&**path) {
            continue;
        }
        let space = space_around(&site.spaces, path);
        let config = space.and_then(|space| config.spaces.get(space.config));
        let place = config.and_then(|space| space.summary.or(space.readme));
        if let Some(file) = place.or_else(|| site.pages.first().map(|page| page.file)) {
            out.report(top(site, file), format!("`{path}` is shown by no page")).help =
                Some("remove the file".to_string());
        }
    }
}
