//! Credentials that are obtained in two steps: a cookie by signing in, and a key within that session.

use tercet_conformance::run::Choice;
use tercet_mock_server::Builder;

use crate::support::{contract, document, findings, judge, reading, session, target, unjudged};

const GATEHOUSE: &str = include_str!("documents/gatehouse.yaml");

#[tokio::test]
async fn a_key_is_made_within_the_session_that_signing_in_gave() {
    let document = document("gatehouse.yaml", GATEHOUSE);
    let server = Builder::new(document.clone()).start().await.unwrap();
    let contract = contract(&document);
    let identities = tercet_conformance::Identity::offered(&contract, &server.credentials(), "test");
    let schemes: Vec<Vec<&str>> = identities
        .iter()
        .map(|one| one.accounts.iter().map(|(scheme, _)| scheme.as_str()).collect())
        .collect();
    assert_eq!(schemes, [["key", "session"], ["key", "session"]]);
    let mut session = session(&reading(&document), target(&contract, &server.url(), identities), 1);
    session.sign_in().await.unwrap_or_else(|trouble| panic!("{}", trouble.what));
    let told: Vec<_> = server
        .journal()
        .iter()
        .map(|one| {
            format!(
                "{} {} {}",
                one.request.method.as_deref().unwrap_or_default(),
                one.request.url.as_deref().unwrap_or_default(),
                one.response.status.unwrap_or(0)
            )
        })
        .collect();
    let one = ["POST /guests 201", "POST /login 200", "POST /keys 201"];
    assert_eq!(told, [one, one].concat());
    let state = server.state();
    let guests: Vec<_> =
        state["collections"]["keys"].as_array().unwrap().iter().map(|key| key["guest"].clone()).collect();
    assert!(guests.len() == 2 && guests[0] != guests[1], "each identity has its own: {guests:?}");
}

#[tokio::test]
async fn gatehouse_holds() {
    let document = document("gatehouse.yaml", GATEHOUSE);
    let report = judge(&document, Builder::new(document.clone()), &Choice::default(), 1).await;
    assert!(report.holds(), "{}", findings(&report).join("\n"));
    assert_eq!(report.exit_code(), 0, "{:?}", unjudged(&report, "error"));
    assert!(report.counts.pass > 20, "{:?}", report.counts);
}

#[tokio::test]
async fn an_answer_without_the_cookie_is_told() {
    let mute = GATEHOUSE.replace("            Set-Cookie:", "            X-Cookie:");
    let document = document("gatehouse.yaml", GATEHOUSE);
    let served = crate::support::document("gatehouse.yaml", &mute);
    let server = Builder::new(served).start().await.unwrap();
    let contract = contract(&document);
    let identities = tercet_conformance::Identity::offered(&contract, &server.credentials(), "test");
    let mut session = session(&reading(&document), target(&contract, &server.url(), identities), 1);
    let trouble = session.sign_in().await.unwrap_err();
    assert!(trouble.what.contains("signing in by `login` gave no credential"), "{}", trouble.what);
}
