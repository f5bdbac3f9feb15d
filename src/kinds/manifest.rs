//! The manifest of a plugin: who it is, what it may do, what it contains and how it is started.

mod install;

use super::common::{I18N, TAGS_FIELD};
use super::{
    agent_strategy_provider, datasource_provider, endpoint_group, model_provider, tool_provider, trigger_provider,
};
use crate::shape::format::{URL, VERSION};
use crate::shape::{Field, Kind, Map, Object, Rule, Shape, Text, Walk};
use crate::yaml::Node;
use install::{EXTENSIONS, INSTALLABLE_ID};

pub static KIND: Kind = Kind {
    name: "manifest",
    about: "The manifest of a plugin: who it is, what it may do, what it contains and how it is started. It must be called \
            `manifest.yaml` and lie at the root of the plugin.",
    files: &["manifest.yaml"],
    since: None,
    enforced: true,
    shape: &MANIFEST,
};

static MANIFEST: Shape = Shape::Map(Map {
    fields: &[
        Field::required(
            "version",
            &Shape::Text(Text::format(&VERSION)),
            "The version of the plugin. A version can be published once, so every release needs a new one.",
        ),
        Field::required("type", &Shape::Text(Text::one_of(&["plugin"])), "What the package is: always `plugin`."),
        Field::optional(
            "author",
            &Shape::Text(Text::max(64)),
            "Who publishes the plugin, the first half of its id. Lower case, digits, `_` and `-`; anything else can be \
             packaged but not installed, and neither can a plugin without an author.",
        ),
        Field::required(
            "name",
            &Shape::Text(Text::max(128)),
            "The name of the plugin, the second half of its id. Lower case, digits, `_` and `-`; anything else can be \
             packaged but not installed.",
        ),
        Field::required("label", &I18N, "The name that people see."),
        Field::required(
            "description",
            &I18N,
            "What the plugin does, in a sentence or two. It also stands in for the description of a provider that has \
             none.",
        ),
        Field::required(
            "icon",
            &Shape::Text(Text::max(128)),
            "The icon, a file below `_assets`. Only the path below that folder is written: `icon.svg`, not \
             `_assets/icon.svg`.",
        ),
        Field::optional(
            "icon_dark",
            &Shape::Text(Text::max(128)),
            "The icon for dark backgrounds, a file below `_assets`. Without it `icon` is shown on both.",
        )
        .since("0.2.0"),
        Field::required(
            "created_at",
            &Shape::Time,
            "When the plugin was made, as in `2025-07-01T09:30:00Z`. A date without a time must not stand in quotes, and \
             a time after `T` needs its zone.",
        ),
        Field::optional(
            "privacy",
            &Shape::TEXT,
            "The privacy policy, as a path or a URL. Nothing checks it, but the Marketplace asks for one.",
        ),
        Field::if_written(
            "repo",
            &Shape::Text(Text::format(&URL)),
            "Where the source is, with `https://` before it. An empty text is refused; leave the key out instead.",
        ),
        TAGS_FIELD,
        Field::optional(
            "verified",
            &Shape::Bool,
            "Whether the platform vouches for the plugin. Leave it out: what is written is replaced.",
        ),
        Field::required("resource", &RESOURCE, "What the plugin needs, and what it asks leave to do."),
        Field::optional(
            "plugins",
            &PLUGINS,
            "The files that say what the plugin contains. At least one list must have an item, and only `tools` and \
             `endpoints` go together.",
        ),
        Field::required("meta", &META, "How the plugin is run."),
        Field::optional("tool", tool_provider::KIND.shape, "A tool provider in place.").hidden(),
        Field::optional("endpoint", endpoint_group::KIND.shape, "An endpoint group in place.").hidden(),
        Field::optional("model", model_provider::KIND.shape, "A model provider in place.").hidden(),
        Field::optional("agent_strategy", agent_strategy_provider::KIND.shape, "An agent strategy provider in place.")
            .hidden(),
        Field::optional("datasource", datasource_provider::KIND.shape, "A datasource provider in place.")
            .since("0.3.0")
            .hidden(),
        Field::optional("trigger", trigger_provider::KIND.shape, "A trigger provider in place.")
            .since("0.4.0")
            .hidden(),
    ],
    rules: &[INSTALLABLE_ID, EXTENSIONS],
});

static RESOURCE: Shape = Shape::map(&[
    Field::required(
        "memory",
        &Shape::Int,
        "The memory that the plugin asks for, in bytes: 268435456 is 256 MiB. Fractions are cut off, and 0 counts as left \
         out.",
    ),
    Field::optional(
        "permission",
        &PERMISSION,
        "What the plugin may ask of the platform. People see the list before they install; what it leaves out is \
         forbidden.",
    ),
]);

