//! Icons: names in, pictures out. The theme's own are rules of the style sheet. Those that authors name stand in the text
//! itself, and those of the sidebar in a sheet that comes after the text. Nothing is requested from elsewhere, no script
//! is needed, and a strict Content-Security-Policy allows all of them.

use super::glyph;
use crate::render::icon_name;
use crate::site::Site;
use font_awesome_as_a_crate::{Type, svg};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// The theme's icons: lines on a grid of 16 units.
const OWN: [(&str, &str); 20] = [
    ("magnifying-glass", "M12 7A5 5 0 1 1 7 2a5 5 0 0 1 5 5zM11 11l3 3"),
    ("bars", "M2 4h12M2 8h12M2 12h12"),
    ("xmark", "M3 3l10 10M13 3L3 13"),
    ("sun", "M11 8a3 3 0 1 1-3-3 3 3 0 0 1 3 3zM8 1v1M8 14v1M1 8h1M14 8h1M3 3l1 1M12 12l1 1M3 13l1-1M12 4l1-1"),
    ("moon", "M14 9A6 6 0 0 1 7 2a6 6 0 1 0 7 7z"),
    ("desktop", "M2 3h12v8H2zM8 11v3M5 14h6"),
    ("copy", "M6 6h8v8H6zM10 6V2H2v8h4"),
    ("check", "M3 8l4 4 6-8"),
    ("pen-to-square", "M8 3H2v11h11V8M6 10l1-3 5-5 2 2-5 5z"),
    ("file", "M3 1h6l4 4v10H3zM9 1v4h4"),
    ("file-lines", "M3 1h6l4 4v10H3zM9 1v4h4M6 9h4M6 12h4"),
    ("globe", "M15 8A7 7 0 1 1 8 1a7 7 0 0 1 7 7zM1 8h14M8 1C4 5 4 11 8 15M8 1c4 4 4 10 0 14"),
    ("print", "M4 5V1h8v4M4 12H1V5h14v7h-3M4 9h8v6H4z"),
    ("clock-rotate-left", "M2 8a6 6 0 1 0 2-4L2 6M2 2v4h4M8 5v4l3 1"),
    ("circle-info", "M15 8A7 7 0 1 1 8 1a7 7 0 0 1 7 7zM8 8v4M8 5v0"),
    ("circle-check", "M15 8A7 7 0 1 1 8 1a7 7 0 0 1 7 7zM5 8l2 3 4-5"),
    ("circle-exclamation", "M15 8A7 7 0 1 1 8 1a7 7 0 0 1 7 7zM8 4v5M8 12v0"),
    ("triangle-exclamation", "M8 1l7 13H1zM8 6v4M8 12v0"),
    ("lightbulb", "M6 12C6 9 4 8 4 5a4 4 0 0 1 8 0C12 8 10 9 10 12zM7 15h2"),
    ("circle-play", "M15 8A7 7 0 1 1 8 1a7 7 0 0 1 7 7zM7 5l4 3-4 3z"),
];

/// The style rules for the theme's icons, and for those that a theme of the book's own names in its files.
pub fn rules(theme: &BTreeMap<String, Vec<u8>>) -> String {
    let mut css = String::from("\n");
    for (name, path) in OWN {
        let svg = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16' fill='none' stroke='red' stroke-width='1.5' stroke-linecap='round' stroke-linejoin='round'><path d='{path}'/></svg>"
        );
        rule(&mut css, "icon-", name, &svg);
    }
    let own: BTreeSet<&str> = OWN.iter().map(|(name, _)| *name).collect();
    let named = theme.values().map(|file| String::from_utf8_lossy(file));
    let named: BTreeSet<String> =
        named.flat_map(|text| text.split("icon-").skip(1).map(first_name).collect::<Vec<_>>()).collect();
    named.iter().filter(|name| !own.contains(&***name)).for_each(|name| book_rule(&mut css, "icon-", name));
    css
}

