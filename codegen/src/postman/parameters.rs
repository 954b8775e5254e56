//! The address and the headers of a request.

use serde_json::{Value, json};
use tercet_spec::contract::{Contract, Location, Operation, Parameter, Segment, Style};

use super::auth::Auth;
use super::body::{said, shown};
use super::{sample, variables};

/// A request's address and headers, and the headers that are left out while a variable is empty.
pub(super) struct Parts {
    pub(super) url: Value,
    pub(super) headers: Vec<Value>,
    pub(super) optional: Vec<(String, String)>,
}

/// Builds them; `variable` knows the collection variable of a parameter that names a record.
pub(super) fn of(
    contract: &Contract,
    operation: &Operation,
    auth: &Auth,
    variable: &dyn Fn(&Parameter) -> Option<String>,
) -> Parts {
    let value = |parameter: &Parameter| match variable(parameter) {
        Some(name) => vec![format!("{{{{{name}}}}}")],
        None => written(contract, parameter),
    };
    let mut query: Vec<Value> =
        auth.query.iter().map(|(key, value)| json!({ "key": key, "value": value })).collect();
    let mut headers = Vec::new();
    let mut optional = Vec::new();
    for (name, value, variable) in &auth.headers {
        headers.push(json!({ "key": name, "value": value }));
        optional.push((name.clone(), variable.clone()));
    }
    for parameter in &operation.parameters {
        let about = said(contract, &parameter.pointer, "description");
        let entry = |key: &str, value: String| json!({ "key": key, "value": value, "description": about, "disabled": !parameter.required });
        let named = variables::of_parameter(contract, parameter);
        match parameter.location {
            Location::Path => {}
            Location::Query => {
                query.extend(value(parameter).into_iter().map(|one| entry(&parameter.name, one)));
            }
            Location::Header if is_ours(&parameter.name) => {}
            Location::Header
                if headers.iter().any(|one| {
                    one["key"].as_str().is_some_and(|key| key.eq_ignore_ascii_case(&parameter.name))
                }) => {}
            Location::Header => match named {
                Some(name) => {
                    headers.push(json!({ "key": parameter.name, "value": format!("{{{{{name}}}}}"), "description": about }));
                    optional.push((parameter.name.clone(), name));
                }
                None => headers.push(entry(&parameter.name, value(parameter).join(","))),
            },
            Location::Cookie => {
                let text = format!("{}={}", parameter.name, value(parameter).join(","));
                headers.push(entry("Cookie", text));
            }
        }
    }
    Parts { url: url(contract, operation, &query, &value), headers, optional }
}

/// OpenAPI 3.0.3, "Parameter Object": these three are described elsewhere.
fn is_ours(name: &str) -> bool {
    ["accept", "content-type", "authorization"].iter().any(|one| name.eq_ignore_ascii_case(one))
}

fn url(
    contract: &Contract,
    operation: &Operation,
    query: &[Value],
    value: &dyn Fn(&Parameter) -> Vec<String>,
) -> Value {
    let parameter = |name: &str| {
        operation.parameters.iter().find(|one| one.location == Location::Path && one.name == name)
    };
    let text = |name: &str| parameter(name).map(|one| value(one).join(",")).unwrap_or_default();
    let mut path: Vec<String> =
        contract.base_path.split('/').filter(|one| !one.is_empty()).map(str::to_owned).collect();
    let mut named = Vec::new();
    for segment in &operation.path.segments {
        match segment.as_slice() {
            [Segment::Parameter(name)] => {
                path.push(format!(":{name}"));
                let about = parameter(name).map(|one| said(contract, &one.pointer, "description"));
                named.push(
                    json!({ "key": name, "value": text(name), "description": about.unwrap_or_default() }),
                );
            }
            parts => path.push(
                parts
                    .iter()
                    .map(|part| match part {
                        Segment::Literal(literal) => literal.clone(),
                        Segment::Parameter(name) => text(name),
                    })
                    .collect(),
            ),
        }
    }
    // A trailing slash is a last segment without text.
    if operation.path.text.ends_with('/') && path.last().is_none_or(|last| !last.is_empty()) {
        path.push(String::new());
    }
    let shown: Vec<String> = query
        .iter()
        .filter(|one| one["disabled"] != json!(true))
        .map(|one| {
            format!(
                "{}={}",
                one["key"].as_str().unwrap_or_default(),
                one["value"].as_str().unwrap_or_default()
            )
        })
        .collect();
    let mark = if shown.is_empty() { "" } else { "?" };
    let mut url = json!({
        "raw": format!("{{{{base_url}}}}/{}{mark}{}", path.join("/"), shown.join("&")),
        "host": ["{{base_url}}"],
        "path": path,
    });
    if !query.is_empty() {
        url["query"] = query.to_vec().into();
    }
    if !named.is_empty() {
        url["variable"] = named.into();
    }
    url
}

/// A parameter's value as it is written: one text, or several for a list that is spread.
fn written(contract: &Contract, parameter: &Parameter) -> Vec<String> {
    let value = parameter
        .example
        .clone()
        .unwrap_or_else(|| sample::parameter(contract, &parameter.name, parameter.schema));
    if parameter.content.is_some() {
        return vec![value.to_string()];
    }
    let joined = |items: &[Value]| {
        let mark = match parameter.style {
            Style::SpaceDelimited => " ",
            Style::PipeDelimited => "|",
            _ => ",",
        };
        items.iter().map(shown).collect::<Vec<_>>().join(mark)
    };
    match &value {
        Value::Array(items) if items.is_empty() => vec![String::new()],
        Value::Array(items) if parameter.explode && parameter.location == Location::Query => {
            items.iter().map(shown).collect()
        }
        Value::Array(items) => vec![joined(items)],
        other => vec![shown(other)],
    }
}
