//! Settings that name files in (`book.toml`, `.gitbook.yaml`, `docs.yaml`); their values after a move out.

use super::Moves;
use crate::config::SpaceConfig;
use crate::edit::Edits;
use crate::site::Site;
use crate::site::assets::inside;
use crate::site::resolve::{join, parent};
use crate::source::{FileId, Span};
use crate::yaml::{self, Node};
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// Adds the edits of all settings but the redirects.
pub fn follow(before: &Site, moves: &Moves, edits: &mut Edits, notes: &mut Vec<String>) {
    for (file, source) in before.sources.files() {
        let (dir, name) = (parent(&source.path), source.path.rsplit('/').next().unwrap_or(&source.path));
        let mut values = Vec::new();
        match name {
            "book.toml" if dir.is_empty() => {
                let (document, _) = DeTable::parse_recoverable(&source.text);
                table(document.get_ref(), &mut values);
                values.retain(|(value, _)| join("", value).is_some_and(|path| moves.of(&path) != path));
            }
            ".gitbook.yaml" => gitbook(&source.text, &mut values),
            "docs.yaml" | "gitbook-docs.yaml" if dir.is_empty() => {
                let document = yaml::parse(&source.text);
                document.root().into_iter().for_each(|root| directories(root, 0, &mut values));
            }
            _ => continue,
        }
        let content = if name == ".gitbook.yaml" { content(before, file) } else { String::new() };
        for (value, place) in values {
            let base = if value.starts_with("root:") { dir } else { &*content };
            let value = value.trim_start_matches("root:");
            let Some(old) = join(base, value) else { continue };
            let new_base = moves.of(base);
            let new = moves.of(&old);
            // A folder that moves with the file that names it keeps its name there.
            if new == old || (inside(&new, &new_base) && new[new_base.len()..] == old[base.len()..]) {
                continue;
            }
            let lead = &value[..value.len() - value.trim_start_matches(['.', '/']).len()];
            let inner = if inside(&new, &new_base) { new[new_base.len()..].trim_start_matches('/') } else { &new };
            let text = &source.text[place.clone()];
            if !inside(&new, &new_base) || !text.contains(value) || lead.contains("..") {
                notes.push(format!("`{}` names `{value}`: change it by hand", source.path));
                continue;
            }
            let tail = if value.ends_with('/') { "/" } else { "" };
            edits.take(&[(Span::new(file, place.clone()), text.replacen(value, &format!("{lead}{inner}{tail}"), 1))]);
        }
    }
}

/// The strings of `book.toml`; levels and titles may be called like files.
fn table(table: &DeTable, out: &mut Vec<(String, Range<usize>)>) {
    for (key, value) in table.iter() {
        if !matches!(&**key.get_ref(), "check" | "title" | "description" | "claims" | "kinds") {
            self::value(value, out);
        }
    }
}

fn value(value: &toml::Spanned<DeValue>, out: &mut Vec<(String, Range<usize>)>) {
    match value.get_ref() {
        DeValue::String(text) => out.push((text.to_string(), value.span())),
        DeValue::Array(items) => items.iter().for_each(|item| self::value(item, out)),
        DeValue::Table(inner) => table(inner, out),
        _ => {}
    }
}

/// `root` is relative to the file's folder, and marked here as such; the rest to what `root` says.
fn gitbook(text: &str, out: &mut Vec<(String, Range<usize>)>) {
    let document = yaml::parse(text);
    let Some(root) = document.root() else { return };
    if let Some(node) = root.get("root") {
        out.extend(node.text().map(|text| (format!("root:{text}"), node.span())));
    }
    for name in ["readme", "summary"] {
        let node = root.get("structure").and_then(|structure| structure.get(name));
        out.extend(node.and_then(|node| Some((node.text()?.to_string(), node.span()))));
    }
}

fn directories(node: Node, depth: usize, out: &mut Vec<(String, Range<usize>)>) {
    if depth > 20 || out.len() > 1000 {
        return;
    }
    for (key, value) in node.entries() {
        if key.text() == Some("directory") {
            out.extend(value.text().map(|text| (text.to_string(), value.span())));
        }
        directories(value, depth + 1, out);
    }
    node.items().for_each(|item| directories(item, depth + 1, out));
}

/// The folder that a `.gitbook.yaml` is about.
pub fn content(site: &Site, file: FileId) -> String {
    let dir = parent(site.sources.path(file));
    let document = yaml::parse(site.sources.text(file));
    let root = document.root().and_then(|root| root.get("root")).and_then(Node::text);
    let folder = root.and_then(|root| join(dir, root.trim()));
    let holds = |folder: &String| site.sources.files().any(|(_, source)| inside(&source.path, folder));
    folder.filter(|folder| folder.is_empty() || holds(folder)).unwrap_or_else(|| dir.to_string())
}

/// Files that are found by their names must keep them: the spaces afterwards have to be those of before.
pub fn refuse_lost(before: &Site, after: &Site, moves: &Moves) -> Result<(), String> {
    let Some((from, _)) = &moves.0 else { return Ok(()) };
    let lost = |what: &str| Err(format!("`{from}` cannot be moved: {what}"));
    if before.config.spaces.len() != after.config.spaces.len() {
        return lost("the spaces of the book would no longer be found; change the settings first");
    }
    let named = |site: &Site, file: Option<FileId>| file.map(|file| site.sources.path(file).to_string());
    let key =
        |space: &SpaceConfig, site: &Site| (space.dir.clone(), named(site, space.summary), named(site, space.readme));
    let mut there: Vec<_> = after.config.spaces.iter().map(|space| key(space, after)).collect();
    there.sort();
    for space in &before.config.spaces {
        let (dir, summary, readme) = key(space, before);
        let moved = |path: &Option<String>| path.as_ref().map(|path| moves.of(path));
        let wanted = (moves.of(&dir), moved(&summary), moved(&readme));
        if !there.contains(&wanted) {
            return lost("the book finds it by its name, as the first page, the table of contents or a space's folder");
        }
    }
    let settings = ["book.toml", ".gitbook.yaml", "docs.yaml", "gitbook-docs.yaml", "vars.yaml", "tags.yaml"];
    let name = from.rsplit('/').next().unwrap_or(from);
    if settings.contains(&name) && before.sources.find(from).is_some() {
        return lost("the book finds it by its name");
    }
    Ok(())
}
