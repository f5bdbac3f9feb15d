//! An event: something that happens elsewhere and starts a workflow.

use super::common::{
    AUTO_GENERATE, EXTRA, I18N, IDENTITY, LABEL, MAX, MIN, MULTIPLE, OUTPUT_SCHEMA, PRECISION, REQUIRED, TEMPLATE,
};
use crate::shape::{Field, Kind, Shape, Text};

pub static KIND: Kind = Kind {
    name: "event",
    about: "Something that happens at a service and starts a workflow: what it is called, how people narrow it down, \
            and what the workflow learns of it.",
    files: &["events/*.yaml", "events/*/*.yaml"],
    since: Some("0.4.0"),
    enforced: true,
    shape: &EVENT,
};

static EVENT: Shape = Shape::map(&[
    Field::required("identity", &IDENTITY, "Who made the event, and what it is called."),
    Field::required("description", &I18N, "When the event happens, in a sentence."),
    Field::optional(
        "parameters",
        &PARAMETERS,
        "What people set to narrow the event down, such as the labels of an issue. The code decides with them whether \
         the workflow starts.",
    ),
    OUTPUT_SCHEMA,
    EXTRA,
]);

/// The parameters of an event, and of a subscription.
pub static PARAMETERS: Shape = Shape::list(&PARAMETER);

static PARAMETER: Shape = Shape::map(&[
    Field::required(
        "name",
        &Shape::TEXT,
        "The key under which the code finds the value. It must be unique among the parameters.",
    ),
    LABEL,
    Field::required(
        "type",
        &Shape::Text(Text::one_of(&[
            "string",
            "number",
            "boolean",
            "select",
            "file",
            "files",
            "model-selector",
            "app-selector",
            "object",
            "array",
            "dynamic-select",
            "checkbox",
        ])),
        "What kind of value it is. `checkbox` picks any number of the `options`; with `dynamic-select` the code lists \
         them. `secret-input` is no choice: secrets belong into the schemas of the provider.",
    ),
    Field::optional(
        "description",
        &I18N,
        "What to set, for the person who does. The only hint there is: `help` and `placeholder` are ignored.",
    ),
    Field::optional("scope", &Shape::TEXT, "Which models or apps a selector offers. Not checked, unlike elsewhere."),
    REQUIRED,
    MULTIPLE,
    Field::optional("default", &Shape::Any, "The value that counts when none is given, also a list for several."),
    MIN,
    MAX,
    PRECISION,
    Field::optional("options", &Shape::list(&OPTION), "The choices of a `select` or `checkbox`."),
    AUTO_GENERATE,
    TEMPLATE,
]);

static OPTION: Shape = Shape::map(&[
    Field::required(
        "value",
        &Shape::Any,
        "What the code gets when this choice is taken: any value that is not null, even an empty text.",
    ),
    Field::required("label", &I18N, "What people see of the choice."),
]);
