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
fn so_is_every_value_that_does_not_fit() {
    let problems = read("values.yaml", include_str!("applications/values.yaml")).unwrap_err();
    insta::assert_snapshot!(problems);
}

/// What the server would stumble over is found by the reading, which alone knows the file.
#[tokio::test]
async fn what_can_be_read_can_be_served() {
    let users = |fields: &str, records: &str| {
        format!("resources: {{ users: {{ fields: {{ {fields} }}, records: {records} }} }}")
    };
    let right = [
        users("n: { type: text }", "[ { n: $$5 }, { n: '{n}' }, { n: '' } ]"),
        users("c: { type: checkbox }", "[ { c: null } ]"),
        users("m: { type: select, multiple: true, options: [ $a, b ] }", "[ { m: null }, { m: [ $$a ] }, {} ]"),
        users("m: { type: select, multiple: true, options: [ a, b ], default: [ b ] }", "[ {} ]"),
        users("l: { type: belongs-to-many, resource: users }", "[ { id: 2, l: null }, { l: [ '2' ] } ]"),
        users("p: { type: password, rules: required }", "[ { p: '$$ecret' } ]"),
        users("cv: { type: file, rules: required }", "[ {}, { cv: null } ]"),
        users("n: { type: text, rules: unique }", "[ { n: a }, {}, { n: null } ]"),
        "application: { name: $me }\ntokens: [ { device_name: $today } ]\nresources: { a: { label: $x, fields: {} } }".to_owned(),
        "resources: { users: { key: uuid, fields: { boss: { type: belongs-to, resource: users } }, records: [ { id: 0D9F6C2E-5b1a-4f64-9d3c-7a1f0f3f5b10, boss: 0d9f6c2e-5B1A-4f64-9d3c-7a1f0f3f5b10 } ] } }".to_owned(),
        users("n: { type: text }", "[ { id: 9007199254740991 } ]"),
    ];
    for text in right {
        let application = read("application.yaml", &text).unwrap_or_else(|said| panic!("{text}\n{said}"));
        let started = tercet_mock_server::qore().application(application).start().await;
        assert!(started.is_ok(), "{text}\n{:?}", started.err());
    }
    let wrong = [
        (users("n: { type: text, rules: unique }", "[ { n: abc }, { n: ABC } ]"), "ABC"),
        (users("n: { type: text, rules: unique }", "[ { n: '' }, { n: '' } ]"), "'' } ] }"),
        (users("l: { type: belongs-to-many, resource: users, rules: unique }", "[ {}, {} ]"), "{} ] }"),
        (users("d: { type: date, rules: unique, default: $today }", "[ {}, {} ]"), "{} ] }"),
        (users("m: { type: select, multiple: true, options: [ a ], default: b }", "[ {} ]"), "b }"),
        (users("m: { type: select, multiple: true, options: [ a ] }", "[ { m: a } ]"), "a } ]"),
        (users("n: { type: text }", "[ { n: $5 } ]"), "$5"),
        (users("n: { type: text }", "[ { id: 18446744073709551615 }, {} ]"), "18446744073709551615"),
        (users("cv: { type: file, rules: required }", "[ { cv: cv.pdf } ]"), "cv.pdf"),
        (users("b: { type: belongs-to, resource: users, default: 99 }", "[ {}, {} ]"), "99"),
    ];
    for (text, wanted) in wrong {
        let said = read("application.yaml", &text).unwrap_err();
        let place = said.split_once("application.yaml:1:").unwrap().1;
        let column: usize = place.lines().next().unwrap().parse().unwrap();
        assert!(text[column - 1..].starts_with(wanted), "{text}\n{said}");
        assert_eq!(said.matches("error[").count(), 1, "{said}");
    }
}

/// A text that begins with `$` is written with `$$`, in records, too.
#[tokio::test]
async fn dollars_of_records_are_kept() {
    let app = super::support::application(
        "resources: { users: { fields: { n: { type: text } }, records: [ { n: $$5 }, { n: $$$6 } ] } }",
    )
    .await;
    let state = app.server.state();
    let users = state["collections"]["users"].as_array().unwrap();
    assert_eq!([&users[0]["n"], &users[1]["n"]], ["$5", "$$6"]);
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
        ("a resource", "resources: { a: { fields: {} } }\nresource: {}\n"),
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
