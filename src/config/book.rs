//! `book.toml` in; the settings as written out.

use super::layers::{Layers, Origin};
use super::table::{Placed, Table};
use super::{Assets, Config, Dialects, Routing, external, flags, levels, look};
use crate::diagnostic::Diagnostic;
use crate::slug::find_dialect;
use crate::source::Span;
use crate::wording;
use std::collections::BTreeMap;
use toml::de::{DeTable, DeValue};

/// What `book.toml` says of folders and files, before anyone looks whether they exist.
#[derive(Debug, Default)]
pub struct Written {
    /// `[book] src`
    pub src: Option<Placed<String>>,
    /// `[[spaces]]`
    pub spaces: Vec<Space>,
    /// `[space-ids]`
    pub space_ids: Vec<(String, Placed<String>)>,
    /// Files that are named anywhere.
    pub files: Vec<Placed<String>>,
}

/// One `[[spaces]]` table.
#[derive(Debug, Default)]
pub struct Space {
    pub dir: Option<Placed<String>>,
    pub title: Option<String>,
    pub language: Option<String>,
    pub path: Option<Placed<String>>,
    pub book_title: Option<String>,
    pub book_description: Option<String>,
}

/// Reads `book.toml`, and what goes before it, into the configuration. All faults are in its problems, and what is right
/// still counts.
pub fn read(layers: &Layers, config: &mut Config) -> Written {
    let root = &layers.merged(&mut config.problems);
    places(layers.origin, root, "", &mut config.places);
    let mut problems = std::mem::take(&mut config.problems);
    let mut written = Written::default();
    Table::read(layers.origin, root, &mut problems, |root| settings(root, config, &mut written));
    config.problems = problems;
    report_without_dir(&written, config);
    raw(root, config);
    written
}

fn settings(root: &mut Table, config: &mut Config, written: &mut Written) {
    root.table("book", |book| {
        config.title = book.string("title");
        config.description = book.string("description");
        config.language = book.string("language").unwrap_or_default();
        config.authors = texts(book.strings("authors"));
        config.text_direction = book.choice("text-direction", &[("ltr", "ltr"), ("rtl", "rtl")]).map(str::to_string);
        written.src = book.placed("src");
    });
    root.table("build", |build| {
        config.build_dir = build.string("build-dir").unwrap_or_default();
        config.routing = build.choice("routing", &[("toc", Routing::Toc), ("file", Routing::File)]).unwrap_or_default();
        config.assets = build.choice("assets", &[("copy", Assets::Copy), ("link", Assets::Link)]).unwrap_or_default();
        config.flags.extend(flags::read(build, "build"));
    });
    root.table("output", |output| output.table("html", |html| self::html(html, config, written)));
    root.table("theme", |theme| {
        config.theme_dir = theme.string("dir").unwrap_or_default();
        config.look = look::read(theme, written);
    });
    root.named("words", |language, words| {
        let said = wording::names().iter().filter_map(|name| Some((name.to_string(), words.string(name)?)));
        config.words.insert(language.to_string(), said.collect());
    });
    root.tables("spaces", |space| {
        written.spaces.push(Space {
            dir: space.placed("dir"),
            title: space.string("title"),
            language: space.string("language"),
            path: space.placed("path"),
            book_title: space.string("book-title"),
            book_description: space.string("book-description"),
        });
    });
    let (includes, openapi) = (root.map("includes"), root.map("openapi"));
    written.files.extend(includes.iter().chain(&openapi).map(|(_, file)| file.clone()));
    config.includes = map(includes);
    config.openapi = map(openapi);
    written.space_ids = root.map("space-ids");
    root.table("check", |check| {
        config.external = external::read(check);
        config.flags.extend(std::mem::take(&mut config.external.flags));
        config.flags.extend(flags::read(check, "check"));
        config.levels = levels::read(check);
    });
    root.table("dialect", |dialect| {
        let own = dialect.placed("anchors").and_then(|name| dialect.known(name, "dialect", find_dialect));
        let also = dialect.strings("also").into_iter();
        let also: Vec<_> = also.filter_map(|name| dialect.known(name, "dialect", find_dialect)).collect();
        config.dialects = Dialects::new([own.unwrap_or(config.dialects.own)].into_iter().chain(also));
    });
    for verb in ["serve", "fix", "mv"] {
        root.table(verb, |table| config.flags.extend(flags::read(table, verb)));
    }
    for key in ["claims", "examples", "kinds"] {
        root.skip(key);
    }
}

