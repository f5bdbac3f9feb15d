//! What the theme says to readers: a language in, its words by name out.
//!
//! Each language is a file of its own in `wording/`. A book may say things differently (`[words.LANGUAGE]`); what
//! neither says is said in English.

use crate::config::Config;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Words by their names.
pub type Table = BTreeMap<String, String>;

/// The languages the theme speaks. English is the first: it lists the names there are.
const LANGUAGES: [(&str, &str); 12] = [
    ("en", include_str!("wording/en.toml")),
    ("ar", include_str!("wording/ar.toml")),
    ("de", include_str!("wording/de.toml")),
    ("es", include_str!("wording/es.toml")),
    ("fr", include_str!("wording/fr.toml")),
    ("he", include_str!("wording/he.toml")),
    ("ja", include_str!("wording/ja.toml")),
    ("ko", include_str!("wording/ko.toml")),
    ("pt-BR", include_str!("wording/pt-BR.toml")),
    ("ru", include_str!("wording/ru.toml")),
    ("zh-CN", include_str!("wording/zh-CN.toml")),
    ("zh-TW", include_str!("wording/zh-TW.toml")),
];

static TABLES: LazyLock<Vec<Table>> =
    LazyLock::new(|| LANGUAGES.iter().map(|(_, text)| toml::from_str(text).unwrap_or_default()).collect());

static NAMES: LazyLock<Vec<&'static str>> = LazyLock::new(|| TABLES[0].keys().map(|name| &**name).collect());

/// The names of all words.
pub fn names() -> &'static [&'static str] {
    &NAMES
}

/// The words of one language, the book's own first.
#[derive(Clone, Copy)]
pub struct Wording<'a> {
    own: Option<&'a Table>,
    ours: &'static Table,
}

impl<'a> Wording<'a> {
    pub fn new(config: &'a Config, language: &str) -> Wording<'a> {
        let same = |name: &str| name.eq_ignore_ascii_case(&language.replace('_', "-"));
        let general = |name: &str| name.eq_ignore_ascii_case(primary(language));
        let find = |wanted: &dyn Fn(&str) -> bool| config.words.iter().find(|(name, _)| wanted(name));
        let own = find(&same).or_else(|| find(&general)).map(|(_, words)| words);
        Wording { own, ours: &TABLES[spoken(language)] }
    }

    /// The words of a name; nothing for a name that there is not.
    pub fn get(&self, name: &str) -> &'a str {
        let own = self.own.and_then(|own| own.get(name));
        own.or_else(|| self.ours.get(name)).or_else(|| TABLES[0].get(name)).map_or("", |text| text)
    }

    /// The same with something filled in.
    pub fn with(&self, name: &str, place: &str, value: &str) -> String {
        self.get(name).replace(&format!("{{{place}}}"), value)
    }
}

fn primary(language: &str) -> &str {
    language.split(['-', '_']).next().unwrap_or_default()
}

/// Which of our languages is nearest: the same, else the one of the same script, else English.
fn spoken(language: &str) -> usize {
    let parts: Vec<String> = language.split(['-', '_']).map(str::to_ascii_lowercase).collect();
    let has = |part: &str| parts.iter().any(|other| other == part);
    let name = match parts.first().map_or("", |first| first) {
        "zh" if has("hant") || ((has("tw") || has("hk") || has("mo")) && !has("hans")) => "zh-TW",
        "zh" => "zh-CN",
        "pt" => "pt-BR",
        "iw" => "he",
        other => other,
    };
    LANGUAGES.iter().position(|(language, _)| *language == name).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_found() {
        for (language, expected) in [
            ("en", "en"),
            ("de-AT", "de"),
            ("zh", "zh-CN"),
            ("zh_CN", "zh-CN"),
            ("zh-Hans-TW", "zh-CN"),
            ("zh-Hant", "zh-TW"),
            ("zh-HK", "zh-TW"),
            ("pt", "pt-BR"),
            ("PT_PT", "pt-BR"),
            ("fi", "en"),
            ("", "en"),
            ("-", "en"),
        ] {
            assert_eq!(LANGUAGES[spoken(language)].0, expected, "{language}");
        }
    }

    /// A word that a language lacks would be English, and a placeholder that it lacks would lose what is filled in.
    #[test]
    fn every_language_says_everything() {
        let places = |text: &str| {
            let mut found: Vec<String> =
                text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_string())).collect();
            found.sort();
            found
        };
        for ((language, _), table) in LANGUAGES.iter().zip(TABLES.iter()) {
            let names: Vec<&String> = table.keys().collect();
            assert_eq!(names, TABLES[0].keys().collect::<Vec<_>>(), "the names in wording/{language}.toml");
            for (name, text) in table {
                assert_eq!(places(text), places(&TABLES[0][name]), "{language}: {name}");
                assert!(!text.trim().is_empty(), "{language}: {name}");
            }
        }
    }

    #[test]
    fn a_book_has_its_own_words() {
        let table = |word: &str| Table::from([("search".to_string(), word.to_string())]);
        let words = BTreeMap::from([("de".to_string(), table("Finden")), ("fi".to_string(), table("Etsi"))]);
        let config = Config { words, ..Config::default() };
        let says = |language: &str, name: &str| Wording::new(&config, language).get(name).to_string();
        assert_eq!(says("de-CH", "search"), "Finden");
        assert_eq!(says("fi", "search"), "Etsi");
        assert_eq!(says("fi", "next"), "Next");
        assert_eq!(says("fr", "search"), "Rechercher");
        assert_eq!(says("fr", "nothing"), "");
        assert_eq!(Wording::new(&config, "de").with("more_pages", "count", "3"), "3 weitere");
    }
}
