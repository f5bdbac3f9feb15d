//! Rows in, a Markdown table out, for the Markdown that is published beside a page.

use super::fields::{Row, flat};
use super::words;

/// The table of a place.
pub fn table(rows: &[Row]) -> String {
    let mut out =
        String::from("| Field | Type | Required | Limits and values | Meaning |\n| --- | --- | --- | --- | --- |\n");
    for row in flat(rows) {
        let field = row.field;
        let required = if row.is_required() { "yes" } else { "no" };
        let mut limits = words::limits(field.shape);
        let values: Vec<String> = words::values(field.shape).iter().map(|value| format!("`{value}`")).collect();
        limits.extend((!values.is_empty()).then(|| values.join(", ")));
        limits.extend(field.default.map(|default| format!("default `{}`", default.trim_matches('`'))));
        let mut about = field.about.to_string();
        if let Some(since) = field.since {
            about.push_str(&format!(" Since {since}."));
        }
        let cells = [
            format!("`{}{}`", row.prefix, field.name),
            words::type_of(field.shape).text(),
            required.to_string(),
            limits.join("; "),
            about,
        ];
        let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|").replace('\n', " ")).collect();
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    out
}
