//! A shape in, words for a reader out: its type, its limits, its values.

use super::{name_of, names};
use crate::shape::{Map, Shape};

/// A type in words. The last words may name a structure that is described elsewhere: `list of`, `localized text`.
#[derive(Default)]
pub struct Type {
    pub before: String,
    pub name: String,
    /// The structure that `name` stands for.
    pub map: Option<&'static Map>,
}

impl Type {
    fn plain(name: impl Into<String>) -> Type {
        Type { name: name.into(), ..Type::default() }
    }

    fn of(before: &str, map: &'static Map, plural: bool) -> Type {
        let name = name_of(map).unwrap_or("map");
        let name = names::find(name).map_or(name.replace('-', " "), |shared| shared.words.to_string());
        let ending = if plural { "s" } else { "" };
        Type { before: before.to_string(), name: format!("{name}{ending}"), map: Some(map) }
    }

    pub fn text(&self) -> String {
        format!("{}{}", self.before, self.name)
    }
}

/// What may stand here.
pub fn type_of(shape: &'static Shape) -> Type {
    match shape {
        Shape::Text(_) => Type::plain("string"),
        Shape::Bool => Type::plain("boolean"),
        Shape::Int | Shape::Size(..) => Type::plain("integer"),
        Shape::Float => Type::plain("number"),
        Shape::Time => Type::plain("time"),
        Shape::Decimal => Type::plain("decimal number"),
        Shape::Any => Type::plain("any"),
        Shape::Basic => Type::plain("string, number or boolean"),
        Shape::FreeMap(_) => Type::plain("map"),
        Shape::Map(map) => Type::of("", map, false),
        Shape::MapOrNothing(map) => Type::of("", map, false),
        Shape::List(list) => match list.item {
            Shape::Map(map) => Type::of("list of ", map, true),
            item => {
                let item = type_of(item);
                let plural = if item.name == "any" { "any type" } else { &format!("{}s", item.name) };
                Type { before: format!("list of {}", item.before), name: plural.to_string(), map: item.map }
            }
        },
        Shape::Named(named) => Type::of("list or map of ", named.item, true),
        Shape::Files(files) => match files.kind.shape.as_map() {
            Some(map) => Type { before: "list of paths of ".to_string(), ..Type::of("", map, true) },
            None => Type::plain("list of paths"),
        },
        Shape::Unjudged(shape) | Shape::Foreign(shape) => type_of(shape),
        Shape::Special(special) => Type::plain(special.about),
    }
}

/// What a value must keep to beyond its type, one phrase each. Values of a choice are not among them: see [`values`].
pub fn limits(shape: &Shape) -> Vec<String> {
    let mut limits = Vec::new();
    match shape {
        Shape::Text(text) => {
            limits.extend(text.format.map(|format| format.about.to_string()));
            limits.extend(text.max.map(|max| format!("at most {} characters", number(max as u64))));
        }
        Shape::Size(least, most) => limits.push(format!("{} to {}", number(*least), number(*most))),
        Shape::List(list) => {
            limits.extend(list.max.map(|max| format!("at most {} items", number(max as u64))));
            if matches!(list.item, Shape::Text(_)) {
                limits.extend(self::limits(list.item).into_iter().map(|limit| format!("each {limit}")));
            }
        }
        Shape::Unjudged(shape) | Shape::Foreign(shape) => return self::limits(shape),
        _ => {}
    }
    limits
}

/// The only values of a text, or of each text in a list.
pub fn values(shape: &Shape) -> &'static [&'static str] {
    match shape {
        Shape::Text(text) => text.one_of,
        Shape::List(list) => values(list.item),
        Shape::Unjudged(shape) | Shape::Foreign(shape) => values(shape),
        _ => &[],
    }
}

/// `1,073,741,824`
fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::common::I18N;
    use crate::shape::{Field, List, Text, format};

    #[test]
    fn types_have_words() {
        static TEXTS: Shape = Shape::list(&Shape::TEXT);
        static LOCALIZED: Shape = Shape::list(&I18N);
        static MAP: Shape = Shape::map(&[Field::optional("a", &Shape::Bool, "")]);
        static MAPS: Shape = Shape::list(&MAP);
        for (shape, expected) in [
            (&Shape::TEXT, "string"),
            (&TEXTS, "list of strings"),
            (&I18N, "localized text"),
            (&LOCALIZED, "list of localized texts"),
            (&MAP, "map"),
            (&MAPS, "list of maps"),
        ] {
            assert_eq!(type_of(shape).text(), expected);
        }
    }

    #[test]
    fn limits_have_words() {
        static NAME: Shape = Shape::Text(Text::format(&format::NAME).and_max(1023));
        static NAMES: Shape = Shape::List(List { item: &NAME, max: Some(16) });
        static SIZE: Shape = Shape::Size(1024, 1_073_741_824);
        for (shape, expected) in [
            (&NAME, "letters, digits, `_` and `-`; at most 1,023 characters"),
            (&NAMES, "at most 16 items; each letters, digits, `_` and `-`; each at most 1,023 characters"),
            (&SIZE, "1,024 to 1,073,741,824"),
            (&Shape::Bool, ""),
        ] {
            assert_eq!(limits(shape).join("; "), expected);
        }
    }
}
