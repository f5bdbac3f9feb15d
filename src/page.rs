//! What one Markdown text says: a tree with places, and lists of its tags, links, headings and code.
//!
//! A page depends on its text alone and is never changed after parsing. Everything learned later (ids, titles,
//! targets) stands in side tables of the [`Site`](crate::site::Site).

pub mod cards;

use crate::diagnostic::Diagnostic;
use crate::source::{Excerpt, FileId, Span};

/// Position of a node in [`Page::nodes`].
pub type NodeId = u32;

/// A parsed text. Never fails to exist: what could not be understood is text, and a problem.
#[derive(Clone, Debug)]
pub struct Page {
    pub file: FileId,
    pub front: FrontMatter,
    /// The tree in document order: a node's subtree is `id + 1 .. nodes[id].next`. Node 0 is the page itself.
    pub nodes: Vec<Node>,
    /// GitBook tags and raw HTML elements, in document order.
    pub tags: Vec<Tag>,
    /// Every link of Markdown, raw HTML and tag attributes, in document order.
    pub links: Vec<Link>,
    pub headings: Vec<Heading>,
    pub code: Vec<Code>,
    /// `[name]: address`, in document order; of two with one name only the first, which counts.
    pub definitions: Vec<Definition>,
    /// `[text][name]` whose name is defined nowhere, so that a reader sees the brackets.
    pub undefined: Vec<Undefined>,
    /// Texts that do not stand in the file as they are shown: decoded entities, footnote names.
    pub strings: Vec<Box<str>>,
    pub problems: Vec<Diagnostic>,
}

/// One node: 20 bytes, because a large book has millions of them.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    pub kind: Kind,
    /// The first node after this one's subtree.
    pub next: NodeId,
    pub start: u32,
    pub end: u32,
}

/// What a node is. A number is a position in the list of the page that holds the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Page,
    Paragraph,
    /// In `headings`.
    Heading(u32),
    Quote,
    /// `> [!NOTE]`
    Alert(Alert),
    BulletList,
    /// Starts at this number.
    OrderedList(u32),
    Item,
    Rule,
    /// A fence, indented code, in `code`.
    CodeBlock(u32),
    Table,
    TableHead,
    TableRow,
    Cell(Align),
    /// The body of `[^name]`; the name is in `strings`.
    NoteBody(u32),

    /// The bytes of the file at the node's place.
    Text,
    /// A text in `strings` that stands for other bytes in the file.
    Literal(u32),
    /// `` `code` `` , in `strings`.
    InlineCode(u32),
    /// Inline `$$x$$`, in `strings`.
    Math(u32),
    SoftBreak,
    HardBreak,
    Emphasis,
    Strong,
    Strike,
    /// In `links`.
    Link(u32),
    /// In `links`; the children are the alternative text.
    Image(u32),
    /// `[^name]`, in `strings`.
    NoteMark(u32),
    /// A task's box.
    Task(bool),

    /// A GitBook tag with the nodes between it and its end tag as children, in `tags`.
    Tag(u32),
    /// A raw HTML element, in `tags`.
    Element(u32),
    /// The end tag of the parent node, its last child: shows nothing.
    End,
    /// An end tag that closes nothing: it is shown as written, and reported.
    Stray,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alert {
    Note,
    Tip,
    Important,
    Warning,
    Caution,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    None,
    Left,
    Center,
    Right,
}

/// `{% name attributes %}` or `<name attributes>`.
#[derive(Clone, Debug, Default)]
pub struct Tag {
    pub name: Box<str>,
    pub attrs: Vec<Attr>,
    /// Byte range of the opening tag itself.
    pub start: u32,
    pub end: u32,
    /// It has an end tag of its own.
    pub closed: bool,
}

