//! A heading's words to its id as GitHub makes it: letters of all scripts stay, and each space becomes a `-`.

use super::{Attributes, Dialect, TitleId};
use crate::slug::Ids;
use unicode_normalization::char::is_combining_mark;

pub static DIALECT: Dialect = Dialect {
    name: "github",
    title: "GitHub",
    about: "Letters of all scripts, in lower case. What is no letter goes, and the spaces around it stay: `a & b` is `a--b`.",
    blocks: false,
    deepest: 6,
    html: true,
    title_id: TitleId::Given,
    attributes: Attributes::None,
    reserves: false,
    // GitHub takes the spaces at the ends away, as its manual says; who took its rules over does not.
    slug: |text| slug(text.trim()),
    number: Ids::claim,
};

/// Lower case; letters, marks and decimal digits of all scripts, `_` and its like and `-` stay, each space becomes one
/// `-`, the rest is dropped. May be empty.
pub(super) fn slug(text: &str) -> String {
    let kept = |c: char| c.is_alphabetic() || is_combining_mark(c) || is_decimal(c) || is_connector(c) || c == '-';
    text.to_lowercase().chars().filter_map(|c| if c == ' ' { Some('-') } else { kept(c).then_some(c) }).collect()
}

/// The digits 0 of all scripts but ours; the others follow each. What the standard library calls numeric also has `²`,
/// `½` and `①`.
const ZEROS: [u32; 65] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20,
    0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0,
    0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x10d30, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0,
    0x11450, 0x114d0, 0x11650, 0x116c0, 0x11730, 0x118e0, 0x11950, 0x11c50, 0x11d50, 0x11da0, 0x16a60, 0x16ac0,
    0x16b50, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e950, 0x1fbf0,
];

/// Whether `c` is a digit 0 to 9 of some script.
fn is_decimal(c: char) -> bool {
    let script = ZEROS.partition_point(|zero| *zero <= u32::from(c));
    c.is_ascii_digit() || ZEROS[..script].last().is_some_and(|zero| u32::from(c) - zero < 10)
}

/// Punctuation that joins words.
fn is_connector(c: char) -> bool {
    matches!(c, '_' | '‿' | '⁀' | '⁔' | '︳' | '︴' | '﹍'..='﹏' | '＿')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_to_ids() {
        for (text, expected) in [
            ("iOS & Swift", "ios--swift"),
            ("1. Customer creates…", "1-customer-creates"),
            ("紹介", "紹介"),
            ("Überblick", "überblick"),
            ("C++ API", "c-api"),
            ("snake_case - kebab-case", "snake_case---kebab-case"),
            ("🚀 Launch", "-launch"),
            ("m² ½ ٣ Ⅷ ፩ ৴", "m--٣-ⅷ--"),
            ("हिन्दी", "हिन्दी"),
            ("a‿b＿c", "a‿b＿c"),
            ("What's new", "whats-new"),
            ("İzmir ΑΣ", "i\u{307}zmir-ας"),
            ("a\tb\u{a0}c", "abc"),
            ("!", ""),
        ] {
            assert_eq!(slug(text), expected, "{text:?}");
            assert_eq!(slug(&slug(text)), expected, "{text:?}");
        }
    }
}
