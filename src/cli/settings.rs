//! `check --show-settings`: a book in; the values that count, and where each comes from, out.

use super::flags::Line;
use crate::config::{Assets, Config, Routing};
use crate::report::position;
use crate::site::Site;
use crate::source::{FileId, Span};
use std::fmt::Write;

/// One line for each setting, in the form of TOML: `book.title = "Pumps"  # book.toml:2`.
/// The options of `check` are among them.
pub fn listing(site: &Site, options: &[Line]) -> String {
    let config = &site.config;
    let mut lines = plain(config);
    for (i, space) in config.spaces.iter().enumerate() {
        let file = |file: Option<FileId>| file.map(|file| site.sources.path(file).to_string());
        for (key, value) in [
            ("dir", Some(space.dir.clone())),
            ("path", Some(space.prefix.clone())),
            ("title", space.title.clone()),
            ("language", space.language.clone()),
            ("summary", file(space.summary)),
            ("readme", file(space.readme)),
        ] {
            lines.extend(value.map(|value| (format!("spaces.{i}.{key}"), quoted(&value), "found")));
        }
    }
    let mut lines: Vec<(String, String)> = lines
        .into_iter()
        .map(|(key, value, otherwise)| {
            let from = config.places.get(&key).map_or(otherwise.to_string(), |span| place(site, *span));
            (format!("{key} = {value}"), from)
        })
        .collect();
    for Line { key, value, from } in options {
        let book = || config.places.get(key).map_or("default".to_string(), |span| place(site, *span));
        lines.push((format!("{key} = {value}"), from.clone().unwrap_or_else(book)));
    }
    for (patterns, rule, level, span) in config.levels.written() {
        let of = if patterns.is_empty() { String::new() } else { format!("[{}]", patterns.join(", ")) };
        lines.push((format!("check{of}.{rule} = \"{}\"", level.name()), place(site, span)));
    }
    let width = lines.iter().map(|(line, _)| line.chars().count()).filter(|width| *width <= 60).max().unwrap_or(0);
    let mut out = String::new();
    for (line, from) in lines {
        let _ = writeln!(out, "{line:width$}  # {from}");
    }
    out
}

/// The settings of the whole book: key, value, and where one comes from that `book.toml` does not give.
fn plain(config: &Config) -> Vec<(String, String, &'static str)> {
    const DEFAULT: &str = "default";
    let routing = if config.routing == Routing::Toc { "toc" } else { "file" };
    let assets = if config.assets == Assets::Copy { "copy" } else { "link" };
    let texts = [
        ("book.title", config.title.as_deref(), "docs.yaml"),
        ("book.description", config.description.as_deref(), DEFAULT),
        ("book.language", Some(&*config.language), DEFAULT),
        ("book.text-direction", config.text_direction.as_deref(), DEFAULT),
        ("build.build-dir", Some(&*config.build_dir), DEFAULT),
        ("build.routing", Some(routing), DEFAULT),
        ("build.assets", Some(assets), DEFAULT),
        ("output.html.site-url", config.site_url.as_deref(), DEFAULT),
        ("output.html.edit-url-template", config.edit_url_template.as_deref(), DEFAULT),
        ("output.html.git-repository-url", config.git_repository_url.as_deref(), DEFAULT),
        ("output.html.cname", config.cname.as_deref(), DEFAULT),
        ("output.html.logo", config.logo.as_deref(), DEFAULT),
        ("output.html.logo-dark", config.logo_dark.as_deref(), DEFAULT),
        ("output.html.favicon", config.favicon.as_deref(), DEFAULT),
        ("output.html.social-image", config.social_image.as_deref(), DEFAULT),
        ("theme.dir", Some(&*config.theme_dir), DEFAULT),
        ("check.baseline", config.levels.baseline.as_ref().map(|(path, _)| &**path), DEFAULT),
    ];
    let texts = texts.into_iter().filter_map(|(key, value, from)| Some((key.to_string(), quoted(value?), from)));
    let look = &config.look;
    let colours = [("light", &look.light), ("dark", &look.dark)].into_iter().flat_map(|(theme, colours)| {
        colours.iter().map(move |(name, colour)| {
            (format!("theme.{theme}.{name}"), quoted(&colour.to_css_hex().to_string()), "theme.accent")
        })
    });
    let plain = [
        ("output.html.last-updated", config.last_updated.unwrap_or(true).to_string()),
        ("output.html.outline-depth", config.outline_depth.unwrap_or(3).to_string()),
    ];
    let plain = plain.into_iter().map(|(key, value)| (key.to_string(), value, DEFAULT));
    let maps = [("includes", &config.includes), ("openapi", &config.openapi), ("space-ids", &config.space_ids)];
    let maps = maps.into_iter().flat_map(|(table, map)| {
        map.iter().map(move |(key, value)| (format!("{table}.{key}"), quoted(value), DEFAULT))
    });
    texts.chain(plain).chain(colours).chain(maps).collect()
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_string()).to_string()
}

fn place(site: &Site, span: Span) -> String {
    let line = position(site.sources.text(span.file), span.start).0;
    format!("{}:{line}", site.sources.path(span.file))
}
