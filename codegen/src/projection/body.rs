//! Request bodies: JSON as it is, forms as JSON that the runtime rewrites, everything else as text or bytes.

use serde_json::{Value, json};
use tercet_spec::Pointer;

use super::meta::{BodyForm, BodyMeta};
use super::notes::Notes;
use super::operation::member;
use super::reach::Direction;
use super::roots::keys;
use super::schemas::Schemas;
use super::written::nullable_of;

/// Whether a media type is JSON: `application/json` and every `+json` (RFC 6839, 3.1).
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence.ends_with("+json") || essence == "*/*"
}

pub(crate) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn form(media_type: &str) -> BodyForm {
    match essence(media_type).as_str() {
        "application/x-www-form-urlencoded" => BodyForm::Form,
        _ if is_json(media_type) => BodyForm::Json,
        essence if essence.starts_with("text/") => BodyForm::Text,
        _ => BodyForm::Bytes,
    }
}

/// What a method that sends this media type is called after.
pub(crate) fn suffix(media_type: &str) -> String {
    let essence = essence(media_type);
    let name = match essence.as_str() {
        "application/x-www-form-urlencoded" => "form",
        "multipart/form-data" => "multipart",
        other => other.rsplit('/').next().unwrap_or(other),
    };
    super::snake(name)
}

/// The media types of an operation's request body, the best first; one `None` for an operation that sends nothing.
pub(crate) fn media_types(notes: &mut Notes<'_>, operation: &Pointer) -> Vec<Option<String>> {
    let Some((_, home)) = member(notes, operation, "requestBody") else { return vec![None] };
    let mut names = keys(notes, &home.child("content"));
    if names.is_empty() {
        notes.warning(
            "body-without-content",
            &home,
            "this request body has no media type, the client sends none",
            "add `content`",
        );
        return vec![None];
    }
    let rank = |name: &String| match form(name) {
        BodyForm::Json if essence(name) == "application/json" => 0,
        BodyForm::Json => 1,
        BodyForm::Form => 2,
        BodyForm::Text => 3,
        BodyForm::Bytes => 4,
    };
    names.sort_by_key(rank);
    let json_twice = names.iter().filter(|name| is_json(name)).count() > 1;
    if json_twice {
        let first = names[0].clone();
        names.retain(|name| !is_json(name) || *name == first);
        notes.note(
            "media-type-not-sent",
            &home.child("content"),
            format!("of the JSON media types the client sends only `{first}`"),
            "nothing has to be done",
        );
    }
    names.into_iter().map(Some).collect()
}

/// The body of one media type: what the runtime has to know, and what progenitor gets to see.
pub(crate) fn lower(
    notes: &mut Notes<'_>,
    schemas: &mut Schemas,
    operation: &Pointer,
    media_type: &str,
    type_name: &str,
) -> Option<(BodyMeta, Value)> {
    let (body, home) = member(notes, operation, "requestBody")?;
    let required = body.get("required") == Some(&Value::Bool(true));
    let schema_at = home.child("content").child(media_type).child("schema");
    let is_text = media_type == "*/*"
        && notes.resolve(&schema_at).is_some_and(|(schema, _)| schema.get("type") == Some(&json!("string")));
    // Of whatever type it is, text is meant as it stands, not with the quotes that JSON would have.
    let form = if is_text { BodyForm::Text } else { form(media_type) };
    let (written_type, schema) = match form {
        BodyForm::Json | BodyForm::Form => {
            let schema = match notes.document.get(&schema_at) {
                Some(_) => schemas.usage(notes, &schema_at, Direction::Request, &format!("{type_name}Body")),
                None => json!({}),
            };
            ("application/json", if required { schema } else { nullable_of(schema) })
        }
        BodyForm::Text => ("text/plain", json!({ "type": "string" })),
        BodyForm::Bytes => ("application/octet-stream", json!({ "type": "string", "format": "binary" })),
    };
    if essence(media_type) == "multipart/form-data" {
        notes.note(
            "multipart-as-bytes",
            &home.child("content").child(media_type),
            "the client takes a multipart body ready made, its parts have no types",
            "nothing has to be done: the client's `Multipart` builds it",
        );
    }
    if form == BodyForm::Form
        && notes.document.get(&home.child("content").child(media_type).child("encoding")).is_some()
    {
        notes.warning(
            "encoding-ignored",
            &home.child("content").child(media_type).child("encoding"),
            "the client repeats the name for each member of a list and ignores `encoding`",
            "leave `encoding` out where the default will do",
        );
    }
    let meta = BodyMeta {
        media_type: match media_type {
            "*/*" if is_text => "text/plain; charset=utf-8".to_owned(),
            "*/*" => "application/json".to_owned(),
            named => named.to_owned(),
        },
        required,
        form,
        description: body.get("description").and_then(Value::as_str).map(str::to_owned),
    };
    Some((meta, json!({ "required": true, "content": { written_type: { "schema": schema } } })))
}
