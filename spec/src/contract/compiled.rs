//! Schemas as JSON Schema 2020-12, compiled when they are first asked for.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::{ValidationError, Validator};
use serde_json::{Map, Value, json};

use super::convert::Converter;
use super::schema::SchemaId;
use super::validator::{Flavour, Validate, Violation};
use crate::lower::{ENDLESS, is_endless};
use crate::{Document, Pointer};

/// The schemas of one document. Compiling the closure of a schema happens once, at its first use.
pub(crate) struct Compiled {
    document: Document,
    pointers: Vec<Pointer>,
    slots: [Vec<OnceLock<Slot>>; 2],
}

/// A compiled schema, or why it cannot be compiled.
pub(crate) type Slot = Result<CompiledSchema, String>;

pub(crate) struct CompiledSchema {
    validator: Validator,
    /// The places in the document of `$defs/0`, `$defs/1` …
    places: Vec<Pointer>,
}

impl Compiled {
    pub(crate) fn new(document: &Document, pointers: Vec<Pointer>) -> Self {
        let slots = || (0..pointers.len()).map(|_| OnceLock::new()).collect();
        Self { document: document.clone(), slots: [slots(), slots()], pointers }
    }

    pub(crate) fn slot(&self, schema: SchemaId, flavour: Flavour) -> &Slot {
        let index = schema.0 as usize;
        self.slots[flavour as usize][index]
            .get_or_init(|| compile(&self.document, &self.pointers[index], flavour))
    }
}

impl Validate for Compiled {
    fn violations(&self, schema: SchemaId, flavour: Flavour, value: &Value) -> Vec<Violation> {
        match self.slot(schema, flavour) {
            Ok(compiled) => compiled.violations(&self.document, value),
            Err(_) => Vec::new(),
        }
    }

    fn is_valid(&self, schema: SchemaId, flavour: Flavour, value: &Value) -> bool {
        self.slot(schema, flavour).as_ref().map_or(true, |compiled| compiled.validator.is_valid(value))
    }

    fn json_schema(&self, schema: SchemaId, flavour: Flavour) -> Value {
        assemble(&self.document, &self.pointers[schema.0 as usize], flavour).0
    }

    fn fault(&self, schema: SchemaId, flavour: Flavour) -> Option<String> {
        self.slot(schema, flavour).as_ref().err().cloned()
    }
}

impl CompiledSchema {
    pub(crate) fn violations(&self, document: &Document, value: &Value) -> Vec<Violation> {
        self.validator
            .iter_errors(value)
            .map(|error| violation(&error, |path| self.place(document, path)))
            .collect()
    }

    /// Where a keyword of the compiled schema stands in the document. The validator names it by the definition that it
    /// really stands in, whatever references led there: `/$defs/3/properties/name/minLength`.
    fn place(&self, document: &Document, path: &str) -> Pointer {
        let path = Pointer::parse(path).unwrap_or_default();
        let mut tokens = path.tokens();
        let index =
            tokens.by_ref().find(|token| token != "$defs").and_then(|token| token.parse::<usize>().ok());
        let mut place = index
            .and_then(|index| self.places.get(index))
            .or(self.places.first())
            .cloned()
            .unwrap_or_default();
        for token in tokens {
            // The conversion adds `else` for `nullable`, says `anyOf` for a discriminated `oneOf`, and bounds `int32`.
            let written = match token.as_str() {
                "anyOf" => "oneOf",
                "minimum" | "maximum" => "format",
                other => other,
            };
            if let Some(next) = [token.as_str(), written]
                .map(|name| place.child(name))
                .into_iter()
                .find(|at| document.get(at).is_some())
            {
                place = next;
            } else if token != "else" {
                break;
            }
        }
        place
    }
}

/// The schema with everything that it refers to, and the places in the document of its definitions.
fn assemble(document: &Document, pointer: &Pointer, flavour: Flavour) -> (Value, Vec<Pointer>) {
    let mut converter = Converter::new(document, flavour);
    let first = converter.define(pointer);
    let (definitions, places) = converter.finish();
    let mut schema = Map::new();
    schema.insert("$ref".to_owned(), json!(format!("#/$defs/{first}")));
    schema.insert("$defs".to_owned(), Value::Object(definitions));
    (Value::Object(schema), places)
}

fn compile(document: &Document, pointer: &Pointer, flavour: Flavour) -> Slot {
    let (schema, places) = assemble(document, pointer, flavour);
    if is_endless(document, &places) {
        return Err(ENDLESS.to_owned());
    }
    let validator = jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .should_validate_formats(true)
        .should_ignore_unknown_formats(true)
        .build(&schema)
        .map_err(|error| error.to_string())?;
    Ok(CompiledSchema { validator, places })
}

/// A violation in the contract's words.
pub(crate) fn violation(error: &ValidationError<'_>, place: impl Fn(&str) -> Pointer) -> Violation {
    let (rule, limit) = rule(error.kind());
    let instance = Pointer::parse(error.instance_path().as_str()).unwrap_or_default();
    let message = sentence(&rule, &limit, error);
    Violation { instance, rule, limit, message, schema: place(error.schema_path().as_str()) }
}

