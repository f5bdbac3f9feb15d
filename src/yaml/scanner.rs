//! YAML text in, tokens out: indentation becomes tokens, and `:` finds the key that it belongs to.
//!
//! A key is known to be one only when its `:` is seen, so a place where a key could have begun is
//! remembered, and its token is put in front of tokens that are already in the queue.

use std::collections::VecDeque;

use super::keys::PossibleKey;
use super::{Problem, Style};

pub type Result<T> = std::result::Result<T, Problem>;

/// Nesting beyond this is refused, for brackets and for indentation.
const MAX_DEPTH: usize = 10_000;
/// A place in the text. `column` counts characters, `offset` counts bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Mark {
    pub offset: usize,
    pub line: usize,
    pub column: usize,
}

#[derive(Clone, Debug)]
pub struct Token {
    pub kind: TokenKind,
    pub start: usize,
    pub end: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub enum TokenKind {
    Version { supported: bool },
    TagPrefix { handle: String, prefix: String },
    DocumentStart,
    DocumentEnd,
    StreamEnd,
    BlockList,
    BlockMap,
    BlockEnd,
    FlowList,
    FlowListEnd,
    FlowMap,
    FlowMapEnd,
    Item,
    Comma,
    Key,
    Value,
    Alias(String),
    Anchor(String),
    Tag { handle: String, suffix: String },
    Scalar { text: String, style: Style },
}

const STREAM_END: Token = Token { kind: TokenKind::StreamEnd, start: 0, end: 0 };

pub struct Scanner<'t> {
    pub(super) text: &'t str,
    pub(super) at: Mark,
    /// The column of the innermost block collection, -1 outside of any.
    pub(super) indent: isize,
    indents: Vec<isize>,
    /// One for the block context and one for each open bracket.
    pub(super) keys: Vec<PossibleKey>,
    pub(super) key_allowed: bool,
    pub(super) queue: VecDeque<Token>,
    pub(super) taken: usize,
    ended: bool,
    /// The problem that ended the reading; tokens before it may still be in the queue.
    pub failed: Option<Problem>,
    /// Problems after which reading went on.
    pub problems: Vec<Problem>,
}

impl<'t> Scanner<'t> {
    pub fn new(text: &'t str) -> Self {
        let mark = Mark { offset: if text.starts_with('\u{feff}') { 3 } else { 0 }, ..Mark::default() };
        Scanner {
            text,
            at: mark,
            indent: -1,
            indents: Vec::new(),
            keys: vec![PossibleKey { possible: false, required: false, token: 0, mark }],
            key_allowed: true,
            queue: VecDeque::new(),
            taken: 0,
            ended: false,
            failed: None,
            problems: Vec::new(),
        }
    }

    /// The next token. It stays the next one until it is taken.
    pub fn peek(&mut self) -> Result<&Token> {
        // Two tokens more than needed are read, as the daemon does to place comments; it decides
        // whether an error right behind the first document is seen.
        while !self.ended && self.failed.is_none() {
            let more = match self.first_may_become_key() {
                Ok(undecided) if undecided || self.queue.len() < 3 => self.fetch(),
                Ok(_) => break,
                Err(problem) => Err(problem),
            };
            if let Err(problem) = more {
                self.failed = Some(problem);
            }
        }
        match (self.queue.front(), &self.failed) {
            (None, Some(problem)) => Err(problem.clone()),
            (token, _) => Ok(token.unwrap_or(&STREAM_END)),
        }
    }

    pub fn take(&mut self) -> Result<Token> {
        self.peek()?;
        self.taken += 1;
        Ok(self.queue.pop_front().unwrap_or(STREAM_END))
    }

    pub(super) fn in_flow(&self) -> bool {
        self.keys.len() > 1
    }

