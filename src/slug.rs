//! Text to identifiers: a heading's id, a page's address, a tab's key, as GitBook makes them; `dialect` has the ids of
//! other generators beside GitBook's.
//!
//! `clean` drops what carries no text, `kana` and `han` spell Japanese and Chinese in Latin letters, `translit` brings everything else to
//! ASCII. `ids` keeps the ids of one page apart. All of it is linear in the length of the text and cannot fail.

pub mod attributes;
mod clean;
pub mod dialect;
mod han;
mod ids;
mod kana;
mod translit;

pub use dialect::{DIALECTS, Dialect, Place, Written, find as find_dialect};
pub use ids::Ids;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// What an id is called when nothing of its text survives.
const NOTHING: &str = "undefined";

/// The most characters of a page's address between two slashes. Most file systems allow 255.
pub const LONGEST_SEGMENT: usize = 200;

/// The most characters a tab key keeps.
const TAB_KEY_CHARS: usize = 64;

/// The id GitBook gives a heading whose plain text is `text`, before duplicates on the page are told apart ([`Ids::claim`]).
///
/// Consists of `a-z 0-9 . _ + -`, starts with a letter, and stays the same when made into an id again. A text of which nothing is left
/// (only emoji, or a script without a Latin spelling such as Hangul) gives `undefined`.
pub fn heading_id(text: &str) -> String {
    let slug = transliterate(text);
    match slug.chars().next() {
        None => NOTHING.to_owned(),
        Some(first) if first.is_ascii_alphabetic() => slug,
        Some(_) => format!("id-{slug}"),
    }
}

/// The URL segment of a page or folder named `stem` (a file name without `.md`).
///
/// A name that is already a clean segment is only lower-cased; any other is spelled like a heading, without the `id-` prefix. The result
/// consists of `a-z 0-9 . _ + -` and is never empty, `.`, `..` or longer than a file's name may be with an ending.
pub fn page_slug(stem: &str) -> String {
    let lower = stem.to_lowercase();
    let mut slug = if lower.chars().all(translit::is_kept) { lower } else { transliterate(stem) };
    slug.truncate(LONGEST_SEGMENT);
    if matches!(slug.as_str(), "" | "." | "..") { NOTHING.to_owned() } else { slug }
}

/// The key by which tabs with the same title switch together on the whole site.
///
/// Titles that differ only in case, in width or in punctuation share a key. Letters of all scripts stay; a title without any gives an
/// empty key, which the caller must not synchronise.
pub fn tab_key(title: &str) -> String {
    let lower = title.nfkc().collect::<String>().to_lowercase();
    let mut key = String::new();
    let mut gap = false;
    for c in lower.nfkc() {
        if c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '+' | '#' | '.' | '_') {
            if gap && !key.is_empty() {
                key.push('-');
            }
            key.push(c);
            gap = false;
        } else {
            gap = true;
        }
    }
    let kept: String = key.chars().take(TAB_KEY_CHARS).collect();
    kept.trim_end_matches('-').to_owned()
}

