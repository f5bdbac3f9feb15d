//! A token where it cannot stand in, what the author is told out.

use std::ops::Range;

use super::Problem;
use super::build::{Builder, Shape};
use super::scanner::{Result, Token, TokenKind};

impl Builder<'_> {
    /// Where the next token is written; the rest of the line for one that marks indentation.
    pub fn place(&mut self) -> Result<Range<usize>> {
        let Token { start, end, .. } = *self.scanner.peek()?;
        Ok(if end > start { start..end } else { self.scanner.line_rest(start) })
    }

    fn next_place(&mut self) -> Result<(TokenKind, Range<usize>)> {
        Ok((self.peek()?.clone(), self.place()?))
    }

    /// Something else than the next key or item of a block collection.
    pub fn unexpected_in_block(&mut self, message: &str, help: &str) -> Problem {
        let (kind, at) = match self.next_place() {
            Ok(next) => next,
            Err(problem) => return problem,
        };
        let line = self.scanner.line_rest(at.start);
        let between = &self.scanner.text[self.end.min(at.start)..at.start];
        let same_line = self.end > 0 && !between.contains(['\n', '\r']);
        match kind {
            TokenKind::FlowListEnd | TokenKind::FlowMapEnd => self.unopened(at),
            TokenKind::Alias(_) | TokenKind::Anchor(_) | TokenKind::Tag { .. } if same_line => {
                Problem::new(at, "second anchor, tag or alias for one value")
                    .help("put the value in quotes if it is text")
            }
            _ if same_line => {
                let quote = self.scanner.text[..at.start].chars().next_back().filter(|_| between.is_empty());
                Problem::new(line, "text after the end of the value").help(match quote {
                    Some('\'') => "write `''` for a quote between single quotes",
                    Some('"') => "write `\\\"` for a quote between double quotes",
                    _ => "put the whole value in one pair of quotes",
                })
            }
            TokenKind::Item => {
                Problem::new(line, "list item in a column of its own").help("indent it like the items of the same list")
            }
            TokenKind::BlockMap => {
                Problem::new(line, "key in a column of its own").help("indent it like the keys beside it")
            }
            _ => Problem::new(line, message).help(help),
        }
    }

    /// Something else than a comma or the end of a collection in brackets.
    pub fn missing_end(&mut self, bracket: &str) -> Problem {
        let open = self.open.last().map_or(0, |open| open.start);
        let (kind, at) = match self.next_place() {
            Ok(next) => next,
            Err(problem) => return problem,
        };
        let later_line = self.scanner.text[open..at.start].contains(['\n', '\r']);
        if kind == TokenKind::StreamEnd || kind == TokenKind::Value && later_line {
            return unclosed(open, bracket);
        }
        Problem::new(at, format!("missing `,` or {bracket}"))
            .help("separate the entries by commas, and put text with brackets or commas in quotes")
    }

    /// Something that is no value.
    pub fn no_value(&mut self) -> Problem {
        let (kind, at) = match self.next_place() {
            Ok(next) => next,
            Err(problem) => return problem,
        };
        let brackets = self.open.iter().rev().find(|open| matches!(open.shape, Shape::FlowList | Shape::FlowMap));
        match (kind, brackets) {
            (TokenKind::StreamEnd, Some(open)) => {
                unclosed(open.start, if open.shape == Shape::FlowList { "`]`" } else { "`}`" })
            }
            (TokenKind::FlowListEnd | TokenKind::FlowMapEnd, _) => self.unopened(at),
            _ => {
                let message = format!("expected a value before `{}`", &self.scanner.text[at.clone()]);
                Problem::new(at, message).help("put the value in quotes if it is text")
            }
        }
    }

    fn unopened(&self, at: Range<usize>) -> Problem {
        let message = format!("`{}` closes no bracket", &self.scanner.text[at.clone()]);
        Problem::new(at, message).help("remove it, or put the value in quotes if it is text")
    }
}

fn unclosed(open: usize, bracket: &str) -> Problem {
    Problem::new(open..open + 1, format!("missing {bracket}")).help(format!("close it with {bracket}"))
}