fn html(html: &mut Table, config: &mut Config, written: &mut Written) {
    config.site_url = html.string("site-url");
    config.edit_url_template = html.string("edit-url-template");
    config.git_repository_url = html.string("git-repository-url");
    config.cname = html.string("cname");
    let (css, js) = (html.strings("additional-css"), html.strings("additional-js"));
    let (logo, dark) = (html.placed("logo"), html.placed("logo-dark"));
    let (favicon, social) = (html.placed("favicon"), html.placed("social-image"));
    let files = css.iter().chain(&js).chain(&logo).chain(&dark).chain(&favicon).chain(&social);
    written.files.extend(files.cloned());
    config.additional_css = texts(css);
    config.additional_js = texts(js);
    config.logo = logo.map(|(path, _)| path);
    config.logo_dark = dark.map(|(path, _)| path);
    config.favicon = favicon.map(|(path, _)| path);
    config.social_image = social.map(|(path, _)| path);
    config.last_updated = html.switch("last-updated");
    config.outline_depth = html.number("outline-depth", 2..=4).map(|depth| depth as u8);
}

fn texts(placed: Vec<Placed<String>>) -> Vec<String> {
    placed.into_iter().map(|(text, _)| text).collect()
}

fn map(placed: Vec<(String, Placed<String>)>) -> BTreeMap<String, String> {
    placed.into_iter().map(|(name, (text, _))| (name, text)).collect()
}

/// Where each key stands, at any depth; items of a list count from 0.
fn places(origin: Origin, table: &DeTable, prefix: &str, out: &mut BTreeMap<String, Span>) {
    for (key, value) in table {
        let path = format!("{prefix}{}", key.get_ref());
        match value.get_ref() {
            DeValue::Table(table) => places(origin, table, &format!("{path}."), out),
            DeValue::Array(items) => {
                for (i, item) in items.iter().enumerate() {
                    out.insert(format!("{path}.{i}"), origin.span(item.span()));
                    if let DeValue::Table(table) = item.get_ref() {
                        places(origin, table, &format!("{path}.{i}."), out);
                    }
                }
            }
            _ => {}
        }
        out.insert(path, origin.span(key.span()));
    }
}

fn report_without_dir(written: &Written, config: &mut Config) {
    for (i, _) in written.spaces.iter().enumerate().filter(|(_, space)| space.dir.is_none()) {
        let place = config.places.get(&format!("spaces.{i}"));
        if let (Some(place), false) = (place, config.places.contains_key(&format!("spaces.{i}.dir"))) {
            let diagnostic = Diagnostic::error("config-value", *place, "a space without a folder");
            config.problems.push(diagnostic.help("add `dir = \"…\"`"));
        }
    }
}

/// The tables that are read by those who know what they mean.
fn raw(root: &DeTable, config: &mut Config) {
    let get = |key: &str| root.get(key).map(|value| value.get_ref());
    if let Some(DeValue::Table(claims)) = get("claims") {
        config.claims = claims.iter().map(|(key, value)| (key.get_ref().to_string(), json(value.get_ref()))).collect();
    }
    if let Some(DeValue::Table(kinds)) = get("kinds") {
        config.kinds = self::table(kinds);
    }
    if let Some(DeValue::Array(examples)) = get("examples") {
        config.examples = examples.iter().filter_map(|item| item.get_ref().as_table()).map(self::table).collect();
    }
    for key in ["claims", "kinds", "examples"] {
        let fits = match get(key) {
            Some(DeValue::Array(items)) => key == "examples" && items.iter().all(|item| item.get_ref().is_table()),
            Some(value) => key != "examples" && value.is_table(),
            None => true,
        };
        if !fits {
            let what = if key == "examples" { "a list of tables, each under `[[examples]]`" } else { "a table" };
            let diagnostic = Diagnostic::error("config-type", config.places[key], format!("`{key}` is {what}"));
            config.problems.push(diagnostic);
        }
    }
}

