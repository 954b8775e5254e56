//! `conformance`: judges a deployment by its document.

mod application;
mod args;
mod cleanup;
mod document;
mod list;
mod output;
mod run;
mod target;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};

fn main() -> ExitCode {
    let args = Args::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            output::complain(&format!("cannot start: {error}"));
            return ExitCode::from(2);
        }
    };
    let ended = match args.command {
        Command::Run(args) => runtime.block_on(run::run(&args)),
        Command::Cleanup(args) => runtime.block_on(cleanup::clean_up(&args)),
        Command::List(args) => list::list(&args),
        Command::Schema => {
            output::say(&format!("{:#}\n", tercet_conformance::report::json_schema())).map(|()| 0)
        }
    };
    match ended {
        Ok(code) => ExitCode::from(code),
        Err(trouble) => {
            output::complain(&trouble.to_string());
            ExitCode::from(2)
        }
    }
}
