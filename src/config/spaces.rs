//! The book's files and what is written of its spaces in; the spaces as they are out.

use super::gitbook::{self, GitBook};
use super::nearest::nearest;
use super::table::Placed;
use super::{SpaceConfig, book, docs, language, path};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Sources, Span};
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Finds the spaces: those that `book.toml` lists, else those of `docs.yaml`, else each folder with a table of contents
/// of its own. There is always at least one.
pub fn find(
    sources: &Sources,
    written: &book::Written,
    docs: Vec<docs::Space>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<SpaceConfig> {
    let mut finder =
        Finder { sources, gitbooks: BTreeMap::new(), root: String::new(), defaults: defaults(sources), problems };
    finder.read_gitbooks();
    let base = finder.base(written.src.as_ref());
    let mut found = finder.listed(&written.spaces, &base);
    if found.is_empty() {
        found = finder.described(docs);
    }
    if found.is_empty() {
        found = finder.discover(&base);
    }
    let found = finder.separate(found);
    let spaces: Vec<SpaceConfig> = found.into_iter().map(|space| finder.fill(space)).collect();
    finder.report_unused(&spaces);
    with_languages(spaces)
}

struct Finder<'a> {
    sources: &'a Sources,
    /// By the folder whose content each is about.
    gitbooks: BTreeMap<String, Settings>,
    /// Where the settings in the book's folder send us.
    root: String,
    /// Files that are found without being named: by folder and usual name.
    defaults: HashMap<(&'a str, &'static str), FileId>,
    problems: &'a mut Vec<Diagnostic>,
}

/// One `.gitbook.yaml`.
struct Settings {
    file: FileId,
    /// The folder it is in.
    dir: String,
    gitbook: GitBook,
}

/// A space before its files are looked for, and where it is written down.
type Found = (SpaceConfig, Option<Span>);

