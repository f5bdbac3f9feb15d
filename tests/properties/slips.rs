//! A valid document in; every slip that an author could make in it, each with what must be said about it, out.

use proofpress::config::nearest::nearest;
use proofpress::shape::{Field, Kind, Map, Need, Shape, Text};
use proofpress::yaml::{self, Node};
use std::ops::Range;

/// One fault that can be put in.
#[derive(Clone, Debug)]
pub struct Slip {
    /// For the message of a failed test.
    pub what: String,
    /// What is replaced, and by what.
    pub range: Range<usize>,
    pub text: String,
    /// What is read differently or not at all because of it.
    pub touches: Range<usize>,
    /// The rule that must report it.
    pub rule: &'static str,
    pub place: Place,
}

/// Where it must be reported.
#[derive(Clone, Copy, Debug)]
pub enum Place {
    /// At this offset of the valid document.
    At(usize),
    /// At the first key of the map that begins at this offset, whichever it is now.
    First(usize),
    /// At this offset of the text that was put in.
    In(usize),
}

/// All slips that a document of this kind has room for.
pub fn slips(kind: &'static Kind, text: &str) -> Vec<Slip> {
    let document = yaml::parse(text);
    let root = document.root().expect("a valid document has a value");
    let mut finder = Finder { kind, text, slips: Vec::new(), judged: true };
    finder.value(kind.shape, root, None);
    finder.slips
}

/// A document with these slips in it, and the place of each: its line, from 0, and its rule.
pub fn apply(text: &str, slips: &[Slip]) -> (String, Vec<(usize, &'static str)>) {
    let mut slips: Vec<&Slip> = slips.iter().collect();
    slips.sort_by_key(|slip| (slip.range.start, slip.range.end));
    let mut out = String::new();
    // Ranges of the valid document, and where they stand now.
    let mut pieces: Vec<(Range<usize>, usize)> = Vec::new();
    let mut copied = 0;
    for slip in &slips {
        pieces.push((copied..slip.range.start, out.len()));
        out.push_str(&text[copied..slip.range.start]);
        pieces.push((slip.range.clone(), out.len()));
        out.push_str(&slip.text);
        copied = slip.range.end;
    }
    pieces.push((copied..text.len(), out.len()));
    out.push_str(&text[copied..]);
    let moved = |at: usize| {
        let (piece, to) = pieces.iter().find(|(piece, _)| piece.contains(&at)).expect("pieces cover the document");
        let replaced = slips.iter().any(|slip| slip.range == *piece);
        if replaced { *to } else { to + at - piece.start }
    };
    let place = |slip: &Slip| match slip.place {
        Place::At(at) => moved(at),
        Place::First(at) => pieces.iter().find(|(piece, _)| piece.start == at).map_or(moved(at), |(_, to)| *to),
        Place::In(offset) => {
            let (_, to) = pieces.iter().find(|(piece, _)| *piece == slip.range).expect("every slip is a piece");
            to + offset
        }
    };
    let line = |at: usize| out[..at].matches('\n').count();
    let mut expected: Vec<_> = slips.iter().map(|slip| (line(place(slip)), slip.rule)).collect();
    expected.sort();
    (out, expected)
}

/// Whether both can be made in one document without one hiding the other.
pub fn independent(a: &Slip, b: &Slip) -> bool {
    if a.range.is_empty() && b.range.is_empty() {
        return a.range != b.range;
    }
    a.touches.end <= b.touches.start || b.touches.end <= a.touches.start
}

struct Finder<'t> {
    kind: &'static Kind,
    text: &'t str,
    slips: Vec<Slip>,
    /// Rules apply, not only types.
    judged: bool,
}

