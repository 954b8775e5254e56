//! How a run behaves on somebody's deployment: it owns what it touches, writes down what it makes, asks first, and leaves
//! nothing behind.

use std::sync::Arc;

use serde_json::{Value, json};
use tercet_conformance::generate::Chance;
use tercet_conformance::reading::{Does, Reading};
use tercet_conformance::run::{Choice, plan, run};
use tercet_conformance::session::{Aim, Interrupt, Journal, Line, Session, Watch, Wishes};
use tercet_conformance::{Consent, Limits, Purpose, Stop, Target};
use tercet_mock_server::{Builder, MockServer};

use crate::support::{
    BOARDS, PANTRY, Quiet, changed, document, identities, judge, judge_running, reading, target, tooljet,
    unjudged,
};

async fn boards() -> (MockServer, Arc<Reading>) {
    let document = document("boards.yaml", BOARDS);
    (Builder::new(document.clone()).start().await.unwrap(), reading(&document))
}

fn open(reading: &Arc<Reading>, target: Target, journal: Journal, interrupt: Interrupt) -> Session {
    Session::open(Arc::clone(reading), target, journal, interrupt, Chance::new(1, "test")).unwrap()
}

fn operation(reading: &Reading, id: &str) -> usize {
    reading.contract().operations.iter().position(|one| one.id == id).unwrap()
}

fn records(state: &Value, collection: &str) -> Vec<Value> {
    state["collections"][collection].as_array().cloned().unwrap_or_default()
}

/// Adds a label over HTTP, as somebody else would.
async fn somebodys_label(server: &MockServer, reading: &Arc<Reading>) -> Value {
    let somebody = Chance::new(1, "somebody");
    let target = target(reading.contract(), &server.url(), identities(reading.contract(), server));
    let mut other =
        Session::open(Arc::clone(reading), target, Journal::none(), Interrupt::default(), somebody).unwrap();
    let creator = other.creators("labels").remove(0);
    other.create(&creator, &Wishes::plain()).await.unwrap().shown().clone()
}

#[tokio::test]
async fn a_run_leaves_the_state_as_it_was() {
    let (server, reading) = boards().await;
    somebodys_label(&server, &reading).await;
    let before = server.state();
    let report =
        judge_running(&document("boards.yaml", BOARDS), &server, &Choice::default(), 1).await.unwrap();
    assert!(report.created > 20, "{}", report.created);
    assert_eq!(report.leftovers, []);
    for collection in reading.contract().collections.keys() {
        assert_eq!(records(&server.state(), collection), records(&before, collection), "{collection}");
    }
}

#[tokio::test]
async fn what_was_seen_cannot_be_changed_or_deleted() {
    let (server, reading) = boards().await;
    let label = somebodys_label(&server, &reading).await;
    let mut session = open(
        &reading,
        target(reading.contract(), &server.url(), identities(reading.contract(), &server)),
        Journal::none(),
        Interrupt::default(),
    );
    let before = server.state();
    let made_up = session.made_up("labels").unwrap();
    for id in ["deleteLabel", "updateLabel"] {
        let operation = operation(&reading, id);
        let mut inputs = session.prepare(operation, &[&made_up], &Wishes::plain()).unwrap();
        inputs.path.insert("label".to_owned(), label["id"].clone());
        for aim in [Aim::New, Aim::Nobody(&made_up), Aim::Invented] {
            let refused = session.write(operation, aim, &inputs, Purpose::Look).await;
            assert!(matches!(refused, Err(Stop::Blocked(_))), "{id} with {aim:?}: {refused:?}");
        }
        let refused = session.ask(operation, &inputs, Purpose::Look).await;
        assert!(matches!(refused, Err(Stop::Blocked(_))), "{id}: {refused:?}");
    }
    assert_eq!(server.state(), before);
    assert_eq!(session.exchanges().len(), 0);
}

