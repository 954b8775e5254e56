//! The command line.

use std::path::PathBuf;

use clap::{Args as Group, Parser, Subcommand};

/// Judges a deployment by its OpenAPI document.
#[derive(Debug, Parser)]
#[command(name = "conformance", version, max_term_width = 110)]
#[command(
    after_help = "Ends with 0 when the deployment holds, 1 when there are findings, 2 when it could not be judged."
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Judge a deployment; without `--base-url`, the reference server that comes with it
    Run(Box<Run>),
    /// Remove what a run that was killed left behind
    Cleanup(Cleanup),
    /// Print every check and law, with what it asserts and the clause it comes from
    List(List),
    /// Print the JSON Schema of `--report json`
    Schema,
}

#[derive(Debug, Group)]
pub(crate) struct Run {
    /// A platform that ships, as NAME or NAME@EDITION, or an OpenAPI document
    pub(crate) document: String,
    /// An OpenAPI Overlay that changes the document first; may be repeated, in order
    #[arg(long, value_name = "FILE")]
    pub(crate) overlay: Vec<PathBuf>,
    /// Where the deployment is: `https://tools.example.com`
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: Option<String>,
    #[command(flatten)]
    pub(crate) credentials: Credentials,
    /// Make two accounts for the run where the document says how. They stay
    #[arg(long, conflicts_with_all = ["sign_in", "second_sign_in", "read_only"])]
    pub(crate) register: bool,
    #[command(flatten)]
    pub(crate) application: Application,
    /// Only this check or law; may be repeated
    #[arg(long, value_name = "NAME")]
    pub(crate) only: Vec<String>,
    /// Not this check or law; may be repeated
    #[arg(long, value_name = "NAME")]
    pub(crate) skip: Vec<String>,
    /// Ask two reference servers everything, too, and report what the deployment answers otherwise. They do not know accounts given with `--sign-in`
    #[arg(long)]
    pub(crate) oracle: bool,
    /// End with the first finding
    #[arg(long)]
    pub(crate) fail_fast: bool,
    /// What requests are drawn from; a new one every time unless given
    #[arg(long, value_name = "NUMBER")]
    pub(crate) seed: Option<u64>,
    #[command(flatten)]
    pub(crate) care: Care,
    /// Send GET, HEAD and OPTIONS only
    #[arg(long)]
    pub(crate) read_only: bool,
    /// Print what would be sent and created, and send nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Allow an operation whose effect cannot be taken back; may be repeated. Deployments on this machine need none
    #[arg(long, value_name = "OPERATION")]
    pub(crate) consent: Vec<String>,
    /// Where to write down what is created; in the user's state folder unless given
    #[arg(long, value_name = "FILE")]
    pub(crate) journal: Option<PathBuf>,
    /// `terminal`, `json` or `junit`; with `=FILE` into a file. May be repeated
    #[arg(long, value_name = "FORMAT[=FILE]")]
    pub(crate) report: Vec<String>,
    /// Requests to send at most, cleaning up not counted
    #[arg(long, value_name = "NUMBER", default_value_t = 20_000)]
    pub(crate) max_requests: usize,
    /// Bytes of the largest body to send where a limit of bodies is tried; 64 MiB for deployments on this machine, 1 MiB for others
    #[arg(long, value_name = "BYTES")]
    pub(crate) max_body: Option<u64>,
    /// Records to create at most
    #[arg(long, value_name = "NUMBER", default_value_t = 2_000)]
    pub(crate) max_creations: usize,
}

/// What a deployment offers, for platforms whose resources are each customer's own. Without either it is asked.
#[derive(Debug, Group)]
pub(crate) struct Application {
    /// The application's file: its resources, and what holds of them
    #[arg(long, value_name = "FILE")]
    pub(crate) app: Option<PathBuf>,
    /// Only this resource, which the deployment need not tell of; may be repeated
    #[arg(long, value_name = "NAME")]
    pub(crate) resource: Vec<String>,
}

/// How gently a deployment is treated.
#[derive(Debug, Group)]
pub(crate) struct Care {
    /// Requests a second; 5 for deployments that are not on this machine, 0 for no limit
    #[arg(long, value_name = "NUMBER")]
    pub(crate) rate: Option<f64>,
    /// Seconds to wait for one answer
    #[arg(long, value_name = "SECONDS", default_value_t = 30.0)]
    pub(crate) timeout: f64,
    /// Trust the certificates in this file (PEM), too: the deployment's own, or those that signed it
    #[arg(long, value_name = "FILE", requires = "base_url")]
    pub(crate) ca_cert: Option<PathBuf>,
    /// Accept any certificate. Whoever stands in between can read what is sent, credentials included
    #[arg(long, requires = "base_url", conflicts_with = "ca_cert")]
    pub(crate) insecure: bool,
}

/// Who calls.
#[derive(Group)]
pub(crate) struct Credentials {
    /// A credential: the security scheme's name in the document, and its value (`USER:PASSWORD` for basic), `@FILE`, or `env:NAME`
    #[arg(long, value_name = "SCHEME=VALUE")]
    pub(crate) credential: Vec<String>,
    /// The credential of somebody else, for what strangers may not see
    #[arg(long, value_name = "SCHEME=VALUE")]
    pub(crate) second_credential: Vec<String>,
    /// An account to sign in with where the document says how: `USER:PASSWORD`, `@FILE`, or `env:NAME`
    #[arg(long, value_name = "USER:PASSWORD")]
    pub(crate) sign_in: Option<String>,
    /// The account of somebody else
    #[arg(long, value_name = "USER:PASSWORD")]
    pub(crate) second_sign_in: Option<String>,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Credentials(…)")
    }
}

#[derive(Debug, Group)]
pub(crate) struct Cleanup {
    /// The journal of the run
    #[arg(long, value_name = "FILE")]
    pub(crate) journal: PathBuf,
    /// Where the deployment is, if that has changed
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: Option<String>,
    #[command(flatten)]
    pub(crate) credentials: Credentials,
    #[command(flatten)]
    pub(crate) care: Care,
}

#[derive(Debug, Group)]
pub(crate) struct List {
    /// A platform or document; with it, also what each law would be tried on
    pub(crate) document: Option<String>,
    /// An application's file, for platforms whose resources are each customer's own; the one that ships unless given
    #[arg(long, value_name = "FILE", requires = "document")]
    pub(crate) app: Option<PathBuf>,
}
