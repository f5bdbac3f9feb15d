//! `[check]` in `book.toml` says how much each rule matters, in the whole book or in some of its files.

use crate::config::nearest::nearest;
use crate::config::{Config, Level, Levels, Named};
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

/// Levels for rules that do not exist, and those that are no levels.
pub fn problems(config: &Config) -> Vec<Diagnostic> {
    let problem = |named: &Named| match lint::rule(&named.name) {
        Some(_) => named.fault.clone(),
        None => Some(unknown_name(named)),
    };
    config.levels.named().iter().filter_map(problem).collect()
}

/// What is said of a name in `[check]` that may be a misspelt rule or a misspelt key.
fn unknown_name(Named { name, span, keys, .. }: &Named) -> Diagnostic {
    let found = Diagnostic::error("unknown-rule", *span, format!("there is no rule and no key `{name}`"));
    let rules = lint::all().map(|rule| rule.name);
    match nearest(name, keys.iter().copied().chain(rules)) {
        Some(near) if keys.contains(&near) => found.help(format!("did you mean `{near}`?")),
        Some(near) => found.help(meant(near)),
        None => found.help(format!("keys here are `{}`; {LIST} rules", keys.join("`, `"))),
    }
}

/// What is said of a rule's name that no rule has.
pub fn unknown_rule(name: &str, mut found: Diagnostic) -> Diagnostic {
    found.message = format!("there is no rule `{name}`");
    found.help(nearest(name, lint::all().map(|rule| rule.name)).map_or(LIST.to_string(), meant))
}

const LIST: &str = "`proofpress explain --list` lists all";

fn meant(near: &str) -> String {
    format!("did you mean `{near}`? {LIST}")
}
