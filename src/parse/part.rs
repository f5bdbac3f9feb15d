//! Parts what CommonMark joins: behind the summary of an expandable, and behind its end, Markdown goes on without a blank
//! line. Text in, masked bytes out.

use super::mask::{blank_line, only_marks};
use memchr::memmem;

/// A comment is the one HTML block that ends where it says so. The letters that make one are seen by nobody: elements
/// are read from the text itself.
fn hide(bytes: &mut [u8], start: usize, end: usize) {
    bytes[start..start + 4].copy_from_slice(b"<!--");
    bytes[end - 3..end].copy_from_slice(b"-->");
}

/// Masks each summary, with the `<details>` before it, and each `</details>` that has text in the next line.
pub fn part_expandables(bytes: &mut [u8], source: &str, from: usize) {
    // Where what was looked at ends, so that hostile elements stay linear.
    let mut seen = from;
    let mut at = from;
    while let Some(found) = memmem::find(&source.as_bytes()[at..], b"</").map(|found| at + found) {
        at = found + 2;
        if source[found..].starts_with("</summary>") {
            let end = found + "</summary>".len();
            if goes_on(source, end)
                && let Some(start) = summary(source, seen, found)
            {
                hide(bytes, start, end);
            }
            seen = end;
        } else if source[found..].starts_with("</details>") {
            let end = found + "</details>".len();
            if goes_on(source, end) && begins_line(source, found) {
                hide(bytes, found, end);
            }
            seen = end;
        }
    }
}

/// Where the summary that ends at `close` begins, or the `<details>` directly before it: at the beginning of a line, and
/// without a blank line or a comment up to its end.
fn summary(source: &str, from: usize, close: usize) -> Option<usize> {
    let start = from + source[from..close].rfind("<summary")?;
    let before = source[from..start].trim_end_matches(|c: char| c.is_whitespace() || c == '>');
    let details = before.rfind('<').map(|at| from + at).filter(|at| {
        source[*at..].starts_with("<details") && !before[*at - from..].contains('>') && is_whole(&source[*at..start])
    });
    let start = details.unwrap_or(start);
    let fits = begins_line(source, start) && is_whole(&source[start..close]);
    fits.then_some(start)
}

fn is_whole(text: &str) -> bool {
    let blank = |at: usize| blank_line(&text.as_bytes()[at..]);
    !text.contains("-->") && !text.match_indices('\n').any(|(at, _)| at + 1 < text.len() && blank(at))
}

fn begins_line(source: &str, at: usize) -> bool {
    only_marks(&source[source[..at].rfind('\n').map_or(0, |line| line + 1)..at])
}

/// Whether nothing more stands on the line, but something in the next one.
fn goes_on(source: &str, end: usize) -> bool {
    let rest = source[end..].trim_start_matches([' ', '\t', '\r']);
    let next = rest.strip_prefix('\n').map(|next| next.trim_start_matches([' ', '\t', '>', '\r']));
    next.is_some_and(|next| !next.is_empty() && !next.starts_with('\n'))
}
