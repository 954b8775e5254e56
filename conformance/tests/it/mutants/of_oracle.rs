//! Wrong servers that the oracle alone notices: what they do follows from the document, but from nothing that a law is about.

use serde_json::json;

use super::of_laws::{Mutant, mutant, put};

/// The mutants of the oracle.
pub(super) fn of_oracle() -> Vec<Mutant> {
    let item = "/paths/~1items/post/responses/201/headers/X-Item/schema/x-value";
    vec![
        mutant(
            tercet_conformance::oracle::NAME,
            "a new item is said to be where its code is",
            "pantry",
            vec![(item, put(json!("items/{$result.code}")))],
        ),
        mutant(
            tercet_conformance::oracle::NAME,
            "every new item is said to be at the same place",
            "pantry",
            vec![(item, put(json!("items/new")))],
        ),
    ]
}
