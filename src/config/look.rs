//! `[theme]` of `book.toml` in; the colours and fonts that the book puts in the place of the theme's out.

use super::book::Written;
use super::table::Table;
use crate::diagnostic::Diagnostic;
use csscolorparser::Color;
use std::collections::BTreeMap;

/// The theme's colours by the names of their variables: what `[theme.light]` and `[theme.dark]` may hold.
pub const COLOURS: [&str; 11] =
    ["paper", "wash", "press", "rule", "edge", "ink", "strong", "soft", "accent", "on-accent", "proof"];

/// What `[theme.fonts]` may hold, and the variables that it sets.
pub const FONTS: [(&str, &str); 3] = [("body", "sans"), ("heading", "display"), ("code", "mono")];

/// How the book looks different from the theme.
#[derive(Clone, Debug, Default)]
pub struct Look {
    pub light: BTreeMap<&'static str, Color>,
    pub dark: BTreeMap<&'static str, Color>,
    /// By the key.
    pub fonts: BTreeMap<&'static str, Font>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Font {
    /// Names of families, as CSS writes a list of them.
    Families(String),
    /// A file of the book.
    File(String),
}

/// Reads what `[theme]` says of the look.
pub fn read(theme: &mut Table, written: &mut Written) -> Look {
    let mut look = Look::default();
    for (key, colours) in [("accent", &mut look.light), ("accent-dark", &mut look.dark)] {
        colours.extend(colour(theme, key).map(|colour| ("accent", colour)));
    }
    for (key, colours) in [("light", &mut look.light), ("dark", &mut look.dark)] {
        theme.table(key, |table| {
            for name in COLOURS {
                colours.extend(colour(table, name).map(|colour| (name, colour)));
            }
        });
    }
    theme.table("fonts", |table| {
        for (key, _) in FONTS {
            let Some((text, span)) = table.placed(key) else { continue };
            if is_file(&text) {
                written.files.push((text.clone(), span));
                look.fonts.insert(key, Font::File(text));
            } else if is_families(&text) {
                look.fonts.insert(key, Font::Families(text));
            } else {
                let help =
                    "name families as CSS does, such as `\"Inter\", sans-serif`, or a file that ends in `.woff2`";
                let message = format!("`{key}` cannot be `{text}`");
                table.report(Diagnostic::error("config-value", span, message).help(help));
            }
        }
    });
    look
}

fn colour(table: &mut Table, key: &'static str) -> Option<Color> {
    let (text, span) = table.placed(key)?;
    let found = csscolorparser::parse(&text).ok();
    if found.is_none() {
        let help = "write a colour as CSS does: `#0b5a63`, `teal`, `rgb(11 90 99)`, `oklch(43% 0.07 207)`";
        table.report(Diagnostic::error("config-value", span, format!("`{text}` is no colour")).help(help));
    }
    found
}

fn is_file(text: &str) -> bool {
    text.to_ascii_lowercase().ends_with(".woff2")
}

/// Letters, digits, spaces, hyphens and commas, and quotes in pairs: nothing that could end the rule it is put into.
fn is_families(text: &str) -> bool {
    let known = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | ',' | '"' | '\'' | '_');
    let paired = |quote| text.matches(quote).count() % 2 == 0;
    !text.trim().is_empty() && text.chars().all(known) && paired('"') && paired('\'')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families() {
        for (text, expected) in [
            ("Inter, sans-serif", true),
            ("\"Source Serif 4\", Georgia", true),
            ("霞鹜文楷", true),
            ("", false),
            ("\"Inter", false),
            ("a; } body { display: none", false),
            ("url(x)", false),
        ] {
            assert_eq!(is_families(text), expected, "{text}");
        }
    }
}
