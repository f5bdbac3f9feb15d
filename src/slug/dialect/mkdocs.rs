//! A heading's words to its id as MkDocs makes it: what Python-Markdown's table of contents does unless it is told
//! otherwise, with its attribute lists.

use super::{Attributes, Dialect, TitleId};
use crate::slug::Ids;
use unicode_normalization::UnicodeNormalization;

pub static DIALECT: Dialect = Dialect {
    name: "mkdocs",
    title: "MkDocs",
    about: "Letters without their marks, and no other script; repeats are told apart by `_1`. `{#x}` and `{: #x}` give an id of one's own, where attribute lists are on.",
    blocks: false,
    deepest: 6,
    html: false,
    title_id: TitleId::Given,
    attributes: Attributes::List { spaced: true },
    reserves: true,
    slug,
    number: Ids::claim_next,
};

/// Marks and all that is not ASCII go, then all but letters, digits, `_`, `-` and spaces; runs of the last two become
/// one `-`.
fn slug(text: &str) -> String {
    // What Python takes for white space in ASCII.
    let is_space = |c: char| matches!(c, '\t'..='\r' | '\x1c'..=' ');
    let kept: String =
        text.nfkd().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-') || is_space(*c)).collect();
    let mut slug = String::with_capacity(kept.len());
    for c in kept.trim_matches(is_space).chars() {
        match c == '-' || is_space(c) {
            true if slug.ends_with('-') => {}
            true => slug.push('-'),
            false => slug.push(c.to_ascii_lowercase()),
        }
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_to_ids() {
        for (text, expected) in [
            ("iOS & Swift", "ios-swift"),
            ("TLS/SSL & co", "tlsssl-co"),
            ("1. Install", "1-install"),
            ("Überblick žlutý", "uberblick-zluty"),
            ("紹介", ""),
            ("知识 base", "base"),
            ("🚀 Launch", "launch"),
            ("- a - b -", "-a-b-"),
            ("run_when", "run_when"),
            ("m² ½ Ⅷ", "m2-12-viii"),
            ("a\u{a0}b\u{1f}c", "a-b-c"),
            ("Set syntax…", "set-syntax"),
        ] {
            assert_eq!(slug(text), expected, "{text:?}");
            assert_eq!(slug(&slug(text)), expected, "{text:?}");
        }
    }
}
