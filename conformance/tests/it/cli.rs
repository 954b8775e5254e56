//! The program, as somebody types it.

use std::process::{Command, Output};

use tercet_mock_server::Builder;

use crate::support::{BOARDS, document};

const BOARDS_FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/documents/boards.yaml");
const TOKEN: &str = "token=ada-token-000001";

fn conformance(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_conformance")).args(args).output().unwrap()
}

/// For when the server lives in this process: its tasks must go on meanwhile.
async fn conformance_meanwhile(args: &[&str]) -> Output {
    let args: Vec<String> = args.iter().map(|&one| one.to_owned()).collect();
    tokio::task::spawn_blocking(move || {
        Command::new(env!("CARGO_BIN_EXE_conformance")).args(args).output().unwrap()
    })
    .await
    .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[track_caller]
fn fails_with(args: &[&str], what: &[&str]) {
    let output = conformance(args);
    let error = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{args:?}: {error}");
    for one in what {
        assert!(error.contains(one), "{args:?} does not say `{one}`: {error}");
    }
    assert!(!error.contains("panicked"), "{error}");
}

#[test]
fn without_a_base_url_the_reference_server_is_judged() {
    let output = conformance(&["run", BOARDS_FILE, "--seed", "1"]);
    let shown = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{shown}\n{}", text(&output.stderr));
    assert!(shown.contains("HOLDS: "), "{shown}");
    assert!(shown.contains("0 left behind"), "{shown}");
    assert!(
        text(&output.stderr).contains("will create labels with `createLabel`"),
        "{}",
        text(&output.stderr)
    );
}

/// What many documents leave out: whose credentials are whose, and how requests are refused.
const PLAIN: &str = "
openapi: 3.0.3
info: { title: Plain, version: '1' }
security: [ { token: [] } ]
paths:
  /things/{id}:
    get:
      operationId: getThing
      parameters: [ { name: id, in: path, required: true, schema: { type: integer, minimum: 1 } } ]
      responses: { '200': { description: It., content: { application/json: { schema: { type: string } } } } }
components:
  securitySchemes: { token: { type: http, scheme: bearer } }
";

#[test]
fn a_plain_document_is_green_with_the_reference_server_and_nothing_is_called_judged_that_was_not() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plain.yaml");
    std::fs::write(&file, PLAIN).unwrap();
    let output = conformance(&["run", file.to_str().unwrap(), "--seed", "1"]);
    let shown = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{shown}\n{}", text(&output.stderr));
    assert!(shown.contains("the reference server takes any credential"), "{shown}");
}

