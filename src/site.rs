//! The whole book, understood: pages, navigation, addresses, titles, ids, and one target for every link.
//!
//! `analyze` makes it once from parsed pages and configuration; nothing changes it afterwards. What is known of a page
//! beyond its text stands in tables beside the texts, by file or by page.

mod analyze;
pub mod anchors;
pub mod assets;
mod navigation;
mod paths;
mod redirects;
pub mod resolve;
pub mod translation;

pub use analyze::analyze;
pub use navigation::bare;
pub use paths::Paths;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::page::{Link, NodeId, Page};
use crate::shape::Map;
use crate::slug::{Dialect, Place, Written};
use crate::source::{FileId, Sources, Span};
use crate::user_kinds::UserKinds;
use std::collections::HashMap;
use std::sync::Arc;

/// A page of the site, by its position in [`Site::pages`]: navigation order, space by space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageId(pub u32);

impl PageId {
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Everything that the checks and the renderer know.
pub struct Site {
    pub sources: Arc<Sources>,
    pub config: Config,
    /// Every Markdown text as parsed, by file; `None` for files that are not Markdown.
    pub texts: Vec<Option<Arc<Page>>>,
    pub spaces: Vec<Space>,
    pub pages: Vec<SitePage>,
    /// Which page shows this file as its own text.
    pub page_of: HashMap<FileId, PageId>,
    /// The pages that include a file.
    pub hosts: HashMap<FileId, Vec<PageId>>,
    /// What each link of a text leads to, by file and in the order of [`Page::links`].
    pub targets: Vec<Vec<Target>>,
    /// Files that lead to another path in the output folder, which may end in a `#fragment`.
    pub redirects: Vec<(String, String)>,
    /// What the analysis itself found wrong: configuration, navigation, includes.
    pub problems: Vec<Diagnostic>,
    /// Kinds of the book's own; what is wrong with them is among the problems.
    pub kinds: UserKinds,
    /// API descriptions that blocks have asked for, parsed once.
    pub specs: crate::blocks::openapi::Specs,
    /// Tables of fields that blocks show, in the order of pages.
    pub tables: Vec<Table>,
}

/// A table of the fields of a structure.
pub struct Table {
    pub map: &'static Map,
    pub page: PageId,
    /// The id of the table on its page.
    pub id: String,
}

/// A part of the site with its own navigation: a language, a version, a product.
pub struct Space {
    pub title: String,
    pub language: String,
    /// Folder in the book, and path on the site; both without a slash at the end, empty for the root.
    pub dir: String,
    pub prefix: String,
    pub home: Option<PageId>,
    pub nav: Vec<NavEntry>,
    pub icon: Option<String>,
    pub hidden: bool,
    /// Position in [`Config::spaces`].
    pub config: usize,
}

impl Space {
    /// All entries of the sidebar, those below others included, in no particular order.
    pub fn entries(&self) -> impl Iterator<Item = &NavEntry> {
        let mut waiting: Vec<&NavEntry> = self.nav.iter().collect();
        std::iter::from_fn(move || {
            let entry = waiting.pop()?;
            waiting.extend(&entry.children);
            Some(entry)
        })
    }
}

/// One line of the sidebar.
pub struct NavEntry {
    pub title: String,
    pub icon: Option<String>,
    pub kind: NavKind,
    pub children: Vec<NavEntry>,
    /// A number that is unique in its space; names the branch for the script that loads it.
    pub id: u32,
}

pub enum NavKind {
    /// A title over the entries that follow.
    Group,
    Page(PageId),
    /// A second entry for a page, or for a heading of it.
    Anchor(PageId, String),
    /// A file that is no page, by its path in the book.
    Asset(String),
    External(String),
    /// Text that leads nowhere.
    Label,
}

/// What is known of a page beyond its text.
pub struct SitePage {
    pub file: FileId,
    pub space: usize,
    /// Path on the site without an ending: `guide/install`; empty for the root of the site.
    pub route: String,
    /// The file that is written: `guide/install.html` or `guide/index.html`.
    pub output: String,
    pub title: String,
    /// The leading `# Title` of the text, which the frame of the page shows.
    pub title_node: Option<NodeId>,
    /// The shorter title for sidebar and cards, when the navigation gives one.
    pub label: String,
    pub description: Option<String>,
    pub icon: Option<String>,
    pub hidden: bool,
    /// Pages and groups above this one, outermost first.
    pub trail: Vec<Crumb>,
    pub previous: Option<PageId>,
    pub next: Option<PageId>,
    /// Pages directly below in the navigation.
    pub children: Vec<PageId>,
    /// Ids of the branches in the sidebar that are open on this page, outermost first.
    pub branch: Vec<u32>,
    /// The texts that make the page: its own, then one for each place where another is included.
    pub frames: Vec<Frame>,
    /// The dialect of the ids.
    pub dialect: &'static Dialect,
    /// The heading that is the title, see [`SitePage::title_id`].
    pub titled: Option<Anchor>,
    /// Every place of the page that a link can lead to, sorted by frame and node.
    pub anchors: Vec<Anchor>,
    /// Ids that the author gave to other elements of raw HTML.
    pub authored: Vec<String>,
    /// Finds anchors by their ids, see [`anchors::find`].
    pub index: anchors::Index,
}

#[derive(Clone, Debug)]
pub struct Crumb {
    pub title: String,
    pub page: Option<PageId>,
}

/// A text at the place where it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    pub file: FileId,
    /// The frame and the tag that include it; frame 0 has none.
    pub parent: u32,
    pub at: NodeId,
}

