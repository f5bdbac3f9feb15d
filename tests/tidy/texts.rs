//! The small books that rules show: the text of an example in, the sources of its book out.

use proofpress::diagnostic::Diagnostic;
use proofpress::lint;
use proofpress::source::{Asset, Source, Sources};
use std::collections::BTreeMap;

/// The book of an example, as [`lint::Rule::wrong`] tells.
pub struct Texts {
    pub files: BTreeMap<String, String>,
    assets: BTreeMap<String, Asset>,
}

impl Texts {
    pub fn new(example: &str) -> Texts {
        let mut files = BTreeMap::from([("guide.md".to_string(), "# Guide\n\n## Install\n".to_string())]);
        let mut assets = BTreeMap::from([("plan.png".to_string(), Asset::default())]);
        let mut path = "README.md".to_string();
        for line in example.split_inclusive('\n') {
            let header = line.trim_end().strip_prefix("-- ").and_then(|line| line.strip_suffix(" --"));
            match header.map(|header| header.strip_prefix("asset ").ok_or(header)) {
                Some(Ok(asset)) => drop(assets.insert(asset.to_string(), Asset::default())),
                Some(Err(header)) => path = header.to_string(),
                None => files.entry(path.clone()).or_default().push_str(line),
            }
        }
        Texts { files, assets }
    }

    pub fn sources(&self, rule: &lint::Rule) -> Sources {
        let mut files = self.files.clone();
        if rule.off {
            let level = format!("[check]\n{} = \"{}\"\n", rule.name, rule.severity.name());
            files.entry("book.toml".to_string()).or_default().push_str(&level);
        }
        let texts = files.into_iter().map(|(path, text)| {
            let invalid = text.find('\u{fffd}').map(|at| at as u32);
            Source { path, text: text.into(), invalid }
        });
        Sources::new(texts, self.assets.clone())
    }

    /// Makes the edits of all repairs, from the end to the beginning.
    pub fn repair(&mut self, rule: &lint::Rule, found: &[Diagnostic]) {
        let sources = self.sources(rule);
        let mut edits: Vec<_> =
            found.iter().filter_map(|found| found.fix.as_ref()).flat_map(|fix| &fix.edits).collect();
        edits.sort_by_key(|(span, _)| *span);
        for (span, text) in edits.into_iter().rev() {
            if let Some(file) = self.files.get_mut(sources.path(span.file)) {
                file.replace_range(span.range(), text);
            }
        }
    }
}
