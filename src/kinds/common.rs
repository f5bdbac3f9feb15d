//! Structures that several kinds share.

mod scopes;

pub use scopes::SCOPES;

use crate::shape::format::NAME as NAME_FORMAT;
use crate::shape::{Field, List, Map, Shape, Text};

// --- texts in several languages

/// A text in several languages.
pub static I18N: Shape = Shape::map(&[
    Field::required(
        "en_US",
        &LOCAL,
        "The text in English. It is shown to readers of every language that has none of its own.",
    ),
    Field::optional("zh_Hans", &LOCAL, "The text in simplified Chinese."),
    Field::optional("ja_JP", &LOCAL, "The text in Japanese."),
    Field::optional("pt_BR", &LOCAL, "The text in Brazilian Portuguese."),
]);

static LOCAL: Shape = Shape::Text(Text::max(1023));

// --- who made it and what it is called

pub static NAME: Shape = Shape::Text(Text::format(&NAME_FORMAT));

/// Whether a text may be the author or the name in the id of a plugin: lower case, digits, `_` and `-`.
pub fn is_id(text: &str, longest: usize) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-');
    (1..=longest).contains(&text.len()) && text.bytes().all(fits)
}

pub static TAGS: Shape = Shape::list(&TAG);

static TAG: Shape = Shape::Text(Text::one_of(&[
    "search",
    "image",
    "videos",
    "weather",
    "finance",
    "design",
    "travel",
    "social",
    "news",
    "medical",
    "productivity",
    "education",
    "business",
    "entertainment",
    "utilities",
    "agent",
    "rag",
    "other",
    "trigger",
]));

pub const AUTHOR: Field = Field::required(
    "author",
    &Shape::TEXT,
    "Who made it. Only shown; who may publish a plugin is decided by the author in its manifest.",
);

pub const LABEL: Field =
    Field::required("label", &I18N, "The name that people see, which may hold spaces and may change at any time.");

pub const ICON: Field = Field::required(
    "icon",
    &Shape::TEXT,
    "The icon, a file below `_assets`. Only the path below that folder is written: `icon.svg`, not `_assets/icon.svg`.",
);

pub const ICON_DARK: Field = Field::optional(
    "icon_dark",
    &Shape::TEXT,
    "The icon for dark backgrounds, a file below `_assets`. Without it `icon` is shown on both.",
)
.since("0.2.0");

pub const TAGS_FIELD: Field = Field::optional(
    "tags",
    &TAGS,
    "The categories under which it is found. `rag` came with 0.3.0 and `trigger` with 0.4.0.",
);

/// What a provider of tools, agent strategies or triggers is called.
pub static PROVIDER_IDENTITY: Shape = Shape::map(&[
    AUTHOR,
    Field::required("name", &NAME, "The name by which apps refer to the provider. Apps in use break when it changes."),
    LABEL,
    Field::required(
        "description",
        &I18N,
        "What the provider brings, in a sentence. Packaging fills in the manifest's description where it is left out, \
         remote debugging does not.",
    ),
    ICON,
    ICON_DARK,
    TAGS_FIELD,
]);

/// What a tool, an agent strategy or an event is called.
pub static IDENTITY: Shape = Shape::map(&[
    AUTHOR,
    Field::required(
        "name",
        &NAME,
        "The name by which apps refer to it, unique within its provider. Apps in use break when it changes.",
    ),
    LABEL,
]);

// --- settings that people fill in

/// One thing that is asked of the person who sets a plugin up: a credential or a setting.
pub static CONFIG_ITEM: Map = CONFIG_ITEM_MAP;

/// A list of [`CONFIG_ITEM`], where the map form is no choice.
pub static CONFIG_ITEMS: Shape = Shape::List(List { item: &CONFIG_ITEM_SHAPE, max: None });

pub static CONFIG_ITEM_SHAPE: Shape = Shape::Map(CONFIG_ITEM_MAP);

const CONFIG_ITEM_MAP: Map = Map {
    fields: &[
        Field::optional(
            "name",
            &Shape::Text(Text::max(1023)),
            "The key under which the code finds the value. Where the items are a map, the key of each is its name and \
             this is not read.",
        ),
        Field::required(
            "type",
            &Shape::Text(Text::one_of(&[
                "secret-input",
                "text-input",
                "select",
                "boolean",
                "app-selector",
                "model-selector",
                "array[tools]",
            ])),
            "The control that asks for the value. `secret-input` stores it encrypted and never shows it again.",
        ),
        SCOPE,
        Field::optional("required", &Shape::Bool, "Whether the form can only be saved with a value.").default("false"),
        DEFAULT_BASIC,
        Field::optional("options", &CONFIG_OPTIONS, "The choices of a `select`. No other type shows them."),
        MULTIPLE,
        LABEL,
        Field::optional("help", &I18N, "A hint under the field, often the text of the link to `url`."),
        Field::optional("url", &Shape::TEXT, "Where people get such a value: the page that `help` links to."),
        Field::optional("placeholder", &I18N, "What the empty field shows."),
    ],
    rules: &[SCOPES],
};

