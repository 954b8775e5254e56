//! What is printed at the start: where the server is, how to sign in, and a request to copy.

use std::fmt::Write;

use tercet_mock_server::{MockServer, PresentableCredential};
use tercet_spec::Contract;
use tercet_spec::contract::Operation;

use crate::args::Args;

/// Where the certificate is kept by whoever copies the lines of the banner.
const TRUSTED: &str = "mock-server.pem";

/// The settings that name the account which a server begins with.
const DEMO_USER: &str = "DEMO_USER";
const DEMO_PASSWORD: &str = "DEMO_PASSWORD";

/// The banner. Bold on a terminal, never colour alone.
pub(crate) fn text(server: &MockServer, args: &Args, styled: bool) -> String {
    let contract = server.contract();
    let credential = server.credentials().into_iter().next();
    let (bold, plain) = if styled { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
    let mut text = String::new();
    // Writing to a `String` cannot fail.
    let _ = writeln!(text, "{bold}{} {}{plain}", contract.title, contract.version);
    let _ = writeln!(text, "  address     {bold}{}{plain}", server.base_url());
    if let Some(credential) = &credential {
        let whose = credential.user.as_deref().map(|user| format!(" ({user})")).unwrap_or_default();
        let shown = match secret_of(contract, &credential.value, args) {
            // A token that somebody chose is theirs: where it came from is told instead.
            Some(name) => format!("the value of `{name}`"),
            None => credential.value.clone(),
        };
        let _ = writeln!(text, "  credential  {}: {shown}{whose}", credential.scheme);
    }
    if let Some(line) = account(contract, args) {
        let _ = writeln!(text, "  account     {line}");
    }
    if let Some(line) = certificate(server, args) {
        let _ = writeln!(text, "  certificate {line}");
    }
    if let Some(operation) = example(contract, credential.is_some()) {
        let _ = writeln!(text, "  try         {}", curl(server, operation, credential.as_ref(), args));
    }
    let _ = writeln!(text, "  control     {}/openapi.yaml", server.control_url());
    text
}

/// The account that the server begins with, for platforms that people sign in to: there is no credential before. A
/// password that somebody chose is theirs.
fn account(contract: &Contract, args: &Args) -> Option<String> {
    let default = |name: &str| {
        contract.settings.iter().find(|setting| setting.name == name)?.default.as_str().map(str::to_owned)
    };
    let (user, password) = (default(DEMO_USER)?, default(DEMO_PASSWORD)?);
    let user = chosen(DEMO_USER, args).unwrap_or(user);
    let password = match chosen(DEMO_PASSWORD, args) {
        Some(own) if own != password => format!("the value of `{DEMO_PASSWORD}`"),
        _ => password,
    };
    (!user.is_empty()).then(|| format!("{user}, password: {password}"))
}

/// How a client comes to trust the server.
fn certificate(server: &MockServer, args: &Args) -> Option<String> {
    server.certificate_pem()?;
    Some(match &args.tls_cert {
        Some(file) => file.display().to_string(),
        None => format!("made for this run: curl -sk {}/certificate.pem -o {TRUSTED}", server.control_url()),
    })
}

/// The program and what it needs to trust the server.
fn curl_of(server: &MockServer, args: &Args) -> String {
    match (server.certificate_pem(), &args.tls_cert) {
        (None, _) => "curl".to_owned(),
        (_, Some(file)) => format!("curl --cacert '{}'", file.display()),
        (_, None) => format!("curl --cacert {TRUSTED}"),
    }
}

/// What somebody chose for a setting: the command line counts before the environment.
fn chosen(name: &str, args: &Args) -> Option<String> {
    on_command_line(name, args).map(str::to_owned).or_else(|| std::env::var(name).ok())
}

fn on_command_line<'a>(name: &str, args: &'a Args) -> Option<&'a str> {
    args.set.iter().rev().find(|(set, _)| set == name).map(|(_, value)| value.as_str())
}

/// The secret setting that somebody chose and that a credential is the value of. What is only signed with one is none.
fn secret_of<'c>(contract: &'c Contract, credential: &str, args: &Args) -> Option<&'c str> {
    let mut secrets = contract.settings.iter().filter(|setting| setting.secret).map(|setting| &setting.name);
    secrets.find(|name| chosen(name, args).as_deref() == Some(credential)).map(String::as_str)
}

/// The first request that needs nothing but an address, and no credential where there is none.
fn example(contract: &Contract, credential: bool) -> Option<&Operation> {
    let simple = |operation: &&Operation| {
        operation.method == "GET"
            && !operation.path.text.contains('{')
            && operation.parameters.iter().all(|parameter| !parameter.required)
    };
    let open = |operation: &&Operation| {
        operation.security.is_empty() || operation.security.iter().any(|alternative| alternative.is_empty())
    };
    let mut found = contract.operations.iter().filter(simple);
    let first = found.clone().next();
    if credential { first } else { found.find(open).or(first) }
}

fn curl(
    server: &MockServer,
    operation: &Operation,
    credential: Option<&PresentableCredential>,
    args: &Args,
) -> String {
    let url = format!("{}{}", server.base_url(), operation.path.text);
    let header = credential.filter(|_| !operation.security.is_empty()).and_then(|one| one.header.as_ref());
    let curl = curl_of(server, args);
    let Some(header) = header else { return format!("{curl} {url}") };
    let contract = server.contract();
    let value = credential.map_or("", |one| one.value.as_str());
    let shown = match secret_of(contract, value, args) {
        Some(name) if on_command_line(name, args).is_some() => header.value.replace(value, "TOKEN"),
        Some(name) => {
            // The shell fills it in, and it is not on the screen.
            return format!(
                "{curl} -H \"{}: {}\" {url}",
                header.name,
                header.value.replace(value, &format!("${name}"))
            );
        }
        None => header.value.clone(),
    };
    format!("{curl} -H '{}: {shown}' {url}", header.name)
}
