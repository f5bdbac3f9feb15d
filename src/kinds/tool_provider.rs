//! A tool provider: tools that share an identity and credentials.

use super::common::{CONFIG_ITEM, EXTRA, OAUTH_SCHEMA, PROVIDER_IDENTITY};
use super::tool;
use crate::shape::{Field, Files, Kind, Map, Named, NamedWalk, Object, Rule, Shape, Walk, describe};
use crate::yaml::Node;

pub static KIND: Kind = Kind {
    name: "tool-provider",
    about: "A group of tools that share a name, an icon and one set of credentials.",
    files: &["provider/*.yaml"],
    since: None,
    enforced: true,
    shape: &PROVIDER,
};

static PROVIDER: Shape = Shape::Map(Map {
    fields: &[
        Field::required("identity", &PROVIDER_IDENTITY, "Who made the provider, what it is called and how it looks."),
        Field::optional(
            "credentials_for_provider",
            &CREDENTIALS,
            "What people enter before they can use the tools, as a map from names to items. A name whose value is not \
             written in place as a map defines nothing, in silence.",
        )
        .by_rule(),
        Field::optional(
            "credentials_schema",
            &CREDENTIALS,
            "Another spelling of `credentials_for_provider`, which it replaces where it has entries. The SDK does not \
             read it.",
        )
        .by_rule()
        .hidden()
        .instead("credentials_for_provider"),
        OAUTH_SCHEMA,
        Field::optional(
            "tools",
            &TOOLS,
            "The paths of the tool files, from the root of the plugin and without `./` before them. Anything but a list \
             is read as no tools at all.",
        ),
        EXTRA,
    ],
    rules: &[ONE_CREDENTIALS],
});

static CREDENTIALS: Shape = Shape::Named(Named { item: &CONFIG_ITEM, walk: NamedWalk::Lenient, judged: true });

static TOOLS: Shape = Shape::Files(Files { kind: &tool::KIND, stops: false });

const ONE_CREDENTIALS: Rule = Rule {
    about: "`credentials_schema` counts where it has entries, and `credentials_for_provider` is not read then.",
    schema: r##"{
      "if": {"required":["credentials_schema"],"properties":{"credentials_schema":{"anyOf":[
        {"type":"array","minItems":1},{"type":"object","minProperties":1}
      ]}}},
      "then": {"properties":{"credentials_schema":{"$ref":"#/$defs/tool-provider.credentials_schema"}}},
      "else": {"properties":{"credentials_for_provider":{"$ref":"#/$defs/tool-provider.credentials_for_provider"}}}
    }"##,
    check: check_credentials,
};

fn check_credentials<'a>(walk: &mut Walk<'a>, object: &Object<'a>) {
    let (first, second) = (object.get("credentials_schema"), object.get("credentials_for_provider"));
    if let Some(first) = first.filter(|first| has_entries(first.value)) {
        walk.read_written(first, &CREDENTIALS);
        if let Some(second) = second {
            walk.enter_key(second, |walk| {
                let message = "`credentials_for_provider` is not read, because `credentials_schema` has entries";
                walk.report_ignored(second.value, message.to_string(), "write all credentials under one of the two");
            });
        }
        return;
    }
    if let Some(first) = first.filter(|first| first.value.alias().is_some() || first.value.text().is_some()) {
        walk.enter_key(first, |walk| {
            let message = format!("`credentials_schema` is {}, which is ignored", describe(first.value));
            walk.report_ignored(first.value, message, "write the credentials under `credentials_for_provider`");
        });
    }
    if let Some(second) = second {
        walk.read_written(second, &CREDENTIALS);
    }
}

/// Whether `credentials_schema` takes the place of the other spelling: a list or map written here with something in it.
fn has_entries(node: Node) -> bool {
    node.alias().is_none() && (node.items().len() > 0 || node.entries().len() > 0)
}

#[cfg(test)]
mod tests {
    use super::has_entries;

    #[test]
    fn only_what_is_written_in_place_has_entries() {
        for (text, expected) in
            [("[]", false), ("{}", false), ("text", false), ("[~]", true), ("{key: ~}", true), ("[{name: a}]", true)]
        {
            assert_eq!(crate::yaml::parse(text).root().map(has_entries), Some(expected), "{text}");
        }
        let document = crate::yaml::parse("a: &a [b]\nc: *a\n");
        let alias = document.root().and_then(|root| root.get("c"));
        assert_eq!(alias.map(has_entries), Some(false));
    }
}
