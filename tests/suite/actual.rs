//! What the library makes of a case: its input in, one text for each expectation out.

use crate::case::{Case, Change, Head, Section, visible};
use proofpress::diagnostic::{Diagnostic, Severity};
use proofpress::highlight::Highlighter;
use proofpress::output::{Artifact, Content, Renderer, plan};
use proofpress::report::{Checked, Counts, FORMATS, Place, Report, position};
use proofpress::site::{Found, Miss, NavEntry, NavKind, PageId, Site, Target};
use proofpress::source::{Asset, Source, Sources, Span};
use proofpress::theme::Theme;
use proofpress::web::{self, Day};
use proofpress::{book, examples, plugin, render, triage};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::LazyLock;

static THEME: LazyLock<Result<Theme, String>> =
    LazyLock::new(|| Theme::new(&BTreeMap::new()).map_err(|error| error.to_string()));
/// Colours would bury the words of an expectation; `highlighted` asks for them.
static PLAIN: LazyLock<Highlighter> = LazyLock::new(|| Highlighter::new(false));
static COLOURED: LazyLock<Highlighter> = LazyLock::new(|| Highlighter::new(true));

/// The sections of `case.expected()` with the text that they have now.
pub fn expectations(case: &Case) -> Result<Vec<Section>, String> {
    let theme = THEME.as_ref()?;
    let sources = sources(case);
    if plugin::is_plugin(|name| has(&sources, name), manifest(&sources)) {
        return plugin_expectations(case, &sources);
    }
    let site = book::site(sources);
    let renderer = Renderer::new(&site, theme, &PLAIN);
    let fill = |section: Section| {
        let Head::Expect { kind, of } = &section.head else { return Ok(section) };
        let text = match &**kind {
            "report" if !of.is_empty() => report(&site, of)?,
            "report" => triage::findings(&site).iter().map(|found| short(found, &site.sources)).collect(),
            "body" => render::body(&site, &PLAIN, page(&site, of)?),
            "highlighted" => render::body(&site, &COLOURED, page(&site, of)?),
            "file" => file(&renderer, of)?,
            "lines" => lines(&renderer, of)?,
            "files" => files(&renderer),
            "routes" => routes(&site),
            "nav" => nav(&site),
            "anchors" => anchors(&site, page(&site, of)?),
            "links" => links(&site, of)?,
            "examples" => examples::listing(&site),
            "external" => external(&site)?,
            other => return Err(format!("there is no expectation `{other}`")),
        };
        let mut text = visible(&text);
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        Ok(Section { head: section.head, text })
    };
    case.expected().into_iter().map(fill).collect()
}

/// The only thing to expect of a plugin is what is wrong with it.
fn plugin_expectations(case: &Case, sources: &Sources) -> Result<Vec<Section>, String> {
    let fill = |section: Section| match &section.head {
        head if *head == Head::report() => {
            let found = plugin::check(sources);
            Ok(Section {
                head: section.head,
                text: visible(&found.iter().map(|found| short(found, sources)).collect::<String>()),
            })
        }
        _ => Err(format!("a plugin has no `{}`", section.header().trim())),
    };
    case.expected().into_iter().map(fill).collect()
}

fn has(sources: &Sources, name: &str) -> bool {
    let mut paths = sources.files().map(|(_, source)| &*source.path).chain(sources.assets().keys().map(|path| &**path));
    paths.any(|path| if name.ends_with('/') { path.starts_with(name) } else { path == name })
}

fn manifest(sources: &Sources) -> Option<&str> {
    sources.find(plugin::MANIFEST).map(|file| sources.text(file))
}

fn sources(case: &Case) -> Sources {
    let mut texts = Vec::new();
    let mut assets = BTreeMap::new();
    for section in case.input() {
        match &section.head {
            Head::Text { path, changes } => {
                let text = section.changed(changes);
                let invalid = text.find('\u{fffd}').filter(|_| changes.contains(&Change::Invalid)).map(|at| at as u32);
                texts.push(Source { path: path.clone(), text: text.into(), invalid });
            }
            Head::Asset { path, bytes, dimensions } => {
                assets.insert(path.clone(), Asset { bytes: *bytes, dimensions: *dimensions });
            }
            Head::Expect { .. } => {}
        }
    }
    Sources::new(texts, assets)
}

