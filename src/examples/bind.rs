//! The fences of a page in; what each is an example of, by what, and how sure that is, out.

use super::collect::{Fence, Language};
use super::files;
use super::judge::Judge;
use super::pattern::Patterns;
use super::recognise::{self, Guess};
use super::{Bound, Place};
use crate::diagnostic::Diagnostic;
use crate::shape::Kind;

/// What a fence is taken for.
pub struct Binding {
    pub bound: Option<Bound>,
    pub partial: bool,
    pub by: By,
    pub why: String,
    pub sure: Sure,
    /// What is wrong with the words that bind it.
    pub problem: Option<Diagnostic>,
}

/// What decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Words after the language.
    Words,
    /// `[[examples]]`
    Settings,
    /// The title, or a file's own name.
    Title,
    /// The keys of the example itself.
    Shape,
    /// It is said to be no example.
    None,
    Nothing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sure {
    /// Not enough to judge it.
    No,
    Likely,
    Certain,
}

impl Binding {
    fn new(bound: Option<Bound>, by: By, why: impl Into<String>) -> Binding {
        Binding { bound, partial: false, by, why: why.into(), sure: Sure::Certain, problem: None }
    }

    fn nothing() -> Binding {
        Binding { sure: Sure::No, ..Binding::new(None, By::Nothing, "") }
    }

    fn kind(&self) -> Option<&'static Kind> {
        match &self.bound {
            Some(Bound::Builtin(place)) => Some(place.found.kind),
            _ => None,
        }
    }
}

/// Binds the fences of one page. Those whose shape says too little by itself are understood by the others.
pub fn page(fences: &[Fence], patterns: &Patterns, judge: &Judge) -> Vec<Binding> {
    let mut bindings: Vec<Binding> = fences.iter().map(|fence| alone(fence, patterns, judge)).collect();
    let known: Vec<&'static Kind> =
        bindings.iter().filter(|binding| binding.sure == Sure::Certain).filter_map(Binding::kind).collect();
    if known.is_empty() {
        return bindings;
    }
    for (fence, binding) in fences.iter().zip(&mut bindings) {
        let open = binding.sure < Sure::Certain && fence.language == Language::Yaml;
        if let (true, Some(guess)) = (open, recognise::guess(fence, &known)) {
            *binding = by_shape(guess, fence);
        }
    }
    bindings
}

fn alone(fence: &Fence, patterns: &Patterns, judge: &Judge) -> Binding {
    let partial = fence.words.partial;
    match fence.words.kind.as_deref() {
        Some("none") => return Binding::new(None, By::None, "its words say so"),
        Some(kind) => {
            return match judge.kind(kind) {
                Ok(bound) => Binding { partial, ..Binding::new(Some(bound), By::Words, "its words say so") },
                Err(unknown) => {
                    let (message, help) = unknown.explain(kind);
                    let problem = Diagnostic::error("unknown-kind", fence.info, message).help(help);
                    Binding { problem: Some(problem), ..Binding::new(None, By::None, "its kind is unknown") }
                }
            };
        }
        None => {}
    }
    if let Some(said) = patterns.fence(fence) {
        let why = format!("entry {} of `[[examples]]`", said.number);
        let by = if said.bound.is_some() { By::Settings } else { By::None };
        return Binding { partial: partial || said.partial, ..Binding::new(said.bound.cloned(), by, why) };
    }
    if fence.language != Language::Yaml {
        return Binding::nothing();
    }
    if let Some(title) = &fence.title {
        let kinds: Vec<_> = files::kinds(title).collect();
        let names: Vec<&'static Kind> = kinds.iter().map(|(kind, _)| *kind).collect();
        if let Some((place, excerpt)) = recognise::among(fence, &names) {
            let file = kinds.iter().find(|(kind, _)| std::ptr::eq(*kind, place.found.kind)).map(|(_, file)| *file);
            let why = format!("titled as `{}`", file.unwrap_or_default());
            let binding = Binding::new(Some(Bound::Builtin(place)), By::Title, why);
            return Binding { partial: partial || excerpt, ..binding };
        }
    }
    recognise::guess(fence, &[]).map_or_else(Binding::nothing, |guess| by_shape(guess, fence))
}

fn by_shape(guess: Guess, fence: &Fence) -> Binding {
    let keys: Vec<String> = guess.keys.iter().map(|key| format!("`{key}`")).collect();
    let keys = (!keys.is_empty()).then(|| format!("has {}", keys.join(", ")));
    let why = keys.into_iter().chain(guess.context).collect::<Vec<_>>().join("; ");
    let sure = if guess.certain { Sure::Certain } else { Sure::Likely };
    let bound: Place = guess.place;
    let partial = guess.partial || fence.words.partial;
    Binding { partial, sure, ..Binding::new(Some(Bound::Builtin(bound)), By::Shape, why) }
}
