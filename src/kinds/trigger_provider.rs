//! A trigger provider: a service whose events start workflows.

use super::common::{CONFIG_ITEM, EXTRA, OAUTH_SCHEMA, PROVIDER_IDENTITY};
use super::event::{self, PARAMETERS};
use crate::shape::{Field, Files, Kind, Map, Named, NamedWalk, Shape};

pub static KIND: Kind = Kind {
    name: "trigger-provider",
    about: "A service whose events start workflows: how a subscription to it is set up, and which events it sends.",
    files: &["provider/*.yaml"],
    since: Some("0.4.0"),
    enforced: true,
    shape: &PROVIDER,
};

static PROVIDER: Shape = Shape::map(&[
    Field::required("identity", &PROVIDER_IDENTITY, "Who made the provider, and how it is presented."),
    Field::optional(
        "subscription_schema",
        &Shape::Named(Named { item: &CONFIG_ITEM, walk: NamedWalk::Strict, judged: false }),
        "What people enter when they subscribe by hand, such as the secret that signs the messages: a list, or a map \
         from names to items. Nothing checks the items, so a wrong `type` shows only in the form.",
    ),
    Field::optional(
        "subscription_constructor",
        &Shape::MapOrNothing(&CONSTRUCTOR),
        "How the plugin subscribes by itself, through the API of the service. What is no map in place counts as left \
         out.",
    ),
    Field::optional(
        "events",
        &Shape::Files(Files { kind: &event::KIND, stops: false }),
        "The events: the path of a file for each, from the root of the plugin and without `./` before it. What is no \
         list is read as none.",
    ),
    EXTRA,
]);

static CONSTRUCTOR: Map = Map {
    fields: &[
        Field::optional(
            "parameters",
            &PARAMETERS,
            "What people choose about a subscription, such as the repository to watch. Written like the parameters of \
             an event.",
        ),
        Field::optional(
            "credentials_schema",
            &Shape::Named(Named { item: &CONFIG_ITEM, walk: NamedWalk::Strict, judged: true }),
            "What people enter so that the plugin may call the API: a list, or a map from names to items. It is \
             ignored one level up.",
        ),
        OAUTH_SCHEMA,
    ],
    rules: &[],
};
