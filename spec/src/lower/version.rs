//! Whether the text is an OpenAPI document of a version that is understood.

use serde_json::Value;

use crate::{Diagnostic, Document, Pointer};

pub(super) fn check(document: &Document) -> Vec<Diagnostic> {
    let root = document.root();
    let at = Pointer::root();
    let fault = |pointer: &Pointer, message: String, help: &str| {
        vec![Diagnostic::error("not-openapi", message).at_value(document, pointer).help(help)]
    };
    let Value::Object(map) = root else {
        return fault(
            &at,
            "this is not an OpenAPI document: a mapping was expected".to_owned(),
            "begin with `openapi: 3.0.3`",
        );
    };
    if let Some(version) = map.get("swagger") {
        let message = format!("this is a Swagger {} document", version.as_str().unwrap_or("2.0"));
        return fault(
            &at.child("swagger"),
            message,
            "convert it to OpenAPI 3.0 first, for example with `swagger2openapi`",
        );
    }
    match map.get("openapi") {
        Some(Value::String(version)) if version.starts_with("3.0.") || version.starts_with("3.1.") => {
            Vec::new()
        }
        Some(Value::String(version)) => {
            fault(&at.child("openapi"), format!("OpenAPI {version} is not understood"), "use 3.0.x or 3.1.x")
        }
        Some(_) => {
            fault(&at.child("openapi"), "`openapi` is not a text".to_owned(), "write `openapi: 3.0.3`")
        }
        None => fault(&at, "`openapi` is missing".to_owned(), "begin with `openapi: 3.0.3`"),
    }
}

/// Whether a document is of OpenAPI 3.1, whose schemas are JSON Schema 2020-12.
pub(crate) fn is_31(document: &Document) -> bool {
    document.root()["openapi"].as_str().is_some_and(|version| version.starts_with("3.1."))
}
