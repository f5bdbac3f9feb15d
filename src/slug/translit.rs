//! Any text in, the alphabet of ids out: `a-z 0-9 . _ +`, words joined by single `-`.

use unicode_normalization::UnicodeNormalization;

/// Letters in the order of their code points, from the first one on, with the Latin spelling of each; rows in the same order. `'` is a
/// letter that is written but not spelled (a hard sign, a vowel mark), `-` one that has no spelling. A base letter with a mark (`é`, `й`,
/// `ά`) has no entry: the mark is taken off first. Capitals are found by their small letters.
const ALPHABETS: [(char, &str); 11] = [
    ('α', "a v g d e z i th i k l m n ks o p r s s t y f x ps o i y"),
    ('а', "a b v g d e zh z i i k l m n o p r s t u f kh c ch sh sh ' y ' e yu ya e yo dj g ye - i yi j lj nj c"),
    ('џ', "dz"),
    ('ґ', "g"),
    ('ء', "a aa a u i e a b h t th j h kh d th r z s sh s dh t z a gh"),
    ('ف', "f q k l m n h w a y an on en a u e - '"),
    ('٠', "0 1 2 3 4 5 6 7 8 9"),
    ('۰', "0 1 2 3 4 5 6 7 8 9"),
    (
        'ހ',
        "h sh n r b lh k a v m f dh th l g gn s d z t y p j ch tt hh kh th z sh s d t z a gh q w a aa i ee u oo e ey o oa '",
    ),
    ('ა', "a b g d e v z t i k l m n o p zh r s t u p k gh q sh ch ts dz ts ch kh j h"),
    (
        '₠',
        "ewe crc brn frf itl - ngn esp inr krw ils vnd eur lak mnt grd pf ars pyg ara uah ghs - - kzt inr try - azn rub gel",
    ),
];

/// Spells `text` in `a-z 0-9 . _ +`. What has no spelling separates words; words are joined by `-`, none stands at an end.
///
/// Compatibility forms count as what they stand for: `𝗔` is `a`, `²` is `2`, `…` is three full stops.
pub fn to_ascii(text: &str) -> String {
    if text.is_ascii() {
        return spell(text.chars().map(|c| c.to_ascii_lowercase()));
    }
    // A diaeresis stays for `ü`, which is `ue`; all other marks are taken off.
    let plain = text.nfkd().filter(|c| !matches!(c, '\u{300}'..='\u{307}' | '\u{309}'..='\u{36f}')).nfc();
    // Capital beta is the one letter that is not spelled like its small form.
    spell(plain.map(|c| if c == 'Β' { 'b' } else { c }).flat_map(char::to_lowercase))
}

/// Spells small letters without marks.
fn spell(text: impl Iterator<Item = char>) -> String {
    let mut out = String::with_capacity(text.size_hint().0);
    let mut after_word = false;
    for c in text {
        let word = word(c);
        let mut utf8 = [0; 4];
        let latin = if is_kept(c) { c.encode_utf8(&mut utf8) } else { word.or_else(|| spelling(c)).unwrap_or("-") };
        // A word stands apart from letters and digits, but not from `.`, `_` and `+`.
        let apart = word.is_some() || after_word;
        if apart && latin.starts_with(is_letter_or_digit) && out.ends_with(is_letter_or_digit) {
            out.push('-');
        }
        if latin != "-" || !(out.is_empty() || out.ends_with('-')) {
            out.push_str(latin);
        }
        after_word = word.is_some();
    }
    if out.ends_with('-') {
        out.pop();
    }
    out
}

/// Whether `c` may stand in an id.
pub fn is_kept(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '_' | '+' | '-')
}

fn is_letter_or_digit(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

/// Symbols that are read as words of their own.
fn word(c: char) -> Option<&'static str> {
    Some(match c {
        '&' => "and",
        '|' => "or",
        '<' => "less-than",
        '>' => "greater-than",
        '∑' => "sum",
        '∆' => "delta",
        '∞' => "infinity",
        '♥' => "love",
        '¤' => "currency",
        '©' => "c",
        '®' => "r",
        _ => return None,
    })
}

