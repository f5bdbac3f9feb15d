//! A plugin's folder as [`Sources`] in; out comes everything that packaging and installing it would refuse, with places.
//!
//! The order is the packaging command's: the manifest, the files that it lists, the files that those list. Unlike that
//! command it goes on after a fault. What is packed can still fail to install, since a package is looked up by exact
//! names and lacks what an ignore file leaves out.

mod glob;
mod icons;
mod ignored;
mod kind;
mod models;
mod package;
mod providers;

use crate::config::nearest::nearest;
use crate::diagnostic::{self, Breaks, Diagnostic};
use crate::kinds;
use crate::shape::{self, Fault, Kind, Options};
use crate::source::{FileId, Sources, Span};
use crate::yaml::{self, Document, Node};
use ignored::Ignored;
pub use kind::kind_of;
use std::collections::BTreeSet;

/// The file that makes a folder a plugin or a bundle. No other spelling is found.
pub const MANIFEST: &str = "manifest.yaml";

/// What makes a folder a book, whatever else it holds. `README.md` does not, since every plugin has one.
const BOOK: [&str; 3] = ["book.toml", ".gitbook.yaml", "SUMMARY.md"];

/// Keys that tell a plugin's manifest from one of another program.
const KEYS: [&str; 4] = ["plugins", "meta", "resource", "created_at"];

fn type_of<'d>(manifest: Node<'d>) -> Option<&'d str> {
    manifest.get("type").and_then(Node::text)
}

fn has_own_keys(manifest: Node) -> bool {
    KEYS.iter().any(|key| manifest.get(key).is_some())
}

/// Whether a folder is a plugin or a bundle and not a book. `has` tells whether a file, or a folder with `/` at its end,
/// is there; `manifest` is the text of the manifest. A folder whose manifest is missing is known by what else a plugin
/// has.
pub fn is_plugin(has: impl Fn(&str) -> bool, manifest: Option<&str>) -> bool {
    if BOOK.iter().any(|name| has(name)) {
        return false;
    }
    match manifest {
        Some(text) => {
            let document = yaml::parse(text);
            match document.root() {
                Some(root) if root.is_map() && document.problems.is_empty() => {
                    matches!(type_of(root), Some("plugin" | "bundle")) || has_own_keys(root)
                }
                // One that cannot be read is more likely a plugin's than another program's.
                _ => true,
            }
        }
        None => {
            let is_known = || ["main.py", "PRIVACY.md", "provider/"].iter().any(|name| has(name));
            has("manifest.yml") || has(".difyignore") || (has("_assets/") && is_known())
        }
    }
}

/// Everything that is wrong with a plugin or a bundle, in the order of the files. A folder without a manifest gets one
/// finding, at its first text; none where it has no text at all.
pub fn check(sources: &Sources) -> Vec<Diagnostic> {
    let mut check =
        Check { sources, ignored: Ignored::read(sources), found: Vec::new(), named: Vec::new(), read: BTreeSet::new() };
    match sources.find(MANIFEST) {
        Some(file) => check.manifest(file),
        None => check.no_manifest(),
    }
    diagnostic::sort(&mut check.found);
    check.found
}

/// The faults of one file that is of this kind, alone.
pub fn check_file(sources: &Sources, file: FileId, kind: &'static Kind) -> Vec<Diagnostic> {
    faults(sources, file, kind, &yaml::parse(sources.text(file)))
}

fn faults(sources: &Sources, file: FileId, kind: &'static Kind, document: &Document) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if let Some(at) = sources.source(file).invalid {
        let place = Span::new(file, at as usize..at as usize);
        let message = "this is no UTF-8, and nothing else is read as YAML";
        found.push(
            Diagnostic::error("yaml-syntax", place, message).help("save the file as UTF-8").breaks(Breaks::Decode),
        );
    }
    let all = shape::check(kind, kind.shape, &[], document, Options::default());
    found.extend(all.into_iter().map(|fault| place(fault, file)));
    found
}

/// A fault of a whole file, at its place.
fn place(fault: Fault, file: FileId) -> Diagnostic {
    Diagnostic {
        labels: fault.label.into_iter().map(|(range, message)| (Span::new(file, range), message)).collect(),
        help: fault.help,
        see: fault.field,
        breaks: fault.breaks,
        ..Diagnostic::new(fault.rule, fault.severity, Span::new(file, fault.range), fault.message)
    }
}

/// The state of a check.
struct Check<'a> {
    sources: &'a Sources,
    ignored: Ignored,
    found: Vec<Diagnostic>,
    /// The files that must be in the package, and who names them.
    named: Vec<(String, Span)>,
    /// What was read as what.
    read: BTreeSet<(FileId, &'static str)>,
}

impl<'a> Check<'a> {
    fn no_manifest(&mut self) {
        let Some((first, _)) = self.sources.files().next() else { return };
        let near = self.sources.files().find(|(_, source)| is_nearly(&source.path));
        let (file, help) = match near {
            Some((file, source)) => (file, format!("rename `{}` to `{MANIFEST}`", source.path)),
            None => (first, format!("add `{MANIFEST}`, which says what the plugin is")),
        };
        let message = format!("the folder has no `{MANIFEST}`");
        let found = Diagnostic::error("missing-file", Span::new(file, 0..0), message);
        self.found.push(found.help(help).breaks(Breaks::Package));
    }

