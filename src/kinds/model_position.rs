//! The order in which the models of one type are listed.

use crate::shape::{Kind, Shape};

pub static KIND: Kind = Kind {
    name: "model-position",
    about: "The order in which models of one type are listed: their names, the first at the top. Models that it does \
            not name follow after these, and a name without a model does nothing.",
    files: &["models/*/_position.yaml"],
    since: None,
    enforced: false,
    shape: &Shape::list(&Shape::TEXT),
};
