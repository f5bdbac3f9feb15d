//! Dialects: the places of a page in, the id that a generator gives each of them out.
//!
//! A new dialect is a file in `dialect/` and its two words here. What a dialect does is data where generators differ in a
//! choice, and a function where they differ in an algorithm.

use super::attributes::{self, Attributes};
use super::ids::Ids;
use crate::page::Heading;

mod docusaurus;
mod gitbook;
mod github;
mod mdbook;
mod mkdocs;

/// All dialects. The first is the one of a book that does not choose.
pub static DIALECTS: &[&Dialect] =
    &[&gitbook::DIALECT, &github::DIALECT, &mdbook::DIALECT, &docusaurus::DIALECT, &mkdocs::DIALECT];

/// How one generator makes ids.
#[derive(Debug)]
pub struct Dialect {
    /// As it is chosen: `github`.
    pub name: &'static str,
    /// As it is called: `GitHub`.
    pub title: &'static str,
    /// What is particular about it.
    pub about: &'static str,
    /// Knows GitBook's Markdown: tabs and expandables have ids, included texts belong to the page, `:rocket:` is a
    /// picture and no word, and an `<a id="x">` in a heading is the heading's id and not one more.
    pub blocks: bool,
    /// Headings below this level have no ids.
    pub deepest: u8,
    /// Whether `<h2>` gets an id as `##` does.
    pub html: bool,
    pub title_id: TitleId,
    pub attributes: Attributes,
    /// Ids that authors give are set aside before the first one is made, so that no other heading gets them.
    reserves: bool,
    /// Words to an id, before repeats are told apart. An empty one is none.
    slug: fn(&str) -> String,
    /// The id wanted, or the next like it that is free.
    number: fn(&mut Ids, &str) -> String,
}

/// What becomes of the heading that is the page's title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TitleId {
    /// No id, as if it were no heading.
    None,
    /// No id; but a heading with the same words counts as a repeat.
    Counted,
    /// An id like that of any heading.
    Given,
}

/// A place of a page that may get an id, as its author wrote it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place<'a> {
    /// The words, without marks, images and tags.
    pub text: &'a str,
    pub level: u8,
    pub written: Option<&'a Written>,
    /// It is the page's title.
    pub title: bool,
    /// Only GitBook's Markdown has it here: a tab, an expandable, anything in an included text.
    pub block: bool,
}

/// What some dialects see of a heading besides its words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The heading is an element of raw HTML.
    pub html: bool,
    /// The `id` of the element, or of an `<a>` in the heading.
    pub id: Option<Box<str>>,
    /// The words with what the book's own dialect takes for attributes.
    pub full: Option<Box<str>>,
    /// The same with `:rocket:` for a picture, and with the spaces beside elements that are no words.
    pub plain: Option<Box<str>>,
    /// The bytes of braces at the end of all of these, which may be attributes.
    pub braces: u32,
}

impl PartialEq for Dialect {
    fn eq(&self, other: &Dialect) -> bool {
        self.name == other.name
    }
}

impl Eq for Dialect {}

/// The dialect of that name. The error is help: the nearest name, or all of them.
pub fn find(name: &str) -> Result<&'static Dialect, String> {
    let names = || DIALECTS.iter().map(|dialect| dialect.name);
    DIALECTS.iter().find(|dialect| dialect.name == name).copied().ok_or_else(|| {
        match crate::config::nearest::nearest(name, names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known are `{}`", names().collect::<Vec<_>>().join("`, `")),
        }
    })
}

impl Dialect {
    /// The id of a heading with these words that stands alone on a page; attributes in braces at the end count where the
    /// dialect reads them. Empty where it has none.
    pub fn id(&self, text: &str) -> String {
        let braces = attributes::begin(text);
        let words = match braces.and_then(|at| attributes::read(self.attributes, text, at)) {
            Some((_, Some(id))) => return id.to_string(),
            Some((words, None)) => words,
            None => text,
        };
        (self.number)(&mut Ids::default(), &self.slug(words))
    }

    /// The id that words make, before repeats are told apart.
    pub fn slug(&self, words: &str) -> String {
        (self.slug)(words)
    }

