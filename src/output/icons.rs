//! Icons: the names that the site uses in, style rules with their pictures out. One rule serves all pages, nothing is
//! requested for them, and a strict Content-Security-Policy allows them.

use super::glyph;
use crate::page::Kind;
use crate::render::icon_name;
use crate::site::Site;
use font_awesome_as_a_crate::{Type, svg};
use std::collections::{BTreeMap, BTreeSet};

/// Icons that the theme shows whatever the book says.
const OWN: &[&str] = &[
    "magnifying-glass",
    "bars",
    "xmark",
    "sun",
    "moon",
    "desktop",
    "copy",
    "check",
    "pen-to-square",
    "file",
    "file-lines",
    "globe",
    "print",
    "clock-rotate-left",
];

/// Icons that a block shows, with its name.
const OF_BLOCKS: &[(&str, &str)] = &[
    ("hint", "circle-info"),
    ("hint", "circle-check"),
    ("hint", "circle-exclamation"),
    ("hint", "triangle-exclamation"),
    ("hint", "lightbulb"),
    ("translation", "clock-rotate-left"),
    ("embed", "circle-play"),
    ("video", "circle-play"),
    ("audio", "circle-play"),
];

/// The style rules for every icon that occurs. `theme` is searched too: a theme of the book's own may use others.
pub fn rules(site: &Site, theme: &BTreeMap<String, Vec<u8>>) -> String {
    let mut names: BTreeSet<String> = OWN.iter().map(|name| name.to_string()).collect();
    names.extend(OF_BLOCKS.iter().filter(|(block, _)| occurs(site, block)).map(|(_, name)| name.to_string()));
    for css in theme.values() {
        names.extend(String::from_utf8_lossy(css).split("icon-").skip(1).map(first_name));
    }
    for space in &site.spaces {
        names.extend(space.icon.as_deref().map(icon_name));
        names.extend(space.entries().filter_map(|entry| entry.icon.as_deref()).map(icon_name));
    }
    for config in &site.config.spaces {
        names.extend(config.tags.iter().filter_map(|tag| tag.icon.as_deref()).map(icon_name));
    }
    for page in site.texts.iter().flatten() {
        names.extend(page.front.icon.as_deref().map(icon_name));
        for tag in &page.tags {
            for attr in tag.attrs.iter().filter(|attr| matches!(&*attr.name, "icon" | "data-icon")) {
                names.insert(icon_name(&attr.value));
            }
            if &*tag.name == "i" {
                names.extend(tag.attr("class").map(icon_name));
            }
        }
        // An icon without a class has its name as text: `<i>:bolt:</i>`.
        for node in page.nodes.iter() {
            if let Kind::Element(tag) = node.kind
                && &*page.tags[tag as usize].name == "i"
            {
                let text = site.sources.text(page.file).get(node.end as usize..).unwrap_or_default();
                names.extend(text.strip_prefix(':').map(first_name));
            }
        }
    }
    let mut css = String::from("\n");
    for name in names {
        if let Some(picture) = picture(&name) {
            css.push_str(&format!(".icon-{name}{{--i:url(\"data:image/svg+xml,{}\")}}\n", url(picture)));
        }
    }
    css
}

/// Whether a block or an element of raw HTML occurs in the book, or what Markdown has in its place.
pub fn occurs(site: &Site, name: &str) -> bool {
    site.texts.iter().flatten().any(|page| {
        page.tags.iter().any(|tag| &*tag.name == name)
            || (name == "translation" && page.front.translation.is_some())
            || page.nodes.iter().any(|node| match node.kind {
                Kind::Alert(_) => name == "hint",
                Kind::Math(_) => name == "math",
                _ => false,
            })
    })
}

fn first_name(text: &str) -> String {
    text.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect()
}

/// Whether there is a picture for an icon's name.
pub fn is_known(name: &str) -> bool {
    picture(&icon_name(name)).is_some()
}

/// The icon's picture: the filled one, else the brand's, else the outlined one. Names of earlier releases are known too.
fn picture(name: &str) -> Option<&'static str> {
    let name = match name {
        "arrow-up-right" => "arrow-up-right-from-square",
        name => name,
    };
    [Type::Solid, Type::Brands, Type::Regular].into_iter().find_map(|kind| svg(kind, name).ok())
}

/// The picture as it may stand in a quoted `url()`: comments out, the few characters encoded that have to be.
fn url(svg: &str) -> String {
    let svg = match (svg.find("<!--"), svg.find("-->")) {
        (Some(from), Some(to)) if from < to => format!("{}{}", &svg[..from], &svg[to + 3..]),
        _ => svg.to_string(),
    };
    // Each path that can be read is written shorter.
    let mut parts = svg.split(" d=\"");
    let mut short = parts.next().unwrap_or_default().to_string();
    for part in parts {
        let (path, rest) = part.split_once('"').unwrap_or((part, ""));
        let path = glyph::rounded(path).unwrap_or_else(|| path.to_string());
        short.push_str(&format!(" d=\"{path}\"{rest}"));
    }
    short
        .replace('"', "'")
        .replace('%', "%25")
        .replace('#', "%23")
        .replace('<', "%3C")
        .replace('>', "%3E")
        .replace('\n', " ")
}
