//! Findings that are known: a file of keys without line numbers, so that edits above do not bring them back.

use crate::diagnostic::Diagnostic;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is known and does not count. Written sorted, so that it merges well.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    version: u32,
    /// How often each finding occurs, by path, then by `rule: message`. Paths lead from the folder of the file.
    findings: BTreeMap<String, BTreeMap<String, u32>>,
}

const VERSION: u32 = 1;

impl Default for Baseline {
    fn default() -> Baseline {
        Baseline { version: VERSION, findings: BTreeMap::new() }
    }
}

impl Baseline {
    /// The error says what is wrong with the file.
    pub fn parse(text: &str) -> Result<Baseline, String> {
        let baseline: Baseline = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if baseline.version == VERSION {
            Ok(baseline)
        } else {
            Err(format!("its version is {}, and only {VERSION} is known", baseline.version))
        }
    }

    pub fn print(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Remembers a finding in the file at this path.
    pub fn add(&mut self, path: &str, found: &Diagnostic) {
        *self.findings.entry(path.to_string()).or_default().entry(key(found)).or_default() += 1;
    }

    /// Whether a finding is known. Each counts as often as it is written, so what is left in the end was fixed.
    pub fn take(&mut self, path: &str, found: &Diagnostic) -> bool {
        let count = self.findings.get_mut(path).and_then(|keys| keys.get_mut(&key(found)));
        match count {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }

    /// Each finding with its path, and how often it is written.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &str, u32)> {
        let all = self.findings.iter();
        all.flat_map(|(path, keys)| keys.iter().map(move |(key, count)| (&**path, &**key, *count)))
    }

    /// Leaves out what another one has.
    pub fn remove(&mut self, fixed: &Baseline) {
        for (path, key, gone) in fixed.entries() {
            if let Some(count) = self.findings.get_mut(path).and_then(|keys| keys.get_mut(key)) {
                *count = count.saturating_sub(gone);
            }
        }
        self.retain(|_| true);
    }

    /// Keeps the findings in files that are asked for.
    pub fn retain(&mut self, keep: impl Fn(&str) -> bool) {
        self.findings.retain(|path, keys| {
            keys.retain(|_, count| *count > 0);
            !keys.is_empty() && keep(path)
        });
    }
}

/// A finding without its place: `dead-anchor: `faq.md` has no heading `#limit``.
fn key(found: &Diagnostic) -> String {
    format!("{}: {}", found.rule, found.message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, Span};

    #[test]
    fn what_is_known_counts_as_often_as_it_is_written() {
        let found = |message: &str| Diagnostic::error("dead-link", Span::new(FileId(0), 0..0), message);
        let mut baseline = Baseline::default();
        for message in ["a", "a", "b"] {
            baseline.add("x.md", &found(message));
        }
        let written = Baseline::parse(&baseline.print()).unwrap();
        assert_eq!(written, baseline);
        let known: Vec<bool> = ["a", "a", "a", "c"].iter().map(|a| baseline.take("x.md", &found(a))).collect();
        assert_eq!(known, [true, true, false, false]);
        assert!(!baseline.take("y.md", &found("b")));
        baseline.retain(|_| true);
        assert_eq!(baseline.entries().collect::<Vec<_>>(), [("x.md", "dead-link: b", 1)]);
        let mut pruned = written.clone();
        pruned.remove(&baseline);
        assert_eq!(pruned.entries().collect::<Vec<_>>(), [("x.md", "dead-link: a", 2)]);
        pruned.retain(|path| path != "x.md");
        assert_eq!(pruned, Baseline::default());
    }

    #[test]
    fn a_broken_file_is_an_error() {
        for text in ["", "[]", "{\"version\": 2, \"findings\": {}}", "{\"version\": 1}"] {
            assert!(Baseline::parse(text).is_err(), "{text}");
        }
    }
}
