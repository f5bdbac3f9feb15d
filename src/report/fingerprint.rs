//! Names for findings that outlive changes around them: findings in, one digest each out.

use super::Finding;
use std::collections::HashMap;

/// A digest of the path in the repository, the rule, the message, and the how many-th finding of these it is. Lines above a finding may
/// come and go. No two findings of a list have the same.
pub fn fingerprints(findings: &[Finding]) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let name = |finding: &Finding| {
        // No part of a key holds the separator, so keys of different parts differ.
        let parts = [&*finding.in_repository(), &finding.found.rule, &finding.found.message]
            .map(|part| part.replace('\0', " "));
        let key = parts.join("\0");
        let nth = seen.entry(key.clone()).or_default();
        *nth += 1;
        blake3::hash(format!("{key}\0{nth}").as_bytes()).to_hex()[..32].to_string()
    };
    findings.iter().map(name).collect()
}