static PERMISSION: Shape = Shape::map(&[
    Field::optional("tool", &ENABLED, "Whether the plugin may call tools of the workspace."),
    Field::optional("model", &MODEL, "Which kinds of models the plugin may call."),
    Field::optional("node", &ENABLED, "Whether the plugin may run nodes of workflows."),
    Field::optional("endpoint", &ENABLED, "Whether the plugin may register endpoints."),
    Field::optional("app", &ENABLED, "Whether the plugin may call apps of the workspace."),
    Field::optional("storage", &STORAGE, "Whether the plugin may keep data between its runs, and how much."),
]);

static ENABLED: Shape = Shape::map(&[ALLOWED]);

const ALLOWED: Field = Field::optional("enabled", &Shape::Bool, "Whether it is allowed.").default("false");

static MODEL: Shape = Shape::map(&[
    Field::optional(
        "enabled",
        &Shape::Bool,
        "Whether models may be called at all. It does nothing without one of the kinds below.",
    )
    .default("false"),
    Field::optional("llm", &Shape::Bool, "Whether language models may be called.").default("false"),
    Field::optional("text_embedding", &Shape::Bool, "Whether embeddings may be made.").default("false"),
    Field::optional("rerank", &Shape::Bool, "Whether texts may be put in order of relevance.").default("false"),
    Field::optional("tts", &Shape::Bool, "Whether text may be turned into speech.").default("false"),
    Field::optional("speech2text", &Shape::Bool, "Whether speech may be turned into text.").default("false"),
    Field::optional("moderation", &Shape::Bool, "Whether texts may be checked for what is not allowed.")
        .default("false"),
]);

static STORAGE: Shape = Shape::map(&[
    ALLOWED,
    Field::required(
        "size",
        &Shape::Size(1024, 1 << 30),
        "The most that may be kept, in bytes, from 1 KiB to 1 GiB. It is needed as soon as `storage` is written, even with \
         `enabled: false`.",
    ),
]);

static PLUGINS: Shape = Shape::Map(Map {
    fields: &[
        Field::optional("tools", &FILES, "The tool provider, as a list with one path."),
        Field::optional("models", &FILES, "The model provider, as a list with one path. It excludes all others."),
        Field::optional("endpoints", &FILES, "The endpoint group, as a list with one path."),
        Field::optional(
            "agent_strategies",
            &FILES,
            "The agent strategy provider, as a list with one path. It excludes all others.",
        ),
        Field::optional(
            "datasources",
            &FILES,
            "The datasource provider, as a list with one path. It excludes all others.",
        )
        .since("0.3.0"),
        Field::optional("triggers", &FILES, "The trigger provider, as a list with one path. It excludes all others.")
            .since("0.4.0"),
    ],
    rules: &[LAST_COUNTS],
});

static FILES: Shape = Shape::list(&FILE);

static FILE: Shape = Shape::Text(Text::max(128));

static META: Shape = Shape::map(&[
    Field::required(
        "version",
        &Shape::Text(Text::format(&VERSION)),
        "The version of the manifest format, `0.0.1` so far. It is not the version of the plugin.",
    ),
    Field::required(
        "arch",
        &ARCHITECTURES,
        "The processors that the plugin runs on. The list must be written but may be empty.",
    ),
    Field::required("runner", &RUNNER, "What starts the plugin."),
    Field::optional(
        "minimum_dify_version",
        &Shape::TEXT,
        "The oldest release of the platform that the plugin works with. It is read here only; at the top of the manifest \
         it does nothing.",
    )
    .since("0.0.8"),
]);

static ARCHITECTURES: Shape = Shape::list(&ARCHITECTURE);

static ARCHITECTURE: Shape = Shape::Text(Text::one_of(&["amd64", "arm64"]));

static RUNNER: Shape = Shape::map(&[
    Field::required(
        "language",
        &Shape::Text(Text::one_of(&["python"])),
        "The language of the plugin. There is only `python`.",
    ),
    Field::required(
        "version",
        &Shape::Text(Text::max(128)),
        "The version of the language, in quotes: the SDK refuses to start when `3.12` is a number.",
    ),
    Field::required(
        "entrypoint",
        &Shape::Text(Text::max(256)),
        "The module that starts the plugin, without `.py`: usually `main`.",
    ),
]);

const LAST_COUNTS: Rule = Rule {
    about: "Each list names one file: of several, all are read and only the last one counts.",
    schema: "",
    check: check_last,
};

fn check_last<'a>(walk: &mut Walk<'a>, object: &Object<'a>) {
    for written in &object.fields {
        let items: Vec<Node> = written.value.items().filter(|item| !item.is_null()).collect();
        if let [first, .., last] = items[..] {
            walk.enter_key(*written, |walk| {
                let last = last.text().unwrap_or_default();
                let message = format!("only the last file of `{}` counts: `{last}`", written.field.name);
                walk.report_with_help("ignored-value", None, first.span(), message, "name one provider file");
            });
        }
    }
}