    fn fetch(&mut self) -> Result<()> {
        self.skip_to_token();
        self.unroll_indent(self.at.column as isize);
        let Some(first) = self.byte(0) else {
            return self.fetch_end();
        };
        if self.at.column == 0 {
            if first == b'%' {
                self.fetch_document_boundary()?;
                let token = self.scan_directive()?;
                self.queue.push_back(token);
                return Ok(());
            }
            if let Some(kind) = self.document_indicator() {
                self.fetch_document_boundary()?;
                self.punctuation(kind, 3);
                return Ok(());
            }
        }
        let flow = self.in_flow();
        let spaced = self.blank_or_end(1);
        match first {
            b'[' => self.open(TokenKind::FlowList)?,
            b'{' => self.open(TokenKind::FlowMap)?,
            b']' => self.close(TokenKind::FlowListEnd)?,
            b'}' => self.close(TokenKind::FlowMapEnd)?,
            b',' => {
                self.remove_key()?;
                self.key_allowed = true;
                self.punctuation(TokenKind::Comma, 1);
            }
            b'-' if spaced => {
                self.fetch_item()?;
                // A comment behind `-` belongs to the item; it is skipped like a line of its own.
                return Ok(());
            }
            b'?' if flow || spaced => self.fetch_key()?,
            b':' if flow || spaced => self.fetch_value()?,
            b'*' | b'&' => {
                self.save_key()?;
                self.key_allowed = false;
                let token = self.scan_anchor()?;
                self.queue.push_back(token);
            }
            b'!' => {
                self.save_key()?;
                self.key_allowed = false;
                let token = self.scan_tag()?;
                self.queue.push_back(token);
            }
            b'|' | b'>' if !flow => {
                self.remove_key()?;
                self.key_allowed = true;
                let token = self.scan_block_scalar()?;
                self.queue.push_back(token);
            }
            b'\'' | b'"' => {
                self.save_key()?;
                self.key_allowed = false;
                let token = self.scan_quoted()?;
                self.queue.push_back(token);
            }
            _ if self.plain_may_start(first) => {
                self.save_key()?;
                self.key_allowed = false;
                let token = self.scan_plain();
                self.queue.push_back(token);
            }
            _ => return Err(self.cannot_start(first)),
        }
        self.skip_line_comment();
        Ok(())
    }

    fn plain_may_start(&self, first: u8) -> bool {
        match first {
            b' ' | b'\t' | b',' | b'[' | b']' | b'{' | b'}' | b'#' | b'&' | b'*' | b'!' | b'|' | b'>' | b'\''
            | b'"' | b'%' | b'@' | b'`' => false,
            b'-' => !matches!(self.byte(1), Some(b' ' | b'\t')),
            b'?' | b':' => !self.in_flow() && !self.blank_or_end(1),
            _ => true,
        }
    }

    fn cannot_start(&self, first: u8) -> Problem {
        let start = self.at.offset;
        let tabs = self.text[start..].bytes().take_while(|byte| *byte == b'\t').count();
        match first {
            b'\t' => Problem::new(start..start + tabs, "tab used for indentation").help("use spaces"),
            b'|' | b'>' => Problem::new(start..start + 1, format!("`{}` inside brackets", first as char))
                .help("put the value in quotes"),
            b'`' => Problem::new(start..start + 1, "backquote at the start of a value").help("put the value in quotes"),
            _ => Problem::new(start..start + 1, format!("`{}` cannot start a value", first as char))
                .help("put the value in quotes"),
        }
    }

    fn fetch_end(&mut self) -> Result<()> {
        self.unroll_indent(-1);
        self.remove_key()?;
        self.key_allowed = false;
        self.punctuation(TokenKind::StreamEnd, 0);
        self.ended = true;
        Ok(())
    }

    fn fetch_document_boundary(&mut self) -> Result<()> {
        self.unroll_indent(-1);
        self.remove_key()?;
        self.key_allowed = false;
        Ok(())
    }

    fn open(&mut self, kind: TokenKind) -> Result<()> {
        self.save_key()?;
        if self.keys.len() > MAX_DEPTH {
            return Err(self.too_deep());
        }
        let token = self.taken + self.queue.len();
        self.keys.push(PossibleKey { possible: false, required: false, token, mark: self.at });
        self.key_allowed = true;
        self.punctuation(kind, 1);
        Ok(())
    }

    fn close(&mut self, kind: TokenKind) -> Result<()> {
        self.remove_key()?;
        if self.in_flow() {
            self.keys.pop();
        }
        self.key_allowed = false;
        self.punctuation(kind, 1);
        Ok(())
    }

