//! What a change made worse: the findings of the book before and after in, the new ones out.
//!
//! Both versions are checked as a whole, so a link in an untouched file that died because a heading was renamed
//! elsewhere is new, and an old fault that only moved is not.

use super::baseline::key;
use crate::diagnostic::Diagnostic;
use crate::source::Sources;
use std::collections::{BTreeMap, HashMap};

/// The book as it was.
pub struct Old<'a> {
    pub sources: &'a Sources,
    pub found: &'a [Diagnostic],
    /// Files that have another path now: new path to old path.
    pub renamed: &'a BTreeMap<String, String>,
}

/// Keeps the findings that the old version did not have, each as often as there are more of it now. Of several equal
/// ones in a file the last stay.
pub fn new_findings(found: Vec<Diagnostic>, sources: &Sources, old: &Old) -> Vec<Diagnostic> {
    let mut known: HashMap<(&str, String), usize> = HashMap::new();
    for found in old.found {
        *known.entry((old.sources.path(found.span.file), key(found))).or_default() += 1;
    }
    let mut new = found;
    new.retain(|found| {
        let path = sources.path(found.span.file);
        let path = old.renamed.get(path).map_or(path, |old| &**old);
        match known.get_mut(&(path, key(found))) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        }
    });
    new
}
