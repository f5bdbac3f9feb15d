//! An agent strategy: how a model plans, calls tools and comes to an answer.

use super::common::{
    AUTO_GENERATE, DEFAULT_BASIC, EXTRA, I18N, IDENTITY, LABEL, MAX, MIN, OPTIONS, OUTPUT_SCHEMA, PARAMETER_NAME,
    PARAMETER_SCOPE, PRECISION, REQUIRED, SCOPES, TEMPLATE,
};
use crate::shape::{Field, Kind, Map, Shape, Text};
use crate::yaml::Node;

pub static KIND: Kind = Kind {
    name: "agent-strategy",
    about: "One way to let a model work on its own: how it plans, calls tools and comes to an answer, and what an app \
            must give it. It is chosen in the agent node of a workflow.",
    files: &["strategies/*.yaml"],
    since: None,
    enforced: true,
    shape: &STRATEGY,
};

static STRATEGY: Shape = Shape::map(&[
    Field::required("identity", &IDENTITY, "Who made the strategy, and what it is called."),
    Field::required(
        "description",
        &I18N,
        "What the strategy is good for. Plain languages, not split into `human` and `llm` as in a tool.",
    ),
    Field::optional(
        "parameters",
        &Shape::list(&PARAMETER),
        "What an app gives to the strategy, in the order of the form.",
    ),
    OUTPUT_SCHEMA,
    Field::optional(
        "features",
        &Shape::list(&Shape::Text(Text::max(255))),
        "What the strategy can do besides. `history-messages` hands it the conversation so far; any word passes, so a \
         misspelt one changes nothing.",
    ),
    EXTRA,
]);

static PARAMETER: Shape = Shape::Map(Map {
    fields: &[
        PARAMETER_NAME,
        LABEL,
        Field::optional(
            "help",
            &I18N,
            "A hint beside the field. Unlike a tool's parameter, this one has no `human_description`.",
        )
        .unless(says_nothing),
        Field::required(
            "type",
            &Shape::Text(Text::one_of(&[
                "string",
                "number",
                "boolean",
                "select",
                "secret-input",
                "file",
                "files",
                "app-selector",
                "model-selector",
                "array[tools]",
                "any",
            ])),
            "What kind of value it is. `model-selector` picks the model that does the work, `array[tools]` the tools \
             that it may call: most strategies need one of each. `any` came with 0.0.10.",
        ),
        PARAMETER_SCOPE,
        REQUIRED,
        DEFAULT_BASIC,
        MIN,
        MAX,
        PRECISION,
        OPTIONS,
        AUTO_GENERATE,
        TEMPLATE,
    ],
    rules: &[SCOPES],
});

/// A help without a text in any language counts as left out; one in other languages alone still needs English.
fn says_nothing(help: Node) -> bool {
    let is_empty = |language| help.get(language).is_none_or(|text| text.is_null() || text.text() == Some(""));
    ["en_US", "zh_Hans", "ja_JP", "pt_BR"].into_iter().all(is_empty)
}

#[cfg(test)]
mod tests {
    use super::says_nothing;
    use crate::yaml;

    #[test]
    fn a_help_may_be_empty() {
        for (text, expected) in [
            ("{}", true),
            ("{fr_FR: a}", true),
            ("{en_US: '', ja_JP: ~}", true),
            ("{zh_Hans: a}", false),
            ("{en_US: a}", false),
        ] {
            let document = yaml::parse(text);
            assert_eq!(document.root().map(says_nothing), Some(expected), "{text}");
        }
    }
}
