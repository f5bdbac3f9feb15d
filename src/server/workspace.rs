//! A book that is being written: what changed on disk in, the next [`Snapshot`] out.

use super::Snapshot;
use super::watch::{Batch, Watch};
use crate::book::{self, Memo};
use crate::disk::given::Given;
use crate::disk::history::Present;
use crate::disk::read::{self, Listing};
use crate::highlight::Highlighter;
use crate::output::{Artifact, Renderer, plan};
use crate::search::Index;
use crate::site::{PageId, Site};
use crate::source::Sources;
use crate::theme::Theme;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The book, and what is kept of it so that one edit costs one page.
pub struct Workspace {
    root: PathBuf,
    given: Given,
    listing: Listing,
    memo: Memo,
    /// The files of the theme in use.
    overrides: BTreeMap<String, Vec<u8>>,
    current: Arc<Snapshot>,
    highlighter: Arc<Highlighter>,
}

/// What a batch of changes did.
pub struct Update {
    pub snapshot: Arc<Snapshot>,
    /// Files of the book that now read differently, came, or went.
    pub changed: Vec<String>,
    /// How many pages show one of them.
    pub pages: usize,
    /// Why the theme is still the one before.
    pub complaint: Option<String>,
}

impl Workspace {
    /// Reads the book for the first time, and watches it if there is a watch.
    pub fn open(
        root: &Path,
        given: Given,
        watch: Option<&mut Watch>,
        highlighter: Arc<Highlighter>,
    ) -> Result<Workspace, String> {
        let root = root.canonicalize().map_err(|error| format!("cannot read `{}`: {error}", root.display()))?;
        let listing = list(&root, watch)?;
        let sources = read::load(&listing, &Sources::default(), &BTreeSet::new()).map_err(|error| error.to_string())?;
        let sources = given.apply(&root, sources);
        let mut memo = Memo::default();
        let site = book::site_with(sources, &mut memo);
        let overrides = read::theme_files(&root, &site.config.theme_dir).map_err(|error| error.to_string())?;
        let theme = Theme::new(&overrides).map_err(|error| error.to_string())?;
        let output = plan(&site, &theme);
        let search = Arc::<Index>::default();
        let present = site.config.last_updated.unwrap_or(true).then(|| Present::of(&root)).flatten();
        let updated = Arc::new(present.map(|present| present.days(&root)).unwrap_or_default());
        let snapshot =
            Snapshot { site, theme: Arc::new(theme), output, search, updated, root: root.clone(), assets: 0 };
        Ok(Workspace { root, given, listing, memo, overrides, current: Arc::new(snapshot), highlighter })
    }

    pub fn current(&self) -> &Arc<Snapshot> {
        &self.current
    }

    /// Reads what changed and understands the book anew. None when nothing did that the site depends on. An error is
    /// the disk's; the book stays as it was.
    pub fn update(&mut self, batch: &Batch, watch: &mut Watch) -> Result<Option<Update>, String> {
        let out = self.root.join(&self.current.site.config.build_dir);
        let built = read::is_site(&out);
        let ours = |path: &&PathBuf| !built || !path.starts_with(&out);
        let paths: BTreeSet<PathBuf> = batch.paths.iter().filter(ours).cloned().collect();
        if batch.rescan || paths.iter().any(|path| self.is_news(path)) {
            paths.iter().for_each(|path| watch.forget(path));
            self.listing = list(&self.root, Some(watch))?;
        }
        let before = self.current.clone();
        let nothing = Sources::default();
        let known = if batch.rescan { &nothing } else { &*before.site.sources };
        let sources = read::load(&self.listing, known, &paths).map_err(|error| error.to_string())?;
        let sources = self.given.apply(&self.root, sources);
        let differing = self.differences(&before.site.sources, &sources, &paths);
        let theme_dir = self.root.join(&before.site.config.theme_dir);
        let theme_touched = batch.rescan
            || differing.iter().any(|name| Some(name) == before.site.sources.settings().file.as_ref())
            || paths.iter().any(|path| *path == theme_dir || path.parent() == Some(&theme_dir));
        if differing.is_empty() && !theme_touched {
            return Ok(None);
        }

        let site = book::site_with(sources, &mut self.memo);
        let (theme, complaint) = match theme_touched.then(|| self.new_theme(&site)) {
            Some(Ok(Some(theme))) => (Arc::new(theme), None),
            Some(Err(complaint)) => (before.theme.clone(), Some(complaint)),
            None | Some(Ok(None)) => (before.theme.clone(), None),
        };
        let theme_changed = !Arc::ptr_eq(&theme, &before.theme);
        let output = plan(&site, &theme);
        let copied: BTreeSet<&str> = before.output.values().chain(output.values()).filter_map(copied).collect();
        let is_text = |name: &str| site.sources.find(name).or_else(|| before.site.sources.find(name)).is_some();
        let in_theme = |name: &str| theme_changed && self.root.join(name).parent() == Some(&theme_dir);
        let loads_changed = theme_changed || differing.iter().any(|name| copied.contains(&**name));
        // What an editor keeps beside a file is no text and is not published.
        let concerns = |name: &String| is_text(name) || copied.contains(&**name) || in_theme(name);
        let changed: Vec<String> = differing.into_iter().filter(concerns).collect();
        if changed.is_empty() && !theme_changed && complaint.is_none() {
            return Ok(None);
        }
        let files: BTreeSet<_> = changed.iter().filter_map(|name| site.sources.find(name)).collect();
        let shows = |frames: &[crate::site::Frame]| frames.iter().any(|frame| files.contains(&frame.file));
        let pages = site.pages.iter().filter(|page| shows(&page.frames)).count();
        let assets = before.assets + u64::from(loads_changed);
        let search = Arc::<Index>::default();
        let mut updated = before.updated.clone();
        if changed.iter().any(|name| updated.contains_key(name)) {
            Arc::make_mut(&mut updated).retain(|name, _| !changed.contains(name));
        }
        self.current = Arc::new(Snapshot { site, theme, output, search, updated, root: self.root.clone(), assets });
        Ok(Some(Update { snapshot: self.current.clone(), changed, pages, complaint }))
    }

