//! The words after a fence's language in; what they say about the example out.

/// What an author said of an example in the fence itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// `kind=tool.parameters`
    pub kind: Option<String>,
    /// `partial`: keys that are not shown are not missed.
    pub partial: bool,
    /// `should-fail`, with the rule where one is named.
    pub should_fail: Option<Option<String>>,
    /// `title="manifest.yaml"`, or a word that is a file's name.
    pub title: Option<String>,
}

/// Reads the rest of an info string. Words that mean something to other tools are passed over.
pub fn read(info: &str) -> Words {
    let mut words = Words::default();
    for (key, value) in split(info) {
        match (&*key, value) {
            ("kind", Some(value)) => words.kind = Some(value),
            ("partial", None) => words.partial = true,
            ("should-fail", value) => words.should_fail = Some(value.filter(|rule| !rule.is_empty())),
            ("title" | "filename" | "file", Some(value)) => words.title = Some(value),
            (name, None) if words.title.is_none() && is_file(name) => words.title = Some(key),
            _ => {}
        }
    }
    words
}

fn is_file(word: &str) -> bool {
    [".yaml", ".yml", ".json", ".toml"].iter().any(|ending| word.len() > ending.len() && word.ends_with(ending))
}

/// Words and `key=value` pairs; a value may be in quotes.
fn split(info: &str) -> Vec<(String, Option<String>)> {
    let mut words = Vec::new();
    let mut rest = info.trim_matches(|c: char| c.is_whitespace() || c == '{' || c == '}');
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        let key = rest[..end].to_string();
        rest = &rest[end..];
        let mut value = None;
        if let Some(after) = rest.strip_prefix('=') {
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
            let (start, stop) = match quote {
                Some(quote) => (1, after[1..].find(quote).map_or(after.len(), |at| at + 1)),
                None => (0, after.find(char::is_whitespace).unwrap_or(after.len())),
            };
            value = Some(after[start..stop].to_string());
            rest = after.get(stop + usize::from(quote.is_some())..).unwrap_or_default();
        }
        rest = rest.trim_start();
        if !key.is_empty() {
            words.push((key, value));
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read() {
        let words = |kind: &str, partial, title: &str| Words {
            kind: (!kind.is_empty()).then(|| kind.to_string()),
            partial,
            should_fail: None,
            title: (!title.is_empty()).then(|| title.to_string()),
        };
        for (info, expected) in [
            ("", Words::default()),
            ("kind=tool", words("tool", false, "")),
            ("kind=\"tool.parameters[]\" partial", words("tool.parameters[]", true, "")),
            ("title='a b.yaml' expandable", words("", false, "a b.yaml")),
            ("gmail.yaml expandable", words("", false, "gmail.yaml")),
            ("{kind=tool}", words("tool", false, "")),
            ("kind='tool", words("tool", false, "")),
            ("= =x kind=", words("", false, "")),
        ] {
            let mut found = read(info);
            found.kind = found.kind.filter(|kind| !kind.is_empty());
            assert_eq!(found, expected, "{info}");
        }
        assert_eq!(read("should-fail").should_fail, Some(None));
        assert_eq!(read("should-fail=unknown-value").should_fail, Some(Some("unknown-value".to_string())));
    }
}
