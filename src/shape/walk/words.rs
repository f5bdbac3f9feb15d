//! Nodes and names in, the words of messages out.

use crate::yaml::{Node, Value};
use std::ops::Range;

/// Why a scalar does not fit its own tag.
pub fn bad_tag(node: Node) -> Option<String> {
    let (text, tag) = (node.text()?, node.tag()?);
    if node.value().is_some() {
        return None;
    }
    Some(format!("{} does not fit its tag `{tag}`", quoted(text)))
}

/// `a list`, `a number`: what an author sees in a value.
pub fn describe(node: Node) -> &'static str {
    if node.alias().is_some() {
        return "an alias";
    }
    if node.is_list() {
        return "a list";
    }
    if node.is_map() {
        return "a map";
    }
    match node.value() {
        None | Some(Value::Text(_)) => "text",
        Some(Value::Null) => "nothing",
        Some(Value::Bool(_)) => "a bool",
        Some(Value::Int(int)) if int < 0 => "a negative number",
        Some(Value::Int(_) | Value::Uint(_)) => "a number",
        Some(Value::Float(float)) if float.is_infinite() => "an infinite number",
        Some(Value::Float(float)) if float.is_nan() => "no number",
        Some(Value::Float(_)) => "a number with a fraction",
        Some(Value::Timestamp(_)) => "a date",
        Some(Value::Binary(_)) => "binary data",
    }
}

/// The place to show for a whole list or map: its first key or item.
pub fn first_key(node: Node) -> Range<usize> {
    match node.entries().next() {
        Some((key, _)) if key.text().is_some() => key.span(),
        _ => first_line(node),
    }
}

pub fn first_line(node: Node) -> Range<usize> {
    let span = node.span();
    span.start..span.end.min(span.start + 1).max(span.start)
}

/// A text of the author in backquotes; of a long one the beginning.
pub fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    let line = text.lines().next().unwrap_or_default();
    let cut = line.char_indices().nth(LONGEST).map(|(at, _)| at);
    match cut {
        Some(cut) => format!("`{}…`", &line[..cut]),
        None if line.len() + 1 < text.len() => format!("`{line}…`"),
        None => format!("`{line}`"),
    }
}

/// "`a`, `b` or `c`"
pub fn one_of(names: &[&str]) -> String {
    listed(names, "or")
}

/// "`a`, `b` and `c`"
pub fn all_of(names: &[&str]) -> String {
    listed(names, "and")
}

fn listed(names: &[&str], word: &str) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} {word} {last}", rest.join(", ")),
        Some((only, _)) => only.clone(),
        None => String::new(),
    }
}

/// The first sentence of a description, as the end of a message.
pub fn first_sentence(about: &str) -> String {
    let sentence = about.split(". ").next().unwrap_or(about).trim_end_matches('.');
    let mut chars = sentence.chars();
    match chars.next() {
        // A word in capitals (`URL`) stays as it is.
        Some(first) if !chars.as_str().starts_with(char::is_uppercase) => first.to_lowercase().chain(chars).collect(),
        _ => sentence.to_string(),
    }
}
