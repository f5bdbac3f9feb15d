//! The book before and after a move in; redirects from the addresses that pages had out.

use super::settings::content;
use super::{Moves, address, ids};
use crate::edit::Edits;
use crate::site::assets::{decoded, inside};
use crate::site::resolve::{join, split};
use crate::site::{PageId, Site, anchors, bare};
use crate::source::{FileId, Span};
use crate::yaml::{self, Node};
use std::collections::{BTreeMap, HashMap, HashSet};

/// What was added to the settings.
#[derive(Default)]
pub struct Added {
    pub count: usize,
    /// A file of settings that did not exist, by its path: its text.
    pub file: Option<(String, String)>,
}

/// Lets every address lead on that was a page's and is none any more, lets redirects follow their pages, and takes out
/// those whose old address is a page's now. Without `wanted` no address gets a redirect that has none.
pub fn add(
    before: &Site,
    after: &Site,
    moves: &Moves,
    wanted: bool,
    edits: &mut Edits,
    notes: &mut Vec<String>,
) -> Added {
    let mut added = Added::default();
    let live: HashSet<String> = after.pages.iter().map(|page| bare(&page.output).to_lowercase()).collect();
    let was_live: HashSet<String> = before.pages.iter().map(|page| bare(&page.output).to_lowercase()).collect();
    let targets = Targets { was: Landing::new(before), is: Landing::new(after), moves, ids: ids(before, after, moves) };
    for (index, space) in before.config.spaces.iter().enumerate() {
        let address = |from: &str| address_of(&space.prefix, from);
        let mut known: BTreeMap<String, Span> = BTreeMap::new();
        for redirect in &space.redirects {
            let Some(from) = address(&redirect.from) else { continue };
            if live.contains(&from.to_lowercase()) && !was_live.contains(&from.to_lowercase()) {
                match line(before, redirect.span, redirect.to_span) {
                    Some(line) if edits.take(&[(line, String::new())]) => {}
                    _ => notes.push(format!("the redirect `{}` has no effect any more", redirect.from)),
                }
                continue;
            }
            known.insert(from, redirect.to_span);
            if let Some(to) = targets.moved(index, &redirect.to) {
                edits.take(&[(redirect.to_span, quoted(&to))]);
            }
        }
        let dir = moves.of(&space.dir);
        let now = after.config.spaces.iter().find(|space| space.dir == dir);
        let wanted = wanted && now.is_some_and(|now| now.prefix == space.prefix);
        if now.is_some_and(|now| now.prefix != space.prefix) {
            notes.push(format!("the space `{}` is published elsewhere now: its old addresses are gone", space.dir));
        }
        let mut new: BTreeMap<String, String> = BTreeMap::new();
        for page in before.pages.iter().filter(|page| wanted && page.space == index) {
            let path = moves.of(before.sources.path(page.file));
            let now = after.sources.find(&path).and_then(|file| after.page_of.get(&file));
            let old = bare(&page.output);
            let Some(now) = now.map(|now| after.page(*now)) else { continue };
            if bare(&now.output) == old || old.is_empty() || live.contains(&old.to_lowercase()) {
                continue;
            }
            if !inside(&path, &dir) || !inside(old, &space.prefix) {
                notes.push(format!("`{path}` leaves its space: no redirect can lead there from `{old}`"));
                continue;
            }
            let (from, to) =
                (old[space.prefix.len()..].trim_start_matches('/'), path[dir.len()..].trim_start_matches('/'));
            let to = to.replace('%', "%25").replace('#', "%23").replace('?', "%3F");
            match known.get(old) {
                Some(span) => added.count += usize::from(edits.replace(*span, quoted(&to))),
                None => drop(new.insert(from.to_string(), to)),
            }
        }
        if new.is_empty() {
            continue;
        }
        let file = before.sources.files().map(|(file, _)| file).filter(|file| is_settings(before, *file, &space.dir));
        match file.last() {
            Some(file) => match insertion(file, before.sources.text(file), &new) {
                Some(edit) if edits.take(std::slice::from_ref(&edit)) => added.count += new.len(),
                _ => {
                    let lines: Vec<String> = new.iter().map(|(from, to)| format!("{from}: {to}")).collect();
                    let path = before.sources.path(file);
                    notes.push(format!("add to the redirects of `{path}` by hand: {}", lines.join(", ")));
                }
            },
            None if added.file.is_none() => {
                let path = if dir.is_empty() { ".gitbook.yaml".to_string() } else { format!("{dir}/.gitbook.yaml") };
                added.file = Some((path, format!("redirects:\n{}", lines(&new, "  ", "\n"))));
                added.count += new.len();
            }
            None => notes.push(format!("`{}` has no settings for its redirects", space.dir)),
        }
    }
    added
}

