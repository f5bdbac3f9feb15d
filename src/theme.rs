//! The theme: templates, style sheet and scripts. Ours are in the binary; a book replaces any of them by a file of the
//! same name in its theme folder.

use crate::output::icons;
use std::collections::BTreeMap;
use tera::{Kwargs, State, Tera};

/// Files of the default theme by name.
pub const DEFAULT: [(&str, &str); 19] = [
    ("404.html", include_str!("../themes/default/404.html")),
    ("footer.html", include_str!("../themes/default/footer.html")),
    ("head.html", include_str!("../themes/default/head.html")),
    ("header.html", include_str!("../themes/default/header.html")),
    ("icon.html", include_str!("../themes/default/icon.html")),
    ("icon.svg", include_str!("../themes/default/icon.svg")),
    ("missing.js", include_str!("../themes/default/missing.js")),
    ("page.html", include_str!("../themes/default/page.html")),
    ("print.html", include_str!("../themes/default/print.html")),
    ("search.css", include_str!("../themes/default/search.css")),
    ("search.js", include_str!("../themes/default/search.js")),
    ("sidebar.html", include_str!("../themes/default/sidebar.html")),
    ("site.css", include_str!("../themes/default/site.css")),
    ("site.js", include_str!("../themes/default/site.js")),
    ("slot-head.html", include_str!("../themes/default/slot-head.html")),
    ("slot-header.html", include_str!("../themes/default/slot-header.html")),
    ("slot-page-end.html", include_str!("../themes/default/slot-page-end.html")),
    ("slot-page-start.html", include_str!("../themes/default/slot-page-start.html")),
    ("slot-sidebar.html", include_str!("../themes/default/slot-sidebar.html")),
];

/// Templates ready to render, and the files that are published as they are.
pub struct Theme {
    pub templates: Tera,
    /// Style sheets and scripts by name, for the `assets` folder of the site.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// A template that cannot be used: its name and what is wrong with it.
#[derive(Debug)]
pub struct Error {
    pub file: String,
    pub message: String,
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the theme's `{}` cannot be used: {}", self.file, self.message)
    }
}

impl std::error::Error for Error {}

impl Theme {
    /// The default theme with the given files in place of ours, by name; files of other names are published beside them.
    /// An error names the template that does not parse.
    pub fn new(overrides: &BTreeMap<String, Vec<u8>>) -> Result<Theme, Error> {
        let mut all: BTreeMap<&str, &[u8]> = DEFAULT.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
        all.extend(overrides.iter().map(|(name, bytes)| (&**name, &**bytes)));
        let mut templates = Tera::new();
        templates
            .register_filter("icon", |name: &str, _: Kwargs, _: &State| icons::inline(name, None).unwrap_or_default());
        let mut sources = Vec::new();
        let mut files = BTreeMap::new();
        for (name, bytes) in all {
            if name.ends_with(".html") {
                let text = std::str::from_utf8(bytes)
                    .map_err(|error| Error { file: name.to_string(), message: format!("it is not UTF-8: {error}") })?;
                sources.push((name, text));
            } else {
                files.insert(name.to_string(), bytes.to_vec());
            }
        }
        templates
            .add_raw_templates(sources)
            .map_err(|error| Error { file: "templates".to_string(), message: error.to_string() })?;
        Ok(Theme { templates, files })
    }

    /// Whether a file is the default theme's, and not one that a book has put in its place.
    pub fn is_ours(&self, name: &str) -> bool {
        let ours = DEFAULT.iter().find(|(ours, _)| *ours == name);
        ours.is_some_and(|(_, text)| self.files.get(name).is_some_and(|bytes| bytes == text.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_book_replaces_files_by_name() {
        let overrides =
            BTreeMap::from([("site.css".to_string(), b"x{}".to_vec()), ("extra.js".to_string(), b"1".to_vec())]);
        let theme = Theme::new(&overrides).expect("the default theme parses");
        assert_eq!(theme.files["site.css"], b"x{}");
        assert_eq!(theme.files["extra.js"], b"1");
        assert!(Theme::new(&BTreeMap::from([("page.html".to_string(), b"{% if %}".to_vec())])).is_err());
    }
}
