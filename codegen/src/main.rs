//! `codegen`: writes the generated sources, and says what is wrong with a document.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
