//! An endpoint: one path and method under which a plugin answers HTTP requests.

use super::common::EXTRA;
use crate::shape::{Field, Kind, Shape, Text};

pub static KIND: Kind = Kind {
    name: "endpoint",
    about: "One path and method under which a plugin answers HTTP requests, and the code that answers.",
    files: &["endpoints/*.yaml"],
    since: None,
    enforced: true,
    shape: &ENDPOINT,
};

pub(super) static ENDPOINT: Shape = Shape::map(&[
    Field::required(
        "path",
        &Shape::TEXT,
        "The path below the address of the group, as a Werkzeug rule: `<name>` takes one part of it. Any text passes, so \
         a rule that is malformed or has no leading slash shows up only when a request finds nothing.",
    ),
    Field::required(
        "method",
        &Shape::Text(Text::one_of(&["HEAD", "GET", "POST", "PUT", "DELETE", "OPTIONS"])),
        "The HTTP method, in capitals. `PATCH` is not supported.",
    ),
    Field::optional(
        "hidden",
        &Shape::Bool,
        "Keeps the endpoint out of the list that people see. It answers all the same, so it is no protection.",
    )
    .default("false"),
    EXTRA,
]);
