//! What is found is weighed once: all findings in, those to report out.
//!
//! Rules only look. Here, in one pass, ignores in the text and levels from `[check]` decide what a finding counts for;
//! so every way of silencing works for every rule. What was there before, by a baseline or in an older version, is
//! left out by whoever knows of one.

mod baseline;
mod ignores;
mod included;
mod levels;
mod moved;
mod since;

pub use baseline::Baseline;
pub use ignores::{Place, Reach, comment_place};
pub use since::{Past, is_new};

use crate::diagnostic::{self, Diagnostic};
use crate::examples::{self, Survey};
use crate::lint;
use crate::site::Site;
use crate::source::Sources;
use ignores::Ignores;

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
    found.extend(levels::problems(&site.config));
    for found in &mut found {
        // A block ends with its last line, and not where the next one begins.
        let text = site.sources.text(found.span.file).get(found.span.range()).unwrap_or_default();
        found.span.end -= (text.len() - text.trim_end_matches(['\r', '\n']).len()) as u32;
        included::locate(site, found);
    }
    let (mut found, ignored) = silence(found, ignores::of_book(site, survey), asked);
    levels::apply(&site.config.levels, &site.sources, &mut found);
    in_order(found, ignored)
}

/// The findings of a plugin or a file of one. Nothing configures these.
pub fn plugin(sources: &Sources, found: Vec<Diagnostic>) -> Triaged {
    let (found, ignored) = silence(found, ignores::of_plugin(sources), false);
    in_order(found, ignored)
}

/// As [`check`], for whoever wants the findings only.
pub fn findings(site: &Site) -> Vec<Diagnostic> {
    check(site, &examples::survey(site)).found
}

/// Takes out what the author silenced, and adds what is wrong with the ignores; whether other sites were `asked` decides
/// which of them could be of use.
fn silence(mut found: Vec<Diagnostic>, mut ignores: Ignores, asked: bool) -> (Vec<Diagnostic>, usize) {
    let before = found.len();
    found.retain(|found| !ignores.silence(found));
    let ignored = before - found.len();
    found.extend(ignores.problems(|rule| asked || lint::EXTERNAL.iter().all(|external| external.name != rule)));
    (found, ignored)
}

fn in_order(mut found: Vec<Diagnostic>, ignored: usize) -> Triaged {
    diagnostic::sort(&mut found);
    found.dedup();
    Triaged { found, ignored }
}
