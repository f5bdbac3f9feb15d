//! Text in, the words that find it out. `search.js` takes a query apart in the same way; the two must agree.
//!
//! * A word is folded: small letters, no diacritics, full-width as narrow (`Straße` is `strasse`, `ＡＢＣ` is `abc`).
//! * An identifier is a word as a whole, and each of its parts is one (`max_tokens`: `max_tokens`, `max`, `tokens`).
//! * Scripts that put no spaces between words give every pair of neighbours, and the last character of each run alone.
//!   So two characters are found anywhere, and one character is the beginning of a pair.

use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longer words are cut: nobody types them to the end, and most are no words but data.
const LONGEST: usize = 40;

/// How a word stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Whole,
    /// A part of an identifier.
    Part,
}

/// Hands every word of the text to `out`, in order.
pub fn words(text: &str, out: &mut impl FnMut(&str, Form)) {
    let bytes = text.as_bytes();
    let mut small = String::new();
    let mut at = 0;
    while at < bytes.len() {
        if !is_start(bytes[at]) {
            at += 1;
            continue;
        }
        // Nearly all text of most books: a run of ASCII letters and digits.
        let mut end = at + 1;
        let mut later = 0;
        while let Some(byte) = bytes.get(end).filter(|byte| KIND[usize::from(**byte)] != NONE || joins(bytes, end)) {
            later |= KIND[usize::from(*byte)];
            end += 1;
        }
        if bytes.get(end).is_some_and(|byte| *byte >= 0x80) {
            let start = at;
            at += text[start..]
                .char_indices()
                .find(|(i, c)| !in_run(bytes, start + i, *c))
                .map_or(bytes.len() - start, |(i, _)| i);
            if at == start {
                at += text[start..].chars().next().map_or(1, char::len_utf8);
                continue;
            }
            mixed(&text[start..at], &mut small, out);
        } else {
            let run = &text[at..end];
            match KIND[usize::from(bytes[at])] {
                SMALL if later <= SMALL => emit(run, Form::Whole, out),
                CAPITAL if later <= SMALL => {
                    small.clear();
                    small.push_str(run);
                    small.make_ascii_lowercase();
                    emit(&small, Form::Whole, out);
                }
                _ => identifier(run, &mut small, out),
            }
            at = end;
        }
    }
}

/// What a byte is to a run of ASCII: nothing, a small letter or digit, a capital, a line below. A run of the first two
/// alone is a word as it stands.
const NONE: u8 = 0;
const SMALL: u8 = 1;
const CAPITAL: u8 = 2;
const LINE: u8 = 4;
const KIND: [u8; 256] = {
    let mut kinds = [NONE; 256];
    let mut at = 0;
    while at < 128 {
        kinds[at] = match at as u8 {
            b'a'..=b'z' | b'0'..=b'9' => SMALL,
            b'A'..=b'Z' => CAPITAL,
            b'_' => LINE,
            _ => NONE,
        };
        at += 1;
    }
    kinds
};

/// The words of a text, for tests and for counting.
pub fn list(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    words(text, &mut |word, _| found.push(word.to_string()));
    found
}

fn is_start(byte: u8) -> bool {
    KIND[usize::from(byte)] != NONE || byte >= 0x80
}

/// A point between digits, as in `1.5.2`.
fn joins(bytes: &[u8], at: usize) -> bool {
    bytes[at] == b'.'
        && at > 0
        && bytes[at - 1].is_ascii_digit()
        && bytes.get(at + 1).is_some_and(|byte| byte.is_ascii_digit())
}

fn in_run(bytes: &[u8], at: usize, c: char) -> bool {
    c.is_alphanumeric()
        || c == '_'
        || (c == '.' && joins(bytes, at))
        || (!c.is_ascii() && is_combining_mark(c))
        || is_unspaced(c)
}

/// A run with letters of other scripts: cut where one kind of script ends.
fn mixed(run: &str, small: &mut String, out: &mut impl FnMut(&str, Form)) {
    let mut rest = run;
    while let Some(first) = rest.chars().next() {
        let unspaced = is_unspaced(first);
        let end = rest.find(|c| is_unspaced(c) != unspaced).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        rest = after;
        if unspaced {
            pairs(&fold(part), out);
        } else if part.is_ascii() {
            identifier(part, small, out);
        } else {
            let word = fold(part);
            let word = word.trim_matches('_');
            emit(word, Form::Whole, out);
            if word.contains('_') {
                word.split('_')
                    .filter(|piece| piece.chars().count() > 1)
                    .for_each(|piece| emit(piece, Form::Part, out));
            }
        }
    }
}

fn pairs(run: &str, out: &mut impl FnMut(&str, Form)) {
    let mut starts = run.char_indices().map(|(at, _)| at).chain([run.len()]);
    let (Some(mut before), Some(mut here)) = (starts.next(), starts.next()) else { return };
    for next in starts {
        out(&run[before..next], Form::Whole);
        (before, here) = (here, next);
    }
    out(&run[before..here], Form::Whole);
}

