//! The words of the interface: a language in, what the site itself says to readers of that language out.
//!
//! A new language is a file in `interface/` and a line here; what it does not say is said in English.

mod en;
mod zh_hans;

/// Names and texts, in the order of [`en::WORDS`].
type Words = &'static [(&'static str, &'static str)];

/// Words by the beginnings of the language tags that they are for.
const LANGUAGES: &[(&[&str], Words)] = &[(&["zh-hans", "zh-cn", "zh-sg"], zh_hans::WORDS)];

/// Everything that is said, by name.
pub fn words(language: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let own = own(language);
    en::WORDS.iter().map(move |(name, text)| (*name, find(own, name).unwrap_or(text)))
}

/// One of [`words`]; empty where there is no such name.
pub fn word(language: &str, name: &str) -> &'static str {
    find(own(language), name).or_else(|| find(en::WORDS, name)).unwrap_or_default()
}

fn own(language: &str) -> Words {
    let tag = language.to_ascii_lowercase().replace('_', "-");
    // Who says no more than Chinese most often writes simplified characters.
    let tag = if tag == "zh" { "zh-hans" } else { &*tag };
    let begins = |start: &&str| tag.strip_prefix(*start).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    LANGUAGES.iter().find(|(starts, _)| starts.iter().any(&begins)).map_or(en::WORDS, |(_, words)| *words)
}

fn find(words: Words, name: &str) -> Option<&'static str> {
    words.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_found_by_their_tags() {
        for (tag, expected) in [
            ("zh", "搜索"),
            ("zh-Hans", "搜索"),
            ("zh_CN", "搜索"),
            ("zh-Hans-SG", "搜索"),
            ("zh-Hant", "Search"),
            ("zh-TW", "Search"),
            ("zh-hansa", "Search"),
            ("en", "Search"),
            ("tlh", "Search"),
            ("", "Search"),
        ] {
            assert_eq!(word(tag, "search"), expected, "{tag}");
        }
        assert_eq!(word("zh", "no such name"), "");
    }

    /// A translation says everything, and fills in what the English text fills in.
    #[test]
    fn languages_say_the_same() {
        let holes = |text: &str| {
            let mut holes: Vec<String> =
                text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_string())).collect();
            holes.sort();
            holes
        };
        for (tags, words) in LANGUAGES {
            let names = |words: Words| words.iter().map(|(name, _)| *name).collect::<Vec<_>>();
            assert_eq!(names(words), names(en::WORDS), "{tags:?}");
            for ((name, text), (_, english)) in words.iter().zip(en::WORDS) {
                assert_eq!(holes(text), holes(english), "{tags:?} {name}");
            }
        }
    }
}
