//! The folders of a book without `SUMMARY.md` in; a table of contents out.

use super::{Entry, EntryKind, Nav};
use crate::source::{FileId, Sources, Span};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Folders inside one another beyond this are not nested any further.
const DEPTH: usize = 64;

/// Makes entries of all Markdown files in a folder (`""` is the book's): its readme first, then files and folders as a
/// person would sort them. A folder with a `README.md` is a page with pages below it, any other a label. Pages have no
/// titles here, so that their own are taken. Hidden folders and `SUMMARY.md` are left out.
pub fn from_folders(sources: &Sources, dir: &str, readme: &str) -> Nav {
    let mut root = Folder::default();
    for (file, source) in sources.files() {
        let Some(path) = inside(&source.path, dir) else { continue };
        if is_page(path) {
            root.add(path, file);
        }
    }
    let readme = root.readme(readme).or_else(|| root.readme("README.md"));
    let mut entries = Vec::new();
    if let Some((name, file)) = &readme {
        root.files.remove(name);
        entries.push(link(name, *file));
    }
    root.entries("", &mut entries);
    Nav { entries, problems: Vec::new() }
}

fn inside<'a>(path: &'a str, dir: &str) -> Option<&'a str> {
    if dir.is_empty() { Some(path) } else { path.strip_prefix(dir)?.strip_prefix('/') }
}

fn is_page(path: &str) -> bool {
    let markdown = path.rsplit_once('.').is_some_and(|(_, ending)| matches!(ending, "md" | "markdown"));
    markdown && !path.split('/').any(|part| part.starts_with('.')) && !path.eq_ignore_ascii_case("SUMMARY.md")
}

#[derive(Default)]
struct Folder {
    /// By name.
    files: BTreeMap<String, FileId>,
    folders: BTreeMap<String, Folder>,
}

impl Folder {
    fn add(&mut self, path: &str, file: FileId) {
        let mut folder = self;
        let mut parts = path.splitn(DEPTH, '/').peekable();
        while let Some(part) = parts.next() {
            if parts.peek().is_none() {
                folder.files.insert(part.to_string(), file);
                return;
            }
            folder = folder.folders.entry(part.to_string()).or_default();
        }
    }

    /// The file of this name, or one that differs from it in letter case only.
    fn readme(&self, name: &str) -> Option<(String, FileId)> {
        let exact = self.files.get_key_value(name);
        let found = exact.or_else(|| self.files.iter().find(|(file, _)| file.eq_ignore_ascii_case(name)));
        found.map(|(name, file)| (name.clone(), *file))
    }

    /// Any file in here, to have a place.
    fn first(&self) -> Option<FileId> {
        self.files.values().next().copied().or_else(|| self.folders.values().find_map(Folder::first))
    }

    fn entries(self, path: &str, out: &mut Vec<Entry>) {
        let files = self.files.into_iter().map(|(name, file)| (name, Ok(file)));
        let folders = self.folders.into_iter().map(|(name, folder)| (name, Err(folder)));
        let mut parts: Vec<(String, Result<FileId, Folder>)> = files.chain(folders).collect();
        parts.sort_by(|(a, _), (b, _)| natural(stem(a), stem(b)).then_with(|| a.cmp(b)));
        for (name, part) in parts {
            match part {
                Ok(file) => out.push(link(&format!("{path}{name}"), file)),
                Err(folder) => out.extend(folder.entry(&name, &format!("{path}{name}/"))),
            }
        }
    }

    fn entry(mut self, name: &str, path: &str) -> Option<Entry> {
        let mut entry = match self.readme("README.md") {
            Some((readme, file)) => {
                self.files.remove(&readme);
                link(&format!("{path}{readme}"), file)
            }
            None => Entry {
                title: title(name),
                label: None,
                kind: EntryKind::Label,
                span: Span { file: self.first()?, start: 0, end: 0 },
                children: Vec::new(),
            },
        };
        self.entries(path, &mut entry.children);
        Some(entry)
    }
}

