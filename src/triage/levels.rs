//! `[check]` in `book.toml` says how much each rule matters, in the whole book or in some of its files.

use crate::config::nearest::nearest;
use crate::config::{Config, Level, Levels};
use crate::diagnostic::Diagnostic;
use crate::lint;
use crate::source::Sources;

/// Sets severities; a rule that is `off` leaves no findings. One that looks only where it is named has findings in the
/// whole book, and those elsewhere are left out.
pub fn apply(levels: &Levels, sources: &Sources, all: &mut Vec<Diagnostic>) {
    all.retain_mut(|found| {
        let by_name = lint::rule(&found.rule).is_some_and(|rule| rule.off);
        match levels.level(sources.path(found.span.file), &found.rule, by_name) {
            Some(Level::Off) => false,
            Some(Level::At(severity)) => {
                found.severity = severity;
                true
            }
            None => !by_name,
        }
    });
}

/// Levels for rules that do not exist.
pub fn problems(config: &Config) -> Vec<Diagnostic> {
    let unknown = config.levels.named().filter(|(name, _)| lint::rule(name).is_none());
    unknown.map(|(name, span)| unknown_rule(name, Diagnostic::error("unknown-rule", span, String::new()))).collect()
}

/// What is said of a rule's name that no rule has.
pub fn unknown_rule(name: &str, mut found: Diagnostic) -> Diagnostic {
    found.message = format!("there is no rule `{name}`");
    found.help(match nearest(name, lint::all().map(|rule| rule.name)) {
        Some(near) => format!("did you mean `{near}`? `proofpress explain --list` lists all"),
        None => "`proofpress explain --list` lists all".to_string(),
    })
}
