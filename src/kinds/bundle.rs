//! The manifest of a bundle: a package that installs several plugins at once.

use super::common::{AUTHOR, I18N, TAGS_FIELD};
use crate::shape::format::VERSION;
use crate::shape::{Field, Kind, List, Map, Object, Rule, Shape, Text, Walk, one_of};

pub static KIND: Kind = Kind {
    name: "bundle",
    about: "The manifest of a bundle, a package that installs several plugins at once. `type: bundle` tells it from the \
            manifest of a plugin, which has the same file name.",
    files: &["manifest.yaml"],
    since: None,
    // The command line decodes it and asks no more.
    enforced: false,
    shape: &BUNDLE,
};

static BUNDLE: Shape = Shape::map(&[
    Field::required("name", &Shape::TEXT, "The name of the bundle, the second half of its id."),
    Field::required(
        "labels",
        &I18N,
        "The name that people see. The key is in the plural here, unlike everywhere else.",
    ),
    Field::required("description", &I18N, "What the plugins of the bundle do together, in a sentence or two."),
    Field::required("icon", &Shape::TEXT, "The icon, a file below `_assets`."),
    Field::required(
        "version",
        &Shape::Text(Text::format(&VERSION)),
        "The version of the bundle itself, not of the plugins in it.",
    ),
    AUTHOR,
    Field::required("type", &Shape::Text(Text::one_of(&["bundle"])), "What the package is: always `bundle`."),
    Field::required(
        "dependencies",
        &DEPENDENCIES,
        "The plugins that are installed. The list must be written but may be empty.",
    ),
    TAGS_FIELD,
]);

static DEPENDENCIES: Shape = Shape::List(List { item: &UNJUDGED, max: None });

static UNJUDGED: Shape = Shape::Unjudged(&DEPENDENCY);

static DEPENDENCY: Shape = Shape::Map(Map {
    fields: &[
        Field::required(
            "type",
            &Shape::TEXT,
            "Where the plugin comes from: `github` a release, `marketplace` the Marketplace, `package` a file in the \
             bundle. With any other text `value` is not read, and nothing says so.",
        ),
        Field::required("value", &VALUE, "Which plugin it is. The key in it depends on `type`.").by_rule(),
    ],
    rules: &[VALUE_OF_TYPE],
});

/// Every key that a value may have; which one is read depends on the type beside it.
static VALUE: Shape = Shape::map(&[
    Field::optional(
        "repo_pattern",
        &Shape::TEXT,
        "For `github`: `owner/repository:version/file`. The version may be a range such as `^1.0.0` or `1.x.x`.",
    ),
    Field::optional(
        "marketplace_pattern",
        &Shape::TEXT,
        "For `marketplace`: `author/name:version`. The version may be a range such as `~1.0.0`.",
    ),
    Field::optional("path", &Shape::TEXT, "For `package`: the path of a `.difypkg` file in the bundle."),
]);

static GITHUB: Shape =
    Shape::map(&[Field::required("repo_pattern", &Shape::TEXT, "The release: `owner/repository:version/file`.")]);

static MARKETPLACE: Shape =
    Shape::map(&[Field::required("marketplace_pattern", &Shape::TEXT, "The plugin: `author/name:version`.")]);

static PACKAGE: Shape = Shape::map(&[Field::required("path", &Shape::TEXT, "The path of a `.difypkg` file.")]);

const VALUE_OF_TYPE: Rule = Rule {
    about: "`value` holds `repo_pattern`, `marketplace_pattern` or `path`, whichever belongs to `type`.",
    schema: r#"{
      "$comment": "decode",
      "allOf": [
        {"if":{"required":["type"],"properties":{"type":{"const":"github"}}},"then":{"properties":{"value":
          {"type":["object","null"],"properties":{"repo_pattern":{"type":["string","number","boolean","null"]}}}}}},
        {"if":{"required":["type"],"properties":{"type":{"const":"marketplace"}}},"then":{"properties":{"value":
          {"type":["object","null"],"properties":{"marketplace_pattern":{"type":["string","number","boolean","null"]}}}}}},
        {"if":{"required":["type"],"properties":{"type":{"const":"package"}}},"then":{"properties":{"value":
          {"type":["object","null"],"properties":{"path":{"type":["string","number","boolean","null"]}}}}}}
      ]
    }"#,
    check: check_value,
};

