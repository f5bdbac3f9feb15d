//! What a terminal can show: the option, the environment and the kind of stream in, whether to use colours out.

use clap::ValueEnum;
use supports_hyperlinks::Stream;

/// `--color`
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    Auto,
    Always,
    Never,
}

/// The option wins over the environment, a wish for no colours over one for colours, and both over what the stream is.
pub fn color(when: When, env: impl Fn(&str) -> Option<String>, terminal: bool) -> bool {
    let set = |name: &str| env(name).is_some_and(|value| !value.is_empty());
    let on = |name: &str| env(name).is_some_and(|value| !value.is_empty() && value != "0");
    match when {
        When::Always => true,
        When::Never => false,
        When::Auto if set("NO_COLOR") => false,
        When::Auto if on("FORCE_COLOR") || on("CLICOLOR_FORCE") => true,
        When::Auto => {
            terminal
                && env("TERM").is_none_or(|term| term != "dumb")
                && env("CLICOLOR").is_none_or(|value| value != "0")
        }
    }
}

/// Whether paths on stderr become links: on terminals that are known to understand them, unless plain text is wanted.
pub fn links(when: When, env: impl Fn(&str) -> Option<String>) -> bool {
    let dumb = env("TERM").is_some_and(|term| term == "dumb");
    when != When::Never && !dumb && supports_hyperlinks::on(Stream::Stderr)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_is_heard() {
        type Variables = &'static [(&'static str, &'static str)];
        let cases: &[(Variables, bool, bool)] = &[
            (&[], true, true),
            (&[], false, false),
            (&[("NO_COLOR", "1")], true, false),
            (&[("NO_COLOR", "")], true, true),
            (&[("FORCE_COLOR", "1")], false, true),
            (&[("FORCE_COLOR", "0")], false, false),
            (&[("CLICOLOR_FORCE", "1"), ("TERM", "dumb")], false, true),
            (&[("CLICOLOR_FORCE", "0")], false, false),
            (&[("NO_COLOR", "1"), ("FORCE_COLOR", "1")], true, false),
            (&[("TERM", "dumb")], true, false),
            (&[("TERM", "xterm")], true, true),
            (&[("CLICOLOR", "0")], true, false),
        ];
        for (variables, terminal, expected) in cases {
            let env = |name: &str| Some(variables.iter().find(|(key, _)| *key == name)?.1.to_string());
            assert_eq!(color(When::Auto, env, *terminal), *expected, "{variables:?}");
            assert!(color(When::Always, env, *terminal) && !color(When::Never, env, *terminal));
        }
    }
}
