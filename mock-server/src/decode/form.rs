//! `application/x-www-form-urlencoded` bodies, with `encoding` per property.

use serde_json::{Map, Value};
use tercet_spec::Contract;
use tercet_spec::contract::{MediaType, SchemaId};

use super::coerce::{self, Shape};
use super::tree::Tree;
use super::wire::{form_decode, pairs};

/// Reads a form. Lists are written as the name repeated, as `name[]`, or, where `encoding` says `explode: false`, with commas.
///
/// # Errors
/// A sentence.
pub(super) fn read(contract: &Contract, media: &MediaType, bytes: &[u8]) -> Result<Value, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "it is not valid UTF-8".to_owned())?;
    if contract.conduct.merge_parameters {
        return super::php::form(contract, media.schema, text);
    }
    let mut tree = Tree::default();
    for pair in pairs(text, '&', form_decode) {
        let compact = delimiter(media, &pair.name);
        match compact {
            Some(delimiter) => {
                for part in pair.raw.split(delimiter) {
                    tree.insert(&pair.name, form_decode(part).into_owned())?;
                }
            }
            None => tree.insert(&pair.name, pair.value.into_owned())?,
        }
    }
    Ok(typed(contract, media.schema, tree))
}

/// The members of a form, typed by the schema.
pub(super) fn typed(contract: &Contract, schema: Option<SchemaId>, mut tree: Tree) -> Value {
    let mut map = Map::new();
    for name in tree.names() {
        let property = schema.and_then(|id| coerce::property(contract, id, &name));
        let Some(member) = tree.take(&name) else { continue };
        let shape = property.map(|id| coerce::shape(contract, id));
        let mut value = member.value(contract, property);
        // OpenAPI 3.0.3, "Encoding Object": a property that is an object is written as JSON.
        if shape == Some(Shape::Object)
            && let Some(read) = value.as_str().and_then(|text| super::json::read(text.as_bytes()).ok())
        {
            value = read;
        }
        map.insert(name, value);
    }
    Value::Object(map)
}

fn delimiter(media: &MediaType, name: &str) -> Option<char> {
    let encoding = media.encoding.as_ref()?.get(name)?;
    let style = encoding.get("style").and_then(Value::as_str).unwrap_or("form");
    if encoding.get("explode").and_then(Value::as_bool).unwrap_or(style == "form") {
        return None;
    }
    match style {
        "spaceDelimited" => Some(' '),
        "pipeDelimited" => Some('|'),
        "form" => Some(','),
        _ => None,
    }
}