impl Finder<'_> {
    fn read_gitbooks(&mut self) {
        for (file, source) in self.sources.files() {
            let (dir, name) = path::split(&source.path);
            if name != ".gitbook.yaml" || is_hidden(dir) {
                continue;
            }
            let gitbook = gitbook::read(file, &source.text, self.problems);
            let content = match &gitbook.root {
                Some(root) => self.folder(dir, root).unwrap_or_else(|| dir.to_string()),
                None => dir.to_string(),
            };
            if dir.is_empty() {
                self.root = content.clone();
            }
            // A file inside the folder knows better than one above it.
            self.gitbooks.insert(content, Settings { file, dir: dir.to_string(), gitbook });
        }
    }

    /// The folder that the only table of contents is expected in.
    fn base(&mut self, src: Option<&Placed<String>>) -> String {
        if let Some(dir) = src.and_then(|src| self.folder("", src)) {
            return dir;
        }
        if !self.root.is_empty() {
            return self.root.clone();
        }
        let own = self.gitbooks.get("").is_some_and(|settings| settings.gitbook.summary.is_some());
        let usual =
            ["src", "content"].into_iter().find(|dir| self.sources.find(&format!("{dir}/SUMMARY.md")).is_some());
        match usual {
            Some(dir) if !own && self.default("", "SUMMARY.md").is_none() => dir.to_string(),
            _ => String::new(),
        }
    }

    /// `[[spaces]]`; a space without a path is published under its folder.
    fn listed(&mut self, spaces: &[book::Space], base: &str) -> Vec<Found> {
        let mut found = Vec::new();
        for space in spaces {
            let Some(dir) = space.dir.as_ref() else { continue };
            let Some(folder) = self.folder("", dir) else { continue };
            let prefix = match &space.path {
                Some((path, _)) => path::join("", path).unwrap_or_default(),
                None if spaces.len() == 1 => String::new(),
                None => path::inside(&folder, base).unwrap_or(&folder).to_string(),
            };
            let config = SpaceConfig {
                dir: folder,
                prefix,
                title: space.title.clone(),
                language: space.language.clone(),
                book_title: space.book_title.clone(),
                book_description: space.book_description.clone(),
                ..SpaceConfig::default()
            };
            found.push((config, Some(space.path.as_ref().unwrap_or(dir).1)));
        }
        found
    }

    /// The spaces of `docs.yaml`.
    fn described(&mut self, spaces: Vec<docs::Space>) -> Vec<Found> {
        let mut found = Vec::new();
        for space in spaces {
            let Some(written) = &space.dir else { continue };
            let Some(dir) = self.folder("", written) else { continue };
            let place = Some(written.1);
            // A `.gitbook.yaml` in the folder may send us further down.
            let inner =
                self.gitbooks.iter().find(|(_, settings)| settings.dir == dir).map(|(content, _)| content.clone());
            let config = SpaceConfig {
                dir: inner.unwrap_or(dir),
                prefix: space.path,
                title: space.title,
                language: space.language,
                icon: space.icon,
                hidden: space.hidden,
                ..SpaceConfig::default()
            };
            found.push((config, place));
        }
        found
    }

    /// Every folder in `base` that has a table of contents; `base` itself if there is none at all.
    fn discover(&mut self, base: &str) -> Vec<Found> {
        let mut dirs: BTreeSet<String> = BTreeSet::new();
        let mut taken: HashSet<String> = HashSet::new();
        for (content, settings) in self.gitbooks.iter().filter(|(content, _)| path::inside(content, base).is_some()) {
            let summary = settings.gitbook.summary.as_ref().and_then(|(summary, _)| path::join(content, summary));
            if let Some(summary) = summary.filter(|summary| self.sources.find(summary).is_some()) {
                dirs.insert(content.clone());
                taken.insert(summary);
            }
        }
        for (_, source) in self.sources.files() {
            let (dir, name) = path::split(&source.path);
            let inside = path::inside(dir, base).is_some_and(|rest| !is_hidden(rest));
            // In other capitals it may be a page that sums up, where GitBook's settings do not say otherwise.
            let summary = name == "SUMMARY.md"
                || name.eq_ignore_ascii_case("SUMMARY.md") && !dir.is_empty() && self.gitbooks.contains_key(dir);
            if inside && summary && !taken.contains(&source.path) {
                dirs.insert(dir.to_string());
            }
        }
        if dirs.is_empty() || self.default(base, "SUMMARY.md").is_some() {
            dirs.insert(base.to_string());
        }
        let alone = dirs.len() == 1;
        let prefix = |dir: &str| {
            // GitBook's project is where the settings are, not where they point to.
            let project = self.gitbooks.get(dir).map_or(dir, |settings| &settings.dir);
            path::inside(project, base).or(path::inside(dir, base)).filter(|_| !alone).unwrap_or_default().to_string()
        };
        let spaces: Vec<SpaceConfig> = dirs
            .iter()
            .map(|dir| SpaceConfig { prefix: prefix(dir), dir: dir.clone(), ..SpaceConfig::default() })
            .collect();
        spaces.into_iter().map(|space| (space, None)).collect()
    }

    /// Gives each space a path of its own; its folder where the one wanted is taken. A space that is listed twice is one.
    fn separate(&mut self, found: Vec<Found>) -> Vec<SpaceConfig> {
        let mut seen: HashMap<String, Option<Span>> = HashMap::new();
        let mut spaces = Vec::new();
        for (mut space, place) in found {
            if let (Some(first), Some(place)) = (seen.get(&space.prefix), place) {
                let message = format!("two spaces are published at `/{}`", space.prefix);
                let mut diagnostic = Diagnostic::error("config-value", place, message);
                diagnostic.labels.extend(first.map(|first| (first, "the other one".to_string())));
                self.problems.push(diagnostic.help("give each space a `path` of its own"));
            }
            if seen.contains_key(&space.prefix) {
                space.prefix = space.dir.clone();
            }
            if let Entry::Vacant(vacant) = seen.entry(space.prefix.clone()) {
                vacant.insert(place);
                spaces.push(space);
            }
        }
        spaces
    }

    /// Looks up the files of a space.
    fn fill(&mut self, mut space: SpaceConfig) -> SpaceConfig {
        let dir = space.dir.clone();
        let settings = self.gitbooks.get(&dir);
        space.redirects = settings.map(|settings| settings.gitbook.redirects.clone()).unwrap_or_default();
        let summary = settings.and_then(|settings| settings.gitbook.summary.clone());
        let readme = settings.and_then(|settings| settings.gitbook.readme.clone());
        space.summary = self.named(&dir, summary).or_else(|| self.default(&dir, "SUMMARY.md"));
        space.readme = self.named(&dir, readme).or_else(|| self.default(&dir, "README.md"));
        let inside = |name: &str| path::join(&dir, name).and_then(|path| self.sources.find(&path));
        if let Some(file) = inside(".gitbook/vars.yaml") {
            space.vars = gitbook::vars(file, self.sources.text(file), self.problems);
        }
        if let Some(file) = inside(".gitbook/tags.yaml") {
            space.tags = gitbook::tags(file, self.sources.text(file), self.problems);
        }
        space
    }

    /// A file that settings name.
    fn named(&mut self, dir: &str, file: Option<Placed<String>>) -> Option<FileId> {
        let (name, span) = file?;
        let found = path::join(dir, &name).and_then(|path| self.sources.find(&path));
        if found.is_none() {
            self.problems.push(
                Diagnostic::error("config-missing-file", span, format!("there is no file `{name}`"))
                    .help("paths are relative to `root`, or to this file's folder where there is no `root`"),
            );
        }
        found
    }

    /// A file that nobody named; its letter case counts only where there is a choice.
    fn default(&self, dir: &str, name: &'static str) -> Option<FileId> {
        let exact = path::join(dir, name).and_then(|path| self.sources.find(&path));
        exact.or_else(|| self.defaults.get(&(dir, name)).copied())
    }

    /// A folder that settings in `base` name; reports one that is not there.
    fn folder(&mut self, base: &str, (written, span): &Placed<String>) -> Option<String> {
        let folder = path::join(base, written);
        let holds =
            |folder: &String| self.sources.files().any(|(_, source)| path::inside(&source.path, folder).is_some());
        let found = folder.filter(|folder| folder.is_empty() || holds(folder));
        if found.is_none() {
            let message = format!("there is no folder `{written}` with pages in this book");
            self.problems.push(Diagnostic::error("config-missing-file", *span, message));
        }
        found
    }

    /// Settings that no space is under would be lost without a word.
    fn report_unused(&mut self, spaces: &[SpaceConfig]) {
        let used: HashSet<&str> = spaces.iter().map(|space| &*space.dir).collect();
        for (content, settings) in &self.gitbooks {
            let GitBook { readme, summary, redirects, .. } = &settings.gitbook;
            let says_nothing = readme.is_none() && summary.is_none() && redirects.is_empty();
            if says_nothing || used.contains(&**content) {
                continue;
            }
            let span = Span { file: settings.file, start: 0, end: 0 };
            let name = if content.is_empty() { "the book's folder" } else { content };
            let message = format!("these settings are about `{name}`, which is not the folder of a space");
            let help = "move the file into the folder of the space, or correct `root`";
            self.problems.push(Diagnostic::warning("config-unused-file", span, message).help(help));
        }
    }
}

