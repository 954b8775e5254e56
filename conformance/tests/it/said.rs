//! What an action is said to do is read as that verb, and no more is expected of it than is said.

use std::sync::Arc;

use serde_json::json;
use tercet_conformance::reading::{Does, Predicted, Prediction, Reading};
use tercet_conformance::session::irreversible;
use tercet_conformance::{Body, Inputs};

use crate::support::{LIBRARY, document, reading};

const REMOVAL: &str = "x-effect: { delete: { in: books, where: { id: $request.path.book } } }";
const CREATION: &str = "
        - create:
            in: books
            set:
              shelfmark: $request.body#/shelfmark
              title: $request.body#/title
              year: $request.body#/year
              desk: $request.header.x-desk
";

/// The library, with a step written in another way.
fn with(step: &str, other: &str) -> Arc<Reading> {
    let text = LIBRARY.replacen(step, other, 1);
    assert_ne!(text, LIBRARY);
    reading(&document("library.yaml", &text))
}

#[test]
fn an_action_that_is_said_to_delete_is_what_removes() {
    let action = "call: { action: weed_out, with: { book: $request.path.book }, outcomes: [ not-found ]";
    let said = with(
        REMOVAL,
        &format!(
            "x-effect: {{ {action}, does: {{ delete: {{ in: books, where: {{ id: $request.path.book }} }} }} }} }}"
        ),
    );
    let opaque = with(REMOVAL, &format!("x-effect: {{ {action} }} }}"));
    let remover = said.remover("books").unwrap();
    assert_eq!((said.operation(remover).id.as_str(), remover.does), ("removeBook", Does::Delete));
    assert!(said.is_said(remover) && !remover.beside_action);
    // `not-found` among its outcomes is what a miss is; where it is not, nothing says which is.
    assert_eq!(said.miss(remover), Some("not-found"));
    assert_eq!(irreversible(&said, remover.operation), None);
    assert_eq!(opaque.remover("books"), None);
    let why = irreversible(&opaque, remover.operation).unwrap();
    assert!(why.contains("does not spell out"), "{why}");
}

fn predicted(reading: &Reading) -> Prediction {
    let creator = reading.that(Does::Create, "books").next().unwrap();
    let inputs = Inputs {
        body: Some(Body::Value("application/json".to_owned(), json!({ "shelfmark": "A 1" }))),
        ..Inputs::default()
    };
    reading.predict(creator, &inputs)
}

#[test]
fn of_an_action_only_what_is_said_and_sent_is_expected() {
    let said = with(
        CREATION,
        "
        - call:
            action: shelve
            does: { create: { in: books, set: { shelfmark: $request.body#/shelfmark, year: $request.body#/year } } }
",
    );
    let plain = reading(&document("library.yaml", LIBRARY));
    let (said, plain) = (predicted(&said), predicted(&plain));
    assert_eq!(said["shelfmark"], Predicted::Known(json!("A 1")));
    assert_eq!(plain["shelfmark"], said["shelfmark"]);
    // Not sent, and not named: an action has defaults of its own.
    assert_eq!((&plain["year"], &said["year"]), (&Predicted::Absent, &Predicted::Unknown));
    assert_eq!((&plain["desk"], &said["desk"]), (&Predicted::Absent, &Predicted::Unknown));
}
