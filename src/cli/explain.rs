//! `proofpress explain`: prints what a rule, a kind or a field means.

use super::say;
use crate::config::nearest::nearest;
use crate::lint::{RULES, Rule};
use crate::schema::{self, Place, fields, words};
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  proofpress explain dead-link               a rule, as it stands in brackets in a report
  proofpress explain tool                    a kind of YAML file
  proofpress explain tool.parameters.form    a field of one")]
pub struct Args {
    /// A rule, a kind, or a field of a kind.
    name: String,
}

pub fn run(args: Args) -> Result<ExitCode, String> {
    let text = explanation(&args.name)?;
    say(&mut std::io::stdout(), &text);
    Ok(ExitCode::SUCCESS)
}

/// The explanation of a name; the error says what was perhaps meant.
fn explanation(name: &str) -> Result<String, String> {
    if let Some(rule) = RULES.iter().find(|rule| rule.name == name) {
        return Ok(of_rule(rule));
    }
    match schema::find(name) {
        Ok(place) => Ok(of_place(&place)),
        // A kind or a rule was meant; below a kind only its fields can be.
        Err(unknown) if unknown.above.is_empty() => {
            let known = RULES.iter().map(|rule| rule.name).chain(schema::roots());
            let near = nearest(name, known).map(|near| format!("; did you mean `{near}`?"));
            let else_ = "; `proofpress schema` lists the kinds";
            Err(format!("there is no rule, kind or field `{name}`{}", near.as_deref().unwrap_or(else_)))
        }
        Err(unknown) => Err(super::schema::complaint(&unknown)),
    }
}

fn of_rule(rule: &Rule) -> String {
    let level = if rule.off { "off unless `[check]` in `book.toml` names it" } else { rule.severity.name() };
    let block = |text: &str| text.lines().map(|line| format!("    {line}").trim_end().to_string() + "\n").collect();
    let (wrong, right): (String, String) = (block(rule.wrong), block(rule.right));
    format!("{} ({level})\n\n{}\n\nwrong\n\n{wrong}\nright\n\n{right}", rule.name, wrap(rule.about, ""))
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
        for name in ["dead-link", "tool", "tool.description", "localized-text.en_US"] {
            let text = explanation(name).unwrap_or_else(|error| error);
            assert!(text.starts_with(name) && text.ends_with('\n'), "{text}");
        }
        for (name, expected) in [
            ("dead-lnk", "there is no rule, kind or field `dead-lnk`; did you mean `dead-link`?"),
            ("tol", "there is no rule, kind or field `tol`; did you mean `tool`?"),
            ("tool.descripton", "`tool` has no field `descripton`; did you mean `tool.description`?"),
            ("qqqqqq", "there is no rule, kind or field `qqqqqq`; `proofpress schema` lists the kinds"),
        ] {
            assert_eq!(explanation(name), Err(expected.to_string()));
        }
    }
}
