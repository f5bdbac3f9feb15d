//! Links: an address as written in a file in, a [`Target`] out. Every link of the book is resolved here, once.

use super::assets::{decoded, space_around};
use super::paths::Paths;
use super::{AnchorRef, Found, Loose, Miss, PageId, SitePage, Space, Target, anchors};
use crate::config::Config;
use crate::page::Role;
use crate::source::{FileId, Sources};
use std::collections::HashMap;

/// What resolving needs to know of the book. Built once; reads nothing but names.
pub struct Resolver<'a> {
    pub sources: &'a Sources,
    pub config: &'a Config,
    pub spaces: &'a [Space],
    pub pages: &'a [SitePage],
    pub page_of: &'a HashMap<FileId, PageId>,
    paths: &'a Paths,
    routes: HashMap<&'a str, PageId>,
}

/// A file or folder that a path leads to.
enum Place {
    File(String, Option<Loose>),
    Folder(String),
}

/// Joins a relative path to a folder. `None` when it leads out of the book.
pub fn join(dir: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = if dir.is_empty() { Vec::new() } else { dir.split('/').collect() };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

pub fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(dir, _)| dir)
}

/// The address without `?query` and `#fragment`, then these.
pub fn split(dest: &str) -> (&str, &str, &str) {
    let (rest, fragment) = match dest.find('#') {
        Some(at) => (&dest[..at], &dest[at + 1..]),
        None => (dest, ""),
    };
    match rest.find('?') {
        Some(at) => (&rest[..at], &rest[at..], fragment),
        None => (rest, "", fragment),
    }
}

/// A path as it is written in a link: what would end the address there is percent-encoded.
pub fn written(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            ' ' => out.push_str("%20"),
            '%' => out.push_str("%25"),
            '(' => out.push_str("%28"),
            ')' => out.push_str("%29"),
            '#' => out.push_str("%23"),
            '?' => out.push_str("%3F"),
            // A space that only looks like one.
            c if c.is_whitespace() => {
                c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| out.push_str(&format!("%{byte:02X}")))
            }
            c => out.push(c),
        }
    }
    out
}

/// `https:`, `mailto:` and the like, or `//host`: not a path in this book.
pub fn is_external(dest: &str) -> bool {
    let scheme = dest.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.')).count();
    dest.starts_with("//")
        || (scheme > 1 && dest.as_bytes()[0].is_ascii_alphabetic() && dest[scheme..].starts_with(':'))
}

/// GitBook writes these where a target was deleted.
pub fn is_removed(dest: &str) -> bool {
    let dest = dest.trim_end_matches('/');
    dest == "broken-reference"
        || dest.starts_with("/broken/")
        || dest.starts_with("broken-reference/")
        || dest.ends_with("/broken-reference")
}