#[test]
fn a_report_that_cannot_be_written_is_told_before_anything_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = format!("json={}", folder.path().join("nowhere/report.json").display());
    fails_with(&["run", BOARDS_FILE, "--report", &nowhere], &["nowhere/report.json", "there is no folder"]);
    let a_folder = format!("junit={}", folder.path().display());
    fails_with(&["run", BOARDS_FILE, "--report", &a_folder], &["it is a folder"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn findings_end_in_one_and_reports_go_where_they_are_told() {
    // The server does not keep the document that it is judged by: it knows no colour `blue`.
    let served = document("boards.yaml", &BOARDS.replace("[ red, green, blue ]", "[ red, green ]"));
    let server = Builder::new(served).start().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let json = folder.path().join("report.json");
    let junit = folder.path().join("report.xml");
    let output = conformance_meanwhile(&[
        "run",
        BOARDS_FILE,
        "--base-url",
        &server.url(),
        "--credential",
        TOKEN,
        "--journal",
        folder.path().join("journal").to_str().unwrap(),
        "--report",
        &format!("json={}", json.display()),
        "--report",
        &format!("junit={}", junit.display()),
    ])
    .await;
    let shown = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{shown}\n{}", text(&output.stderr));
    assert!(shown.contains(". positive_data_acceptance createLabel: "), "{shown}");
    assert!(shown.contains("boards.yaml:"), "{shown}");
    assert!(shown.contains("curl -sS -i"), "{shown}");
    let report: serde_json::Value = serde_json::from_slice(&std::fs::read(&json).unwrap()).unwrap();
    assert!(report["counts"]["fail"].as_u64().unwrap() > 0);
    let schema: serde_json::Value = serde_json::from_slice(&conformance(&["schema"]).stdout).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
    assert_eq!(errors, Vec::<String>::new());
    let xml = std::fs::read_to_string(&junit).unwrap();
    assert!(
        xml.contains("<testsuite name=\"positive_data_acceptance\"") && xml.contains("<failure"),
        "{xml}"
    );
    for output in [&shown, &text(&output.stderr), &report.to_string(), &xml] {
        assert!(!output.contains("ada-token"), "the credential is shown: {output}");
    }
}

#[test]
fn a_report_in_another_format_takes_the_place_of_the_text() {
    let output = conformance(&["run", BOARDS_FILE, "--report", "json", "--only", "ignored_auth"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{report}");
    let names: Vec<&str> =
        report["results"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert!(!names.is_empty() && names.iter().all(|name| *name == "ignored_auth"), "{names:?}");
}

#[test]
fn the_same_seed_sends_the_same_requests() {
    let counts = || {
        let output = conformance(&["run", BOARDS_FILE, "--report", "json", "--seed", "11"]);
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        (report["requests"].clone(), report["counts"].clone(), report["created"].clone())
    };
    assert_eq!(counts(), counts());
}

#[test]
fn dry_run_prints_the_plan_and_sends_nothing() {
    // Nobody listens there: a request would fail.
    let output = conformance(&["run", "tooljet", "--base-url", "https://tools.invalid", "--dry-run"]);
    let shown = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(
        shown.contains("accept listUsers (GET /api/ext/users): requests that the document allows"),
        "{shown}"
    );
    assert!(
        shown.contains("will not call `createUser`") && shown.contains("--consent createUser"),
        "{shown}"
    );
    let output = conformance(&[
        "run",
        "tooljet",
        "--base-url",
        "https://tools.invalid",
        "--dry-run",
        "--consent",
        "createUser",
    ]);
    assert!(text(&output.stdout).contains("will create users with `createUser`"), "{}", text(&output.stdout));
}

#[test]
fn the_oracle_can_be_asked() {
    let pantry = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/documents/pantry.yaml");
    let output = conformance(&["run", pantry, "--oracle", "--seed", "3"]);
    let shown = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{shown}");
    assert!(shown.contains(tercet_conformance::oracle::NAME), "{shown}");
}

#[test]
fn list_says_what_each_asserts_and_where_it_comes_from() {
    let output = conformance(&["list"]);
    let shown = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0));
    for one in tercet_conformance::check::CHECKS {
        assert!(
            shown.contains(&format!("{}\n  {}\n  from: {}", one.name(), one.about(), one.clause())),
            "{shown}"
        );
    }
    for one in tercet_conformance::law::LAWS {
        assert!(
            shown.contains(&format!("{}\n  {}\n  from: {}", one.name(), one.about(), one.clause())),
            "{shown}"
        );
    }
    assert!(shown.contains(tercet_conformance::oracle::NAME), "{shown}");
    let cases = text(&conformance(&["list", "tooljet"]).stdout);
    assert!(cases.contains("openapi.yaml:"), "{cases}");
}

#[test]
fn mistakes_are_answered_with_what_to_do() {
    let url = "http://127.0.0.1:9";
    fails_with(
        &["run", "tooljett"],
        &["`tooljett` is neither a platform that ships nor a file", "hint: ", "`tooljet`"],
    );
    fails_with(&["run", "tooljet@1999"], &["1999", "2026"]);
    fails_with(&["run", "nowhere.yaml"], &["cannot read `nowhere.yaml`"]);
    fails_with(
        &["run", "tooljet", "--base-url", url],
        &["no credential for `accessToken`", "--credential SCHEME=VALUE"],
    );
    fails_with(
        &["run", "tooljet", "--base-url", url, "--credential", "acessToken=very-secret"],
        &["no security scheme `acessToken`", "`accessToken`"],
    );
    fails_with(&["run", "tooljet", "--base-url", url, "--credential", "very-secret"], &["SCHEME=VALUE"]);
    fails_with(
        &["run", "tooljet", "--base-url", url, "--credential", "accessToken=env:NO_SUCH_VARIABLE"],
        &["NO_SUCH_VARIABLE"],
    );
    fails_with(
        &["run", "tooljet", "--base-url", url, "--credential", "accessToken=@/no/such/file"],
        &["/no/such/file"],
    );
    fails_with(&["run", "tooljet", "--base-url", "tools.example.com"], &["`tools.example.com`", "http://"]);
    fails_with(&["run", "tooljet", "--base-url", "http://u:p@tools.example.com"], &["--credential"]);
    fails_with(
        &["run", "tooljet", "--base-url", "http://127.0.0.1:9/api/ext"],
        &["begin with `/api`", "leave out"],
    );
    fails_with(&["run", "tooljet", "--base-url", "http://127.0.0.1:9/?a=b"], &["from `?` or `#` on"]);
    fails_with(&["run", "tooljet", "--only", "nonsense"], &["`nonsense`", "conformance list"]);
    fails_with(&["run", "tooljet", "--report", "pdf"], &["`pdf`", "`junit`"]);
    fails_with(&["run", "tooljet", "--rate", "-1"], &["-1"]);
    fails_with(
        &[
            "run",
            "tooljet",
            "--base-url",
            "https://tools.invalid",
            "--consent",
            "makeUser",
            "--credential",
            "accessToken=x",
        ],
        &["makeUser", "`createUser`"],
    );
    fails_with(
        &["run", "tooljet", "--base-url", url, "--credential", "accessToken=very-secret"],
        &["does not answer", "hint: "],
    );
    fails_with(&["cleanup", "--journal", "/no/such/journal"], &["/no/such/journal"]);
}

#[test]
fn mistakes_never_repeat_the_credential() {
    for args in [
        ["--credential", "acessToken=very-secret"],
        ["--credential", "very-secret"],
        ["--credential", "accessToken=very-secret"],
    ] {
        let mut all = vec!["run", "tooljet", "--base-url", "http://127.0.0.1:9"];
        all.extend(args);
        let output = conformance(&all);
        assert!(!text(&output.stderr).contains("very-secret"), "{}", text(&output.stderr));
    }
}

#[test]
fn a_document_with_mistakes_is_shown_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("broken.yaml");
    std::fs::write(&path, BOARDS.replace("in: labels", "in: lables")).unwrap();
    fails_with(&["run", path.to_str().unwrap()], &["broken.yaml:", "lables"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cleanup_removes_what_a_journal_names() {
    let server = Builder::new(document("boards.yaml", BOARDS)).start().await.unwrap();
    let state = server.state();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.jsonl");
    let mut record = state["collections"].clone();
    let id = "0b7a3a44-9a4e-4c0e-9f53-6f0f7c1d2e3a";
    record["labels"] = serde_json::json!([{
        "id": id, "name": "cx-old-1", "colour": "red",
        "created": "2026-01-01T00:00:00.000Z", "changed": "2026-01-01T00:00:00.000Z"
    }]);
    let mut full = state.clone();
    full["collections"] = record;
    server.replace_state(&full).unwrap();
    let lines = [
        serde_json::json!({ "line": "run", "run": "old", "base_url": server.url(), "document": BOARDS_FILE }),
        serde_json::json!({ "line": "intent", "serial": 1, "operation": "createLabel", "collection": "labels", "names": { "name": "cx-old-1" } }),
        serde_json::json!({ "line": "made", "serial": 1, "names": { "id": id, "name": "cx-old-1" } }),
    ];
    std::fs::write(&path, lines.map(|line| format!("{line}\n")).concat()).unwrap();
    let journal = path.to_str().unwrap();
    let output = conformance_meanwhile(&["cleanup", "--journal", journal, "--credential", TOKEN]).await;
    assert_eq!(text(&output.stdout), "1 removed, 0 left behind\n", "{}", text(&output.stderr));
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(server.state()["collections"]["labels"], serde_json::json!([]));
    let output = conformance_meanwhile(&["cleanup", "--journal", journal, "--credential", TOKEN]).await;
    assert_eq!(text(&output.stdout), "0 removed, 0 left behind\n");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_that_nobody_signed_is_good_when_it_is_named() {
    let server = Builder::new(document("boards.yaml", BOARDS)).tls().start().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mock.pem");
    std::fs::write(&file, server.certificate_pem().unwrap()).unwrap();
    let (url, file) = (server.url(), file.to_str().unwrap());
    let run = ["run", BOARDS_FILE, "--base-url", &url, "--credential", TOKEN, "--read-only"];
    let with = |more: &[&'static str]| [&run, more].concat();
    let refused = conformance_meanwhile(&run).await;
    assert_eq!(refused.status.code(), Some(2), "{}", text(&refused.stdout));
    assert!(text(&refused.stderr).contains("certificate"), "{}", text(&refused.stderr));
    let named = conformance_meanwhile(&[&run[..], &["--ca-cert", file]].concat()).await;
    assert_eq!(named.status.code(), Some(0), "{}{}", text(&named.stdout), text(&named.stderr));
    let blind = conformance_meanwhile(&with(&["--insecure"])).await;
    assert_eq!(blind.status.code(), Some(0), "{}", text(&blind.stdout));
    assert!(text(&blind.stderr).contains("any certificate is accepted"), "{}", text(&blind.stderr));

    fails_with(&[&run[..], &["--ca-cert", "no/such.pem"]].concat(), &["no/such.pem", "expected PEM"]);
    fails_with(&[&run[..], &["--ca-cert", BOARDS_FILE]].concat(), &["holds no certificate"]);
}
