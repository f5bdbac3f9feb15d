//! Code in; the name of its language out, where it certainly is no YAML.

/// The language of code that plainly is another than YAML. Much of it parses as YAML: `def f():` is a key.
pub fn other(text: &str) -> Option<&'static str> {
    // What is indented may be a script inside a YAML text.
    let lines =
        || text.lines().map(str::trim_end).filter(|line| !line.is_empty() && !line.starts_with([' ', '\t', '#']));
    if lines().any(is_key) {
        return None;
    }
    let first = lines().next()?;
    if lines().any(is_python) {
        Some("Python")
    } else if lines().all(is_command) || text.starts_with("#!/") {
        Some("a list of commands")
    } else if lines().any(is_script) {
        Some("JavaScript")
    } else if first.starts_with('<') && first.contains('>') {
        Some("markup")
    } else {
        None
    }
}

/// `key:` or `key: value`, as no line of these languages begins.
fn is_key(line: &str) -> bool {
    let name = line.split(':').next().unwrap_or_default();
    let rest = line[name.len()..].strip_prefix(':');
    !name.contains(char::is_whitespace) && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

fn is_python(line: &str) -> bool {
    let block = ["def ", "class ", "async def "].iter().any(|word| line.starts_with(word));
    let words: Vec<&str> = line.split_whitespace().collect();
    (block && line.ends_with(':')) || matches!(words[..], ["from", _, "import", ..])
}

fn is_command(line: &str) -> bool {
    let word = line.split_whitespace().next().unwrap_or_default();
    matches!(word, "$" | "sudo" | "curl" | "pip" | "npm" | "git" | "docker" | "cargo")
}

fn is_script(line: &str) -> bool {
    let declares = ["const ", "let ", "var ", "function ", "export "].iter().any(|word| line.starts_with(word));
    declares && line.ends_with([';', '{'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_languages_are_told_by_lines_that_yaml_never_has() {
        for (text, expected) in [
            ("def f(self) -> Union[A, B]:\n    return {}\n", Some("Python")),
            ("from a.b import c\n", Some("Python")),
            ("$ dify plugin init\n", Some("a list of commands")),
            ("git commit -m 'x: y'\n", Some("a list of commands")),
            ("export const a = {\n", Some("JavaScript")),
            ("<a>\n", Some("markup")),
            ("a: [\n", None),
            ("from: x\nimport: y\n", None),
            ("on:\n  run: |\n    git a: b\n\tx\n", None),
            ("a:\n  def x():\n", None),
            ("", None),
        ] {
            assert_eq!(other(text), expected, "{text}");
        }
    }
}