fn rule(kind: &ValidationErrorKind) -> (String, Value) {
    use ValidationErrorKind as Kind;
    let limit = match kind {
        Kind::Type { kind } => {
            let wanted = match kind {
                TypeKind::Single(one) => one.to_string(),
                TypeKind::Multiple(many) => {
                    many.iter().map(|one| one.to_string()).find(|name| name != "null").unwrap_or_default()
                }
            };
            return (format!("type.{wanted}"), Value::String(wanted));
        }
        Kind::Format { format } => return (format!("format.{format}"), Value::String(format.clone())),
        Kind::Enum { options } => options.as_ref().clone(),
        Kind::Constant { expected_value } => expected_value.as_ref().clone(),
        Kind::Required { property } => property.clone(),
        Kind::AdditionalProperties { unexpected } => json!(unexpected),
        Kind::Pattern { pattern } => json!(pattern),
        Kind::Minimum { limit }
        | Kind::Maximum { limit }
        | Kind::ExclusiveMinimum { limit }
        | Kind::ExclusiveMaximum { limit } => limit.clone(),
        Kind::MinLength { limit }
        | Kind::MaxLength { limit }
        | Kind::MinItems { limit }
        | Kind::MaxItems { limit }
        | Kind::MinProperties { limit }
        | Kind::MaxProperties { limit } => json!(limit),
        Kind::MultipleOf { multiple_of } => json!(multiple_of),
        _ => Value::Null,
    };
    let rule = if matches!(kind, Kind::Constant { .. }) { "enum" } else { kind.keyword() };
    (rule.to_owned(), limit)
}

fn sentence(rule: &str, limit: &Value, error: &ValidationError<'_>) -> String {
    let shown = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match rule {
        "required" => format!("`{}` is missing", shown(limit)),
        "enum" => match limit {
            Value::Array(values) => {
                format!(
                    "is not one of {}",
                    values.iter().map(|value| format!("`{}`", shown(value))).collect::<Vec<_>>().join(", ")
                )
            }
            one => format!("is not `{}`", shown(one)),
        },
        "additionalProperties" => match limit {
            Value::Array(names) => {
                format!(
                    "has the unknown property {}",
                    names.iter().map(|name| format!("`{}`", shown(name))).collect::<Vec<_>>().join(", ")
                )
            }
            _ => "has unknown properties".to_owned(),
        },
        "minLength" => format!("is shorter than {limit} characters"),
        "maxLength" => format!("is longer than {limit} characters"),
        "minItems" => format!("has fewer than {limit} elements"),
        "maxItems" => format!("has more than {limit} elements"),
        "minimum" => format!("is less than {limit}"),
        "maximum" => format!("is more than {limit}"),
        "exclusiveMinimum" => format!("is not more than {limit}"),
        "exclusiveMaximum" => format!("is not less than {limit}"),
        "pattern" => format!("does not match `{}`", shown(limit)),
        "uniqueItems" => "has equal elements".to_owned(),
        "anyOf" | "oneOf" => "fits none of the alternatives, or several that exclude each other".to_owned(),
        _ => match rule.split_once('.') {
            Some(("type", wanted)) => format!("is not {}", with_article(wanted)),
            Some(("format", wanted)) => format!("is not a valid {wanted}"),
            _ => error.masked().to_string(),
        },
    }
}

fn with_article(kind: &str) -> String {
    match kind {
        "integer" | "array" | "object" => format!("an {kind}"),
        "null" => kind.to_owned(),
        _ => format!("a {kind}"),
    }
}

/// Every rule that `value` breaks as a `T`, a type of our own, by the JSON Schema that schemars derives for it: the
/// vocabulary's keywords are checked so, and whatever other files people write for us.
#[must_use]
pub fn type_violations<T: schemars::JsonSchema>(value: &Value) -> Vec<Violation> {
    static COMPILED: LazyLock<Mutex<HashMap<&'static str, Arc<Validator>>>> = LazyLock::new(Mutex::default);
    let name = std::any::type_name::<T>();
    let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    let validator = match compiled.get(name) {
        Some(validator) => validator.clone(),
        None => {
            // A schema that schemars derives compiles; if one did not, the typed reading that follows still refuses.
            let Ok(validator) = jsonschema::draft202012::new(&schemars::schema_for!(T).to_value()) else {
                return Vec::new();
            };
            compiled.entry(name).or_insert(Arc::new(validator)).clone()
        }
    };
    drop(compiled);
    validator.iter_errors(value).flat_map(|error| unfold(&error)).collect()
}

/// An error of alternatives as the errors of the one that was meant: the only one whose type fits.
fn unfold(error: &ValidationError<'_>) -> Vec<Violation> {
    use ValidationErrorKind as Kind;
    let own = || vec![violation(error, |_| Pointer::root())];
    let (Kind::AnyOf { context } | Kind::OneOfNotValid { context }) = error.kind() else { return own() };
    let of_another_type = |one: &ValidationError<'static>| {
        matches!(one.kind(), Kind::Type { .. } | Kind::Enum { .. })
            && one.instance_path() == error.instance_path()
    };
    let mut meant = context.iter().filter(|branch| !branch.iter().any(of_another_type));
    match (meant.next(), meant.next()) {
        (Some(branch), None) => branch.iter().flat_map(unfold).collect(),
        _ => own(),
    }
}
