//! What was typed: the declared command line in; what it says, or help and complaints on the terminal, out.

use super::emit::written;
use crate::config::nearest::nearest;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgMatches, Command, Error};
use std::io::{self, Write};

/// Reads the words of this run. After help, and after a complaint about a word, the program ends here.
pub fn read(command: &Command) -> Result<ArgMatches, String> {
    let mut error = match command.clone().try_get_matches() {
        Ok(matches) => return Ok(matches),
        Err(error) => error,
    };
    suggest_verb(&mut error, command);
    written("stdout", error.print().and_then(|()| io::stdout().flush()))?;
    std::process::exit(error.exit_code())
}

/// Names the one verb that is nearest: after `help` none would be, elsewhere also some that are far.
fn suggest_verb(error: &mut Error, command: &Command) {
    if error.kind() != ErrorKind::InvalidSubcommand {
        return;
    }
    let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand) else { return };
    if let Some(near) = nearest(word, command.get_subcommands().map(Command::get_name)) {
        let near = ContextValue::Strings(vec![near.to_string()]);
        error.insert(ContextKind::SuggestedSubcommand, near);
    }
}