/// The address on the site, without an ending, of a path within a space.
fn address_of(prefix: &str, path: &str) -> Option<String> {
    let path = join(prefix, &decoded(split(path).0))?;
    Some(bare(path.strip_suffix(".md").unwrap_or(&path)).to_string())
}

/// The pages of a book by their addresses.
struct Landing<'a> {
    site: &'a Site,
    live: HashMap<&'a str, PageId>,
}

impl<'a> Landing<'a> {
    fn new(site: &'a Site) -> Landing<'a> {
        Landing { site, live: site.page_ids().map(|page| (bare(&site.page(page).output), page)).collect() }
    }

    /// The page that the target of a redirect names: by its file, its folder or its address.
    fn page(&self, space: usize, to: &str) -> Option<PageId> {
        let (site, config) = (self.site, &self.site.config.spaces[space]);
        let path = split(to).0;
        let file = join(&config.dir, &decoded(path))?;
        let names = [file.clone(), format!("{file}.md"), join(&file, "README.md")?];
        let listed = names.iter().find_map(|name| site.page_of.get(&site.sources.find(name)?)).copied();
        listed.or_else(|| self.live.get(&*address_of(&config.prefix, path)?).copied())
    }
}

struct Targets<'a> {
    was: Landing<'a>,
    is: Landing<'a>,
    moves: &'a Moves,
    ids: super::Ids,
}

impl Targets<'_> {
    /// The new target of a redirect that leads elsewhere now.
    fn moved(&self, space: usize, to: &str) -> Option<String> {
        let (before, after) = (self.was.site, self.is.site);
        let page = before.page(self.was.page(space, to)?);
        let old = before.sources.path(page.file);
        let path = self.moves.of(old);
        let wanted = *after.page_of.get(&after.sources.find(&path)?)?;
        let (file, _, fragment) = split(to);
        let id = anchors::find(page, &decoded(fragment)).0.filter(|_| !fragment.is_empty());
        let new_id = id.and_then(|id| self.ids.get(&(page.file, id.to_string())));
        let dir = &before.config.spaces[space].dir;
        let new_dir = self.moves.of(dir);
        let now = after.config.spaces.iter().position(|space| space.dir == new_dir);
        if now.and_then(|now| self.is.page(now, to)) == Some(wanted) && new_id.is_none() {
            return None;
        }
        // Written as if they were links of a file in the folder.
        let settings = |dir: &str| if dir.is_empty() { "_".to_string() } else { format!("{dir}/_") };
        let (old_from, new_from) = (settings(dir), settings(&new_dir));
        let was = address::Ends { from: &old_from, to: old, space: dir };
        let is = address::Ends { from: &new_from, to: &path, space: &new_dir };
        let rest = new_id.map_or_else(|| to[file.len()..].to_string(), |id| format!("#{id}"));
        Some(address::address(file, was, is, false) + &rest)
    }
}

fn is_settings(site: &Site, file: FileId, dir: &str) -> bool {
    let path = site.sources.path(file);
    let folder = path.strip_suffix(".gitbook.yaml").filter(|folder| folder.is_empty() || folder.ends_with('/'));
    folder.is_some_and(|folder| !folder.starts_with('.') && !folder.contains("/.")) && content(site, file) == dir
}

fn lines(new: &BTreeMap<String, String>, indent: &str, end: &str) -> String {
    new.iter().map(|(from, to)| format!("{indent}{}: {}{end}", quoted(from), quoted(to))).collect()
}

