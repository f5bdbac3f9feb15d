//! The book's settings: `book.toml`, `.gitbook.yaml`, `docs.yaml` and the folders in; one [`Config`] with its spaces out.
//!
//! Nothing has to be configured: what no file says is found from the folders. What is wrong in a file is a problem with
//! its place, and the rest of the file still counts.

mod book;
mod docs;
mod external;
pub mod flags;
mod gitbook;
mod language;
mod layers;
mod levels;
mod look;
pub mod nearest;
pub mod path;
mod reader;
mod spaces;
mod table;

pub use external::External;
pub use levels::{Level, Levels, Named};
pub use look::{COLOURS, FONTS, Font, Look};

use crate::diagnostic::Diagnostic;
use crate::slug::{DIALECTS, Dialect};
use crate::source::{self, FileId, Sources, Span};
use std::collections::BTreeMap;

/// What the whole site is built with. Paths are relative to the book's folder, with `/`.
#[derive(Clone, Debug, Default)]
pub struct Config {
    pub title: Option<String>,
    pub description: Option<String>,
    /// `en` where nothing is said.
    pub language: String,
    /// `ltr` or `rtl`, where it is said and does not follow from the language.
    pub text_direction: Option<String>,
    pub authors: Vec<String>,
    /// Where the site is written: `book` where nothing is said.
    pub build_dir: String,
    pub site_url: Option<String>,
    /// With `{path}` for the page's file.
    pub edit_url_template: Option<String>,
    pub git_repository_url: Option<String>,
    pub additional_css: Vec<String>,
    pub additional_js: Vec<String>,
    pub cname: Option<String>,
    pub logo: Option<String>,
    /// The logo on dark ground, where it is another.
    pub logo_dark: Option<String>,
    pub favicon: Option<String>,
    /// Shown by other sites beside a link to this one.
    pub social_image: Option<String>,
    /// Whether pages say when they were changed last. `true` where nothing is said.
    pub last_updated: Option<bool>,
    /// Headings down to this level are in the outline: 2 to 4.
    pub outline_depth: Option<u8>,
    pub routing: Routing,
    pub assets: Assets,
    /// What `visitor.claims` holds when conditions are decided.
    pub claims: BTreeMap<String, serde_json::Value>,
    /// GitBook's address or id of an included block, and the file that stands for it.
    pub includes: BTreeMap<String, String>,
    /// GitBook's name of an API description, and its file.
    pub openapi: BTreeMap<String, String>,
    /// GitBook's id of a space, and its folder here or its address elsewhere. One that is wrongly given leads nowhere.
    pub space_ids: BTreeMap<String, String>,
    /// `[check.external]`
    pub external: External,
    /// `[check]`. The names of the rules are not checked here.
    pub levels: Levels,
    pub dialects: Dialects,
    /// `theme` where nothing is said.
    pub theme_dir: String,
    /// `[theme]` without its folder
    pub look: Look,
    /// `[words]`: what the theme says differently, by language and name.
    pub words: BTreeMap<String, BTreeMap<String, String>>,
    /// `[[examples]]` as written.
    pub examples: Vec<toml::Table>,
    /// `[kinds.NAME]` as written.
    pub kinds: toml::Table,
    /// Where each key of `book.toml` stands, by its dotted path: `check.dead-page`, `examples.0.files`.
    pub places: BTreeMap<String, Span>,
    /// What options of the command line are where they are not given.
    pub flags: Vec<flags::Said>,
    /// At least one, in the order of the switcher.
    pub spaces: Vec<SpaceConfig>,
    pub problems: Vec<Diagnostic>,
}

/// What a page's address follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Routing {
    /// Its place in the table of contents, as on GitBook.
    #[default]
    Toc,
    /// Its file.
    File,
}

/// Which generators' ids count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dialects {
    /// The ids of the site, and what its links lead to.
    pub own: &'static Dialect,
    /// Where the same links have to work too.
    pub also: Vec<&'static Dialect>,
}

impl Dialects {
    /// The first of a list is the book's own, GitBook's if there is none; one that is named again counts once.
    pub fn new(all: impl IntoIterator<Item = &'static Dialect>) -> Dialects {
        let mut all = all.into_iter();
        let mut dialects = Dialects { own: all.next().unwrap_or(DIALECTS[0]), also: Vec::new() };
        for dialect in all {
            if dialect != dialects.own && !dialects.also.contains(&dialect) {
                dialects.also.push(dialect);
            }
        }
        dialects
    }
}