/// A place on a page with an id: a heading, a tab, an expandable, an operation.
#[derive(Clone, Debug, Default)]
pub struct Anchor {
    pub frame: u32,
    pub node: NodeId,
    pub id: String,
    pub text: String,
    /// 2 to 6 for headings; 0 for everything else.
    pub level: u8,
    /// Belongs to the outline: not inside a tab, a hint, an expandable, a list or a table.
    pub outline: bool,
    /// Position in document order.
    pub order: u32,
    /// What other dialects see in a heading.
    pub written: Option<Box<Written>>,
}

impl Anchor {
    /// The place as a dialect sees it; `title` where it is the page's title.
    pub fn place(&self, title: bool) -> Place<'_> {
        let block = self.level == 0 || self.frame != 0;
        Place { text: &self.text, level: self.level, written: self.written.as_deref(), title, block }
    }
}

impl SitePage {
    /// The id of the title, in a dialect that gives it one. It stands for the top of the page.
    pub fn title_id(&self) -> Option<&str> {
        self.titled.as_ref().map(|anchor| &*anchor.id).filter(|id| !id.is_empty())
    }
}

/// What a link leads to. The renderer and the link rules read the same one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    Page {
        page: PageId,
        anchor: Option<AnchorRef>,
        loose: Option<Loose>,
    },
    /// A place on the page that shows the text.
    Here {
        anchor: String,
    },
    /// A file of the book that is published as it is; with any `?query` or `#fragment`.
    Asset {
        path: String,
        suffix: String,
        loose: Option<Loose>,
    },
    External(String),
    /// GitBook's own mark for a target that was deleted.
    Removed,
    Miss(Miss),
}

/// How a link is written that works here and not on GitBook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loose {
    /// In other capitals than the file's name.
    Case,
    /// Without `.md`: GitBook takes it for an address on the published site.
    Extension,
    /// With `\\` between folders.
    Backslash,
}

/// An id on another page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnchorRef {
    /// The id to link to; as written when the page has no such id.
    pub id: String,
    pub found: Found,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    Yes,
    /// Not GitBook's id, but another generator's for the same heading: it works here.
    Alias,
    /// No such id; perhaps this one was meant.
    No {
        near: Option<String>,
    },
}

/// Why a link leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Miss {
    /// No such file; perhaps this one was meant.
    NoFile {
        near: Option<String>,
    },
    /// A folder without a README.
    NoReadme,
    /// Leads out of the repository; with fewer steps up it would lead to this file.
    Outside {
        near: Option<String>,
    },
    Empty,
}

impl Site {
    pub fn page(&self, id: PageId) -> &SitePage {
        &self.pages[id.index()]
    }

    pub fn page_ids(&self) -> impl Iterator<Item = PageId> {
        (0..self.pages.len() as u32).map(PageId)
    }

    /// How many pages each space has.
    pub fn page_counts(&self) -> Vec<usize> {
        let mut counts = vec![0; self.spaces.len()];
        for page in &self.pages {
            counts[page.space] += 1;
        }
        counts
    }

    /// Which texts are part of a page, by file: others are neither published nor checked.
    pub fn shown_texts(&self) -> Vec<bool> {
        let mut shown = vec![false; self.texts.len()];
        for frame in self.pages.iter().flat_map(|page| &page.frames) {
            shown[frame.file.index()] = true;
        }
        shown
    }

    /// The parsed text of a file; an empty page for a file that is no Markdown cannot occur, so it is `None`.
    pub fn text(&self, file: FileId) -> Option<&Page> {
        self.texts.get(file.index())?.as_deref()
    }

    pub fn target(&self, file: FileId, link: u32) -> Option<&Target> {
        self.targets.get(file.index())?.get(link as usize)
    }

    pub fn link_span(&self, file: FileId, link: &Link) -> Span {
        Span { file, start: link.start, end: link.end }
    }

    /// The anchor at a node of a frame of a page.
    pub fn anchor(&self, page: PageId, frame: u32, node: NodeId) -> Option<&Anchor> {
        self.anchors(page, frame, node).first()
    }

    /// All anchors at a node of a frame of a page, in the order of the document.
    pub fn anchors(&self, page: PageId, frame: u32, node: NodeId) -> &[Anchor] {
        let anchors = &self.page(page).anchors;
        let start = anchors.partition_point(|a| (a.frame, a.node) < (frame, node));
        let count = anchors[start..].partition_point(|a| (a.frame, a.node) == (frame, node));
        &anchors[start..start + count]
    }

    /// Where the fields of a structure are shown: the first page with its table, and the id of the table.
    pub fn table_of(&self, map: &Map) -> Option<(PageId, &str)> {
        let table = self.tables.iter().find(|table| crate::schema::same(table.map, map))?;
        Some((table.page, &table.id))
    }

    /// The frame that the include at `node` of `frame` makes, when its text could be found.
    pub fn frame(&self, page: PageId, frame: u32, node: NodeId) -> Option<u32> {
        let frames = &self.page(page).frames;
        frames.iter().skip(1).position(|f| f.parent == frame && f.at == node).map(|i| i as u32 + 1)
    }
}