impl Finder<'_> {
    /// `key` holds the value, as the place of what is missing in it.
    fn value(&mut self, shape: &'static Shape, node: Node, key: Option<Node>) {
        match shape {
            Shape::Map(map) => self.map(map, node, key),
            Shape::MapOrNothing(map) => self.map(map, node, key),
            Shape::List(list) => node.items().for_each(|item| self.item(list.item, item)),
            Shape::Named(named) => {
                let judged = self.judged;
                self.judged &= named.judged;
                node.items().for_each(|item| self.map(named.item, item, None));
                node.entries().for_each(|(name, item)| self.map(named.item, item, Some(name)));
                self.judged = judged;
            }
            // A fault in place ends the reading of endpoints, which is told as one finding.
            Shape::Files(files) if !files.stops => {
                node.items().filter(|item| item.is_map()).for_each(|item| self.item(files.kind.shape, item));
            }
            Shape::Unjudged(shape) => {
                let judged = std::mem::replace(&mut self.judged, false);
                self.value(shape, node, key);
                self.judged = judged;
            }
            _ => {}
        }
    }

    fn item(&mut self, shape: &'static Shape, item: Node) {
        if item.is_map() {
            self.value(shape, item, None);
            return;
        }
        for (what, text, rule) in self.wrong_values(shape, Need::IfWritten) {
            self.push(format!("an item with {what}"), item.span(), text, rule, Place::In(0));
        }
    }

    fn map(&mut self, map: &'static Map, node: Node, key: Option<Node>) {
        let entries: Vec<(Node, Node)> = node.entries().collect();
        let holder = key.map_or(Place::First(node.span().start), |key| Place::At(key.span().start));
        for (at, (key, value)) in entries.iter().enumerate() {
            let field = key.text().and_then(|name| map.field(name)).expect("a valid document has known keys only");
            let (start, end) = (key.span().start, self.end_of(*value).max(key.span().end + 1));
            let indent = " ".repeat(self.column(start));
            let name = field.name;
            let before = self.slips.len();
            self.push(
                format!("an unknown key before `{name}`"),
                start..start,
                format!("zzqqxxzz{at}: 1\n{indent}"),
                "unknown-key",
                Place::In(0),
            );
            self.misspelt(map, field, start..end);
            if value.text().is_some() && !matches!(field.shape, Shape::Foreign(_)) {
                let entry = &self.text[start..end];
                let twice = format!("{entry}\n{indent}{entry}");
                let second = Place::In(entry.len() + 1 + indent.len());
                self.push(format!("`{name}` twice"), start..end, twice, "duplicate-key", second);
            }
            if self.judged && is_missed(field.shape) && field.need == Need::Required && !field.by_rule {
                let range = match entries.get(at + 1) {
                    Some((next, _)) => Some(start..next.span().start),
                    None => self.text[..start].rfind('\n').filter(|_| at > 0).map(|newline| newline..end),
                };
                if let Some(range) = range {
                    self.push(format!("no `{name}`"), range, String::new(), "missing-key", holder);
                }
            }
            for (what, text, rule) in self.wrong_values(field.shape, field.need) {
                self.push(format!("`{name}` with {what}"), start..end, format!("{name}: {text}"), rule, Place::In(0));
            }
            // Nobody knows how to read the `value` of a dependency without a `type`.
            if name == "type" && map.fields.iter().any(|field| field.by_rule) {
                let whole = node.span();
                self.slips[before..].iter_mut().filter(|slip| !slip.range.is_empty()).for_each(|slip| {
                    slip.touches = slip.range.start.min(whole.start)..slip.range.end.max(whole.end);
                });
            }
            // What has no English text there counts as left out.
            let judged = self.judged;
            self.judged &= field.unless.is_none();
            self.value(field.shape, *value, Some(*key));
            self.judged = judged;
        }
    }

    /// One letter is left out of a key.
    fn misspelt(&mut self, map: &'static Map, field: &'static Field, range: Range<usize>) {
        let middle = field.name.len() / 2;
        let name = format!("{}{}", &field.name[..middle], &field.name[middle + 1..]);
        let names = map.fields.iter().map(|field| field.name);
        if map.field(&name).is_some() || nearest(&name, names) != Some(field.name) {
            return;
        }
        let missed = field.need == Need::Required && is_missed(field.shape) && !field.by_rule;
        let rule = match (self.kind.name, field.name) {
            _ if !self.judged => "unknown-key",
            // Optional in themselves, and yet nothing works without them.
            ("manifest", "author") | ("model", "type" | "use_template") => "missing-key",
            ("manifest", "plugins") => "no-extension",
            _ if missed => "missing-key",
            _ => "unknown-key",
        };
        let text = format!("{name}{}", &self.text[range.start + field.name.len()..range.end]);
        self.push(format!("`{name}` for `{}`", field.name), range, text, rule, Place::In(0));
    }

    /// Values that do not fit: in a few words, as YAML, and the rule that they break.
    fn wrong_values(&self, shape: &'static Shape, need: Need) -> Vec<(&'static str, String, &'static str)> {
        let mut found = Vec::new();
        let mut add = |what, text: &str, rule| found.push((what, text.to_string(), rule));
        match shape {
            Shape::Text(rules) => {
                add("a list for text", "[a]", "wrong-type");
                if self.judged {
                    self.wrong_texts(rules, need, &mut add);
                }
            }
            Shape::Bool => add("a word for a bool", "perhaps", "wrong-type"),
            Shape::Int => add("a word for a number", "many", "wrong-type"),
            Shape::Size(least, most) => {
                add("a negative size", "-1", "wrong-type");
                if self.judged {
                    add("a small size", &(least - 1).to_string(), "out-of-range");
                    add("a large size", &(most + 1).to_string(), "out-of-range");
                }
            }
            Shape::Float => {
                add("a number in quotes", "\"2\"", "wrong-type");
                add("an infinite number", ".inf", "unstorable");
            }
            Shape::Time => add("no time", "yesterday", "wrong-format"),
            Shape::Decimal => add("a decimal comma", "\"1,5\"", "wrong-format"),
            Shape::Basic if self.judged => add("a list", "[a]", "wrong-type"),
            Shape::FreeMap(_) | Shape::Map(_) | Shape::List(_) | Shape::Named(_) => {
                add("text for more", "some words", "wrong-type");
            }
            Shape::Files(_) | Shape::MapOrNothing(_) | Shape::Special(_) => {
                add("text for more", "some words", "ignored-value");
            }
            _ => {}
        }
        found
    }

    fn wrong_texts(&self, rules: &Text, need: Need, add: &mut impl FnMut(&'static str, &str, &'static str)) {
        if need == Need::Required {
            add("nothing in its quotes", "\"\"", "empty-value");
        }
        if let Some(max) = rules.max {
            add("too much text", &"å".repeat(max + 1), "too-long");
        }
        if !rules.one_of.is_empty() {
            add("a strange word", "zzqqxx", "unknown-value");
        }
        if rules.format.is_some() {
            add("a strange form", "\"//? \"", "wrong-format");
        }
    }

    fn push(&mut self, what: String, range: Range<usize>, text: String, rule: &'static str, place: Place) {
        let touches = range.clone();
        self.slips.push(Slip { what, range, text, touches, rule, place });
    }

    fn end_of(&self, value: Node) -> usize {
        self.text[..value.span().end].trim_end().len()
    }

    fn column(&self, at: usize) -> usize {
        at - self.text[..at].rfind('\n').map_or(0, |newline| newline + 1)
    }
}

/// Whether anything is missed when the value is left out: a map only where it has required keys.
fn is_missed(shape: &Shape) -> bool {
    match shape {
        Shape::Map(map) => map.fields.iter().any(|field| field.need == Need::Required && is_missed(field.shape)),
        Shape::Decimal | Shape::Unjudged(_) | Shape::Foreign(_) => false,
        _ => true,
    }
}
