//! One walk over a shape and a document: faults out, all of them, each once.
//!
//! The order at each value is the daemon's: first it is decoded (a fault here ends the matter for this value), then
//! judged by the declared rules. Null is the zero value of every type.

mod aliases;
mod free;
mod lists;
mod maps;
mod report;
mod scalars;
mod words;

pub(crate) use maps::is_missed;
pub use words::{describe, one_of};

use super::elision::{Elisions, is_placeholder};
use super::object::Written;
use super::path::Step;
use super::{Breaks, Fault, Kind, Need, Shape};
use crate::diagnostic::Severity;
use crate::yaml::{Document, Node};
use aliases::Aliases;

/// How a document is to be read.
#[derive(Default)]
pub struct Options<'a> {
    /// Only some of the top-level keys are shown: what is missing there is not missed.
    pub partial: bool,
    /// What was left out on purpose.
    pub elisions: Option<&'a Elisions<'a>>,
}

/// Everything that is wrong with a document of this kind, in the order of the text. `shape` is the kind's own or one
/// that stands below it; `field` is the path to it, as [`super::find`] takes it, without the kind's name.
pub fn check(
    kind: &'static Kind,
    shape: &'static Shape,
    field: &[&'static str],
    document: &Document,
    options: Options,
) -> Vec<Fault> {
    let mut walk = Walk::new(kind, options);
    walk.path = field.iter().map(|name| Step::Key(name)).collect();
    for problem in &document.problems {
        walk.faults.push(Fault {
            rule: document.language.syntax_rule(),
            severity: Severity::Error,
            breaks: Some(Breaks::Decode),
            range: problem.range.clone(),
            message: problem.message.clone(),
            help: problem.help.clone(),
            label: None,
            field: None,
        });
    }
    // After a syntax error nothing else is sure.
    if document.problems.is_empty() {
        match document.root().filter(|root| !root.is_null()) {
            Some(root) => {
                walk.start = root.span().start;
                walk.read(shape, root, Need::Required);
            }
            None => walk.absent_value(shape, Need::Required),
        }
    }
    walk.faults.sort_by_key(|fault| fault.range.start);
    walk.faults
}

/// Whether a value that stands in another document can be read as this kind.
pub fn decodes(kind: &'static Kind, node: Node) -> bool {
    let mut walk = Walk::new(kind, Options::default());
    walk.read(kind.shape, node, Need::IfWritten);
    !walk.faults.iter().any(|fault| fault.breaks == Some(Breaks::Decode))
}

/// The state of a check. Rules and special shapes read further values and report with it.
pub struct Walk<'a> {
    pub kind: &'static Kind,
    options: Options<'a>,
    faults: Vec<Fault>,
    /// Where the value that is read stands: in the shape, and the keys and items above it in the text.
    path: Vec<Step>,
    keys: Vec<Node<'a>>,
    /// Where the document begins.
    start: usize,
    aliases: Aliases,
    /// Whether declared rules apply.
    judged: bool,
    map: OpenMap<'a>,
}

/// What is known of the map that is read, while its fields and rules are judged.
#[derive(Default)]
struct OpenMap<'a> {
    /// Keys are missing on purpose.
    excused: bool,
    unknown: Vec<Unknown<'a>>,
}

/// A key that the shape of its map does not know.
struct Unknown<'a> {
    key: Node<'a>,
    value: Node<'a>,
    /// The key that was probably meant, one that the map does not have.
    meant: Option<&'static str>,
}

impl<'a> Walk<'a> {
    fn new(kind: &'static Kind, options: Options<'a>) -> Walk<'a> {
        Walk {
            kind,
            options,
            faults: Vec::new(),
            path: Vec::new(),
            keys: Vec::new(),
            start: 0,
            aliases: Aliases::default(),
            judged: true,
            map: OpenMap::default(),
        }
    }

    /// Reads the value of a field as a shape of the rule's choice.
    pub fn read_written(&mut self, written: Written<'a>, shape: &'static Shape) {
        self.report_deprecated(written);
        self.enter_key(written, |walk| {
            if !walk.is_left_out(Some(written.key), written.value) {
                walk.read(shape, written.value, written.field.need);
            }
        });
    }

    /// Runs with the field as the place of what is read and reported.
    pub fn enter_key(&mut self, written: Written<'a>, then: impl FnOnce(&mut Self)) {
        self.enter(Step::Key(written.field.name), written.key, then);
    }

    /// Runs with an item as the place: of a list, or of a map whose keys the shape does not list. `holder` is what the
    /// author wrote for it: the item itself, or its key.
    pub fn enter_item(&mut self, index: usize, holder: Node<'a>, then: impl FnOnce(&mut Self)) {
        self.enter(Step::Item(index), holder, then);
    }

    fn enter(&mut self, step: Step, holder: Node<'a>, then: impl FnOnce(&mut Self)) {
        self.path.push(step);
        self.keys.push(holder);
        let map = std::mem::take(&mut self.map);
        then(self);
        self.map = map;
        self.keys.pop();
        self.path.pop();
    }

    /// Runs without applying rules.
    pub fn unjudged(&mut self, then: impl FnOnce(&mut Self)) {
        let judged = std::mem::replace(&mut self.judged, false);
        then(self);
        self.judged = judged;
    }

    /// Whether the value is one that the author left out on purpose.
    pub fn is_left_out(&self, key: Option<Node>, node: Node) -> bool {
        self.options.elisions.is_some_and(|elisions| elisions.is_value(key, node))
    }

    /// Whether a text is to be replaced by the reader, so that no pattern is asked of it.
    pub fn is_placeholder(&self, text: &str) -> bool {
        self.options.elisions.is_some() && is_placeholder(text)
    }

    /// Whether keys of the map that is read are missing on purpose.
    pub fn is_excused(&self) -> bool {
        self.map.excused
    }

    /// As [`Walk::is_excused`], for a map further in.
    pub fn leaves_out(&self, map: Node) -> bool {
        self.options.elisions.is_some_and(|elisions| elisions.in_map(map))
    }

    /// Reads a value that is not null as this shape. Aliases are followed within the daemon's bounds.
    pub fn read(&mut self, shape: &'static Shape, node: Node<'a>, need: Need) {
        if !self.open(node) {
            return;
        }
        match shape {
            Shape::Text(rules) => self.text(rules, node, need),
            Shape::Bool => self.bool(node),
            Shape::Int => self.int(node, need),
            Shape::Size(least, most) => self.size(node, *least, *most),
            Shape::Float => self.float(node),
            Shape::Time => self.time(node, need),
            Shape::Decimal => self.decimal(node),
            Shape::Any => self.any(node, 0),
            Shape::Basic => self.basic(node),
            Shape::FreeMap(any_keys) => self.free_map(node, *any_keys),
            Shape::Map(map) => self.map(map, node),
            Shape::List(list) => self.list(list, node),
            Shape::Named(named) => self.named(named, node),
            Shape::Files(files) => self.files(files, node),
            Shape::MapOrNothing(map) => self.map_or_nothing(map, node),
            Shape::Unjudged(shape) => self.unjudged(|walk| walk.read(shape, node, need)),
            Shape::Foreign(_) => {}
            Shape::Special(special) => (special.check)(self, node),
        }
        self.close(node);
    }
}
