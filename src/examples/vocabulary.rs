//! A value in; the places that its words could speak for out. All others need not be weighed.
//!
//! No place looks likely by words that it does not know: of a map these are its keys, of a list the keys and the fixed
//! values of its items. So one look at the first words of a value leaves few of the places.

use super::evidence::ENOUGH;
use super::recognise::SPOTS;
use crate::shape::Shape;
use crate::yaml::Node;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Positions in [`SPOTS`].
#[derive(Clone)]
struct Set(Vec<u64>);

impl Set {
    fn none() -> Set {
        Set(vec![0; SPOTS.len().div_ceil(64)])
    }

    fn add(&mut self, at: usize) {
        self.0[at / 64] |= 1 << (at % 64);
    }

    fn join(&mut self, other: &Set) {
        self.0.iter_mut().zip(&other.0).for_each(|(all, other)| *all |= other);
    }

    fn positions(&self) -> Vec<usize> {
        (0..SPOTS.len()).filter(|at| self.0[at / 64] & 1 << (at % 64) != 0).collect()
    }
}

struct Vocabulary {
    /// By how far below the root a word stands, the places that may know it there.
    words: Vec<HashMap<&'static str, Set>>,
    /// Those that nothing can be said of without a closer look.
    open: Set,
    /// Whole kinds: a file's name may speak for a list of any words.
    whole: Set,
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut all = Vocabulary { words: Vec::new(), open: Set::none(), whole: Set::none() };
    for (at, spot) in SPOTS.iter().enumerate() {
        if spot.depth == 0 {
            all.whole.add(at);
        }
        let mut words = Vec::new();
        let Some(depth) = collect(spot.shape, 0, &mut words) else {
            all.open.add(at);
            continue;
        };
        // Of a list an excerpt may show one item alone.
        all.words.resize_with(all.words.len().max(depth + 1), HashMap::new);
        for known in &mut all.words[..=depth] {
            for word in &words {
                known.entry(word).or_insert_with(Set::none).add(at);
            }
        }
    }
    all
});

/// The words without one of which a value does not look like this shape, and how far in they stand at most; none where
/// there are no such words.
fn collect(shape: &'static Shape, depth: usize, words: &mut Vec<&'static str>) -> Option<usize> {
    match shape {
        Shape::Text(text) => words.extend(text.one_of),
        Shape::Map(map) => words.extend(map.fields.iter().map(|field| field.name)),
        Shape::MapOrNothing(map) => words.extend(map.fields.iter().map(|field| field.name)),
        Shape::Named(named) => {
            words.extend(named.item.fields.iter().map(|field| field.name));
            return Some(depth + 1);
        }
        Shape::List(list) => return collect(list.item, depth + 1, words),
        Shape::Special(special) => return collect(special.inner, depth, words),
        Shape::Unjudged(inner) | Shape::Foreign(inner) => return collect(inner, depth, words),
        Shape::Files(_) => return None,
        _ => {}
    }
    Some(depth)
}

/// The places that this value may show, in the order of [`SPOTS`].
pub fn spots(root: Node) -> Vec<usize> {
    let known = &*VOCABULARY;
    let mut set = known.open.clone();
    if root.is_list() {
        set.join(&known.whole);
    }
    add(root, 0, &mut set);
    set.positions()
}

fn add(node: Node, depth: usize, set: &mut Set) {
    let Some(words) = VOCABULARY.words.get(depth) else { return };
    let mut note = |node: Node| {
        if let Some(places) = node.text().and_then(|word| words.get(word)) {
            set.join(places);
        }
    };
    if node.is_map() {
        node.entries().take(ENOUGH).for_each(|(key, _)| note(key));
    } else {
        note(node);
    }
    node.items().take(ENOUGH).for_each(|item| add(item, depth + 1, set));
    node.entries().take(ENOUGH).for_each(|(_, value)| add(value, depth + 1, set));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::{evidence, place};
    use crate::yaml;
    use arbtest::arbitrary::{Result, Unstructured};

    /// A value made of words that the kinds know, and of some that they do not.
    fn value(u: &mut Unstructured, words: &[&str], depth: usize, indent: usize, out: &mut String) -> Result<()> {
        let kind = if depth > 3 { 0 } else { u.int_in_range(0..=3)? };
        let margin = " ".repeat(indent);
        match kind {
            0 => out.push_str(&format!(" {}\n", u.choose(words)?)),
            1 => {
                out.push('\n');
                for _ in 0..u.int_in_range(1..=4)? {
                    out.push_str(&format!("{margin}-"));
                    value(u, words, depth + 1, indent + 2, out)?;
                }
            }
            _ => {
                out.push('\n');
                for _ in 0..u.int_in_range(1..=5)? {
                    out.push_str(&format!("{margin}{}:", u.choose(words)?));
                    value(u, words, depth + 1, indent + 2, out)?;
                }
            }
        }
        Ok(())
    }

    #[test]
    fn no_place_is_passed_over() {
        let mut seen = [0usize; 2];
        arbtest::arbtest(|u| {
            // Mostly words of one place: others look like nothing.
            let mut words = vec!["name", "spam", "x_y", "a.yaml", "<name>"];
            let spot = &SPOTS[u.choose_index(SPOTS.len())?];
            collect(spot.shape, 0, &mut words);
            let mut text = String::new();
            value(u, &words, 0, 0, &mut text)?;
            let document = yaml::parse(&text);
            let Some(root) = document.root() else { return Ok(()) };
            let near = spots(root);
            for (at, spot) in SPOTS.iter().enumerate() {
                let item = place::item(spot.shape).map_or(0.0, |item| evidence::fit(item, root));
                let likely = evidence::fit(spot.shape, root).max(item) >= 1.0;
                assert!(near.contains(&at) || !likely, "{} in\n{text}", spot.place.name());
                seen[usize::from(likely)] += 1;
            }
            Ok(())
        })
        .budget_ms(500);
        assert!(seen.iter().all(|count| *count > 0), "{seen:?}");
    }
}
