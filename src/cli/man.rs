//! `proofpress man`: a verb in; its manual page, as `man` reads it, out.

use super::put;
use crate::config::nearest::nearest;
use clap_mangen::Man;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

const HELP: &str = "\
Examples:
  proofpress man | man -l -          read the page of the program
  proofpress man check | man -l -    and that of a verb
  proofpress man --dir ~/.local/share/man/man1

Exit codes: 0 well, 2 unknown verb, or a file cannot be written.";

/// Print the manual page of the program or of a verb, or write all.
#[derive(clap::Args)]
#[command(after_long_help = HELP)]
pub struct Args {
    /// A verb; without it the page is about the program.
    verb: Option<String>,
    /// Write the pages of all verbs into this folder.
    #[arg(long, value_name = "DIR", conflicts_with = "verb")]
    dir: Option<PathBuf>,
}

pub fn run(args: Args, command: clap::Command) -> Result<ExitCode, String> {
    // What the short help leaves out is left out of a page as well, unless it is told otherwise.
    let whole = |verb: clap::Command| verb.mut_args(|arg| arg.hide_short_help(false));
    let mut command = whole(command).mut_subcommands(whole);
    command.build();
    let pages: Vec<(String, clap::Command)> = std::iter::once(("proofpress".to_string(), command.clone()))
        .chain(command.get_subcommands().filter(|verb| verb.get_name() != "help").map(|verb| {
            let name = format!("proofpress-{}", verb.get_name());
            (name.clone(), verb.clone().name(name))
        }))
        .collect();
    if let Some(dir) = args.dir {
        fs::create_dir_all(&dir).map_err(|error| format!("cannot make `{}`: {error}", dir.display()))?;
        for (name, command) in pages {
            let file = dir.join(format!("{name}.1"));
            let page = page(command)?;
            fs::write(&file, page).map_err(|error| format!("cannot write `{}`: {error}", file.display()))?;
            put(&format!("{}\n", file.display()))?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let wanted = args.verb.as_ref().map_or("proofpress".to_string(), |verb| format!("proofpress-{verb}"));
    match pages.iter().find(|(name, _)| *name == wanted) {
        Some((_, command)) => {
            put(&page(command.clone())?)?;
            Ok(ExitCode::SUCCESS)
        }
        None => {
            let verb = args.verb.unwrap_or_default();
            let verbs: Vec<&str> = pages.iter().filter_map(|(name, _)| name.strip_prefix("proofpress-")).collect();
            let help = match nearest(&verb, verbs.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("verbs are {}", verbs.join(", ")),
            };
            Err(format!("there is no verb `{verb}`: {help}"))
        }
    }
}

fn page(command: clap::Command) -> Result<String, String> {
    let mut out = Vec::new();
    Man::new(command).render(&mut out).map_err(|error| error.to_string())?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}