fn link(path: &str, file: FileId) -> Entry {
    let span = Span { file, start: 0, end: 0 };
    // An address, so the characters that mean something in one are escaped.
    let dest = path.replace('%', "%25").replace('#', "%23").replace('?', "%3F");
    Entry { title: String::new(), label: None, kind: EntryKind::Link { dest, span }, span, children: Vec::new() }
}

/// `getting-started` is called “Getting started”.
fn title(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut chars = words.trim().chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, ending)| if matches!(ending, "md" | "markdown") { stem } else { name })
}

/// Numbers by their value, letters whatever their case: `2-b`, `10-A`, `10-b`.
fn natural(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a, b);
    loop {
        let (x, y) = (digits(a), digits(b));
        if !x.is_empty() && !y.is_empty() {
            let (value_x, value_y) = (x.trim_start_matches('0'), y.trim_start_matches('0'));
            let order = value_x.len().cmp(&value_y.len()).then_with(|| value_x.cmp(value_y));
            if order.is_ne() {
                return order;
            }
            (a, b) = (&a[x.len()..], &b[y.len()..]);
            continue;
        }
        let (Some(x), Some(y)) = (a.chars().next(), b.chars().next()) else {
            return a.len().cmp(&b.len());
        };
        let order = x.to_lowercase().cmp(y.to_lowercase());
        if order.is_ne() {
            return order;
        }
        (a, b) = (&a[x.len_utf8()..], &b[y.len_utf8()..]);
    }
}

fn digits(text: &str) -> &str {
    &text[..text.bytes().take_while(u8::is_ascii_digit).count()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn names_in_natural_order() {
        for (a, b, expected) in [
            ("2", "10", Ordering::Less),
            ("a2b", "a10a", Ordering::Less),
            ("B", "a", Ordering::Greater),
            ("01", "1", Ordering::Equal),
            ("a", "a1", Ordering::Less),
            ("入2", "入10", Ordering::Less),
            ("", "", Ordering::Equal),
        ] {
            assert_eq!(natural(a, b), expected, "{a} {b}");
            assert_eq!(natural(b, a), expected.reverse(), "{b} {a}");
        }
    }

    fn check(paths: &[&str], dir: &str, readme: &str, expected: &[&str]) {
        fn show(entries: &[Entry], depth: usize, out: &mut Vec<String>) {
            for entry in entries {
                let name = match &entry.kind {
                    EntryKind::Link { dest, .. } => dest,
                    _ => &entry.title,
                };
                out.push(format!("{}{name}", " ".repeat(depth)));
                show(&entry.children, depth + 1, out);
            }
        }
        let texts = paths.iter().map(|path| Source { path: path.to_string(), text: "".into(), invalid: None });
        let sources = Sources::new(texts, BTreeMap::new());
        let mut shown = Vec::new();
        show(&from_folders(&sources, dir, readme).entries, 0, &mut shown);
        assert_eq!(shown, expected);
    }

    #[test]
    fn folders_become_entries() {
        let paths = [
            "10-z.md",
            "2-a.md",
            "README.md",
            "SUMMARY.md",
            ".gitbook/includes/x.md",
            "data.yaml",
            "a#b%.md",
            "getting-started/one.md",
            "guide/readme.md",
            "guide/deep/er/x.md",
            "guide/two.md",
        ];
        let expected = [
            "README.md",
            "2-a.md",
            "10-z.md",
            "a%23b%25.md",
            "Getting started",
            " getting-started/one.md",
            "guide/readme.md",
            " Deep",
            "  Er",
            "   guide/deep/er/x.md",
            " guide/two.md",
        ];
        check(&paths, "", "README.md", &expected);
        check(&["d/welcome.md", "d/README.md", "e/x.md", "dd.md"], "d", "welcome.md", &["welcome.md", "README.md"]);
        check(&[], "", "README.md", &[]);
    }

    #[test]
    fn hostile_depth_is_bounded() {
        let path = format!("{}x.md", "a/".repeat(100_000));
        let texts = [Source { path, text: "".into(), invalid: None }];
        assert_eq!(from_folders(&Sources::new(texts, BTreeMap::new()), "", "README.md").entries.len(), 1);
    }
}
