//! Requests as the document wants them: path, media types, names, bodies.

use bytes::Bytes;
use reqwest::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue};
use reqwest::{Request, Url};
use serde_json::Value;

use super::call::Call;
use super::credentials::cookie;
use super::meta::{BodyForm, Location};

/// Rewrites what progenitor made into what is sent, but for credentials, which each attempt presents anew.
///
/// # Errors
/// Why nothing can be sent.
pub(crate) fn prepare(call: &Call, request: &mut Request) -> Result<(), String> {
    // progenitor's own, which no platform asked for.
    request.headers_mut().remove("api-version");
    path(call, request);
    rename(call, request)?;
    accept(call, request)?;
    body(call, request)?;
    for (name, value) in &call.settings.headers {
        request.headers_mut().append(name, value.clone());
    }
    Ok(())
}

fn path(call: &Call, request: &mut Request) {
    let base = &call.transport.base;
    let path = format!("{}{}", base.path().trim_end_matches('/'), call.expanded_path());
    request.url_mut().set_path(&path);
}

/// Gives parameters back the names they have on the wire, and puts cookies together.
fn rename(call: &Call, request: &mut Request) -> Result<(), String> {
    for renamed in call.operation.renamed {
        match renamed.location {
            Location::Query => rename_query(request.url_mut(), renamed.from, renamed.to),
            Location::Header | Location::Cookie => {
                let Some(value) = request.headers_mut().remove(renamed.from) else { continue };
                let invalid = |_| format!("the value of `{}` cannot stand in a header", renamed.to);
                if renamed.location == Location::Header {
                    let name = HeaderName::try_from(renamed.to)
                        .map_err(|_| format!("`{}` is no header", renamed.to))?;
                    request.headers_mut().append(name, value);
                } else {
                    let text =
                        value.to_str().map_err(|_| format!("the value of `{}` is no text", renamed.to))?;
                    cookie(request, renamed.to, text).map_err(invalid)?;
                }
            }
        }
    }
    Ok(())
}

fn rename_query(url: &mut Url, from: &str, to: &str) {
    let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    if pairs.iter().any(|(name, _)| name == from) {
        url.query_pairs_mut()
            .clear()
            .extend_pairs(pairs.iter().map(|(name, value)| (if name == from { to } else { name }, value)));
    }
}

/// Asks for every media type that is declared.
fn accept(call: &Call, request: &mut Request) -> Result<(), String> {
    let mut types: Vec<&str> = Vec::new();
    for media_type in call.operation.replies.iter().filter_map(|reply| reply.media_type) {
        if !types.contains(&media_type) {
            types.push(media_type);
        }
    }
    request.headers_mut().remove(ACCEPT);
    if !types.is_empty() {
        let value = HeaderValue::try_from(types.join(", "))
            .map_err(|_| "the declared media types are no text".to_owned())?;
        request.headers_mut().insert(ACCEPT, value);
    }
    Ok(())
}

fn body(call: &Call, request: &mut Request) -> Result<(), String> {
    let Some(declared) = &call.operation.body else { return Ok(()) };
    if let Some(upload) = &call.upload {
        let media_type = HeaderValue::try_from(&upload.media_type)
            .map_err(|_| "the media type of the body is no text".to_owned())?;
        request.headers_mut().insert(CONTENT_TYPE, media_type);
        request.headers_mut().insert(CONTENT_LENGTH, upload.len().into());
        return Ok(());
    }
    let bytes = request.body().and_then(reqwest::Body::as_bytes).unwrap_or_default();
    let left_out = match declared.form {
        _ if request.body().is_none() => true,
        BodyForm::Json | BodyForm::Form => bytes == b"null",
        BodyForm::Text | BodyForm::Bytes => bytes.is_empty(),
    };
    if left_out && !declared.required {
        *request.body_mut() = None;
        request.headers_mut().remove(CONTENT_TYPE);
        request.headers_mut().remove(CONTENT_LENGTH);
        return Ok(());
    }
    if declared.form == BodyForm::Form {
        let form = form(bytes)?;
        *request.body_mut() = Some(Bytes::from(form).into());
    }
    let media_type = call.media_type().unwrap_or_else(|| declared.media_type.to_owned());
    let value =
        HeaderValue::try_from(media_type).map_err(|_| "the media type of the body is no text".to_owned())?;
    request.headers_mut().insert(CONTENT_TYPE, value);
    Ok(())
}

/// A JSON object as `application/x-www-form-urlencoded`: lists repeat their name, null is left out.
fn form(json: &[u8]) -> Result<String, String> {
    let value: Value = serde_json::from_slice(json).map_err(|error| error.to_string())?;
    let Value::Object(members) = value else { return Err("a form is made of named values".to_owned()) };
    let mut url = Url::parse("form:").map_err(|error| error.to_string())?;
    {
        let mut pairs = url.query_pairs_mut();
        for (name, value) in &members {
            let values = match value {
                Value::Array(values) => values.as_slice(),
                value => std::slice::from_ref(value),
            };
            for value in values {
                match value {
                    Value::Null => {}
                    Value::String(text) => {
                        pairs.append_pair(name, text);
                    }
                    value => {
                        pairs.append_pair(name, &value.to_string());
                    }
                }
            }
        }
    }
    Ok(url.query().unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::form;

    #[test]
    fn forms_repeat_lists_and_leave_null_out() {
        let json = br#"{"a": "x y&z", "b": [1, true], "c": null, "d": 1.5}"#;
        assert_eq!(form(json).as_deref(), Ok("a=x+y%26z&b=1&b=true&d=1.5"));
        assert!(form(b"[1]").is_err());
    }
}
