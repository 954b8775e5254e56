//! Deployments whose resources are each customer's own: found out about, judged, and never blamed for what nobody promised.

use std::sync::Arc;

use tercet_conformance::generate::Chance;
use tercet_conformance::report::Report;
use tercet_conformance::run::{Choice, discover, run};
use tercet_conformance::session::{Interrupt, Journal, Session};
use tercet_conformance::{Limits, Target};
use tercet_mock_server::{Application, Builder, Discovered, MockServer};
use tercet_spec::{Document, shipped};

use crate::support::{Quiet, contract, document, findings, identities, reading, session, target, unjudged};

const LIBRARY: &str = include_str!("../../../spec/platforms/qore/applications/library.yaml");
const WAREHOUSE: &str = include_str!("documents/warehouse.app.yaml");
const PRACTICE: &str = include_str!("documents/practice.app.yaml");

pub(crate) fn application(name: &str, text: &str) -> Application {
    let read = Application::read("qore", name, text).unwrap();
    read.unwrap_or_else(|faults| {
        panic!("{}", faults.iter().map(tercet_spec::Diagnostic::render).collect::<String>())
    })
}

pub(crate) fn shipped_application() -> Application {
    Application::shipped("qore").unwrap()
}

/// Who can call a server, and where it is.
fn at(server: &MockServer) -> Target {
    let generic = contract(&shipped("qore").unwrap().1);
    let mut target = target(&generic, &server.url(), identities(&generic, server));
    target.limits = Limits { body: 1 << 20, ..Limits::default() };
    target
}

/// What a deployment tells of itself; of a declared application how it answers.
pub(crate) async fn found(server: &MockServer, declared: Option<&Application>, only: &[&str]) -> Discovered {
    let generic = reading(&shipped("qore").unwrap().1);
    let only: Vec<String> = only.iter().map(|&name| name.to_owned()).collect();
    let discovery = match declared {
        Some(application) => application.discovery(generic.contract(), only),
        None => Application::discover("qore", generic.contract(), only).unwrap(),
    };
    discover(&mut session(&generic, at(server), 0), discovery).await.unwrap()
}

/// Judges a running deployment by a document that was found out.
pub(crate) async fn judge_by(document: &Document, server: &MockServer, choice: &Choice, seed: u64) -> Report {
    let reading = reading(document);
    let chance = Chance::new(seed, "test");
    let mut session =
        Session::open(Arc::clone(&reading), at(server), Journal::none(), Interrupt::default(), chance)
            .unwrap();
    run(&mut session, choice, seed, &Quiet).await.unwrap()
}

/// A deployment of an application, judged by its file (`declared`) or by what it tells of itself.
async fn is_green(
    application: &Application,
    declared: bool,
    seed: u64,
    least: usize,
) -> (Discovered, Report) {
    let server = Builder::shipped("qore").application(application.clone()).seed(seed).start().await.unwrap();
    let found = found(&server, declared.then_some(application), &[]).await;
    let report = judge_by(&found.document, &server, &Choice::default(), seed).await;
    let name = format!("{application:?}, declared: {declared}, seed {seed}");
    assert!(report.holds(), "{name}:\n{}", findings(&report).join("\n"));
    assert_eq!(report.exit_code(), 0, "{name}: {:?}", unjudged(&report, "error"));
    assert!(report.counts.pass > least, "{name}: only {:?}", report.counts);
    (found, report)
}

#[tokio::test]
async fn qore_holds() {
    for (declared, least) in [(true, 900), (false, 700)] {
        let (_, report) = is_green(&shipped_application(), declared, 1, least).await;
        assert_eq!(report.leftovers, [], "declared: {declared}");
    }
}

#[tokio::test]
async fn qore_library_holds() {
    let library = application("library.yaml", LIBRARY);
    for (declared, least) in [(true, 300), (false, 250)] {
        is_green(&library, declared, 2, least).await;
    }
}

#[tokio::test]
async fn an_awkward_application_holds() {
    let warehouse = application("warehouse.app.yaml", WAREHOUSE);
    for declared in [true, false] {
        let (found, _) = is_green(&warehouse, declared, 3, 200).await;
        if !declared {
            let notes = found.notes.join("\n");
            assert!(
                notes.contains(
                    "`manuals`: `scan` must be a file, which is not sent: the records are only read"
                ),
                "{notes}"
            );
            assert!(
                notes.contains(
                    "`halls`: which records its table `heated-halls` picks is not told: what it lists is not judged"
                ),
                "{notes}"
            );
            assert!(
                notes.contains(
                    "`parcels`: what its actions do (`see`, `throw-away`) is not told: they are not run"
                ),
                "{notes}"
            );
        }
    }
}

#[tokio::test]
async fn a_misleading_application_holds() {
    let practice = application("practice.app.yaml", PRACTICE);
    for seed in 1..=3 {
        let (found, report) = is_green(&practice, true, seed, 300).await;
        assert_eq!(found.notes, Vec::<String>::new());
        let skipped = unjudged(&report, "skipped").join("\n");
        assert!(skipped.contains("every value found for `door` of `keys` is taken"), "{skipped}");
    }
    for seed in 1..=2 {
        is_green(&practice, false, seed, 200).await;
    }
}

