//! The oracle on deployments that did not begin as the references do: what was there before is no difference.

use serde_json::{Value, json};
use tercet_conformance::oracle::{NAME, Oracle};
use tercet_conformance::report::Report;
use tercet_conformance::run::{Choice, run};
use tercet_mock_server::Builder;
use tercet_spec::Document;

use crate::support::{
    BOARDS, PANTRY, Quiet, changed, document, findings, found_by, identities, reading, session, target,
};

/// Judges a server of `served`, whose state was changed before, with the oracle of `document`.
async fn with_oracle(document: &Document, served: Document, before: impl FnOnce(&mut Value)) -> Report {
    let server = Builder::new(served).seed(40).start().await.unwrap();
    let mut state = server.state();
    before(&mut state);
    server.replace_state(&state).unwrap();
    let reading = reading(document);
    let target = target(reading.contract(), &server.url(), identities(reading.contract(), &server));
    let mut session = session(&reading, target, 3);
    let oracle = Oracle::start(&Builder::new(document.clone()), &reading, false).await.unwrap();
    session.consult_oracle(oracle).unwrap();
    run(&mut session, &Choice::default(), 3, &Quiet).await.unwrap()
}

fn with_items(state: &mut Value) {
    let items = ["aa", "bb", "cc"].map(|digits| {
        json!({ "id": digits.repeat(12), "code": format!("before-{digits}"), "amount": 7, "archived": false })
    });
    state["collections"]["items"] = json!(items);
}

#[tokio::test]
async fn records_of_before_are_no_difference() {
    let document = document("pantry.yaml", PANTRY);
    let report = with_oracle(&document, document.clone(), with_items).await;
    assert!(report.holds(), "{}", findings(&report).join("\n"));
    assert!(report.results.iter().any(|one| one.name == NAME && one.verdict == "pass"));
}

#[tokio::test]
async fn what_is_done_otherwise_is_told_beside_them() {
    let document = document("pantry.yaml", PANTRY);
    let header = "/paths/~1items/post/responses/201/headers/X-Item/schema/x-value";
    let wrong = changed(&document, header, json!("items/{$result.code}"));
    let report = with_oracle(&document, wrong, with_items).await;
    assert_eq!(found_by(&report), [NAME], "{}", findings(&report).join("\n"));
}

#[tokio::test]
async fn numbers_may_begin_elsewhere() {
    let document = document("boards.yaml", BOARDS);
    let report = with_oracle(&document, document.clone(), |state| {
        state["sequences"]["cards"] = json!(57);
    })
    .await;
    assert!(report.holds(), "{}", findings(&report).join("\n"));
}
