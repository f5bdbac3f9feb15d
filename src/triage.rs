//! What is found is weighed once: all findings in, those to report out.
//!
//! Rules only look. Here, in one pass, levels from `[check]`, ignores in the text and the baseline decide what a finding
//! counts for; so every way of silencing works for every rule.

mod baseline;
mod ignores;
mod levels;
mod since;

pub use baseline::Baseline;
pub use since::{Old, new_findings};

use crate::diagnostic::{self, Diagnostic};
use crate::examples::{self, Survey};
use crate::lint;
use crate::site::Site;
use crate::web;

/// What is left, and what happened to the rest.
#[derive(Debug, Default)]
pub struct Triaged {
    /// To report, in the order of files and places.
    pub found: Vec<Diagnostic>,
    /// Silenced by an ignore in the text.
    pub ignored: usize,
}

/// Everything found in the book: what parsing and analysis met, what the rules see, and what is wrong in the examples.
/// For a caller that has surveyed the examples already, that is all that is done to them.
pub fn check(site: &Site, survey: &Survey) -> Triaged {
    check_with(site, survey, None)
}

/// As [`check`], with what other sites have answered, if they were asked. Nobody can say that an ignore for such a
/// finding is of no use as long as they were not.
pub fn check_with(site: &Site, survey: &Survey, external: Option<Vec<Diagnostic>>) -> Triaged {
    let asked = external.is_some();
    let mut found = lint::check(site);
    found.extend(external.unwrap_or_default());
    found.extend(survey.found.iter().cloned());
    let mut ignores = ignores::collect(site);
    let before = found.len();
    found.retain(|found| !ignores.silence(found));
    let ignored = before - found.len();
    let is_external = |rule: &str| web::rules::RULES.iter().any(|known| known.name == rule);
    found.extend(ignores.problems(|rule| asked || !is_external(rule)));
    levels::apply(site, &mut found);
    diagnostic::sort(&mut found);
    found.dedup();
    Triaged { found, ignored }
}

/// As [`check`], for whoever wants the findings only.
pub fn findings(site: &Site) -> Vec<Diagnostic> {
    check(site, &examples::survey(site)).found
}
