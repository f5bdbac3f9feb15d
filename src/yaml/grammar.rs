//! Tokens in, nodes out: the first document of the text, as much of it as could be read.

use std::collections::HashMap;

use super::build::{Builder, Shape};
use super::scanner::{Result, Scanner, Token, TokenKind};
use super::{Content, Document, Edge, Problem, Tag};

/// Reads the first document.
pub fn read(text: &str) -> Document {
    let control = text.char_indices().find(|(_, char)| !is_allowed(*char));
    let readable = &text[..control.map_or(text.len(), |(offset, _)| offset)];
    let mut builder = Builder {
        scanner: Scanner::new(readable),
        nodes: Vec::with_capacity((text.len() / 16).min(256)),
        root: None,
        open: Vec::new(),
        anchors: HashMap::new(),
        tags: HashMap::new(),
        end: 0,
    };
    let read = builder.document();
    let read = builder.scanner.failed.take().map_or(read, Err);
    builder.close_all();
    let rest = match &read {
        Ok(rest) => rest.filter(|rest| *rest < readable.len()),
        Err(_) => None,
    };
    let mut problems = std::mem::take(&mut builder.scanner.problems);
    match (control, read) {
        // Whatever went wrong where the readable part ends went wrong because of that character.
        (Some((offset, char)), Ok(_)) if rest.is_none() => problems.push(control_problem(offset, char)),
        (Some((offset, char)), Err(problem)) if problem.range.end >= offset => {
            problems.push(control_problem(offset, char))
        }
        (_, Err(problem)) => problems.push(problem),
        _ => {}
    }
    problems.sort_by_key(|problem| problem.range.start);
    Document { problems, rest, nodes: builder.nodes, root: builder.root, ..Document::default() }
}

fn is_allowed(char: char) -> bool {
    matches!(char, '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' | '\u{a0}'..='\u{fffd}' | '\u{10000}'..)
}

fn control_problem(offset: usize, char: char) -> Problem {
    Problem::new(offset..offset + char.len_utf8(), format!("control character U+{:04X}", char as u32))
        .help("remove it; in double quotes it can be written as an escape such as `\\x07`")
}

