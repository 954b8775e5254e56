//! The program: serves a shipped platform or a document of one's own until it is told to stop.

mod args;
mod banner;
mod log;
mod source;

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use args::Args;
use clap::Parser;
use tercet_mock_server::{Builder, MockServer, StartError};

/// The document, an option or the state file is at fault.
const UNUSABLE: u8 = 2;
/// The world is: an address that is taken, a disk that is full.
const FAILED: u8 = 1;

fn main() -> ExitCode {
    let args = Args::parse();
    log::start(&args);
    if args.print_document {
        return match source::document(&args) {
            Ok(document) => printed(&document),
            Err(error) => report(&error),
        };
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("error: no threads to serve with: {error}");
            return ExitCode::from(FAILED);
        }
    };
    runtime.block_on(run(&args))
}

/// Writes to the standard output; whoever closes it has seen enough.
fn printed(text: &str) -> ExitCode {
    let wrote = writeln!(std::io::stdout().lock(), "{text}");
    match wrote {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            eprintln!("error: the document cannot be printed: {error}");
            ExitCode::from(FAILED)
        }
        _ => ExitCode::SUCCESS,
    }
}

async fn run(args: &Args) -> ExitCode {
    let server = match start(args).await {
        Ok(server) => server,
        Err(code) => return code,
    };
    // Whoever has read where it is may stop it.
    let told_to_stop = told_to_stop();
    if !args.quiet {
        eprint!("{}", banner::text(&server, args, std::io::stderr().is_terminal()));
    }
    let signal = told_to_stop.await;
    tracing::info!("{signal}: stopping");
    match server.stop().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(FAILED)
        }
    }
}

async fn start(args: &Args) -> Result<MockServer, ExitCode> {
    let unusable = |message: &str| {
        eprintln!("error: {message}");
        ExitCode::from(UNUSABLE)
    };
    let builder = source::builder(args).map_err(|error| report(&error))?;
    let mut builder = builder.address(args.host).port(args.port).seed(args.seed);
    builder = builder.journal(args.journal, 8 * 1024 * 1024);
    builder = encrypted(builder, args);
    if args.open_control {
        builder = builder.open_control();
    }
    if let Some(path) = &args.state {
        builder = builder.state_file(path);
    }
    // The environment first: what is said on the command line counts.
    for setting in builder.declared_settings().map_err(|error| report(&source::Unusable::Start(error)))? {
        match std::env::var(&setting.name) {
            Ok(value) => builder = builder.set(&setting.name, value),
            Err(std::env::VarError::NotPresent) => {}
            Err(std::env::VarError::NotUnicode(_)) => {
                return Err(unusable(&format!("the environment variable `{}` is not UTF-8", setting.name)));
            }
        }
    }
    for (name, value) in &args.set {
        builder = builder.set(name, value);
    }
    builder.start().await.map_err(|error| report(&source::Unusable::Start(error)))
}

fn encrypted(builder: Builder, args: &Args) -> Builder {
    if let (Some(certificate), Some(key)) = (&args.tls_cert, &args.tls_key) {
        return builder.tls_files(certificate, key);
    }
    if !args.tls {
        return builder;
    }
    args.tls_name.iter().fold(builder.tls(), |builder, name| builder.tls_name(name))
}

/// Says what is wrong, documents with the lines at fault, and chooses the exit code.
fn report(error: &source::Unusable) -> ExitCode {
    let shown = match error {
        source::Unusable::Start(StartError::Document(diagnostics)) => Some((diagnostics, "document")),
        source::Unusable::Application(diagnostics) => Some((diagnostics, "application")),
        _ => None,
    };
    if let Some((diagnostics, what)) = shown {
        let styled = std::io::stderr().is_terminal();
        for diagnostic in diagnostics {
            eprintln!("{}\n", if styled { diagnostic.render_styled() } else { diagnostic.render() });
        }
        let count = diagnostics.len();
        let problems = if count == 1 { "problem" } else { "problems" };
        eprintln!("error: the {what} cannot be served: {count} {problems}");
        return ExitCode::from(UNUSABLE);
    }
    eprintln!("error: {error}");
    let world = matches!(error, source::Unusable::Start(StartError::Listen { .. }));
    ExitCode::from(if world { FAILED } else { UNUSABLE })
}

/// Waits for Ctrl-C, or for the signal that service managers and containers send. It listens from the call on, before it is awaited.
fn told_to_stop() -> impl Future<Output = &'static str> {
    #[cfg(unix)]
    let signals = {
        use tokio::signal::unix::{SignalKind, signal};
        signal(SignalKind::terminate())
            .and_then(|terminate| Ok((terminate, signal(SignalKind::interrupt())?)))
    };
    async move {
        #[cfg(unix)]
        if let Ok((mut terminate, mut interrupt)) = signals {
            return tokio::select! {
                _ = interrupt.recv() => "interrupted",
                _ = terminate.recv() => "terminated",
            };
        }
        // Without signals there is only the hard way to stop, and waiting is right.
        let _ = tokio::signal::ctrl_c().await;
        "interrupted"
    }
}
