//! A value and a shape in; how much the one looks like the other out. No verdict: misspelt examples are examples too.
//!
//! Keys that are several words (`human_description`) are rare elsewhere and count most; `name` and `type` are in every
//! format. What stands further in counts half at each level. A key that the shape does not know counts against it.

use super::place;
use crate::shape::elision::is_placeholder;
use crate::shape::{Field, Map, Need, Shape, Text};
use crate::yaml::Node;

/// More of a list or map is not looked at.
pub const ENOUGH: usize = 32;
/// Aliases may nest without end.
const DEEPEST: usize = 6;

/// How well a value fits a shape. About 4 is what two or three rare keys bring; below 0 it is something else.
pub fn fit(shape: &'static Shape, node: Node) -> f32 {
    of(shape, node, 0)
}

/// The same for a map of known keys.
pub fn fit_map(map: &'static Map, node: Node) -> f32 {
    of_map(map, node, 0)
}

fn of(shape: &'static Shape, node: Node, depth: usize) -> f32 {
    if depth > DEEPEST || node.is_null() {
        return 0.0;
    }
    match shape {
        Shape::Text(text) => of_text(text, node),
        Shape::Map(map) => of_map(map, node, depth),
        Shape::MapOrNothing(map) => of_map(map, node, depth),
        Shape::List(_) | Shape::Named(_) => of_items(shape, node, depth),
        Shape::Files(files) => mean(node, |item| match item.text() {
            Some(path) if path.ends_with(".yaml") || path.ends_with(".yml") => 2.0,
            Some(_) => 0.0,
            None => of(files.kind.shape, item, depth + 1),
        }),
        Shape::Special(special) => of(special.inner, node, depth),
        Shape::Unjudged(inner) | Shape::Foreign(inner) => of(inner, node, depth),
        Shape::FreeMap(_) if !node.is_map() => -2.0,
        Shape::Bool | Shape::Int | Shape::Size(..) | Shape::Float | Shape::Decimal | Shape::Time
            if node.text().is_none() =>
        {
            -2.0
        }
        _ => 0.0,
    }
}

fn of_text(rules: &Text, node: Node) -> f32 {
    let Some(text) = node.text() else { return -3.0 };
    if rules.one_of.contains(&text) {
        return weight(text);
    }
    if is_placeholder(text) || text.is_empty() {
        return 0.0;
    }
    match rules.format {
        _ if !rules.one_of.is_empty() => -1.0,
        Some(format) if (format.fits)(text) => 0.5,
        _ => 0.0,
    }
}

fn of_map(map: &'static Map, node: Node, depth: usize) -> f32 {
    if !node.is_map() {
        return -2.0;
    }
    let mut sum = 0.0;
    for (key, value) in node.entries().take(ENOUGH).filter(|(key, _)| !key.is_merge()) {
        sum += match key.text().and_then(|key| map.field(key)) {
            Some(field) => weight(field.name) + of(field.shape, value, depth + 1) / 2.0,
            None if key.text().is_some_and(is_placeholder) => 0.0,
            None => -2.0,
        };
    }
    sum
}

/// A list of items, or what an author may write in its place: a map from names to items.
fn of_items(shape: &'static Shape, node: Node, depth: usize) -> f32 {
    let item = place::item(shape);
    let one = |node: Node| item.map_or(0.0, |item| of(item, node, depth + 1));
    if node.is_list() {
        return mean(node, one);
    }
    if !node.is_map() {
        return -2.0;
    }
    let values: Vec<f32> =
        node.entries().take(ENOUGH).map(|(_, value)| if value.is_map() { one(value) } else { -2.0 }).collect();
    let penalty = if matches!(shape, Shape::Named(_)) { 0.0 } else { 1.0 };
    // Any map holds others under some names.
    average(&values) / 2.0 - penalty
}

fn mean(node: Node, one: impl Fn(Node) -> f32) -> f32 {
    if !node.is_list() {
        return -2.0;
    }
    average(&node.items().take(ENOUGH).filter(|item| !item.is_null()).map(one).collect::<Vec<_>>())
}

fn average(values: &[f32]) -> f32 {
    if values.is_empty() { 0.0 } else { values.iter().sum::<f32>() / values.len() as f32 }
}

/// What a word says by itself: words in several parts are names that somebody made up.
pub fn weight(word: &str) -> f32 {
    if word.contains(['_', '-', '[']) { 3.0 } else { 1.0 }
}

/// The required fields of a map that a document must write, and how many of them it does.
pub fn required(map: &'static Map, node: Node) -> (usize, usize) {
    let fields = || map.fields.iter().filter(|field| is_required(field));
    (fields().filter(|field| node.get(field.name).is_some()).count(), fields().count())
}

fn is_required(field: &Field) -> bool {
    field.need == Need::Required
        && !field.by_rule
        && match field.shape {
            Shape::Map(map) => map.fields.iter().any(is_required),
            _ => true,
        }
}

/// Whether a map shows enough of what must be there to be meant as the whole of it.
pub fn is_whole(map: &'static Map, node: Node) -> bool {
    let (shown, all) = required(map, node);
    let known = node.entries().filter(|(key, _)| key.text().is_some_and(|key| map.field(key).is_some())).count();
    if all == 0 { known > 1 } else { shown * 2 > all || (shown * 2 == all && known > 2) }
}
