//! Code in; the name of its language out, where it certainly is no YAML.

/// The language of code that plainly is another than YAML. Only for text that does not parse as YAML: a line such as
/// `import: x` may be both.
pub fn other(text: &str) -> Option<&'static str> {
    let lines = || text.lines().map(str::trim_end);
    let any = |fits: fn(&str) -> bool| lines().any(fits);
    if any(is_python) {
        Some("Python")
    } else if any(|line| line.starts_with("#!/") || is_command(line)) {
        Some("shell commands")
    } else if any(is_script) {
        Some("JavaScript")
    } else if lines().find(|line| !line.is_empty()).is_some_and(is_markup) {
        Some("markup")
    } else {
        None
    }
}

fn is_python(line: &str) -> bool {
    let code = line.trim_start();
    let block = ["def ", "class ", "async def "].iter().any(|word| code.starts_with(word));
    let words: Vec<&str> = code.split_whitespace().collect();
    (block && code.ends_with(':')) || matches!(words[..], ["from", _, "import", ..])
}

fn is_command(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().take(2).collect();
    matches!(words[..], ["$", _] | ["sudo" | "curl" | "pip" | "npm" | "git" | "docker" | "cargo", _])
        && !words.iter().any(|word| word.ends_with(':'))
}

fn is_script(line: &str) -> bool {
    let code = line.trim_start();
    let declares = ["const ", "let ", "var ", "function ", "export "].iter().any(|word| code.starts_with(word));
    declares && code.ends_with([';', '{'])
}

fn is_markup(line: &str) -> bool {
    line.starts_with('<') && line.contains('>')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_languages_are_told_by_lines_that_yaml_never_has() {
        for (text, expected) in [
            ("def f(self) -> Union[A, B]:\n    return {}\n", Some("Python")),
            ("from a.b import c\n", Some("Python")),
            ("$ dify plugin init\n", Some("shell commands")),
            ("git commit -m 'x: y'\n", Some("shell commands")),
            ("export const a = {\n", Some("JavaScript")),
            ("<a>\n", Some("markup")),
            ("a: [\n", None),
            ("from: x\nimport: y\n", None),
            ("docker compose:\n", None),
            ("", None),
        ] {
            assert_eq!(other(text), expected, "{text}");
        }
    }
}
