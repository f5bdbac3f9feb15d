//! The Markdown of a description in a specification in, HTML out.
//!
//! A description knows nothing of the page that shows it: its links lead to other sites or nowhere, its headings are
//! bold lines, it has no ids, and GitBook's tags are text.

use super::frame;
use crate::page::{Kind, NodeId, Page};
use crate::parse;
use crate::render::{Body, align_class, safe_url};
use crate::source::FileId;

/// Nodes inside one another beyond this are shown as plain text.
const DEPTH: usize = 60;

/// Writes a description as blocks.
pub fn blocks(out: &mut Body<'_>, text: &str) {
    let page = parse::parse(FileId(u32::MAX), text, |_| None);
    Describer { out, page: &page, text, depth: 0 }.children(0);
}

/// The words of a description when they are one line, which a summary can hold.
pub fn line(text: &str) -> Option<String> {
    let text = text.trim();
    if text.contains('\n') || text.len() > 120 {
        return None;
    }
    let page = parse::parse(FileId(u32::MAX), text, |_| None);
    let mut children = page.children(0);
    let only = children.next().filter(|id| page.node(*id).kind == Kind::Paragraph)?;
    children.next().is_none().then(|| page.words(text, only))
}

struct Describer<'d, 'a> {
    out: &'d mut Body<'a>,
    page: &'d Page,
    text: &'d str,
    depth: usize,
}

impl Describer<'_, '_> {
    fn children(&mut self, node: NodeId) {
        let page = self.page;
        for child in page.children(node) {
            if self.depth >= DEPTH {
                let words = page.words(self.text, child);
                self.out.html.text(&words);
            } else {
                self.depth += 1;
                self.node(child);
                self.depth -= 1;
            }
        }
    }

    fn wrap(&mut self, name: &'static str, attrs: &[(&str, &str)], node: NodeId) {
        self.out.html.open(name, attrs);
        self.children(node);
        self.out.html.close();
        if matches!(name, "p" | "li" | "ul" | "ol" | "blockquote") {
            self.out.html.newline();
        }
    }

    fn node(&mut self, id: NodeId) {
        let page = self.page;
        let node = page.node(id);
        let written = &self.text[node.start as usize..node.end as usize];
        match node.kind {
            Kind::Page => self.children(id),
            Kind::Tag(tag) => {
                let tag = &page.tags[tag as usize];
                self.out.html.text(&self.text[tag.start as usize..tag.end as usize]);
                self.children(id);
            }
            Kind::Paragraph => self.wrap("p", &[], id),
            Kind::Heading(_) => {
                self.out.html.open("p", &[("class", "api-heading")]);
                self.wrap("strong", &[], id);
                self.out.html.close();
            }
            Kind::Quote | Kind::Alert(_) => self.wrap("blockquote", &[], id),
            Kind::BulletList => self.wrap("ul", &[], id),
            Kind::OrderedList(start) => self.wrap("ol", &[("start", &start.to_string())], id),
            Kind::Item => self.wrap("li", &[], id),
            Kind::Rule => self.out.html.void("hr", &[]),
            Kind::CodeBlock(code) => {
                let code = &page.code[code as usize];
                frame::code(self.out, &code.language, None, &code.text.text(self.text));
            }
            Kind::Table => self.table(id),
            Kind::TableHead | Kind::TableRow | Kind::Cell(_) => self.children(id),
            Kind::Text | Kind::NoteMark(_) => self.out.html.text(written),
            Kind::Literal(text) => self.out.html.text(page.string(text)),
            Kind::InlineCode(text) | Kind::Math(text) => self.out.html.element("code", &[], page.string(text)),
            Kind::SoftBreak => self.out.html.raw("\n"),
            Kind::HardBreak => self.out.html.raw("<br>\n"),
            Kind::Emphasis => self.wrap("em", &[], id),
            Kind::Strong => self.wrap("strong", &[], id),
            Kind::Strike => self.wrap("del", &[], id),
            Kind::Link(link) => self.link(&page.links[link as usize].dest, id),
            Kind::Task(done) => self.out.html.text(if done { "☑ " } else { "☐ " }),
            // A picture of another site would be a request to it.
            Kind::Image(_) | Kind::NoteBody(_) => self.children(id),
            Kind::Element(tag) => self.element(&page.tags[tag as usize].name, id),
            // End tags of HTML show nothing.
            Kind::End | Kind::Stray => {
                if !written.starts_with('<') {
                    self.out.html.text(written);
                }
            }
        }
    }

    fn link(&mut self, address: &str, id: NodeId) {
        let elsewhere = ["https://", "http://", "mailto:"].iter().any(|scheme| address.starts_with(scheme));
        if !elsewhere || self.out.html.inside("a") {
            return self.children(id);
        }
        self.wrap("a", &[("class", "external"), ("href", &safe_url(address))], id);
    }

    /// The few elements that descriptions use; of others only the content is kept.
    fn element(&mut self, name: &str, id: NodeId) {
        let page = self.page;
        let within = |name| self.out.html.inside(name);
        match name {
            "br" => self.out.html.raw("<br>"),
            "b" | "strong" => self.wrap("strong", &[], id),
            "i" | "em" => self.wrap("em", &[], id),
            "code" | "tt" => self.wrap("code", &[], id),
            "sub" => self.wrap("sub", &[], id),
            "sup" => self.wrap("sup", &[], id),
            "ul" if !within("p") => self.items("ul", id),
            "ol" if !within("p") => self.items("ol", id),
            "p" | "div" if !within("p") => self.wrap("div", &[("class", "p")], id),
            "a" => match page.node(id).kind {
                Kind::Element(tag) => self.link(page.tags[tag as usize].attr("href").unwrap_or_default(), id),
                _ => self.children(id),
            },
            "p" | "div" | "li" | "tr" => {
                self.out.html.raw("<br>");
                self.children(id);
            }
            "script" | "style" => {}
            _ => self.children(id),
        }
    }

    /// A list of raw HTML: only its items can stand in it.
    fn items(&mut self, name: &'static str, id: NodeId) {
        let page = self.page;
        self.out.html.open(name, &[]);
        for child in page.children(id) {
            if let Kind::Element(tag) = page.node(child).kind
                && &*page.tags[tag as usize].name == "li"
            {
                self.wrap("li", &[], child);
            }
        }
        self.out.html.close();
        self.out.html.newline();
    }

    fn table(&mut self, id: NodeId) {
        let page = self.page;
        let word = self.out.word("table").replace("{number}", "").trim().to_string();
        self.out.html.open("div", &[("class", "table"), ("role", "region"), ("tabindex", "0"), ("aria-label", &word)]);
        self.out.html.open("table", &[]);
        for row in page.children(id) {
            let head = page.node(row).kind == Kind::TableHead;
            self.out.html.open(if head { "thead" } else { "tbody" }, &[]);
            self.out.html.open("tr", &[]);
            for cell in page.children(row) {
                let align = if let Kind::Cell(align) = page.node(cell).kind { align_class(align) } else { None };
                let class: Vec<(&str, &str)> = align.into_iter().map(|align| ("class", align)).collect();
                self.wrap(if head { "th" } else { "td" }, &class, cell);
            }
            self.out.html.close();
            self.out.html.close();
        }
        self.out.html.close();
        self.out.html.close();
        self.out.html.newline();
    }
}