/// One attribute with its value as meant: quotes, escapes and entities are gone.
#[derive(Clone, Debug)]
pub struct Attr {
    /// Empty for a value without a name (`{% include "x.md" %}`).
    pub name: Box<str>,
    pub value: Box<str>,
    /// Place of the value, or of the name where there is no value.
    pub start: u32,
    pub end: u32,
    /// Set where the value is an address: its position in `links`.
    pub link: Option<u32>,
}

impl Tag {
    /// The attribute's value; empty for an attribute without one.
    pub fn attr(&self, name: &str) -> Option<&str> {
        self.find(name).map(|attr| &*attr.value)
    }

    pub fn find(&self, name: &str) -> Option<&Attr> {
        self.attrs.iter().find(|attr| &*attr.name == name)
    }

    /// Present and not `"false"`, as GitBook reads switches.
    pub fn is(&self, name: &str) -> bool {
        self.attr(name).is_some_and(|value| value != "false")
    }
}

/// A reference from this page to anything else.
#[derive(Clone, Debug)]
pub struct Link {
    /// The address as meant: escapes and entities decoded, percent-encoding kept.
    pub dest: Box<str>,
    /// Place of the address in the file: for `[text][name]` in the definition, which many links may share.
    pub start: u32,
    pub end: u32,
    pub role: Role,
}

/// What a link is for; decides what it may lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Text that leads somewhere.
    Text,
    /// Text that is replaced by the target's title (`[x](y.md "mention")`).
    Mention,
    Image,
    /// An address in a tag's attribute: a card, an embed, a file.
    Tag,
    /// `{% include "…" %}`
    Include,
}

#[derive(Clone, Debug)]
pub struct Heading {
    pub node: NodeId,
    /// 1 to 6.
    pub level: u8,
    /// The words, without marks, images and tags.
    pub text: Box<str>,
    /// `<a id="x"></a>` in the heading.
    pub id: Option<Box<str>>,
    /// Where `{…}` at the end of the text begins, when it is text and no code. To some dialects these are attributes.
    pub braces: Option<u32>,
    /// The words as other generators than GitBook see them, where these differ: emoji by name, and spaces beside what is
    /// no word.
    pub plain: Option<Box<str>>,
}

/// `[name]: address`
#[derive(Clone, Debug)]
pub struct Definition {
    pub name: Box<str>,
    pub start: u32,
    pub end: u32,
    /// A link or an image of the text names it.
    pub used: bool,
}

/// A reference to a definition that does not exist.
#[derive(Clone, Debug)]
pub struct Undefined {
    pub name: Box<str>,
    pub start: u32,
    pub end: u32,
}

/// A code block.
#[derive(Clone, Debug)]
pub struct Code {
    /// First word of the info string, as written; empty for none.
    pub language: Box<str>,
    /// The rest of the info string.
    pub words: Box<str>,
    pub text: Excerpt,
    pub fenced: bool,
    /// A fence that is never closed: all that follows in its container is code.
    pub unclosed: bool,
}

/// The front matter's keys that mean something; others are foreign and kept out of the way.
#[derive(Clone, Debug, Default)]
pub struct FrontMatter {
    /// Where the body begins.
    pub end: u32,
    pub title: Option<String>,
    pub description: Option<String>,
    pub icon: Option<String>,
    /// Where the icon is named.
    pub icon_at: Option<Span>,
    pub hidden: bool,
    pub no_index: bool,
    pub no_robots_index: bool,
    /// Condition under which the page is shown.
    pub condition: Option<String>,
    pub tags: Vec<String>,
    pub vars: Vec<(String, String)>,
    pub cover: Option<Cover>,
    pub layout: Layout,
    pub translation: Option<Translation>,
}

/// What a page says of the page that it translates.
#[derive(Clone, Debug)]
pub struct Translation {
    /// In `links`.
    pub of: u32,
    /// The text that was translated, see [`crate::site::translation::digest`]. May be empty.
    pub digest: Option<Box<str>>,
    /// Where the digest stands; without one, where the key `of` begins.
    pub place: Span,
}

