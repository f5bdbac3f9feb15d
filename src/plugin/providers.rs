//! The files that a manifest lists, and those that they list: each is opened and checked as its kind.

use super::{Check, at};
use crate::diagnostic::{Breaks, Diagnostic};
use crate::kinds;
use crate::shape::{self, Files, Kind, Shape};
use crate::source::{FileId, Span};
use crate::yaml::{self, Node};

/// The lists below `plugins`, the kind of the files in them, and the key under which one may stand in the manifest.
const LISTS: [(&str, &str, &str); 6] = [
    ("tools", "tool-provider", "tool"),
    ("models", "model-provider", "model"),
    ("endpoints", "endpoint-group", "endpoint"),
    ("agent_strategies", "agent-strategy-provider", "agent_strategy"),
    ("datasources", "datasource-provider", "datasource"),
    ("triggers", "trigger-provider", "trigger"),
];

/// Where the files stand that the SDK of the plugin's language loads.
const SOURCES: [&str; 3] = ["source", "provider_source", "model_sources"];

impl Check<'_> {
    pub(super) fn providers(&mut self, file: FileId, manifest: Node) {
        for (list, kind, inline) in LISTS {
            let Some(kind) = kinds::find(kind) else { continue };
            let all = at(manifest, &["plugins", list]).filter(|all| all.is_list());
            let paths: Vec<Node> = all.into_iter().flat_map(|all| all.items()).filter(|item| !item.is_null()).collect();
            if let (true, Some(inline)) = (paths.is_empty(), manifest.get(inline)) {
                self.icons(file, kind.name, inline);
            }
            // Of several the last counts, so it goes first: where a file is listed twice, it is read as one that does.
            for (index, item) in paths.iter().enumerate().rev() {
                let Some(path) = item.text() else { continue };
                let place = Span::new(file, item.span());
                let counts = index + 1 == paths.len();
                if let Some(provider) = self.open(path, place) {
                    self.document(provider, kind, counts);
                }
            }
        }
    }

    /// Checks a file and those that it names.
    pub(super) fn document(&mut self, file: FileId, kind: &'static Kind, counts: bool) {
        let document = yaml::parse(self.sources.text(file));
        let is_new = self.read(file, kind, &document, counts);
        let root = document.root().filter(|root| root.is_map() && document.problems.is_empty());
        let Some(root) = root.filter(|_| is_new) else { return };
        if counts {
            self.icons(file, kind.name, root);
        }
        self.programs(file, root);
        for (list, files) in lists(kind) {
            for (path, range) in children(root, list, files) {
                if let Some(child) = self.open(path, Span::new(file, range)) {
                    self.document(child, files.kind, counts);
                }
            }
            if counts {
                for item in root.get(list).into_iter().flat_map(Node::items).filter(|item| item.is_map()) {
                    self.icons(file, files.kind.name, item);
                }
            }
        }
        if kind.name == "model-provider" {
            self.models(file, root, counts);
        }
    }

    /// The programs that a file names are loaded when the plugin runs.
    fn programs(&mut self, file: FileId, root: Node) {
        let Some(python) = at(root, &["extra", "python"]) else { return };
        for key in SOURCES {
            let Some(value) = python.get(key) else { continue };
            let mut all: Vec<Node> = value.items().collect();
            all.extend(value.text().map(|_| value));
            for node in all {
                let Some(path) = node.text().filter(|path| !path.is_empty()) else { continue };
                if super::clean(path).is_some_and(|clean| self.exists(&clean)) {
                    continue;
                }
                let message = format!("there is no file `{path}`: the plugin fails when it starts");
                let found = Diagnostic::warning("missing-file", Span::new(file, node.span()), message);
                self.found.push(match self.near(path) {
                    Some(near) => found.help(format!("did you mean `{near}`?")),
                    None => found.help("add it; paths begin at the plugin's folder"),
                });
            }
        }
    }

    pub(super) fn breaks_package(&mut self, rule: &'static str, place: Span, message: String, help: &str) {
        self.found.push(Diagnostic::error(rule, place, message).help(help).breaks(Breaks::Package));
    }
}

/// The keys of a kind that list files.
fn lists(kind: &'static Kind) -> Vec<(&'static str, &'static Files)> {
    let Shape::Map(map) = kind.shape else { return Vec::new() };
    let files = map.fields.iter().filter_map(|field| match field.shape {
        Shape::Files(files) => Some((field.name, files)),
        _ => None,
    });
    files.collect()
}

/// The paths in such a list: its scalars as written. Behind an item that ends the reading there are none.
fn children<'d>(root: Node<'d>, list: &str, files: &Files) -> Vec<(&'d str, std::ops::Range<usize>)> {
    let mut paths = Vec::new();
    let Some(node) = root.get(list).filter(|node| node.is_list() && node.alias().is_none()) else { return paths };
    for item in node.items() {
        match item.text().filter(|_| item.alias().is_none()) {
            Some(path) => paths.push((path, item.span())),
            None if files.stops && !shape::decodes(files.kind, item) => break,
            None => {}
        }
    }
    paths
}
