//! Our own book: the files that a guide shows form a plugin without a finding, and what troubleshooting prints for a
//! mistake is what the check says of a guide's plugin with that mistake in it.
//!
//! `UPDATE=1` rewrites the messages in the pages; review the difference.
#![allow(clippy::disallowed_methods)]

#[path = "book/coverage.rs"]
mod coverage;
#[path = "book/guide.rs"]
mod guide;
#[path = "book/rules.rs"]
mod rules;

use guide::{Block, Guide, code_blocks};
use proofpress::diagnostic::Severity;
use proofpress::plugin;
use proofpress::report::{Checked, Counts, FORMATS, Place, Report};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Folders of the book's languages.
const LANGUAGES: &[&str] = &["", "zh/"];

/// Pages of the quick start that build no plugin.
const WITHOUT: &[&str] = &["initialize-development-tools.md", "model/README.md", "remote-debugging.md"];

#[test]
fn guides_are_plugins() {
    let mut wrong = Vec::new();
    for language in LANGUAGES {
        let mut without = Vec::new();
        for (path, text) in pages(&format!("{language}quick-start")) {
            match Guide::read(&text) {
                Err(lack) => wrong.push(format!("{language}{path}: {lack}")),
                Ok(None) => without.push(path),
                Ok(Some(guide)) => {
                    wrong.extend(guide.gaps().iter().map(|gap| format!("{language}{path}: {gap}")));
                    wrong.extend(
                        Some(findings(&guide))
                            .filter(|text| !text.is_empty())
                            .map(|text| format!("{language}{path}:\n{text}")),
                    );
                }
            }
        }
        assert_eq!(without, WITHOUT, "a guide without a `manifest.yaml` is no plugin");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Each titled example of a mistake is laid over the guide that has a file of this title; the block after it holds what
/// `proofpress check` prints then.
#[test]
fn messages_are_those_of_the_check() {
    let mut wrong = Vec::new();
    for language in LANGUAGES {
        let mistakes = messages(language, &mut wrong);
        assert!(mistakes > if language.is_empty() { 20 } else { 5 }, "the mistakes were found");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Compares the messages of one language, and returns how many mistakes it shows.
fn messages(language: &str, wrong: &mut Vec<String>) -> usize {
    let mut guides: Vec<Guide> =
        pages(&format!("{language}quick-start")).values().filter_map(|text| Guide::read(text).ok().flatten()).collect();
    guides.sort_by_key(|guide| guide.name != "google_search");
    let mut mistakes = 0;
    let folder = format!("{language}troubleshooting");
    for (path, text) in pages(&folder) {
        let path = format!("{folder}/{path}");
        let blocks = code_blocks(&text);
        let mut edits = Vec::new();
        for (at, block) in blocks.iter().enumerate() {
            let Some(title) = &block.title else { continue };
            mistakes += 1;
            match blocks.get(at + 1).filter(|next| next.language == "text" && next.title.is_none()) {
                None => wrong.push(format!("{path}: no message follows `{title}`:\n{}", block.text)),
                Some(message) => match with_mistake(&guides, title, &block.text) {
                    None => wrong.push(format!("{path}: no guide shows `{title}`")),
                    Some(guide) => {
                        let expected = findings(&guide);
                        if expected.trim_end() != message.text.trim_end() {
                            edits.push((message, expected));
                        }
                    }
                },
            }
        }
        if std::env::var_os("UPDATE").is_some() {
            rewrite(&path, &text, &edits);
        } else {
            wrong.extend(
                edits.iter().map(|(found, expected)| {
                    format!("{path}: shows\n{}\nwhere the check says\n{expected}", found.text)
                }),
            );
        }
    }
    mistakes
}

/// The first guide with a file of this path, the tool guide before others, and the mistake in that file. Of YAML, the keys at the top are replaced that
/// the mistake has; any other file is replaced as a whole, and may be new.
fn with_mistake(guides: &[Guide], path: &str, mistake: &str) -> Option<Guide> {
    let is_yaml = path.ends_with(".yaml");
    let guide = guides.iter().find(|guide| guide.shown.contains_key(path)).or(guides.first().filter(|_| !is_yaml));
    let mut guide = guide?.clone();
    let text = match guide.shown.get(path) {
        Some(text) if is_yaml => overlay(text, mistake),
        _ => mistake.to_string(),
    };
    guide.shown.insert(path.to_string(), text);
    Some(guide)
}

/// Texts of YAML: the second's entries at the top in place of the first's, and new ones at the end.
fn overlay(text: &str, mistake: &str) -> String {
    let mut entries = top_level(text);
    for (key, entry) in top_level(mistake) {
        match entries.iter_mut().find(|(known, _)| *known == key) {
            Some((_, old)) => *old = entry,
            None => entries.push((key, entry)),
        }
    }
    entries.into_iter().map(|(_, entry)| entry).collect()
}

/// Keys at the top and the lines that belong to each; a repeated key is part of the first.
fn top_level(text: &str) -> Vec<(String, String)> {
    let mut entries: Vec<(String, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        let key = line.split(':').next().unwrap_or_default().to_string();
        let begins = !line.starts_with([' ', '-', '#', '\t', '\n']) && entries.iter().all(|(known, _)| *known != key);
        match entries.last_mut() {
            Some((_, entry)) if !begins => entry.push_str(line),
            _ => entries.push((key, line.to_string())),
        }
    }
    entries
}

/// What is printed of a plugin.
fn findings(guide: &Guide) -> String {
    let sources = Arc::new(guide.sources());
    let diagnostics = plugin::check(&sources);
    let checked = [Checked {
        sources,
        place: Place { prefix: format!("{}/", guide.name), ..Place::default() },
        diagnostics,
        counts: Counts::default(),
    }];
    let files = [checked[0].files()];
    let mut out = Vec::new();
    let human = FORMATS.iter().find(|format| format.name == "human").expect("the format for people");
    (human.write)(&Report::new(&checked, &files, Severity::Error), &mut out).expect("written to memory");
    String::from_utf8(out).expect("text").trim_end().to_string()
}

fn rewrite(path: &str, text: &str, edits: &[(&Block, String)]) {
    let mut text = text.to_string();
    for (block, expected) in edits.iter().rev() {
        text.replace_range(block.range.clone(), &format!("{expected}\n"));
    }
    fs::write(content().join(path), text).expect("the page can be written");
}

fn content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content")
}

/// The pages of a folder of the book, by their path in it.
fn pages(folder: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    walk(&content().join(folder), "", &mut found);
    assert!(!found.is_empty(), "{folder} has pages");
    found
}

fn walk(folder: &Path, prefix: &str, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            walk(&entry.path(), &format!("{name}/"), found);
        } else if name.ends_with(".md") {
            found.insert(name, fs::read_to_string(entry.path()).unwrap_or_default());
        }
    }
}