impl<'a> Resolver<'a> {
    pub fn new(
        sources: &'a Sources,
        config: &'a Config,
        spaces: &'a [Space],
        pages: &'a [SitePage],
        page_of: &'a HashMap<FileId, PageId>,
        paths: &'a Paths,
    ) -> Resolver<'a> {
        let routes = pages.iter().enumerate().map(|(i, page)| (&*page.route, PageId(i as u32))).collect();
        Resolver { sources, config, spaces, pages, page_of, paths, routes }
    }

    /// Resolves an address written in `file`.
    pub fn resolve(&self, file: FileId, dest: &str, role: Role) -> Target {
        let dest = dest.trim();
        if dest.is_empty() {
            return Target::Miss(Miss::Empty);
        }
        if role == Role::Include {
            return self.resolve_include(file, dest);
        }
        if is_removed(dest) {
            return Target::Removed;
        }
        if is_external(dest) {
            return self.app_link(dest).unwrap_or_else(|| Target::External(dest.to_string()));
        }
        let (path, query, fragment) = split(dest);
        if path.is_empty() {
            return Target::Here { anchor: decoded(fragment) };
        }
        let from = self.sources.path(file);
        match self.place(from, path) {
            Ok(Place::File(path, loose)) => self.file(path, query, fragment, loose),
            Ok(Place::Folder(dir)) => match self.readme(&dir) {
                Some(readme) => self.file(self.sources.path(readme).to_string(), query, fragment, None),
                // `../` and `guides/` mean folders of the repository, whatever stands there on the site.
                None if path.ends_with(['/', '.']) => Target::Miss(Miss::NoReadme),
                None => self.published(from, path, fragment).unwrap_or(Target::Miss(Miss::NoReadme)),
            },
            Err(miss) => self.published(from, path, fragment).unwrap_or(Target::Miss(miss)),
        }
    }

    /// The page that stands for a folder: for a space's own it may have any name.
    fn readme(&self, dir: &str) -> Option<FileId> {
        let space = self.config.spaces.iter().find(|space| space.dir == dir);
        space.and_then(|space| space.readme).or_else(|| self.paths.readme(self.sources, dir))
    }

    /// A page when the file is one, else the file as it is.
    fn file(&self, path: String, query: &str, fragment: &str, loose: Option<Loose>) -> Target {
        if let Some(page) = self.sources.find(&path).and_then(|file| self.page_of.get(&file)) {
            let anchor = (!fragment.is_empty()).then(|| self.anchor(*page, fragment));
            return Target::Page { page: *page, anchor, loose };
        }
        let fragment = if fragment.is_empty() { String::new() } else { format!("#{fragment}") };
        Target::Asset { path, suffix: format!("{query}{fragment}"), loose }
    }

    fn anchor(&self, page: PageId, fragment: &str) -> AnchorRef {
        let fragment = decoded(fragment);
        let (id, found) = anchors::find(&self.pages[page.index()], &fragment);
        AnchorRef { id: id.map_or(fragment.clone(), str::to_string), found }
    }

    /// A path without `.md` may be an address on the published site.
    fn published(&self, from: &str, path: &str, fragment: &str) -> Option<Target> {
        let space = space_around(self.spaces, from)?;
        let here = self.sources.find(from).and_then(|file| self.page_of.get(&file));
        let here = here.map(|page| &*self.pages[page.index()].route);
        let dir = if path.starts_with('/') { &space.prefix } else { parent(here.unwrap_or("")) };
        let route = join(dir, path.trim_start_matches('/'))?;
        let page = self.routes.get(&*route)?;
        let anchor = (!fragment.is_empty()).then(|| self.anchor(*page, fragment));
        Some(Target::Page { page: *page, anchor, loose: Some(Loose::Extension) })
    }

    /// The file or folder that a path leads to from a file.
    fn place(&self, from: &str, path: &str) -> Result<Place, Miss> {
        let mut candidates = Vec::new();
        if let Some(absolute) = path.strip_prefix('/') {
            // GitBook says nothing of these; both readings occur, and the space is the nearer root.
            let space = space_around(self.spaces, from).map(|space| &*space.dir).unwrap_or_default();
            candidates.extend(join(space, absolute));
            candidates.extend(join("", absolute));
        } else {
            candidates.push(join(parent(from), path).ok_or_else(|| Miss::Outside { near: self.inside(from, path) })?);
        }
        for candidate in &candidates {
            for (path, loose) in [
                (decoded(candidate), None),
                (candidate.clone(), None),
                (candidate.replace('\\', "/"), Some(Loose::Backslash)),
            ] {
                if let Some(place) = self.exact(&path, loose) {
                    return Ok(place);
                }
            }
        }
        for candidate in &candidates {
            let path = decoded(candidate);
            if let Some(place) = self.exact(&format!("{path}.md"), Some(Loose::Extension)) {
                return Ok(place);
            }
            let other = |path: &str| self.paths.in_other_capitals(path);
            if let Some(real) = other(&path).or_else(|| other(&format!("{path}.md"))) {
                return Ok(Place::File(real.to_string(), Some(Loose::Case)));
            }
        }
        Err(Miss::NoFile { near: candidates.first().and_then(|path| self.near(from, &decoded(path))) })
    }

    fn exact(&self, path: &str, loose: Option<Loose>) -> Option<Place> {
        if self.sources.find(path).is_some() || self.sources.assets().contains_key(path) {
            return Some(Place::File(path.to_string(), loose));
        }
        self.paths.is_folder(path).then(|| Place::Folder(path.to_string()))
    }

    /// What the author may have meant, as a path relative to the file that links.
    fn near(&self, from: &str, path: &str) -> Option<String> {
        Some(crate::render::plain_relative(from, self.paths.meant(path)?.0))
    }

    /// What a path with too many steps up leads to from the book's folder.
    fn inside(&self, from: &str, path: &str) -> Option<String> {
        let path = decoded(path.trim_start_matches("../").trim_end_matches('/'));
        let found = match self.exact(&path, None)? {
            Place::File(path, _) => path,
            Place::Folder(dir) => self.sources.path(self.readme(&dir)?).to_string(),
        };
        Some(crate::render::plain_relative(from, &found))
    }

    /// `https://app.gitbook.com/s/SPACE/path`, when `[space-ids]` maps the space to a folder of this book.
    fn app_link(&self, dest: &str) -> Option<Target> {
        let rest = dest.strip_prefix("https://app.gitbook.com/")?;
        let rest = match rest.strip_prefix("o/") {
            Some(rest) => rest.split_once('/')?.1,
            None => rest,
        };
        let rest = rest.strip_prefix("s/")?;
        let (id, path) = rest.split_once('/').unwrap_or((rest, ""));
        let place = self.config.space_ids.get(id)?;
        if is_external(place) {
            return Some(Target::External(format!("{}/{path}", place.trim_end_matches('/'))));
        }
        let (path, _, fragment) = split(path);
        let space = self.spaces.iter().find(|space| space.dir == *place)?;
        let route = join(&space.prefix, path.trim_end_matches(".md"))?;
        let page = match self.routes.get(&*route) {
            Some(page) => *page,
            None if path.is_empty() => space.home?,
            None => return Some(Target::Miss(Miss::NoFile { near: None })),
        };
        let anchor = (!fragment.is_empty()).then(|| self.anchor(page, fragment));
        Some(Target::Page { page, anchor, loose: None })
    }

    fn resolve_include(&self, file: FileId, dest: &str) -> Target {
        match include(self.sources, self.config, file, dest) {
            Some(included) => {
                Target::Asset { path: self.sources.path(included).to_string(), suffix: String::new(), loose: None }
            }
            None if is_external(dest) => Target::External(dest.to_string()),
            None => {
                let near = join(parent(self.sources.path(file)), dest)
                    .and_then(|path| self.near(self.sources.path(file), &path));
                Target::Miss(Miss::NoFile { near })
            }
        }
    }
}

