//! The address of a link in; the same address after the link or its target has moved out, in the way it was written.

use crate::site::assets::{decoded, inside};
use crate::site::resolve::{is_external, join, parent};
use std::collections::HashMap;

/// A link and its target, before or after.
#[derive(Clone, Copy, Debug)]
pub struct Ends<'a> {
    /// The file that the link stands in.
    pub from: &'a str,
    /// The file that it leads to.
    pub to: &'a str,
    /// The folder of the space that the link stands in.
    pub space: &'a str,
}

/// What kind of address a path is, besides the file's name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    File,
    /// The folder of a README, with a slash at the end or without.
    Folder,
    /// Without `.md`.
    Bare,
}

/// The new path for the path `raw`, without `?query` and `#fragment`. What stays the same is spelled as it was; in what
/// is new, characters that could end an address are percent-encoded, spaces and brackets only where `spaces` says so.
pub fn address(raw: &str, before: Ends, after: Ends, spaces: bool) -> String {
    let path = decoded(raw);
    let absolute = path.strip_prefix('/');
    let bases: &[&str] = if absolute.is_some() { &[before.space, ""] } else { &[parent(before.from)] };
    let written = absolute.unwrap_or(&path);
    // Of several readings the one that led to the target; none for addresses of the published site.
    let reading = bases.iter().find_map(|base| Some((*base, form(&join(base, written)?, before.to)?)));
    let (base, form) = match reading {
        Some((base, form)) => (absolute.map(|_| base), form),
        None => (None, Form::File),
    };
    let is_readme = after.to.rsplit('/').next().is_some_and(|name| name.eq_ignore_ascii_case("README.md"));
    let goal = match form {
        Form::Folder if is_readme => parent(after.to),
        Form::Bare => after.to.strip_suffix(".md").unwrap_or(after.to),
        _ => after.to,
    };
    let is_folder = form == Form::Folder && is_readme;
    // The book's own root stays what it is; a space's follows the file.
    let root = base.map(|base| if base == before.space { after.space } else { base });
    let root = root.filter(|root| inside(goal, root) || goal == *root);
    let plain = match root {
        Some(root) => format!("/{}", goal[root.len()..].trim_start_matches('/')),
        None => relative(parent(after.from), goal, is_folder),
    };
    let mut out = spelled(&plain, raw, spaces);
    if is_folder && raw.ends_with('/') && !out.is_empty() && !out.ends_with('/') {
        out.push('/');
    }
    let dotted = raw.starts_with("./") && !out.starts_with(['.', '/']);
    if dotted || is_external(&out) || out.is_empty() { format!("./{out}") } else { out }
}

/// The path from one file to another, in the form that needs no guessing.
pub fn plain(ends: Ends, spaces: bool) -> String {
    let out = spelled(&relative(parent(ends.from), ends.to, false), "", spaces);
    if is_external(&out) { format!("./{out}") } else { out }
}

/// How a path leads to a file, when it does.
fn form(path: &str, to: &str) -> Option<Form> {
    if path == to {
        Some(Form::File)
    } else if parent(to) == path && to.rsplit('/').next().is_some_and(|name| name.to_lowercase().ends_with(".md")) {
        Some(Form::Folder)
    } else {
        (to.strip_suffix(".md") == Some(path)).then_some(Form::Bare)
    }
}

/// The way from a folder to a file, or to a folder.
fn relative(from: &str, to: &str, folder: bool) -> String {
    let parts = |path: &'_ str| path.split('/').filter(|part| !part.is_empty()).map(str::to_string).collect::<Vec<_>>();
    let (from, to) = (parts(from), parts(to));
    let most = if folder { to.len() } else { to.len().saturating_sub(1) };
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count().min(most);
    let way: Vec<String> =
        std::iter::repeat_n("..".to_string(), from.len() - common).chain(to[common..].iter().cloned()).collect();
    // A way that only leads up is a folder's: the slash says so.
    let ups = folder && way.last().is_some_and(|last| last == "..");
    way.join("/") + if ups { "/" } else { "" }
}