impl Builder<'_> {
    /// Returns where the text goes on after the document.
    fn document(&mut self) -> Result<Option<usize>> {
        if !self.start()? {
            return Ok(None);
        }
        if matches!(
            self.peek()?,
            TokenKind::Version { .. }
                | TokenKind::TagPrefix { .. }
                | TokenKind::DocumentStart
                | TokenKind::DocumentEnd
                | TokenKind::StreamEnd
        ) {
            self.add_empty();
        } else {
            self.node(true, false)?;
        }
        while let Some(open) = self.open.last() {
            match open.shape {
                Shape::BlockList => self.block_list()?,
                Shape::IndentlessList => self.indentless_list()?,
                Shape::BlockMap => self.block_map()?,
                Shape::FlowList => self.flow_list()?,
                Shape::FlowMap => self.flow_map()?,
                Shape::FlowPair => self.flow_pair()?,
            }
        }
        let token = self.scanner.peek()?;
        let end = (token.kind != TokenKind::StreamEnd).then_some(token.start);
        // The daemon has read a little further than the end of the document by now.
        self.scanner.failed.take().map_or(Ok(end), Err)
    }

    /// Directives and `---`. Returns whether there is a document.
    fn start(&mut self) -> Result<bool> {
        let mut version_given = false;
        let mut directives = false;
        let mut last = 0..0;
        loop {
            match self.peek()?.clone() {
                TokenKind::Version { supported } => {
                    let Token { start, end, .. } = self.take()?;
                    last = start..end;
                    if version_given {
                        self.report(Problem::new(start..end, "second `%YAML` line").help("remove it"));
                    } else if !supported {
                        self.report(
                            Problem::new(start..end, "`%YAML` with a version other than 1.1").help("remove the line"),
                        );
                    }
                    version_given = true;
                }
                TokenKind::TagPrefix { handle, prefix } => {
                    let Token { start, end, .. } = self.take()?;
                    last = start..end;
                    if self.tags.insert(handle.clone(), prefix).is_some() {
                        self.report(
                            Problem::new(start..end, format!("second `%TAG` line for `{handle}`")).help("remove it"),
                        );
                    }
                }
                TokenKind::DocumentStart => {
                    self.take()?;
                    return Ok(true);
                }
                TokenKind::StreamEnd if !directives => return Ok(false),
                kind if directives => {
                    // Nothing may follow, and nothing has no place.
                    let at = if kind == TokenKind::StreamEnd { last } else { self.place()? };
                    return Err(Problem::new(at, "expected `---` after the lines with `%`"));
                }
                TokenKind::DocumentEnd => {
                    let at = self.place()?;
                    return Err(Problem::new(at, "`...` before any content").help("remove it"));
                }
                _ => {
                    return Ok(true);
                }
            }
            directives = true;
        }
    }

    fn block_list(&mut self) -> Result<()> {
        match self.peek()? {
            TokenKind::Item => {
                self.take()?;
                match self.peek()? {
                    TokenKind::Item | TokenKind::BlockEnd => self.add_empty(),
                    _ => self.node(true, false)?,
                }
            }
            TokenKind::BlockEnd => self.close()?,
            _ => {
                return Err(self.unexpected_in_block("expected a list item", "start the line with `- `"));
            }
        }
        Ok(())
    }

    fn indentless_list(&mut self) -> Result<()> {
        if *self.peek()? != TokenKind::Item {
            self.finish();
            return Ok(());
        }
        self.take()?;
        match self.peek()? {
            TokenKind::Item | TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd => self.add_empty(),
            _ => self.node(true, false)?,
        }
        Ok(())
    }

    fn block_map(&mut self) -> Result<()> {
        let wanted = if self.key_waits() { TokenKind::Value } else { TokenKind::Key };
        if *self.peek()? == wanted {
            self.take()?;
            match self.peek()? {
                TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd => self.add_empty(),
                _ => self.node(true, true)?,
            }
        } else if self.key_waits() {
            self.add_empty();
        } else if *self.peek()? == TokenKind::BlockEnd {
            self.close()?;
        } else {
            return Err(self.unexpected_in_block("expected a key", "write `key: value`"));
        }
        Ok(())
    }

    /// An alias, a scalar, or the start of a collection, with its anchor and tag.
    pub fn node(&mut self, block: bool, indentless: bool) -> Result<()> {
        if let TokenKind::Alias(name) = self.peek()? {
            let name = name.clone();
            let Token { start, end, .. } = self.take()?;
            match self.anchors.get(&name) {
                Some(&id) => self.add(Edge { id, alias: Some((start, end)) }),
                None => {
                    self.report(
                        Problem::new(start..end, format!("no anchor `&{name}` before this alias"))
                            .help("put the value in quotes if it is text"),
                    );
                    self.add_empty();
                }
            }
            return Ok(());
        }
        let mut anchor = None;
        let mut tag = None;
        loop {
            match self.peek()? {
                TokenKind::Anchor(name) if anchor.is_none() => {
                    anchor = Some(name.clone());
                    self.take()?;
                }
                TokenKind::Tag { handle, suffix } if tag.is_none() => {
                    let (handle, suffix) = (handle.clone(), suffix.clone());
                    let Token { start, end, .. } = self.take()?;
                    tag = Some(self.tag(&handle, suffix, start, end));
                }
                _ => break,
            }
        }
        let has_properties = anchor.is_some() || tag.is_some();
        let tag = tag.flatten();
        let start = self.scanner.peek()?.start;
        match self.peek()? {
            TokenKind::Item if indentless => self.open(start, Shape::IndentlessList, anchor, tag),
            TokenKind::Scalar { .. } => {
                let Token { kind, start, end } = self.take()?;
                if let TokenKind::Scalar { text, style } = kind {
                    self.create(start, end, Content::Scalar { text, style }, anchor, tag);
                }
            }
            TokenKind::FlowList => self.open_with(Shape::FlowList, anchor, tag)?,
            TokenKind::FlowMap => self.open_with(Shape::FlowMap, anchor, tag)?,
            TokenKind::BlockList if block => self.open_with(Shape::BlockList, anchor, tag)?,
            TokenKind::BlockMap if block => self.open_with(Shape::BlockMap, anchor, tag)?,
            _ if has_properties => {
                self.create(self.end, self.end, Content::empty(), anchor, tag);
            }
            _ => return Err(self.no_value()),
        }
        Ok(())
    }

    /// The tag in its full form; none for the bare `!`.
    fn tag(&mut self, handle: &str, suffix: String, start: usize, end: usize) -> Option<Tag> {
        let prefix = match self.tags.get(handle) {
            Some(prefix) => prefix.as_str(),
            None => match handle {
                "" if suffix == "!" => return None,
                "" => "",
                "!" => "!",
                "!!" => Tag::STANDARD,
                _ => {
                    self.report(
                        Problem::new(start..end, format!("unknown tag handle `{handle}`"))
                            .help("put the value in quotes if it is text"),
                    );
                    "!"
                }
            },
        };
        Some(Tag::new(format!("{prefix}{suffix}"), start..end))
    }
}
