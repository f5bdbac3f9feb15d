//! A datasource: one way to fetch documents.

use super::common::{
    AUTHOR, AUTO_GENERATE, DEFAULT_BASIC, EXTRA, I18N, LABEL, MAX, MIN, OPTIONS, OUTPUT_SCHEMA, PARAMETER_NAME,
    PRECISION, REQUIRED, SCOPE, SCOPES, TEMPLATE,
};
use crate::shape::{Field, Kind, Map, Shape, Text};

pub static KIND: Kind = Kind {
    name: "datasource",
    about: "One way to fetch documents from a service: what people enter for it, and what comes out for the knowledge \
        base.",
    files: &["datasources/*.yaml"],
    since: Some("0.3.0"),
    enforced: true,
    shape: &DATASOURCE,
};

static DATASOURCE: Shape = Shape::map(&[
    Field::required("identity", &IDENTITY, "Who made the datasource, and what it is called."),
    Field::required("description", &I18N, "What it fetches, in a sentence."),
    Field::required(
        "parameters",
        &Shape::list(&PARAMETER),
        "What people enter before documents are fetched. Write `[]` where there is nothing: the key alone counts as \
         left out.",
    ),
    OUTPUT_SCHEMA,
    EXTRA,
]);

static IDENTITY: Shape = Shape::map(&[
    AUTHOR,
    Field::required(
        "name",
        &Shape::TEXT,
        "The name by which knowledge bases refer to it. Any text passes; letters, digits and `_` are safe.",
    ),
    LABEL,
    Field::optional(
        "icon",
        &Shape::TEXT,
        "An icon of its own, a file below `_assets`. Packaging does not look for the file, but installing does.",
    ),
]);

static PARAMETER: Shape = Shape::Map(Map {
    fields: &[
        PARAMETER_NAME,
        LABEL,
        Field::required(
            "description",
            &I18N,
            "What to enter, for the person who does. Required here, unlike in the parameters of events.",
        ),
        Field::required(
            "type",
            &Shape::Text(Text::one_of(&["string", "number", "boolean", "select", "secret-input"])),
            "What kind of value it is. Files and selectors of models or apps are no choice here.",
        ),
        // No type of these has scopes, so that each fails.
        SCOPE.hidden(),
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
