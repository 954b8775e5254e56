//! What sort of thing a schema describes, as far as Rust types are concerned.

use indexmap::IndexMap;
use serde_json::Value;
use tercet_spec::Pointer;

use super::notes::Notes;

/// What sort of thing a schema describes.
#[derive(Debug)]
pub(crate) enum Kind {
    /// A string with a list of known values.
    Enum(Vec<String>),
    /// An object with named properties.
    Record(Record),
    /// One of several schemas.
    Union(Vec<Pointer>),
    /// An array; where its items' schema stands.
    List(Option<Pointer>),
    /// An object without named properties; where its members' schema stands.
    Map(Option<Pointer>),
    /// The same, or an empty array: what PHP makes of an empty map.
    Dict(Option<Pointer>),
    /// `string`, `integer`, `number` or `boolean`.
    Scalar(&'static str),
    /// Any JSON.
    Any,
}

/// An object's properties, those of its `allOf` included.
#[derive(Debug, Default)]
pub(crate) struct Record {
    /// Where each property's schema stands.
    pub(crate) properties: IndexMap<String, Pointer>,
    /// The names of those that must be there.
    pub(crate) required: Vec<String>,
    /// Where the schema of further members stands.
    pub(crate) additional: Option<Pointer>,
}

/// Whether null may stand where this schema does.
pub(crate) fn is_nullable(notes: &mut Notes<'_>, at: &Pointer) -> bool {
    notes.look_through(at, false, |notes| allows_null(notes, at))
}

fn allows_null(notes: &mut Notes<'_>, at: &Pointer) -> bool {
    let Some((schema, at)) = notes.resolve(at) else { return false };
    if schema.get("nullable") == Some(&Value::Bool(true)) {
        return true;
    }
    if let Some(only) = alias(notes, &at) {
        return is_nullable(notes, &only);
    }
    match schema.get("type") {
        Some(Value::String(name)) if name == "null" => return true,
        Some(Value::Array(names)) if names.iter().any(|name| name == "null") => return true,
        _ => {}
    }
    ["oneOf", "anyOf"].into_iter().any(|keyword| {
        let count = schema.get(keyword).and_then(Value::as_array).map_or(0, Vec::len);
        (0..count).any(|index| is_null(notes, &at.child(keyword).index(index)))
    })
}

/// Whether the schema describes null and nothing else.
pub(crate) fn is_null(notes: &mut Notes<'_>, at: &Pointer) -> bool {
    notes.resolve(at).is_some_and(|(schema, _)| {
        schema.get("type") == Some(&Value::from("null"))
            || schema.get("enum") == Some(&serde_json::json!([null]))
    })
}

/// Where the schema stands that this one merely repeats, with a description of its own perhaps: `allOf` with one branch.
pub(crate) fn alias(notes: &Notes<'_>, at: &Pointer) -> Option<Pointer> {
    let schema = notes.document.get(at)?.as_object()?;
    let branches = schema.get("allOf")?.as_array()?;
    let says_more = ["properties", "required", "enum", "oneOf", "anyOf", "items", "additionalProperties"];
    let plain = branches.len() == 1 && says_more.iter().all(|key| !schema.contains_key(*key));
    plain.then(|| at.child("allOf").index(0))
}

/// The kind of the schema at `at`, which is no reference.
pub(crate) fn kind(notes: &mut Notes<'_>, at: &Pointer) -> Kind {
    let Some(schema) = notes.document.get(at).and_then(Value::as_object) else { return Kind::Any };
    if schema.contains_key("allOf") {
        return notes.look_through(at, Kind::Any, |notes| combined(notes, at));
    }
    for keyword in ["oneOf", "anyOf"] {
        if let Some(branches) = schema.get(keyword).and_then(Value::as_array) {
            if branches.iter().all(is_constraint) || schema.contains_key("properties") {
                notes.note(
                    "choice-not-checked",
                    &at.child(keyword),
                    format!("the client does not check the conditions of `{keyword}`"),
                    "nothing has to be done: the server checks them",
                );
                continue;
            }
            let places: Vec<Pointer> =
                (0..branches.len()).map(|index| at.child(keyword).index(index)).collect();
            let places: Vec<Pointer> = places.into_iter().filter(|place| !is_null(notes, place)).collect();
            return match notes.look_through(at, None, |notes| map_or_nothing(notes, &places)) {
                Some(members) => Kind::Dict(members),
                None => Kind::Union(places),
            };
        }
    }
    let constant = schema.get("const").map(std::slice::from_ref);
    if let Some(values) = constant.or_else(|| schema.get("enum").and_then(Value::as_array).map(Vec::as_slice))
    {
        let known: Vec<String> = values.iter().filter_map(Value::as_str).map(str::to_owned).collect();
        let all_text = values.iter().all(|value| value.is_string() || value.is_null());
        if all_text && !known.is_empty() {
            return Kind::Enum(known);
        }
    }
    match type_name(schema.get("type")) {
        Some("object") => object(at, schema),
        None if schema.contains_key("properties") => object(at, schema),
        Some("array") => Kind::List(schema.contains_key("items").then(|| at.child("items"))),
        None if schema.contains_key("items") => Kind::List(Some(at.child("items"))),
        Some("string") => Kind::Scalar("string"),
        Some("integer") => Kind::Scalar("integer"),
        Some("number") => Kind::Scalar("number"),
        Some("boolean") => Kind::Scalar("boolean"),
        _ => Kind::Any,
    }
}

/// Where the members' schema of a map stands, if these are a map and an array that is always empty.
fn map_or_nothing(notes: &mut Notes<'_>, branches: &[Pointer]) -> Option<Option<Pointer>> {
    let [first, second] = branches else { return None };
    for (map, nothing) in [(first, second), (second, first)] {
        let (nothing, _) = notes.resolve(nothing)?;
        let is_empty = type_name(nothing.get("type")) == Some("array")
            && nothing.get("maxItems").and_then(Value::as_u64) == Some(0);
        let (_, map) = notes.resolve(map)?;
        if is_empty && let Kind::Map(members) = kind(notes, &map) {
            return Some(members);
        }
    }
    None
}

/// Whether a branch says only what must or must not be there, such as `required: [ id ]`, and describes no shape.
fn is_constraint(branch: &Value) -> bool {
    let constraints = ["required", "not", "minProperties", "maxProperties", "title", "description"];
    branch.as_object().is_some_and(|members| members.keys().all(|key| constraints.contains(&key.as_str())))
}

fn type_name(value: Option<&Value>) -> Option<&str> {
    match value? {
        Value::String(name) => Some(name),
        Value::Array(names) => {
            let mut names = names.iter().filter_map(Value::as_str).filter(|name| *name != "null");
            let first = names.next()?;
            names.next().is_none().then_some(first).or(Some("any"))
        }
        _ => None,
    }
}

fn object(at: &Pointer, schema: &serde_json::Map<String, Value>) -> Kind {
    let additional = schema.get("additionalProperties");
    let place = additional
        .filter(|value| value.as_object().is_some_and(|members| !members.is_empty()))
        .map(|_| at.child("additionalProperties"));
    let named = schema.get("properties").and_then(Value::as_object).filter(|members| !members.is_empty());
    let Some(named) = named else { return Kind::Map(place) };
    let properties_at = at.child("properties");
    Kind::Record(Record {
        properties: named.keys().map(|name| (name.clone(), properties_at.child(name))).collect(),
        required: schema
            .get("required")
            .and_then(Value::as_array)
            .map(|names| names.iter().filter_map(Value::as_str).map(str::to_owned).collect())
            .unwrap_or_default(),
        additional: place,
    })
}

/// `allOf`: objects are merged into one; a single real branch stands for the whole; anything else stays JSON.
fn combined(notes: &mut Notes<'_>, at: &Pointer) -> Kind {
    let schema = notes.document.get(at).and_then(Value::as_object);
    let count = schema.and_then(|schema| schema.get("allOf")).and_then(Value::as_array).map_or(0, Vec::len);
    let mut kinds = Vec::new();
    for index in 0..count {
        if let Some((_, place)) = notes.resolve(&at.child("allOf").index(index)) {
            if place == *at {
                continue;
            }
            kinds.push(kind(notes, &place));
        }
    }
    if let Some(own) = schema.filter(|schema| schema.contains_key("properties")) {
        kinds.push(object(at, own));
    }
    kinds.retain(|kind| !matches!(kind, Kind::Any));
    if kinds.len() == 1 {
        return kinds.pop().unwrap_or(Kind::Any);
    }
    let mut whole = Record::default();
    for kind in kinds {
        match kind {
            Kind::Record(record) => {
                whole.properties.extend(record.properties);
                whole.required.extend(record.required);
                whole.additional = record.additional.or(whole.additional);
            }
            Kind::Map(_) | Kind::Dict(_) => {}
            _ => {
                notes.warning(
                    "combination-kept-as-json",
                    &at.child("allOf"),
                    "this combination of schemas has no Rust type, the client carries it as JSON",
                    "combine objects only, or name the whole as one schema",
                );
                return Kind::Any;
            }
        }
    }
    // A branch may require what another branch, or the schema itself, describes.
    let own = schema.and_then(|schema| schema.get("required")).and_then(Value::as_array);
    whole.required.extend(own.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned));
    for index in 0..count {
        let branch = notes.resolve(&at.child("allOf").index(index));
        let names = branch.and_then(|(value, _)| value.get("required")).and_then(Value::as_array);
        whole.required.extend(names.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned));
    }
    if whole.properties.is_empty() { Kind::Map(None) } else { Kind::Record(whole) }
}
