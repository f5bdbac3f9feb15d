//! `proofpress explain`: prints what a rule, a kind or a field means.

use super::put;
use crate::config::nearest::nearest;
use crate::diagnostic::Severity;
use crate::lint::{self, Rule};
use crate::schema::{self, Place, fields, words};
use clap::ValueEnum;
use serde_json::json;
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(after_long_help = "\
Examples:
  proofpress explain dead-link               a rule, as it stands in brackets in a report
  proofpress explain tool                    a kind of YAML file
  proofpress explain tool.parameters.form    a field of one
  proofpress explain --list                  all rules, one a line
  proofpress explain --list --format json    the same for programs

Exit codes: 0 well, 2 unknown name.")]
pub struct Args {
    /// A rule, a kind, or a field of a kind.
    #[arg(required_unless_present = "list")]
    name: Option<String>,
    /// List all rules.
    #[arg(long, conflicts_with = "name")]
    list: bool,
    /// The form of the list.
    #[arg(long, default_value = "human", requires = "list")]
    format: Form,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    Human,
    Json,
}

pub fn run(args: Args) -> Result<ExitCode, String> {
    let text = match (args.name, args.format) {
        (Some(name), _) => explanation(&name)?,
        (None, Form::Human) => list(),
        (None, Form::Json) => json_list(),
    };
    put(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// A rule a line, with its level and the first sentence about it.
fn list() -> String {
    let width = lint::all().map(|rule| rule.name.len()).max().unwrap_or_default();
    let line = |rule: &Rule| {
        let first = rule.about.split_once(". ").map_or(rule.about, |(first, _)| first);
        format!("{:width$}  {:7}  {}\n", rule.name, level(rule), first.trim_end_matches('.'))
    };
    lint::all().map(line).collect()
}

fn json_list() -> String {
    let rules: Vec<serde_json::Value> = lint::all()
        .map(|rule| {
            let (about, wrong, right) = (rule.about, rule.wrong, rule.right);
            json!({ "name": rule.name, "level": level(rule), "since": lint::since(rule.name), "about": about, "wrong": wrong, "right": right })
        })
        .collect();
    format!("{:#}\n", json!({ "schema_version": 1, "rules": rules }))
}

fn level(rule: &Rule) -> &'static str {
    if rule.off { "off" } else { rule.severity.name() }
}

/// The explanation of a name; the error says what was perhaps meant.
fn explanation(name: &str) -> Result<String, String> {
    if let Some(rule) = lint::rule(name) {
        return Ok(of_rule(rule));
    }
    match schema::find(name) {
        Ok(place) => Ok(of_place(&place)),
        // A kind or a rule was meant; below a kind only its fields can be.
        Err(unknown) if unknown.above.is_empty() => {
            let known = lint::all().map(|rule| rule.name).chain(schema::roots());
            let near = nearest(name, known).map(|near| format!("; did you mean `{near}`?"));
            let else_ = "; `explain --list` lists the rules, `schema` the kinds";
            Err(format!("there is no rule, kind or field `{name}`{}", near.as_deref().unwrap_or(else_)))
        }
        Err(unknown) => Err(super::schema::complaint(&unknown)),
    }
}

fn of_rule(rule: &Rule) -> String {
    let level = if rule.off { "off unless `[check]` in `book.toml` names it" } else { rule.severity.name() };
    let mut out = format!("{} ({level})\n\n{}\n", rule.name, wrap(rule.about, ""));
    for (label, example) in [("wrong", rule.wrong), ("right", rule.right)].iter().filter(|(_, text)| !text.is_empty()) {
        out.push_str(&format!("\n{label}\n\n"));
        for line in example.lines() {
            out.push_str(format!("    {line}").trim_end());
            out.push('\n');
        }
    }
    let name = rule.name;
    let other = if rule.off || rule.severity == Severity::Error { "warn" } else { "error" };
    let since = lint::since(name);
    out + &format!(
        "\n\
         another level in book.toml: off, note, warn or error\n\n    [check]\n    {name} = \"{other}\"\n\n\
         for some files\n\n    [[check.paths]]\n    paths = [\"old/**\"]\n    {name} = \"off\"\n\n\
         in the next block of a page\n\n    <!-- proofpress-ignore {name}: why it may stay -->\n\n\
         in the next line of YAML or TOML\n\n    # proofpress-ignore {name}: why it may stay\n\n\
         since {since}; the book has it on the page \"Rules\", under {name}\n"
    )
}

fn of_place(place: &Place) -> String {
    let mut out = format!("{}\n\n{}\n\n", place.name, wrap(place.about, ""));
    let mut line = |label: &str, text: &str| {
        if !text.is_empty() {
            out.push_str(&format!("{label:<10}{}\n", wrap(text, &" ".repeat(10))));
        }
    };
    line("type", &words::type_of(place.shape).text());
    if let Some(field) = place.field {
        line("required", if field.need == crate::shape::Need::Required { "yes" } else { "no" });
        line("limits", &words::limits(place.shape).join("; "));
        line("values", &words::values(place.shape).join(", "));
        line("default", field.default.unwrap_or_default().trim_matches('`'));
        line("instead", field.instead.unwrap_or_default());
    }
    line("since", place.since.unwrap_or_default());
    if let Some(kind) = place.kind.filter(|_| place.field.is_none()) {
        line("files", &kind.files.join(", "));
    }
    let rows = fields::rows(place, 1, &[]);
    if !rows.is_empty() {
        let width = rows.iter().map(|row| row.field.name.len()).max().unwrap_or_default();
        out.push_str("\nfields\n");
        for row in &rows {
            let need = if row.is_required() { "required " } else { "" };
            let type_of = words::type_of(row.field.shape).text();
            out.push_str(&format!("  {:width$}  {need}{type_of}\n", row.field.name));
        }
    }
    for rule in place.map().map_or(Vec::new(), fields::rules) {
        out.push_str(&format!("\n{}\n", wrap(rule, "")));
    }
    out
}

/// Breaks a text into lines of at most 100 characters; `indent` stands before all but the first.
fn wrap(text: &str, indent: &str) -> String {
    let mut out = String::new();
    let mut length = indent.len();
    for word in text.split_whitespace() {
        let size = word.chars().count();
        if length + size + 1 > 100 && !out.is_empty() {
            out.push('\n');
            out.push_str(indent);
            length = indent.len();
        } else if !out.is_empty() {
            out.push(' ');
            length += 1;
        }
        out.push_str(word);
        length += size;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::explanation;

    #[test]
    fn names_are_explained() {
        for name in ["dead-link", "alias-loop", "tool", "tool.description", "localized-text.en_US"] {
            let text = explanation(name).unwrap_or_else(|error| error);
            assert!(text.starts_with(name) && text.ends_with('\n'), "{text}");
        }
        for (name, expected) in [
            ("dead-lnk", "there is no rule, kind or field `dead-lnk`; did you mean `dead-link`?"),
            ("tol", "there is no rule, kind or field `tol`; did you mean `tool`?"),
            ("tool.descripton", "`tool` has no field `descripton`; did you mean `tool.description`?"),
            (
                "qqqqqq",
                "there is no rule, kind or field `qqqqqq`; `explain --list` lists the rules, `schema` the kinds",
            ),
        ] {
            assert_eq!(explanation(name), Err(expected.to_string()));
        }
    }
}