/// Letters and signs that are spelled inside a word.
fn spelling(c: char) -> Option<&'static str> {
    Some(match c {
        'ä' | 'æ' => "ae",
        'ö' | 'œ' => "oe",
        'ü' => "ue",
        'ß' => "ss",
        'ë' => "e",
        'ï' | 'ı' => "i",
        'ÿ' => "y",
        'ø' => "o",
        'đ' | 'ð' | '∂' => "d",
        'þ' => "th",
        'ł' => "l",
        'ƒ' => "f",
        'پ' => "p",
        'چ' => "ch",
        'ژ' => "zh",
        'ک' => "k",
        'گ' => "g",
        'ی' => "y",
        '†' => "+",
        '$' => "usd",
        '£' => "gbp",
        '¥' => "cny",
        '¢' => "cent",
        '฿' => "thb",
        '؋' => "afn",
        '៛' => "khr",
        _ => return letter(c),
    })
}

fn letter(c: char) -> Option<&'static str> {
    let (first, spellings) = ALPHABETS.iter().rfind(|(first, _)| *first <= c)?;
    match spellings.split(' ').nth(c as usize - *first as usize)? {
        "-" => None,
        "'" => Some(""),
        latin => Some(latin),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pairs: &[(&str, &str)]) {
        for (text, expected) in pairs {
            assert_eq!(to_ascii(text), *expected, "{text:?}");
        }
    }

    #[test]
    fn latin() {
        check(&[
            ("Überblick", "ueberblick"),
            ("U\u{308}ber", "ueber"),
            ("Größe, Äpfel, Öl", "groesse-aepfel-oel"),
            ("naïve façade coöperate ÿ Ë", "naive-facade-cooeperate-y-e"),
            ("Ångström Øre Æther Œuvre", "angstroem-ore-aether-oeuvre"),
            ("Łódź Đặng Thị þorn ð İı ñ", "lodz-dang-thi-thorn-d-ii-n"),
            ("Tiếng Việt", "tieng-viet"),
        ]);
    }

    #[test]
    fn other_scripts() {
        check(&[
            ("Привет мир", "privet-mir"),
            ("Объём Май Щука Ёж хлеб", "obyom-mai-shuka-yozh-khleb"),
            ("Їжак є ґанок љубав џеп", "yizhak-ye-ganok-ljubav-dzep"),
            ("Ελλάδα ΐ ϋ Βήτα ψυχή", "ellada-i-y-bita-psyxi"),
            ("مرحبا", "mrhba"),
            ("العربية ٣٤ پ", "alarbyh-34-p"),
            ("ქართული", "kartuli"),
            ("한국어 ไทย हिन्दी שלום", ""),
        ]);
    }

    #[test]
    fn symbols_are_words() {
        check(&[
            ("Math & TeX", "math-and-tex"),
            ("a&b", "a-and-b"),
            ("IN | OUT", "in-or-out"),
            ("<buffer> Section", "less-than-buffer-greater-than-section"),
            ("♥♥ ∑ ∆ ∞ ¤", "love-love-sum-delta-infinity-currency"),
            ("._&+ &", "._and+-and"),
            ("50% @ * = ~ ^ #", "50"),
        ]);
    }

    #[test]
    fn signs_join_their_neighbours() {
        check(&[
            ("5$ €5 £ ¥ ₹ ₽ ₿", "5usd-eur5-gbp-cny-inr-rub"),
            ("a©b ® x™", "a-c-b-r-xtm"),
            ("a†b", "a+b"),
            ("№ ƒ ∂", "no-f-d"),
        ]);
    }

    #[test]
    fn kept_characters() {
        check(&[
            ("Filecoin vs. S3", "filecoin-vs.-s3"),
            ("Set syntax…", "set-syntax..."),
            ("C++ API", "c++-api"),
            ("_run_when_", "_run_when_"),
            ("--a - -- b--", "a-b"),
            ("a/b (c): d, e? f! \"g\" [h] {i} — j → k", "a-b-c-d-e-f-g-h-i-j-k"),
            ("CamelCase ciBuildId", "camelcase-cibuildid"),
        ]);
    }

    #[test]
    fn compatibility_forms() {
        check(&[("𝗔𝓫𝕔 ｆｕｌｌ　ｗｉｄｔｈ", "abc-full-width"), ("m² ½ ① Ⅷ ﬁ ℃", "m2-1-2-1-viii-fi-c")]);
    }
}
