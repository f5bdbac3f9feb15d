//! What installing a plugin asks beyond packaging: an id, and extensions that go together.

use crate::kinds::common::is_id;
use crate::shape::{Breaks, Object, Rule, Walk};
use crate::yaml::Node;

pub const INSTALLABLE_ID: Rule = Rule {
    about: "A plugin can be installed only when its `author` and `name` consist of lower-case letters, digits, `_` and `-`.",
    schema: "",
    check: check_id,
};

fn check_id<'a>(walk: &mut Walk<'a>, object: &Object<'a>) {
    if object.get("author").is_none() && !walk.is_excused() {
        let message = "`manifest` has no `author`, and cannot be installed without".to_string();
        let help = "add `author`: who publishes the plugin, the first half of its id";
        walk.report_with_help("missing-key", Some(Breaks::Install), walk.place(object.node), message, help);
    } else if let Some(author) = object.get("author").filter(|author| author.value.text() == Some("")) {
        walk.enter_key(author, |walk| {
            let message = "`author` is empty, and the plugin cannot be installed without".to_string();
            let help = "write who publishes the plugin, the first half of its id";
            walk.report_with_help("empty-value", Some(Breaks::Install), walk.place(author.value), message, help);
        });
    }
    for (name, longest) in [("author", 64), ("name", 128)] {
        let Some(written) = object.get(name) else { continue };
        let Some(text) = written.value.text() else { continue };
        // What is empty or too long is reported already.
        let reported = text.is_empty() || text.chars().count() > longest;
        if reported || is_id(text, longest) || walk.is_placeholder(text) {
            continue;
        }
        walk.enter_key(written, |walk| {
            let range = walk.place(written.value);
            let message = format!("a plugin with the {name} `{text}` cannot be installed");
            let lower = text.to_lowercase().replace(' ', "-");
            let help = match is_id(&lower, longest) {
                true => format!("write `{lower}`: only lower-case letters, digits, `_` and `-` are allowed"),
                false => "use only lower-case letters, digits, `_` and `-`".to_string(),
            };
            walk.report_with_help("wrong-format", Some(Breaks::Install), range, message, help);
        });
    }
}

/// The keys of `plugins` and of providers in place.
const PAIRS: [(&str, &str); 6] = [
    ("tools", "tool"),
    ("endpoints", "endpoint"),
    ("models", "model"),
    ("agent_strategies", "agent_strategy"),
    ("datasources", "datasource"),
    ("triggers", "trigger"),
];

pub const EXTENSIONS: Rule = Rule {
    about: "A plugin can be installed only when it contains something, and only tools and endpoints may be combined.",
    schema: "",
    check: check_extensions,
};

fn check_extensions<'a>(walk: &mut Walk<'a>, object: &Object<'a>) {
    let plugins = object.get("plugins").map(|written| written.value);
    let listed = plugins.map_or(Vec::new(), |plugins| plugins.merged_entries());
    let present: Vec<(&str, Node)> = PAIRS
        .iter()
        .filter_map(|(list, inline)| {
            let list = listed.iter().find(|(key, _)| key.text() == Some(list)).filter(|(_, value)| is_filled(*value));
            let key = list.map(|(key, _)| *key).or_else(|| object.get(inline).map(|written| written.key))?;
            Some((key.text()?, key))
        })
        .collect();
    if present.is_empty() {
        if walk.is_excused() || plugins.is_some_and(|plugins| !plugins.is_map() || walk.leaves_out(plugins)) {
            return;
        }
        let range = object.get("plugins").map_or(walk.place(object.node), |written| written.key.span());
        walk.report_with_help(
            "no-extension",
            Some(Breaks::Install),
            range,
            "this plugin contains nothing, and cannot be installed".to_string(),
            "name a provider file under `plugins`, for example under `plugins.tools`",
        );
        return;
    }
    let alone = |name: &str| !matches!(name, "tools" | "tool" | "endpoints" | "endpoint");
    let Some(&(first, key)) = present.iter().find(|(name, _)| alone(name)) else { return };
    let Some(&(other, place)) = present.iter().find(|(name, _)| *name != first) else { return };
    let message = format!("a plugin with `{first}` and `{other}` cannot be installed");
    if let Some(fault) = walk.report("mixed-extensions", Some(Breaks::Install), key.span(), message) {
        fault.help = Some("make two plugins of it: only `tools` and `endpoints` may be combined".to_string());
        fault.label = Some((place.span(), "the other one".to_string()));
    }
}

/// Whether a list has an item. What is no list is either a mark for what is left out, or a fault of its own.
fn is_filled(list: Node) -> bool {
    !list.is_null() && (!list.is_list() || list.items().any(|item| !item.is_null()))
}

#[cfg(test)]
mod tests {
    use crate::kinds::manifest::KIND;
    use crate::shape::{Breaks, Options, check};

    /// What keeps an otherwise empty manifest from being installed.
    fn refused(text: &str) -> Vec<String> {
        let faults = check(&KIND, KIND.shape, &[], &crate::yaml::parse(text), Options::default());
        let install = faults.into_iter().filter(|fault| fault.breaks == Some(Breaks::Install));
        install.map(|fault| fault.message).collect()
    }

    #[test]
    fn identities() {
        let plugins = "plugins: {tools: [a.yaml]}\n";
        for (author, name, expected) in [
            ("acme", "weather-2_b", ""),
            ("Acme", "weather", "a plugin with the author `Acme` cannot be installed"),
            ("acme", "my plugin", "a plugin with the name `my plugin` cannot be installed"),
            ("''", "weather", "`author` is empty, and the plugin cannot be installed without"),
            ("~", "weather", "`manifest` has no `author`, and cannot be installed without"),
        ] {
            let text = format!("author: {author}\nname: {name}\n{plugins}");
            assert_eq!(refused(&text).join("; "), expected, "{text}");
        }
    }

    #[test]
    fn combinations() {
        let empty = "this plugin contains nothing, and cannot be installed";
        for (rest, expected) in [
            ("plugins: {tools: [a.yaml], endpoints: [b.yaml]}", ""),
            ("plugins: {tools: [~], endpoints: []}", empty),
            ("plugins: {tool: [a.yaml]}", empty),
            ("{}: {}", empty),
            ("plugins: {models: [a.yaml]}", ""),
            ("plugins: {models: [a.yaml], tools: []}", ""),
            ("plugins: {models: [a.yaml], tools: [a.yaml]}", "a plugin with `models` and `tools` cannot be installed"),
            ("plugins: {triggers: [a.yaml]}\ntool: {}", "a plugin with `triggers` and `tool` cannot be installed"),
            ("plugins: {<<: {models: [a.yaml]}, models: ~}", empty),
        ] {
            assert_eq!(refused(&format!("author: a\nname: b\n{rest}\n")).join("; "), expected, "{rest}");
        }
    }
}