/// The folder of the space that each id of GitBook stands for, or its address; reports what is neither.
pub fn ids(
    written: Vec<(String, Placed<String>)>,
    spaces: &[SpaceConfig],
    problems: &mut Vec<Diagnostic>,
) -> BTreeMap<String, String> {
    let mut ids = BTreeMap::new();
    for (id, (place, span)) in written {
        let folder = path::join("", &place);
        let known = |folder: &String| spaces.iter().any(|space| space.dir == *folder);
        if let Some(folder) = folder.filter(|folder| !place.contains("://") && known(folder)) {
            ids.insert(id, folder);
            continue;
        }
        if !place.contains("://") {
            let names = || spaces.iter().map(|space| if space.dir.is_empty() { "." } else { &*space.dir });
            let help = match nearest(&place, names()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => {
                    format!("use an address with `https://`, or one of `{}`", names().collect::<Vec<_>>().join("`, `"))
                }
            };
            let message = format!("`{place}` is the folder of no space");
            problems.push(Diagnostic::error("config-value", span, message).help(help));
        }
        ids.insert(id, place);
    }
    ids
}

/// The readme and table of contents of each folder, however their names are written.
fn defaults(sources: &Sources) -> HashMap<(&str, &'static str), FileId> {
    let mut found = HashMap::new();
    for (file, source) in sources.files() {
        let (dir, name) = path::split(&source.path);
        for default in ["README.md", "SUMMARY.md"].into_iter().filter(|default| default.eq_ignore_ascii_case(name)) {
            found.entry((dir, default)).or_insert(file);
        }
    }
    found
}

/// In a folder whose name begins with a dot.
fn is_hidden(dir: &str) -> bool {
    dir.split('/').any(|part| part.starts_with('.'))
}

/// Folders that are named after languages side by side say in which language their pages are.
fn with_languages(mut spaces: Vec<SpaceConfig>) -> Vec<SpaceConfig> {
    let mut siblings: BTreeMap<String, usize> = BTreeMap::new();
    for space in &spaces {
        let (parent, name) = path::split(&space.dir);
        if language::of(name).is_some() {
            *siblings.entry(parent.to_string()).or_default() += 1;
        }
    }
    for space in &mut spaces {
        let (parent, name) = path::split(&space.dir);
        if space.language.is_none() && siblings.get(parent).is_some_and(|count| *count > 1) {
            space.language = language::of(name);
        }
    }
    spaces
}
