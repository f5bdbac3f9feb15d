//! What `check --external` finds: names, levels and reasons, as every rule has them.

use super::rule;
use crate::diagnostic::Severity::{Error, Note, Warning};
use crate::lint::Rule;

/// All of them. No example, since a few lines cannot show what another site answers.
pub static EXTERNAL: &[&Rule] =
    &[&DEAD_EXTERNAL_ANCHOR, &DEAD_EXTERNAL_LINK, &MOVED_LINK, &UNREACHABLE_LINK, &UNVERIFIED_LINK];

pub static DEAD_EXTERNAL_LINK: Rule = rule(
    "dead-external-link",
    Error,
    "A page on another site that is surely gone: the site answers 404 or 410, or there is no such host. Found with \
     `--external`.",
    "",
    "",
);

pub static DEAD_EXTERNAL_ANCHOR: Rule = rule(
    "dead-external-anchor",
    Warning,
    "A page on another site without the element that the link asks for. A reader lands at its top. A page that is made \
     by a script may have it all the same. Found with `--external`.",
    "",
    "",
);

pub static UNREACHABLE_LINK: Rule = rule(
    "unreachable-link",
    Warning,
    "A page on another site that could not be had, after some patience: the server fails, is silent, closes the \
     connection, leads in circles, or cannot be trusted. Found with `--external`.",
    "",
    "",
);

pub static UNVERIFIED_LINK: Rule = rule(
    "unverified-link",
    Note,
    "A page on another site that wants a reader to sign in, or tells a program to go away. It may be there. Found with \
     `--external`.",
    "",
    "",
);

pub static MOVED_LINK: Rule = rule(
    "moved-link",
    Note,
    "A page on another site that has moved for good, as the site says. The old address works until the site forgets \
     it. Found with `--external`.",
    "",
    "",
);
