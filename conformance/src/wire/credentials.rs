//! How an operation's security is met, or on purpose not met.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tercet_spec::Contract;
use tercet_spec::contract::{Location, Operation, SchemeKind, SecurityScheme};

use crate::{Denial, Identity};

/// A credential as it is presented: where, under which name, and the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Presented {
    pub(crate) location: Location,
    pub(crate) name: String,
    pub(crate) text: String,
}

/// What is presented for an operation.
pub(crate) type Applied = Vec<Presented>;

/// The credentials that let `identity` call `operation`; with a denial, ones that must not.
///
/// # Errors
/// A sentence that names the schemes for which no credential was given.
pub(crate) fn apply(
    contract: &Contract,
    operation: &Operation,
    identity: Option<&Identity>,
    denial: Option<Denial>,
) -> Result<Applied, String> {
    if denial == Some(Denial::None) || operation.security.is_empty() {
        return Ok(Vec::new());
    }
    let has = |scheme: &str| identity.and_then(|one| one.credential(scheme));
    let ready = operation
        .security
        .iter()
        .filter(|all| !all.is_empty() && all.iter().all(|one| has(&one.scheme).is_some()));
    let Some(alternative) = ready.max_by_key(|all| std::cmp::Reverse(all.len())) else {
        if operation.security.iter().any(Vec::is_empty) {
            return Ok(Vec::new());
        }
        let mut names: Vec<_> =
            operation.security.iter().flatten().map(|one| format!("`{}`", one.scheme)).collect();
        names.sort();
        names.dedup();
        return Err(format!("no credential for {} was given", names.join(" or ")));
    };
    let mut applied = Vec::new();
    for one in alternative {
        if let (Some(scheme), Some(secret)) = (contract.scheme(&one.scheme), has(&one.scheme)) {
            applied.extend(present(contract, scheme, secret.expose(), denial));
        }
    }
    Ok(applied)
}

/// The header, query parameter or cookie that an `apiKey` is looked for by. A setting is taken to be what it is by default:
/// nobody tells the suite what it is in the deployment.
pub(crate) fn name_of(contract: &Contract, scheme: &SecurityScheme) -> Option<String> {
    let SchemeKind::ApiKey(_, declared) = &scheme.kind else { return None };
    let setting =
        |name: &str| contract.settings.iter().find(|one| one.name == name).map(|one| one.default.clone());
    Some(scheme.effective_name(&setting).unwrap_or_else(|| declared.clone()))
}

fn present(
    contract: &Contract,
    scheme: &SecurityScheme,
    secret: &str,
    denial: Option<Denial>,
) -> Option<Presented> {
    let prefix = scheme.credential.as_ref().and_then(|credential| credential.prefix.as_ref());
    let prefix = prefix.map_or("", |prefix| prefix.text.as_str());
    let bare = secret.strip_prefix(prefix).unwrap_or(secret);
    let bare = if denial == Some(Denial::Wrong) { scramble(bare) } else { bare.to_owned() };
    let other = denial == Some(Denial::OtherScheme);
    let authorization =
        |text: String| Some(Presented { location: Location::Header, name: "Authorization".to_owned(), text });
    match &scheme.kind {
        SchemeKind::ApiKey(location, name) => {
            // Another scheme of the same header (RFC 9110, 11.6.2); an API key without a prefix has no other scheme to hide in.
            let text = match (other, prefix) {
                (false, prefix) => format!("{prefix}{bare}"),
                (true, "") => return None,
                (true, prefix) if prefix.eq_ignore_ascii_case("bearer ") => format!("Basic {bare}"),
                (true, _) => format!("Bearer {bare}"),
            };
            let name = name_of(contract, scheme).unwrap_or_else(|| name.clone());
            Some(Presented { location: *location, name, text })
        }
        SchemeKind::Basic => {
            let encoded = STANDARD.encode(&bare);
            authorization(format!("{} {encoded}", if other { "Bearer" } else { "Basic" }))
        }
        SchemeKind::Bearer | SchemeKind::OAuth2 | SchemeKind::OpenIdConnect => {
            authorization(format!("{} {bare}", if other { "Basic" } else { "Bearer" }))
        }
        SchemeKind::Http(name) => authorization(format!("{} {bare}", if other { "Bearer" } else { name })),
        SchemeKind::MutualTls => None,
    }
}

/// A made-up credential with the shape of the right one (length, dots, colons) and none of its characters' order, so that
/// showing it gives nothing away.
fn scramble(text: &str) -> String {
    let mut filler = "madeup".chars().cycle();
    let made: String = text
        .chars()
        .map(|c| if matches!(c, '.' | '-' | ':') { c } else { filler.next().unwrap_or('x') })
        .collect();
    if made == text || made.is_empty() { format!("{made}x") } else { made }
}

/// Whether an operation can be called without any credential.
pub(crate) fn is_public(operation: &Operation) -> bool {
    operation.security.is_empty() || operation.security.iter().any(Vec::is_empty)
}
