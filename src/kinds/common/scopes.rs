//! The `scope` of a config item or parameter: does it fit the type beside it?

use crate::config::nearest::nearest;
use crate::shape::{Breaks, Object, Rule, Shape, Walk, one_of};

/// Which scopes fit the type of a config item or parameter.
pub const SCOPES: Rule = Rule {
    about: "`scope` needs a `type` that has scopes, and at least one of its parts must be one of them.",
    schema: SCOPES_SCHEMA,
    check: check_scope,
};

const SCOPES_SCHEMA: &str = r#"{
  "if": {"required":["scope"],"properties":{"scope":{"not":{"type":"null"}}}},
  "then": {"properties":{"scope":{"type":"string"}},"anyOf":[
    {"properties":{"type":{"const":"app-selector"},"scope":{"pattern":"(^|&)\\s*(all|chat|workflow|completion)\\s*(&|$)"}}},
    {"properties":{"type":{"const":"model-selector"},"scope":{"pattern":"(^|&)\\s*(llm|text-embedding|rerank|tts|speech2text|moderation|vision|document|tool-call)\\s*(&|$)"}}},
    {"properties":{"type":{"const":"any"},"scope":{"pattern":"(^|&)\\s*(string|number|object|array\\[number\\]|array\\[string\\]|array\\[object\\]|array\\[file\\])\\s*(&|$)"}}}
  ]}
}"#;

/// The scopes of a type; none for types that take no scope.
fn scopes_of(kind: &str) -> Option<&'static [&'static str]> {
    match kind {
        "app-selector" => Some(&["all", "chat", "workflow", "completion"]),
        "model-selector" => Some(&[
            "llm",
            "text-embedding",
            "rerank",
            "tts",
            "speech2text",
            "moderation",
            "vision",
            "document",
            "tool-call",
        ]),
        "any" => {
            Some(&["string", "number", "object", "array[number]", "array[string]", "array[object]", "array[file]"])
        }
        _ => None,
    }
}

/// The parts of a scope that are none of these.
fn strangers<'t>(scope: &'t str, scopes: &[&str]) -> Vec<&'t str> {
    scope.split('&').map(str::trim).filter(|part| !scopes.contains(part)).collect()
}

fn check_scope<'a>(walk: &mut Walk<'a>, object: &Object<'a>) {
    let (Some(written), Some(kind)) = (object.get("scope"), object.get("type")) else { return };
    let (Some(scope), Some(name)) = (written.value.text(), kind.value.text()) else { return };
    // A type that is none at all is reported already.
    if !matches!(kind.field.shape, Shape::Text(text) if text.one_of.contains(&name)) {
        return;
    }
    // So is a scope that is too long.
    if matches!(written.field.shape, Shape::Text(text) if text.max.is_some_and(|max| scope.chars().count() > max)) {
        return;
    }
    walk.enter_key(written, |walk| {
        let range = walk.place(written.value);
        let Some(scopes) = scopes_of(name) else {
            let message = format!("the type `{name}` takes no `scope`");
            walk.report_with_help("unknown-value", Some(Breaks::Strict), range, message, "remove it");
            return;
        };
        if walk.is_placeholder(scope) {
            return;
        }
        let strangers = strangers(scope, scopes);
        // One good part is enough for the daemon.
        let breaks = (strangers.len() == scope.split('&').count()).then_some(Breaks::Strict);
        if let Some(part) = strangers.first() {
            let message = match part.is_empty() {
                true => "a `scope` cannot be empty".to_string(),
                false => format!("`{part}` is no scope of the type `{name}`"),
            };
            let help = match nearest(part, scopes.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("use {}", one_of(scopes)),
            };
            walk.report_with_help("unknown-value", breaks, range, message, help);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::{scopes_of, strangers};

    #[test]
    fn a_scope_is_judged_part_by_part() {
        for (kind, scope, expected) in [
            ("model-selector", "llm", &[][..]),
            ("model-selector", "llm & vision", &[]),
            ("model-selector", "all", &["all"]),
            ("model-selector", "llm&all", &["all"]),
            ("app-selector", " all\t", &[]),
            ("app-selector", "", &[""]),
            ("app-selector", "chat&", &[""]),
            ("any", "array[file]&Number", &["Number"]),
        ] {
            assert_eq!(strangers(scope, scopes_of(kind).unwrap_or_default()), expected, "{kind} {scope}");
        }
        assert_eq!(scopes_of("string"), None);
    }
}
