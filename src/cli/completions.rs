//! `proofpress completions`: a shell in; the script that completes the program's words there out.

use super::put;
use clap_complete::Shell;
use std::process::ExitCode;

const HELP: &str = "\
Examples:
  proofpress completions bash > ~/.local/share/bash-completion/completions/proofpress
  proofpress completions fish > ~/.config/fish/completions/proofpress.fish

Exit codes: 0 well, 2 unknown shell.";

/// Print the completions of a shell.
#[derive(clap::Args)]
#[command(after_long_help = HELP)]
pub struct Args {
    shell: Shell,
}

pub fn run(args: Args, mut command: clap::Command) -> Result<ExitCode, String> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "proofpress", &mut script);
    put(&String::from_utf8_lossy(&script))?;
    Ok(ExitCode::SUCCESS)
}
