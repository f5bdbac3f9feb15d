//! A heading's text in, the same text without what has no sound out: emoji, invisible characters, apostrophes inside words.

use unicode_normalization::UnicodeNormalization;

/// `text` composed (NFC, half-width kana as full-width ones), without emoji, zero-width characters and apostrophes between two visible
/// characters.
///
/// Apostrophes are looked at from left to right, and the character behind one that went does not stand before the next: `rock'n'roll`
/// becomes `rockn'roll`. That is how the ids that people link to came about.
pub fn clean(text: &str) -> String {
    // Composing makes no difference to Latin text, whose marks go later, but file names from macOS have `が` in two pieces.
    let visible: Vec<char> = match text.is_ascii() {
        true => text.chars().collect(),
        false => without_emoji(&text.chars().flat_map(widen_kana).nfc().collect::<Vec<char>>()),
    };
    let mut out = String::with_capacity(text.len());
    let mut rest = visible.as_slice();
    while let Some((&first, tail)) = rest.split_first() {
        out.push(first);
        rest = tail;
        if let [mark, after, tail @ ..] = rest
            && is_apostrophe(*mark)
            && !first.is_whitespace()
            && !after.is_whitespace()
        {
            out.push(*after);
            rest = tail;
        }
    }
    out
}

/// Half-width katakana as full-width, voicing marks as combining marks; anything else unchanged.
fn widen_kana(c: char) -> impl Iterator<Item = char> {
    let half_width = matches!(c, '\u{ff65}'..='\u{ff9f}');
    half_width.then(|| c.nfkc()).into_iter().flatten().chain((!half_width).then_some(c))
}

fn without_emoji(text: &[char]) -> Vec<char> {
    let mut out = Vec::with_capacity(text.len());
    for (i, &c) in text.iter().enumerate() {
        let (second, third) = (text.get(i + 1).copied(), text.get(i + 2).copied());
        // `1️⃣` is a digit, a request for the coloured form, and a key around it.
        let keycap = matches!(c, '0'..='9' | '#' | '*')
            && (second == Some('\u{20e3}') || (second == Some('\u{fe0f}') && third == Some('\u{20e3}')));
        let coloured = second == Some('\u{fe0f}') && !c.is_alphanumeric();
        if !(keycap || coloured || is_invisible(c) || is_emoji(c)) {
            out.push(c);
        }
    }
    out
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '‘' | '’' | '‚' | '‛' | '′' | '‵')
}

/// Takes no room: joiners, direction marks, variation selectors, the ring of a keycap, tags of a flag.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{20e3}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e01ef}')
}

/// Shown as a picture without being asked to. `♥` is not: it is read as a word.
fn is_emoji(c: char) -> bool {
    matches!(c, '⌚' | '⌛' | '⏩'..='⏳' | '☀'..='♤' | '♦'..='➿' | '⬛' | '⬜' | '⭐' | '⭕' | '🀄' | '🃏' | '🅰'..='🆚'
        | '\u{1f1e6}'..='\u{1f251}' | '🌀'..='\u{1f6ff}' | '\u{1f7e0}'..='\u{1f7eb}' | '\u{1f900}'..='\u{1faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pairs: &[(&str, &str)]) {
        for (text, expected) in pairs {
            assert_eq!(clean(text), *expected, "{text:?}");
        }
    }

    #[test]
    fn apostrophes_between_visible_characters_go() {
        check(&[
            ("What's new", "Whats new"),
            ("What’s next", "Whats next"),
            ("the users' guide", "the users' guide"),
            ("a 'b' c", "a 'b' c"),
            ("rock'n'roll", "rockn'roll"),
            ("a''b", "a'b"),
            ("'", "'"),
            ("中’国", "中国"),
        ]);
    }

    #[test]
    fn emoji_go() {
        check(&[
            ("🚀 Launch", " Launch"),
            ("a🚀b", "ab"),
            ("1️⃣ Step 1", " Step 1"),
            ("#\u{20e3}", ""),
            ("👩‍💻👍🏽 🇩🇪🏴\u{e0067}\u{e0062}\u{e007f}", " "),
            ("⚠️ If ▶️ x ❤️", " If  x "),
            ("I ♥ x ♥️", "I ♥ x "),
            ("a ™ © → 1", "a ™ © → 1"),
        ]);
    }

    #[test]
    fn invisible_characters_go() {
        check(&[("a\u{200b}b\u{feff}", "ab"), ("co\u{ad}op", "coop"), ("a\u{a0}b", "a\u{a0}b")]);
    }

    #[test]
    fn kana_are_composed() {
        check(&[("ｱﾌﾟﾘ", "アプリ"), ("か\u{3099}", "が"), ("Ａ", "Ａ")]);
    }
}