/// A path as it is written in an address, with the spelling of parts that stood there before.
fn spelled(path: &str, raw: &str, spaces: bool) -> String {
    let before: HashMap<String, &str> = raw.split('/').map(|part| (decoded(part), part)).collect();
    let parts = path.split('/').map(|part| match before.get(part) {
        Some(before) => before.to_string(),
        None => encoded(part, spaces),
    });
    parts.collect::<Vec<_>>().join("/")
}

fn encoded(part: &str, spaces: bool) -> String {
    let mut out = String::with_capacity(part.len());
    for c in part.chars() {
        let ends = matches!(
            c,
            '%' | '#' | '?' | '"' | '\'' | '<' | '>' | '&' | '\\' | '[' | ']' | '|' | '`' | '{' | '}' | '$'
        );
        if ends || c.is_control() || (matches!(c, ' ' | '(' | ')') && spaces) {
            out.extend(c.to_string().bytes().map(|byte| format!("%{byte:02X}")));
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_follow() {
        // The address; the link's file and its target before and after; the new address.
        for (raw, before, after, expected) in [
            ("b.md", ("a.md", "b.md"), ("a.md", "x/c.md"), "x/c.md"),
            ("./b.md", ("a.md", "b.md"), ("a.md", "c.md"), "./c.md"),
            ("./b.md", ("a.md", "b.md"), ("x/a.md", "b.md"), "../b.md"),
            ("../b.md", ("x/a.md", "b.md"), ("a.md", "b.md"), "b.md"),
            ("x/", ("a.md", "x/README.md"), ("a.md", "y/z/README.md"), "y/z/"),
            ("x", ("a.md", "x/README.md"), ("a.md", "y/README.md"), "y"),
            ("x/", ("a.md", "x/README.md"), ("a.md", "y/start.md"), "y/start.md"),
            ("x/", ("a.md", "x/README.md"), ("x/y/a.md", "x/README.md"), "../"),
            ("x", ("a.md", "x/README.md"), ("x/a.md", "x/README.md"), "./"),
            ("../", ("x/a.md", "README.md"), ("a.md", "README.md"), "./"),
            ("b", ("a.md", "b.md"), ("x/a.md", "b.md"), "../b"),
            ("/b.md", ("s/a.md", "s/b.md"), ("s/a.md", "s/x/b.md"), "/x/b.md"),
            ("/s/b.md", ("s/a.md", "s/b.md"), ("s/x/a.md", "s/c.md"), "/s/c.md"),
            ("/b.md", ("s/a.md", "s/b.md"), ("s/a.md", "t/b.md"), "../t/b.md"),
            ("a%20b/%E5%85%A5.md", ("a.md", "a b/入.md"), ("x/a.md", "a b/入.md"), "../a%20b/%E5%85%A5.md"),
            ("b.md", ("a.md", "b.md"), ("a.md", "c (1) d.md"), "c%20%281%29%20d.md"),
            ("b c.md", ("a.md", "b c.md"), ("x/a.md", "b c.md"), "../b c.md"),
            ("published/b", ("a.md", "b.md"), ("a.md", "c.md"), "c.md"),
            ("b.md", ("a.md", "b.md"), ("a.md", "mailto:b.md"), "./mailto:b.md"),
        ] {
            let ends = |(from, to): (&'static str, &'static str)| Ends { from, to, space: "s" };
            assert_eq!(address(raw, ends(before), ends(after), true), expected, "{raw} {before:?} {after:?}");
        }
    }

    #[test]
    fn spaces_stay_where_they_may() {
        let ends = |to| Ends { from: "a.md", to, space: "" };
        assert_eq!(address("b c.png", ends("b c.png"), ends("b d.png"), false), "b d.png");
        assert_eq!(address("b%20c.png", ends("b c.png"), ends("b d.png"), true), "b%20d.png");
    }
}