/// The style rules for the icons of a space's sidebar; nothing where no entry has one.
pub fn sidebar(site: &Site, space: usize) -> String {
    let names: BTreeSet<String> =
        site.spaces[space].entries().filter_map(|entry| entry.icon.as_deref()).map(icon_name).collect();
    let mut css = String::new();
    names.iter().for_each(|name| book_rule(&mut css, "i-", name));
    css
}

/// Where the icons of a space's sidebar are.
pub fn path(space: usize) -> String {
    format!("assets/icons-{space}.css")
}

fn book_rule(css: &mut String, prefix: &str, name: &str) {
    if let Some((viewbox, path)) = picture(name) {
        let svg = format!("<svg xmlns='http://www.w3.org/2000/svg' viewBox='{viewbox}'><path d='{path}'/></svg>");
        rule(css, prefix, name, &svg);
    }
}

fn rule(css: &mut String, prefix: &str, name: &str, svg: &str) {
    let url = svg.replace('%', "%25").replace('#', "%23").replace('<', "%3C").replace('>', "%3E");
    let _ = writeln!(css, ".{prefix}{name}{{--i:url(\"data:image/svg+xml,{url}\")}}");
}

/// An icon as it stands in a text. It has a size of its own, since readers of feeds have no style sheet of ours.
pub fn inline(name: &str, colour: Option<&str>) -> Option<String> {
    let (viewbox, path) = picture(&icon_name(name))?;
    let colour = colour.map(|colour| format!(" c-{colour}")).unwrap_or_default();
    Some(format!(
        "<svg class=\"icon{colour}\" width=\"1em\" height=\"1em\" viewBox=\"{viewbox}\" aria-hidden=\"true\"><path d=\"{path}\"/></svg>"
    ))
}

fn first_name(text: &str) -> String {
    text.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect()
}

/// Whether there is a picture for an icon's name.
pub fn is_known(name: &str) -> bool {
    source(&icon_name(name)).is_some()
}

/// The icon as Font Awesome draws it: the filled one, else the brand's, else the outlined one. Names of earlier releases
/// are known too.
fn source(name: &str) -> Option<&'static str> {
    let name = match name {
        "arrow-up-right" => "arrow-up-right-from-square",
        name => name,
    };
    [Type::Solid, Type::Brands, Type::Regular].into_iter().find_map(|kind| svg(kind, name).ok())
}

/// The box and the path of an icon, on a coarser grid where its path can be read.
fn picture(name: &str) -> Option<(String, String)> {
    let svg = source(name)?;
    let attribute = |start: &str| svg.split_once(start)?.1.split_once('"').map(|(value, _)| value);
    let (viewbox, path) = (attribute("viewBox=\"")?, attribute(" d=\"")?);
    let sizes =
        viewbox.split(' ').map(|size| size.parse::<f64>().map(|size| (size / glyph::COARSE).round().to_string()));
    match (glyph::coarse(path), sizes.collect::<Result<Vec<_>, _>>()) {
        (Some(path), Ok(sizes)) => Some((sizes.join(" "), path)),
        _ => Some((viewbox.to_string(), path.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures() {
        let (viewbox, path) = picture("bolt").expect("a known icon");
        assert_eq!(viewbox, "0 0 112 128");
        assert!(path.len() < 150, "{path}");
        assert!(
            inline("fa-solid fa-bolt", Some("red")).is_some_and(|svg| svg.starts_with("<svg class=\"icon c-red\""))
        );
        assert_eq!(inline("no-such-icon", None), None);
    }

    #[test]
    fn names_in_a_theme_have_rules() {
        let css =
            rules(&BTreeMap::from([("my.css".to_string(), b".icon-bolt, .icon-bars, .icon-nothing {}".to_vec())]));
        assert_eq!(css.matches(".icon-bolt{").count(), 1);
        assert_eq!(css.matches(".icon-bars{").count(), 1);
        assert!(!css.contains("icon-nothing"));
    }
}
