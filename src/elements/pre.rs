//! `<pre><code>…</code></pre>`: code with marks in it that a fence cannot hold (GitBook's form of such a block).
//!
//! The element is read into lines of text and inline elements. Without any it is highlighted like a fence; with some,
//! only the lines that hold them stay plain.

use crate::blocks::code::{self, COLLAPSED, CodeOptions, Mark};
use crate::page::{Kind, NodeId, Tag};
use crate::render::Body;

/// Renders the element. `<strong>` around whole lines highlights them.
pub fn render<'a>(out: &mut Body<'a>, node: NodeId, tag: &'a Tag) {
    let mut reader = Reader { language: language(tag), lines: vec![Line::default()] };
    reader.children(out, node, false, 0);
    let Reader { language, mut lines } = reader;
    if lines.len() > 1 && lines[0].is_blank() {
        lines.remove(0);
    }
    while lines.len() > 1 && lines.last().is_some_and(Line::is_blank) {
        lines.pop();
    }
    let options = CodeOptions {
        title: tag.attr("data-title"),
        wrap: tag.attr("data-overflow") == Some("wrap"),
        numbers: tag.is("data-line-numbers"),
        wide: tag.is("data-full-width"),
        collapsed: tag.is("data-expandable").then_some(COLLAPSED),
    };
    let text = lines.iter().map(Line::text).collect::<Vec<_>>().join("\n");
    if lines.iter().all(|line| line.mark() == Mark::None && !line.is_rich()) {
        return code::figure(out, language, &text, &options);
    }
    let html = out.highlighter.html(language, &text).map(|html| html.to_string());
    let html = html.unwrap_or_else(|| crate::html::escape(&text));
    let count = lines.len();
    code::framed(out, language, count, &options, |out| {
        code::lines(out, &options, count, lines.iter().zip(html.split('\n')).enumerate(), |out, (at, (line, html))| {
            code::line(out, line.mark(), at + 1 == count, |out| {
                if line.is_rich() { line.write(out) } else { out.html.raw(html) }
            });
        });
    });
}

/// The language that a class names: `language-yaml` or `lang-yaml`.
pub fn language(tag: &Tag) -> &str {
    let mut classes = tag.attr("class").unwrap_or_default().split_whitespace();
    classes.find_map(|class| class.strip_prefix("language-").or(class.strip_prefix("lang-"))).unwrap_or_default()
}

/// A line of the code in pieces.
#[derive(Default)]
struct Line {
    pieces: Vec<Piece>,
}

enum Piece {
    Text {
        text: String,
        strong: bool,
    },
    /// An inline element, and the words it shows.
    Element {
        node: NodeId,
        words: String,
        strong: bool,
    },
}

impl Piece {
    fn words(&self) -> &str {
        match self {
            Piece::Text { text, .. } => text,
            Piece::Element { words, .. } => words,
        }
    }

    fn is_strong(&self) -> bool {
        match self {
            Piece::Text { strong, .. } | Piece::Element { strong, .. } => *strong,
        }
    }
}

impl Line {
    fn text(&self) -> String {
        self.pieces.iter().map(Piece::words).collect()
    }

    fn is_blank(&self) -> bool {
        self.pieces.iter().all(|piece| matches!(piece, Piece::Text { .. }) && piece.words().trim().is_empty())
    }

    /// The pieces that a reader sees.
    fn visible(&self) -> impl Iterator<Item = &Piece> {
        self.pieces.iter().filter(|piece| !piece.words().trim().is_empty())
    }

    fn mark(&self) -> Mark {
        let marked = self.visible().next().is_some() && self.visible().all(Piece::is_strong);
        if marked { Mark::Highlighted } else { Mark::None }
    }

    /// Holds more than text of one kind.
    fn is_rich(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Element { .. }))
            || (self.mark() == Mark::None && self.visible().any(Piece::is_strong))
    }

    fn write(&self, out: &mut Body<'_>) {
        let whole = self.mark() != Mark::None;
        for piece in &self.pieces {
            let strong = piece.is_strong() && !whole;
            if strong {
                out.html.open("strong", &[]);
            }
            match piece {
                Piece::Text { text, .. } => out.html.text(text),
                Piece::Element { node, .. } => out.node(*node),
            }
            if strong {
                out.html.close();
            }
        }
    }
}

struct Reader<'a> {
    language: &'a str,
    lines: Vec<Line>,
}

impl<'a> Reader<'a> {
    fn children(&mut self, out: &Body<'a>, node: NodeId, strong: bool, depth: usize) {
        for child in out.page.children(node) {
            self.node(out, child, strong, depth);
        }
    }

    fn node(&mut self, out: &Body<'a>, id: NodeId, strong: bool, depth: usize) {
        let page = out.page;
        let node = page.node(id);
        let source = &out.file[node.start as usize..node.end as usize];
        match node.kind {
            Kind::Element(_) | Kind::Tag(_) if depth > 50 => self.text(&page.words(out.file, id), strong),
            Kind::Text | Kind::Stray if !source.starts_with("</") => self.text(source, strong),
            Kind::Literal(text) | Kind::InlineCode(text) | Kind::Math(text) => self.text(page.string(text), strong),
            Kind::SoftBreak | Kind::HardBreak => self.text("\n", strong),
            Kind::End | Kind::Stray => {}
            // A tag in code is an example of one.
            Kind::Tag(tag) => {
                let tag = &page.tags[tag as usize];
                self.text(&out.file[tag.start as usize..tag.end as usize], strong);
                self.children(out, id, strong, depth + 1);
                if let Some(end) = page.children(id).last().map(|last| page.node(last)).filter(|n| n.kind == Kind::End)
                {
                    self.text(&out.file[end.start as usize..end.end as usize], strong);
                }
            }
            Kind::Element(tag) => self.element(out, id, &page.tags[tag as usize], strong, depth),
            _ => self.children(out, id, strong, depth + 1),
        }
    }

    fn element(&mut self, out: &Body<'a>, id: NodeId, tag: &'a Tag, strong: bool, depth: usize) {
        let words = out.page.words(out.file, id);
        match &*tag.name {
            "br" => self.text("\n", strong),
            "strong" | "b" => self.children(out, id, true, depth + 1),
            "code" if tag.attr("class").is_some_and(|class| class.split_whitespace().any(|c| c == "expression")) => {
                let expr = words.replace('\\', "");
                let value = crate::expr::evaluate(out.site, out.host, expr.trim());
                self.text(value.as_deref().unwrap_or(expr.trim()), strong);
            }
            "code" | "pre" | "span" | "div" | "p" => {
                if self.language.is_empty() {
                    self.language = language(tag);
                }
                self.children(out, id, strong, depth + 1);
            }
            // What goes over several lines cannot stand in one.
            _ if words.contains('\n') => self.children(out, id, strong, depth + 1),
            _ => self.push(Piece::Element { node: id, words, strong }),
        }
    }

    fn text(&mut self, text: &str, strong: bool) {
        let mut lines = text.split('\n');
        let mut part = lines.next();
        while let Some(text) = part {
            if !text.is_empty() {
                self.push(Piece::Text { text: text.to_string(), strong });
            }
            part = lines.next();
            if part.is_some() {
                self.lines.push(Line::default());
            }
        }
    }

    fn push(&mut self, piece: Piece) {
        if let Some(line) = self.lines.last_mut() {
            line.pieces.push(piece);
        }
    }
}
