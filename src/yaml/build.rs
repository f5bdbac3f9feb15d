//! Nodes in the order of the text in, the tree out; what is open is known at any time.

use std::collections::HashMap;

use super::scanner::{Result, Scanner, Token, TokenKind};
use super::{Content, Data, Edge, Problem, Tag};

/// A collection whose end has not been read.
pub struct Open {
    pub id: usize,
    pub shape: Shape,
    /// Where it begins, for the message that it does not end.
    pub start: usize,
    /// The key that waits for its value.
    pub key: Option<Edge>,
    /// That key stands alone in a flow map: it was not seen to be one by its `:`.
    pub lone: bool,
    /// Nothing has been read in it.
    pub empty: bool,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Shape {
    BlockList,
    /// A list whose `-` stand in the column of the key that it belongs to.
    IndentlessList,
    BlockMap,
    FlowList,
    FlowMap,
    /// `[key: value]`: a map of one entry without braces.
    FlowPair,
}

pub struct Builder<'t> {
    pub scanner: Scanner<'t>,
    pub nodes: Vec<Data>,
    pub root: Option<Edge>,
    pub open: Vec<Open>,
    pub anchors: HashMap<String, usize>,
    pub tags: HashMap<String, String>,
    /// The end of the last token that is written in the text.
    pub end: usize,
}

impl Builder<'_> {
    pub fn peek(&mut self) -> Result<&TokenKind> {
        Ok(&self.scanner.peek()?.kind)
    }

    pub fn take(&mut self) -> Result<Token> {
        let token = self.scanner.take()?;
        self.end = self.end.max(token.end);
        Ok(token)
    }

    pub fn report(&mut self, problem: Problem) {
        self.scanner.problems.push(problem);
    }

    pub fn key_waits(&self) -> bool {
        self.open.last().is_some_and(|open| open.key.is_some())
    }

    pub fn create(
        &mut self,
        start: usize,
        end: usize,
        content: Content,
        anchor: Option<String>,
        tag: Option<Tag>,
    ) -> usize {
        let id = self.nodes.len();
        if let Some(name) = &anchor {
            self.anchors.insert(name.clone(), id);
        }
        self.nodes.push(Data { span: start..end, content, anchor, tag });
        self.add(Edge { id, alias: None });
        id
    }

    pub fn add_empty(&mut self) {
        self.create(self.end, self.end, Content::empty(), None, None);
    }

    /// Puts a node where the text has it: in the innermost open collection.
    pub fn add(&mut self, edge: Edge) {
        let Some(open) = self.open.last_mut() else {
            self.root = Some(edge);
            return;
        };
        open.empty = false;
        match &mut self.nodes[open.id].content {
            Content::List(items) => items.push(edge),
            Content::Map(entries) => match open.key.take() {
                Some(key) => entries.push((key, edge)),
                None => open.key = Some(edge),
            },
            Content::Scalar { .. } => {}
        }
    }

    pub fn open(&mut self, start: usize, shape: Shape, anchor: Option<String>, tag: Option<Tag>) {
        let content = match shape {
            Shape::BlockList | Shape::IndentlessList | Shape::FlowList => Content::List(Vec::new()),
            Shape::BlockMap | Shape::FlowMap | Shape::FlowPair => Content::Map(Vec::new()),
        };
        let id = self.create(start, start, content, anchor, tag);
        self.open.push(Open { id, shape, start, key: None, lone: false, empty: true });
    }

    /// Passes the token that starts a collection and opens it.
    pub fn open_with(&mut self, shape: Shape, anchor: Option<String>, tag: Option<Tag>) -> Result<()> {
        let Token { start, .. } = self.take()?;
        self.open(start, shape, anchor, tag);
        Ok(())
    }

    /// Passes the token that ends the innermost collection and closes it.
    pub fn close(&mut self) -> Result<()> {
        let token = self.scanner.take()?;
        if token.kind != TokenKind::BlockEnd {
            self.end = token.end;
        }
        self.finish();
        Ok(())
    }

    pub fn finish(&mut self) {
        if let Some(open) = self.open.pop() {
            let span = &mut self.nodes[open.id].span;
            span.end = self.end.max(span.start);
        }
    }

    /// After an error: what is open ends here, and a key without a value has an empty one.
    pub fn close_all(&mut self) {
        while !self.open.is_empty() {
            if self.key_waits() {
                self.add_empty();
            }
            self.finish();
        }
    }
}
