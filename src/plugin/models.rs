//! The `models` of a model provider: the position files that it names, and the files that its patterns find.

use super::Check;
use super::glob::Glob;
use crate::diagnostic::Diagnostic;
use crate::kinds;
use crate::source::{FileId, Span};
use crate::yaml::Node;
use std::collections::BTreeMap;

/// The keys below `models` that are read.
const TYPES: [&str; 6] = ["llm", "text_embedding", "rerank", "tts", "speech2text", "moderation"];

impl Check<'_> {
    pub(super) fn models(&mut self, file: FileId, provider: Node, counts: bool) {
        let Some(models) = provider.get("models").filter(|models| models.alias().is_none()) else { return };
        let mut positions: BTreeMap<&str, Node> = BTreeMap::new();
        let mut patterns = Vec::new();
        for (key, value) in models.entries() {
            let Some(name) = key.text().filter(|name| TYPES.contains(name)) else { continue };
            for (key, value) in value.entries().filter(|_| value.alias().is_none()) {
                match key.text() {
                    Some("position") => {
                        positions.insert(name, value);
                    }
                    Some("predefined") if value.alias().is_none() => patterns.extend(value.items()),
                    _ => {}
                }
            }
        }
        for (name, node) in positions {
            self.position(file, name, node, counts);
        }
        for node in patterns {
            self.predefined(file, node, counts);
        }
    }

    fn position(&mut self, file: FileId, name: &str, node: Node, counts: bool) {
        let mut place = node.span();
        place.end = place.end.min(place.start + 1).max(if node.text().is_some() { place.end } else { 0 });
        let place = Span::new(file, place);
        let path = as_text(node);
        if path.is_empty() {
            let message = format!("`models.{name}.position` names no file");
            self.breaks_package("missing-file", place, message, "name a file, or remove the key");
        } else if let (Some(position), Some(kind)) = (self.open(path, place), kinds::find("model-position")) {
            self.document(position, kind, counts);
        }
    }

    fn predefined(&mut self, file: FileId, node: Node, counts: bool) {
        let pattern = as_text(node);
        let place = Span::new(file, node.span());
        let Some(glob) = Glob::parse(pattern) else {
            let message = format!("`{pattern}` is no pattern: a class or an escape is not finished");
            self.breaks_package(
                "bad-glob",
                place,
                message,
                "close `[` with `]`, and write `\\[` for the character itself",
            );
            return;
        };
        let fits = |path: &&str| !path.ends_with("_position.yaml") && glob.fits(path);
        let all: Vec<&str> = self.paths().filter(fits).collect();
        let found = self.ignored.packed(all.iter().copied());
        if found.is_empty() {
            let (message, help) = match (all.first(), super::clean(pattern)) {
                (Some(path), _) => {
                    let message = format!("all files of `{pattern}` are left out of the package, as `{path}`");
                    (message, "remove the pattern from the ignore file".to_string())
                }
                (None, Some(clean)) if clean != pattern => {
                    (format!("`{pattern}` fits no file"), format!("write `{clean}`"))
                }
                _ => (format!("`{pattern}` fits no file"), "`*` stays within one folder, and so does `**`".to_string()),
            };
            self.found.push(Diagnostic::warning("bad-glob", place, message).help(help));
        }
        let Some(kind) = kinds::find("model") else { return };
        for path in found {
            match self.sources.find(path) {
                Some(model) => self.document(model, kind, counts),
                None => {
                    let message = format!("`{pattern}` fits `{path}`, which is no YAML text");
                    self.breaks_package("bad-glob", place, message, "narrow the pattern, such as `*.yaml`");
                }
            }
        }
    }
}

/// A value as the daemon takes its text: that of an alias is its name, that of a list or map is empty.
fn as_text<'d>(node: Node<'d>) -> &'d str {
    node.alias().or(node.text()).unwrap_or_default()
}