fn table(table: &DeTable) -> toml::Table {
    table.iter().map(|(key, value)| (key.get_ref().to_string(), plain(value.get_ref()))).collect()
}

fn plain(value: &DeValue) -> toml::Value {
    match value {
        DeValue::String(text) => toml::Value::String(text.to_string()),
        DeValue::Integer(number) => {
            i64::from_str_radix(number.as_str(), number.radix()).map_or_else(|_| number.to_string().into(), Into::into)
        }
        DeValue::Float(number) => number.as_str().parse::<f64>().unwrap_or(f64::NAN).into(),
        DeValue::Boolean(value) => (*value).into(),
        DeValue::Datetime(date) => (*date).into(),
        DeValue::Array(items) => toml::Value::Array(items.iter().map(|item| plain(item.get_ref())).collect()),
        DeValue::Table(inner) => toml::Value::Table(table(inner)),
    }
}

/// Dates become texts, which is what a claim in a token would be.
fn json(value: &DeValue) -> serde_json::Value {
    match value {
        DeValue::String(text) => text.to_string().into(),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok().into(),
        DeValue::Float(number) => number.as_str().parse::<f64>().ok().into(),
        DeValue::Boolean(value) => (*value).into(),
        DeValue::Datetime(date) => date.to_string().into(),
        DeValue::Array(items) => items.iter().map(|item| json(item.get_ref())).collect(),
        DeValue::Table(table) => {
            table.iter().map(|(key, value)| (key.get_ref().to_string(), json(value.get_ref()))).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn parse(text: &str) -> (Config, Written) {
        let mut config = Config::default();
        let written = read(&Layers::new(Some((FileId(0), text)), None), &mut config);
        (config, written)
    }

    #[test]
    fn everything_is_read() {
        let text = r##"
            [book]
            title = "A"
            description = "B"
            language = "de"
            authors = ["C"]
            text-direction = "rtl"
            src = "content"
            [build]
            build-dir = "out"
            routing = "file"
            assets = "link"
            [output.html]
            site-url = "https://a.b/"
            edit-url-template = "https://a.b/{path}"
            git-repository-url = "https://a.b"
            additional-css = ["a.css"]
            additional-js = ["a.js"]
            cname = "a.b"
            logo = "l.svg"
            favicon = "f.ico"
            [theme]
            dir = "t"
            accent = "#123456"
            [claims]
            plan = "pro"
            unsigned = { beta = true, n = 1, f = 1.5, d = 2020-01-02 }
            [includes]
            "https://app.gitbook.com/x" = "i.md"
            [openapi]
            api = "api.yaml"
            [space-ids]
            abc = "en"
            [check]
            dead-page = "off"
            [[spaces]]
            dir = "en"
            title = "E"
            language = "en"
            path = ""
            [[examples]]
            files = "*.yaml"
            [kinds.mine]
            schema = "s.json"
        "##;
        let (config, written) = parse(text);
        assert_eq!(config.problems, []);
        assert_eq!(
            (config.title.as_deref(), config.description.as_deref(), &*config.language),
            (Some("A"), Some("B"), "de")
        );
        assert_eq!((&*config.build_dir, config.routing, &*config.theme_dir), ("out", Routing::File, "t"));
        assert_eq!(config.assets, Assets::Link);
        assert_eq!(config.claims["unsigned"], serde_json::json!({"beta": true, "n": 1, "f": 1.5, "d": "2020-01-02"}));
        assert_eq!(config.includes["https://app.gitbook.com/x"], "i.md");
        assert_eq!(
            (&*config.openapi["api"], config.levels.level("a.md", "dead-page", false)),
            ("api.yaml", Some(levels::Level::Off))
        );
        assert_eq!(config.examples[0]["files"].as_str(), Some("*.yaml"));
        assert_eq!(config.kinds["mine"]["schema"].as_str(), Some("s.json"));
        let named: Vec<&str> = written.files.iter().map(|(file, _)| &**file).collect();
        assert_eq!(named, ["a.css", "a.js", "l.svg", "f.ico", "i.md", "api.yaml"]);
        assert_eq!((&*written.space_ids[0].0, &*written.space_ids[0].1.0), ("abc", "en"));
        assert_eq!(written.spaces[0].dir.as_ref().unwrap().0, "en");
        for (path, expected) in [
            ("check.dead-page", "dead-page"),
            ("examples.0.files", "files"),
            ("kinds.mine.schema", "schema"),
            ("book", "book"),
        ] {
            assert_eq!(&text[config.places[path].range()], expected);
        }
    }

    #[test]
    fn faults_have_places() {
        for (text, expected) in [
            ("[book]\ntitel = 'A'", &["titel | unknown key `titel` | did you mean `title`?"][..]),
            (
                "zzzzz = 1",
                &[
                    "zzzzz | unknown key `zzzzz` | known here: `book`, `build`, `output`, `theme`, `words`, `spaces`, `includes`, `openapi`, `space-ids`, `check`, `dialect`, `serve`, `fix`, `mv`, `claims`, `examples`, `kinds`",
                ],
            ),
            ("[book]\ntitle = 1", &["1 | `title` is a text in quotes, not of type integer | "]),
            ("book = 1", &["1 | `book` is a table, not of type integer | "]),
            ("[build]\nrouting = 'x'", &["'x' | `routing` cannot be `x` | use `toc` or `file`"]),
            (
                "[output.html]\nadditional-css = ['a', 1]",
                &["1 | `additional-css` is a list of texts, not of type integer | "],
            ),
            (
                "claims = 1\nkinds = []\n[examples]",
                &[
                    "claims | `claims` is a table | ",
                    "kinds | `kinds` is a table | ",
                    "examples | `examples` is a list of tables, each under `[[examples]]` | ",
                ],
            ),
            ("[spaces]", &["[spaces] | `spaces` is a list of tables, each under `[[spaces]]`, not of type table | "]),
            (
                "[dialect]\nanchors = 'gihub'\nalso = ['mdbook', 'x', 1]",
                &[
                    "'gihub' | there is no dialect `gihub` | did you mean `github`?",
                    "1 | `also` is a list of texts, not of type integer | ",
                    "'x' | there is no dialect `x` | known are `gitbook`, `github`, `mdbook`, `docusaurus`, `mkdocs`",
                ],
            ),
            ("[[spaces]]\ntitle = 'x'", &["[[spaces]] | a space without a folder | add `dir = \"…\"`"]),
            ("", &[]),
        ] {
            let (config, _) = parse(text);
            let shown: Vec<String> = config
                .problems
                .iter()
                .map(|p| {
                    format!("{} | {} | {}", &text[p.span.range()], p.message, p.help.as_deref().unwrap_or_default())
                })
                .collect();
            assert_eq!(shown, expected, "{text}");
        }
    }

    #[test]
    fn what_is_right_in_a_broken_file_counts() {
        let (config, _) = parse("[book]\ntitle = \"A\"\n= \n[build]\nbuild-dir = \"x\"\n");
        assert_eq!((config.title.as_deref(), &*config.build_dir), (Some("A"), "x"));
        assert!(config.problems.iter().all(|p| p.rule == "config-syntax") && !config.problems.is_empty());
        for text in ["a.".repeat(100_000) + "a = 1", "a = ".to_string() + &"[".repeat(100_000), "[a.".repeat(5000)] {
            assert!(!parse(&text).0.problems.is_empty());
        }
    }
}
