//! Where reports go: what was checked and the options about reports in, files and streams written, exit code out.

use super::ratchet::Aside;
use super::{Setup, say};
use crate::config::nearest::nearest;
use crate::diagnostic::Severity;
use crate::report::{self, Checked, FORMATS, Files, Format, Look, Report};
use clap::ValueEnum;
use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

/// The options of every verb that reports.
#[derive(clap::Args)]
pub struct ReportArgs {
    /// human, json, sarif, github ...
    ///
    /// One of human, concise, json, jsonl, sarif, github, gitlab, junit and markdown. Repeatable, as in
    /// `--format human --format sarif=out.sarif`.
    #[arg(long, value_name = "FORMAT[=FILE]", value_parser = ask)]
    format: Vec<Ask>,
    /// The file for the format that names none.
    #[arg(long, value_name = "FILE", hide_short_help = true)]
    output: Option<PathBuf>,
    /// error, warning or note makes it fail.
    ///
    /// The least that makes the exit code 1.
    #[arg(long, value_name = "LEVEL", default_value = "error", hide_possible_values = true)]
    fail_on: FailOn,
    /// Exit with 0 where it would be 1.
    #[arg(long)]
    exit_zero: bool,
    /// Each finding of one cause by itself.
    #[arg(long)]
    all: bool,
    /// Tell what is left out, and why.
    ///
    /// Files that are not looked at, and how many findings are not reported.
    #[arg(short, long)]
    verbose: bool,
    /// Findings only, no summary.
    #[arg(short, long)]
    quiet: bool,
    /// Nothing but formats that are asked for.
    #[arg(long)]
    silent: bool,
}

impl ReportArgs {
    /// Whether people want to read more than findings.
    pub fn talks(&self) -> bool {
        !self.quiet && !self.silent
    }

    /// Whether they want to know what was left out, too.
    pub fn explains(&self) -> bool {
        self.verbose && self.talks()
    }
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
    let Some(format) = named(name) else {
        let near = nearest(name, names()).map_or(String::new(), |near| format!("did you mean `{near}`? "));
        return Err(format!("{near}formats are {}", names().collect::<Vec<_>>().join(", ")));
    };
    match file {
        Some("") => Err("the name of the file is missing after `=`".to_string()),
        file => Ok(Ask { format, file: file.map(PathBuf::from) }),
    }
}

