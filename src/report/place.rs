//! Where a checked thing lies: the ways to it in, the names of its files for people and for services out.

/// The ways to the folder of something that was checked. Each is empty or ends with `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Place {
    /// From the current folder.
    pub prefix: String,
    /// The current folder, where it lies inside of this one: from here to there. `prefix` is empty then.
    pub inside: String,
    /// From the root of the Git repository, where there is one.
    pub repository: Option<String>,
}

impl Place {
    /// A file's path from the current folder.
    pub fn shown(&self, path: &str) -> String {
        relative(&self.inside, &join(&self.prefix, path))
    }

    /// A file's path as services that know the repository and no current folder name it.
    pub fn in_repository(&self, path: &str) -> String {
        self.repository.as_ref().map_or_else(|| self.shown(path), |folder| join(folder, path))
    }
}

/// Settings that stand for `book.toml` may lie above the folder. Steps back in the way itself stay, since links of the
/// disk may be in it.
fn join(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.strip_suffix('/').map_or(Vec::new(), |folder| folder.split('/').collect());
    for part in path.split('/') {
        if part == ".." && parts.last().is_some_and(|last| *last != "..") {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}

fn relative(from: &str, to: &str) -> String {
    let (mut from, mut to) = (from, to);
    while let (Some((folder, inner)), Some((first, rest))) = (from.split_once('/'), to.split_once('/')) {
        if folder != first {
            break;
        }
        (from, to) = (inner, rest);
    }
    "../".repeat(from.matches('/').count()) + to
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_from_where_one_stands() {
        for (prefix, inside, path, expected) in [
            ("", "", "a/p.md", "a/p.md"),
            ("docs/", "", "a/p.md", "docs/a/p.md"),
            ("../docs/", "", "p.md", "../docs/p.md"),
            ("/docs/", "", "p.md", "/docs/p.md"),
            ("docs/", "", "../own.toml", "own.toml"),
            ("../docs/", "", "../../own.toml", "../../own.toml"),
            ("", "a/", "a/p.md", "p.md"),
            ("", "a/", "p.md", "../p.md"),
            ("", "a/", "ab/p.md", "../ab/p.md"),
            ("", "a/b/", "a/p.md", "../p.md"),
            ("", "a/b/", "c/b/p.md", "../../c/b/p.md"),
            ("", "a/", "../own.toml", "../../own.toml"),
        ] {
            let place = Place { prefix: prefix.to_string(), inside: inside.to_string(), repository: None };
            assert_eq!(place.shown(path), expected, "{place:?}");
            assert_eq!(place.in_repository(path), expected);
            let known = Place { repository: Some("x/docs/".to_string()), ..place };
            assert_eq!(known.in_repository("a/p.md"), "x/docs/a/p.md");
        }
    }
}
