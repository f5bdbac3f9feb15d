//! Where reports go: what was checked and the options about reports in, files and streams written, exit code out.

use super::say;
use crate::config::nearest::nearest;
use crate::diagnostic::Severity;
use crate::report::{self, Checked, FORMATS, Files, Format, Look, Report};
use clap::ValueEnum;
use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

/// The options of every verb that reports.
#[derive(clap::Args)]
pub struct ReportArgs {
    /// Write the report as human, json or jsonl; `sarif=out.sarif` writes a file. Repeatable.
    #[arg(long, value_name = "FORMAT[=FILE]", value_parser = ask)]
    format: Vec<Ask>,
    /// The file for the format that names none.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The least that makes the exit code 1.
    #[arg(long, value_name = "LEVEL", default_value = "error")]
    fail_on: FailOn,
    /// Exit with 0 whatever is found.
    #[arg(long)]
    exit_zero: bool,
    /// Print findings only, no summary.
    #[arg(short, long)]
    quiet: bool,
    /// Print nothing; formats that were asked for are still written.
    #[arg(long)]
    silent: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Note,
}

/// `--format NAME` or `--format NAME=FILE`.
#[derive(Clone)]
struct Ask {
    format: &'static Format,
    file: Option<PathBuf>,
}

fn ask(word: &str) -> Result<Ask, String> {
    let (name, file) = word.split_once('=').map_or((word, None), |(name, file)| (name, Some(file)));
    let names = || FORMATS.iter().map(|format| format.name);
    let Some(format) = FORMATS.iter().find(|format| format.name == name) else {
        let near = nearest(name, names()).map_or(String::new(), |near| format!("did you mean `{near}`? "));
        return Err(format!("{near}formats are {}", names().collect::<Vec<_>>().join(", ")));
    };
    match file {
        Some("") => Err("the name of the file is missing after `=`".to_string()),
        file => Ok(Ask { format, file: file.map(PathBuf::from) }),
    }
}

/// Reports what was checked since `began`. What programs read goes to stdout or to files, what people read to stderr.
pub fn emit(checked: &[Checked], args: &ReportArgs, color: bool, began: Instant) -> Result<ExitCode, String> {
    let fail_on = match args.fail_on {
        FailOn::Error => Severity::Error,
        FailOn::Warning => Severity::Warning,
        FailOn::Note => Severity::Note,
    };
    let files: Vec<Files> = checked.iter().map(Checked::files).collect();
    let report = Report::new(checked, &files, fail_on);
    let asked = places(args)?;
    // What takes stdout takes the place of the text for people; a file comes besides it.
    let told = asked.iter().all(|(format, file)| file.is_some() || format.name == "human");
    if told && !args.silent {
        let mut out = BufWriter::new(io::stderr());
        written(report::human(&report.findings, Look { color, limit: None }, &mut out).and_then(|()| out.flush()))
            .map_err(|error| error.to_string())?;
    }
    for (format, file) in &asked {
        match file {
            Some(file) => save(format, &report, file)?,
            None if format.name == "human" => {}
            None => {
                let mut out = BufWriter::new(io::stdout().lock());
                written((format.write)(&report, &mut out).and_then(|()| out.flush()))
                    .map_err(|error| format!("cannot write to stdout: {error}"))?;
            }
        }
    }
    if !args.quiet && !args.silent {
        say(&mut io::stderr(), &format!("{}\n", report::line(&report, began.elapsed())));
    }
    Ok(if report.fails() && !args.exit_zero { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Each format with its file. No two may go to one place.
fn places(args: &ReportArgs) -> Result<Vec<(&'static Format, Option<PathBuf>)>, String> {
    let mut asked: Vec<(&Format, Option<PathBuf>)> =
        args.format.iter().map(|ask| (ask.format, ask.file.clone().or_else(|| args.output.clone()))).collect();
    if asked.is_empty() && args.output.is_some() {
        asked.push((FORMATS[0], args.output.clone()));
    }
    for (n, (format, place)) in asked.iter().enumerate() {
        if let Some((other, _)) = asked[..n].iter().find(|(_, other)| other == place) {
            let place = place.as_ref().map_or("stdout".to_string(), |file| format!("`{}`", file.display()));
            let (one, two) = (other.name, format.name);
            return Err(format!("{one} and {two} cannot both go to {place}; name a file: `--format {two}=FILE`"));
        }
    }
    Ok(asked)
}

fn save(format: &Format, report: &Report, file: &Path) -> Result<(), String> {
    let write = || {
        let mut out = BufWriter::new(File::create(file)?);
        (format.write)(report, &mut out)?;
        out.flush()
    };
    write().map_err(|error| format!("cannot write `{}`: {error}", file.display()))
}

/// A reader that has gone away is no error.
fn written(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}
