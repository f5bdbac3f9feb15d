//! The body of a page: nodes in, HTML out.
//!
//! `Body` walks the tree of a page and of the texts it includes. Blocks and raw HTML elements render themselves with
//! it; links come from the site's targets, ids from its anchors, so nothing is decided here.

mod flow;
mod heading;
mod ids;
mod inline;
mod links;

pub use links::{Card, encode, plain_relative, relative, safe_url};

use crate::highlight::Highlighter;
use crate::html::Html;
use crate::output::icons;
use crate::page::{Alert, Align, Kind, NodeId, Page};
use crate::site::{PageId, Site, SitePage};
use crate::source::FileId;
use crate::wording::Wording;
use crate::{blocks, elements};
use std::collections::HashSet;

/// Nodes inside one another beyond this are shown as plain text: a reader loses the marks, never the words.
const DEPTH: usize = 200;

/// The body of one page while it is written.
pub struct Body<'a> {
    pub html: Html,
    pub site: &'a Site,
    pub highlighter: &'a Highlighter,
    /// The page that is written; all addresses are relative to it.
    pub host: PageId,
    /// The text being rendered: the page's own, or one that it includes.
    pub frame: u32,
    pub page: &'a Page,
    pub file: &'a str,
    depth: usize,
    /// Annotations that were referred to and wait for their bodies: frame and name.
    notes: HashSet<(u32, &'a str)>,
    /// How many ids of this kind were given to elements that need one for themselves.
    serial: u32,
    /// The path of the file that is written; all addresses are relative to it.
    output: String,
    /// All pages of the space stand in one document: ids are made different by the page's number.
    print: bool,
    /// Text stands before the node being rendered, in its line.
    pub text_before: bool,
    /// Ids that authors gave to places of their own, and that were used.
    claimed: HashSet<&'a str>,
    /// How high the images were so far, in pixels of the text's column.
    pub pictured: u32,
}

/// Renders the body of a page. Never fails: what has no rendering is shown as it was written.
pub fn body(site: &Site, highlighter: &Highlighter, host: PageId) -> String {
    let output = site.page(host).output.clone();
    whole(Body::new(site, highlighter, host, output, false))
}

/// Renders the body of a page as a part of the document to print.
pub fn printed(site: &Site, highlighter: &Highlighter, host: PageId) -> String {
    let prefix = &site.spaces[site.page(host).space].prefix;
    let output = crate::output::in_space(prefix, "print.html");
    whole(Body::new(site, highlighter, host, output, true))
}

/// Renders what is within a node of a page's own text.
pub fn inline_of(site: &Site, highlighter: &Highlighter, host: PageId, node: NodeId) -> String {
    let output = site.page(host).output.clone();
    let mut body = Body::new(site, highlighter, host, output, false);
    // The result stands in a heading, so it may hold what a heading may.
    body.html.open("h1", &[]);
    let start = body.html.len();
    body.children(node);
    body.html.split_off(start)
}

fn whole(mut body: Body<'_>) -> String {
    if let Some(condition) = body.page.front.condition.as_deref() {
        blocks::condition::label(&mut body, condition);
    }
    body.children(0);
    body.annotations();
    if body.html.is_empty() {
        let this = body.this();
        body.child_cards(this);
    }
    body.html.finish()
}