    /// Whether something came or went at a path, so that the list of files is no longer true. A file that is written
    /// again is still there.
    fn is_news(&self, path: &Path) -> bool {
        let Ok(name) = path.strip_prefix(&self.root) else { return false };
        if name.file_name().is_some_and(|name| name == ".gitignore" || name == "book.toml") {
            return true;
        }
        // A folder may be another one under the same name.
        let mut files = self.listing.files.iter();
        self.listing.folders.iter().any(|folder| folder == path)
            || path.exists() != files.any(|(known, real)| real == path || Path::new(known).starts_with(name))
    }

    /// The names of files that are not what they were.
    fn differences(&self, before: &Sources, after: &Sources, paths: &BTreeSet<PathBuf>) -> Vec<String> {
        let written = self.listing.files.iter().filter(|(_, path)| paths.contains(path)).map(|(name, _)| &**name);
        let written: BTreeSet<&str> = written.collect();
        let text = |sources: &'_ Sources, name: &str| sources.find(name).map(|id| sources.source(id).text.clone());
        let same = |name: &str| match (text(before, name), text(after, name)) {
            (Some(old), Some(new)) => Arc::ptr_eq(&old, &new) || old == new,
            (None, None) => before.assets().get(name) == after.assets().get(name) && !written.contains(name),
            _ => false,
        };
        let gone = before.assets().keys().filter(|name| !after.assets().contains_key(*name));
        gone.chain(after.assets().keys().filter(|name| !same(name))).cloned().collect()
    }

    /// The theme as it is on disk now, when it is another and works.
    fn new_theme(&mut self, site: &Site) -> Result<Option<Theme>, String> {
        let overrides = read::theme_files(&self.root, &site.config.theme_dir).map_err(|error| error.to_string())?;
        if overrides == self.overrides {
            return Ok(None);
        }
        let theme = Theme::new(&overrides).map_err(|error| error.to_string())?;
        // Some of what can be wrong in a template shows only when it is used.
        let renderer = Renderer::new(site, &theme, &self.highlighter);
        let page = (!site.pages.is_empty()).then_some(Artifact::Page(PageId(0)));
        for artifact in page.iter().chain([&Artifact::NotFound]) {
            renderer.bytes(artifact).map_err(|error| error.to_string())?;
        }
        self.overrides = overrides;
        Ok(Some(theme))
    }
}

fn copied(artifact: &Artifact) -> Option<&str> {
    match artifact {
        Artifact::Copy(name) => Some(name),
        _ => None,
    }
}

/// Lists the files of a book. Folders are watched before their files are read, so that no change falls between.
fn list(root: &Path, watch: Option<&mut Watch>) -> Result<Listing, String> {
    let list = || read::list(root).map_err(|error| error.to_string());
    let mut listing = list()?;
    if let Some(watch) = watch {
        while watch.set(&listing.folders) {
            listing = list()?;
        }
    }
    Ok(listing)
}
