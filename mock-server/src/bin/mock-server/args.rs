//! The program's options.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use clap::{Parser, ValueEnum};

/// Serves an API that remembers, from its OpenAPI document.
#[derive(Debug, Parser)]
#[command(name = "mock-server", version, about, after_help = AFTER)]
pub(crate) struct Args {
    /// A platform that ships with Tercet, with an edition after `@` if another than the first is meant, or the path of an
    /// OpenAPI document (YAML or JSON), `-` for the standard input.
    #[arg(value_name = "PLATFORM[@EDITION] | FILE")]
    pub(crate) document: String,

    /// The edition; the same as `PLATFORM@EDITION`.
    #[arg(long, value_name = "NAME")]
    pub(crate) edition: Option<String>,

    /// Changes the document by this OpenAPI Overlay (YAML or JSON) before it is served; may be repeated, in order.
    #[arg(long, value_name = "FILE", conflicts_with = "print_document")]
    pub(crate) overlay: Vec<PathBuf>,

    /// Serves the application that this file declares instead of the one that ships; for platforms whose resources each application declares.
    #[arg(long, value_name = "FILE")]
    pub(crate) app: Option<PathBuf>,

    /// Prints the application's OpenAPI document, with a path for each of its resources, and serves nothing.
    #[arg(long)]
    pub(crate) print_document: bool,

    /// The port to listen on; 0 takes a free one.
    #[arg(long, short, default_value_t = 4010)]
    pub(crate) port: u16,

    /// The address to listen on. Other than loopback, everybody who reaches this machine can use the server.
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub(crate) host: IpAddr,

    /// Speaks HTTPS, with a certificate that is made at the start for `localhost`, 127.0.0.1, ::1 and the address.
    #[arg(long)]
    pub(crate) tls: bool,

    /// Has the certificate made for this host name or IP address, too; may be repeated.
    #[arg(long, value_name = "NAME", requires = "tls", conflicts_with = "tls_cert")]
    pub(crate) tls_name: Vec<String>,

    /// Speaks HTTPS with this certificate: PEM, those that signed it behind it.
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub(crate) tls_cert: Option<PathBuf>,

    /// The certificate's private key: PEM, not locked with a passphrase.
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    pub(crate) tls_key: Option<PathBuf>,

    /// What ids and tokens are drawn from: the same seed and requests give the same answers.
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    pub(crate) seed: u64,

    /// Keeps the state in this file: read at the start, written after changes and at the end.
    #[arg(long, value_name = "FILE")]
    pub(crate) state: Option<PathBuf>,

    /// Sets a setting of the document; an environment variable of the same name does, too.
    #[arg(long, value_name = "NAME=VALUE", value_parser = setting)]
    pub(crate) set: Vec<(String, String)>,

    /// How many exchanges `/_mock/journal` keeps; 0 keeps none.
    #[arg(long, value_name = "COUNT", default_value_t = 1000)]
    pub(crate) journal: usize,

    /// Answers control requests (`/_mock/`) from other machines, too.
    #[arg(long)]
    pub(crate) open_control: bool,

    /// How the log is written.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = LogFormat::Text)]
    pub(crate) log: LogFormat,

    /// Neither banner nor log of requests; errors are still told.
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// A line for people.
    Text,
    /// A JSON object a line.
    Json,
}

const AFTER: &str = "\
Exit codes: 0 stopped as told, 1 the address or a file failed, 2 the document, an option or the state file is at fault.
`RUST_LOG` chooses what is logged, as usual (`mock_server=info` are the requests).";

fn setting(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("expected `NAME=VALUE`".to_owned()),
    }
}
