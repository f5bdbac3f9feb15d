//! `proofpress anchor`: a heading's text in, its id in each dialect out.

use super::put;
use crate::slug::{DIALECTS, Dialect, find_dialect};
use std::fmt::Write;
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(after_long_help = "\
Examples:
  proofpress anchor 'TLS/SSL & co'
  proofpress anchor 'TLS/SSL & co' --dialect github

Exit codes: 0 well, 2 unknown dialect.")]
pub struct Args {
    /// The heading's text.
    text: String,
    /// Print only these ids: `gitbook`, `github`, `mdbook`, `docusaurus`, `mkdocs`. A single one is printed without its name.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    dialect: Vec<String>,
}

pub fn run(args: Args) -> Result<ExitCode, String> {
    let dialects = dialects(&args.dialect)?;
    let out = match &*dialects {
        [only] => only.id(&args.text) + "\n",
        [] => table(DIALECTS, &args.text),
        some => table(some, &args.text),
    };
    put(&out)?;
    Ok(ExitCode::SUCCESS)
}

/// The dialects of these names.
pub fn dialects(names: &[String]) -> Result<Vec<&'static Dialect>, String> {
    let find = |name: &String| find_dialect(name).map_err(|help| format!("there is no dialect `{name}`: {help}"));
    names.iter().map(find).collect()
}

/// A line for each dialect; one that makes no id of the text has none on its line.
fn table(dialects: &[&Dialect], text: &str) -> String {
    let width = dialects.iter().map(|dialect| dialect.name.len()).max().unwrap_or(0);
    let mut out = String::new();
    for dialect in dialects {
        let line = format!("{:width$}  {}", dialect.name, dialect.id(text));
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_stand_in_a_column() {
        let expected = "gitbook     tls-ssl-and-co\ngithub      tlsssl--co\nmdbook      tlsssl--co\ndocusaurus  tlsssl--co\nmkdocs      tlsssl-co\n";
        assert_eq!(table(DIALECTS, "TLS/SSL & co"), expected);
        assert_eq!(table(&DIALECTS[1..2], "!"), "github\n");
        let names = ["mkdoc".to_string()];
        assert_eq!(dialects(&names).err().as_deref(), Some("there is no dialect `mkdoc`: did you mean `mkdocs`?"));
    }
}