/// The text that an `include` of `file` names: a path relative to it, or what `[includes]` maps GitBook's address or id to.
pub fn include(sources: &Sources, config: &Config, file: FileId, dest: &str) -> Option<FileId> {
    let id = || dest.trim_end_matches('/').rsplit('/').next();
    let mapped = config.includes.get(dest).or_else(|| config.includes.get(id()?));
    if let Some(path) = mapped {
        return sources.find(path);
    }
    if is_external(dest) {
        return None;
    }
    let (path, _, _) = split(dest);
    let path = match path.strip_prefix('/') {
        Some(absolute) => join("", absolute)?,
        None => join(parent(sources.path(file)), path)?,
    };
    sources.find(&decoded(&path)).or_else(|| sources.find(&path))
}

/// The id that an anchor means on the page that shows the link itself, and how it was found.
pub fn here<'a>(page: &'a SitePage, anchor: &str) -> (Option<&'a str>, Found) {
    if anchor.is_empty() { (Some(""), Found::Yes) } else { anchors::find(page, anchor) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined() {
        for (dir, path, expected) in [
            ("a/b", "../c.md", Some("a/c.md")),
            ("a", "./x/../y/", Some("a/y")),
            ("", "../x", None),
            ("a", "..", Some("")),
            ("", "a//b", Some("a/b")),
        ] {
            assert_eq!(join(dir, path).as_deref(), expected);
        }
    }

    #[test]
    fn addresses_are_told_apart() {
        for (dest, external) in [
            ("https://a", true),
            ("mailto:a@b", true),
            ("//a", true),
            ("a.md", false),
            ("c:x", false),
            ("a/b:c", false),
            ("hhttps://x", true),
            ("#a:b", false),
            ("", false),
            ("+x:", false),
        ] {
            assert_eq!(is_external(dest), external, "{dest}");
        }
        for (dest, expected) in [("a?b#c", ("a", "?b", "c")), ("a#b?c", ("a", "", "b?c")), ("#x", ("", "", "x"))] {
            assert_eq!(split(dest), expected);
        }
    }
}