/// Where in the settings new redirects go, and the text that puts them there. None where they are written in braces.
fn insertion(file: FileId, text: &str, new: &BTreeMap<String, String>) -> Option<(Span, String)> {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let at = |place: usize| Span::new(file, place..place);
    let line_end = |place: usize| text[place..].find('\n').map(|n| place + n + 1);
    // A last line without an end gets one first.
    let after = |place: usize, lines: String| match line_end(place) {
        Some(place) => (at(place), lines),
        None => (at(text.len()), format!("{end}{}", lines.trim_end_matches(['\r', '\n']))),
    };
    let document = yaml::parse(text);
    if !document.problems.is_empty() {
        return None;
    }
    let root = document.root().filter(|root| !root.is_null());
    let Some(root) = root else {
        let gap = if text.is_empty() || text.ends_with('\n') { "" } else { end };
        return Some((at(text.len()), format!("{gap}redirects:{end}{}", lines(new, "  ", end))));
    };
    if !root.is_map() || text[root.span().start..].starts_with('{') {
        return None;
    }
    let entry = root.entries().find(|(key, _)| key.text() == Some("redirects"));
    let Some((key, map)) = entry else {
        let gap = if text.ends_with('\n') { "" } else { end };
        let gap = if text.ends_with("\n\n") { gap.to_string() } else { format!("{gap}{end}") };
        return Some((at(text.len()), format!("{gap}redirects:{end}{}", lines(new, "  ", end))));
    };
    if map.is_null() {
        return Some(after(key.span().end, lines(new, "  ", end)));
    }
    if map.alias().is_some() || !map.is_map() || text[map.span().start..].starts_with('{') {
        return None;
    }
    let (first, _) = map.entries().next()?;
    let start = first.span().start;
    let indent = &text[text[..start].rfind('\n').map_or(0, |n| n + 1)..start];
    if !indent.bytes().all(|b| b == b' ') || indent.is_empty() {
        return None;
    }
    let last = map.entries().flat_map(|(key, value)| [key, value]).map(|node: Node| node.span().end).max()?;
    Some(after(last, lines(new, indent, end)))
}

/// The whole line of a redirect that has it to itself.
fn line(site: &Site, from: Span, to: Span) -> Option<Span> {
    let text = site.sources.text(from.file);
    let start = text[..from.start as usize].rfind('\n').map_or(0, |n| n + 1);
    let end = text[to.end as usize..].find('\n').map_or(text.len(), |n| to.end as usize + n + 1);
    let line = &text[start..end];
    let alone = line.trim_end().lines().count() == 1 && text[start..from.start as usize].bytes().all(|b| b == b' ');
    alone.then(|| Span::new(from.file, start..end))
}

/// A text as YAML: plain where nothing in it means anything.
fn quoted(text: &str) -> String {
    let plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '/' | '+' | '-'));
    let word =
        matches!(&*text.to_ascii_lowercase(), "true" | "false" | "yes" | "no" | "on" | "off" | "null" | "y" | "n");
    if plain && !word { text.to_string() } else { format!("'{}'", text.replace('\'', "''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_are_added() {
        let new = BTreeMap::from([("a/b".to_string(), "x y.md".to_string())]);
        for (text, expected) in [
            ("", Some("redirects:\n  a/b: 'x y.md'\n")),
            ("root: ./\n", Some("root: ./\n\nredirects:\n  a/b: 'x y.md'\n")),
            ("root: ./", Some("root: ./\n\nredirects:\n  a/b: 'x y.md'\n")),
            ("redirects:\n", Some("redirects:\n  a/b: 'x y.md'\n")),
            ("redirects:", Some("redirects:\n  a/b: 'x y.md'")),
            (
                "redirects:\n    c: d.md # e\n\nroot: .\n",
                Some("redirects:\n    c: d.md # e\n    a/b: 'x y.md'\n\nroot: .\n"),
            ),
            ("redirects:\r\n  c: d.md\r\n", Some("redirects:\r\n  c: d.md\r\n  a/b: 'x y.md'\r\n")),
            ("redirects:\n  c: d.md", Some("redirects:\n  c: d.md\n  a/b: 'x y.md'")),
            ("redirects: {c: d.md}\n", None),
            ("redirects: [\n", None),
            ("- a\n", None),
        ] {
            let got = insertion(FileId(0), text, &new).map(|(span, new)| {
                let mut edits = Edits::default();
                edits.take(&[(span, new)]);
                edits.apply(FileId(0), text)
            });
            assert_eq!(got.as_deref(), expected, "{text:?}");
        }
    }

    #[test]
    fn texts_are_quoted() {
        for (text, expected) in
            [("a/b.md", "a/b.md"), ("1.0", "'1.0'"), ("no", "'no'"), ("it's", "'it''s'"), ("入.md", "'入.md'")]
        {
            assert_eq!(quoted(text), expected);
        }
    }
}