#[tokio::test]
async fn a_record_of_the_run_lends_its_rights_to_no_other_record() {
    let (server, reading) = boards().await;
    let label = somebodys_label(&server, &reading).await;
    let mut session = open(
        &reading,
        target(reading.contract(), &server.url(), identities(reading.contract(), &server)),
        Journal::none(),
        Interrupt::default(),
    );
    let creator = session.creators("labels").remove(0);
    let own = session.create(&creator, &Wishes::plain()).await.unwrap();
    let operation = operation(&reading, "deleteLabel");
    let mut inputs = session.prepare(operation, &[&own], &Wishes::minimal()).unwrap();
    inputs.path.insert("label".to_owned(), label["id"].clone());
    let refused = session.write(operation, Aim::Own(&own), &inputs, Purpose::Look).await;
    assert!(matches!(refused, Err(Stop::Blocked(_))), "{refused:?}");
    assert_eq!(records(&server.state(), "labels").len(), 2);
}

#[tokio::test]
async fn read_only_sends_nothing_that_writes() {
    let (server, reading) = boards().await;
    let mut target = target(reading.contract(), &server.url(), identities(reading.contract(), &server));
    target.limits.read_only = true;
    let mut session = open(&reading, target, Journal::none(), Interrupt::default());
    let report = run(&mut session, &Choice::default(), 1, &Quiet).await.unwrap();
    assert!(report.counts.pass > 10, "{:?}", report.counts);
    assert_eq!(report.created, 0);
    let unsafe_ones: Vec<&str> = session
        .exchanges()
        .iter()
        .map(|one| one.request.method.as_str())
        .filter(|method| !matches!(*method, "GET" | "HEAD" | "OPTIONS"))
        .collect();
    assert_eq!(unsafe_ones, Vec::<&str>::new());
    assert!(
        unjudged(&report, "skipped")
            .iter()
            .any(|one| one.contains("createLabel") && one.contains("--read-only"))
    );
}

#[tokio::test]
async fn what_cannot_be_removed_is_created_only_with_consent() {
    let server = Builder::shipped("tooljet").start().await.unwrap();
    let reading = reading(&tooljet());
    let before = records(&server.state(), "users").len();
    let judge = async |consent: Consent| {
        let target = Target {
            consent,
            ..target(reading.contract(), &server.url(), identities(reading.contract(), &server))
        };
        let announced = plan(&reading, &target, &Choice::default());
        let mut session = open(&reading, target, Journal::none(), Interrupt::default());
        (run(&mut session, &Choice::default(), 1, &Quiet).await.unwrap(), announced)
    };
    let (report, announced) = judge(Consent::Named(Vec::new())).await;
    assert_eq!(records(&server.state(), "users").len(), before);
    assert_eq!(report.created, 0);
    assert!(report.holds());
    let skipped = unjudged(&report, "skipped");
    assert!(
        skipped.iter().any(|one| one.contains("createUser") && one.contains("--consent createUser")),
        "{skipped:?}"
    );
    assert!(announced.left_out.iter().any(|one| one.operation == "createUser"), "{announced:?}");

    let (report, announced) = judge(Consent::Named(vec!["createUser".to_owned()])).await;
    assert!(records(&server.state(), "users").len() > before);
    assert!(report.leftovers.iter().all(|one| one.operation == "createUser"), "{:?}", report.leftovers);
    assert_eq!(report.leftovers.len(), records(&server.state(), "users").len() - before);
    assert!(
        announced.creates.iter().any(|one| one.operation == "createUser" && one.stays.is_some()),
        "{announced:?}"
    );
}

#[tokio::test]
async fn a_creation_is_written_down_before_it_is_sent_and_can_be_cleaned_up_from_the_journal_alone() {
    let (server, reading) = boards().await;
    let somebodys = somebodys_label(&server, &reading).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/journal.jsonl");
    let journal = Journal::create(&path).unwrap();
    let make_target = || target(reading.contract(), &server.url(), identities(reading.contract(), &server));
    let mut session = open(&reading, make_target(), journal, Interrupt::default());
    let seen_path = path.clone();
    // At the moment an answer is in, the intent must be on the disk already and the outcome not yet.
    session.watch(Watch(Arc::new(move |exchange| {
        if exchange.request.method == "POST" {
            let lines = Journal::read(&seen_path).unwrap();
            assert!(matches!(lines.last(), Some(Line::Intent { .. })), "{lines:?}");
        }
    })));
    for collection in ["labels", "boards", "cards"] {
        let creator = session.creators(collection).remove(0);
        session.create(&creator, &Wishes::plain()).await.unwrap();
    }
    drop(session);
    assert!(records(&server.state(), "labels").len() > 1 && !records(&server.state(), "cards").is_empty());

    let lines = Journal::read(&path).unwrap();
    let mut later = open(&reading, make_target(), Journal::resume(&path).unwrap(), Interrupt::default());
    later.adopt(&lines);
    assert_eq!(later.clean_up().await, []);
    assert_eq!(records(&server.state(), "labels"), [somebodys_in(&server, &somebodys)]);
    assert!(records(&server.state(), "cards").is_empty() && records(&server.state(), "boards").is_empty());
    // A second clean-up has nothing to do.
    let mut again = open(&reading, make_target(), Journal::none(), Interrupt::default());
    again.adopt(&Journal::read(&path).unwrap());
    assert_eq!(again.remaining(), []);
}

