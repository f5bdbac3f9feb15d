//! What the page for unknown addresses knows: the site in, a script with all pages and the theme's search through them
//! out. Only that page loads it.

use super::sidebar;
use crate::site::Site;
use serde_json::{Value, json};

pub fn script(site: &Site, theme: &str) -> String {
    let shown = site.pages.iter().filter(|page| !page.hidden);
    let pages: Vec<Value> = shown
        .map(|page| {
            let trail: Vec<&str> = page.trail.iter().map(|crumb| &*crumb.title).collect();
            json!([sidebar::path(&page.output), page.title, trail.join(" / ")])
        })
        .collect();
    format!("window.proofpressPages={};\n{theme}", Value::from(pages))
}
