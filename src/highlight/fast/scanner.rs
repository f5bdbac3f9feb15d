//! A position in code that only goes forward, and the HTML of what lies behind it.

use crate::highlight::class::{Class, Writer};

pub struct Scanner<'a> {
    pub text: &'a str,
    pub at: usize,
    /// Everything before this is written; what follows up to `at` is plain.
    written: usize,
    out: Writer,
}

impl<'a> Scanner<'a> {
    pub fn new(text: &'a str) -> Scanner<'a> {
        Scanner { text, at: 0, written: 0, out: Writer::new(text.len()) }
    }

    /// The next byte; 0 at the end.
    pub fn peek(&self) -> u8 {
        self.byte(0)
    }

    /// The byte this far ahead; 0 beyond the end.
    pub fn byte(&self, ahead: usize) -> u8 {
        self.text.as_bytes().get(self.at + ahead).copied().unwrap_or(0)
    }

    /// The byte before; a line's end at the beginning.
    pub fn before(&self) -> u8 {
        self.at.checked_sub(1).map_or(b'\n', |at| self.text.as_bytes()[at])
    }

    pub fn is_done(&self) -> bool {
        self.at >= self.text.len()
    }

    pub fn rest(&self) -> &'a [u8] {
        &self.text.as_bytes()[self.at.min(self.text.len())..]
    }

    pub fn starts_with(&self, text: &str) -> bool {
        self.rest().starts_with(text.as_bytes())
    }

    /// Length of the bytes ahead that fulfil the condition.
    pub fn span(&self, condition: impl Fn(u8) -> bool) -> usize {
        self.span_from(0, condition)
    }

    /// As `span`, for the bytes that come after this many.
    pub fn span_from(&self, from: usize, condition: impl Fn(u8) -> bool) -> usize {
        let rest = &self.rest()[from.min(self.rest().len())..];
        rest.iter().position(|byte| !condition(*byte)).unwrap_or(rest.len())
    }

    /// Length of the rest of the line, without its end.
    pub fn line(&self) -> usize {
        self.span(|byte| byte != b'\n')
    }

    /// Length, after this many bytes, up to and with the next occurrence of a text; all the rest when there is none.
    pub fn through_from(&self, from: usize, text: &str) -> usize {
        let rest = &self.rest()[from.min(self.rest().len())..];
        let Some(first) = text.bytes().next() else { return 0 };
        let mut at = 0;
        while let Some(found) = rest[at..].iter().position(|byte| *byte == first) {
            at += found;
            if rest[at..].starts_with(text.as_bytes()) {
                return at + text.len();
            }
            at += 1;
        }
        rest.len()
    }

    /// Goes over bytes that stay plain.
    pub fn skip(&mut self, length: usize) {
        self.at = (self.at + length).min(self.text.len());
    }

    pub fn skip_blanks(&mut self) {
        self.skip(self.span(|byte| matches!(byte, b' ' | b'\t' | b'\r')));
    }

    /// Writes the next bytes as one token. A length within a character is taken up to the character's end.
    pub fn token(&mut self, class: Class, length: usize) {
        let end = self.text.ceil_char_boundary((self.at + length).min(self.text.len()));
        self.plain();
        self.out.push(class, &self.text[self.written..end]);
        (self.at, self.written) = (end, end);
    }

    /// Writes what was skipped.
    fn plain(&mut self) {
        let at = self.text.ceil_char_boundary(self.at);
        if at > self.written {
            self.out.push(Class::Plain, &self.text[self.written..at]);
        }
        (self.at, self.written) = (at, at);
    }

    pub fn finish(mut self) -> String {
        self.at = self.text.len();
        self.plain();
        self.out.finish()
    }
}

/// Letters, digits, `_` and everything beyond ASCII.
pub fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}
