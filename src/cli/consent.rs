//! Before an author's file is changed: what would be done in, whether to do it out.

use super::{put, say};
use std::io::{self, BufRead, IsTerminal};

/// How a verb that changes files was told to go about it.
#[derive(Clone, Copy)]
pub struct Consent {
    /// Show, and do nothing.
    pub show: bool,
    /// Do not ask.
    pub yes: bool,
}

/// Shows a difference on stdout and asks on stderr, where somebody can answer. `--yes` answers for them, and without
/// either nothing is done.
pub fn ask(shown: &str, question: &str, consent: Consent, color: bool) -> Result<bool, String> {
    let color = color && io::stdout().is_terminal();
    put(&if color { painted(shown) } else { shown.to_string() })?;
    if consent.show || consent.yes {
        return Ok(!consent.show);
    }
    if !terminal() {
        return Err("there is no terminal to ask on, so nothing was written: add `--yes` to write".to_string());
    }
    say(&mut io::stderr(), &format!("{question} [y/N] "));
    answer()
}

/// Whether somebody is there who can be asked.
pub fn terminal() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

pub fn answer() -> Result<bool, String> {
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer).map_err(|error| format!("cannot read the answer: {error}"))?;
    Ok(matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes"))
}

/// Lines of a difference in the colours that everyone knows.
fn painted(diff: &str) -> String {
    diff.split_inclusive('\n')
        .map(|line| {
            let style = match line.as_bytes().first() {
                Some(b'+') => "32",
                Some(b'-') => "31",
                Some(b'@') => "36",
                _ => return line.to_string(),
            };
            format!("\x1b[{style}m{}\x1b[0m\n", line.trim_end_matches('\n'))
        })
        .collect()
}
