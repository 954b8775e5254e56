//! Which media types a made value can be written as, and how. What cannot be written is not sent under its label.

use bytes::Bytes;
use serde_json::Value;
use tercet_spec::Contract;
use tercet_spec::contract::{Escape, MediaType, Operation, Type};

use super::answer::is_json;
use super::json::json_text;
use crate::negotiate::essence;

/// A picture of one transparent pixel (PNG, third edition; GIF89a).
const PNG: &[u8] = b"\x89PNG\x0d\x0a\x1a\x0a\x00\x00\x00\x0dIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\x0bIDATx\xdac`\x00\x02\x00\x00\x05\x00\x01\xe9\xfa\xdc\xd8\x00\x00\x00\x00IEND\xaeB`\x82";
const GIF: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

/// How values become bytes of a media type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// JSON, or what JSON is a part of.
    Json,
    /// A JSON text a line.
    Lines,
    /// Server-sent events.
    Events,
    /// Any text is one of these.
    Text,
    /// Whatever the value.
    Picture(&'static [u8]),
    /// Nothing that is made from a schema is one of these.
    Foreign,
}

fn form(media: &str) -> Form {
    if is_json(media) {
        return Form::Json;
    }
    match essence(media).as_ref() {
        // YAML 1.2, 1.3: JSON is a part of it.
        "application/yaml" | "application/x-yaml" | "text/yaml" | "text/x-yaml" => Form::Json,
        "application/x-ndjson" | "application/ndjson" | "application/jsonl" | "application/x-jsonlines" => {
            Form::Lines
        }
        "text/event-stream" => Form::Events,
        "text/xml" => Form::Foreign,
        "image/png" => Form::Picture(PNG),
        "image/gif" => Form::Picture(GIF),
        "application/octet-stream" => Form::Text,
        name if name.starts_with("text/") => Form::Text,
        _ => Form::Foreign,
    }
}

/// Whether an answer of this media type can be made from its schema, or is there as an example.
pub(super) fn is_writable(contract: &Contract, media: &MediaType) -> bool {
    let is_text = media.examples.first().is_some_and(|example| example.raw.is_string());
    match (form(&media.name), media.schema.map(|id| contract.schema(id))) {
        (Form::Foreign, None) => media.examples.is_empty() || is_text,
        (Form::Foreign, Some(_)) => is_text,
        // A text, or what a plain text shows as JSON.
        (Form::Text, Some(schema)) => {
            is_text || schema.allows(Type::String) || essence(&media.name) == "text/plain"
        }
        _ => true,
    }
}

/// A value as bytes of a media type; `None` where that cannot be.
pub(super) fn write(media: &str, value: &Value, escape: Escape) -> Option<Bytes> {
    let form = form(media);
    Some(match (form, value) {
        (Form::Picture(bytes), _) => Bytes::from_static(bytes),
        (Form::Json, value) => json_text(value, escape).into(),
        (Form::Lines, Value::Array(lines)) => {
            lines.iter().flat_map(|line| [json_text(line, escape), b"\n".to_vec()].concat()).collect()
        }
        (Form::Lines, value) => [json_text(value, escape), b"\n".to_vec()].concat().into(),
        (Form::Events, value) => {
            let data =
                value.as_str().map_or_else(|| json_text(value, escape), |text| text.as_bytes().to_vec());
            [b"data: ".to_vec(), data, b"\n\n".to_vec()].concat().into()
        }
        (Form::Text | Form::Foreign, Value::String(text)) => text.clone().into(),
        (Form::Text, Value::Number(_) | Value::Bool(_)) => value.to_string().into(),
        (Form::Text, _) if essence(media) == "text/plain" => json_text(value, escape).into(),
        (Form::Text | Form::Foreign, _) => return None,
    })
}

/// The operations whose successful answer has a body that cannot be written, and the media type of each: none where an
/// effect or the document says what the body is.
pub(crate) fn unwritable(contract: &Contract) -> Vec<(&Operation, &str)> {
    let plain = contract.operations.iter().filter(|operation| operation.effect.is_empty());
    plain
        .filter_map(|operation| {
            let success = operation.responses.iter().filter(|one| one.status.code() / 100 == 2);
            let content = &success.min_by_key(|one| one.status.code())?.content;
            let none = !content.iter().any(|media| is_writable(contract, media));
            content.first().filter(|_| none).map(|media| (operation, media.name.as_str()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{GIF, PNG};

    #[test]
    fn the_pictures_are_pictures() {
        // The checksum of PNG's chunks, bit by bit (PNG, annex D).
        let checksum = |bytes: &[u8]| {
            !bytes.iter().fold(u32::MAX, |sum, byte| {
                (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xedb8_8320 * (sum & 1)))
            })
        };
        let mut rest = &PNG[8..];
        while let Some((length, more)) = rest.split_first_chunk::<4>() {
            let end = usize::try_from(u32::from_be_bytes(*length)).unwrap() + 4;
            assert_eq!(checksum(&more[..end]).to_be_bytes(), more[end..end + 4]);
            rest = &more[end + 4..];
        }
        assert!(GIF.starts_with(b"GIF89a") && GIF.ends_with(b";"));
    }
}