/// `text` in the alphabet of ids, words joined by `-`. Empty when nothing can be spelled.
fn transliterate(text: &str) -> String {
    let text = clean::clean(text);
    if kana::occurs_in(&text) {
        translit::to_ascii(&kana::romanize(&text))
    } else if han::occurs_in(&text) {
        translit::to_ascii(&han::romanize(&text))
    } else {
        translit::to_ascii(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(function: fn(&str) -> String, pairs: &[(&str, &str)]) {
        for (text, expected) in pairs {
            assert_eq!(function(text), *expected, "{text:?}");
        }
    }

    #[test]
    fn heading_ids() {
        check(
            heading_id,
            &[
                ("🚀 Launch", "launch"),
                ("A/B", "a-b"),
                ("a → b", "a-b"),
                ("Überblick", "ueberblick"),
                ("Привет мир", "privet-mir"),
                ("Ελλάδα", "ellada"),
                ("مرحبا", "mrhba"),
                ("E. Submitting", "e.-submitting"),
                ("SOC 2 Type 2", "soc-2-type-2"),
                ("Custom field for Jira version < 6.2", "custom-field-for-jira-version-less-than-6.2"),
                ("Cost in $", "cost-in-usd"),
                ("시작하기", "undefined"),
                ("確認する方法は？", "suruha"),
                ("Option A — Rulesets (recommended)", "option-a-rulesets-recommended"),
                ("What's new", "whats-new"),
                ("What’s next", "whats-next"),
                ("ツール定義", "tsru"),
                ("よくある質問", "yokuaru"),
                ("Difyにログイン v1.0", "difyniroguin-v10"),
                ("知识库配置", "zhi-shi-ku-pei-zhi"),
                ("5. 连接外部知识库", "id-5.-lian-jie-wai-bu-zhi-shi-ku"),
                ("奖金余额查询", "jiang-jin-yuecha-xun"),
                ("调用 Workflow as Tool", "diao-yong-workflow-as-tool"),
                ("開発", "kai-fa"),
                ("IN | OUT", "in-or-out"),
                ("Math & TeX", "math-and-tex"),
                ("<buffer> Section", "less-than-buffer-greater-than-section"),
                ("Set syntax…", "set-syntax..."),
                ("Filecoin vs. S3", "filecoin-vs.-s3"),
                ("Node.js", "node.js"),
                ("C++ API", "c++-api"),
                ("run_when", "run_when"),
                ("ciBuildId", "cibuildid"),
                ("𝗔𝗕 𝟏", "ab-1"),
            ],
        );
    }

    #[test]
    fn an_id_starts_with_a_letter() {
        check(
            heading_id,
            &[
                ("1. Install", "id-1.-install"),
                ("#1:", "id-1"),
                (".gitbook.yaml", "id-.gitbook.yaml"),
                ("_private", "id-_private"),
                ("id-1", "id-1"),
                ("100%", "id-100"),
            ],
        );
    }

    #[test]
    fn nothing_left_is_undefined() {
        check(
            heading_id,
            &["", " ", "-", "🚀", "1️⃣", "?!", "한국어 - ไทย", "\u{200b}"].map(|text| (text, "undefined")),
        );
    }

    #[test]
    fn page_slugs() {
        let long = "Page ".repeat(60);
        check(
            page_slug,
            &[
                ("Output_Formats", "output_formats"),
                ("v1.0+beta", "v1.0+beta"),
                ("-draft-", "-draft-"),
                ("1.-install", "1.-install"),
                ("My page (2)", "my-page-2"),
                ("知识库", "zhi-shi-ku"),
                ("Über uns", "ueber-uns"),
                ("시작하기", "undefined"),
                ("", "undefined"),
                (".", "undefined"),
                ("..", "undefined"),
                ("…", "..."),
                ("‥", "undefined"),
                (&long, &"page-".repeat(40)),
            ],
        );
    }

    #[test]
    fn tab_keys() {
        let long = "ab ".repeat(40);
        check(
            tab_key,
            &[
                ("macOS", "macos"),
                (" Node.js / npm ", "node.js-npm"),
                ("C# and C++", "c#-and-c++"),
                ("Ｆｕｌｌ ｗｉｄｔｈ", "full-width"),
                ("E\u{301}té", "été"),
                ("日本語 (推奨)", "日本語-推奨"),
                ("snake_case", "snake_case"),
                ("!", ""),
                (&long, &"ab-".repeat(22)[..64]),
            ],
        );
    }

    /// Texts of a few characters each from all corners, which meet more often than they would in arbitrary strings.
    fn text(u: &mut arbtest::arbitrary::Unstructured) -> arbtest::arbitrary::Result<String> {
        let pieces = [
            "a", "Z", "9", " ", "-", ".", "..", "_", "+", "'", "’", "&", "<", "$", "©", "†", "é", "Ü", "\u{308}", "ß",
            "İ", "Σ", "ь", "ب", "…", "½", "²", "𝗔", "🚀", "\u{fe0f}", "\u{200d}", "1️⃣", "中", "调用", "额", "女", "〇",
            "カ", "ー", "ッ", "チ", "ャ", "ん", "ﾊﾟ", "한", "\n",
        ];
        let mut text = String::new();
        for _ in 0..u.int_in_range(0..=12)? {
            match u.ratio(1, 4)? {
                true => text.push(u.arbitrary()?),
                false => text.push_str(u.choose(&pieces)?),
            }
        }
        Ok(text)
    }

    #[test]
    fn results_keep_their_alphabet_and_are_stable() {
        arbtest::arbtest(|u| {
            let text = text(u)?;
            let id = heading_id(&text);
            assert!(id.starts_with(|c: char| c.is_ascii_lowercase()), "{text:?}: {id}");
            assert!(id.chars().all(translit::is_kept) && !id.contains("--") && !id.ends_with('-'), "{text:?}: {id}");
            assert_eq!(heading_id(&id), id, "{text:?}");

            let slug = page_slug(&text);
            assert!(
                !slug.is_empty() && slug != "." && slug != ".." && slug.chars().all(translit::is_kept),
                "{text:?}: {slug}"
            );
            assert_eq!(page_slug(&slug), slug, "{text:?}");

            let key = tab_key(&text);
            assert!(
                key.chars().count() <= TAB_KEY_CHARS && !key.starts_with('-') && !key.ends_with('-'),
                "{text:?}: {key}"
            );
            assert_eq!(tab_key(&key), key, "{text:?}");
            Ok(())
        });
    }

    #[test]
    fn long_hostile_texts_take_linear_time() {
        for piece in [
            "a", "-", " ", "'", "a'", "&", "$", "🚀", "\u{301}", "\u{200b}", "1️⃣", "行", "额", "𠀀", "ッ", "カー",
            "キャ", "한", "ﷺ",
        ] {
            let text = piece.repeat(20_000);
            assert!(heading_id(&text).len() < 60 * text.len());
            assert!(page_slug(&text).len() < 60 * text.len());
            assert!(tab_key(&text).len() <= 4 * TAB_KEY_CHARS);
        }
    }
}
