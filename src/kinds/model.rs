//! A model: one entry in the list of models that a provider offers.

use super::common::I18N;
use crate::config::nearest::nearest;
use crate::shape::{Breaks, Field, Kind, List, Map, Object, Rule, Shape, Text, Walk};
use crate::yaml::Node;

pub static KIND: Kind = Kind {
    name: "model",
    about: "One predefined model of a provider: its type, its abilities, the parameters that users may set, and its \
            price. The provider finds such files by a pattern. Nothing refuses one that breaks a rule: the mistake \
            shows only in the app that uses the model.",
    files: &["models/*/*.yaml"],
    since: None,
    enforced: false,
    shape: &MODEL,
};

pub static MODEL: Shape = Shape::map(&[
    Field::required(
        "model",
        &Shape::Text(Text::max(255)),
        "The name of the model as its vendor's API knows it. It reaches the plugin's code unchanged.",
    ),
    Field::required(
        "label",
        &I18N,
        "The name that people see when they choose a model. Where it is left out they see `model`.",
    ),
    Field::required(
        "model_type",
        &MODEL_TYPE,
        "What the model does. Words are joined by dashes here (`text-embedding`), but by underscores in the keys below \
         `models` of the provider. `multimodal-embedding` and `multimodal-rerank` came with 0.5.0.",
    ),
    Field::optional(
        "features",
        &Shape::List(List { item: &TEXT_255, max: Some(256) }),
        "What the model can do beyond plain text, such as `vision`, `tool-call` or `stream-tool-call`. Any word \
         passes, so a misspelt feature is simply not offered.",
    ),
    Field::optional(
        "fetch_from",
        &METHOD,
        "Where the model comes from. A file describes a `predefined-model`, so there is rarely a reason to write it.",
    )
    .default("predefined-model"),
    Field::optional(
        "model_properties",
        &Shape::FreeMap(true),
        "Facts that the platform and the plugin's code look up, such as `mode` and `context_size` of a language model. \
         Any key passes: a misspelt one is not found when it is needed.",
    ),
    Field::optional(
        "deprecated",
        &Shape::Bool,
        "Whether the vendor has retired the model. Prefer this to deleting the file, which breaks apps that use it.",
    )
    .default("false"),
    Field::optional(
        "parameter_rules",
        &Shape::List(List { item: &PARAMETER_RULE, max: Some(128) }),
        "The parameters of a request that users may set, in the order of the form.",
    ),
    Field::optional(
        "pricing",
        &PRICING,
        "What a request costs. Only used to estimate costs for people, never to charge.",
    ),
]);

pub static MODEL_TYPE: Shape = Shape::Text(Text::one_of(MODEL_TYPES));

pub const MODEL_TYPES: &[&str] = &[
    "llm",
    "text-embedding",
    "rerank",
    "speech2text",
    "moderation",
    "tts",
    "text2img",
    "multimodal-embedding",
    "multimodal-rerank",
];

/// How the models of a provider come to be known.
pub static METHOD: Shape = Shape::Text(Text::one_of(&["predefined-model", "customizable-model"]));

static TEXT_255: Shape = Shape::Text(Text::max(255));

static PARAMETER_RULE: Shape = Shape::Map(Map {
    fields: &[
        Field::required(
            "name",
            &TEXT_255,
            "The name of the parameter as the code gets it. It is also the label where none is given.",
        ),
        Field::optional(
            "use_template",
            &TEMPLATE,
            "A well-known parameter to take `type`, `help`, `default`, `min`, `max`, `precision` and `options` from; \
             what is written beside it wins. Any other name makes the whole file unreadable.",
        ),
        Field::optional(
            "label",
            &I18N,
            "The name that people see. It counts only with an `en_US`: without one they see `name`, in every language.",
        )
        .unless(has_no_english),
        Field::if_written("type", &TYPE, TYPE_ABOUT).by_rule(),
        Field::optional("help", &I18N, "What the parameter changes, for people who are about to set it."),
        Field::optional("required", &Shape::Bool, "Whether every request must carry the parameter.").default("false"),
        Field::optional(
            "default",
            &Shape::Basic,
            "The value that the form starts with: text, a number or a bool. A date needs quotes.",
        ),
        Field::optional("min", &Shape::Float, "The least number that the form takes. It is not compared with `max`."),
        Field::optional(
            "max",
            &Shape::Float,
            "The greatest number that the form takes. Many models share a template and differ only here.",
        ),
        Field::optional(
            "precision",
            &Shape::Int,
            "How many digits a number may have after the point. A fraction is cut off.",
        ),
        Field::optional(
            "options",
            &Shape::list(&TEXT_255),
            "The values to choose from, for a `string`. Plain texts, not maps with labels as in the parameters of \
             tools.",
        ),
    ],
    rules: &[
        Rule {
            about: "A parameter has a `type` or takes one from `use_template`.",
            schema: r#"{
              "properties": {"type":{"enum":["float","int","string","boolean","text",null]}},
              "anyOf": [
                {"required":["type"],"properties":{"type":{"not":{"type":"null"}}}},
                {"required":["use_template"],"properties":{"use_template":{"not":{"type":"null"}}}}
              ]
            }"#,
            check: type_or_template,
        },
        Rule { about: "A `label` without an `en_US` gives way to `name`.", schema: "", check: label_with_english },
    ],
});

