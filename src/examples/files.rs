//! The path of a file in; the kinds that it may be of, by the places where their files usually stand, out.

use crate::kinds::KINDS;
use crate::shape::Kind;

/// Kinds whose files usually stand under such a path, in the order of the reference.
pub fn kinds(path: &str) -> impl Iterator<Item = (&'static Kind, &'static str)> {
    let path = path.trim().trim_start_matches("./").trim_start_matches('/').to_string();
    KINDS.iter().filter_map(move |kind| Some((*kind, *kind.files.iter().find(|pattern| fits(pattern, &path))?)))
}

/// Whether a path ends as the pattern says; `*` stands for a name or a part of one.
fn fits(pattern: &str, path: &str) -> bool {
    let mut parts = path.rsplit('/');
    let ending = |name: &str| name.strip_suffix(".yml").map(|stem| format!("{stem}.yaml"));
    pattern.rsplit('/').all(|part| {
        let Some(name) = parts.next() else { return false };
        let renamed = ending(name).filter(|_| part.ends_with(".yaml"));
        let name = renamed.as_deref().unwrap_or(name);
        match part.split_once('*') {
            Some((before, after)) => {
                name.len() > before.len() + after.len() && name.starts_with(before) && name.ends_with(after)
            }
            None => part == name,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_the_end_of_a_path() {
        for (pattern, path, expected) in [
            ("manifest.yaml", "manifest.yaml", true),
            ("manifest.yaml", "my-plugin/manifest.yml", true),
            ("tools/*.yaml", "tools/search.yaml", true),
            ("tools/*.yaml", "a/tools/search.yaml", true),
            ("tools/*.yaml", "search.yaml", false),
            ("tools/*.yaml", "tools/search.py", false),
            ("tools/*.yaml", "tools/.yaml", false),
            ("_position.yaml", "models/llm/_position.yaml", true),
        ] {
            assert_eq!(fits(pattern, path), expected, "{pattern} {path}");
        }
    }
}
