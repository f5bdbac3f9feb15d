//! An agent strategy provider: a plugin's ways of letting a model work on its own.

use super::agent_strategy;
use super::common::{EXTRA, PROVIDER_IDENTITY};
use crate::shape::{Field, Files, Kind, Shape};

pub static KIND: Kind = Kind {
    name: "agent-strategy-provider",
    about: "A group of agent strategies under one name and icon.",
    files: &["provider/*.yaml"],
    since: None,
    enforced: true,
    shape: &PROVIDER,
};

static PROVIDER: Shape = Shape::map(&[
    Field::required("identity", &PROVIDER_IDENTITY, "Who made the strategies, and how the group is presented."),
    Field::optional(
        "strategies",
        &Shape::Files(Files { kind: &agent_strategy::KIND, stops: false }),
        "The strategies: the path of a file for each, from the root of the plugin and without `./` before it. What is \
         no list is read as none.",
    ),
    EXTRA,
]);
