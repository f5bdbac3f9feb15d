//! The titled examples of a page in; paths that one names and another shows under a different name out.
//!
//! A manifest, the provider it lists and the tools which that lists are read as one plugin. What is listed and not shown
//! is fine.

use super::{Binding, Bound, Fence};
use crate::diagnostic::Diagnostic;
use crate::shape::elision::{Elisions, is_placeholder};
use crate::shape::{Kind, Shape};
use crate::source::Span;
use crate::yaml::{self, Node};

/// What the manifest lists under `plugins`, and the kind of these files.
const PLUGINS: [(&str, &str); 6] = [
    ("tools", "tool-provider"),
    ("models", "model-provider"),
    ("endpoints", "endpoint-group"),
    ("agent_strategies", "agent-strategy-provider"),
    ("datasources", "datasource-provider"),
    ("triggers", "trigger-provider"),
];

/// A path in an example.
struct Listed {
    path: String,
    kind: &'static str,
    span: Span,
}

/// An example with a file's name.
struct Shown<'f> {
    path: &'f str,
    kind: &'static str,
    span: Span,
}

/// Reports each listed path that only stands under another name on the page.
pub fn check(fences: &[Fence], bindings: &[Binding]) -> Vec<Diagnostic> {
    let all = || fences.iter().zip(bindings).filter_map(|(fence, binding)| Some((fence, whole(binding)?)));
    let shown: Vec<Shown> = all()
        .filter_map(|(fence, kind)| {
            let path = fence.title.as_deref().map(clean).filter(|path| is_path(path))?;
            Some(Shown { path, kind: kind.name, span: fence.first_line() })
        })
        .collect();
    if shown.is_empty() {
        return Vec::new();
    }
    let mut listed: Vec<Listed> = all().flat_map(|(fence, kind)| paths(fence, kind)).collect();
    listed.retain(|listed| !is_placeholder(&listed.path));
    let mut found = Vec::new();
    let kinds: std::collections::BTreeSet<&str> = listed.iter().map(|listed| listed.kind).collect();
    for kind in kinds {
        let listed: Vec<&Listed> = listed.iter().filter(|listed| listed.kind == kind).collect();
        let shown: Vec<&Shown> = shown.iter().filter(|shown| shown.kind == kind).collect();
        let missing = listed.iter().filter(|one| !shown.iter().any(|other| is_same(&one.path, other.path)));
        let stray = shown.iter().filter(|one| !listed.iter().any(|other| is_same(&other.path, one.path)));
        let (missing, stray): (Vec<_>, Vec<_>) = (missing.collect(), stray.collect());
        for one in &missing {
            let near = stray.iter().find(|other| name(other.path) == name(&one.path));
            // With one of each there is no other file that could be meant.
            let only = stray.first().filter(|_| missing.len() == 1 && stray.len() == 1);
            if let Some(other) = near.or(only) {
                let message = format!("`{}` is listed here, and shown as `{}`", one.path, other.path);
                found.push(
                    Diagnostic::warning("example-set", one.span, message)
                        .label(other.span, "shown here")
                        .help("give both the same path"),
                );
            }
        }
    }
    found
}

/// The kind of an example that shows a whole file, or the beginning of one.
fn whole(binding: &Binding) -> Option<&'static Kind> {
    match &binding.bound {
        Some(Bound::Builtin(place)) if place.path.is_empty() => Some(place.found.kind),
        _ => None,
    }
}

fn paths(fence: &Fence, kind: &'static Kind) -> Vec<Listed> {
    let elisions = Elisions::find(&fence.text);
    let document = yaml::parse(elisions.text());
    let Some(root) = document.root() else { return Vec::new() };
    let mut found = Vec::new();
    let mut list = |node: Node, kind: &'static str| {
        for item in node.items() {
            if let Some(path) = item.text().map(clean).filter(|path| is_path(path)) {
                found.push(Listed { path: path.to_string(), kind, span: fence.locate(item.span()) });
            }
        }
    };
    for field in kind.shape.as_map().map_or(&[][..], |map| map.fields) {
        if let (Shape::Files(files), Some(value)) = (field.shape, root.get(field.name)) {
            list(value, files.kind.name);
        }
    }
    for (key, name) in PLUGINS.iter().filter(|_| kind.name == "manifest") {
        if let Some(value) = root.get("plugins").and_then(|plugins| plugins.get(key)) {
            list(value, name);
        }
    }
    found
}

fn clean(path: &str) -> &str {
    path.trim().trim_start_matches("./").trim_start_matches('/')
}

fn is_path(text: &str) -> bool {
    (text.ends_with(".yaml") || text.ends_with(".yml")) && !text.contains(char::is_whitespace)
}

/// A title may begin with the plugin's folder, or be the file's name alone.
fn is_same(listed: &str, shown: &str) -> bool {
    let ends =
        |long: &str, short: &str| long.strip_suffix(short).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'));
    ends(shown, listed) || (!shown.contains('/') && ends(listed, shown))
}

fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_stand_for_paths() {
        for (listed, shown, expected) in [
            ("provider/x.yaml", "provider/x.yaml", true),
            ("provider/x.yaml", "demo/provider/x.yaml", true),
            ("provider/x.yaml", "x.yaml", true),
            ("provider/x.yaml", "providers/x.yaml", false),
            ("provider/x.yaml", "provider/y.yaml", false),
            ("x.yaml", "provider/ax.yaml", false),
        ] {
            assert_eq!(is_same(listed, shown), expected, "{listed} {shown}");
        }
    }
}