/// Reports what was checked. What programs read goes to stdout or to files, what people read to stderr.
pub fn emit(
    checked: &[Checked],
    aside: &Aside,
    args: &ReportArgs,
    setup: &Setup,
    took: Duration,
) -> Result<ExitCode, String> {
    let files: Vec<Files> = checked.iter().map(Checked::files).collect();
    let report = Report { grouped: !args.all, ..Report::new(checked, &files, args.fail_on()) };
    let mut asked = places(args)?;
    // What takes stdout takes the place of the text for people, unless both were asked for; a file comes besides it.
    let told =
        asked.iter().all(|ask| ask.file.is_some()) || asked.iter().any(|ask| ask.file.is_none() && ask.is("human"));
    if told && !args.silent {
        let mut out = BufWriter::new(io::stderr().lock());
        let base = setup.base();
        let look = Look { grouped: report.grouped, ..setup.look(base.as_deref()) };
        written("stderr", report::human(&report.findings, look, &mut out).and_then(|()| out.flush()))?;
    }
    // In a workflow of GitHub annotations come along, unless exactly this text was asked for.
    if on_github() && told && !args.silent && !asked.iter().any(|ask| ask.file.is_none()) {
        asked.extend(named("github").map(|format| Ask { format, file: None }));
    }
    for Ask { format, file } in asked.iter().filter(|ask| ask.file.is_some() || !ask.is("human")) {
        match file {
            Some(file) => save(format, &report, file)?,
            None => {
                let mut out = BufWriter::new(io::stdout().lock());
                written("stdout", (format.write)(&report, &mut out).and_then(|()| out.flush()))?;
            }
        }
    }
    if on_github() || asked.iter().any(|ask| ask.is("github")) {
        // Nobody asked for this table, so a file that cannot be written changes nothing of what was found.
        if let Err(error) = step_summary(&report)
            && !args.silent
        {
            say(&mut io::stderr(), &format!("warning: cannot write `$GITHUB_STEP_SUMMARY`: {error}\n"));
        }
    }
    if !args.quiet && !args.silent {
        let mut text: String = aside.notes.iter().map(|note| format!("note: {note}\n")).collect();
        if let (true, Some(first)) = (told, report.findings.first()) {
            text +=
                &format!("note: `proofpress explain {}` tells more, as of any name in brackets\n", first.found.rule);
        }
        text += &report::line(&report, took);
        if args.verbose {
            text += &aside.summary();
        }
        say(&mut io::stderr(), &(text + "\n"));
    }
    // Where the settings are in error nobody knows what was checked, whatever shall become of findings.
    Ok(if checked.iter().any(Checked::is_misled) {
        ExitCode::from(2)
    } else if report.fails() && !args.exit_zero {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

impl ReportArgs {
    fn fail_on(&self) -> Severity {
        match self.fail_on {
            FailOn::Error => Severity::Error,
            FailOn::Warning => Severity::Warning,
            FailOn::Note => Severity::Note,
        }
    }

    /// The least that is shown.
    pub fn least(&self) -> Severity {
        report::least(self.fail_on())
    }
}

/// What was asked for, each with its file. No two go to one place.
fn places(args: &ReportArgs) -> Result<Vec<Ask>, String> {
    let with_file = |ask: &Ask| Ask { format: ask.format, file: ask.file.clone().or_else(|| args.output.clone()) };
    let mut asked: Vec<Ask> = args.format.iter().map(with_file).collect();
    if args.output.is_some() && args.format.iter().all(|ask| ask.file.is_some()) {
        asked.extend(named("human").map(|format| Ask { format, file: args.output.clone() }));
    }
    for (n, ask) in asked.iter().enumerate() {
        if let Some(other) = asked[..n].iter().find(|other| other.file == ask.file && !other.splits(ask)) {
            let place = ask.file.as_ref().map_or("stdout".to_string(), |file| format!("`{}`", file.display()));
            let (one, two) = (other.format.name, ask.format.name);
            return Err(format!("{one} and {two} cannot both go to {place}; name a file: `--format {two}=FILE`"));
        }
    }
    Ok(asked)
}

fn named(name: &str) -> Option<&'static Format> {
    FORMATS.iter().copied().find(|format| format.name == name)
}

fn on_github() -> bool {
    std::env::var("GITHUB_ACTIONS").is_ok_and(|value| value == "true")
}

impl Ask {
    fn is(&self, name: &str) -> bool {
        self.format.name == name
    }

    /// Text for people goes to stderr and data to stdout, so these two are no clash.
    fn splits(&self, other: &Ask) -> bool {
        self.file.is_none() && self.is("human") != other.is("human")
    }
}

fn save(format: &Format, report: &Report, file: &Path) -> Result<(), String> {
    let write = || {
        let mut out = BufWriter::new(File::create(file)?);
        (format.write)(report, &mut out)?;
        out.flush()
    };
    write().map_err(|error| format!("cannot write `{}`: {error}", file.display()))
}

/// GitHub shows a table on the page of the run, and refuses one that is longer than a megabyte.
const ROWS: usize = 100;

fn step_summary(report: &Report) -> io::Result<()> {
    let Some(file) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|file| !file.is_empty()) else { return Ok(()) };
    let mut out = BufWriter::new(OpenOptions::new().append(true).create(true).open(file)?);
    report::table(report, ROWS, &mut out)?;
    out.flush()
}

/// A reader that has gone away is no error.
pub fn written(place: &str, result: io::Result<()>) -> Result<(), String> {
    match result {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(format!("cannot write to {place}: {error}")),
        _ => Ok(()),
    }
}