fn page(site: &Site, path: &str) -> Result<PageId, String> {
    let file = site.sources.find(path).ok_or_else(|| format!("there is no file `{path}`"))?;
    site.page_of.get(&file).copied().ok_or_else(|| format!("`{path}` is not a page"))
}

/// `error[rule]: message`, the place with its line, other places, help.
fn short(found: &Diagnostic, sources: &Sources) -> String {
    let mut out =
        format!("{}[{}]: {}\n  {}\n", found.severity.name(), found.rule, found.message, place(found.span, sources));
    for (span, label) in &found.labels {
        let _ = writeln!(out, "  {}  ({label})", place(*span, sources));
    }
    if let Some(help) = &found.help {
        let _ = writeln!(out, "  help: {help}");
    }
    out
}

/// The findings in one of the report's formats.
fn report(site: &Site, format: &str) -> Result<String, String> {
    let format = FORMATS.iter().find(|found| found.name == format).ok_or_else(|| format!("no format `{format}`"))?;
    let links = site.targets.iter().map(Vec::len).sum();
    let counts = Counts { pages: site.pages.len(), links, ..Counts::default() };
    let diagnostics = triage::findings(site);
    let checked = [Checked {
        sources: site.sources.clone(),
        place: Place { prefix: "docs/".to_string(), ..Place::default() },
        diagnostics,
        counts,
    }];
    let files = checked.each_ref().map(Checked::files);
    let mut out = Vec::new();
    (format.write)(&Report::new(&checked, &files, Severity::Error), &mut out).map_err(|error| error.to_string())?;
    String::from_utf8(out).map_err(|error| error.to_string())
}

/// The findings as of the 22nd of November 2026, with the answers of other sites in `.proofpress-links.json`.
fn external(site: &Site) -> Result<String, String> {
    let text = site.sources.find(".proofpress-links.json").map_or("", |file| site.sources.text(file));
    let today = Day::parse("2026-11-22").ok_or("no such day")?;
    let settings = &site.config.external;
    let addresses = web::links(site);
    let run = web::Run { settings, offline: true, shared: false, today, progress: &|_| () };
    let answers = web::check(&addresses, &run, &mut web::Cache::parse(text)?)?;
    let found = web::judge(&addresses, &answers, settings);
    let found = triage::check_with(site, &examples::survey(site), Some(found)).found;
    let mut out: String = found.iter().map(|found| short(found, &site.sources)).collect();
    for (address, answer) in addresses.iter().zip(&answers) {
        if let web::Status::Unchecked(why) = answer.status {
            let _ = writeln!(out, "not checked: {} ({why:?})", address.url);
        }
    }
    Ok(out)
}

/// `path:line:column  the line`
fn place(span: Span, sources: &Sources) -> String {
    let text = sources.text(span.file);
    let (line, column) = position(text, span.start);
    let shown: String = text.lines().nth(line - 1).unwrap_or("").trim().chars().take(100).collect();
    format!("{}:{line}:{column}  {shown}", sources.path(span.file))
}

/// The paths of the site's files, without those that every site has.
fn files(renderer: &Renderer) -> String {
    let always = |artifact: &Artifact| {
        matches!(
            artifact,
            Artifact::Theme(_)
                | Artifact::StyleSheet(_)
                | Artifact::Icons(_)
                | Artifact::NotFound
                | Artifact::Robots
                | Artifact::Llms
                | Artifact::LlmsFull
                | Artifact::Search(..)
                | Artifact::SearchPage(_)
                | Artifact::Missing
                | Artifact::Manifest
        )
    };
    let output = plan(renderer.site, renderer.theme);
    output.iter().filter(|(_, artifact)| !always(artifact)).map(|(path, _)| format!("{path}\n")).collect()
}

