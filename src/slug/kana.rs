//! Japanese text in, its kana in Latin letters out. Kanji are gone: how they sound depends on the word.

/// Romanisation of `ァ` (U+30A1) to `ヴ` (U+30F4). The small letters have none of their own. Upper case, so that [`romanize`] can tell a
/// vowel that may be long from a Latin word's.
#[rustfmt::skip]
const SYLLABLES: [&str; 84] = [
    "", "A", "", "I", "", "U", "", "E", "", "O",
    "KA", "GA", "KI", "GI", "KU", "GU", "KE", "GE", "KO", "GO",
    "SA", "ZA", "SHI", "JI", "SU", "ZU", "SE", "ZE", "SO", "ZO",
    "TA", "DA", "CHI", "DJI", "", "TSU", "DZU", "TE", "DE", "TO", "DO",
    "NA", "NI", "NU", "NE", "NO",
    "HA", "BA", "PA", "HI", "BI", "PI", "FU", "BU", "PU", "HE", "BE", "PE", "HO", "BO", "PO",
    "MA", "MI", "MU", "ME", "MO",
    "", "YA", "", "YU", "", "YO", "RA", "RI", "RU", "RE", "RO",
    "", "WA", "WI", "WE", "WO", "N", "VU",
];

/// Katakana and a small vowel that make one syllable of a foreign word. Hiragana have no such pairs.
const FOREIGN: &str = "ツァTSA ファFA ヴァVA クヮKWA グヮGWA イィYI ウィWI クィKWI スィSI ツィTSI ティTI ズィZI ディDI フィFI ヴィVI \
    ウゥWU トゥTU ドゥDU ホゥHU イェYE ウェWE クェKWE シェSHE チェCHE ツェTSE フェFE ジェJE ウォWO クォKWO ツォTSO フォFO テュTYU \
    デュDYU フュFYU";

/// Katakana that contract with a small `ya`, `yu` or `yo`, and what stands before the vowel then.
const CONTRACTED: &str = "キKY ギGY シSH ジJ チCH ニNY ヒHY ビBY ピPY ミMY リRY";

/// Whether any kana stands in `text`. The long vowel mark and small letters alone do not count.
pub fn occurs_in(text: &str) -> bool {
    text.chars().any(|c| syllable(c).is_some())
}

/// The kana of `text` in Hepburn spelling; of the rest only `A-Z a-z 0-9 -` and spaces are kept.
///
/// A long vowel (`ー`) disappears with the vowel it prolongs: Hepburn writes it with a macron, and letters with macrons are not kept.
pub fn romanize(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut prolongable = false;
    let mut doubling = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if matches!(c, 'っ' | 'ッ') {
            // Two in a row double each other, which is nothing.
            prolongable &= !doubling;
            doubling = !doubling;
            continue;
        }
        if c == 'ー' {
            if prolongable {
                out.pop();
            }
            prolongable = false;
            doubling = false;
            continue;
        }
        let joined = chars.peek().and_then(|&small| digraph(c, small));
        if joined.is_some() {
            chars.next();
        }
        let mut utf8 = [0; 4];
        let latin = joined.unwrap_or_else(|| [syllable(c).unwrap_or_else(|| c.encode_utf8(&mut utf8)), ""]);
        prolongable = false;
        for letter in latin.iter().flat_map(|part| part.chars()) {
            if is_kept(letter) {
                if doubling {
                    out.push(if letter == 'C' { 'T' } else { letter });
                }
                out.push(letter);
                prolongable = matches!(letter, 'A' | 'I' | 'U' | 'E' | 'O');
            }
            doubling = false;
        }
    }
    out
}

fn is_kept(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | ' ')
}

fn syllable(c: char) -> Option<&'static str> {
    let index = (katakana(c)? as usize).checked_sub('ァ' as usize)?;
    SYLLABLES.get(index).copied().filter(|latin| !latin.is_empty())
}

/// The katakana of the same sound, for the kana that have a syllable or may be the small half of one.
fn katakana(c: char) -> Option<char> {
    match c {
        'ぁ'..='ん' => char::from_u32(c as u32 + 0x60),
        'ァ'..='ヴ' => Some(c),
        _ => None,
    }
}

/// The syllable, in two parts, that a kana makes with the small one behind it.
fn digraph(big: char, small: char) -> Option<[&'static str; 2]> {
    if let Some(latin) = FOREIGN.split(' ').find_map(|entry| entry.strip_prefix(big)?.strip_prefix(small)) {
        return Some([latin, ""]);
    }
    let is_hiragana = big < 'ァ';
    let vowel = match (is_hiragana, small) {
        (true, 'ゃ') | (false, 'ャ') => "A",
        (true, 'ゅ') | (false, 'ュ') => "U",
        (true, 'ょ') | (false, 'ョ') => "O",
        _ => return None,
    };
    let big = katakana(big)?;
    let head = CONTRACTED.split(' ').find_map(|entry| entry.strip_prefix(big))?;
    Some([head, vowel])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pairs: &[(&str, &str)]) {
        for (text, expected) in pairs {
            assert_eq!(romanize(text).to_lowercase(), *expected, "{text}");
        }
    }

    #[test]
    fn syllables() {
        check(&[
            ("ひらがな", "hiragana"),
            ("カタカナ", "katakana"),
            ("しんよう", "shinyou"),
            ("ち ぢ つ づ を ふ じ", "chi dji tsu dzu wo fu ji"),
            ("きょう", "kyou"),
            ("シャチョウ", "shachou"),
            ("ジュース", "jsu"),
            ("ヂャ", "dji"),
            ("きャ", "ki"),
        ]);
    }

    #[test]
    fn foreign_sounds_are_katakana_only() {
        check(&[
            ("ファイル", "fairu"),
            ("ウェブ", "webu"),
            ("ヴァイオリン", "vaiorin"),
            ("デュアル", "dyuaru"),
            ("ティッシュ", "tisshu"),
            ("ふぁ", "fu"),
        ]);
    }

    #[test]
    fn small_tsu_doubles() {
        check(&[
            ("がっこう", "gakkou"),
            ("マッチ", "matchi"),
            ("っっか", "ka"),
            ("がっ", "ga"),
            ("ッA", "aa"),
            ("ッ定A", "a"),
        ]);
    }

    #[test]
    fn long_vowels_disappear() {
        check(&[
            ("ツール", "tsru"),
            ("コーヒー", "kh"),
            ("カーー", "k"),
            ("ンー", "n"),
            ("aーカ", "aka"),
            ("Aーカ", "ka"),
        ]);
    }

    #[test]
    fn everything_else_is_dropped() {
        check(&[
            ("ツール定義", "tsru"),
            ("A・カ", "aka"),
            ("1. アプリ (v2.0)!", "1 apuri v20"),
            ("エラー: é_あ", "er a"),
        ]);
    }

    #[test]
    fn kana_is_found() {
        for (text, expected) in
            [("あ", true), ("ン", true), ("開発", false), ("ー", false), ("ッ", false), ("・", false), ("abc", false)]
        {
            assert_eq!(occurs_in(text), expected, "{text}");
        }
    }
}
