//! Shell-style patterns as the plugin daemon has them: a pattern and a path in, whether it fits out.
//!
//! `*` and `?` do not cross `/`, `**` is the same as `*`, and there are no braces.

/// A pattern that can be matched.
#[derive(Debug)]
pub struct Glob {
    tokens: Vec<Token>,
}

#[derive(Debug)]
enum Token {
    /// `*`
    Any,
    /// `?`
    One,
    Char(char),
    /// `[a-z]`, or `[^a-z]` where the flag is set.
    Class(bool, Vec<(char, char)>),
}

impl Glob {
    /// None for a pattern with an error: a class that is empty or not closed, or a backslash at the end.
    pub fn parse(pattern: &str) -> Option<Glob> {
        let mut chars = pattern.chars().peekable();
        let mut tokens = Vec::new();
        while let Some(char) = chars.next() {
            tokens.push(match char {
                '*' => Token::Any,
                '?' => Token::One,
                '\\' => Token::Char(chars.next()?),
                '[' => {
                    let negated = chars.next_if_eq(&'^').is_some();
                    let mut ranges = Vec::new();
                    while ranges.is_empty() || chars.next_if_eq(&']').is_none() {
                        let low = class_char(&mut chars)?;
                        let high = if chars.next_if_eq(&'-').is_some() { class_char(&mut chars)? } else { low };
                        ranges.push((low, high));
                    }
                    Token::Class(negated, ranges)
                }
                char => Token::Char(char),
            });
        }
        Some(Glob { tokens })
    }

    /// Whether the whole path fits. The work is at most the product of the two lengths.
    pub fn fits(&self, path: &str) -> bool {
        let path: Vec<char> = path.chars().collect();
        let (mut token, mut at) = (0, 0);
        // The last `*`, and how far it reaches. An earlier one need not reach further: where a later one starts, any
        // rest that it can skip is still ahead.
        let mut star: Option<(usize, usize)> = None;
        loop {
            match (self.tokens.get(token), path.get(at)) {
                (None, None) => return true,
                (Some(Token::Any), _) => {
                    star = Some((token + 1, at));
                    token += 1;
                    continue;
                }
                (Some(one), Some(char)) if one.fits(*char) => {
                    (token, at) = (token + 1, at + 1);
                    continue;
                }
                _ => {}
            }
            match star {
                Some((after, reach)) if path.get(reach).is_some_and(|char| *char != '/') => {
                    star = Some((after, reach + 1));
                    (token, at) = (after, reach + 1);
                }
                _ => return false,
            }
        }
    }
}

/// One character of a class; `-` and `]` stand for themselves only behind a backslash.
fn class_char(chars: &mut impl Iterator<Item = char>) -> Option<char> {
    match chars.next()? {
        '-' | ']' => None,
        '\\' => chars.next(),
        char => Some(char),
    }
}

impl Token {
    fn fits(&self, char: char) -> bool {
        match self {
            Token::Any => false,
            Token::One => char != '/',
            Token::Char(own) => *own == char,
            Token::Class(negated, ranges) => {
                ranges.iter().any(|(low, high)| (*low..=*high).contains(&char)) != *negated
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_paths() {
        for (pattern, path, expected) in [
            ("models/llm/*.yaml", "models/llm/a.yaml", true),
            ("models/llm/*.yaml", "models/llm/a/b.yaml", false),
            ("models/**/*.yaml", "models/llm/a.yaml", true),
            ("models/**.yaml", "models/llm/a.yaml", false),
            ("*", "a/b", false),
            ("**", "a", true),
            ("m?.yaml", "m1.yaml", true),
            ("a?b", "a/b", false),
            ("m[1-3].yaml", "m2.yaml", true),
            ("m[^1-3].yaml", "m2.yaml", false),
            ("m[!1].yaml", "m2.yaml", false),
            ("m[^a]x", "m/x", true),
            ("{a,b}", "a", false),
            ("a\\*", "a*", true),
            ("a\\*", "ab", false),
            ("*a*b*c", "xaxbxbxc", true),
            ("./a", "a", false),
            ("é?", "éü", true),
            ("", "", true),
        ] {
            assert_eq!(Glob::parse(pattern).map(|glob| glob.fits(path)), Some(expected), "{pattern} {path}");
        }
    }

    #[test]
    fn broken_patterns_are_told() {
        for pattern in ["[", "a[", "[]", "[]a]", "[-a]", "[a-]", "[^", "[a", "a\\", "[a-\\"] {
            assert!(Glob::parse(pattern).is_none(), "{pattern}");
        }
    }

    #[test]
    fn many_stars_take_no_time() {
        let glob = Glob::parse(&"*a".repeat(2000)).map(|glob| glob.fits(&"a".repeat(1999)));
        assert_eq!(glob, Some(false));
    }
}
