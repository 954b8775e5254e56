//! Applications: what a file can say, and what is said of one that is wrong.

use std::path::Path;

use tercet_mock_server::Application;

const SHIPPED: [&str; 2] = ["time-registration.yaml", "library.yaml"];

fn beside_the_document(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/platforms/qore").join(name)
}

fn read(name: &str, text: &str) -> Result<Application, String> {
    let read = Application::read("qore", name, text).expect("the platform has applications");
    read.map_err(|problems| problems.iter().map(|one| format!("{}\n\n", one.render())).collect())
}

#[test]
fn those_that_ship_can_be_read() {
    for name in SHIPPED {
        let text = std::fs::read_to_string(beside_the_document("applications").join(name)).unwrap();
        assert_eq!(read(name, &text).map(|one| one.title().is_empty()), Ok(false), "{name}");
    }
}

/// Editors take it from the first line of an application's file.
#[test]
fn the_json_schema_is_the_one_beside_the_document() {
    let schema = Application::schema("qore").unwrap();
    let text = format!("{}\n", serde_json::to_string_pretty(&schema).unwrap());
    let file = beside_the_document("application.schema.json");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&file, &text).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == text, "{} is stale\nhint: run this test with UPDATE=1", file.display());
}

#[test]
fn every_problem_is_told_with_its_place() {
    let problems = read("problems.yaml", include_str!("applications/problems.yaml")).unwrap_err();
    insta::assert_snapshot!(problems);
}

#[test]
fn so_is_what_is_no_application_at_all() {
    let problems = [
        ("a list", "- users\n"),
        ("nothing", ""),
        ("no resources", "resources: {}\n"),
        ("a key twice", "resources:\n  a: { fields: { b: { type: text } } }\n  a: { fields: {} }\n"),
        ("no YAML", "resources: [\n"),
        (
            "words",
            "resources: { a: { key: uid, fields: { b: { type: txt, hidden: [ tabel ], lable: x } } } }\n",
        ),
        ("nobody", "resources: { users: { fields: { name: { type: text } } } }\n"),
    ];
    let told: Vec<String> = problems
        .iter()
        .map(|(what, text)| format!("--- {what}\n{}", read("app.yaml", text).unwrap_err()))
        .collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn other_platforms_have_none() {
    assert!(Application::read("tooljet", "app.yaml", "resources: {}").is_none());
    assert!(Application::shipped("tooljet").is_none());
    assert!(Application::schema("tooljet").is_none());
}

/// What a file leaves to the application: hashes of passwords, numbers in sequences, days that are only known at the start.
#[tokio::test]
async fn records_of_the_start_are_completed() {
    let text = r"
resources:
  users:
    fields: { name: { type: text }, password: { type: password } }
    records: [ { name: Ada, password: engine } ]
  bills:
    fields:
      number: { type: sequence, format: 'B-{number:3}' }
      day: { type: date, rules: required, default: $today }
    records: [ {}, { number: B-007 }, { day: '2020-02-02' } ]
";
    let app = super::support::application(text).await;
    let state = app.server.state()["collections"].clone();
    let told = |bill: &serde_json::Value| [bill["number"].clone(), bill["day"].clone()];
    let bills: Vec<_> = state["bills"].as_array().unwrap().iter().map(told).collect();
    assert_eq!(bills, [["B-008", "2026-01-01"], ["B-007", "2026-01-01"], ["B-009", "2020-02-02"]]);
    let password = state["users"][0]["password"].as_str().unwrap();
    assert!(password.starts_with("$argon2id$"), "{password}");
}

/// Where a file declares no users there are some, and they are a resource like any other.
#[tokio::test]
async fn users_that_nobody_declared_are_a_resource_too() {
    let app = super::support::application("resources: { notes: { fields: { text: { type: text } } } }").await;
    let token = app.server.credentials()[0].value.clone();
    assert_eq!(app.get(&token, "/api/me").await.ok()["email"], "demo@example.com");
    let table = app.get(&token, "/api/resources/users/table/users").await.ok();
    assert_eq!(table["data"][0]["name"], "Demo");
    assert_eq!(table["columns"].as_array().unwrap().len(), 2);
}
