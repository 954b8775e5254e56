//! The Postman collections of all platforms, run by newman against the mock: every test in them passes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tercet_mock_server::{Application, Builder, MockServer};

use crate::program::{program, skipped};

/// The version that is known to work.
const NEWMAN: &str = "6.2.2";

/// Newman, installed beside what cargo builds; or why it is not there.
fn newman() -> Result<PathBuf, String> {
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    if Command::new(npm).arg("--version").output().is_err() {
        return Err("there is no `npm`".to_owned());
    }
    let test = std::env::current_exe().unwrap();
    let target = test.ancestors().nth(3).unwrap();
    let folder = target.join(format!("newman-{NEWMAN}"));
    let installed = folder.join("node_modules/newman/bin/newman.js");
    if installed.is_file() {
        return Ok(installed);
    }
    // Installed aside and moved: what was interrupted is not taken for the whole.
    let aside = tempfile::tempdir_in(target).unwrap();
    let install = Command::new(npm)
        .args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--no-save", "--prefix"])
        .arg(aside.path())
        .arg(format!("newman@{NEWMAN}"))
        .output()
        .unwrap();
    if !install.status.success() {
        let said = String::from_utf8_lossy(&install.stderr);
        return Err(format!(
            "`npm install newman@{NEWMAN}` failed: {}",
            said.lines().last().unwrap_or_default()
        ));
    }
    // Another run may have been faster.
    let moved = fs::rename(aside.path(), &folder);
    assert!(installed.is_file(), "{moved:?}");
    Ok(installed)
}

/// What a run of newman came to.
struct Run {
    /// Requests by status.
    statuses: BTreeMap<u64, usize>,
    /// What went wrong, a line each.
    failures: Vec<String>,
    requests: usize,
    /// Requests and how each was answered, for whoever reads a failure.
    log: Vec<String>,
}

/// Writes the collection of a document and runs it.
async fn run(newman: &Path, document: &str, server: &MockServer) -> Run {
    let folder = tempfile::tempdir().unwrap();
    let (collection, report) = (folder.path().join("collection.json"), folder.path().join("report.json"));
    let written = Command::new(program("codegen"))
        .args(["postman", document, "--output"])
        .arg(&collection)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(written.status.success(), "{}", String::from_utf8_lossy(&written.stderr));
    let text: Value = serde_json::from_slice(&fs::read(&collection).unwrap()).unwrap();
    let mut command = Command::new("node");
    command.arg(newman).arg("run").arg(&collection).args(["--reporters", "json", "--suppress-exit-code"]);
    command
        .arg("--reporter-json-export")
        .arg(&report)
        .args(["--env-var", &format!("base_url={}", server.url())]);
    for (name, value) in credentials(&text, server) {
        command.args(["--env-var", &format!("{name}={value}")]);
    }
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let report = fs::read(report).unwrap_or_else(|_| panic!("newman wrote no report: {said}"));
    read(&serde_json::from_slice(&report).unwrap())
}

/// What somebody with the banner before them fills in: credentials that the collection does not obtain itself.
fn credentials(collection: &Value, server: &MockServer) -> Vec<(String, String)> {
    let signs_in = |name: &str| {
        let scheme = server.contract().scheme(name).and_then(|one| one.credential.as_ref());
        scheme.is_some_and(|one| one.sign_in.is_some())
    };
    let mut given = Vec::new();
    for one in server.credentials().iter().filter(|one| !signs_in(&one.scheme)) {
        let about = format!("For the security scheme `{}`", one.scheme);
        let variables =
            collection["variable"].as_array().unwrap().iter().filter(|one| one["description"] == *about);
        let names: Vec<&str> = variables.map(|one| one["key"].as_str().unwrap()).collect();
        let values = match names.len() {
            2 => one.value.splitn(2, ':').collect(),
            _ => vec![one.value.as_str()],
        };
        for (name, value) in names.into_iter().zip(values) {
            if !given.iter().any(|(known, _)| known == name) {
                given.push((name.to_owned(), value.to_owned()));
            }
        }
    }
    given
}

fn read(report: &Value) -> Run {
    let run = &report["run"];
    let mut found = Run { statuses: BTreeMap::new(), failures: Vec::new(), requests: 0, log: Vec::new() };
    for one in run["executions"].as_array().unwrap() {
        let code = one["response"]["code"].as_u64().unwrap_or_default();
        *found.statuses.entry(code).or_default() += 1;
        found.requests += 1;
        let path: Vec<&str> = one["request"]["url"]["path"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let request =
            format!("{} /{}", one["request"]["method"].as_str().unwrap_or_default(), path.join("/"));
        found.log.push(format!("{code} {request} ({})", one["item"]["name"].as_str().unwrap_or_default()));
    }
    for one in run["failures"].as_array().unwrap() {
        let (name, error) = (&one["source"]["name"], &one["error"]);
        found.failures.push(format!("{name}: {}: {}", error["test"], error["message"]));
    }
    found
}

/// Platforms whose collection does not run by itself yet, and why.
const NOT_GREEN: &[(&str, &str)] =
    &[("lowcoder", "a collection cannot sign in for a cookie, and its second request would end the session")];

/// All of a platform's requests are sent, all tests pass, and most requests do what they are for.
#[track_caller]
fn green(name: &str, run: &Run, operations: usize) {
    let log = run.log.join("\n");
    assert_eq!(run.failures, Vec::<String>::new(), "{name}:\n{log}");
    assert_eq!(run.requests, operations, "{name}:\n{log}");
    let good: usize = run.statuses.range(200..300).map(|(_, count)| count).sum();
    assert!(good * 100 >= operations * 70, "{name}: {good} of {operations} requests succeeded:\n{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn newman_runs_the_collection_of_every_platform() {
    let newman = match newman() {
        Ok(newman) => newman,
        Err(why) => return skipped("the Postman collections in newman", &why),
    };
    assert!(!tercet_spec::PLATFORMS.is_empty());
    for platform in tercet_spec::PLATFORMS {
        if let Some((_, why)) = NOT_GREEN.iter().find(|(name, _)| *name == platform.name) {
            skipped(&format!("the Postman collection of {}", platform.name), why);
            continue;
        }
        let server = Builder::shipped(platform.name).start().await.unwrap();
        let Some(application) = Application::shipped(platform.name) else {
            let run = run(&newman, platform.name, &server).await;
            green(platform.name, &run, server.contract().operations.len());
            continue;
        };
        // Its paths name resources only once an application has told which there are.
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("application.json");
        let document = application.document(&platform.edition(None).unwrap());
        fs::write(&file, document.text()).unwrap();
        let run = run(&newman, file.to_str().unwrap(), &server).await;
        green(platform.name, &run, tercet_spec::lower_proven(&document).operations.len());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn newman_runs_the_collection_of_ones_own_document() {
    let newman = match newman() {
        Ok(newman) => newman,
        Err(why) => return skipped("a collection of one's own in newman", &why),
    };
    let document = "tests/it/own.openapi.yaml";
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(document)).unwrap();
    let server = MockServer::from_document(document, text).unwrap().start().await.unwrap();
    let run = run(&newman, document, &server).await;
    green(document, &run, server.contract().operations.len());
}
