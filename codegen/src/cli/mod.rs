//! The program: its arguments, and what each of its ways to be called does.

mod check;
mod client;
mod files;
mod postman;
mod write;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Generates the sources of clients and servers from the documents in `spec/platforms/`.
///
/// Without a command it writes the generated sources of every platform; they are committed.
#[derive(Debug, Parser)]
#[command(
    name = "codegen",
    version,
    after_help = "Exit status: 0 all is well, 1 documents have errors or sources are stale, 2 a file could not be read or written"
)]
struct Arguments {
    /// Compare instead of writing, and fail with a short diff where something is stale
    #[arg(long)]
    check: bool,
    /// The folder of the workspace
    #[arg(long, value_name = "FOLDER", default_value_os_t = files::workspace())]
    root: PathBuf,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Says everything there is to say about documents, whoever wrote them
    ///
    /// Each diagnostic has a file, a line, a column and a remedy. Notes are concessions of the generated client, such as
    /// constraints that only the server checks.
    Check {
        /// OpenAPI documents, YAML or JSON
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Leave notes out
        #[arg(long, short)]
        quiet: bool,
        /// An OpenAPI Overlay that changes each document first; may be repeated, in order
        #[arg(long, value_name = "FILE")]
        overlay: Vec<PathBuf>,
    },
    /// Writes a crate with a typed client for a document, whoever wrote it
    ///
    /// It needs nothing but crates.io: what every client stands on goes along. Written again into the same folder it follows the
    /// document.
    Client {
        /// An OpenAPI document, YAML or JSON, or a platform that ships
        #[arg(value_name = "FILE | PLATFORM[@EDITION]")]
        document: String,
        /// The crate's folder: empty, not there yet, or one that this has written before
        #[arg(long, short, value_name = "FOLDER")]
        output: PathBuf,
        /// An OpenAPI Overlay that changes the document first; may be repeated, in order
        #[arg(long, value_name = "FILE")]
        overlay: Vec<PathBuf>,
        /// The crate's name; from the document's title unless given
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
    },
    /// Writes a Postman collection (format 2.1) from a document, whoever wrote it
    ///
    /// Folders by tag, collection variables for the address and the credentials, saved examples, and tests. Run from the first
    /// request to the last, it makes records, uses them and removes them.
    Postman {
        /// An OpenAPI document, YAML or JSON, or a platform that ships
        #[arg(value_name = "FILE | PLATFORM[@EDITION]")]
        document: String,
        /// Where to write it; on standard output unless given
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

/// How it went; the worst of several is the exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Well,
    Wrong,
    Unreadable,
}

impl From<Verdict> for ExitCode {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Well => Self::SUCCESS,
            Verdict::Wrong => Self::from(1),
            Verdict::Unreadable => Self::from(2),
        }
    }
}

/// Runs the program.
pub(crate) fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let mut out = io::stdout().lock();
    let verdict = match arguments.command {
        Some(Command::Check { files, quiet, overlay }) => check::check(&mut out, &files, quiet, &overlay),
        Some(Command::Client { document, output, overlay, name }) => {
            client::client(&mut out, &document, name.as_deref(), &output, &overlay)
        }
        Some(Command::Postman { document, output }) => {
            postman::postman(&mut out, &document, output.as_deref())
        }
        None => write::all(&mut out, &arguments.root, arguments.check),
    };
    match verdict {
        Ok(verdict) => verdict.into(),
        // Whoever read the output has stopped; there is nobody to tell.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {error}");
            ExitCode::from(2)
        }
    }
}
