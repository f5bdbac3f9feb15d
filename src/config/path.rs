//! Paths as authors write them in; paths of the book out: relative to its folder, with `/`, without `.` and `..`.

/// What `path` means when written in the folder `base` (`""` is the book's). None if it leads out of the book.
pub fn join(base: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The path as seen from the folder `base`; None if it is not in there.
pub fn inside<'a>(path: &'a str, base: &str) -> Option<&'a str> {
    match path.strip_prefix(base)? {
        rest if base.is_empty() => Some(rest),
        "" => Some(""),
        rest => rest.strip_prefix('/'),
    }
}

/// The folder a file is in, and its name.
pub fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        for (base, path, expected) in [
            ("", "./", Some("")),
            ("", "./docs/", Some("docs")),
            ("a", "../b//c.md", Some("b/c.md")),
            ("a/b", "", Some("a/b")),
            ("", "/docs", Some("docs")),
            ("a", "../..", None),
            ("", "a\\b", Some("a/b")),
        ] {
            assert_eq!(join(base, path).as_deref(), expected, "{base} {path}");
        }
        for (path, base, expected) in [
            ("a/b", "", Some("a/b")),
            ("a/b", "a", Some("b")),
            ("a", "a", Some("")),
            ("ab", "a", None),
            ("a", "b", None),
        ] {
            assert_eq!(inside(path, base), expected, "{path} {base}");
        }
    }
}
