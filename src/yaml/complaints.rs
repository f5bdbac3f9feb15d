//! A token that cannot stand where it stands in, what the author is told out.

use std::ops::Range;

use super::Problem;
use super::build::{Builder, Shape};
use super::scanner::{Result, Token, TokenKind};

impl Builder<'_> {
    /// The next token, or the last character of the text when there is none.
    pub fn place(&mut self) -> Result<Range<usize>> {
        let Token { start, end, .. } = *self.scanner.peek()?;
        Ok(if end > start {
            start..end
        } else {
            self.scanner.line_rest(start)
        })
    }

    pub fn unexpected_in_block(&mut self, message: &str, help: &str) -> Problem {
        let at = match self.place() {
            Ok(at) => at,
            Err(problem) => return problem,
        };
        let same_line = !self.scanner.text[self.end.min(at.start)..at.start].contains(['\n', '\r']);
        if same_line && self.end > 0 {
            Problem::new(
                self.scanner.line_rest(at.start),
                "text after the end of the value",
            )
            .help("put the whole value in one pair of quotes")
        } else {
            Problem::new(self.scanner.line_rest(at.start), message).help(help)
        }
    }

    pub fn missing_end(&mut self, bracket: &str) -> Problem {
        let start = self.open.last().map_or(0, |open| open.start);
        match self.scanner.peek() {
            Err(problem) => problem.clone(),
            Ok(token) if token.kind == TokenKind::StreamEnd => {
                Problem::new(start..start + 1, format!("missing {bracket}"))
                    .help(format!("close it with {bracket}"))
            }
            Ok(token) => {
                let (start, end) = (token.start, token.end);
                let at = if end > start {
                    start..end
                } else {
                    self.scanner.line_rest(start)
                };
                Problem::new(at, format!("missing `,` or {bracket}"))
                    .help("separate the entries by commas, and put text with brackets or commas in quotes")
            }
        }
    }

    pub fn no_value(&mut self, kind: &TokenKind) -> Problem {
        let at = match self.place() {
            Ok(at) => at,
            Err(problem) => return problem,
        };
        let flow = self
            .open
            .iter()
            .rev()
            .find(|open| matches!(open.shape, Shape::FlowList | Shape::FlowMap));
        match kind {
            TokenKind::StreamEnd => match flow {
                Some(open) => {
                    let bracket = if open.shape == Shape::FlowList {
                        "`]`"
                    } else {
                        "`}`"
                    };
                    Problem::new(open.start..open.start + 1, format!("missing {bracket}"))
                        .help(format!("close it with {bracket}"))
                }
                None => Problem::new(at, "expected a value"),
            },
            TokenKind::Alias(_) => {
                Problem::new(at, "anchor or tag before an alias").help("remove one of the two")
            }
            TokenKind::Anchor(_) | TokenKind::Tag { .. } => {
                Problem::new(at, "second anchor or tag for one value").help("remove one of them")
            }
            _ => {
                let message = format!(
                    "expected a value before `{}`",
                    &self.scanner.text[at.clone()]
                );
                Problem::new(at, message).help("put the value in quotes if it is text")
            }
        }
    }
}
