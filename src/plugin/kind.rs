//! The path and the text of a file in, the kind that it most likely is out.

use super::glob::Glob;
use crate::kinds;
use crate::shape::Kind;
use crate::yaml;
use std::cmp::Reverse;

/// The kind whose path pattern fits the end of this path most closely. Where several do, as for providers, it is the
/// one that knows the most of the keys at the top; none where that is no single one.
pub fn kind_of(path: &str, text: &str) -> Option<&'static Kind> {
    let fitting = kinds::KINDS.iter().filter_map(|kind| {
        let closest = kind.files.iter().filter(|pattern| fits(pattern, path)).map(|pattern| literal(pattern)).max()?;
        Some((closest, *kind))
    });
    let fitting: Vec<(usize, &'static Kind)> = fitting.collect();
    let closest = fitting.iter().map(|(closest, _)| *closest).max()?;
    let kinds: Vec<&'static Kind> =
        fitting.into_iter().filter(|(own, _)| *own == closest).map(|(_, kind)| kind).collect();
    if let [only] = kinds[..] {
        return Some(only);
    }
    let document = yaml::parse(text);
    let root = document.root()?;
    let mut known: Vec<(usize, &'static Kind)> = kinds.into_iter().map(|kind| (known(kind, root), kind)).collect();
    known.sort_by_key(|(known, _)| Reverse(*known));
    match known[..] {
        [(most, kind), (next, _), ..] if most > next => Some(kind),
        _ => None,
    }
}

fn fits(pattern: &str, path: &str) -> bool {
    let parts = pattern.split('/').count();
    let mut tail: Vec<&str> = path.rsplit('/').take(parts).collect();
    tail.reverse();
    Glob::parse(pattern).is_some_and(|glob| glob.fits(&tail.join("/")))
}

/// How much of a pattern stands for itself.
fn literal(pattern: &str) -> usize {
    pattern.chars().filter(|char| *char != '*').count()
}

fn known(kind: &Kind, root: yaml::Node) -> usize {
    let Some(map) = kind.shape.as_map() else { return 0 };
    root.entries().filter(|(key, _)| key.text().is_some_and(|name| map.field(name).is_some())).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_keys_tell_kinds() {
        for (path, text, expected) in [
            ("manifest.yaml", "type: plugin\nplugins: {}\nmeta: {}", Some("manifest")),
            ("a/manifest.yaml", "type: bundle\nlabels: {}\ndependencies: []", Some("bundle")),
            ("p/tools/a.yaml", "", Some("tool")),
            ("models/llm/a.yaml", "", Some("model")),
            ("models/llm/_position.yaml", "- a", Some("model-position")),
            ("provider/a.yaml", "identity: {}\ntools: []", Some("tool-provider")),
            ("provider/a.yaml", "identity: {}\nevents: []", Some("trigger-provider")),
            ("provider/a.yaml", "provider: a\nmodels: {}", Some("model-provider")),
            ("provider/a.yaml", "identity: {}", None),
            ("provider/a.yaml", "", None),
            ("values.yaml", "identity: {}", None),
        ] {
            assert_eq!(kind_of(path, text).map(|kind| kind.name), expected, "{path} {text}");
        }
    }
}
