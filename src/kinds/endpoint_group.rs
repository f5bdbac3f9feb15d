//! An endpoint group: endpoints that share one form of settings.

use super::common::CONFIG_ITEMS;
use super::endpoint;
use crate::shape::{Field, Files, Kind, Map, Object, Rule, Shape, Walk};

pub static KIND: Kind = Kind {
    name: "endpoint-group",
    about: "Endpoints that share one form of settings. People may set a group up several times, each with an address of \
            its own.",
    files: &["group/*.yaml"],
    since: None,
    enforced: true,
    shape: &GROUP,
};

static GROUP: Shape = Shape::Map(Map {
    fields: &[
        Field::optional(
            "settings",
            &CONFIG_ITEMS,
            "What people fill in to set the group up. It must be a list, each item with its `name`: the map form that \
             credentials have fails to decode here.",
        ),
        Field::optional(
            "endpoints",
            &ENDPOINTS,
            "The paths of the endpoint files, from the root of the plugin and without `./` before them. Anything but a \
             list is read as no endpoints at all.",
        ),
        Field::optional("endpoint_declarations", &DECLARATIONS, "Endpoints that are read and then dropped.").hidden(),
    ],
    rules: &[DROPPED],
});

static ENDPOINTS: Shape = Shape::Files(Files { kind: &endpoint::KIND, stops: true });

static DECLARATIONS: Shape = Shape::Unjudged(&DECLARATION_LIST);

static DECLARATION_LIST: Shape = Shape::list(&endpoint::ENDPOINT);

const DROPPED: Rule =
    Rule { about: "`endpoint_declarations` must decode and is then dropped.", schema: "", check: check_dropped };

fn check_dropped<'a>(walk: &mut Walk<'a>, object: &Object<'a>) {
    if let Some(written) = object.get("endpoint_declarations") {
        walk.enter_key(written, |walk| {
            let message = "`endpoint_declarations` is read and then dropped".to_string();
            walk.report_ignored(written.value, message, "write the endpoints under `endpoints`");
        });
    }
}
