//! Responses: all declared statuses of an operation become the variants of one enum, in an envelope the runtime makes.

use serde_json::{Map, Value, json};
use tercet_spec::Pointer;

use super::body::{essence, is_json};
use super::envelope;
use super::meta::{ReplyForm, ReplyMeta, Wrapping};
use super::naming::variant;
use super::notes::Notes;
use super::operation::member;
use super::reach::Direction;
use super::roots::keys;
use super::schemas::Schemas;

/// A variant that only keeps an enum an enum, and is taken out of the generated source again.
pub(crate) const PLACEHOLDER: &str = "TercetPlaceholder";

/// The replies of an operation, and the schema of the envelope they come in.
pub(crate) fn lower(
    notes: &mut Notes<'_>,
    schemas: &mut Schemas,
    operation: &Pointer,
    type_name: &str,
) -> (Vec<ReplyMeta>, Value) {
    let responses_at = operation.child("responses");
    let mut replies = Vec::new();
    let mut branches = Vec::new();
    for (from, to, key) in statuses(notes, &responses_at) {
        let Some((response, home)) = member(notes, &responses_at, &key) else { continue };
        let name = variant(from, to);
        let (form, media_type) = content(notes, &home);
        let mut properties = Map::new();
        properties.insert("status".to_owned(), json!({ "type": "string", "enum": [name] }));
        let mut required = vec!["status"];
        let (wrapping, schema) = match (form, media_type.as_deref()) {
            (ReplyForm::Json, Some(media_type)) => {
                let schema = home.child("content").child(media_type).child("schema");
                if to < 300 { envelope::take_off(notes, &schema) } else { (Wrapping::None, Some(schema)) }
            }
            _ => (Wrapping::None, None),
        };
        if let Some(body) = body(notes, schemas, form, schema, &format!("{type_name}{name}")) {
            properties.insert("body".to_owned(), body);
            required.push("body");
        }
        let description = response.get("description").and_then(Value::as_str).unwrap_or_default().to_owned();
        branches.push(json!({
            "type": "object", "description": description, "required": required, "properties": properties,
        }));
        let headers = keys(notes, &home.child("headers"));
        replies.push(ReplyMeta { from, to, variant: name, form, wrapping, media_type, headers, description });
    }
    if replies.is_empty() {
        // OpenAPI 3.0 demands them: where they are missing there, that is told.
        let version = notes.document.root().get("openapi").and_then(Value::as_str).unwrap_or_default();
        if !version.starts_with("3.0") || notes.document.get(&responses_at).is_some() {
            notes.warning(
                "no-response-declared",
                operation,
                "this operation declares no response, so every answer is an undeclared one",
                "declare the responses it has",
            );
        }
        // An envelope nobody fills, so that the type exists.
        branches.push(bare("Undeclared"));
    }
    // typify sees no enum in a single branch without a body.
    if branches.len() == 1 && branches[0]["properties"].get("body").is_none() {
        branches.push(bare(PLACEHOLDER));
    }
    (replies, json!({ "oneOf": branches }))
}

fn bare(variant: &str) -> Value {
    json!({
        "type": "object", "required": ["status"],
        "properties": { "status": { "type": "string", "enum": [variant] } },
    })
}

/// The declared statuses, exact ones first, then ranges; `default` fills the ranges that are left.
fn statuses(notes: &mut Notes<'_>, responses: &Pointer) -> Vec<(u16, u16, String)> {
    let mut exact = Vec::new();
    let mut ranges = Vec::new();
    let mut default = None;
    for key in keys(notes, responses) {
        let digit = key
            .chars()
            .next()
            .and_then(|first| first.to_digit(10))
            .and_then(|digit| u16::try_from(digit).ok());
        match key.parse::<u16>() {
            Ok(code) if (100..600).contains(&code) => exact.push((code, code, key)),
            _ if key == "default" => default = Some(key),
            _ if key.len() == 3 && key.to_ascii_uppercase().ends_with("XX") => {
                let Some(digit) = digit.filter(|digit| (1..=5).contains(digit)) else { continue };
                ranges.push((digit * 100, digit * 100 + 99, key));
            }
            _ if key.starts_with("x-") => {}
            _ => notes.error(
                "bad-status",
                &responses.child(&key),
                format!("`{key}` is no status"),
                "write a code such as `'200'`, a range such as `4XX`, or `default`",
            ),
        }
    }
    if let Some(key) = default {
        let succeeds = exact.iter().chain(&ranges).any(|(from, ..)| from / 100 == 2);
        let wanted: &[u16] = if succeeds { &[4, 5] } else { &[2, 4, 5] };
        let missing: Vec<u16> = wanted
            .iter()
            .copied()
            .filter(|digit| ranges.iter().all(|(from, ..)| from / 100 != *digit))
            .collect();
        notes.note(
            "default-as-ranges",
            &responses.child(&key),
            format!(
                "in the client `default` stands for {}",
                missing.iter().map(|digit| format!("`{digit}XX`")).collect::<Vec<_>>().join(", ")
            ),
            "nothing has to be done, or declare the ranges themselves",
        );
        ranges.extend(missing.into_iter().map(|digit| (digit * 100, digit * 100 + 99, key.clone())));
    }
    exact.sort();
    ranges.sort();
    exact.extend(ranges);
    exact
}

fn content(notes: &mut Notes<'_>, response: &Pointer) -> (ReplyForm, Option<String>) {
    let content = response.child("content");
    let names = keys(notes, &content);
    let Some(first) = names.first() else { return (ReplyForm::Empty, None) };
    let chosen = names.iter().find(|name| is_json(name)).unwrap_or(first).clone();
    if names.len() > 1 {
        notes.note(
            "media-type-not-read",
            &content,
            format!("of these media types the client asks only for `{chosen}`"),
            "nothing has to be done, or give the others an operation of their own",
        );
    }
    let form = match essence(&chosen).as_str() {
        _ if is_json(&chosen) => ReplyForm::Json,
        essence if essence.starts_with("text/") => ReplyForm::Text,
        _ => ReplyForm::Bytes,
    };
    (form, Some(chosen))
}

fn body(
    notes: &mut Notes<'_>,
    schemas: &mut Schemas,
    form: ReplyForm,
    schema: Option<Pointer>,
    name: &str,
) -> Option<Value> {
    match form {
        ReplyForm::Empty | ReplyForm::Bytes => None,
        ReplyForm::Text => Some(json!({ "type": "string" })),
        ReplyForm::Json => {
            let at = schema?;
            if notes.document.get(&at).is_none() {
                return Some(json!({}));
            }
            Some(schemas.usage(notes, &at, Direction::Response, name))
        }
    }
}
