//! The site's style sheets: the theme's, then what the book says of its colours and fonts, the words that style rules
//! say, and the theme's icons. There are three: most pages need no rules for mathematics or interfaces, so these are in a
//! sheet for the pages that have such a block, in the place of the other; and none needs those for searching without
//! script and for paper.

use super::{icons, sidebar, squeeze};
use crate::config::{FONTS, Font};
use crate::elements::style::length;
use crate::page::{Kind, Tag};
use crate::site::{Site, assets};
use crate::theme::Theme;
use crate::wording::Wording;
use csscolorparser::Color;
use std::collections::BTreeSet;
use std::fmt::Write;

/// The sheet of pages with common blocks, that of pages with any block, and the one with all that the book has.
pub const SHEETS: [&str; 3] = ["site.css", "site-more.css", "site-all.css"];

/// One of [`SHEETS`].
pub fn sheet(site: &Site, theme: &Theme, which: usize) -> String {
    let css = theme.files.get(SHEETS[0]).map_or(&b""[..], |css| css);
    let mut out = squeeze::css(&String::from_utf8_lossy(css), |section| {
        let is_left_out = match which {
            0 => SOME.contains(&section) || OTHER.contains(&section),
            1 => OTHER.contains(&section),
            _ => false,
        };
        !is_left_out && is_used(site, section)
    });
    out.push_str(&look(site));
    out.push_str(&words(site));
    out + &icons::rules(&theme.files)
}

/// Whether the theme's style sheet has sections that most pages can do without.
pub fn has_sections(theme: &Theme) -> bool {
    theme.files.get(SHEETS[0]).is_some_and(|css| css.windows(3).any(|bytes| bytes == b"/*?"))
}

/// What shows in a page's HTML that it needs the sections of `SOME`.
const MARKS: [&str; 7] =
    ["class=\"annotation", "class=\"api", "class=\"fields", "class=\"prompt", "<math", "\"tw-", " tw-"];

/// Sections that only some pages load, even where the book needs them.
const SOME: [&str; 5] = ["annotation", "api", "math", "prompt", "widths"];
/// Sections that no page of the book loads: for the list of all pages, the page for unknown addresses, the one to print.
const OTHER: [&str; 2] = ["missing", "print"];

/// The name of the sheet for a page with this text.
pub fn of_page(html: &str) -> &'static str {
    SHEETS[usize::from(MARKS.iter().any(|mark| html.contains(mark)))]
}

/// Blocks that show an interface.
const API: [&str; 7] =
    ["openapi", "openapi-operation", "openapi-schemas", "openapi-webhook", "swagger", "api-method", "schema"];

/// Whether the book has what a section of the style sheet is for.
fn is_used(site: &Site, section: &str) -> bool {
    let any = |blocks: &[&str]| blocks.iter().any(|block| occurs(site, block));
    match section {
        "api" => any(&API),
        "columns" => any(&["columns", "column"]),
        "condition" => any(&["if"]),
        "math" => any(&["math"]),
        "prompt" => any(&["prompt"]),
        "stepper" => any(&["stepper", "step"]),
        "tabs" => any(&["tabs", "tab"]) || any(&API),
        "updates" => any(&["updates", "update"]),
        "widths" => site.texts.iter().flatten().flat_map(|page| &page.tags).any(is_wide),
        _ => true,
    }
}

/// Whether a block occurs in the book, or what Markdown has in its place.
fn occurs(site: &Site, name: &str) -> bool {
    site.texts.iter().flatten().any(|page| {
        page.tags.iter().any(|tag| &*tag.name == name)
            || (name == "math" && page.nodes.iter().any(|node| matches!(node.kind, Kind::Math(_))))
    })
}

/// Whether a table's column has a width of its own.
fn is_wide(tag: &Tag) -> bool {
    matches!(&*tag.name, "th" | "td" | "col") && length(tag, "width").is_some()
}

