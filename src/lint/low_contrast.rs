//! Colours of the book's own can be read.

use super::{Check, Rule, Sink};
use crate::diagnostic::Severity;
use crate::output::style::{contrast, theirs};
use crate::site::Site;
use csscolorparser::Color;

pub const RULE: Rule = Rule {
    name: "low-contrast",
    severity: Severity::Warning,
    off: false,
    about: "A colour of `[theme]` that is too near to the page's own. Text needs a contrast of 4.5 to 1, borders of \
            controls need 3 to 1; with less, many cannot read it in sunlight, and some not at all.",
    wrong: "-- book.toml --\n[theme]\naccent = \"#ffcc00\"\n-- README.md --\n# Start",
    right: "-- book.toml --\n[theme]\naccent = \"#7a5c00\"\n-- README.md --\n# Start",
    check: Check::Book(check),
};

/// What has to stand out from the page, and how far.
const MARKS: [(&str, f32); 6] =
    [("ink", 4.5), ("strong", 4.5), ("soft", 4.5), ("accent", 4.5), ("proof", 4.5), ("edge", 3.0)];

fn check(site: &Site, out: &mut Sink) {
    let look = &site.config.look;
    for (which, name, colours) in [(0, "light", &look.light), (1, "dark", &look.dark)] {
        let colour = |key: &str| colours.get(key).cloned().or_else(|| csscolorparser::parse(theirs(key, which)).ok());
        let Some(paper) = colour("paper") else { continue };
        for (key, needed) in MARKS {
            if !colours.contains_key(key) && !colours.contains_key("paper") {
                continue;
            }
            let Some(mark) = colour(key) else { continue };
            let found = contrast(&mark, &paper);
            let short = [("light", "theme.accent"), ("dark", "theme.accent-dark")];
            let short = short.iter().find(|(theme, _)| *theme == name && key == "accent").map(|(_, path)| *path);
            let paths =
                [Some(format!("theme.{name}.{key}")), short.map(str::to_string), Some(format!("theme.{name}.paper"))];
            let place = paths.into_iter().flatten().find_map(|path| site.config.places.get(&path).copied());
            let (Some(place), true) = (place, found < needed) else { continue };
            // Rounded down: a contrast that is too low must not read like one that suffices.
            let found = (found * 10.0).floor() / 10.0;
            let message = format!("`{key}` is hard to see in the {name} theme: {found:.1} to 1 on `paper`");
            out.report(place, message).help = Some(help(&mark, &paper, needed));
        }
    }
}

/// The same hue, as much lighter or darker as is needed.
fn help(mark: &Color, paper: &Color, needed: f32) -> String {
    let end = if contrast(paper, &Color::new(0.0, 0.0, 0.0, 1.0)) > contrast(paper, &Color::new(1.0, 1.0, 1.0, 1.0)) {
        Color::new(0.0, 0.0, 0.0, 1.0)
    } else {
        Color::new(1.0, 1.0, 1.0, 1.0)
    };
    let steps = (1..=50).map(|step| mark.interpolate_oklab(&end, step as f32 / 50.0));
    let near = steps.map(|colour| colour.to_css_hex().to_string());
    let fits = |hex: &String| csscolorparser::parse(hex).is_ok_and(|colour| contrast(&colour, paper) >= needed);
    match near.into_iter().find(fits) {
        Some(hex) => format!("at least {needed} is needed, as `{hex}` has"),
        None => format!("at least {needed} is needed: choose another `paper` as well"),
    }
}
