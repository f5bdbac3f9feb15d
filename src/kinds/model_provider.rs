//! A model provider: where models come from, and what it takes to use them.

use super::common::I18N;
use super::model::{METHOD, MODEL, MODEL_TYPE};
use crate::shape::{Field, Kind, List, Map, Need, Object, Rule, Shape, Special, Text, Walk, Written, describe};
use crate::yaml::Node;

pub static KIND: Kind = Kind {
    name: "model-provider",
    about: "A source of models, usually one vendor: how it is presented, what people must enter to use it, and where \
            its predefined models are described.",
    files: &["provider/*.yaml"],
    since: None,
    enforced: true,
    shape: &PROVIDER,
};

static PROVIDER: Shape = Shape::Map(Map {
    fields: &[
        Field::required(
            "provider",
            &TEXT_255,
            "The name under which apps remember the provider. They lose their models when it changes.",
        ),
        Field::required("label", &I18N, "The name that people see."),
        Field::optional("description", &I18N, "Which models there are, in a sentence."),
        Field::optional(
            "icon_small",
            &I18N,
            "The icon beside each model, for each language a file below `_assets`. Without an `en_US` the provider \
             breaks the rules, and every file that is named must exist when the plugin is packaged.",
        ),
        Field::optional("icon_large", &I18N, "The logo in the list of providers, written like `icon_small`."),
        Field::optional(
            "icon_small_dark",
            &I18N,
            "`icon_small` for dark backgrounds. The files are first looked for when the plugin is installed.",
        )
        .since("0.2.0"),
        Field::optional(
            "icon_large_dark",
            &I18N,
            "`icon_large` for dark backgrounds. The files are first looked for when the plugin is installed.",
        )
        .since("0.2.0"),
        Field::optional(
            "background",
            &Shape::TEXT,
            "The colour behind the logo, such as `\"#F2F4F7\"`. Without quotes it is a comment, and the colour is \
             lost.",
        ),
        Field::optional("help", &HELP, "A link to the page where people get their key."),
        Field::required(
            "supported_model_types",
            &Shape::List(List { item: &MODEL_TYPE, max: Some(16) }),
            "The types of models that the provider serves, those that people add included. Words are joined by dashes \
             (`text-embedding`), unlike in the keys below `models`. `multimodal-embedding` and `multimodal-rerank` \
             came with 0.5.0.",
        ),
        Field::required(
            "configurate_methods",
            &Shape::List(List { item: &METHOD, max: Some(16) }),
            "How models come in. `predefined-model`: people enter one key and get the models described here; \
             `customizable-model`: they add each model with settings of its own.",
        ),
        Field::optional(
            "provider_credential_schema",
            &PROVIDER_CREDENTIALS,
            "What is entered once for all models, for `predefined-model`.",
        ),
        Field::optional(
            "model_credential_schema",
            &MODEL_CREDENTIALS,
            "What is entered for each model that is added, for `customizable-model`.",
        ),
        Field::optional("models", &MODELS, "Where the predefined models of each type are described."),
        Field::optional("position", &POSITION, "The order of models, in place. A map under `models` replaces it.")
            .hidden(),
        Field::optional("model_declarations", &INLINE, "Models in place. A list under `models` replaces it.").hidden(),
        Field::optional(
            "extra",
            &Shape::Foreign(&EXTRA),
            "Where the code is. Only the SDK reads it; without it no model can be called.",
        ),
    ],
    rules: &[Rule {
        about: "`models` replaces `position` where it is a map, and `model_declarations` where it is a list.",
        schema: "",
        check: replaced_by_models,
    }],
});

static TEXT_255: Shape = Shape::Text(Text::max(255));

static HELP: Shape = Shape::map(&[
    Field::required("title", &I18N, "The text of the link."),
    Field::required("url", &I18N, "Its address, for each language: a map as for texts, not the address alone."),
]);

static EXTRA: Shape = Shape::map(&[Field::required("python", &PYTHON, "The code for the Python SDK.")]);

static PYTHON: Shape = Shape::map(&[
    Field::required(
        "provider_source",
        &Shape::TEXT,
        "The path of the Python file that checks the credentials of the provider, from the root of the plugin.",
    ),
    Field::optional(
        "model_sources",
        &Shape::list(&Shape::TEXT),
        "The paths of the Python files that call the models, one for each type. A type without a file cannot be used, \
         even where its models are described.",
    ),
]);

// --- credentials

static PROVIDER_CREDENTIALS: Shape = Shape::map(&[FORM]);

