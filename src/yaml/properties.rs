//! The text at an anchor, alias, tag or `%` directive in, its token out.

use super::Problem;
use super::scanner::{Result, Scanner, Token, TokenKind};

impl Scanner<'_> {
    pub(super) fn scan_anchor(&mut self) -> Result<Token> {
        let start = self.at.offset;
        let alias = self.byte(0) == Some(b'*');
        self.advance();
        let name = self.read_word();
        let end = self.at.offset;
        let ended =
            self.blank_or_end(0) || matches!(self.byte(0), Some(b'?' | b':' | b',' | b']' | b'}' | b'%' | b'@' | b'`'));
        if name.is_empty() || !ended {
            let mark = &self.text[start..start + 1];
            return Err(Problem::new(
                self.word_at(start),
                format!("`{mark}` needs a name of letters, digits, `-` and `_`"),
            )
            .help("put the value in quotes if it is text"));
        }
        let kind = if alias { TokenKind::Alias(name) } else { TokenKind::Anchor(name) };
        Ok(Token { kind, start, end })
    }

    /// `!<uri>`, `!handle!suffix`, `!suffix` or `!`.
    pub(super) fn scan_tag(&mut self) -> Result<Token> {
        let start = self.at.offset;
        let (handle, suffix) = if self.byte(1) == Some(b'<') {
            self.advance();
            self.advance();
            let uri = self.scan_uri(start, String::new())?;
            if self.byte(0) != Some(b'>') {
                return Err(Problem::new(self.word_at(start), "missing `>` at the end of the tag"));
            }
            self.advance();
            (String::new(), uri)
        } else {
            let handle = self.scan_handle();
            if handle.len() > 1 && handle.ends_with('!') {
                let suffix = self.scan_uri(start, String::new())?;
                (handle, suffix)
            } else {
                match self.scan_uri(start, handle)? {
                    suffix if suffix.is_empty() => (String::new(), "!".to_owned()),
                    suffix => ("!".to_owned(), suffix),
                }
            }
        };
        if !self.blank_or_end(0) {
            return Err(Problem::new(self.word_at(start), "no space after the tag")
                .help("put a space behind it, or put the value in quotes if it is text"));
        }
        Ok(Token { kind: TokenKind::Tag { handle, suffix }, start, end: self.at.offset })
    }

    /// `!`, then letters, then perhaps `!`.
    fn scan_handle(&mut self) -> String {
        let mut handle = String::new();
        self.read(&mut handle);
        handle.push_str(&self.read_word());
        if self.byte(0) == Some(b'!') {
            self.read(&mut handle);
        }
        handle
    }

    /// `head` is what was read as a handle but is the beginning of this, after its `!`.
    fn scan_uri(&mut self, start: usize, head: String) -> Result<String> {
        let mut uri: Vec<u8> = head.bytes().skip(1).collect();
        let before = self.at.offset;
        while let Some(byte) = self.byte(0) {
            match byte {
                b'%' => uri.push(self.scan_uri_escape(start)?),
                b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => uri.push(byte),
                _ if b"_-;/?:@&=+$.,!~*'()[]".contains(&byte) => uri.push(byte),
                _ => break,
            }
            self.advance();
        }
        if head.is_empty() && self.at.offset == before {
            return Err(Problem::new(self.word_at(start), "tag without a name"));
        }
        String::from_utf8(uri).map_err(|_| Problem::new(self.word_at(start), "tag with `%` escapes that are not UTF-8"))
    }

    /// The byte that `%41` stands for. Stops at its last digit.
    fn scan_uri_escape(&mut self, start: usize) -> Result<u8> {
        let digits = self.text.get(self.at.offset + 1..self.at.offset + 3);
        let octet = digits
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let Some(octet) = octet else {
            return Err(Problem::new(self.word_at(start), "`%` without two hexadecimal digits in a tag"));
        };
        self.advance();
        self.advance();
        Ok(octet)
    }

    pub(super) fn scan_directive(&mut self) -> Result<Token> {
        let start = self.at.offset;
        self.advance();
        let name = self.read_word();
        if name.is_empty() || !self.blank_or_end(0) {
            return Err(self.bad_directive(start));
        }
        let kind = match name.as_str() {
            "YAML" => self.scan_version(),
            "TAG" => self.scan_tag_prefix(start)?,
            _ => None,
        };
        let Some(kind) = kind else {
            return Err(self.bad_directive(start));
        };
        let end = self.at.offset;
        self.skip_blanks();
        if self.byte(0) == Some(b'#') {
            self.skip_line();
        }
        if self.byte(0).is_some() && self.break_len() == 0 {
            return Err(self.bad_directive(start));
        }
        self.advance_line();
        Ok(Token { kind, start, end })
    }

    fn bad_directive(&self, start: usize) -> Problem {
        Problem::new(self.line_rest(start), "`%` starts a directive, and this is none")
            .help("put the value in quotes if it is text")
    }

    fn scan_version(&mut self) -> Option<TokenKind> {
        self.skip_blanks();
        let major = self.read_number()?;
        if self.byte(0) != Some(b'.') {
            return None;
        }
        self.advance();
        let minor = self.read_number()?;
        Some(TokenKind::Version { supported: (major, minor) == (1, 1) })
    }

    fn read_number(&mut self) -> Option<u32> {
        let start = self.at.offset;
        while matches!(self.byte(0), Some(b'0'..=b'9')) {
            self.advance();
        }
        self.text[start..self.at.offset].parse().ok().filter(|_| self.at.offset - start <= 9)
    }

    fn scan_tag_prefix(&mut self, start: usize) -> Result<Option<TokenKind>> {
        self.skip_blanks();
        if self.byte(0) != Some(b'!') {
            return Ok(None);
        }
        let handle = self.scan_handle();
        if !handle.ends_with('!') || !self.blank() {
            return Ok(None);
        }
        self.skip_blanks();
        let prefix = self.scan_uri(start, String::new())?;
        Ok(self.blank_or_end(0).then_some(TokenKind::TagPrefix { handle, prefix }))
    }

    fn read_word(&mut self) -> String {
        let mut word = String::new();
        while matches!(self.byte(0), Some(b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'_' | b'-')) {
            self.read(&mut word);
        }
        word
    }

    /// From `start` to the next blank.
    fn word_at(&self, start: usize) -> std::ops::Range<usize> {
        let line = self.line_rest(start);
        let word = self.text[line.clone()].split([' ', '\t']).next().unwrap_or_default();
        start..start + word.len()
    }
}