static CONFIG_OPTIONS: Shape = Shape::List(List { item: &CONFIG_OPTION, max: Some(127) });

static CONFIG_OPTION: Shape = Shape::map(&[
    Field::required("value", &Shape::Text(Text::max(127)), "What the code gets when this choice is taken."),
    Field::required("label", &I18N, "What people see of the choice."),
]);

/// How people sign in at another service in place of typing a key.
pub static OAUTH: Shape = Shape::map(&[
    Field::optional(
        "client_schema",
        &CONFIG_ITEMS,
        "What an administrator enters once: the client id and secret that the other service gave out. A list; a map \
         fails to decode.",
    ),
    Field::optional(
        "credentials_schema",
        &CONFIG_ITEMS,
        "What is stored for each person once the sign-in succeeded, such as an access token. A list; a map fails to \
         decode.",
    ),
]);

pub const OAUTH_SCHEMA: Field = Field::optional(
    "oauth_schema",
    &OAUTH,
    "How people sign in with OAuth in place of typing a key. Both sign-in and typed keys may be offered.",
)
.since("0.0.10");

// --- parts of parameters

pub const PARAMETER_NAME: Field = Field::required(
    "name",
    &Shape::Text(Text::max(1023)),
    "The key under which the code finds the value. It must be unique among the parameters.",
);

pub const REQUIRED: Field =
    Field::optional("required", &Shape::Bool, "Whether a value must be given before anything runs.").default("false");

/// `scope` of a config item, where its length does not matter.
pub const SCOPE: Field = Field::if_written("scope", &Shape::TEXT, SCOPE_ABOUT);

/// `scope` of a parameter.
pub const PARAMETER_SCOPE: Field = Field::if_written("scope", &Shape::Text(Text::max(1024)), SCOPE_ABOUT);

const SCOPE_ABOUT: &str = "Which apps or models a selector offers, several with `&` between them. Only the selector \
    types and `any` take one: with any other type even an empty text is refused.";

pub const DEFAULT_BASIC: Field = Field::optional(
    "default",
    &Shape::Basic,
    "The value that counts when none is given: text, a number or a bool. A date needs quotes.",
);

pub const MULTIPLE: Field = Field::optional(
    "multiple",
    &Shape::Bool,
    "Whether several of the `options` may be picked, so that the code gets a list.",
)
.default("false");

pub const MIN: Field = Field::optional(
    "min",
    &Shape::Float,
    "The least number that is allowed. Nothing checks that it lies below `max`; `.inf` cannot be installed.",
);

pub const MAX: Field = Field::optional(
    "max",
    &Shape::Float,
    "The greatest number that is allowed. Leave it out for no limit: `.inf` cannot be installed.",
);

pub const PRECISION: Field = Field::optional(
    "precision",
    &Shape::Int,
    "How many digits a number may have after its dot. Fractions are cut off.",
);

pub const OPTIONS: Field = Field::optional(
    "options",
    &OPTION_LIST,
    "The choices of a `select`. Of `dynamic-select` they come from the code instead.",
);

static OPTION_LIST: Shape = Shape::list(&OPTION);

pub static OPTION: Shape = Shape::map(&[
    Field::required(
        "value",
        &Shape::TEXT,
        "What the code gets when this choice is taken. A number or a bool becomes text; an empty text is refused.",
    ),
    Field::required("label", &I18N, "What people see of the choice."),
    Field::optional("icon", &Shape::TEXT, "An icon beside the choice."),
]);

pub const AUTO_GENERATE: Field = Field::optional(
    "auto_generate",
    &AUTO_GENERATE_MAP,
    "Offers a button with which a model writes the value for the person who fills in the form.",
);

static AUTO_GENERATE_MAP: Shape = Shape::map(&[Field::required(
    "type",
    &Shape::Text(Text::one_of(&["prompt_instruction"])),
    "What is written. There is one choice so far: an instruction for a model.",
)]);

pub const TEMPLATE: Field = Field::optional(
    "template",
    &TEMPLATE_MAP,
    "Whether the text may name variables of the workflow, which are filled in before the code gets it.",
);

static TEMPLATE_MAP: Shape =
    Shape::map(&[Field::optional("enabled", &Shape::Bool, "Whether it may.").default("false")]);

pub const OUTPUT_SCHEMA: Field = Field::optional(
    "output_schema",
    &Shape::FreeMap(false),
    "The values that come out besides text, as a JSON Schema of type `object`. Later steps of a workflow can only pick \
     what it lists. Keys that look like numbers need quotes.",
);

// --- for the SDK

/// `extra` of everything whose code is one class in one file.
pub const EXTRA: Field = Field::optional(
    "extra",
    &CODE,
    "Where the code is. The daemon does not read it, but without it the SDK finds no class to run.",
);

static CODE: Shape = Shape::Foreign(&EXTRA_MAP);

static EXTRA_MAP: Shape = Shape::map(&[Field::required("python", &PYTHON, "The code for the Python SDK.")]);

static PYTHON: Shape = Shape::map(&[Field::required(
    "source",
    &Shape::TEXT,
    "The path of the Python file, from the root of the plugin. It must define exactly one class of the right base.",
)]);
