//! Redirects as written in; the files that lead on, and where to, out.

use super::anchors;
use super::assets::{decoded, inside};
use super::navigation::bare;
use super::paths::Paths;
use super::resolve::{join, split, written};
use super::{Found, PageId, SitePage};
use crate::config::nearest::alike;
use crate::config::{Config, Redirect, SpaceConfig};
use crate::diagnostic::Diagnostic;
use crate::slug::LONGEST_SEGMENT;
use crate::source::{FileId, Sources};
use std::collections::{HashMap, HashSet};

/// Redirects that lead to one another beyond this are taken for a circle.
const HOPS: usize = 8;

/// The file of each redirect and the path in the output folder that it leads to, with any `#fragment`. A page at the
/// old address wins, and a target that does not exist makes no redirect: both are reported.
pub fn find(
    sources: &Sources,
    config: &Config,
    pages: &[SitePage],
    page_of: &HashMap<FileId, PageId>,
    paths: &Paths,
) -> (Vec<(String, String)>, Vec<Diagnostic>) {
    let live: HashMap<&str, &SitePage> = pages.iter().map(|page| (bare(&page.output), page)).collect();
    let (mut found, mut problems, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for space in &config.spaces {
        let reader = Reader { sources, space, page_of, pages, paths, live: &live };
        let onward: HashMap<String, &Redirect> = space
            .redirects
            .iter()
            .rev()
            .filter_map(|redirect| Some((reader.address(&redirect.from)?, redirect)))
            .collect();
        for redirect in &space.redirects {
            let Some(from) = reader.address(&redirect.from).filter(|from| !from.is_empty()) else { continue };
            let report =
                |span, message: String, help: &str| Diagnostic::warning("dead-redirect", span, message).help(help);
            // On many file systems a name in other capitals is the same file.
            if live.contains_key(&*from.to_lowercase()) {
                let message = format!("a page stands at `{}`, so this redirect has no effect", redirect.from);
                problems.push(report(redirect.span, message, "remove the redirect"));
                continue;
            }
            match reader.follow(&redirect.to, &onward) {
                End::Page { page, fragment, hops } => {
                    problems.extend(reader.complaint(redirect, page, fragment, hops));
                    // No browser asks for a name that no file system has.
                    let has_file = from.split('/').all(|part| part.len() <= LONGEST_SEGMENT);
                    if has_file && seen.insert(from.to_lowercase()) {
                        let hash = if fragment.is_empty() { "" } else { "#" };
                        found.push((format!("{from}.html"), format!("{}{hash}{fragment}", page.output)));
                    }
                }
                End::Nothing => problems.push(reader.dead(redirect)),
                End::Circle => problems.push(
                    Diagnostic::warning(
                        "redirect-loop",
                        redirect.to_span,
                        "this redirect leads in a circle, or through too many others",
                    )
                    .help("let it lead to the file of a page"),
                ),
            }
        }
    }
    (found, problems)
}

/// Where a redirect ends.
enum End<'a> {
    /// At a page, after this many other redirects.
    Page {
        page: &'a SitePage,
        fragment: &'a str,
        hops: usize,
    },
    Nothing,
    Circle,
}

struct Reader<'a> {
    sources: &'a Sources,
    space: &'a SpaceConfig,
    page_of: &'a HashMap<FileId, PageId>,
    pages: &'a [SitePage],
    paths: &'a Paths,
    live: &'a HashMap<&'a str, &'a SitePage>,
}

impl Reader<'_> {
    /// The address on the site, without an ending, of a path within the space.
    fn address(&self, path: &str) -> Option<String> {
        let path = join(&self.space.prefix, &decoded(split(path).0))?;
        Some(bare(path.strip_suffix(".md").unwrap_or(&path)).to_string())
    }

    /// A target may be a page's file, its folder or its address, or what another redirect leads on from.
    fn follow<'b>(&'b self, mut to: &'b str, onward: &HashMap<String, &'b Redirect>) -> End<'b> {
        let mut fragment = "";
        for hops in 0..HOPS {
            let (path, _, written) = split(to);
            fragment = if fragment.is_empty() { written } else { fragment };
            if let Some(page) = self.page(path) {
                return End::Page { page, fragment, hops };
            }
            match self.address(path).and_then(|address| onward.get(&address)) {
                Some(next) => to = &next.to,
                None => return End::Nothing,
            }
        }
        End::Circle
    }

    /// What is wrong with a redirect that leads to no page.
    fn dead(&self, redirect: &Redirect) -> Diagnostic {
        let message = format!("`{}` is no page", redirect.to);
        let found = Diagnostic::warning("dead-redirect", redirect.to_span, message);
        let Some(near) = self.near(&redirect.to) else { return found.help("write the path of a page's file") };
        let found = found.help(format!("did you mean `{near}`?"));
        let last = |path: &str| split(path).0.rsplit('/').next().map(str::to_string).unwrap_or_default();
        let leads = match self.follow(&near, &HashMap::new()) {
            End::Page { page, fragment, .. } => self.complaint(redirect, page, fragment, 0).is_none(),
            _ => false,
        };
        if leads && is_plain(&near) && alike(&last(&near), &last(&redirect.to)) {
            found.fix(false, vec![(redirect.to_span, near)])
        } else {
            found
        }
    }

    /// The page that was perhaps meant by a target, with what stands behind its path.
    fn near(&self, to: &str) -> Option<String> {
        let path = join(&self.space.dir, &decoded(split(to).0))?;
        let near = self.paths.meant(&path)?.0;
        self.page_of.get(&self.sources.find(near)?)?;
        let rest = to.find(['#', '?']).map_or("", |at| &to[at..]);
        Some(written(self.own(near)?) + rest)
    }

    /// The path within the space of a file that lies in it.
    fn own<'b>(&self, file: &'b str) -> Option<&'b str> {
        inside(file, &self.space.dir).then(|| file[self.space.dir.len()..].trim_start_matches('/'))
    }

    /// What is wrong with a redirect that leads to a page.
    fn complaint(&self, redirect: &Redirect, page: &SitePage, fragment: &str, hops: usize) -> Option<Diagnostic> {
        if let Found::No { near } = anchors::find(page, &decoded(fragment)).1
            && !fragment.is_empty()
        {
            let message = format!("`{}` has no anchor `#{fragment}`", redirect.to);
            let help = near.map_or("leave the anchor out".to_string(), |near| format!("did you mean `#{near}`?"));
            return Some(Diagnostic::warning("dead-redirect", redirect.to_span, message).help(help));
        }
        if hops == 0 {
            return None;
        }
        let file = self.sources.path(page.file);
        let file = self.own(file).unwrap_or(file);
        let hash = if fragment.is_empty() { "" } else { "#" };
        let target = format!("{file}{hash}{fragment}");
        Some(
            Diagnostic::warning("redirect-chain", redirect.to_span, format!("`{}` is a redirect itself", redirect.to))
                .help(format!("write `{target}`"))
                .fix(is_plain(&target), vec![(redirect.to_span, target)]),
        )
    }

    fn page(&self, path: &str) -> Option<&SitePage> {
        let file = join(&self.space.dir, &decoded(path))?;
        let names = [file.clone(), format!("{file}.md"), join(&file, "README.md")?];
        let listed = names.iter().find_map(|name| self.page_of.get(&self.sources.find(name)?));
        match listed {
            Some(page) => self.pages.get(page.index()),
            None => self.live.get(&*self.address(path)?).copied(),
        }
    }
}

/// Whether a value needs no quotes in YAML.
fn is_plain(value: &str) -> bool {
    !value.contains([' ', ':', '"', '\''])
}
