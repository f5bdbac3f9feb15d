//! The `proofpress` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    proofpress::cli::run()
}