fn somebodys_in(server: &MockServer, label: &Value) -> Value {
    records(&server.state(), "labels").into_iter().find(|one| one["id"] == label["id"]).unwrap()
}

#[test]
fn a_journal_is_never_written_over_and_a_torn_last_line_is_no_fault() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.jsonl");
    let mut journal = Journal::create(&path).unwrap();
    journal.write(&Line::Gone { serial: 1 }).unwrap();
    assert!(Journal::create(&path).unwrap_err().to_string().contains("journal.jsonl"));
    std::fs::write(&path, "{\"line\":\"gone\",\"serial\":1}\n{\"line\":\"inte").unwrap();
    assert_eq!(Journal::read(&path).unwrap(), [Line::Gone { serial: 1 }]);
    std::fs::write(&path, "nonsense\n{\"line\":\"gone\",\"serial\":1}\n").unwrap();
    assert!(Journal::read(&path).unwrap_err().to_string().contains("line 1"));
}

#[tokio::test]
async fn a_run_that_is_interrupted_cleans_up_and_says_so() {
    let (server, reading) = boards().await;
    let interrupt = Interrupt::default();
    let mut session = open(
        &reading,
        target(reading.contract(), &server.url(), identities(reading.contract(), &server)),
        Journal::none(),
        interrupt.clone(),
    );
    session.watch(Watch(Arc::new(move |exchange| {
        if exchange.number == 40 {
            interrupt.ask();
        }
    })));
    let report = run(&mut session, &Choice::default(), 1, &Quiet).await.unwrap();
    assert!(report.interrupted);
    assert!(report.created > 0);
    assert_eq!(report.leftovers, []);
    assert_eq!(report.exit_code(), 2, "{:#?}", report.results);
    assert!(records(&server.state(), "labels").is_empty());
    let removals = session.made().iter().filter(|made| made.certain).count();
    assert!(report.requests <= 40 + removals, "{} requests after the 40th", report.requests - 40);
}

#[tokio::test]
async fn a_run_that_spends_its_budget_does_not_say_that_all_holds() {
    let (server, reading) = boards().await;
    let mut target = target(reading.contract(), &server.url(), identities(reading.contract(), &server));
    target.limits.requests = 40;
    let mut session = open(&reading, target, Journal::none(), Interrupt::default());
    let report = run(&mut session, &Choice::default(), 1, &Quiet).await.unwrap();
    assert!(report.out_of_budget && report.counts.pass > 0 && report.counts.fail == 0, "{:?}", report.counts);
    let said = tercet_conformance::report::REPORTS.iter().find(|one| one.name() == "terminal").unwrap();
    assert!(said.render(&report).unwrap().contains("\nHOLDS AS FAR AS IT WENT"), "it says that all holds");
}

#[tokio::test]
async fn a_removal_that_fails_is_listed_with_what_names_the_record() {
    let (server, reading) = boards().await;
    let mut session = open(
        &reading,
        target(reading.contract(), &server.url(), identities(reading.contract(), &server)),
        Journal::none(),
        Interrupt::default(),
    );
    let creator = session.creators("labels").remove(0);
    let label = session.create(&creator, &Wishes::plain()).await.unwrap();
    drop(server);
    let leftovers = session.clean_up().await;
    assert_eq!(leftovers.len(), 1);
    assert_eq!(leftovers[0].collection, "labels");
    assert_eq!(leftovers[0].names["id"], label.shown()["id"]);
    assert_ne!(leftovers[0].why, "");
}

