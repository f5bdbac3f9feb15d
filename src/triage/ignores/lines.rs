//! Ignores in YAML and TOML: a text in; its comments that silence rules, each with its line, out.

use super::{Directive, Ignore, WORD};
use crate::source::FileId;
use std::ops::Range;

/// A comment on a line of its own holds for the next line that is none, one at the end of a line for that line.
pub fn ignores(file: FileId, text: &str) -> Vec<Ignore> {
    let mut found = Vec::new();
    // Those above the line that they are for.
    let mut waiting: Vec<(usize, Directive)> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        let is_comment = content.starts_with('#');
        let range = start as u32..(start + line.len()) as u32;
        if !content.is_empty() && !is_comment {
            found.extend(waiting.drain(..).flat_map(|(at, directive)| directive.ignores(file, at, range.clone())));
        }
        if let Some((at, directive)) = directive(line) {
            if is_comment && !directive.whole_file {
                waiting.push((start + at, directive));
            } else {
                found.extend(directive.ignores(file, start + at, range));
            }
        }
        start += line.len();
    }
    // Nothing follows, so they silence nothing.
    let nowhere: Range<u32> = start as u32..start as u32;
    found.extend(waiting.into_iter().flat_map(|(at, directive)| directive.ignores(file, at, nowhere.clone())));
    found
}

/// The comment of a line that is an ignore, and where its text begins.
fn directive(line: &str) -> Option<(usize, Directive<'_>)> {
    let at = line.find(WORD)?;
    let before = line[..at].trim_end().strip_suffix('#')?;
    let begins = before.is_empty() || before.ends_with([' ', '\t']);
    let at = before.len() + 1;
    begins.then(|| Directive::parse(&line[at..])).flatten().map(|directive| (at, directive))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_holds_for_a_line() {
        let check = |text: &str, expected: &[(&str, &str)]| {
            let found: Vec<(String, String)> = ignores(FileId(0), text)
                .into_iter()
                .map(|ignore| {
                    assert_eq!(text[ignore.span.range()], ignore.rule);
                    let range = ignore.range.start as usize..(ignore.range.end as usize).min(text.len());
                    (ignore.rule, text[range].trim_end().to_string())
                })
                .collect();
            let found: Vec<(&str, &str)> = found.iter().map(|(rule, line)| (&**rule, &**line)).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("a: 1 # proofpress-ignore x: why\nb: 2\n", &[("x", "a: 1 # proofpress-ignore x: why")]);
        check("# proofpress-ignore x, y: why\n\n# more\na: 1\nb: 2\n", &[("x", "a: 1"), ("y", "a: 1")]);
        check("#proofpress-ignore x\n# proofpress-ignore y\na: 1", &[("x", "a: 1"), ("y", "a: 1")]);
        check("a: 1\n# proofpress-ignore-file x\n", &[("x", "a: 1\n# proofpress-ignore-file x")]);
        check("a: 1\n# proofpress-ignore x\n", &[("x", "")]);
        check("a: b#proofpress-ignore x\nc: proofpress-ignore x\n# proofpress-ignored x\n", &[]);
    }
}
