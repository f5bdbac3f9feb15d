//! One step in a collection in brackets: tokens in, nodes out.

use super::build::{Builder, Shape};
use super::scanner::{Result, Token, TokenKind};

impl Builder<'_> {
    pub fn flow_list(&mut self) -> Result<()> {
        if !self.flow_entry(&TokenKind::FlowListEnd, "`]`")? {
            return Ok(());
        }
        match self.peek()? {
            TokenKind::Key => {
                let Token { start, .. } = self.take()?;
                self.open(start, Shape::FlowPair, None, None);
                match self.peek()? {
                    TokenKind::Value | TokenKind::Comma | TokenKind::FlowListEnd => {
                        // The daemon's parser loses this token, so `[? : a]` is an error there.
                        self.take()?;
                        self.add_empty();
                    }
                    _ => self.node(false, false)?,
                }
            }
            TokenKind::FlowListEnd => self.close()?,
            _ => self.node(false, false)?,
        }
        Ok(())
    }

    /// The value of `[key: value]`, whose key is there; then its end.
    pub fn flow_pair(&mut self) -> Result<()> {
        if !self.key_waits() {
            self.finish();
            return Ok(());
        }
        self.flow_value()
    }

    pub fn flow_map(&mut self) -> Result<()> {
        if self.key_waits() {
            if self.open.last().is_some_and(|open| open.lone) {
                self.add_empty();
                return Ok(());
            }
            return self.flow_value();
        }
        if !self.flow_entry(&TokenKind::FlowMapEnd, "`}`")? {
            return Ok(());
        }
        let lone = *self.peek()? != TokenKind::Key;
        if let Some(open) = self.open.last_mut() {
            open.lone = lone;
        }
        match self.peek()? {
            TokenKind::Key => {
                self.take()?;
                match self.peek()? {
                    TokenKind::Value | TokenKind::Comma | TokenKind::FlowMapEnd => self.add_empty(),
                    _ => self.node(false, false)?,
                }
            }
            TokenKind::FlowMapEnd => self.close()?,
            _ => self.node(false, false)?,
        }
        Ok(())
    }

    fn flow_value(&mut self) -> Result<()> {
        if *self.peek()? == TokenKind::Value {
            self.take()?;
            if !matches!(self.peek()?, TokenKind::Comma | TokenKind::FlowMapEnd | TokenKind::FlowListEnd) {
                return self.node(false, false);
            }
        }
        self.add_empty();
        Ok(())
    }

    /// The comma before an entry. Returns false when the end came instead, which is then passed.
    fn flow_entry(&mut self, end: &TokenKind, bracket: &str) -> Result<bool> {
        let first = self.open.last().is_none_or(|open| open.empty);
        if self.peek()? == end {
            self.close()?;
            return Ok(false);
        }
        if first {
            return Ok(true);
        }
        if *self.peek()? == TokenKind::Comma {
            self.take()?;
            return Ok(true);
        }
        Err(self.missing_end(bracket))
    }
}