impl Default for Dialects {
    fn default() -> Dialects {
        Dialects::new([])
    }
}

/// How a file of the book that is published as it is gets into the output folder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Assets {
    #[default]
    Copy,
    /// A second name for the author's own file, where the system allows it.
    Link,
}

/// One table of contents with its pages.
#[derive(Clone, Debug, Default)]
pub struct SpaceConfig {
    /// Folder of its content: `""` is the book's folder. Separated by `/`, none at the end.
    pub dir: String,
    /// Its path on the site: `""` is the site's root. No two spaces have the same.
    pub prefix: String,
    pub title: Option<String>,
    pub language: Option<String>,
    /// What the site is called and about on pages of this space, where that is something else.
    pub book_title: Option<String>,
    pub book_description: Option<String>,
    pub icon: Option<String>,
    /// Published, but not in the switcher.
    pub hidden: bool,
    pub readme: Option<FileId>,
    /// The table of contents; without one it follows from the folders ([`crate::nav::from_folders`]).
    pub summary: Option<FileId>,
    pub redirects: Vec<Redirect>,
    /// `.gitbook/vars.yaml`: `space.vars.*` in expressions.
    pub vars: Vec<(String, String)>,
    /// `.gitbook/tags.yaml`
    pub tags: Vec<TagStyle>,
}

/// An address of former times and what stands there today, both as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// A path within the space.
    pub from: String,
    /// A file, a folder, or a file without its ending; relative to the space's folder.
    pub to: String,
    pub span: Span,
    pub to_span: Span,
}

/// How a page tag looks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TagStyle {
    pub slug: String,
    pub label: String,
    pub icon: Option<String>,
    pub color: Option<String>,
}

impl Config {
    /// Pictures and fonts of the frame.
    pub fn images(&self) -> impl Iterator<Item = &String> {
        let fonts = self.look.fonts.values().filter_map(|font| match font {
            Font::File(path) => Some(path),
            Font::Families(_) => None,
        });
        let pictures = [&self.logo, &self.logo_dark, &self.favicon, &self.social_image];
        pictures.into_iter().flatten().chain(fonts)
    }
}

/// Reads all settings. Never fails: there is always at least one space.
pub fn resolve(sources: &Sources) -> Config {
    let mut config = Config::default();
    let settings = |path: &Option<String>| {
        let file = sources.find(path.as_ref()?)?;
        Some((file, sources.text(file)))
    };
    let source::Settings { file, over } = sources.settings();
    let written = match (settings(file), settings(over)) {
        (None, None) => book::Written::default(),
        (file, over) => book::read(&layers::Layers::new(file, over), &mut config),
    };
    report_missing(sources, &written.files, &mut config.problems);
    let docs = match ["docs.yaml", "gitbook-docs.yaml"].iter().find_map(|name| sources.find(name)) {
        Some(file) => docs::read(file, sources.text(file), &mut config.problems),
        None => docs::Docs::default(),
    };
    config.title = config.title.or(docs.title);
    config.spaces = spaces::find(sources, &written, docs.spaces, &mut config.problems);
    config.space_ids = spaces::ids(written.space_ids, &config.spaces, &mut config.problems);
    for (value, default) in
        [(&mut config.language, "en"), (&mut config.build_dir, "book"), (&mut config.theme_dir, "theme")]
    {
        if value.is_empty() {
            *value = default.to_string();
        }
    }
    crate::diagnostic::sort(&mut config.problems);
    config
}

/// Files that are named must be there; addresses elsewhere are not looked for.
fn report_missing(sources: &Sources, files: &[(String, Span)], problems: &mut Vec<Diagnostic>) {
    for (name, span) in files.iter().filter(|(name, _)| !name.contains("://")) {
        let path = path::join("", name);
        let found = path.is_some_and(|path| sources.find(&path).is_some() || sources.assets().contains_key(&path));
        if !found {
            let message = format!("there is no file `{name}`");
            problems.push(
                Diagnostic::error("config-missing-file", *span, message)
                    .help("paths in `book.toml` are relative to its folder"),
            );
        }
    }
}

#[cfg(test)]
mod tests;
