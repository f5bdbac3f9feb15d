//! The parser's message and the formula in; what is wrong with it, in words for authors, out.

use super::MACROS;
use pulldown_latex::{Parser, Storage};

/// The parser does not say which command it does not know: each is tried alone.
pub fn named(message: &str, tex: &str) -> String {
    // It goes on with a picture of the place.
    let message = message.lines().next().unwrap_or_default();
    let message = message.strip_prefix("parsing error: ").unwrap_or(message);
    if message.contains("unknown primitive") {
        let unknown = commands(tex).find(|command| is_unknown(&format!("{MACROS}{command}"), message));
        return unknown.map_or("a command is unknown".to_string(), |command| format!("`{command}` is unknown"));
    }
    if message.contains("environment found") {
        let names = tex.split(r"\begin{").skip(1).filter_map(|rest| rest.split('}').next());
        let mut names = names.filter(|name| is_unknown(&format!(r"\begin{{{name}}}\end{{{name}}}"), message));
        return names
            .next()
            .map_or("an environment is unknown".to_string(), |name| format!("there is no environment `{name}`"));
    }
    match message {
        "expected a token" => "an argument is missing".to_string(),
        message if message.starts_with("alignment not allowed") => {
            r"`&` stands outside of a table; the sign is `\&`".to_string()
        }
        message if message.starts_with("unbalanced group") => "a brace has no partner".to_string(),
        message => message.to_string(),
    }
}

/// The words after a backslash.
fn commands(tex: &str) -> impl Iterator<Item = &str> {
    tex.match_indices('\\').filter_map(|(at, _)| {
        let word = tex[at + 1..].bytes().take_while(u8::is_ascii_alphabetic).count();
        (word > 0).then(|| &tex[at..at + 1 + word])
    })
}

/// Whether this alone has the same fault.
fn is_unknown(tex: &str, message: &str) -> bool {
    let storage = Storage::new();
    Parser::new(tex, &storage).any(|event| event.is_err_and(|error| error.to_string().contains(message)))
}

#[cfg(test)]
mod tests {
    use crate::elements::math::mathml;

    #[test]
    fn faults_are_named() {
        for (tex, expected) in [
            (r"a + \sout{x} \frac{1}{2}", r"`\sout` is unknown"),
            (r"\begin{matrix} 1 \end{matrix} \begin{foo} x \end{foo}", "there is no environment `foo`"),
            (r"\frac{1}", "an argument is missing"),
            (r"a & b", r"`&` stands outside of a table; the sign is `\&`"),
            ("a}", "a brace has no partner"),
        ] {
            assert_eq!(mathml(tex, false), Err(expected.to_string()), "{tex}");
        }
    }
}
