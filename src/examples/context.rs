//! A fence in its page in; what speaks for each kind besides the fence's own keys out: words of the path and the heading,
//! files that are named before it, folders of code, and the other examples of the page.

use super::collect::Fence;
use super::files;
use crate::kinds::KINDS;
use crate::shape::Kind;

/// What stands around the fence.
pub struct Context<'f> {
    fence: &'f Fence<'f>,
    neighbours: &'f [&'static Kind],
    /// The words of the path and of the nearest heading.
    words: Vec<String>,
    /// Comments before the first key.
    comment: String,
    /// The folders of the Python files that the example names.
    folders: Vec<&'f str>,
    /// The page is about plugins.
    family: bool,
}

impl<'f> Context<'f> {
    pub fn new(fence: &'f Fence<'f>, neighbours: &'f [&'static Kind]) -> Context<'f> {
        let near = fence.headings.last().copied().unwrap_or_default();
        let words = split(fence.path).chain(split(near)).collect::<Vec<_>>();
        let plugins = split(fence.path).filter(|word| word == "plugin").count();
        let about = || KINDS.iter().any(|kind| split(kind.name).next().is_some_and(|first| words.contains(&first)));
        let family = plugins > 1 || (plugins > 0 && about());
        let comment = fence.text.lines().map_while(|line| line.trim_start().strip_prefix('#'));
        let comment = comment.collect::<Vec<_>>().join("\n");
        let paths = fence.text.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
        let folders = paths.filter(|path| path.ends_with(".py")).filter_map(|path| Some(path.split_once('/')?.0));
        Context { comment, folders: folders.collect(), family, words, neighbours, fence }
    }

    /// What speaks for a place in a kind: for the kind, and for the field that it is the value of.
    pub fn of(&self, kind: &'static Kind, field: Option<&str>) -> f32 {
        let mut score = self.named(kind);
        if self.file(kind).is_some() {
            score += 4.0;
        }
        if self.folders.iter().any(|folder| in_folder(kind, folder)) {
            score += 1.0;
        }
        if field.is_some_and(|field| self.comment.split_whitespace().any(|word| word == field)) {
            score += 1.0;
        }
        if self.neighbours.iter().any(|other| std::ptr::eq(*other, kind)) {
            score += 1.0;
        }
        score
            + if !self.neighbours.is_empty() {
                3.0
            } else if self.family {
                2.0
            } else {
                0.0
            }
    }

    /// Whether the path or the heading has the name of the kind, or how it begins.
    fn named(&self, kind: &Kind) -> f32 {
        let mut parts = split(kind.name);
        let has = |part: String| self.words.contains(&part);
        let first = parts.next().is_some_and(has);
        match (first, first && parts.all(has)) {
            (_, true) => 2.0,
            (true, false) => 1.0,
            _ => 0.0,
        }
    }

    /// The file of this kind that a comment or the paragraph before names.
    pub fn file(&self, kind: &Kind) -> Option<String> {
        let words = self.comment.split_whitespace().chain(self.fence.lead.split_whitespace());
        let words = words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '_'));
        let mut files = words.filter(|word| word.ends_with(".yaml") || word.ends_with(".yml"));
        files.find(|word| files::kinds(word).any(|(other, _)| std::ptr::eq(other, kind))).map(str::to_string)
    }

    /// What of it is worth telling.
    pub fn why(&self, kind: &'static Kind) -> Option<String> {
        if let Some(file) = self.file(kind) {
            return Some(format!("`{file}` is named before it"));
        }
        if self.neighbours.iter().any(|other| std::ptr::eq(*other, kind)) {
            return Some(format!("the page shows another `{}`", kind.name));
        }
        if self.named(kind) > 0.0 {
            return Some(format!("the page or heading is about `{}`", kind.name));
        }
        if !self.neighbours.is_empty() || self.family {
            return Some("the page is about plugins".to_string());
        }
        None
    }
}

/// Whether the files of a kind usually stand in this folder.
fn in_folder(kind: &Kind, folder: &str) -> bool {
    kind.files.iter().any(|pattern| pattern.split_once('/').is_some_and(|(first, _)| first == folder))
}

/// Words in lower case, without the ending of the plural.
fn split(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| {
        let lower = word.to_lowercase();
        lower.strip_suffix('s').filter(|stem| stem.len() > 3).map_or(lower.clone(), str::to_string)
    })
}
