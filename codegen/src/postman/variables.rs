//! The collection's variables: where it is, who calls, and what one request tells the next.

use heck::ToSnakeCase;
use serde_json::Value;
use tercet_spec::contract::{Contract, Parameter, SchemeKind, SecurityScheme};
use tercet_spec::language::{Clause, Source, Subject, Test, ValueExpr};
use tercet_spec::{Diagnostic, Document, Pointer};

use super::nouns::Noun;

/// The key that names a variable in the document.
const KEY: &str = "x-postman-variable";

/// A collection variable.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Variable {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) about: String,
}

/// The variables that hold a scheme's credential: two for HTTP's basic, else one.
pub(super) fn of_scheme(contract: &Contract, scheme: &SecurityScheme) -> Vec<String> {
    let own = named(&contract.document, &scheme.pointer);
    if scheme.kind != SchemeKind::Basic {
        return vec![own.unwrap_or_else(|| scheme.name.to_snake_case())];
    }
    let first = contract.schemes.iter().find(|one| one.kind == SchemeKind::Basic);
    let stem = match own {
        Some(own) => own,
        None if first.is_some_and(|one| one.name == scheme.name) => "http_auth".to_owned(),
        None => scheme.name.to_snake_case(),
    };
    vec![format!("{stem}_user"), format!("{stem}_pass")]
}

/// The variable that the document names for a parameter.
pub(super) fn of_parameter(contract: &Contract, parameter: &Parameter) -> Option<String> {
    named(&contract.document, &parameter.pointer)
}

fn named(document: &Document, at: &Pointer) -> Option<String> {
    document.get(&at.child(KEY)).and_then(Value::as_str).map(str::to_owned)
}

/// What is wrong with the names that the document gives.
pub(super) fn faults(contract: &Contract) -> Vec<Diagnostic> {
    let places = contract.schemes.iter().map(|one| &one.pointer);
    let parameters = contract.operations.iter().flat_map(|one| &one.parameters).map(|one| &one.pointer);
    let mut seen: Vec<&Pointer> = Vec::new();
    let mut found = Vec::new();
    for place in places.chain(parameters) {
        let at = place.child(KEY);
        let Some(value) = contract.document.get(&at) else { continue };
        let fits = |text: &str| {
            !text.is_empty() && text.chars().all(|one| one.is_ascii_alphanumeric() || "_.-".contains(one))
        };
        if value.as_str().is_some_and(fits) || seen.contains(&place) {
            continue;
        }
        seen.push(place);
        let fault = Diagnostic::error("keyword", format!("`{KEY}` is no name of a variable"));
        let help = "write letters, digits, `_`, `.` and `-`: `http_api_session`";
        found.push(fault.at_value(&contract.document, &at).help(help));
    }
    found
}

/// The field of a record that a scheme's credential is, for schemes that present it as it is.
pub(super) fn credential_noun(scheme: &SecurityScheme) -> Option<Noun> {
    let credential = scheme.credential.as_ref().filter(|one| one.jwt.is_none())?;
    let collection = credential.select.collection()?;
    credential.select.filter.clauses.iter().find_map(|clause| match clause {
        Clause::Test(Subject::Field(path), Test::Equal(ValueExpr::Expression(one)))
            if one.source == Source::Credential && one.path.is_empty() && path.len() == 1 =>
        {
            Some(Noun { collection: collection.to_owned(), field: path[0].clone() })
        }
        _ => None,
    })
}

/// The variables besides those of nouns.
pub(super) fn fixed(contract: &Contract) -> Vec<Variable> {
    let variable = |name: &str, value: &str, about: &str| Variable {
        name: name.to_owned(),
        value: value.to_owned(),
        about: about.to_owned(),
    };
    let mut all =
        vec![variable("base_url", &origin(contract), "Where the deployment is, without a slash at the end")];
    for scheme in &contract.schemes {
        if matches!(scheme.kind, SchemeKind::MutualTls) {
            continue;
        }
        for name in of_scheme(contract, scheme) {
            all.push(variable(&name, "", &format!("For the security scheme `{}`", scheme.name)));
        }
    }
    let signs_in =
        contract.schemes.iter().any(|one| one.credential.as_ref().is_some_and(|one| one.sign_in.is_some()));
    if signs_in {
        all.push(variable("user", "postman@example.com", "The account to sign in with"));
        all.push(variable("password", "Correct-horse-7-battery", "Its password"));
    }
    let parameters = contract.operations.iter().flat_map(|one| &one.parameters);
    for (parameter, name) in parameters.filter_map(|one| Some((one, of_parameter(contract, one)?))) {
        all.push(variable(
            &name,
            "",
            &format!("For the parameter `{}`; left out while empty", parameter.name),
        ));
    }
    let mut once: Vec<Variable> = Vec::new();
    for one in all {
        if !once.iter().any(|known| known.name == one.name) {
            once.push(one);
        }
    }
    once
}

/// Scheme and host of the first server that has them.
fn origin(contract: &Contract) -> String {
    let servers = contract.document.root()["servers"].as_array().map(Vec::as_slice).unwrap_or_default();
    let url = servers
        .iter()
        .filter_map(|one| one["url"].as_str())
        .find(|url| url.contains("://") && !url.contains('{'));
    let Some((scheme, rest)) = url.and_then(|url| url.split_once("://")) else {
        return "http://127.0.0.1:4010".to_owned();
    };
    format!("{scheme}://{}", rest.split('/').next().unwrap_or_default())
}