/// Outside of any layer, so that the theme's own values are weaker whatever their selectors are.
fn look(site: &Site) -> String {
    let look = &site.config.look;
    let mut rules = String::new();
    let mut faces = String::new();
    for (key, variable) in FONTS {
        match look.fonts.get(key) {
            Some(Font::Families(families)) => {
                let _ = write!(rules, "--{variable}:{families};");
            }
            Some(Font::File(path)) => {
                // Style sheets lie in a folder of their own.
                let url = sidebar::path(&assets::published(site, path));
                let _ = writeln!(
                    faces,
                    "@font-face{{font-family:\"book-{key}\";src:url(\"../{url}\") format(\"woff2\");font-weight:100 900;font-display:swap}}"
                );
                let other = if key == "code" { "ui-monospace,monospace" } else { "system-ui,sans-serif" };
                let _ = write!(rules, "--{variable}:\"book-{key}\",{other};");
            }
            None => {}
        }
    }
    let names: BTreeSet<&str> = look.light.keys().chain(look.dark.keys()).copied().collect();
    for name in names {
        let light = look.light.get(name).map(css);
        let dark = look.dark.get(name).map(css).or_else(|| {
            // One accent serves both: lighter on dark ground, so that it stays readable.
            let light = light.as_ref().filter(|_| name == "accent")?;
            Some(format!("color-mix(in oklab,{light},white 45%)"))
        });
        match (light, dark) {
            (Some(light), Some(dark)) => {
                let _ = write!(rules, "--{name}:light-dark({light},{dark});");
            }
            // What is said of one theme changes nothing in the other.
            (Some(one), None) => {
                let _ = write!(rules, "--{name}:light-dark({one},{});", theirs(name, 1));
            }
            (None, Some(one)) => {
                let _ = write!(rules, "--{name}:light-dark({},{one});", theirs(name, 0));
            }
            (None, None) => {}
        }
    }
    if !look.light.contains_key("on-accent")
        && !look.dark.contains_key("on-accent")
        && let Some(accent) = look.light.get("accent")
    {
        let dark = look.dark.get("accent").map_or("#0d2022", on);
        let _ = write!(rules, "--on-accent:light-dark({},{dark});", on(accent));
    }
    if rules.is_empty() { faces } else { format!("\n{faces}:root{{{rules}}}\n") }
}

fn css(colour: &Color) -> String {
    colour.to_css_hex().to_string()
}

/// The text that can be read on a colour.
fn on(colour: &Color) -> &'static str {
    if contrast(colour, &Color::new(1.0, 1.0, 1.0, 1.0)) >= 4.5 { "#fff" } else { "#0d1416" }
}

/// The default theme's value of a colour: light is 0, dark is 1. The style sheet itself is the list.
pub fn theirs(name: &str, which: usize) -> &'static str {
    let (_, css) = crate::theme::DEFAULT.iter().find(|(file, _)| *file == "site.css").unwrap_or(&("", ""));
    let start = format!("--{name}: light-dark(");
    let value = css.find(&start).and_then(|at| css[at + start.len()..].split(')').next());
    value.and_then(|value| value.split(',').nth(which)).map_or("currentColor", str::trim)
}

/// How far apart two colours are, from 1 to 21, as WCAG counts it.
pub fn contrast(one: &Color, other: &Color) -> f32 {
    let luminance = |colour: &Color| {
        let [r, g, b, _] = colour.to_linear_rgba();
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// What links to other sites are called by those who cannot see the mark, in each language of the book.
fn words(site: &Site) -> String {
    let languages: BTreeSet<String> = site.spaces.iter().map(|space| space.language.replace('_', "-")).collect();
    let mut rules = String::from("\n");
    for language in languages {
        let words = Wording::new(&site.config, &language);
        let _ = writeln!(rules, ":lang({}){{--external:{}}}", plain(&language), quoted(words.get("external")));
    }
    rules
}

fn plain(language: &str) -> String {
    language.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect()
}

/// A text as CSS quotes it.
fn quoted(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        '"' | '\\' | '<' => format!("\\{:x} ", c as u32),
        c if c.is_control() => " ".to_string(),
        c => c.to_string(),
    });
    format!("\" ({})\"", escaped.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_of_the_theme_are_found() {
        assert_eq!((theirs("paper", 0), theirs("paper", 1)), ("#fdfbf7", "#171816"));
        assert_eq!(theirs("nothing", 0), "currentColor");
        for name in crate::config::COLOURS {
            assert!(csscolorparser::parse(theirs(name, 0)).is_ok(), "{name} has one value for each theme");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let colour = |text| csscolorparser::parse(text).expect("a colour");
        assert!((contrast(&colour("black"), &colour("white")) - 21.0).abs() < 0.01);
        assert!((contrast(&colour("#777"), &colour("white")) - 4.48).abs() < 0.01);
        assert_eq!((on(&colour("#fc0")), on(&colour("#0b5a63"))), ("#0d1416", "#fff"));
    }

    #[test]
    fn words_cannot_end_the_rule() {
        assert_eq!(quoted("a\"}\\ </style>"), "\" (a\\22 }\\5c  \\3c /style>)\"");
    }
}
