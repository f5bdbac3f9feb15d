//! The site as an application on a reader's device: its name, colours and icon as a web manifest.

use super::shell;
use crate::site::{Site, assets};
use serde_json::json;

pub const PATH: &str = "manifest.webmanifest";

pub fn text(site: &Site) -> String {
    let icon = match &site.config.favicon {
        Some(favicon) => super::sidebar::path(&assets::published(site, favicon)),
        None => "assets/icon.svg".to_string(),
    };
    let language = site.spaces.first().map_or("en", |space| &space.language);
    let value = json!({
        "name": shell::site_title(site),
        "description": site.config.description,
        "lang": shell::language(language),
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": shell::paper(site, 0),
        "theme_color": shell::paper(site, 0),
        "icons": [{"src": icon, "sizes": "any"}],
    });
    format!("{value:#}\n")
}
