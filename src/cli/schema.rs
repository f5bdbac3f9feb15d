//! `proofpress schema`: prints the JSON Schema of a kind, or of a field in one.

use super::put;
use crate::kinds::KINDS;
use crate::report::json;
use crate::schema;
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(after_long_help = "\
Examples:
  proofpress schema                             list the kinds
  proofpress schema tool > tool.schema.json     a schema for an editor
  proofpress schema tool.parameters             the list that stands at `parameters`
  proofpress schema 'tool.parameters[]'         one item of it
  proofpress schema check-output                what `check --format json` prints

Exit codes: 0 well, 2 unknown kind.")]
pub struct Args {
    /// A kind, or a path in one: `tool`, `tool.parameters`. Without it the kinds are listed.
    #[arg(value_name = "KIND")]
    name: Option<String>,
    /// List the kinds, one by line.
    #[arg(long)]
    list: bool,
}

pub fn run(args: Args) -> Result<ExitCode, String> {
    let Some(name) = args.name.filter(|_| !args.list) else {
        let width = KINDS.iter().map(|kind| kind.name.len()).max().unwrap_or_default();
        let list: String = KINDS.iter().map(|kind| format!("{:width$}  {}\n", kind.name, kind.about)).collect();
        put(&list)?;
        return Ok(ExitCode::SUCCESS);
    };
    if name == "check-output" {
        put(json::SCHEMA)?;
        return Ok(ExitCode::SUCCESS);
    }
    let place = schema::find(&name).map_err(|unknown| complaint(&unknown))?;
    let json = schema::json::schema(&place, None);
    put(&format!("{json:#}\n"))?;
    Ok(ExitCode::SUCCESS)
}

/// Why a name leads nowhere, and what was perhaps meant.
pub(super) fn complaint(unknown: &schema::Unknown) -> String {
    let known: Vec<String> = unknown.known.iter().map(|name| format!("`{name}`")).collect();
    match unknown.nearest() {
        Some(near) => format!("{}; did you mean `{near}`?", unknown.message()),
        None if known.is_empty() => format!("{}: nothing stands below it", unknown.message()),
        None => format!("{}; there are {}", unknown.message(), known.join(", ")),
    }
}