#[derive(Clone, Debug, Default)]
pub struct Cover {
    /// In `links`.
    pub link: u32,
    pub height: Option<u32>,
    pub size: Option<String>,
}

/// Which parts of the frame the page hides.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    pub wide: bool,
    pub no_title: bool,
    pub no_description: bool,
    pub no_toc: bool,
    pub no_outline: bool,
    pub no_pagination: bool,
    pub no_cover: bool,
    pub no_metadata: bool,
    pub no_tags: bool,
}

impl Page {
    pub fn node(&self, id: NodeId) -> Node {
        self.nodes[id as usize]
    }

    /// The GitBook tags with their nodes.
    pub fn blocks(&self) -> impl Iterator<Item = (NodeId, &Tag)> {
        (0..).zip(&self.nodes).filter_map(|(id, node)| match node.kind {
            Kind::Tag(tag) => Some((id, &self.tags[tag as usize])),
            _ => None,
        })
    }

    /// The direct children of a node.
    pub fn children(&self, id: NodeId) -> Children<'_> {
        Children { page: self, at: id + 1, end: self.node(id).next }
    }

    pub fn span(&self, node: Node) -> Span {
        Span { file: self.file, start: node.start, end: node.end }
    }

    pub fn tag_span(&self, tag: &Tag) -> Span {
        Span { file: self.file, start: tag.start, end: tag.end }
    }

    pub fn link_span(&self, link: &Link) -> Span {
        Span { file: self.file, start: link.start, end: link.end }
    }

    pub fn attr_span(&self, attr: &Attr) -> Span {
        Span { file: self.file, start: attr.start, end: attr.end }
    }

    pub fn string(&self, index: u32) -> &str {
        &self.strings[index as usize]
    }

    /// The words of a subtree as a reader would say them: no marks, no images, no tags; breaks are spaces, and
    /// so are the borders of blocks.
    pub fn words(&self, file: &str, id: NodeId) -> String {
        self.spell(file, id, false)
    }

    /// The same with `:rocket:` as it is written.
    pub fn named_words(&self, file: &str, id: NodeId) -> String {
        self.spell(file, id, true)
    }

    fn spell(&self, file: &str, id: NodeId, named: bool) -> String {
        let mut out = String::new();
        let mut at = id;
        let end = self.node(id).next;
        while at < end {
            let node = self.node(at);
            match node.kind {
                Kind::Text => out.push_str(&file[node.start as usize..node.end as usize]),
                Kind::Literal(_) if named && file[node.start as usize..].starts_with(':') => {
                    out.push_str(&file[node.start as usize..node.end as usize]);
                }
                Kind::Literal(s) | Kind::InlineCode(s) | Kind::Math(s) => out.push_str(self.string(s)),
                Kind::SoftBreak | Kind::HardBreak => out.push(' '),
                Kind::Paragraph | Kind::Heading(_) | Kind::Item | Kind::Cell(_) if !out.is_empty() => out.push(' '),
                Kind::Image(_) | Kind::CodeBlock(_) if at != id => {
                    at = node.next;
                    continue;
                }
                // The text of an icon is only its fallback name.
                Kind::Element(t) if at != id && &*self.tags[t as usize].name == "i" => {
                    at = node.next;
                    continue;
                }
                _ => {}
            }
            at += 1;
        }
        out
    }
}

/// Iterates over the direct children of a node.
#[derive(Clone)]
pub struct Children<'a> {
    page: &'a Page,
    at: NodeId,
    end: NodeId,
}

impl Iterator for Children<'_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        if self.at >= self.end {
            return None;
        }
        let id = self.at;
        self.at = self.page.node(id).next;
        Some(id)
    }
}

/// What a tag's block may hold; decides how far a tag that is never closed reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Never has an end tag.
    Void,
    /// Stands alone, or holds a caption up to its end tag.
    Optional,
    /// Holds Markdown up to its end tag, and must have one.
    Markdown,
}