static TEMPLATE: Shape = Shape::Text(
    Text::one_of(&[
        "temperature",
        "top_p",
        "top_k",
        "presence_penalty",
        "frequency_penalty",
        "max_tokens",
        "response_format",
        "json_schema",
    ])
    .or_undecodable(),
);

static TYPE: Shape = Shape::Text(Text::one_of(&["float", "int", "string", "boolean", "text"]));

const TYPE_ABOUT: &str = "What kind of value it is. It may be left out only beside `use_template`. A `text` is a \
    `string` with room for several lines.";

static PRICING: Shape = Shape::map(&[
    Field::optional("input", &Shape::Decimal, "The price of the tokens sent, for as many tokens as `unit` says."),
    Field::optional("output", &Shape::Decimal, "The price of the tokens generated, for as many tokens as `unit` says."),
    Field::optional(
        "unit",
        &Shape::Decimal,
        "The part of the price that one token costs: `0.001` for prices by the thousand tokens, `0.000001` by the \
         million. Left out it is 0, and everything seems free.",
    ),
    Field::required("currency", &Shape::TEXT, "The currency of the prices, such as `USD`. Any text passes."),
]);

/// An empty `use_template` stands for a type too.
fn type_or_template<'a>(walk: &mut Walk<'a>, rule: &Object<'a>) {
    match rule.get("type") {
        Some(written) => walk.read_written(written, &TYPE),
        None if rule.get("use_template").is_none() => {
            walk.report_missing_or(&["type", "use_template"], TYPE_ABOUT, Breaks::Strict);
        }
        None => {}
    }
}

/// Such a label is replaced by the name of the parameter, whatever else stands in it.
fn has_no_english(label: Node) -> bool {
    label.get("en_US").is_none_or(|text| text.is_null() || text.text() == Some(""))
}

fn label_with_english<'a>(walk: &mut Walk<'a>, rule: &Object<'a>) {
    // A misspelt `en_US` is reported as unknown.
    let is_slip = |key: Node| key.text().is_some_and(|name| name != "en_US" && nearest(name, ["en_US"]).is_some());
    let gives_way =
        |label: Node| label.is_map() && has_no_english(label) && !label.entries().any(|(key, _)| is_slip(key));
    let Some(label) = rule.get("label").filter(|label| gives_way(label.value)) else { return };
    walk.enter_key(label, |walk| {
        let message = "this `label` is ignored, because it has no `en_US`: people see `name` instead";
        walk.report_ignored(label.value, message.to_string(), "add `en_US`");
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{shape, yaml};

    /// The faults of one parameter rule.
    fn check(rule: &str, expected: &[&str]) {
        let document = yaml::parse(rule);
        let faults = shape::check(&KIND, &PARAMETER_RULE, &["parameter_rules"], &document, Default::default());
        let found: Vec<_> = faults.iter().map(|fault| fault.rule).collect();
        assert_eq!(found, expected, "{rule}");
    }

    #[test]
    fn a_type_may_come_from_a_template() {
        check("{name: a, type: int}", &[]);
        check("{name: a, use_template: top_p}", &[]);
        check("{name: a, use_template: ''}", &[]);
        check("{name: a, use_template: }", &["missing-key"]);
        check("{name: a, use_template: nope}", &["unknown-value"]);
        check("{name: a, use_template: top_p, type: number}", &["unknown-value"]);
    }

    #[test]
    fn a_label_counts_only_in_english() {
        check("{name: a, type: int, label: {en_US: A}}", &[]);
        check("{name: a, type: int, label: {zh_Hans: A}}", &["ignored-value"]);
        check("{name: a, type: int, label: {en_US: ~}}", &["ignored-value"]);
        check("{name: a, type: int, label: A}", &["wrong-type"]);
    }
}
