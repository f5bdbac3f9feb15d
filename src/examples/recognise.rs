//! A fence that nothing else binds in; the place in a kind that it certainly or likely shows out, or nothing.
//!
//! Its shape decides; title, headings, path and the other examples of the page add to it, and never decide alone. Where
//! several places fit alike, the first is taken if all give the same findings; otherwise none is.

use super::collect::{Fence, Language};
use super::context::Context;
use super::evidence;
use super::judge;
use super::place::{self, Place};
use super::vocabulary;
use crate::kinds::{self, KINDS};
use crate::shape::elision::Elisions;
use crate::shape::{Found, Kind, Shape};
use crate::yaml::{self, Document, Node};
use std::cell::LazyCell;
use std::sync::LazyLock;

/// What a fence shows, and how sure that is.
pub struct Guess {
    pub place: Place,
    pub partial: bool,
    /// The keys say enough by themselves.
    pub certain: bool,
    /// The keys that told most.
    pub keys: Vec<String>,
    /// What else spoke for it.
    pub context: Option<String>,
}

/// From here on an example is taken for what it looks like.
const LIKELY: f32 = 4.0;
/// From here on the other examples of the page are understood by this one.
const CERTAIN: f32 = 6.0;

/// A place that an excerpt may show.
pub struct Spot {
    pub place: Place,
    pub shape: &'static Shape,
    /// How many keys lead to it; 0 for a whole kind.
    pub depth: usize,
}

/// The places of all kinds that have keys of their own, whole kinds first.
pub static SPOTS: LazyLock<Vec<Spot>> = LazyLock::new(|| {
    let mut spots: Vec<Spot> = Vec::new();
    for kind in KINDS {
        let found = Found { kind, shape: kind.shape, field: None, item: false };
        spots.push(Spot { place: Place { found, path: Vec::new() }, shape: kind.shape, depth: 0 });
    }
    let mut at = 0;
    while at < spots.len() {
        let (place, shape, depth) = (spots[at].place.clone(), spots[at].shape, spots[at].depth + 1);
        at += 1;
        let Some(map) = shape.as_map().filter(|_| depth <= 4 && !matches!(shape, Shape::Foreign(_) | Shape::Files(_)))
        else {
            continue;
        };
        for field in map.fields.iter().filter(|field| !field.hidden) {
            let has_keys = field.shape.as_map().is_some_and(|map| !map.fields.is_empty());
            let foreign = matches!(field.shape, Shape::Foreign(_) | Shape::Files(_));
            let another = KINDS.iter().any(|kind| std::ptr::eq(kind.shape, field.shape));
            // A text in several languages may stand anywhere.
            let text = std::ptr::eq(field.shape, &kinds::common::I18N);
            if has_keys && !foreign && !another && !text {
                let mut path = place.path.clone();
                path.push(field.name);
                let found = Found { shape: field.shape, field: Some(field), item: false, ..place.found };
                spots.push(Spot { place: Place { found, path }, shape: field.shape, depth });
            }
        }
    }
    spots
});

/// A spot with what speaks for it.
struct Candidate<'s> {
    spot: &'s Spot,
    /// One item of the list at the spot.
    item: bool,
    shape: f32,
    score: f32,
    missing: usize,
}

/// What the fence shows, if that can be told. `neighbours` are the kinds that other fences of the page are known to be.
pub fn guess(fence: &Fence, neighbours: &[&'static Kind]) -> Option<Guess> {
    let document = readable(&fence.text);
    let root = document.root().filter(|root| root.is_map() || root.is_list())?;
    let spots = vocabulary::spots(root);
    if spots.is_empty() {
        return None;
    }
    // Most fences look like nothing, and then nobody asks what stands around them.
    let context = LazyCell::new(|| Context::new(fence, neighbours));
    let indented = column(&fence.text, root) > 0;
    let mut looks = Looks { root, known: Vec::new() };
    let spots = spots.into_iter().map(|at| &SPOTS[at]);
    let mut all: Vec<Candidate> = spots.filter_map(|spot| candidate(spot, &mut looks, indented, &context)).collect();
    // A key at the margin is one of the whole file wherever that is possible.
    let top = all.iter().filter(|one| one.spot.depth == 0).map(|one| one.shape).fold(0.0, f32::max);
    all.retain(|one| one.spot.depth == 0 || indented || root.is_list() || one.shape > top);
    all.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.missing.cmp(&b.missing)));
    let best = all.first()?;
    let tied = all.iter().take_while(|other| other.score == best.score && other.missing == best.missing);
    let tied: Vec<&Candidate> = tied.collect();
    let first = *tied.iter().min_by_key(|one| usize::from(matches!(one.spot.shape, Shape::Named(_))))?;
    let (place, partial) = taken(first, root);
    if first.score < LIKELY || (tied.len() > 1 && !agree(&tied, root, &fence.text)) {
        return None;
    }
    let kind = place.found.kind;
    Some(Guess {
        keys: telling(first, root),
        place,
        partial,
        certain: first.score >= CERTAIN && first.shape >= LIKELY,
        context: context.why(kind),
    })
}