    fn manifest(&mut self, file: FileId) {
        let document = yaml::parse(self.sources.text(file));
        let root = document.root().filter(|_| document.problems.is_empty());
        // A plugin with the wrong type is told that, not all that a bundle needs.
        let is_bundle = root.is_some_and(|root| type_of(root) == Some("bundle") && !has_own_keys(root));
        let name = if is_bundle { "bundle" } else { "manifest" };
        let Some(kind) = kinds::find(name) else { return };
        self.read(file, kind, &document, true);
        if is_bundle {
            return;
        }
        self.named.push((MANIFEST.to_string(), Span::new(file, 0..0)));
        if let Some(root) = root {
            self.icons(file, kind.name, root);
            self.providers(file, root);
        }
        self.packed_out();
        self.too_large(file);
        if !self.exists("README.md") {
            let message = "the plugin has no `README.md`, which is shown where it is installed";
            let note = Diagnostic::note("missing-file", Span::new(file, 0..0), message);
            self.found.push(note.help("add `README.md`"));
        }
    }

    /// Checks a file as this kind, unless that was done. `counts` is unset for what another file replaces: nobody
    /// applies rules to it or stores it.
    fn read(&mut self, file: FileId, kind: &'static Kind, document: &Document, counts: bool) -> bool {
        let is_new = self.read.insert((file, kind.name));
        if is_new {
            let all = faults(self.sources, file, kind, document);
            self.found.extend(all.into_iter().map(|found| package::in_plugin(found, counts)));
        }
        is_new
    }

    /// The file that a path in a text leads to, or a finding that says why there is none.
    fn open(&mut self, path: &str, place: Span) -> Option<FileId> {
        let Some(clean) = clean(path) else {
            self.missing(place, format!("`{path}` lies outside of the plugin"), "name a file of the plugin");
            return None;
        };
        if let Some(file) = self.sources.find(&clean) {
            if clean != path {
                self.wrong_path(path, &clean, place);
            } else {
                self.named.push((clean, place));
            }
            return Some(file);
        }
        if path.is_empty() {
            self.missing(place, "the path is empty".to_string(), "name a file of the plugin");
        } else if self.exists(&clean) {
            self.missing(place, format!("`{path}` is no YAML text"), "name a YAML file");
        } else if self.is_folder(&clean) {
            self.missing(place, format!("`{path}` is a folder"), "name a file in it");
        } else {
            let help = match self.near(&path.replace('\\', "/")) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "paths begin at the plugin's folder, whichever file names them".to_string(),
            };
            self.missing(place, format!("there is no file `{path}`"), help);
        }
        None
    }

    fn missing(&mut self, place: Span, message: String, help: impl Into<String>) {
        let found = Diagnostic::error("missing-file", place, message);
        self.found.push(found.help(help).breaks(Breaks::Package));
    }

    fn wrong_path(&mut self, path: &str, clean: &str, place: Span) {
        let message = format!("`{path}` is found when the plugin is packaged, and not when it is installed");
        let mut found = Diagnostic::error("wrong-path", place, message);
        if &self.sources[place] == path {
            found = found.fix(true, vec![(place, clean.to_string())]);
        }
        self.found.push(found.help(format!("write `{clean}`")).breaks(Breaks::Install));
    }

    /// The file whose path differs least, a program for a program. Not looked for where much is missing, since that
    /// takes long and helps little.
    fn near(&self, path: &str) -> Option<&'a str> {
        let is_program = |path: &str| path.ends_with(".py");
        let fits = |other: &&str| is_program(other) == is_program(path);
        if self.found.len() < 100 { nearest(path, self.paths().filter(fits)) } else { None }
    }

    fn exists(&self, path: &str) -> bool {
        self.sources.find(path).is_some() || self.sources.assets().contains_key(path)
    }

    fn is_folder(&self, path: &str) -> bool {
        let below = format!("{path}/");
        path.is_empty() || self.paths().any(|path| path.starts_with(&below))
    }

    /// Every file of the plugin.
    fn paths(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let sources = self.sources;
        let texts = sources.files().map(|(_, source)| &*source.path);
        texts.chain(sources.assets().keys().map(String::as_str).filter(|path| sources.find(path).is_none()))
    }
}

/// A path as the packaging command joins it to the plugin's folder; none for one that leads out of it.
fn clean(path: &str) -> Option<String> {
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn is_nearly(path: &str) -> bool {
    let name = path.to_ascii_lowercase();
    name == "manifest.yml" || name == MANIFEST
}

/// The value below these keys.
fn at<'d>(root: Node<'d>, keys: &[&str]) -> Option<Node<'d>> {
    keys.iter().try_fold(root, |node, key| node.get(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined_as_text() {
        for (path, expected) in [
            ("provider/x.yaml", Some("provider/x.yaml")),
            ("./provider//x.yaml", Some("provider/x.yaml")),
            ("/provider/x.yaml", Some("provider/x.yaml")),
            ("tools/../provider/x.yaml", Some("provider/x.yaml")),
            ("tools/", Some("tools")),
            ("", Some("")),
            ("a\\b", Some("a\\b")),
            ("../x.yaml", None),
            ("a/../../x", None),
        ] {
            assert_eq!(clean(path).as_deref(), expected, "{path}");
        }
    }

    #[test]
    fn plugins_are_told_from_books() {
        for (files, manifest, expected) in [
            (&["README.md"][..], Some("type: plugin"), true),
            (&["README.md"], Some("type: bundle"), true),
            (&["README.md"], Some("type: service"), false),
            (&["README.md"], Some("apiVersion: v1\nkind: Pod"), false),
            (&["README.md"], Some(""), true),
            (&["README.md"], Some("a: ["), true),
            (&["README.md"], Some("a: 1\nb: ["), true),
            (&["SUMMARY.md"], Some("type: plugin"), false),
            (&["README.md"], None, false),
            (&["README.md", "manifest.yml"], None, true),
            (&["README.md", "_assets/", "provider/"], None, true),
        ] {
            assert_eq!(is_plugin(|name| files.contains(&name), manifest), expected, "{files:?} {manifest:?}");
        }
    }
}
