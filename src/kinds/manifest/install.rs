//! What installing a plugin asks beyond packaging: an id, and extensions that go together.

use crate::config::nearest::nearest;
use crate::kinds::common::is_id;
use crate::shape::{Breaks, Object, Rule, Walk};
use crate::yaml::Node;

pub const INSTALLABLE_ID: Rule = Rule {
    about: "A plugin can be installed only when its `author` and `name` consist of lower-case letters, digits, `_` and `-`.",
    schema: "",
    check: check_id,
};

fn check_id<'a>(walk: &mut Walk<'a>, object: &Object<'a>) {
    if object.get("author").is_none() {
        walk.report_missing("author", "Who publishes the plugin, the first half of its id.", Breaks::Install);
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
    // What is no list is either a mark for what is left out, or a fault of its own.
    let unclear = plugins.is_some_and(|plugins| !plugins.is_map() || walk.leaves_out(plugins))
        || listed.iter().any(|(key, value)| is_list_name(*key) && !value.is_null() && !value.is_list());
    let present: Vec<(&str, Node)> = PAIRS
        .iter()
        .filter_map(|(list, inline)| {
            let list = listed.iter().find(|(key, value)| key.text() == Some(list) && is_filled(*value));
            let key = list.map(|(key, _)| *key).or_else(|| object.get(inline).map(|written| written.key))?;
            Some((key.text()?, key))
        })
        .collect();
    if present.is_empty() && !unclear && !walk.is_excused() {
        report_nothing(walk, object, &listed);
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

/// Often the files are there, under a key that is misspelt.
fn report_nothing<'a>(walk: &mut Walk<'a>, object: &Object<'a>, listed: &[(Node<'a>, Node<'a>)]) {
    let nothing = "this plugin contains nothing, and cannot be installed";
    let misspelt = |(key, value): &(Node<'a>, Node<'a>)| {
        let name = key.text().filter(|_| is_filled(*value) && !is_list_name(*key))?;
        Some((*key, nearest(name, PAIRS.map(|(list, _)| list))?))
    };
    let slip = walk.take_misspelt("plugins").map(|key| (key, "plugins"));
    let slip = slip.or_else(|| listed.iter().find_map(misspelt));
    if let Some((key, meant)) = slip {
        walk.withdraw("unknown-key", key.span());
        let message = format!("{nothing}: `{}` is ignored", key.text().unwrap_or_default());
        let help = format!("did you mean `{meant}`?");
        walk.report_with_help("no-extension", Some(Breaks::Install), key.span(), message, help);
        return;
    }
    let range = object.get("plugins").map_or(walk.place(object.node), |written| written.key.span());
    let help = "name a provider file under `plugins`, for example under `plugins.tools`";
    walk.report_with_help("no-extension", Some(Breaks::Install), range, nothing.to_string(), help);
}

fn is_list_name(key: Node) -> bool {
    PAIRS.iter().any(|(list, _)| key.text() == Some(list))
}

/// Whether a list has an item.
fn is_filled(list: Node) -> bool {
    list.items().any(|item| !item.is_null())
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
            ("{}: {}", empty),
            ("plugins: {tool: [a.yaml]}", "this plugin contains nothing, and cannot be installed: `tool` is ignored"),
            ("plugin: {tools: [a.yaml]}", "this plugin contains nothing, and cannot be installed: `plugin` is ignored"),
            ("plugins: {tools: a.yaml, models: [b.yaml]}", ""),
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
