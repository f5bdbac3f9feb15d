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
    blame_variable(&mut error, command);
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

/// A value that nobody typed is told with the name of its variable instead of that of its option.
fn blame_variable(error: &mut Error, command: &Command) {
    let (Some(ContextValue::String(option)), Some(ContextValue::String(value))) =
        (error.get(ContextKind::InvalidArg), error.get(ContextKind::InvalidValue))
    else {
        return;
    };
    // Only what is built knows how an option is shown.
    let mut command = command.clone();
    command.build();
    let words: Vec<String> = std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
    let verb = command.get_subcommands().find(|verb| words.iter().any(|word| word == verb.get_name()));
    let mut declared = command.get_arguments().chain(verb.into_iter().flat_map(Command::get_arguments));
    let variable = declared.find_map(|arg| {
        let variable = arg.get_env().filter(|_| arg.to_string() == *option)?.to_str()?;
        let set = std::env::var(variable).ok()?;
        // Of a list a single value is told.
        set.split(',').chain([&*set]).any(|set| set == value).then(|| variable.to_string())
    });
    let long = option.split(' ').next().unwrap_or(option);
    if let Some(variable) = variable.filter(|_| !words.iter().any(|word| word.split('=').next() == Some(long))) {
        error.insert(ContextKind::InvalidArg, ContextValue::String(variable));
    }
}
