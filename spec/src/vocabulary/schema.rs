//! The JSON Schema of the vocabulary, for editors.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Value, json};

use super::conduct::RawConduct;
use super::credential::RawCredential;
use super::effect::{RawEffect, RawSteps};
use super::keywords::{RawAssign, RawCollections, RawOutcome, RawRef, RawSettings};
use crate::contract::Envelope;

/// The JSON Schema (2020-12) of a document that uses the vocabulary: what each keyword may hold, wherever it may stand.
/// It says nothing of OpenAPI itself; use it beside the OpenAPI Initiative's schema.
#[must_use]
pub fn vocabulary_schema() -> Value {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let collections = of::<RawCollections>(&mut generator);
    let settings = of::<RawSettings>(&mut generator);
    let conduct = of::<RawConduct>(&mut generator);
    let envelope = of::<Envelope>(&mut generator);
    let steps = of::<RawSteps>(&mut generator);
    let reference = of::<RawRef>(&mut generator);
    let assign = of::<RawAssign>(&mut generator);
    let effect = of::<RawEffect>(&mut generator);
    let outcome = of::<RawOutcome>(&mut generator);
    let credential = of::<RawCredential>(&mut generator);
    let mut definitions = generator.take_definitions(true);
    let subschema = json!({ "$ref": "#/$defs/OpenApiSchema" });
    definitions.insert("OpenApiSchema".to_owned(), json!({
        "properties": {
            "x-ref": reference, "x-assign": assign, "x-value": true, "x-when": { "type": "object" },
            "properties": { "additionalProperties": subschema },
            "additionalProperties": { "if": { "type": "object" }, "then": subschema },
            "items": subschema, "not": subschema,
            "allOf": { "items": subschema }, "oneOf": { "items": subschema }, "anyOf": { "items": subschema },
        },
    }));
    definitions.insert(
        "OpenApiContent".to_owned(),
        json!({
            "additionalProperties": { "properties": {
                "schema": subschema,
                "examples": { "additionalProperties": { "properties": { "x-outcome": outcome } } },
            } },
        }),
    );
    definitions.insert(
        "OpenApiHeader".to_owned(),
        json!({ "properties": { "x-value": true, "x-when": { "type": "object" }, "schema": subschema } }),
    );
    definitions.insert(
        "OpenApiResponse".to_owned(),
        json!({
            "properties": {
                "x-outcome": outcome, "x-when": { "type": "object" },
                "headers": { "additionalProperties": { "$ref": "#/$defs/OpenApiHeader" } },
                "content": { "$ref": "#/$defs/OpenApiContent" },
            },
        }),
    );
    definitions.insert(
        "OpenApiParameter".to_owned(),
        json!({
            "properties": { "x-outcome": { "type": "string" }, "schema": subschema },
        }),
    );
    definitions.insert(
        "OpenApiOperation".to_owned(),
        json!({
            "properties": {
                "x-effect": effect,
                "parameters": { "items": { "$ref": "#/$defs/OpenApiParameter" } },
                "requestBody": { "properties": { "content": { "$ref": "#/$defs/OpenApiContent" } } },
                "responses": { "additionalProperties": { "$ref": "#/$defs/OpenApiResponse" } },
            },
        }),
    );
    let operations = json!({ "patternProperties": {
        "^(get|put|post|delete|options|head|patch|trace)$": { "$ref": "#/$defs/OpenApiOperation" },
    } });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Tercet's state vocabulary in an OpenAPI document",
        "type": "object",
        "properties": {
            "x-collections": collections, "x-settings": settings, "x-conduct": conduct, "x-steps": steps,
            "x-envelope": envelope,
            "paths": { "additionalProperties": operations },
            "components": { "properties": {
                "schemas": { "additionalProperties": subschema },
                "responses": { "additionalProperties": { "$ref": "#/$defs/OpenApiResponse" } },
                "parameters": { "additionalProperties": { "$ref": "#/$defs/OpenApiParameter" } },
                "headers": { "additionalProperties": { "$ref": "#/$defs/OpenApiHeader" } },
                "securitySchemes": { "additionalProperties": { "properties": { "x-credential": credential } } },
            } },
        },
        "$defs": definitions,
    })
}

fn of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Value {
    generator.subschema_for::<T>().to_value()
}
