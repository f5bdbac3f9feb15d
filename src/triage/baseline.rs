//! Findings that were there before: a file of keys without line numbers, so that edits above do not bring them back.

use crate::diagnostic::Diagnostic;
use crate::source::Sources;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is known and does not count. Written sorted, so that it merges well.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    pub version: u32,
    /// How often each finding occurs, by path, then by `rule: message`.
    pub findings: BTreeMap<String, BTreeMap<String, u32>>,
}

impl Baseline {
    /// All findings of a book.
    pub fn of(found: &[Diagnostic], sources: &Sources) -> Baseline {
        let mut baseline = Baseline { version: 1, findings: BTreeMap::new() };
        for found in found {
            let path = sources.path(found.span.file).to_string();
            *baseline.findings.entry(path).or_default().entry(key(found)).or_default() += 1;
        }
        baseline
    }

    /// The error says what is wrong with the file.
    pub fn parse(text: &str) -> Result<Baseline, String> {
        let baseline: Baseline = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if baseline.version == 1 {
            Ok(baseline)
        } else {
            Err(format!("its version is {}, and only 1 is known", baseline.version))
        }
    }

    pub fn print(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Takes known findings out of the list, each as often as it is known. What is left in the baseline afterwards is
    /// no longer found: it was fixed.
    pub fn subtract(&mut self, found: &mut Vec<Diagnostic>, sources: &Sources) {
        found.retain(|found| {
            let count = self.findings.get_mut(sources.path(found.span.file)).and_then(|keys| keys.get_mut(&key(found)));
            match count {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    false
                }
                _ => true,
            }
        });
        for keys in self.findings.values_mut() {
            keys.retain(|_, count| *count > 0);
        }
        self.findings.retain(|_, keys| !keys.is_empty());
    }

    pub fn len(&self) -> usize {
        self.findings.values().flat_map(BTreeMap::values).map(|count| *count as usize).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What this one knows without what is left in another: the baseline without entries that were fixed.
    pub fn without(&self, fixed: &Baseline) -> Baseline {
        let mut pruned = self.clone();
        for (path, keys) in &fixed.findings {
            for (key, count) in keys {
                if let Some(left) = pruned.findings.get_mut(path).and_then(|keys| keys.get_mut(key)) {
                    *left = left.saturating_sub(*count);
                }
            }
        }
        for keys in pruned.findings.values_mut() {
            keys.retain(|_, count| *count > 0);
        }
        pruned.findings.retain(|_, keys| !keys.is_empty());
        pruned
    }
}

/// A finding without its place: `dead-anchor: `faq.md` has no heading `#limit``.
pub fn key(found: &Diagnostic) -> String {
    format!("{}: {}", found.rule, found.message)
}