/// Which of these kinds the fence fits best; none where it fits none.
pub fn among(fence: &Fence, kinds: &[&'static Kind]) -> Option<(Place, bool)> {
    let first = *kinds.first()?;
    let document = readable(&fence.text);
    let place = |kind: &'static Kind| Place {
        found: Found { kind, shape: kind.shape, field: None, item: false },
        path: Vec::new(),
    };
    let Some(root) = document.root() else { return Some((place(first), false)) };
    let scored = kinds.iter().map(|kind| (evidence::fit(kind.shape, root), *kind));
    let mut best: Option<(f32, &'static Kind)> = None;
    for (score, kind) in scored {
        if best.is_none_or(|(highest, _)| score > highest) {
            best = Some((score, kind));
        }
    }
    let (score, kind) = best?;
    let list = root.is_list() && matches!(kind.shape, Shape::List(_));
    if score <= 0.0 && !list {
        return None;
    }
    let whole = match kind.shape {
        Shape::Map(map) if root.is_map() => evidence::is_whole(map, root),
        _ => true,
    };
    Some((place(kind), !whole))
}

/// What of a text can be read: all of it, or what is left without the lines at fault. Where these are many, it is another
/// language, and only the lines above the first fault are read.
fn readable(text: &str) -> Document {
    let elisions = Elisions::find(text);
    let mut rest = elisions.text().to_string();
    let faults = 8.min(rest.lines().count() / 3);
    let mut document = yaml::parse(&rest);
    let first = document.problems.first().map_or(0, |problem| line_at(&rest, problem.range.start).start);
    for _ in 0..faults {
        let Some(problem) = document.problems.first() else { break };
        let line = line_at(&rest, problem.range.start);
        rest.replace_range(line, "");
        document = yaml::parse(&rest);
    }
    if document.problems.is_empty() { document } else { yaml::parse(&elisions.text()[..first]) }
}

/// The line around a byte, with its end.
fn line_at(text: &str, at: usize) -> std::ops::Range<usize> {
    let at = text.floor_char_boundary(at.min(text.len()));
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    start..text[at..].find('\n').map_or(text.len(), |newline| at + newline + 1)
}

/// How much a value looks like shapes, each weighed once: many places have the same.
struct Looks<'d> {
    root: Node<'d>,
    known: Vec<(&'static Shape, Option<Look>)>,
}

/// How much a value looks like a shape, or like one item of its list.
#[derive(Clone, Copy)]
struct Look {
    shape: f32,
    item: bool,
}

impl Looks<'_> {
    /// None where nothing can be said.
    fn of(&mut self, shape: &'static Shape) -> Option<Look> {
        if let Some((_, look)) = self.known.iter().find(|(known, _)| std::ptr::eq(*known, shape)) {
            return *look;
        }
        let look = self.weigh(shape);
        self.known.push((shape, look));
        look
    }

    fn weigh(&self, shape: &'static Shape) -> Option<Look> {
        let root = self.root;
        let whole = |shape| Some(Look { shape, item: false });
        match shape {
            Shape::Map(map) if root.is_map() => whole(evidence::fit_map(map, root)),
            Shape::MapOrNothing(map) if root.is_map() => whole(evidence::fit_map(map, root)),
            Shape::List(_) | Shape::Named(_) => {
                let all = evidence::fit(shape, root);
                let Some(one) = place::item(shape).filter(|_| root.is_map()) else { return whole(all) };
                let one = evidence::fit(one, root);
                Some(Look { shape: one.max(all), item: one >= all })
            }
            Shape::Special(_) | Shape::Unjudged(_) => whole(evidence::fit(shape, root)),
            _ => None,
        }
    }
}