impl<'a> Body<'a> {
    fn new(site: &'a Site, highlighter: &'a Highlighter, host: PageId, output: String, print: bool) -> Body<'a> {
        static EMPTY: std::sync::LazyLock<Page> =
            std::sync::LazyLock::new(|| crate::parse::parse(FileId(0), "", |_| None));
        let file = site.page(host).file;
        Body {
            html: Html::default(),
            site,
            highlighter,
            host,
            frame: 0,
            page: site.text(file).unwrap_or(&EMPTY),
            file: site.sources.text(file),
            depth: 0,
            notes: HashSet::new(),
            serial: 0,
            output,
            print,
            text_before: false,
            claimed: HashSet::new(),
            pictured: 0,
        }
    }

    /// The language of the page that is written.
    pub fn language(&self) -> &'a str {
        &self.site.spaces[self.this().space].language
    }

    /// A word of the interface in that language.
    pub fn word(&self, name: &str) -> &'a str {
        Wording::new(&self.site.config, self.language()).get(name)
    }

    /// Renders the children of a node.
    pub fn children(&mut self, node: NodeId) {
        let page = self.page;
        self.siblings(page.children(node));
    }

    /// Renders nodes that stand side by side. An annotation's mark is taken with the word before it.
    pub fn siblings(&mut self, nodes: impl Iterator<Item = NodeId>) {
        let mut nodes = nodes.peekable();
        let mut text = false;
        while let Some(id) = nodes.next() {
            self.text_before = text;
            if !self.is_blank(id) {
                text = elements::image::is_text(self.page, id);
            }
            match nodes.peek().map(|next| self.page.node(*next).kind) {
                Some(Kind::NoteMark(name)) if self.annotate(id, name) => drop(nodes.next()),
                _ => self.node(id),
            }
        }
    }

    /// Renders one node with everything below it.
    pub fn node(&mut self, id: NodeId) {
        if self.depth >= DEPTH {
            let words = self.page.words(self.file, id);
            return self.html.text(&words);
        }
        self.depth += 1;
        self.render(id);
        self.depth -= 1;
    }

    fn render(&mut self, id: NodeId) {
        let page = self.page;
        let node = page.node(id);
        // Elements of raw HTML see to this themselves.
        if !matches!(node.kind, Kind::Element(_)) && self.is_block(id) && self.html.phrasing() {
            return self.flat(id);
        }
        match node.kind {
            Kind::Page => self.children(id),
            Kind::Paragraph => self.paragraph(id),
            Kind::Heading(heading) => self.heading(id, page.headings[heading as usize].level),
            Kind::Quote => self.wrap("blockquote", &[], id),
            Kind::Alert(alert) => {
                let style = match alert {
                    Alert::Note => "note",
                    Alert::Tip => "tip",
                    Alert::Important => "important",
                    Alert::Warning => "warning",
                    Alert::Caution => "caution",
                };
                let title = self.word(style);
                blocks::hint::open(self, style, None);
                self.html.element("p", &[("class", "hint-title")], title);
                self.children(id);
                blocks::hint::close(self);
            }
            Kind::BulletList => self.wrap("ul", &[], id),
            Kind::OrderedList(1) => self.wrap("ol", &[], id),
            Kind::OrderedList(start) => self.wrap("ol", &[("start", &start.to_string())], id),
            Kind::Item => {
                let task = page.children(id).any(|child| {
                    matches!(page.node(child).kind, Kind::Task(_))
                        || page.children(child).next().is_some_and(|c| matches!(page.node(c).kind, Kind::Task(_)))
                });
                self.wrap("li", if task { &[("class", "task")] } else { &[] }, id);
            }
            Kind::Rule => {
                self.html.void("hr", &[]);
                self.html.newline();
            }
            Kind::CodeBlock(code) => blocks::code::fence(self, &page.code[code as usize]),
            Kind::Table => elements::table::pipe_table(self, id),
            // Rows and cells are written by their table.
            Kind::TableHead | Kind::TableRow | Kind::Cell(_) => self.children(id),
            Kind::NoteBody(_) | Kind::End => {}
            Kind::Text => self.html.text(&self.file[node.start as usize..node.end as usize]),
            Kind::Literal(text) => self.html.text(page.string(text)),
            Kind::InlineCode(text) => self.html.element("code", &[], page.string(text)),
            Kind::Math(tex) => elements::math::render(self, page.string(tex), self.is_block(id)),
            Kind::SoftBreak => self.html.raw("\n"),
            Kind::HardBreak => self.html.raw("<br>\n"),
            Kind::Emphasis => self.wrap("em", &[], id),
            Kind::Strong => self.wrap("strong", &[], id),
            Kind::Strike => self.wrap("del", &[], id),
            Kind::Link(link) => self.link(link, id),
            Kind::Image(link) => elements::image::markdown(self, link, id),
            Kind::NoteMark(name) => self.note_mark(name),
            Kind::Task(done) => {
                let mut attrs = vec![("type", "checkbox"), ("disabled", ""), ("aria-label", self.word("task"))];
                attrs.extend(done.then_some(("checked", "")));
                self.html.void("input", &attrs);
                self.html.raw(" ");
            }
            // A call-out is no part of what heads a column or a definition.
            Kind::Tag(_) if self.is_element(id) && (self.html.inside("th") || self.html.inside("dt")) => {
                self.children(id);
            }
            Kind::Tag(tag) => {
                let tag = &page.tags[tag as usize];
                match blocks::find(&tag.name) {
                    Some(block) => (block.render)(self, id, tag),
                    None if tag.name.starts_with('@') => blocks::integration::render(self, id, tag),
                    None => self.as_written(id),
                }
            }
            Kind::Element(tag) => elements::render(self, id, &page.tags[tag as usize]),
            // An HTML end tag without a start would show nothing in a browser either.
            Kind::Stray if self.is_element(id) => {}
            Kind::Stray => self.stray(node.start, node.end),
        }
    }

    /// An element around a node's children.
    pub fn wrap(&mut self, name: &'static str, attrs: &[(&str, &str)], id: NodeId) {
        self.html.open(name, attrs);
        self.children(id);
        self.html.close();
        if matches!(name, "ul" | "ol" | "li" | "blockquote" | "p" | "div") {
            self.html.newline();
        }
    }

    pub fn this(&self) -> &'a SitePage {
        self.site.page(self.host)
    }

    /// An unknown tag as the author wrote it, around whatever it holds.
    fn as_written(&mut self, id: NodeId) {
        let page = self.page;
        let node = page.node(id);
        self.stray(node.start, node.end);
        self.children(id);
        let last = page.children(id).last().map(|child| page.node(child));
        if let Some(end) = last.filter(|last| last.kind == Kind::End) {
            self.stray(end.start, end.end);
        }
    }

    fn stray(&mut self, start: u32, end: u32) {
        let text = &self.file[start as usize..end as usize];
        self.html.element("code", &[("class", "stray-tag")], text);
    }

    /// Renders another text in place: what the tag at `node` includes. False when it could not be found.
    pub fn include(&mut self, node: NodeId) -> bool {
        let Some(frame) = self.site.frame(self.host, self.frame, node) else { return false };
        let file = self.this().frames[frame as usize].file;
        let Some(page) = self.site.text(file) else { return false };
        let outer = (self.frame, self.page, self.file);
        (self.frame, self.page, self.file) = (frame, page, self.site.sources.text(file));
        self.children(0);
        (self.frame, self.page, self.file) = outer;
        true
    }

    /// A Font Awesome icon that an author names; decoration only. An unknown one is left out, so that it leaves no gap.
    pub fn icon(&mut self, name: &str, colour: Option<&str>) {
        if let Some(icon) = icons::inline(name, colour) {
            self.html.raw(&icon);
        }
    }

    /// An icon of the theme, which the style sheet brings.
    pub fn theme_icon(&mut self, name: &str) {
        self.html.element("span", &[("class", &format!("icon icon-{name}")), ("aria-hidden", "true")], "");
    }

    /// Whether all pages of the space stand in one document.
    pub fn print(&self) -> bool {
        self.print
    }

    /// A number that is used once on the page.
    pub fn serial(&mut self) -> u32 {
        self.serial += 1;
        self.serial
    }

    /// A page without text shows its subpages, as GitBook does.
    fn child_cards(&mut self, this: &'a SitePage) {
        for child in this.children.iter().filter(|child| !self.site.page(**child).hidden) {
            self.page_card(*child);
        }
    }
}

/// `fa-solid fa-bolt` and `fa-bolt` are the icon `bolt`.
pub fn icon_name(name: &str) -> String {
    let word =
        name.split_whitespace().rfind(|word| !matches!(*word, "fa-solid" | "fa-regular" | "fa-brands")).unwrap_or("");
    let word = word.strip_prefix("fa-").unwrap_or(word);
    word.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect::<String>().to_ascii_lowercase()
}

/// The class for a text alignment.
pub fn align_class(align: Align) -> Option<&'static str> {
    match align {
        Align::None => None,
        Align::Left => Some("left"),
        Align::Center => Some("center"),
        Align::Right => Some("right"),
    }
}

/// The direction of a language's script, where the book does not say it.
pub fn text_direction(language: &str, configured: Option<&str>) -> &'static str {
    let code = language.split(['-', '_']).next().unwrap_or_default();
    match configured {
        Some("rtl") => "rtl",
        Some("ltr") => "ltr",
        _ if matches!(code, "ar" | "fa" | "he" | "ur" | "ps" | "sd" | "ug" | "yi" | "dv" | "ku") => "rtl",
        _ => "ltr",
    }
}
