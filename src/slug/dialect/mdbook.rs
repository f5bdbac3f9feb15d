//! A heading's words to its id as mdBook makes it, from version 0.5 on: letters of all scripts stay, and each white space
//! becomes a `-`.

use super::{Attributes, Dialect, TitleId};
use crate::slug::Ids;

pub static DIALECT: Dialect = Dialect {
    name: "mdbook",
    title: "mdBook",
    about: "Like GitHub, but without marks that stand for themselves, with `½` and `²`, and with `{#x}` for an id of one's own. Headings of raw HTML get none.",
    blocks: false,
    deepest: 6,
    html: false,
    title_id: TitleId::Given,
    attributes: Attributes::List { spaced: false },
    reserves: false,
    slug,
    number: Ids::claim,
};

fn slug(text: &str) -> String {
    let spelled = |c: char| match c {
        c if c.is_alphanumeric() || matches!(c, '_' | '-') => Some(c),
        c if c.is_whitespace() => Some('-'),
        _ => None,
    };
    text.trim().to_lowercase().chars().filter_map(spelled).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_to_ids() {
        for (text, expected) in [
            ("iOS & Swift", "ios--swift"),
            ("--passes: add more", "--passes-add-more"),
            ("中文標題 CJK title", "中文標題-cjk-title"),
            ("Über", "über"),
            ("🚀 Launch", "-launch"),
            ("m² ½ Ⅷ", "m²-½-ⅷ"),
            ("e\u{301}t", "et"),
            ("a\tb\u{a0}c", "a-b-c"),
            ("1. Install", "1-install"),
            ("!", ""),
        ] {
            assert_eq!(slug(text), expected, "{text:?}");
        }
    }
}
