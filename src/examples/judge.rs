//! A bound text in; its faults out. The one place that knows how each sort of kind is checked.

use super::collect::{Fence, Language};
use super::place::{self, Bound, Place, Unknown};
use crate::config::nearest::nearest;
use crate::diagnostic::Diagnostic;
use crate::shape::elision;
use crate::shape::{self, Fault, Options, Shape};
use crate::site::Site;
use crate::source::{FileId, Span};
use crate::user_kinds::{self, UserKinds};
use crate::yaml::{self, Document, Node};

/// Knows every kind, built in and of the book's own.
pub struct Judge<'s> {
    own: &'s UserKinds,
}

impl<'s> Judge<'s> {
    pub fn new(site: &'s Site) -> Judge<'s> {
        Judge { own: &site.kinds }
    }

    /// The kind, or the place in one, of this name.
    pub fn kind(&self, name: &str) -> Result<Bound, Unknown> {
        let first = name.split(['.', '[']).next().unwrap_or_default();
        if let Some(own) = self.own.get(name) {
            let unknown = |unknown: user_kinds::Unknown| Unknown { part: unknown.part, known: unknown.known };
            return own.find(name).map(|()| Bound::User(name.to_string())).map_err(unknown);
        }
        Place::find(name).map(Bound::Builtin).map_err(|mut unknown| {
            if unknown.part == first {
                unknown.known.extend(self.own.names().map(str::to_string));
            }
            unknown
        })
    }

    /// The faults of a fence, with what was left out of it on purpose excused.
    pub fn fence(&self, bound: &Bound, fence: &Fence, partial: bool) -> Vec<Fault> {
        match bound {
            Bound::Builtin(_) if fence.language == Language::Toml => Vec::new(),
            Bound::Builtin(place) => excerpt(place, fence.language, &fence.text, partial),
            Bound::User(name) => {
                let (elisions, tree) = elision::read(fence.language, &fence.text);
                let options = Options { partial, elisions: Some(&elisions) };
                self.own.get(name).map_or(Vec::new(), |kind| kind.check(name, &tree, &options))
            }
        }
    }

    /// The faults of a whole file.
    pub fn file(&self, bound: &Bound, language: Language, text: &str) -> Vec<Fault> {
        match bound {
            Bound::Builtin(_) if language == Language::Toml => Vec::new(),
            Bound::Builtin(place) => whole(place, text),
            Bound::User(name) => {
                let tree = yaml::parse_as(language, text);
                self.own.get(name).map_or(Vec::new(), |kind| kind.check(name, &tree, &Options::default()))
            }
        }
    }
}

impl Unknown {
    /// The message and the help for an author who wrote `name`.
    pub fn explain(&self, name: &str) -> (String, String) {
        let message = match name.rsplit_once(&*self.part) {
            Some((above, _)) if !above.is_empty() => {
                format!("`{}` has no key `{}`", above.trim_end_matches(['.', '[', ']']), self.part)
            }
            _ => format!("there is no kind `{}`", self.part),
        };
        let known = || self.known.iter().map(String::as_str);
        let list = known().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let help = match nearest(&self.part, known()) {
            Some(near) => format!("did you mean `{near}`? There are {list}"),
            None if list.is_empty() => "write a shorter path".to_string(),
            None => format!("use one of {list}, or `none`"),
        };
        (message, help)
    }
}

/// The faults of a text that stands for a whole document of its place.
pub fn whole(place: &Place, text: &str) -> Vec<Fault> {
    document(place, &yaml::parse(text), Options::default)
}

/// The faults of a text in a page.
pub fn excerpt(place: &Place, language: Language, text: &str, partial: bool) -> Vec<Fault> {
    let (elisions, tree) = elision::read(language, text);
    document(place, &tree, || Options { partial, elisions: Some(&elisions) })
}

/// A place in a kind may be shown as the value itself, as its key with the value, or as one item of a list.
fn document<'o>(place: &Place, document: &Document, options: impl Fn() -> Options<'o>) -> Vec<Fault> {
    let kind = place.found.kind;
    let root = document.root().filter(|root| root.is_map());
    if let Some(root) = root
        && document.problems.is_empty()
    {
        if let Some(range) = own_key(place, root)
            && let Some((above, _)) = place.above()
        {
            let shape = place::item(above.found.shape).unwrap_or(above.found.shape);
            let options = Options { partial: true, ..options() };
            let mut faults = shape::check(kind, shape, &above.path, document, options);
            faults.retain(|fault| fault.range.start >= range.start && fault.range.start <= range.end);
            return faults;
        }
        if let Some(item) = place::item(place.found.shape)
            && is_item(place, item, root)
        {
            return shape::check(kind, item, &place.path, document, options());
        }
    }
    shape::check(kind, place.found.shape, &place.path, document, options())
}

/// The range of the place's own key and its value, where the map is written with it.
fn own_key(place: &Place, root: Node) -> Option<std::ops::Range<usize>> {
    let name = *place.path.last()?;
    let inner = place::item(place.found.shape).unwrap_or(place.found.shape);
    let ambiguous = inner.as_map().is_some_and(|map| map.field(name).is_some());
    let (key, value) = root.entries().find(|(key, _)| key.text() == Some(name) && !ambiguous)?;
    Some(key.span().start..value.definition().end.max(key.span().end))
}

/// Whether a map is one item of the list that the place is, rather than the whole of it by names.
fn is_item(place: &Place, item: &'static Shape, root: Node) -> bool {
    match place.found.shape {
        Shape::Named(_) if !place.found.item => {
            let known =
                |key: Node| key.text().is_some_and(|key| item.as_map().is_some_and(|map| map.field(key).is_some()));
            root.entries().filter(|(key, _)| known(*key)).count() * 2 > root.entries().len()
        }
        _ => true,
    }
}

/// The fault as a finding; `place` says where a range of the text stands.
pub fn diagnostic(fault: Fault, place: impl Fn(std::ops::Range<usize>) -> Span) -> Diagnostic {
    let mut found = Diagnostic::new(fault.rule, fault.severity, place(fault.range), fault.message);
    found.help = fault.help;
    found.see = fault.field;
    found.breaks = fault.breaks;
    found.labels.extend(fault.label.map(|(range, text)| (place(range), text)));
    found
}

/// The same for a file, whose text is the example.
pub fn diagnostic_in_file(fault: Fault, file: FileId) -> Diagnostic {
    diagnostic(fault, |range| Span::new(file, range))
}