/// Wrong deployments of the misleading application: what makes it misleading hides nothing.
const MISLED: &[(&str, &str, &str)] = &[
    ("min:8|confirmed", "min:8", "negative_data_rejection"),
    ("min:8|confirmed", "min:9|confirmed", "positive_data_acceptance"),
    ("resource: staff, rules: required", "resource: staff", "negative_data_rejection"),
    // What such texts may be is not said in full, so that a refusal alone is no fault; that the same request succeeds once and fails once is.
    ("integer|between:3,9", "integer|between:4,9", "repeat_put_is_one_put"),
    ("size: { type: number, precision: 2", "size: { type: number, precision: 1", "positive_data_acceptance"),
    ("required|unique|digits:2", "required|digits:2", "unique_is_enforced"),
    ("remark: { type: text, rules: required", "remark: { type: text", "negative_data_rejection"),
];

#[tokio::test]
async fn wrong_misleading_applications_are_noticed() {
    let mut wrong = Vec::new();
    for (right, instead, by) in MISLED {
        let noticed = noticed_by(PRACTICE, instead, right).await;
        if !noticed.iter().any(|one| one == by) {
            wrong.push(format!("{instead}: noticed by {noticed:?}, not by {by}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn resources_can_be_named() {
    let server = Builder::shipped("qore").start().await.unwrap();
    let found = found(&server, None, &["tenants"]).await;
    let names: Vec<&str> = found.resources.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["tenants"]);
    let named = contract(&found.document);
    let paths = named.operations.iter().map(|one| one.path.text.as_str());
    let others: Vec<&str> =
        paths.filter(|path| path.contains("/resources/") && !path.contains("/tenants")).collect();
    assert!(others.is_empty(), "{others:?}");
}

/// Wrong deployments: the library with one thing changed, and what notices that when the right file is at hand.
const WRONG: &[(&str, &str, &str)] = &[
    (
        "email: { type: email, rules: required|unique }",
        "email: { type: email, rules: required }",
        "unique_is_enforced",
    ),
    ("author: { type: text, rules: required }", "author: { type: text }", "negative_data_rejection"),
    (
        "author: { type: text, rules: required }",
        "author: { type: text, rules: 'required|max:16' }",
        "positive_data_acceptance",
    ),
    ("on-delete: restrict", "on-delete: cascade", "restrict_holds"),
    ("delete: nobody", "delete: everybody", "status_code_conformance"),
    ("pages: { create: false }", "pages: { }", "positive_data_acceptance"),
    ("create: [ { roles: [ librarian ] } ]", "create: nobody", "positive_data_acceptance"),
    ("'min:1450|max:2100'", "'min:1450|max:2200'", "negative_data_rejection"),
    ("/^[0-9]{13}$/", "/^[0-9]{12}$/", "positive_data_acceptance"),
    ("default: a }", "default: b }", "defaults_apply"),
    ("default: a }", "default: a, searchable: false }", "filters_select"),
    (
        "author: { type: text, rules: required }",
        "author: { type: text, rules: required, sortable: false }",
        "sorts_order",
    ),
    (
        "author: { type: text, rules: required }",
        "author: { type: text, rules: required, readonly: true }",
        "read_your_writes",
    ),
    ("set: { returned: true }", "set: { returned: false }", "update_is_seen"),
];

/// Nobody notices, and why.
const UNNOTICED: &[(&str, &str, &str)] = &[
    (
        "tabs are not judged: what they select has no word in the vocabulary",
        "where: { shelf: depot } }",
        "where: { shelf: a } }",
    ),
    ("a page is as long as the deployment says itself", "per-page: 25", "per-page: 10"),
    (
        "the page knows no order but the one that is asked for",
        "direction: ascending",
        "direction: descending",
    ),
    (
        "titles are seen in options and results only, of which the page shows no more than one",
        "'{title} ({year})'",
        "'{title}'",
    ),
    (
        "what somebody else may is not judged: the first caller is a librarian",
        "create: [ { roles: [ librarian ] } ]",
        "create: everybody",
    ),
    (
        "of several that are not listed one is tried",
        "depot: Depot }, default: a",
        "depot: Depot, attic: Attic }, default: a",
    ),
];

async fn noticed_by(whole: &str, wrong: &str, right: &str) -> Vec<String> {
    assert!(whole.contains(right), "{right}");
    let text = whole.replace(right, wrong);
    let server =
        Builder::shipped("qore").application(application("wrong.yaml", &text)).start().await.unwrap();
    let right = application("right.yaml", whole);
    let found = found(&server, Some(&right), &[]).await;
    let report = judge_by(&found.document, &server, &Choice::default(), 5).await;
    report.findings().map(|(by, _)| by.to_owned()).collect()
}

#[tokio::test]
async fn wrong_applications_are_noticed() {
    let mut wrong = Vec::new();
    for (right, instead, by) in WRONG {
        let noticed = noticed_by(LIBRARY, instead, right).await;
        if !noticed.iter().any(|one| one == by) {
            wrong.push(format!("{instead}: noticed by {noticed:?}, not by {by}"));
        }
    }
    for (why, right, instead) in UNNOTICED {
        let noticed = noticed_by(LIBRARY, instead, right).await;
        if !noticed.is_empty() {
            wrong.push(format!("{instead}: noticed by {noticed:?}, though {why}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whoever prints the document gets one without a single remark.
#[test]
fn documents_of_applications_are_right() {
    let base = shipped("qore").unwrap().1;
    let all = [
        shipped_application(),
        application("library.yaml", LIBRARY),
        application("warehouse.app.yaml", WAREHOUSE),
        application("practice.app.yaml", PRACTICE),
    ];
    for application in all {
        let printed = application.document(&base);
        let (_, diagnostics) = tercet_spec::lower(&document(printed.name(), &printed.root().to_string()));
        let said: String = diagnostics.iter().map(tercet_spec::Diagnostic::render).collect();
        assert_eq!(said, "", "{application:?}");
    }
}
