//! A datasource provider: where knowledge bases get documents from.

use super::common::{AUTHOR, CONFIG_ITEM, EXTRA, I18N, ICON, LABEL, OAUTH_SCHEMA, TAGS_FIELD};
use super::datasource;
use crate::shape::{Field, Files, Kind, Named, NamedWalk, Shape, Text};

pub static KIND: Kind = Kind {
    name: "datasource-provider",
    about: "A service from which documents come into a knowledge base: what kind of service it is, and how people sign \
            in to it.",
    files: &["provider/*.yaml"],
    since: Some("0.3.0"),
    enforced: true,
    shape: &PROVIDER,
};

static PROVIDER: Shape = Shape::map(&[
    Field::required("identity", &IDENTITY, "Who made the provider, and how it is presented."),
    Field::required(
        "provider_type",
        &Shape::Text(Text::one_of(&["website_crawl", "online_document", "online_drive"])),
        "What the documents are: pages of a web site, pages of a service for writing, or files in folders. It decides \
         which steps people see and which methods the code must have.",
    ),
    Field::optional(
        "credentials_schema",
        &Shape::Named(Named { item: &CONFIG_ITEM, walk: NamedWalk::Lenient, judged: true }),
        "What people enter to use the service: a list, or a map from names to items. There is no \
         `credentials_for_provider` here as there is for tools.",
    ),
    OAUTH_SCHEMA,
    Field::optional(
        "datasources",
        &Shape::Files(Files { kind: &datasource::KIND, stops: false }),
        "The datasources: the path of a file for each, from the root of the plugin and without `./` before it. What is \
         no list is read as none.",
    ),
    EXTRA,
]);

static IDENTITY: Shape = Shape::map(&[
    AUTHOR,
    Field::required(
        "name",
        &Shape::TEXT,
        "The name by which knowledge bases refer to the provider. Any text passes; letters, digits and `_` are safe.",
    ),
    LABEL,
    Field::required(
        "description",
        &I18N,
        "What the provider brings, in a sentence. It is not filled in from the manifest.",
    ),
    ICON,
    TAGS_FIELD,
]);
