//! Sorted words and numbers in, text that a script can hold out: small once compressed, and read by a few lines of script.
//!
//! Nothing here needs escaping inside a JavaScript string, and nothing holds a space: spaces stand between entries.

use super::postings::Posting;

/// The last digit of a number, 52 of them; these say how it ends.
const LAST: &[u8; 52] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// The digits before.
const MORE: &[u8; 26] = b"!#$%&()*+,-./;=>?@[]^_{|}~";
/// Before postings that are not all.
pub const CUT: char = '<';

/// A number: one character below 52, two below 1404, three below 36556.
pub fn number(out: &mut String, value: usize) {
    if let Some(digit) = LAST.get(value) {
        return out.push(*digit as char);
    }
    let mut digits = [0; 16];
    let mut at = digits.len() - 1;
    digits[at] = LAST[value % 52];
    let mut rest = value / 52;
    while rest > 0 {
        at -= 1;
        rest -= 1;
        digits[at] = MORE[rest % 26];
        rest /= 26;
    }
    out.extend(digits[at..].iter().map(|byte| *byte as char));
}

/// One word after another: a letter for how many characters it begins with as the word before, then the others.
pub fn word(out: &mut String, before: &str, word: &str) {
    let mut shared = 0;
    let mut at = 0;
    for (a, b) in before.chars().zip(word.chars()) {
        if a != b || shared + a.len_utf16() >= LAST.len() {
            break;
        }
        shared += a.len_utf16();
        at += a.len_utf8();
    }
    out.push(LAST[shared] as char);
    out.push_str(&word[at..]);
}

/// Sections by level, best first: the level as a character from `0` on, then each section's distance from the one before.
pub fn postings(out: &mut String, postings: &[Posting]) {
    let present = postings.iter().fold(0u16, |all, one| all | 1 << one.level());
    for level in (0..=10).rev().filter(|level| present & 1 << level != 0) {
        out.push((b'0' + level) as char);
        let mut next = 0;
        for one in postings.iter().filter(|one| one.level() == level) {
            number(out, (one.section() - next) as usize);
            next = one.section() + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        let check = |value: usize, expected: &str| {
            let mut out = String::new();
            number(&mut out, value);
            assert_eq!(out, expected, "{value}");
            // As the script reads it.
            let mut read = 0;
            for byte in out.bytes() {
                match LAST.iter().position(|last| *last == byte) {
                    Some(last) => read = read * 52 + last,
                    None => read = read * 26 + 1 + MORE.iter().position(|more| *more == byte).unwrap_or(99),
                }
            }
            assert_eq!(read, value, "{out}");
        };
        check(0, "A");
        check(51, "z");
        check(52, "!A");
        check(1403, "~z");
        check(1404, "!!A");
        check(36555, "~~z");
        check(u32::MAX as usize, "(|[*@|v");
        let all: std::collections::BTreeSet<u8> = LAST.iter().chain(MORE).chain(b"0123456789:<").copied().collect();
        assert_eq!(all.len(), 52 + 26 + 12, "no character has two meanings");
        assert!(!all.contains(&b'"') && !all.contains(&b'\\') && !all.contains(&b' '));
    }

    #[test]
    fn words_share_their_beginnings() {
        let check = |before: &str, next: &str, expected: &str| {
            let mut out = String::new();
            word(&mut out, before, next);
            assert_eq!(out, expected);
        };
        check("", "config", "Aconfig");
        check("config", "configure", "Gure");
        check("config", "cat", "Bat");
        check("段简", "段落", "B落");
        check("𠮷野", "𠮷田", "C田");
        check("same", "same", "E");
        check(&"a".repeat(80), &"a".repeat(80), &format!("z{}", "a".repeat(29)));
    }

    #[test]
    fn sections_by_level() {
        let all = [(0, 0), (1, 7), (2, 0), (60, 0), (61, 10)].map(|(section, level)| Posting::new(section, level));
        let mut out = String::new();
        postings(&mut out, &all);
        assert_eq!(out, ":!J7B0AB!F");
    }
}