/// A run of ASCII letters, digits and underscores: itself, and the parts that underscores and capitals make.
fn identifier(run: &str, small: &mut String, out: &mut impl FnMut(&str, Form)) {
    let run = run.trim_matches('_');
    small.clear();
    small.push_str(run);
    small.make_ascii_lowercase();
    emit(small, Form::Whole, out);
    if run.len() > LONGEST * 2 {
        return;
    }
    let bytes = run.as_bytes();
    let lines = bytes.contains(&b'_');
    let mut from = 0;
    for at in 1..=bytes.len() {
        let line = bytes.get(at) == Some(&b'_');
        if at < bytes.len() && !line && !is_hump(bytes, at) {
            continue;
        }
        let part = small[from..at].trim_start_matches('_');
        let whole = part.len() == small.len();
        // What a capital cuts off is often no word: the `Ls` of `URLs`.
        let least = if lines { 2 } else { 3 };
        if !whole && part.len() >= least {
            emit(part, Form::Part, out);
        }
        from = at;
    }
}

/// A capital that begins a word: `getUser`, `HTTPServer`.
fn is_hump(bytes: &[u8], at: usize) -> bool {
    let (before, here) = (bytes[at - 1], bytes[at]);
    here.is_ascii_uppercase()
        && (before.is_ascii_lowercase()
            || before.is_ascii_uppercase() && bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase))
}

fn emit(word: &str, form: Form, out: &mut impl FnMut(&str, Form)) {
    let end = if word.len() <= LONGEST { None } else { word.char_indices().nth(LONGEST).map(|(at, _)| at) };
    let word = &word[..end.unwrap_or(word.len())];
    if !word.is_empty() {
        out(word, form);
    }
}

/// Small letters without diacritics, compatible forms as one.
pub fn fold(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return text.into();
    }
    // Also the vowels of Hebrew and Arabic and the line that stretches an Arabic word: few people write them.
    let marks = |c: &char| !matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}');
    let letters = |c: char| match c {
        'ß' => ['s', 's'],
        'æ' => ['a', 'e'],
        'œ' => ['o', 'e'],
        'ø' => ['o', '\0'],
        'ł' => ['l', '\0'],
        'đ' => ['d', '\0'],
        'ı' => ['i', '\0'],
        'ς' => ['σ', '\0'],
        other => [other, '\0'],
    };
    let folded = text.to_lowercase().nfkd().filter(marks).flat_map(letters).filter(|c| *c != '\0').collect::<String>();
    // Compatible forms of capitals exist only after the decomposition.
    folded.to_lowercase().nfc().collect::<String>().into()
}

/// Characters of scripts that are written without spaces between words; Korean too, whose words end in particles.
pub fn is_unspaced(c: char) -> bool {
    matches!(c as u32,
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1100..=0x11FF | 0x1780..=0x17FF | 0x2E80..=0x2FDF | 0x3005..=0x3007
        | 0x3021..=0x3029 | 0x3031..=0x3035 | 0x303B | 0x3041..=0x309F | 0x30A1..=0x30FA | 0x30FC..=0x318F
        | 0x31A0..=0x31BF | 0x31F0..=0x31FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xA960..=0xA97F | 0xAC00..=0xD7FF
        | 0xF900..=0xFAFF | 0xFF66..=0xFF9F | 0x20000..=0x3FFFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_their_words() {
        let check = |text: &str, expected: &str| assert_eq!(list(text).join(" "), expected, "{text:?}");
        check("", "");
        check("The quick-brown fox's \"tail\".", "the quick brown fox s tail");
        check("credentials_for_provider", "credentials_for_provider credentials for provider");
        check("__init__ _ a_b", "init a_b");
        check(
            "getUserInfo HTTPServer URLs iPhone",
            "getuserinfo get user info httpserver http server urls iphone phone",
        );
        check("1.5.2, 3. v2.0.1 a.b 0x1F", "1.5.2 3 v2.0.1 a b 0x1f");
        check("一段简单", "一段 段简 简单 单");
        check("使用Dify平台。好", "使用 用 dify 平台 台 好");
        check("プロバイダー・ｶﾞｲﾄﾞ", "プロ ロバ バイ イダ ダー ー ガイ イド ド");
        check("플러그인을 쓴다", "플러 러그 그인 인을 을 쓴다 다");
        check("Настройка Ёлки", "настроика елки");
        check("Crème brûlée, Straße, ＡＢＣ, Łódź, İstanbul", "creme brulee strasse abc lodz istanbul");
        check("e\u{301}tat naïve_Test", "etat naive_test naive test");
        check("🎉 → ½ ¿qué?", "1\u{2044}2 que");
        check("हिन्दी", "हिन्दी");
        check("تُقطف بِالأيدي كتـــاب שָׁלוֹם", "تقطف بالايدي كتاب שלום");
        check("ภาษาไทย", "ภา าษ ษา าไ ไท ทย ย");
    }

    #[test]
    fn hostile_texts() {
        let long = "a".repeat(100_000);
        assert_eq!(list(&long), ["a".repeat(LONGEST)]);
        assert_eq!(list(&"é".repeat(1000)), ["e".repeat(LONGEST)]);
        assert_eq!(list(&"段".repeat(1000)).len(), 1000);
        assert!(list(&"aB".repeat(500)).len() == 1, "data is not taken apart");
        for text in [
            "\u{301}\u{301}",
            "\u{640}",
            "\u{64b}\u{670}",
            "\u{feff}\u{200b}",
            "_\u{301}_",
            "\u{ffff}",
            "\0a\0",
            "a\u{301}",
            "٣.٤",
            "𠮷𠮷",
            "_é_",
        ] {
            words(text, &mut |word, _| assert!(!word.is_empty(), "{text:?}"));
        }
    }
}