/// A file of the site as text; one that is copied as `copy of PATH`.
fn file(renderer: &Renderer, path: &str) -> Result<String, String> {
    let output = plan(renderer.site, renderer.theme);
    let artifact = output.get(path).ok_or_else(|| format!("the site has no file `{path}`"))?;
    Ok(match renderer.bytes(artifact).map_err(|error| error.to_string())? {
        Content::Bytes(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Content::File(source) => format!("copy of {source}"),
    })
}

/// Those lines of a file that hold a word: `index.html rel="next"`.
fn lines(renderer: &Renderer, of: &str) -> Result<String, String> {
    let (path, word) = of.split_once(' ').ok_or("`lines` needs a file and a word")?;
    let text = file(renderer, path)?;
    let found = text.lines().filter(|line| line.contains(word));
    Ok(found.map(|line| line.trim().to_string() + "\n").collect())
}

/// `file -> output: title`
fn routes(site: &Site) -> String {
    let line = |page: &proofpress::site::SitePage| {
        let hidden = if page.hidden { " (hidden)" } else { "" };
        format!("{} -> {}: {}{hidden}\n", site.sources.path(page.file), page.output, page.title)
    };
    site.pages.iter().map(line).collect()
}

/// The tables of contents, indented: `title -> where it leads`.
fn nav(site: &Site) -> String {
    let mut out = String::new();
    for space in &site.spaces {
        if site.spaces.len() > 1 {
            let _ = writeln!(out, "space {} at /{}", space.title, space.prefix);
        }
        entries(site, &space.nav, 0, &mut out);
    }
    out
}

fn entries(site: &Site, all: &[NavEntry], depth: usize, out: &mut String) {
    for entry in all {
        let to = match &entry.kind {
            NavKind::Group => " (group)".to_string(),
            NavKind::Label => " (label)".to_string(),
            NavKind::Page(page) if site.page(*page).hidden => format!(" -> {} (hidden)", site.page(*page).output),
            NavKind::Page(page) => format!(" -> {}", site.page(*page).output),
            NavKind::Anchor(page, id) => format!(" => {}#{id}", site.page(*page).output),
            NavKind::Asset(path) => format!(" -> file {path}"),
            NavKind::External(url) => format!(" -> {url}"),
        };
        let icon = entry.icon.as_ref().map_or(String::new(), |icon| format!("[{icon}] "));
        let _ = writeln!(out, "{}{icon}{}{to}", "  ".repeat(depth), entry.title);
        entries(site, &entry.children, depth + 1, out);
    }
}

/// The places of a page in document order: `h2 id: text`, with `+` for those of the outline.
fn anchors(site: &Site, page: PageId) -> String {
    let mut all: Vec<_> = site.page(page).anchors.iter().collect();
    all.sort_by_key(|anchor| anchor.order);
    let line = |anchor: &&proofpress::site::Anchor| {
        let mark = if anchor.outline { '+' } else { '-' };
        let level = if anchor.level == 0 { "--".to_string() } else { format!("h{}", anchor.level) };
        format!("{mark} {level} {}: {}\n", anchor.id, anchor.text)
    };
    all.iter().map(line).collect()
}

/// What each link of a text leads to: `destination -> target`.
fn links(site: &Site, path: &str) -> Result<String, String> {
    let file = site.sources.find(path).ok_or_else(|| format!("there is no file `{path}`"))?;
    let links = site.text(file).map_or(&[][..], |page| &page.links);
    let lines = links.iter().zip(&site.targets[file.index()]);
    Ok(lines.map(|(link, found)| format!("{} -> {}\n", link.dest, target(site, found))).collect())
}

fn target(site: &Site, target: &Target) -> String {
    let near = |near: &Option<String>| near.as_ref().map_or(String::new(), |near| format!(", near {near}"));
    match target {
        Target::Page { page, anchor, loose } => {
            let mut out = site.page(*page).output.clone();
            if let Some(anchor) = anchor {
                out.push_str(&format!("#{}", anchor.id));
                match &anchor.found {
                    Found::Yes => {}
                    Found::Alias => out.push_str(" (alias)"),
                    Found::No { near: id } => out.push_str(&format!(" (no such id{})", near(id))),
                }
            }
            out + &loose.map_or(String::new(), |loose| format!(" ({loose:?})"))
        }
        Target::Here { anchor } => format!("here#{anchor}"),
        Target::Asset { path, suffix, loose } => {
            format!("file {path}{suffix}{}", loose.map_or(String::new(), |loose| format!(" ({loose:?})")))
        }
        Target::External(url) => format!("external {url}"),
        Target::Removed => "removed".to_string(),
        Target::Miss(Miss::NoFile { near: file }) => format!("no file{}", near(file)),
        Target::Miss(Miss::NoReadme) => "folder without a README".to_string(),
        Target::Miss(Miss::Outside { .. }) => "outside of the book".to_string(),
        Target::Miss(Miss::Empty) => "empty".to_string(),
    }
}
