//! The icons that a file names: each must lie below `_assets`, under exactly this name.

use super::{Check, at};
use crate::config::nearest::nearest;
use crate::diagnostic::{Breaks, Diagnostic};
use crate::source::{FileId, Span};
use crate::yaml::Node;

/// Where icons are named, and what refuses one that is missing.
const ICONS: [(&str, &[&str], Breaks); 14] = [
    ("manifest", &["icon"], Breaks::Package),
    ("manifest", &["icon_dark"], Breaks::Package),
    ("tool-provider", &["identity", "icon"], Breaks::Package),
    ("tool-provider", &["identity", "icon_dark"], Breaks::Install),
    ("trigger-provider", &["identity", "icon"], Breaks::Package),
    ("trigger-provider", &["identity", "icon_dark"], Breaks::Install),
    ("datasource-provider", &["identity", "icon"], Breaks::Package),
    ("datasource", &["identity", "icon"], Breaks::Install),
    ("agent-strategy-provider", &["identity", "icon"], Breaks::Install),
    ("agent-strategy-provider", &["identity", "icon_dark"], Breaks::Install),
    ("model-provider", &["icon_small"], Breaks::Package),
    ("model-provider", &["icon_large"], Breaks::Package),
    ("model-provider", &["icon_small_dark"], Breaks::Install),
    ("model-provider", &["icon_large_dark"], Breaks::Install),
];

const LANGUAGES: [&str; 4] = ["en_US", "zh_Hans", "ja_JP", "pt_BR"];

const FOLDER: &str = "_assets/";

impl Check<'_> {
    pub(super) fn icons(&mut self, file: FileId, kind: &str, root: Node) {
        for (_, keys, breaks) in ICONS.iter().filter(|(name, ..)| *name == kind) {
            let Some(value) = at(root, keys) else { continue };
            // A model provider has one for each language.
            let names = LANGUAGES.iter().filter_map(|language| value.get(language)).chain([value]);
            for node in names.filter(|node| !node.is_null()) {
                if let Some(name) = node.text().filter(|name| !name.is_empty()) {
                    self.icon(name, Span::new(file, node.span()), *breaks);
                }
            }
        }
    }

    fn icon(&mut self, name: &str, place: Span, breaks: Breaks) {
        let path = format!("{FOLDER}{name}");
        if self.exists(&path) {
            self.named.push((path, place));
            return;
        }
        let icons: Vec<&str> = self.paths().filter_map(|path| path.strip_prefix(FOLDER)).collect();
        let below = name.trim_start_matches("./").trim_start_matches(FOLDER);
        let few = icons.iter().copied().take(1000);
        let help = match nearest(below, few) {
            Some(near) if near.eq_ignore_ascii_case(below) => format!("write `{near}`"),
            Some(near) => format!("did you mean `{near}`?"),
            None if icons.is_empty() => format!("put the icon into the folder `{FOLDER}`"),
            None => format!("name a file below `{FOLDER}`, without that folder"),
        };
        let message = format!("there is no icon `{FOLDER}{name}`");
        self.found.push(Diagnostic::error("missing-icon", place, message).help(help).breaks(breaks));
    }
}