    fn fetch_item(&mut self) -> Result<()> {
        if !self.in_flow() {
            if !self.key_allowed {
                let start = self.at.offset;
                return Err(Problem::new(start..start + 1, "list item cannot start here")
                    .help("start the list on a line of its own, or put the value in quotes"));
            }
            self.roll_indent(self.at.column, None, TokenKind::BlockList, self.at.offset)?;
        }
        self.remove_key()?;
        self.key_allowed = true;
        self.punctuation(TokenKind::Item, 1);
        Ok(())
    }

    fn fetch_key(&mut self) -> Result<()> {
        if !self.in_flow() {
            if !self.key_allowed {
                let start = self.at.offset;
                return Err(Problem::new(start..start + 1, "`?` inside a value").help("put the value in quotes"));
            }
            self.roll_indent(self.at.column, None, TokenKind::BlockMap, self.at.offset)?;
        }
        self.remove_key()?;
        self.key_allowed = !self.in_flow();
        self.punctuation(TokenKind::Key, 1);
        Ok(())
    }

    fn fetch_value(&mut self) -> Result<()> {
        let level = self.keys.len() - 1;
        if self.key_is_possible(level)? {
            let key = self.keys[level];
            let start = key.mark.offset;
            let token = Token { kind: TokenKind::Key, start, end: start };
            self.insert(key.token, token);
            self.roll_indent(key.mark.column, Some(key.token), TokenKind::BlockMap, start)?;
            self.keys[level].possible = false;
            self.key_allowed = false;
        } else {
            if !self.in_flow() {
                if !self.key_allowed {
                    return Err(self.colon_in_value());
                }
                self.roll_indent(self.at.column, None, TokenKind::BlockMap, self.at.offset)?;
            }
            self.key_allowed = !self.in_flow();
        }
        self.punctuation(TokenKind::Value, 1);
        Ok(())
    }

    fn colon_in_value(&self) -> Problem {
        let colon = self.at.offset;
        match self.queue.back() {
            Some(Token { kind: TokenKind::Scalar { style: Style::Plain, .. }, start, end })
                if self.text[*start..*end].contains(['\n', '\r']) =>
            {
                let line = self.text[..colon].rfind(['\n', '\r']).map_or(0, |line_end| line_end + 1);
                let key = colon - self.text[line..colon].trim_start().len();
                Problem::new(key..colon + 1, "key inside a value that began on a line above")
                    .help("indent the key like the keys beside it, or put the value in quotes")
            }
            _ => Problem::new(colon..colon + 1, "`:` inside a value")
                .help("put the value in quotes, or the key on its own line"),
        }
    }

    fn insert(&mut self, number: usize, token: Token) {
        let index = number.saturating_sub(self.taken).min(self.queue.len());
        self.queue.insert(index, token);
    }

    /// Begins a block collection when `column` is right of the one around it.
    fn roll_indent(&mut self, column: usize, number: Option<usize>, kind: TokenKind, start: usize) -> Result<()> {
        if self.in_flow() || self.indent >= column as isize {
            return Ok(());
        }
        if self.indents.len() >= MAX_DEPTH {
            return Err(self.too_deep());
        }
        self.indents.push(self.indent);
        self.indent = column as isize;
        let number = number.unwrap_or(self.taken + self.queue.len());
        self.insert(number, Token { kind, start, end: start });
        Ok(())
    }

    /// Ends the block collections that are right of `column`.
    fn unroll_indent(&mut self, column: isize) {
        while !self.in_flow() && self.indent > column {
            self.punctuation(TokenKind::BlockEnd, 0);
            self.indent = self.indents.pop().unwrap_or(-1);
        }
    }

    fn too_deep(&self) -> Problem {
        let start = self.at.offset;
        Problem::new(start..start + 1, "more than 10,000 levels inside one another")
    }

    /// Appends a token of `len` ASCII characters at the current place.
    fn punctuation(&mut self, kind: TokenKind, len: usize) {
        let start = self.at.offset;
        for _ in 0..len {
            self.advance();
        }
        self.queue.push_back(Token { kind, start, end: self.at.offset });
    }
}
