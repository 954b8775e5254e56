//! Wrong servers that one check alone notices.

use serde_json::json;

use super::of_laws::{Mutant, mutant, put};

/// The mutants of the checks.
pub(super) fn of_checks() -> Vec<Mutant> {
    vec![
        mutant(
            "response_schema_conformance",
            "a refusal's reasons are numbers",
            "pantry",
            vec![(
                "/components/schemas/Problem/properties/reasons",
                put(json!({ "x-value": { "literal": [ 12 ] } })),
            )],
        ),
        mutant(
            "response_headers_conformance",
            "a new item does not say where it is",
            "pantry",
            vec![("/paths/~1items/post/responses/201/headers", None)],
        ),
        mutant(
            "content_type_conformance",
            "JSON has a name of its own",
            "boards",
            vec![("/x-conduct/content-type", put(json!("application/vnd.pantry+json")))],
        ),
        mutant(
            "ignored_auth",
            "anybody can look at an item",
            "pantry",
            vec![("/paths/~1items~1{which}/get/security", put(json!([])))],
        ),
        mutant(
            "negative_data_rejection",
            "a pin may be short",
            "boards",
            vec![
                ("/components/schemas/NewCard/properties/pin/minLength", None),
                ("/components/schemas/CardChange/properties/pin/minLength", None),
                ("/components/schemas/Card/properties/pin/minLength", None),
            ],
        ),
        mutant(
            "positive_data_acceptance",
            "a code of thirty signs is too long",
            "pantry",
            vec![("/components/schemas/NewItem/properties/code/maxLength", put(json!(29)))],
        ),
        mutant(
            "oversized_body_rejection",
            "a body may have any size",
            "pantry",
            vec![("/x-conduct/body-limit", None)],
        ),
        mutant(
            "write_only_never_shown",
            "the answer to a new card tells its pin",
            "boards",
            vec![(
                "/components/schemas/Card/properties/shown_pin",
                put(
                    json!({ "type": "string", "x-value": "$record.pin", "x-when": { "$request.method": "POST" } }),
                ),
            )],
        ),
    ]
}