static MODEL_CREDENTIALS: Shape = Shape::map(&[
    Field::required("model", &MODEL_NAME, "The field for the name of the model, which comes first."),
    FORM,
]);

static MODEL_NAME: Shape = Shape::map(&[
    Field::required(
        "label",
        &I18N,
        "What is asked for: the model's name, or what a vendor calls it, as in \"deployment\".",
    ),
    Field::optional("placeholder", &I18N, "What the empty field shows."),
]);

const FORM: Field = Field::optional("credential_form_schemas", &FORM_FIELDS, "The fields of the form, in order.");

static FORM_FIELDS: Shape = Shape::List(List { item: &FORM_FIELD, max: Some(32) });

static FORM_FIELD: Shape = Shape::map(&[
    Field::required(
        "variable",
        &TEXT_255,
        "The key under which the code finds the value. Keys of a tool's credentials are called `name` instead.",
    ),
    Field::required("label", &I18N, "The name of the field."),
    Field::required(
        "type",
        &Shape::Text(Text::one_of(&["text-input", "secret-input", "select", "radio", "switch"])),
        "The control that asks for the value. Use `secret-input` for keys: their values are encrypted and never shown \
         again.",
    ),
    Field::optional("required", &Shape::Bool, "Whether the form can only be saved with a value.").default("false"),
    Field::optional("default", &TEXT_255, "The value that the field starts with. Numbers and bools become text."),
    Field::optional(
        "options",
        &Shape::List(List { item: &FORM_OPTION, max: Some(128) }),
        "The choices of a `select` or `radio`.",
    ),
    Field::optional("help", &I18N, "A hint about the field."),
    Field::optional("url", &Shape::TEXT, "A page with more about the field."),
    Field::optional("placeholder", &I18N, "What the empty field shows."),
    Field::optional("max_length", &Shape::Int, "The most characters that may be entered; 0 sets no limit.")
        .default("0"),
    SHOW_ON,
]);

static FORM_OPTION: Shape = Shape::map(&[
    Field::required("label", &I18N, "What people see of the choice."),
    Field::required("value", &TEXT_255, "What the code gets when this choice is taken."),
    SHOW_ON,
]);

const SHOW_ON: Field = Field::optional(
    "show_on",
    &CONDITIONS,
    "Shown only while other fields of the form have these values, all of them.",
);

static CONDITIONS: Shape = Shape::List(List { item: &CONDITION, max: Some(16) });

static CONDITION: Shape = Shape::map(&[
    Field::required(
        "variable",
        &TEXT_255,
        "The `variable` of the other field, or `__model_type` for the type of the model that is added. Nothing checks \
         that there is such a field.",
    ),
    Field::required("value", &TEXT_255, "The value that it must have."),
]);

// --- models

static MODELS: Shape = Shape::Special(Special {
    check: models,
    about: "a map from types of models to the files that describe them",
    schema: r##"{"if":{"type":"array"},"then":{"items":{"$ref":"#/$defs/model-unchecked"}}}"##,
    inner: &GROUPS,
});

static GROUPS: Shape = Shape::map(&[
    Field::optional("llm", &GROUP, "The files of language models."),
    Field::optional(
        "text_embedding",
        &GROUP,
        "The files of models that turn text into vectors. With an underscore: the key `text-embedding` is ignored.",
    ),
    Field::optional("rerank", &GROUP, "The files of models that sort search results."),
    Field::optional("tts", &GROUP, "The files of models that read text aloud."),
    Field::optional("speech2text", &GROUP, "The files of models that write down speech."),
    Field::optional("moderation", &GROUP, "The files of models that judge whether a text is harmful."),
]);

static GROUP: Shape = Shape::map(&[
    Field::optional(
        "position",
        &Shape::TEXT,
        "The path of the file that orders these models, from the root of the plugin. Most often it ends in \
         `_position.yaml`, which keeps it out of the reach of `predefined`.",
    ),
    Field::optional(
        "predefined",
        &Shape::list(&Shape::TEXT),
        "Patterns for the paths of the files, such as `models/llm/*.yaml`. `*` stays within one folder, `**` means no \
         more than `*`, and a pattern that finds nothing is no error.",
    ),
]);

/// Models in place are decoded and nothing more.
static INLINE: Shape = Shape::Unjudged(&Shape::list(&MODEL));