#[tokio::test]
async fn the_budget_is_a_hard_stop() {
    let (server, reading) = boards().await;
    let base = target(reading.contract(), &server.url(), identities(reading.contract(), &server));
    let target = Target { limits: Limits { requests: 30, creations: 3, ..Limits::default() }, ..base };
    let mut session = open(&reading, target, Journal::none(), Interrupt::default());
    let report = run(&mut session, &Choice::default(), 1, &Quiet).await.unwrap();
    assert!(report.created <= 3, "{}", report.created);
    let removals = session.made().iter().filter(|made| made.certain).count();
    assert!(report.requests <= 30 + removals, "{}", report.requests);
    assert!(
        unjudged(&report, "skipped")
            .iter()
            .any(|one| one.contains("--max-requests") || one.contains("--max-creations"))
    );
}

#[tokio::test]
async fn names_of_nobody_are_names_of_nobody() {
    let (server, reading) = boards().await;
    let mut session = open(
        &reading,
        target(reading.contract(), &server.url(), identities(reading.contract(), &server)),
        Journal::none(),
        Interrupt::default(),
    );
    for collection in ["labels", "boards", "cards"] {
        let made_up = session.made_up(collection).unwrap();
        for finder in reading.that(Does::Find, collection).filter(|one| reading.is_safe(one.operation)) {
            if let Ok(exchange) = session.read(finder, &made_up).await {
                assert_eq!(exchange.status(), Some(404), "{}", exchange.summary());
            }
        }
    }
    assert!(!session.exchanges().is_empty());
    assert!(session.made_up("nonsense").is_err());
}

#[tokio::test]
async fn references_are_filled_with_records_that_exist_the_runs_own_first() {
    let (server, reading) = boards().await;
    let mut session = open(
        &reading,
        target(reading.contract(), &server.url(), identities(reading.contract(), &server)),
        Journal::none(),
        Interrupt::default(),
    );
    let mut own = Vec::new();
    for collection in ["labels", "boards"] {
        let creator = session.creators(collection).remove(0);
        own.push(session.create(&creator, &Wishes::plain()).await.unwrap().shown()["id"].clone());
    }
    let inputs = session.prepare(operation(&reading, "createCard"), &[], &Wishes::full()).unwrap();
    assert_eq!(inputs.body_value().unwrap()["label"], own[0]);
    assert_eq!(inputs.path["board"], own[1]);
}

#[tokio::test]
async fn a_finding_is_made_as_small_as_still_shows_it() {
    let document = document("boards.yaml", BOARDS);
    let served = changed(&document, "/components/schemas/NewCard/properties/points/maximum", Value::from(1));
    let server = Builder::new(served).start().await.unwrap();
    let choice = Choice { only: vec!["positive_data_acceptance".to_owned()], ..Choice::default() };
    let report = judge_running(&document, &server, &choice, 1).await.unwrap();
    let (_, finding) =
        report.findings().find(|(_, one)| one.operation.as_deref() == Some("createCard")).expect("a finding");
    let last = &finding.exchanges.last().unwrap().curl;
    assert!(last.contains("\"points\":") && last.contains("\"title\":"), "{last}");
    for other in ["\"text\":", "\"state\":", "\"pin\":", "\"label\":", "\"blocked_by\":"] {
        assert!(!last.contains(other), "{other} is not needed: {last}");
    }
    // The board that the card is put on, and the card.
    assert_eq!(finding.exchanges.len(), 2, "{:?}", finding.exchanges);
}

#[tokio::test]
async fn a_run_may_end_with_its_first_finding() {
    let document = document("pantry.yaml", PANTRY);
    let short = changed(&document, "/components/schemas/NewItem/properties/code/maxLength", json!(29));
    let all = judge(&document, Builder::new(short.clone()), &Choice::default(), 1).await;
    let fast = Choice { fail_fast: true, ..Choice::default() };
    let first = judge(&document, Builder::new(short), &fast, 1).await;
    assert!(!first.holds());
    assert_eq!(first.leftovers, []);
    assert!(first.requests < all.requests / 2, "{} of {}", first.requests, all.requests);
}
