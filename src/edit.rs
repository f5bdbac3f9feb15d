//! Edits: places and the texts that take their place in; the edited texts, and the difference to look at, out.

use crate::source::{FileId, Sources, Span};
use similar::TextDiff;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Edits that do not overlap, by place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edits {
    /// By file and start: the end, and the new text.
    all: BTreeMap<(FileId, u32), (u32, String)>,
}

/// A text of the book as it was and as it shall be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// None for a new file.
    pub from: Option<String>,
    pub to: String,
    pub old: Arc<str>,
    pub new: Arc<str>,
}

impl Edits {
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Takes all of these edits, or none where one of them overlaps another: two at one place have no order.
    pub fn take(&mut self, edits: &[(Span, String)]) -> bool {
        let before = self.all.len();
        let mut taken = Vec::new();
        for (span, text) in edits {
            if !self.is_free(*span) {
                taken.iter().for_each(|key| drop(self.all.remove(key)));
                debug_assert_eq!(before, self.all.len());
                return false;
            }
            let key = (span.file, span.start);
            self.all.insert(key, (span.end, text.clone()));
            taken.push(key);
        }
        true
    }

    /// Takes an edit in the place of an earlier one of the same span.
    pub fn replace(&mut self, span: Span, text: String) -> bool {
        let key = (span.file, span.start);
        if self.all.get(&key).is_some_and(|(end, _)| *end == span.end) {
            self.all.remove(&key);
        }
        self.take(&[(span, text)])
    }

    fn is_free(&self, span: Span) -> bool {
        let start = (span.file, span.start);
        let before = self.all.range(..start).next_back();
        let next = self.all.range(start..).next();
        before.is_none_or(|((file, _), (end, _))| *file != span.file || *end <= span.start)
            && next.is_none_or(|((file, at), _)| *file != span.file || (*at >= span.end && *at != span.start))
    }

    /// The files that are edited.
    pub fn files(&self) -> Vec<FileId> {
        let mut files: Vec<FileId> = self.all.keys().map(|(file, _)| *file).collect();
        files.dedup();
        files
    }

    fn of(&self, file: FileId) -> impl Iterator<Item = (u32, u32, &str)> {
        let all = self.all.range((file, 0)..=(file, u32::MAX));
        all.map(|((_, start), (end, text))| (*start, *end, &**text))
    }

    /// The text of a file with its edits.
    pub fn apply(&self, file: FileId, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for (start, end, new) in self.of(file) {
            out.push_str(&text[at..start as usize]);
            out.push_str(new);
            at = end as usize;
        }
        out + &text[at..]
    }

    /// Where each byte in `places`, which ascend, stands afterwards; None for one inside what was replaced. The first
    /// byte of a replaced text stays the first.
    pub fn shifted(&self, file: FileId, places: &[u32]) -> Vec<Option<u32>> {
        let mut edits = self.of(file).peekable();
        let mut grown: i64 = 0;
        let mut covered = 0;
        places
            .iter()
            .map(|place| {
                while let Some((start, end, new)) = edits.next_if(|(start, _, _)| start < place) {
                    grown += new.len() as i64 - i64::from(end - start);
                    covered = end;
                }
                (*place >= covered).then(|| (i64::from(*place) + grown) as u32)
            })
            .collect()
    }

    /// What the edits make of each file that they change.
    pub fn changes(&self, sources: &Sources) -> Vec<Change> {
        let files = self.files().into_iter();
        let changes = files.map(|file| {
            let source = sources.source(file);
            let (path, old) = (source.path.clone(), source.text.clone());
            Change { from: Some(path.clone()), to: path, new: self.apply(file, &old).into(), old }
        });
        changes.filter(|change| change.old != change.new).collect()
    }
}

/// The difference in the form that `patch` and Git read. Line ends are those of the texts.
pub fn diff(change: &Change) -> String {
    let from = change.from.as_ref().map_or("/dev/null".to_string(), |path| format!("a/{path}"));
    let texts = TextDiff::from_lines(&*change.old, &*change.new);
    texts.unified_diff().context_radius(3).header(&from, &format!("b/{}", change.to)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edits(all: &[(u32, u32, &str)]) -> (Edits, Vec<bool>) {
        let mut edits = Edits::default();
        let taken = all.iter().map(|(start, end, text)| {
            edits.take(&[(Span { file: FileId(0), start: *start, end: *end }, text.to_string())])
        });
        let taken = taken.collect();
        (edits, taken)
    }

    #[test]
    fn texts_are_edited() {
        for (text, all, taken, expected) in [
            ("abc", &[(1, 2, "X")][..], &[true][..], "aXc"),
            ("abc", &[(0, 2, "X"), (1, 3, "Y")], &[true, false], "Xc"),
            ("abc", &[(2, 3, "Y"), (0, 2, "X")], &[true, true], "XY"),
            ("abc", &[(1, 1, "X"), (1, 1, "Y")], &[true, false], "aXbc"),
            ("abc", &[(1, 1, "X"), (1, 2, "Y")], &[true, false], "aXbc"),
            ("abc", &[(0, 3, ""), (1, 1, "Y")], &[true, false], ""),
            ("abc", &[(3, 3, "d")], &[true], "abcd"),
        ] {
            let (edits, got) = edits(all);
            assert_eq!((edits.apply(FileId(0), text), got), (expected.to_string(), taken.to_vec()), "{text} {all:?}");
        }
    }

    #[test]
    fn all_of_a_repair_or_none() {
        let (mut edits, _) = edits(&[(4, 6, "X")]);
        let span = |start, end| Span { file: FileId(0), start, end };
        assert!(!edits.take(&[(span(0, 1), "A".to_string()), (span(5, 7), "B".to_string())]));
        assert_eq!(edits.apply(FileId(0), "01234567"), "0123X67");
        assert!(edits.replace(span(4, 6), "Y".to_string()));
        assert_eq!(edits.apply(FileId(0), "01234567"), "0123Y67");
    }

    #[test]
    fn places_move_along() {
        let (edits, _) = edits(&[(1, 3, "WXYZ"), (5, 5, "Y")]);
        let expected = [Some(0), Some(1), None, Some(5), Some(6), Some(7), Some(9)];
        assert_eq!(edits.shifted(FileId(0), &[0, 1, 2, 3, 4, 5, 6]), expected);
    }

    #[test]
    fn differences_are_shown() {
        let change = |from: Option<&str>, old: &str, new: &str| {
            diff(&Change { from: from.map(str::to_string), to: "b.md".to_string(), old: old.into(), new: new.into() })
        };
        assert_eq!(
            change(Some("a.md"), "1\n2\n", "1\n3"),
            "--- a/a.md\n+++ b/b.md\n@@ -1,2 +1,2 @@\n 1\n-2\n+3\n\\ No newline at end of file\n"
        );
        assert_eq!(change(None, "", "1\n"), "--- /dev/null\n+++ b/b.md\n@@ -0,0 +1 @@\n+1\n");
        assert_eq!(change(Some("a"), "1\r\n", "2\r\n"), "--- a/a\n+++ b/b.md\n@@ -1 +1 @@\n-1\r\n+2\r\n");
    }
}
