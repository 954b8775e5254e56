//! From an operation and its inputs to a request.

use serde_json::Value;
use tercet_spec::Contract;
use tercet_spec::contract::{Location, Operation, Segment};
use url::Url;

use super::credentials::{Applied, Presented};
use super::style::{encode, joined, query};
use super::{body, style};
use crate::{Inputs, Sent, Twist};

/// What a request is made of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Draft<'d> {
    pub(crate) contract: &'d Contract,
    pub(crate) operation: &'d Operation,
    /// Another method than the operation's own.
    pub(crate) method: Option<&'d str>,
    /// Another way of writing the path.
    pub(crate) twist: Option<Twist>,
    pub(crate) inputs: &'d Inputs,
    pub(crate) credentials: &'d Applied,
}

/// Writes a request.
///
/// # Errors
/// A sentence, when a value cannot stand where it is asked to (an empty path segment, a line break in a header).
pub(crate) fn write(base: &Url, draft: &Draft<'_>) -> Result<Sent, String> {
    let mut pairs = Vec::new();
    let mut headers = vec![("Accept".to_owned(), accept(draft.operation))];
    let mut cookies = Vec::new();
    for parameter in &draft.operation.parameters {
        let values = match parameter.location {
            Location::Path => continue,
            Location::Query => &draft.inputs.query,
            Location::Header => &draft.inputs.header,
            Location::Cookie => &draft.inputs.cookie,
        };
        let Some(value) = values.get(&parameter.name) else {
            continue;
        };
        match parameter.location {
            Location::Query => pairs.extend(query(parameter, value)),
            Location::Header => {
                headers.push((parameter.name.clone(), joined(parameter, value, str::to_owned)));
            }
            _ => cookies.push(format!("{}={}", parameter.name, joined(parameter, value, str::to_owned))),
        }
    }
    // What the document does not declare is sent as it is: that is how unknown parameters are tried.
    for (name, value) in &draft.inputs.query {
        if !draft.operation.parameters.iter().any(|one| one.location == Location::Query && one.name == *name)
        {
            pairs.push(format!("{}={}", encode(name), encode(&style::scalar(value))));
        }
    }
    // So is a header that carries a credential: whoever says it speaks for somebody else.
    let own = |one: &&Presented| one.location == Location::Header && said(draft, &one.name).is_some();
    for one in draft.credentials.iter().filter(|one| !own(one)) {
        match one.location {
            Location::Query => pairs.push(format!("{}={}", encode(&one.name), encode(&one.text))),
            Location::Cookie => cookies.push(format!("{}={}", one.name, one.text)),
            _ => headers.push((one.name.clone(), one.text.clone())),
        }
    }
    for (name, value) in &draft.inputs.header {
        if !declares(draft, name) {
            headers.push((name.clone(), style::scalar(value)));
        }
    }
    if !cookies.is_empty() {
        headers.push(("Cookie".to_owned(), cookies.join("; ")));
    }
    let body = match &draft.inputs.body {
        None => None,
        Some(value) => {
            let (media_type, bytes) = body::bytes(value)?;
            headers.extend(media_type.map(|one| ("Content-Type".to_owned(), one)));
            Some(bytes.into())
        }
    };
    let path = path(draft)?;
    let mut text = format!("{}{}{path}", base.as_str().trim_end_matches('/'), draft.contract.base_path);
    if !pairs.is_empty() {
        text.push('?');
        text.push_str(&pairs.join("&"));
    }
    let url = Url::parse(&text).map_err(|error| format!("`{text}` is not a URL: {error}"))?;
    let method = draft.method.unwrap_or(&draft.operation.method).to_owned();
    Ok(Sent { method, url: url.into(), headers, body })
}

/// The value of a header that the operation does not declare.
fn said<'d>(draft: &Draft<'d>, name: &str) -> Option<&'d Value> {
    let named = draft.inputs.header.iter().find(|(own, _)| own.eq_ignore_ascii_case(name));
    named.filter(|(own, _)| !declares(draft, own)).map(|(_, value)| value)
}

fn declares(draft: &Draft<'_>, header: &str) -> bool {
    let mut declared = draft.operation.parameters.iter().filter(|one| one.location == Location::Header);
    declared.any(|one| one.name == header)
}

fn path(draft: &Draft<'_>) -> Result<String, String> {
    let mut path = String::new();
    for segment in &draft.operation.path.segments {
        path.push('/');
        let before = path.len();
        for part in segment {
            match part {
                Segment::Literal(text) if draft.twist == Some(Twist::OtherCase) => {
                    path.extend(text.chars().map(other_case));
                }
                Segment::Literal(text) => path.push_str(text),
                Segment::Parameter(name) => {
                    let declared = draft.operation.parameters.iter();
                    let parameter =
                        declared.clone().find(|one| one.location == Location::Path && one.name == *name);
                    let value = draft
                        .inputs
                        .path
                        .get(name)
                        .ok_or_else(|| format!("path parameter `{name}` has no value"))?;
                    match parameter {
                        Some(parameter) => path.push_str(&joined(parameter, value, encode_piece)),
                        None => path.push_str(&encode(&style::scalar(value))),
                    }
                }
            }
        }
        // RFC 3986, 5.2.4: these would change the route instead of filling it.
        let written = &path[before..];
        let has_parameter = segment.iter().any(|part| matches!(part, Segment::Parameter(_)));
        if has_parameter && (written.is_empty() || written == "." || written == "..") {
            return Err(format!("`{written}` cannot be a path segment"));
        }
    }
    if draft.twist == Some(Twist::OtherEnd) {
        if path.ends_with('/') {
            path.pop();
        } else {
            path.push('/');
        }
    }
    Ok(path)
}

/// An ASCII letter in its other case.
fn other_case(c: char) -> char {
    if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() }
}

fn encode_piece(text: &str) -> String {
    encode(text)
}

/// Every media type that the operation's responses declare, JSON first.
fn accept(operation: &Operation) -> String {
    let mut types: Vec<&str> = Vec::new();
    for media in operation.responses.iter().flat_map(|response| &response.content) {
        if !types.contains(&media.name.as_str()) {
            types.push(&media.name);
        }
    }
    if types.is_empty() { "*/*".to_owned() } else { format!("{}, */*;q=0.1", types.join(", ")) }
}
