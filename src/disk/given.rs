//! Settings from the command line: `--config` and `--isolated` in; what stands for a book's `book.toml` out.

use super::read;
use crate::source::{Settings, Source, Sources};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What was given for all books of a run.
#[derive(Clone, Debug, Default)]
pub struct Given {
    isolated: bool,
    /// The file that stands for `book.toml`: its full name, and its text.
    file: Option<(PathBuf, Arc<str>)>,
    /// Lines of TOML that go before the file.
    lines: String,
}

/// The name under which the lines are shown: no file has it, since options never name it.
const LINES: &str = "--config";

impl Given {
    /// Each word names a file, or is a key with its value. The error says what is wrong with it.
    pub fn new(words: &[String], isolated: bool) -> Result<Given, String> {
        let mut given = Given { isolated, ..Given::default() };
        let mut lines: Vec<(&str, String)> = Vec::new();
        for word in words {
            match word.split_once('=').filter(|_| !Path::new(word).is_file()) {
                Some((key, value)) => {
                    let key = key.trim();
                    // Of two values for one key the later counts.
                    lines.retain(|(known, _)| *known != key);
                    lines.push((key, line(word, key, value)?));
                }
                None => {
                    let fail = |error: &dyn std::fmt::Display| format!("cannot read the settings in `{word}`: {error}");
                    if given.file.is_some() {
                        return Err("`--config` can name one file only".to_string());
                    }
                    let path = Path::new(word).canonicalize().map_err(|error| match error.kind() {
                        std::io::ErrorKind::NotFound => format!(
                            "there is no file `{word}`\nhelp: `--config` takes a file like `book.toml`, or a key with its value, such as `--config build.routing=file`"
                        ),
                        _ => fail(&error),
                    })?;
                    let text = std::fs::read_to_string(&path).map_err(|error| fail(&error))?;
                    given.file = Some((path, text.into()));
                }
            }
        }
        given.lines = lines.into_iter().map(|(_, line)| line + "\n").collect();
        Ok(given)
    }

    /// A book with the settings that count for it.
    pub fn apply(&self, root: &Path, sources: Sources) -> Sources {
        if !self.isolated && self.file.is_none() && self.lines.is_empty() {
            return sources;
        }
        let mut texts = Vec::new();
        let mut add = |path: String, text: Arc<str>| {
            texts.extend(sources.find(&path).is_none().then(|| Source { path: path.clone(), text, invalid: None }));
            path
        };
        let file = match &self.file {
            Some((path, text)) => Some(add(name(root, path), text.clone())),
            None => Settings::default().file.filter(|_| !self.isolated),
        };
        let over = (!self.lines.is_empty()).then(|| add(LINES.to_string(), self.lines.as_str().into()));
        sources.with_settings(Settings { file, over }, texts)
    }

    /// Only the settings of a book, for what has to be known before the book is read.
    pub fn settings(&self, root: &Path) -> Sources {
        let read = |path: String| {
            let text = std::fs::read_to_string(root.join(&path)).ok()?;
            Some(Source { path, text: text.into(), invalid: None })
        };
        let file = Settings::default().file.and_then(read);
        self.apply(root, Sources::new(file, BTreeMap::new()))
    }
}

/// A line of TOML. A value that is none is taken for a text, since shells take quotes away.
fn line(word: &str, key: &str, value: &str) -> Result<String, String> {
    let value = value.trim();
    let quoted = toml::Value::String(value.to_string());
    let lines = [format!("{key} = {value}"), format!("{key} = {quoted}")];
    let fits = |line: &String| !line.contains('\n') && line.parse::<toml::Table>().is_ok();
    lines.into_iter().find(fits).ok_or_else(|| {
        format!("`--config {word}` is no key with a value\nhelp: write it as in `book.toml`, in one line: `--config 'check.dead-link=\"warn\"'`")
    })
}

/// The name of a file as the book would have it; one outside of the book is reached from its folder.
fn name(root: &Path, path: &Path) -> String {
    let root = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
    let common = root.components().zip(path.components()).take_while(|(a, b)| a == b).count();
    if common == 0 {
        return read::name(&root, path);
    }
    let up = root.components().skip(common).map(|_| "..".to_string());
    let down = path.components().skip(common).map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config;

    fn given(words: &[&str], isolated: bool) -> Result<Given, String> {
        Given::new(&words.iter().map(|word| word.to_string()).collect::<Vec<_>>(), isolated)
    }

    #[test]
    fn values_go_before_the_file() {
        let text = "[book]\ntitle = 'A'\nlanguage = 'de'\n[check]\ndead-link = 'off'\n";
        for (words, isolated, title, language) in [
            (&[][..], false, Some("A"), "de"),
            (&[], true, None, "en"),
            (&["book.title=B"], false, Some("B"), "de"),
            (&["book.title='B'", "book.title = \"C\""], false, Some("C"), "de"),
            (&["book = { title = 'B' }"], false, Some("B"), "de"),
            (&["book.title=B c"], true, Some("B c"), "en"),
        ] {
            let source = Source { path: "book.toml".to_string(), text: text.into(), invalid: None };
            let sources = Sources::new([source], BTreeMap::new());
            let sources = given(words, isolated).unwrap().apply(Path::new("."), sources);
            let config = config::resolve(&sources);
            assert_eq!(config.problems, [], "{words:?}");
            assert_eq!((config.title.as_deref(), &*config.language), (title, language), "{words:?}");
            let place = config.places.get("book.title").map(|span| &sources[*span]);
            assert_eq!(place.is_some(), title.is_some());
            assert!(place.is_none_or(|place| place == "title" || place == "book.title"), "{place:?}");
        }
    }

    #[test]
    fn faults_are_told() {
        for (word, expected) in [
            ("no-such-file.toml", "there is no file `no-such-file.toml`"),
            ("=x", "`--config =x` is no key with a value"),
            ("a b=1", "is no key with a value"),
            ("a=1\nb=2", "is no key with a value"),
        ] {
            let error = given(&[word], false).unwrap_err();
            assert!(error.contains(expected), "{error}");
        }
        let sources =
            given(&["check.dead-lnk=off", "book.titel=x"], false).unwrap().settings(Path::new("no such folder"));
        let shown: Vec<String> = config::resolve(&sources)
            .problems
            .iter()
            .map(|found| format!("{}:{}: {}", sources.path(found.span.file), &sources[found.span], found.message))
            .collect();
        assert_eq!(shown, ["--config:titel: unknown key `titel`"]);
    }
}
