//! Examples of kinds: the site in; what each YAML fence was taken for, and what is wrong in it, out.
//!
//! ```text
//! Site -> collect -> Fence -> bind (words, settings, title, shape) -> judge -> expect -> diagnostics
//! ```
//!
//! A fence that nothing binds is counted and left alone. Files that `[[examples]]` names are judged whole.

mod bind;
mod collect;
mod context;
mod evidence;
mod expect;
mod files;
mod judge;
mod language;
mod listing;
mod pattern;
mod place;
mod recognise;
mod sets;
mod vocabulary;
mod words;

pub use bind::{Binding, By, Sure};
pub use collect::{Fence, Language};
pub use expect::FAULTS;
pub use judge::{Judge, diagnostic_in_file as in_file};
pub use place::{Bound, Place, Unknown};

use crate::diagnostic::Diagnostic;
use crate::page::Page;
use crate::site::Site;
use crate::source::{FileId, Span};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a fence or a file was taken for, and why.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Its first line.
    pub span: Span,
    pub title: Option<String>,
    /// `tool.parameters`, as it could be written after `kind=`; none for what stays unbound.
    pub kind: Option<String>,
    /// Only some of the keys are shown.
    pub partial: bool,
    pub by: By,
    /// In the words of `--list-examples`: `titled manifest.yaml`, `has parameter_rules`.
    pub why: String,
    pub sure: Sure,
    pub verdict: Verdict,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Passes,
    /// With this many faults.
    Fails(usize),
    /// It should fail and does.
    FailsAsExpected,
    /// It should fail and does not.
    PassesUnexpectedly,
    /// Nothing binds it, or it is bound to nothing on purpose.
    NotJudged,
}

/// How many examples of each sort there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// All that were judged: whole ones, fragments, and those that should fail.
    pub checked: usize,
    /// Bound to a path in a kind, or only some of the keys of one.
    pub fragments: usize,
    pub should_fail: usize,
    /// Neither bound nor told to be left alone.
    pub unbound: usize,
}

/// Everything known of the examples of a book.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    /// In the order of files and places.
    pub listed: Vec<Listed>,
    pub found: Vec<Diagnostic>,
}

impl Survey {
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for listed in &self.listed {
            match (&listed.kind, listed.verdict) {
                (None, _) => counts.unbound += usize::from(listed.by == By::Nothing),
                (Some(kind), verdict) => {
                    counts.checked += 1;
                    counts.fragments += usize::from(listed.partial || kind.contains(['.', '[']));
                    let expected = matches!(verdict, Verdict::FailsAsExpected | Verdict::PassesUnexpectedly);
                    counts.should_fail += usize::from(expected);
                }
            }
        }
        counts
    }
}

/// Judges every example of a book. Done once by whoever wants both the findings and the counts.
pub fn survey(site: &Site) -> Survey {
    survey_of(site, &|_| false)
}

/// What is wrong in the examples of an older version of a book: what the two have in common is taken from the survey of
/// the present one. Only the findings are whole.
pub fn survey_past(old: &Site, now: &Site, known: &Survey) -> Survey {
    let (shown, shown_now) = (old.shown_texts(), now.shown_texts());
    // What binds and judges an example stands in texts that are no pages.
    let others = |site: &Site| -> BTreeMap<String, Arc<str>> {
        let texts = site.sources.files().filter(|(file, _)| site.texts[file.index()].is_none());
        texts.map(|(_, source)| (source.path.clone(), source.text.clone())).collect()
    };
    let alike = others(old) == others(now);
    let is_known = |file: FileId| {
        let at = file.index();
        let texts = (old.texts.get(at), now.texts.get(at));
        let same = matches!(texts, (Some(Some(old)), Some(Some(now))) if Arc::ptr_eq(old, now));
        alike && same && shown[at] && shown_now[at]
    };
    let mut survey = survey_of(old, &is_known);
    survey.found.extend(known.found.iter().filter(|found| is_known(found.span.file)).cloned());
    survey
}

/// Without the pages that are known.
fn survey_of(site: &Site, is_known: &(dyn Fn(FileId) -> bool + Sync)) -> Survey {
    let judge = Judge::new(site);
    let (patterns, mut found) = pattern::read(&site.config, &judge);
    let shown = site.shown_texts();
    let texts: Vec<_> = site.texts.iter().enumerate().filter(|(file, _)| shown[*file]).collect();
    let texts = texts.par_iter().filter_map(|(_, text)| text.as_deref());
    let pages = texts.filter(|page| !is_known(page.file)).map(|page| {
        let fences = collect::fences(page, &site.sources);
        let bindings = bind::page(&fences, &patterns, &judge);
        (fences, bindings)
    });
    let parts: Vec<Survey> = pages
        .map(|(fences, bindings)| {
            let mut part = Survey::default();
            for (fence, binding) in fences.iter().zip(&bindings) {
                expect::fence(fence, binding, &judge, &mut part);
            }
            part.found.extend(sets::check(&fences, &bindings));
            part
        })
        .collect();
    let files: Vec<_> = site.sources.files().collect();
    let files: Vec<Survey> = files
        .par_iter()
        .filter_map(|(file, source)| {
            let (bound, by) = patterns.file(&source.path)?;
            Some(expect::file(*file, source, bound, by, &judge))
        })
        .collect();
    let mut listed = Vec::new();
    for part in parts.into_iter().chain(files) {
        listed.extend(part.listed);
        found.extend(part.found);
    }
    listed.sort_by_key(|listed| listed.span);
    Survey { listed, found }
}

/// What the fences of some pages are examples of, where that is certain and built in: the place of each, and its name.
pub fn bound(site: &Site, pages: &[&Page]) -> Vec<Vec<(Span, String)>> {
    let judge = Judge::new(site);
    // What is wrong with the settings is told by the survey.
    let (patterns, _) = pattern::read(&site.config, &judge);
    let of_page = |page: &&Page| {
        let fences = collect::fences(page, &site.sources);
        let bindings = bind::page(&fences, &patterns, &judge);
        let pairs = fences.iter().zip(&bindings).filter(|(_, binding)| binding.sure == Sure::Certain);
        let names = pairs.filter_map(|(fence, binding)| match binding.bound.as_ref()? {
            Bound::Builtin(place) => Some((fence.first_line(), place.name())),
            Bound::User(_) => None,
        });
        names.collect()
    };
    pages.iter().map(of_page).collect()
}

/// The kind that the words after a fence's language name.
pub fn kind_word(words: &str) -> Option<String> {
    words::read(words).kind
}

/// What each example was taken for and why.
pub fn list(site: &Site) -> Vec<Listed> {
    survey(site).listed
}

/// The same as text: what `check --list-examples` prints.
pub fn listing(site: &Site) -> String {
    listing::text(&survey(site), &site.sources)
}

/// What is wrong in a whole file of a built-in kind: nothing in it counts as left out on purpose.
pub fn file(kind: &Place, file: FileId, text: &str) -> Vec<Diagnostic> {
    judge::whole(kind, text).into_iter().map(|fault| judge::diagnostic_in_file(fault, file)).collect()
}