static POSITION: Shape = Shape::map(&[
    Field::optional("llm", &NAMES, "The order of language models."),
    Field::optional("text_embedding", &NAMES, "The order of embedding models."),
    Field::optional("rerank", &NAMES, "The order of reranking models."),
    Field::optional("tts", &NAMES, "The order of models that speak."),
    Field::optional("speech2text", &NAMES, "The order of models that listen."),
    Field::optional("moderation", &NAMES, "The order of moderating models."),
]);

static NAMES: Shape = Shape::list(&Shape::TEXT);

fn models<'a>(walk: &mut Walk<'a>, node: Node<'a>) {
    if node.is_list() && node.alias().is_none() {
        walk.read(&INLINE, node, Need::Optional);
    } else {
        read_by_hand(walk, &GROUPS, node);
    }
}

/// The daemon looks these values up one by one in place of decoding them. Nothing is a fault to it: it passes over what
/// has another shape, follows no alias, merges nothing, and minds no key that stands there twice.
fn read_by_hand<'a>(walk: &mut Walk<'a>, shape: &'static Shape, node: Node<'a>) {
    match shape {
        _ if node.is_null() => {}
        Shape::Map(map) if node.is_map() && node.alias().is_none() => {
            let mut unknown = Vec::new();
            for (key, value) in node.entries() {
                let name = key.text().filter(|_| key.alias().is_none()).unwrap_or_default();
                match map.field(name) {
                    Some(_) if walk.is_left_out(Some(key), value) => {}
                    Some(field) => {
                        walk.enter_key(Written { field, key, value }, |walk| read_by_hand(walk, field.shape, value))
                    }
                    None => unknown.push((key, value)),
                }
            }
            walk.report_unknown_keys(map, node, unknown);
        }
        Shape::List(list) if node.is_list() && node.alias().is_none() => {
            for (index, item) in node.items().enumerate() {
                walk.enter_item(index, item, |walk| read_by_hand(walk, list.item, item));
            }
        }
        Shape::Text(_) if node.text().is_some() && node.alias().is_none() => {}
        _ => {
            let wanted = match shape {
                Shape::Text(_) => "a path",
                Shape::List(_) => "a list of patterns",
                _ => "a map",
            };
            let message = format!("`{}` is {}, which is ignored", walk.name(), describe(node));
            walk.report_ignored(node, message, &format!("write {wanted} in place"));
        }
    }
}

fn replaced_by_models<'a>(walk: &mut Walk<'a>, provider: &Object<'a>) {
    let Some(models) = provider.get("models").filter(|models| models.value.alias().is_none()) else { return };
    let replaced = match models.value {
        value if value.is_map() => "position",
        value if value.is_list() => "model_declarations",
        _ => return,
    };
    if let Some(written) = provider.get(replaced) {
        walk.enter_key(written, |walk| {
            let message = format!("`{replaced}` is ignored: `models` stands in its place");
            walk.report_ignored(written.value, message, "remove one of the two");
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{shape, yaml};

    /// What is said about `models` and the keys beside it.
    fn check(text: &str, expected: &[&str]) {
        let provider = "{provider: a, label: {en_US: A}, supported_model_types: [], configurate_methods: [], ";
        let document = yaml::parse(&format!("{provider}{text}}}"));
        assert_eq!(document.problems, [], "{text}");
        let faults = shape::check(&KIND, &PROVIDER, &[], &document, Default::default());
        let found: Vec<_> = faults.iter().map(|fault| fault.message.as_str()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn files_are_looked_up_by_hand() {
        check("models: {llm: {position: a.yaml, predefined: [b.yaml]}, tts: }", &[]);
        check("models: a", &["`models` is text, which is ignored"]);
        check("models: {text-embedding: {}}", &["`models` has no key `text-embedding`: it is ignored"]);
        check("models: {llm: {predefined: a.yaml}}", &["`predefined` is text, which is ignored"]);
        check("models: {llm: {predefined: [{a: b}]}}", &["`predefined[0]` is a map, which is ignored"]);
        check("models: {tts: &a {}, llm: *a}", &["`llm` is an alias, which is ignored"]);
        check("models: {llm: {position: a, position: b}}", &[]);
    }

    #[test]
    fn models_in_place_are_decoded_but_not_judged() {
        check("models: [{model: a}]", &[]);
        check("models: [{model: []}]", &["`model` takes text, and this is a list"]);
    }

    #[test]
    fn models_replaces_what_stands_beside_it() {
        check("models: {}, position: {llm: [a]}", &["`position` is ignored: `models` stands in its place"]);
        check("models: [], position: {llm: [a]}", &[]);
        check("models: [], model_declarations: []", &["`model_declarations` is ignored: `models` stands in its place"]);
    }
}
