//! What is only seen in the package as a whole: its size, what an ignore file takes out of it, and what counts in it.

use super::{Check, MANIFEST};
use crate::diagnostic::{Breaks, Diagnostic, Severity};
use crate::source::{FileId, Span};
use std::collections::{BTreeMap, BTreeSet};

/// The most bytes that the packed files may have together.
const LARGEST: u64 = 50 << 20;

/// Providers whose description is filled in from the manifest where it is missing.
const FILLED: [&str; 3] = ["tool-provider", "agent-strategy-provider", "trigger-provider"];

/// Names that are written out in one message.
const SHOWN: usize = 3;

/// A fault of a file as it matters within a plugin: what another file replaces is decoded and no more, and a
/// description that the manifest gives is not missed.
pub fn in_plugin(mut found: Diagnostic, counts: bool) -> Diagnostic {
    let field = found.see.as_deref().unwrap_or_default();
    let field = field.strip_suffix(".en_US").unwrap_or(field);
    let is_filled = field.strip_suffix(".identity.description").is_some_and(|kind| FILLED.contains(&kind));
    if is_filled && found.breaks == Some(Breaks::Strict) && matches!(&*found.rule, "missing-key" | "empty-value") {
        found.severity = Severity::Warning;
        found.help = Some("write one; until then that of the manifest is shown".to_string());
    }
    if !counts && found.breaks != Some(Breaks::Decode) {
        found.severity = found.severity.min(Severity::Warning);
        found.breaks = found.breaks.filter(|breaks| *breaks != Breaks::Install);
    }
    found
}

impl<'a> Check<'a> {
    /// Files that the plugin names and an ignore file takes out: they are read from the folder when the plugin is
    /// packaged, and missed when it is installed. One finding for each pattern.
    pub(super) fn packed_out(&mut self) {
        let mut patterns: BTreeMap<Span, Vec<(String, Span)>> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for (path, place) in std::mem::take(&mut self.named) {
            if let Some(pattern) = self.ignored.pattern(&path)
                && seen.insert(path.clone())
            {
                patterns.entry(pattern).or_default().push((path, place));
            }
        }
        for (pattern, files) in patterns {
            let names: Vec<String> = files.iter().take(SHOWN).map(|(path, _)| format!("`{path}`")).collect();
            let more = files.len() - names.len();
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let message = format!(
                "`{}` keeps {}{more} out of the package, which needs it",
                &self.sources[pattern],
                names.join(", ")
            );
            let mut found = Diagnostic::error("packed-out", pattern, message);
            for (path, place) in files.iter().filter(|(path, _)| path != MANIFEST).take(SHOWN) {
                found = found.label(*place, format!("`{path}` is named here"));
            }
            let help = "narrow the pattern; a later pattern with `!` brings nothing back";
            self.found.push(found.help(help).breaks(Breaks::Install));
        }
    }

    pub(super) fn too_large(&mut self, manifest: FileId) {
        let sizes = self.sizes();
        let packed = self.ignored.packed(sizes.keys().copied());
        let total: u64 = packed.iter().map(|path| sizes[path]).sum();
        if total <= LARGEST {
            return;
        }
        let mut parts: BTreeMap<&str, u64> = BTreeMap::new();
        for path in packed {
            *parts.entry(path.split_inclusive('/').next().unwrap_or(path)).or_default() += sizes[path];
        }
        let mut parts: Vec<(&str, u64)> = parts.into_iter().collect();
        parts.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
        let shown: Vec<String> =
            parts.iter().take(SHOWN).map(|(path, size)| format!("`{path}` ({:.1} MiB)", mebibytes(*size))).collect();
        let message =
            format!("the package would have {:.1} MiB, and at most {} are allowed", mebibytes(total), LARGEST >> 20);
        let found = Diagnostic::error("plugin-too-large", Span::new(manifest, 0..0), message);
        let help = format!("list what is not needed in `.difyignore`; the largest parts are {}", shown.join(", "));
        self.found.push(found.help(help).breaks(Breaks::Package));
    }

    fn sizes(&self) -> BTreeMap<&'a str, u64> {
        let texts = self.sources.files().map(|(_, source)| (&*source.path, source.text.len() as u64));
        let assets = self.sources.assets().iter().map(|(path, asset)| (path.as_str(), asset.bytes));
        texts.chain(assets).collect()
    }
}

fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / (1 << 20) as f64
}