fn check_value<'a>(walk: &mut Walk<'a>, object: &Object<'a>) {
    let Some(kind) = object.get("type") else { return };
    let Some(name) = kind.value.text() else { return };
    let (shape, fits): (_, fn(&str) -> bool) = match name {
        "github" => (&GITHUB, is_repo_pattern),
        "marketplace" => (&MARKETPLACE, is_marketplace_pattern),
        "package" => (&PACKAGE, |_| true),
        _ => {
            walk.enter_key(kind, |walk| {
                let message = format!("`{name}` is no type of a dependency, so that its `value` is not read");
                let help = format!("use {}", one_of(&["github", "marketplace", "package"]));
                walk.report_ignored(kind.value, message, &help);
            });
            return;
        }
    };
    let Some(value) = object.get("value") else { return };
    walk.read_written(value, shape);
    for (key, pattern) in value.value.entries() {
        if let (Some(key @ ("repo_pattern" | "marketplace_pattern")), Some(text)) = (key.text(), pattern.text())
            && shape.as_map().is_some_and(|map| map.field(key).is_some())
            && !fits(text)
            && !walk.is_placeholder(text)
        {
            let help = match key {
                "repo_pattern" => "write `owner/repository:version/file`, as in `acme/weather:1.0.0/weather.difypkg`",
                _ => "write `author/name:version`, as in `acme/weather:1.0.0`",
            };
            let message = format!("`{text}` names no plugin and version");
            walk.report_with_help("wrong-format", None, pattern.span(), message, help);
        }
    }
}

/// `owner/repository:version/file`
fn is_repo_pattern(text: &str) -> bool {
    let Some((plugin, file)) = text
        .split_once(':')
        .and_then(|(_, rest)| rest.split_once('/'))
        .map(|(_, file)| (&text[..text.len() - file.len() - 1], file))
    else {
        return false;
    };
    is_marketplace_pattern(plugin) && !file.is_empty() && !file.contains('/')
}

/// `author/name:version`
fn is_marketplace_pattern(text: &str) -> bool {
    let Some((author, rest)) = text.split_once('/') else { return false };
    let Some((name, version)) = rest.split_once(':') else { return false };
    super::common::is_id(author, 64) && super::common::is_id(name, 128) && is_version_range(version)
}

/// A version, alone, after `~` or `^`, with `x` in place of numbers, or two with `-` between them.
fn is_version_range(text: &str) -> bool {
    let is_version = VERSION.fits;
    let exact = text.strip_prefix(['~', '^']).unwrap_or(text);
    let mut parts = 0;
    let open = text.split('.').all(|part| {
        parts += 1;
        matches!(part, "x" | "X") || ((1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()))
    }) && parts == 3;
    let between = text.match_indices('-').any(|(at, _)| is_version(&text[..at]) && is_version(&text[at + 1..]));
    is_version(exact) || open || between
}

#[cfg(test)]
mod tests {
    use super::{is_marketplace_pattern, is_repo_pattern};

    #[test]
    fn patterns_of_dependencies() {
        for (text, marketplace) in [
            ("acme/weather:1.0.0", true),
            ("acme/weather:^1.0.0-beta", true),
            ("acme/weather:~1.0.0", true),
            ("acme/weather:1.x.X", true),
            ("acme/weather:1.0.0-2.0.0", true),
            ("acme/weather:1.0.0-a-2.0.0-b", true),
            ("acme/weather", false),
            ("acme/weather:1.0", false),
            ("acme/weather:^1.x.x", false),
            ("acme/weather:1.x.x.x", false),
            ("Acme/weather:1.0.0", false),
            ("weather:1.0.0", false),
            ("", false),
        ] {
            assert_eq!(is_marketplace_pattern(text), marketplace, "{text}");
            assert_eq!(is_repo_pattern(&format!("{text}/weather.difypkg")), marketplace, "{text}");
            assert!(!is_repo_pattern(text), "{text}");
            assert!(!is_repo_pattern(&format!("{text}/a/b")), "{text}");
        }
    }
}
