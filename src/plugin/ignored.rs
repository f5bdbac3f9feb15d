//! `.difyignore`, or else `.gitignore`, in; which files stay out of the package out.
//!
//! Only the file at the plugin's root is read, and each pattern is applied on its own: one that begins with `!` brings
//! nothing back.

use crate::source::{FileId, Sources, Span};
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::collections::HashMap;

/// The patterns of the file that counts.
#[derive(Default)]
pub struct Ignored {
    patterns: Vec<Pattern>,
}

struct Pattern {
    place: Span,
    matcher: Gitignore,
}

impl Ignored {
    pub fn read(sources: &Sources) -> Ignored {
        let file = sources.find(".difyignore").or_else(|| sources.find(".gitignore"));
        Ignored { patterns: file.map_or(Vec::new(), |file| patterns(sources, file)) }
    }

    /// The place of the first pattern that keeps this file, or a folder that it lies in, out of the package.
    pub fn pattern(&self, path: &str) -> Option<Span> {
        let ignores = |pattern: &&Pattern| pattern.matcher.matched_path_or_any_parents(path, false).is_ignore();
        self.patterns.iter().find(ignores).map(|pattern| pattern.place)
    }

    /// The files of the plugin that are packed. Patterns are asked once for each folder.
    pub fn packed<'p>(&self, paths: impl Iterator<Item = &'p str>) -> Vec<&'p str> {
        let mut folders: HashMap<&str, bool> = HashMap::new();
        paths.filter(|path| !self.leaves_out(path, false, &mut folders)).collect()
    }

    fn leaves_out<'p>(&self, path: &'p str, is_folder: bool, folders: &mut HashMap<&'p str, bool>) -> bool {
        if let Some(known) = folders.get(path).filter(|_| is_folder) {
            return *known;
        }
        let above = path.rsplit_once('/').is_some_and(|(above, _)| self.leaves_out(above, true, folders));
        let own = || self.patterns.iter().any(|pattern| pattern.matcher.matched(path, is_folder).is_ignore());
        let out = above || own();
        if is_folder {
            folders.insert(path, out);
        }
        out
    }
}

fn patterns(sources: &Sources, file: FileId) -> Vec<Pattern> {
    let text = sources.text(file);
    let mut patterns = Vec::new();
    for line in text.split('\n') {
        let pattern = line.trim();
        if pattern.is_empty() || pattern.starts_with('#') {
            continue;
        }
        let mut builder = GitignoreBuilder::new("");
        // A pattern with an error fits nothing.
        if builder.add_line(None, pattern).is_ok()
            && let Ok(matcher) = builder.build()
        {
            let start = pattern.as_ptr() as usize - text.as_ptr() as usize;
            patterns.push(Pattern { place: Span::new(file, start..start + pattern.len()), matcher });
        }
    }
    patterns
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;
    use std::collections::BTreeMap;

    fn check(files: &[(&str, &str)], path: &str, expected: Option<&str>) {
        let source =
            |(path, text): &(&str, &str)| Source { path: path.to_string(), text: (*text).into(), invalid: None };
        let sources = Sources::new(files.iter().map(source), BTreeMap::new());
        let ignored = Ignored::read(&sources);
        assert_eq!(ignored.pattern(path).map(|place| &sources[place]), expected, "{files:?} {path}");
        assert_eq!(ignored.packed([path].into_iter()).is_empty(), expected.is_some(), "{files:?} {path}");
    }

    #[test]
    fn each_pattern_stands_alone() {
        let dify = |text: &'static str| [(".difyignore", text)];
        check(&dify("# all\n*.yaml\n"), "provider/x.yaml", Some("*.yaml"));
        check(&dify("*.yaml\n!x.yaml\n"), "x.yaml", Some("*.yaml"));
        check(&dify(" models/ \r\n"), "models/llm/a.yaml", Some("models/"));
        check(&dify("/a.yaml"), "b/a.yaml", None);
        check(&dify("a.yaml/"), "a.yaml", None);
        check(&dify("**/a.yaml"), "b/c/a.yaml", Some("**/a.yaml"));
        check(&[(".difyignore", ""), (".gitignore", "*")], "a.yaml", None);
        check(&[(".gitignore", "*")], "a.yaml", Some("*"));
        check(&[(".gitignore", "[")], "a.yaml", None);
    }
}
