//! The text at a value, a blank or a comment of JSON in; what it stands for out.

use super::{Reader, Result};
use crate::yaml::{Content, Problem, Style, marks};
use std::ops::Range;

impl Reader<'_> {
    /// A number, `true`, `false` or `null`.
    pub(super) fn word(&mut self) -> Result<usize> {
        let range = self.here();
        let word = &self.text[range.clone()];
        if matches!(word, "true" | "false" | "null") || is_number(word) {
            self.at = range.end;
            return Ok(self.add(range.start, Content::Scalar { text: word.to_string(), style: Style::Plain }));
        }
        let shown: String = word.chars().take(40).collect();
        let message = format!("`{shown}` is no value of JSON");
        let help = match word.to_ascii_lowercase().as_str() {
            lower @ ("true" | "false" | "null") => format!("write `{lower}`"),
            "none" | "undefined" => "write `null`".to_string(),
            _ if word.starts_with('\'') => "put text in double quotes".to_string(),
            _ if word.trim_start_matches(['+', '-', '.']).starts_with(|c: char| c.is_ascii_digit()) => {
                "write digits, then `.` and digits or an exponent: `0.5`, `-1e9`".to_string()
            }
            _ => "put text in double quotes".to_string(),
        };
        Err(Problem::new(range, message).help(help))
    }

    pub(super) fn string(&mut self) -> Result<String> {
        let start = self.at;
        self.at += 1;
        let mut out = String::new();
        loop {
            let rest = &self.text[self.at..];
            let plain = rest.find(|c| c == '"' || c == '\\' || c < ' ').unwrap_or(rest.len());
            out.push_str(&rest[..plain]);
            self.at += plain;
            match self.byte() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => out.push(self.escape()?),
                Some(b'\t') => {
                    let problem = Problem::new(self.at..self.at + 1, "tab in a text").help("write `\\t`");
                    self.document.problems.push(problem);
                    out.push('\t');
                    self.at += 1;
                }
                Some(b'\n' | b'\r') | None => {
                    let range = self.line_rest(start);
                    return Err(Problem::new(range, "text without its second quote")
                        .help("close it with `\"` on the same line, and write `\\n` for a line end"));
                }
                Some(byte) => {
                    let message = "control character in a text";
                    return Err(Problem::new(self.at..self.at + 1, message).help(format!("write `\\u{byte:04x}`")));
                }
            }
        }
    }

    fn escape(&mut self) -> Result<char> {
        let start = self.at;
        let letter = self.text[start + 1..].chars().next();
        self.at += 1 + letter.map_or(0, char::len_utf8);
        Ok(match letter {
            Some(c @ ('"' | '\\' | '/')) => c,
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => self.code(start)?,
            _ => {
                let message = format!("`{}` is no escape of JSON", &self.text[start..self.at]);
                return Err(Problem::new(start..self.at, message).help("write `\\\\` for a backslash"));
            }
        })
    }

    /// The character of `\u00e9`, or of two of them for one beyond the first 65,536.
    fn code(&mut self, start: usize) -> Result<char> {
        let first = self.digits(start)?;
        if let 0xd800..=0xdbff = first
            && self.eat("\\u")
        {
            let second = self.digits(start)?;
            if let 0xdc00..=0xdfff = second {
                let code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
        }
        char::from_u32(first).ok_or_else(|| {
            Problem::new(start..self.at, "half of a character").help("write both halves, or the character itself")
        })
    }

    fn digits(&mut self, start: usize) -> Result<u32> {
        let digits = self.text.get(self.at..self.at + 4).filter(|text| text.bytes().all(|b| b.is_ascii_hexdigit()));
        let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let code = code.ok_or_else(|| {
            Problem::new(start..self.at, "escape without its four digits").help("write `\\u` and four of 0-9 and a-f")
        })?;
        self.at += 4;
        Ok(code)
    }

    // --- blanks and comments

    pub(super) fn blanks(&mut self) -> Result<()> {
        loop {
            let rest = &self.text[self.at..];
            self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
            let rest = &self.text[self.at..];
            let length = match rest.as_bytes() {
                [b'/', b'/', ..] | [b'#', ..] => rest.find('\n').unwrap_or(rest.len()),
                [b'/', b'*', ..] => match rest[2..].find("*/") {
                    Some(length) => length + 4,
                    None => {
                        let range = self.line_rest(self.at);
                        return Err(Problem::new(range, "comment without its end").help("close it with `*/`"));
                    }
                },
                _ => return Ok(()),
            };
            self.comment(self.at..self.at + length);
            self.at += length;
        }
    }

    fn comment(&mut self, range: Range<usize>) {
        let text = self.text[range.clone()].trim_end();
        let inner = text.trim_start_matches(['/', '*', '#']);
        if self.options.marks && marks::begins(inner) {
            self.document.elided.extend(self.open.last());
        } else if !self.options.comments || text.starts_with('#') {
            let range = range.start..range.start + text.lines().next().unwrap_or_default().len();
            let problem = Problem::new(range, "JSON has no comments like this");
            self.document.problems.push(problem.help(match text.starts_with('#') {
                true => "remove it",
                false => "remove it, or name the language `jsonc`",
            }));
        }
    }

    pub(super) fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    pub(super) fn eat(&mut self, text: &str) -> bool {
        let found = self.text[self.at..].starts_with(text);
        self.at += if found { text.len() } else { 0 };
        found
    }

    /// The word at the current place, at least one character.
    pub(super) fn here(&self) -> Range<usize> {
        let rest = &self.text[self.at..];
        let quoted = rest.strip_prefix('\'').and_then(|inner| Some(inner.find(['\'', '\n'])? + 2));
        let length = quoted.unwrap_or_else(|| {
            rest.find([',', '{', '}', '[', ']', ':', '"', ' ', '\t', '\n', '\r']).unwrap_or(rest.len())
        });
        let least = rest.chars().next().map_or(0, char::len_utf8);
        let end = self.at + length.max(least).min(rest.len());
        self.at..end
    }

    pub(super) fn line_rest(&self, start: usize) -> Range<usize> {
        let line = self.text[start..].split(['\n', '\r']).next().unwrap_or_default().trim_end();
        start..start + line.len()
    }
}

/// `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?`
fn is_number(word: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = word.strip_prefix('-').unwrap_or(word);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(digits)
}