fn candidate<'s, 'c>(
    spot: &'s Spot,
    looks: &mut Looks,
    indented: bool,
    context: &LazyCell<Context<'c>, impl FnOnce() -> Context<'c>>,
) -> Option<Candidate<'s>> {
    let root = looks.root;
    let Look { mut shape, item } = looks.of(spot.shape)?;
    // A list of words looks like nothing; the name of its file must be said.
    let named = spot.depth == 0 && root.is_list() && context.file(spot.place.found.kind).is_some();
    if named && shape >= 0.0 {
        shape = shape.max(1.0);
    }
    if shape < 1.0 {
        return None;
    }
    // An excerpt that keeps its indentation stands inside something.
    if indented && root.is_map() && spot.depth == 0 {
        shape -= 1.0;
    }
    // What no rule applies to is only meant where nothing else fits.
    if matches!(spot.shape, Shape::Unjudged(_)) || matches!(spot.shape, Shape::Named(named) if !named.judged) {
        shape -= 0.25;
    }
    let missing = missing(spot.shape, root);
    Some(Candidate {
        spot,
        item,
        shape,
        score: shape + context.of(spot.place.found.kind, spot.place.path.last().copied()),
        missing,
    })
}

/// How many required keys of the value, or of the items of a list, are not there; an excerpt of a map misses nothing.
fn missing(shape: &'static Shape, root: Node) -> usize {
    let Some(map) = shape.as_map().filter(|map| root.is_list() || evidence::is_whole(map, root)) else { return 0 };
    let of = |node: Node| {
        let (shown, all) = evidence::required(map, node);
        all - shown
    };
    if root.is_map() { of(root) } else { root.items().take(8).map(of).sum() }
}

/// The place that a candidate stands for, and whether only some of its keys are shown.
fn taken(candidate: &Candidate, root: Node) -> (Place, bool) {
    let spot = candidate.spot;
    let mut place = spot.place.clone();
    place.found.item = candidate.item;
    let map = match spot.shape {
        Shape::Map(map) => map,
        Shape::MapOrNothing(map) => map,
        _ => return (place, false),
    };
    // One line alone does not show where it belongs: a reader writes it at the top.
    let line = root.entries().len() == 1 && root.entries().all(|(_, value)| value.text().is_some());
    if spot.depth > 0 && line {
        let found = Found { shape: place.found.kind.shape, field: None, item: false, ..place.found };
        return (Place { found, path: Vec::new() }, true);
    }
    (place, !evidence::is_whole(map, root))
}

/// Whether all give the same findings, so that it does not matter which is meant.
fn agree(tied: &[&Candidate], root: Node, text: &str) -> bool {
    let findings = |candidate: &&Candidate| {
        let (place, partial) = taken(candidate, root);
        let faults = judge::excerpt(&place, Language::Yaml, text, partial);
        faults.into_iter().map(|fault| (fault.rule, fault.range)).collect::<Vec<_>>()
    };
    let mut all = tied.iter().take(8).map(findings);
    let first = all.next();
    all.all(|other| Some(&other) == first.as_ref())
}

/// The keys that say most, for the list of examples.
fn telling(candidate: &Candidate, root: Node) -> Vec<String> {
    let node = if root.is_list() { root.items().next() } else { Some(root) };
    let Some((node, map)) = node.zip(candidate.spot.shape.as_map()) else { return Vec::new() };
    let keys = node.entries().filter_map(|(key, _)| key.text());
    let mut keys: Vec<&str> = keys.filter(|key| map.field(key).is_some()).collect();
    keys.sort_by(|a, b| evidence::weight(b).total_cmp(&evidence::weight(a)));
    keys.into_iter().take(3).map(str::to_string).collect()
}

fn column(text: &str, root: Node) -> usize {
    let at = root.span().start.min(text.len());
    at - text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1)
}
