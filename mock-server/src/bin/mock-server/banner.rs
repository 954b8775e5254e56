//! What is printed at the start: where the server is, how to sign in, and a request to copy.

use std::fmt::Write;

use tercet_mock_server::{MockServer, PresentableCredential};
use tercet_spec::Contract;
use tercet_spec::contract::Operation;

use crate::args::Args;

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
        let shown = match secret_setting(contract, &credential.value) {
            // A token that somebody chose is theirs: where it came from is told instead.
            Some(name) if std::env::var_os(name).is_some() || args.set.iter().any(|(set, _)| set == name) => {
                format!("the value of `{name}`")
            }
            _ => credential.value.clone(),
        };
        let _ = writeln!(text, "  credential  {}: {shown}{whose}", credential.scheme);
    }
    if let Some(operation) = example(contract) {
        let _ = writeln!(text, "  try         {}", curl(server, operation, credential.as_ref(), args));
    }
    let _ = writeln!(text, "  control     {}/_mock/openapi.yaml", server.url());
    text
}

fn secret_setting<'c>(contract: &'c Contract, _value: &str) -> Option<&'c str> {
    contract.settings.iter().find(|setting| setting.secret).map(|setting| setting.name.as_str())
}

/// The first request that needs nothing but an address.
fn example(contract: &Contract) -> Option<&Operation> {
    contract.operations.iter().find(|operation| {
        operation.method == "GET"
            && !operation.path.text.contains('{')
            && operation.parameters.iter().all(|parameter| !parameter.required)
    })
}

fn curl(
    server: &MockServer,
    operation: &Operation,
    credential: Option<&PresentableCredential>,
    args: &Args,
) -> String {
    let url = format!("{}{}", server.base_url(), operation.path.text);
    let header = credential.filter(|_| !operation.security.is_empty()).and_then(|one| one.header.as_ref());
    let Some(header) = header else { return format!("curl {url}") };
    let contract = server.contract();
    let value = credential.map_or("", |one| one.value.as_str());
    let shown = match secret_setting(contract, value) {
        Some(name) if args.set.iter().any(|(set, _)| set == name) => header.value.replace(value, "TOKEN"),
        Some(name) if std::env::var_os(name).is_some() => {
            // The shell fills it in, and it is not on the screen.
            return format!(
                "curl -H \"{}: {}\" {url}",
                header.name,
                header.value.replace(value, &format!("${name}"))
            );
        }
        _ => header.value.clone(),
    };
    format!("curl -H '{}: {shown}' {url}", header.name)
}
