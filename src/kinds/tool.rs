//! A tool: one action that a plugin offers.

use super::common::{
    AUTO_GENERATE, EXTRA, I18N, IDENTITY, LABEL, MAX, MIN, MULTIPLE, OPTIONS, OUTPUT_SCHEMA, PARAMETER_NAME,
    PARAMETER_SCOPE, PRECISION, REQUIRED, SCOPES, TEMPLATE,
};
use crate::shape::{Field, Kind, Map, Shape, Text};

pub static KIND: Kind = Kind {
    name: "tool",
    about: "One action that a plugin offers: what it is called, what it takes, and what it gives back.",
    files: &["tools/*.yaml"],
    since: None,
    enforced: true,
    shape: &TOOL,
};

static TOOL: Shape = Shape::map(&[
    Field::required("identity", &IDENTITY, "Who made the tool and what it is called."),
    Field::required("description", &DESCRIPTION, "What the tool does, once for people and once for models."),
    Field::optional(
        "parameters",
        &PARAMETERS,
        "What the tool takes. Left out, it takes nothing; an item without content is dropped.",
    ),
    OUTPUT_SCHEMA,
    Field::optional(
        "has_runtime_parameters",
        &Shape::Bool,
        "Whether the parameters depend on the credentials and are asked of the code when they are needed. For choices \
         that depend on them, `dynamic-select` is the newer way.",
    )
    .default("false"),
    EXTRA,
]);

static DESCRIPTION: Shape = Shape::map(&[
    Field::required("human", &I18N, "What people read before they add the tool to an app."),
    Field::required(
        "llm",
        &Shape::TEXT,
        "What a model reads to decide when to call the tool. One plain text, not one for each language.",
    ),
]);

static PARAMETERS: Shape = Shape::list(&PARAMETER);

static PARAMETER: Shape = Shape::Map(Map {
    fields: &[
        PARAMETER_NAME,
        LABEL,
        Field::required("human_description", &I18N, "What people read about the parameter when they fill it in."),
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
                "any",
                "dynamic-select",
                "array",
                "object",
                "checkbox",
                "date",
                "date-range",
            ])),
            "What kind of value it is. `any` came with 0.0.10, `dynamic-select` with 0.1.3, `array` and `object` with \
             0.3.0, `checkbox` with 0.4.0, `date` and `date-range` with 0.6.10.",
        ),
        Field::required(
            "form",
            &Shape::Text(Text::one_of(&["schema", "form", "llm"])),
            "Who gives the value: `llm` the model that calls the tool, or a variable in a workflow; `form` the person \
             who sets up the app; `schema` the person who adds the tool.",
        ),
        Field::optional(
            "llm_description",
            &Shape::TEXT,
            "What a model reads to choose the value. Nothing demands it, but with `form: llm` the model has only the \
             name to go by when it is left out.",
        ),
        REQUIRED,
        Field::optional(
            "default",
            &Shape::Any,
            "The value that counts when none is given. It is not compared with `type`, so a wrong one shows up only in \
             the code.",
        ),
        MIN,
        MAX,
        PRECISION,
        OPTIONS,
        MULTIPLE,
        PARAMETER_SCOPE,
        AUTO_GENERATE,
        TEMPLATE,
    ],
    rules: &[SCOPES],
});
