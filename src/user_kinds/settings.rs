//! `[kinds.NAME]` as written in; names, schema files and levels out, and what is wrong in them.

use crate::config::Config;
use crate::config::nearest::nearest;
use crate::diagnostic::{Diagnostic, Severity};
use crate::kinds;
use crate::source::Span;

/// One kind as it is configured.
pub struct Setting {
    pub name: String,
    /// Relative to the book's folder, as written.
    pub schema: String,
    /// Where the schema is named.
    pub place: Span,
    pub about: Option<String>,
    /// Of every fault but those of syntax.
    pub level: Severity,
}

const KEYS: [&str; 3] = ["schema", "about", "level"];

/// Reads all of them. One with a fault that leaves its meaning open is reported and left out.
pub fn read(config: &Config, problems: &mut Vec<Diagnostic>) -> Vec<Setting> {
    config.kinds.iter().filter_map(|(name, value)| one(config, name, value, problems)).collect()
}

fn one(config: &Config, name: &str, value: &toml::Value, problems: &mut Vec<Diagnostic>) -> Option<Setting> {
    let place = |key: &str| config.places.get(&format!("kinds.{name}{key}")).copied();
    let whole = place("")?;
    let mut report = |rule, key: Option<&str>, message: String, help: String| {
        let span = key.and_then(|key| place(&format!(".{key}"))).unwrap_or(whole);
        problems.push(Diagnostic::error(rule, span, message).help(help));
    };
    let Some(table) = value.as_table() else {
        let help = format!("write `[kinds.{name}]` and below it `schema = \"…\"`");
        report("config-type", None, format!("`{name}` is a table"), help);
        return None;
    };
    for key in table.keys().filter(|key| !KEYS.contains(&key.as_str())) {
        let help = match nearest(key, KEYS) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known here: `{}`", KEYS.join("`, `")),
        };
        report("config-unknown-key", Some(key), format!("unknown key `{key}`"), help);
    }
    for (key, _) in table.iter().filter(|(key, value)| KEYS.contains(&key.as_str()) && !value.is_str()) {
        report("config-type", Some(key), format!("`{key}` is a text in quotes"), "put it in quotes".to_string());
    }
    let text = |key: &str| table.get(key).and_then(|value| value.as_str());
    let level = match text("level") {
        None | Some("error") => Severity::Error,
        Some("warning" | "warn") => Severity::Warning,
        Some("note") => Severity::Note,
        Some(level) => {
            let help = "use `error`, `warning` or `note`".to_string();
            report("config-value", Some("level"), format!("`{level}` is no level"), help);
            Severity::Error
        }
    };
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    if kinds::find(name).is_some() || name == "none" {
        let what = if name == "none" { "means no kind at all" } else { "is a kind that is built in" };
        report("config-value", None, format!("`{name}` {what}"), "choose another name".to_string());
        return None;
    }
    if !is_name {
        let help = "use letters, digits, `-` and `_`: a dot leads into a kind".to_string();
        report("config-value", None, format!("`{name}` cannot be the name of a kind"), help);
        return None;
    }
    let Some(schema) = text("schema") else {
        if !table.contains_key("schema") {
            let help = "add `schema = \"schemas/….json\"`".to_string();
            report("config-value", None, format!("the kind `{name}` has no schema"), help);
        }
        return None;
    };
    Some(Setting {
        name: name.to_string(),
        schema: schema.to_string(),
        place: place(".schema").unwrap_or(whole),
        about: text("about").map(str::to_string),
        level,
    })
}