    /// The words of a heading as a reader sees them: without attributes where these are read.
    pub fn shown<'a>(&self, heading: &'a Heading) -> &'a str {
        let read = heading.braces.and_then(|at| attributes::read(self.attributes, &heading.text, at as usize));
        read.map_or(&heading.text, |(words, _)| words)
    }

    /// The ids of all places of a page, which stand in document order; `None` for those that get none. Two may be equal
    /// where authors gave them.
    pub fn ids(&self, places: &[Place]) -> Vec<Option<String>> {
        let mut ids = Ids::default();
        let given: Vec<Option<&str>> = places.iter().map(|place| self.given(place)).collect();
        // In the dialects that set ids aside, the second of two equal ones gets another.
        let given: Vec<Option<&str>> = match self.reserves {
            true => given.into_iter().map(|id| id.filter(|id| ids.explicit(id))).collect(),
            false => given,
        };
        let one = |(place, given): (&Place, Option<&str>)| match given {
            Some(id) => Some(id.to_string()),
            None if !self.gives(place) => None,
            None => {
                let id = (self.number)(&mut ids, &self.slug(self.words(place)));
                let hidden = place.title && self.title_id != TitleId::Given;
                (!hidden && !id.is_empty()).then_some(id)
            }
        };
        places.iter().zip(given).map(one).collect()
    }

    /// Whether a place gets an id by its words.
    fn gives(&self, place: &Place) -> bool {
        let html = place.written.is_some_and(|written| written.html);
        (self.blocks || !place.block)
            && place.level <= self.deepest
            && (self.html || !html)
            && !(place.title && self.title_id == TitleId::None)
    }

    /// The id that the author gave to a place.
    fn given<'a>(&self, place: &Place<'a>) -> Option<&'a str> {
        let written = place.written?;
        if place.title && self.title_id != TitleId::Given || place.block && !self.blocks {
            return None;
        }
        match (&written.id, self.attributed(place)) {
            (Some(id), _) if self.blocks || written.html => Some(id),
            (_, Some((_, id))) => id,
            _ => None,
        }
    }

    /// The words of a place that an id is made of.
    pub fn words<'a>(&self, place: &Place<'a>) -> &'a str {
        self.attributed(place).map_or_else(|| self.seen(place), |(words, _)| words)
    }

    /// The words before attributes in braces, and the id among these.
    fn attributed<'a>(&self, place: &Place<'a>) -> Option<(&'a str, Option<&'a str>)> {
        let braces = place.written.map(|written| written.braces as usize).filter(|braces| *braces > 0)?;
        let seen = self.seen(place);
        attributes::read(self.attributes, seen, seen.len().checked_sub(braces)?)
    }

    fn seen<'a>(&self, place: &Place<'a>) -> &'a str {
        let Some(written) = place.written else { return place.text };
        let plain = written.plain.as_deref().filter(|_| !self.blocks);
        plain.or(written.full.as_deref()).unwrap_or(place.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(dialect: &str, places: &[Place]) -> String {
        let ids = find(dialect).map(|dialect| dialect.ids(places)).unwrap_or_default();
        ids.iter().map(|id| id.as_deref().unwrap_or("-")).collect::<Vec<_>>().join(" ")
    }

    fn check(places: &[Place], expected: &[(&str, &str)]) {
        assert_eq!(expected.len(), DIALECTS.len());
        for (dialect, expected) in expected {
            assert_eq!(ids(dialect, places), *expected, "{dialect}");
        }
    }

    #[test]
    fn repeats_are_told_apart() {
        let [a, b] = ["x", "x 1"].map(|text| Place { text, level: 2, ..Place::default() });
        check(
            &[a, a, b, a],
            &[
                ("gitbook", "x x-1 x-1-1 x-2"),
                ("github", "x x-1 x-1-1 x-2"),
                ("mdbook", "x x-1 x-1-1 x-2"),
                ("docusaurus", "x x-1 x-1-1 x-2"),
                ("mkdocs", "x x_1 x-1 x_2"),
            ],
        );
    }

    #[test]
    fn titles_and_levels() {
        let title = Place { text: "x", level: 1, title: true, ..Place::default() };
        let [two, five] = [2, 5].map(|level| Place { text: "x", level, ..Place::default() });
        check(
            &[title, five, two],
            &[
                ("gitbook", "- - x"),
                ("github", "x x-1 x-2"),
                ("mdbook", "x x-1 x-2"),
                ("docusaurus", "- x-1 x-2"),
                ("mkdocs", "x x_1 x_2"),
            ],
        );
    }

    #[test]
    fn blocks_and_raw_html() {
        let html = Written { html: true, ..Written::default() };
        let named = Written { html: true, id: Some("n".into()), ..Written::default() };
        let two = Place { text: "x", level: 2, ..Place::default() };
        let tab = Place { level: 0, block: true, ..two };
        check(
            &[tab, Place { written: Some(&html), ..two }, two, Place { written: Some(&named), ..two }],
            &[
                ("gitbook", "x x-1 x-2 n"),
                ("github", "- x x-1 n"),
                ("mdbook", "- - x n"),
                ("docusaurus", "- - x n"),
                ("mkdocs", "- - x n"),
            ],
        );
    }

    #[test]
    fn ids_given_by_authors() {
        let anchor = Written { id: Some("y".into()), ..Written::default() };
        let braces = Written { braces: 4, ..Written::default() };
        let of = |text, written| Place { text, level: 2, written, ..Place::default() };
        check(
            &[of("y", None), of("x", Some(&anchor)), of("x {#y}", Some(&braces)), of("x", None)],
            &[
                ("gitbook", "y-1 y x-y x"),
                ("github", "y x x-y x-1"),
                ("mdbook", "y x y x-1"),
                ("docusaurus", "y x y x-1"),
                ("mkdocs", "y_1 x y x_1"),
            ],
        );
    }

    #[test]
    fn emoji_by_name_are_words_elsewhere() {
        let plain = Written { plain: Some(":rocket: Go".into()), ..Written::default() };
        check(
            &[Place { text: "🚀 Go", level: 2, written: Some(&plain), ..Place::default() }],
            &[
                ("gitbook", "go"),
                ("github", "rocket-go"),
                ("mdbook", "rocket-go"),
                ("docusaurus", "rocket-go"),
                ("mkdocs", "rocket-go"),
            ],
        );
    }

    #[test]
    fn dialects_are_found_by_name() {
        assert_eq!(find("mkdocs").map(|dialect| dialect.title), Ok("MkDocs"));
        assert_eq!(find("gihub").err().as_deref(), Some("did you mean `github`?"));
        let all = "known are `gitbook`, `github`, `mdbook`, `docusaurus`, `mkdocs`";
        assert_eq!(find("textile").err().as_deref(), Some(all));
    }

    /// Whatever is written, ids are made without a panic, and none is made twice.
    #[test]
    fn made_ids_are_unique() {
        arbtest::arbtest(|u| {
            let mut texts: Vec<String> = Vec::new();
            for _ in 0..u.int_in_range(0..=12)? {
                let piece =
                    *u.choose(&["x", "X", "x 1", "x_1", "x-1", "!", "", "é", "🚀", " {#x}", "{.c}", "İ", "-"])?;
                match u.arbitrary()? {
                    true => texts.push(piece.to_string()),
                    false => texts.last_mut().into_iter().for_each(|text| text.push_str(piece)),
                }
            }
            let places: Vec<Place> = texts.iter().map(|text| Place { text, level: 2, ..Place::default() }).collect();
            for dialect in DIALECTS {
                let ids: Vec<String> = dialect.ids(&places).into_iter().flatten().collect();
                let unique: std::collections::HashSet<&String> = ids.iter().collect();
                assert_eq!(unique.len(), ids.len(), "{} {texts:?} {ids:?}", dialect.name);
                texts.iter().for_each(|text| drop(dialect.id(text)));
            }
            Ok(())
        });
    }

    #[test]
    fn long_pages_and_long_headings_take_linear_time() {
        for text in ["x", "x_1", "!", "", "x {#"] {
            let long = text.repeat(20_000);
            let many = vec![Place { text, level: 2, ..Place::default() }; 20_000];
            for dialect in DIALECTS {
                assert!(dialect.id(&long).len() <= 3 * long.len() + 9);
                assert_eq!(dialect.ids(&many).len(), many.len());
            }
        }
        // Each of these takes the id that the next one wants.
        let texts: Vec<String> = (0..20_000).map(|n| format!("x_{}", n / 2)).collect();
        let many: Vec<Place> = texts.iter().map(|text| Place { text, level: 2, ..Place::default() }).collect();
        for dialect in DIALECTS {
            assert_eq!(dialect.ids(&many).iter().flatten().count(), many.len(), "{}", dialect.name);
        }
    }
}
