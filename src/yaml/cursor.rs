//! A place in the text in; what stands there, and moving on.

use std::ops::Range;

use super::scanner::{Scanner, TokenKind};

/// Line ends: the usual ones, NEL, and the two of Unicode.
const BREAKS: [char; 5] = ['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'];

impl Scanner<'_> {
    pub(super) fn byte(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at.offset + ahead).copied()
    }

    /// The length in bytes of the line end at the current place, 0 if there is none.
    pub(super) fn break_len(&self) -> usize {
        self.break_len_at(0)
    }

    fn break_len_at(&self, ahead: usize) -> usize {
        match self.text.as_bytes().get(self.at.offset + ahead..) {
            Some([b'\r', b'\n', ..] | [0xc2, 0x85, ..]) => 2,
            Some([b'\r' | b'\n', ..]) => 1,
            Some([0xe2, 0x80, 0xa8 | 0xa9, ..]) => 3,
            _ => 0,
        }
    }

    /// Whether a blank, a line end or the end of the text is `ahead` bytes further on.
    pub(super) fn blank_or_end(&self, ahead: usize) -> bool {
        matches!(self.byte(ahead), None | Some(b' ' | b'\t')) || self.break_len_at(ahead) > 0
    }

    pub(super) fn blank(&self) -> bool {
        matches!(self.byte(0), Some(b' ' | b'\t'))
    }

    /// `---` or `...` alone at the start of the line.
    pub(super) fn document_indicator(&self) -> Option<TokenKind> {
        let rest = &self.text.as_bytes()[self.at.offset..];
        let kind = match rest {
            [b'-', b'-', b'-', ..] => TokenKind::DocumentStart,
            [b'.', b'.', b'.', ..] => TokenKind::DocumentEnd,
            _ => return None,
        };
        (self.at.column == 0 && self.blank_or_end(3)).then_some(kind)
    }

    pub(super) fn char(&self) -> Option<char> {
        self.text[self.at.offset..].chars().next()
    }

    /// One character on, not over a line end.
    pub(super) fn advance(&mut self) {
        if let Some(char) = self.char() {
            self.at.offset += char.len_utf8();
            self.at.column += 1;
        }
    }

    /// Copies one character.
    pub(super) fn read(&mut self, out: &mut String) {
        out.extend(self.char());
        self.advance();
    }

    /// Copies the letters, digits and the like from here on, perhaps none: a character of text and nothing else,
    /// whatever kind of scalar it stands in.
    pub(super) fn read_letters(&mut self, out: &mut String) {
        let length = self.run(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'/'));
        out.push_str(&self.text[self.at.offset..self.at.offset + length]);
        self.pass(length);
    }

    /// Copies what is no line end, up to the next character that may be one.
    pub(super) fn read_ascii(&mut self, out: &mut String) {
        let length = self.run(|byte| matches!(byte, b' '..=b'~' | b'\t'));
        out.push_str(&self.text[self.at.offset..self.at.offset + length]);
        self.pass(length);
    }

    /// How many of the next bytes, all of them ASCII, are like this.
    fn run(&self, like: impl Fn(u8) -> bool) -> usize {
        self.text.as_bytes()[self.at.offset..].iter().take_while(|byte| like(**byte)).count()
    }

    /// Over as many characters of ASCII, none of them a line end.
    fn pass(&mut self, length: usize) {
        self.at.offset += length;
        self.at.column += length;
    }

    /// Over the line end at the current place, if there is one.
    pub(super) fn advance_line(&mut self) {
        let len = self.break_len();
        if len == 0 {
            return;
        }
        self.at.offset += len;
        self.at.line += 1;
        self.at.column = 0;
    }

    /// Copies a line end as the value has it: all are `\n` but the two of Unicode.
    pub(super) fn read_line(&mut self, out: &mut String) {
        match self.break_len() {
            0 => return,
            3 => out.extend(self.char()),
            _ => out.push('\n'),
        }
        self.advance_line();
    }

    /// From `start` to the end of its line, blanks at the end excluded, at least one character.
    pub(super) fn line_rest(&self, start: usize) -> Range<usize> {
        let rest = &self.text[start..];
        let line = rest.split(BREAKS).next().unwrap_or(rest).trim_end();
        let least = rest.chars().next().map_or(0, char::len_utf8);
        start..start + line.len().max(least)
    }

    /// Skips blanks, comments and line ends. A tab is skipped only where no key can begin.
    pub(super) fn skip_to_token(&mut self) {
        loop {
            self.pass(self.run(|byte| byte == b' '));
            while self.byte(0) == Some(b'\t') && (self.in_flow() || !self.key_allowed) {
                self.pass(1);
                self.pass(self.run(|byte| byte == b' '));
            }
            if self.byte(0) == Some(b'#') {
                self.skip_comments();
            }
            if self.break_len() == 0 {
                return;
            }
            self.advance_line();
            self.key_allowed |= !self.in_flow();
        }
    }

    /// Skips a comment and the comment lines that follow it, whatever blanks are between them.
    pub(super) fn skip_comments(&mut self) {
        loop {
            self.skip_line();
            let rest = &self.text[self.at.offset..];
            let next = rest.trim_start_matches([' ', '\t', '\n', '\r']);
            if !next.starts_with('#') {
                return;
            }
            let comment = self.at.offset + rest.len() - next.len();
            while self.at.offset < comment {
                if self.break_len() > 0 { self.advance_line() } else { self.advance() }
            }
        }
    }

    /// Skips a comment behind a token on its line; here a tab may come before it.
    pub(super) fn skip_line_comment(&mut self) {
        let before = self.text[..self.at.offset].trim_end_matches([' ', '\t']);
        if before.ends_with(BREAKS) {
            return;
        }
        let blanks = self.text[self.at.offset..].bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        if self.byte(blanks) == Some(b'#') {
            self.skip_line();
        }
    }

    /// To the end of the line.
    pub(super) fn skip_line(&mut self) {
        loop {
            self.pass(self.run(|byte| matches!(byte, b' '..=b'~' | b'\t')));
            if self.byte(0).is_none() || self.break_len() > 0 {
                return;
            }
            self.advance();
        }
    }

    pub(super) fn skip_blanks(&mut self) {
        self.pass(self.run(|byte| matches!(byte, b' ' | b'\t')));
    }
}
