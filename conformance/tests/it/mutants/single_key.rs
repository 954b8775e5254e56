//! Every key of the vocabulary (and of what belongs to it in OpenAPI) taken out of the fixture documents, one at a time.

use std::fmt::Write as _;

use futures::StreamExt as _;
use serde_json::Value;
use tercet_spec::Document;

use super::bench::{first_found, people, reading};
use super::edit::{fixture, put};
use super::survivors::reason;

/// Keys that are taken out wherever they stand.
const KEYS: &[&str] = &[
    "unique",
    "ignore-case",
    "x-ref",
    "on-delete",
    "x-assign",
    "at",
    "x-value",
    "x-when",
    "x-outcome",
    "writeOnly",
    "default",
    "security",
    "sort",
    "direction",
    "page",
    "number",
    "size",
    "offset",
    "limit",
    "when",
    "else",
    "conflict",
    "set",
    "require",
    "order",
    "paths",
    "null-is-absent",
    "unknown-properties",
    "body-limit",
    "headers",
    "head",
];

/// Objects whose members are taken out one by one.
const MEMBERS: &[&str] = &["where", "set", "paths", "headers"];

/// Lists whose elements are taken out one by one.
const ELEMENTS: &[&str] = &["x-effect", "unique", "ignore-case", "sort", "anyOf"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_key_matters() {
    let mut report = String::new();
    let mut unexplained = Vec::new();
    for name in ["boards", "pantry"] {
        unexplained.extend(judge_all(name, &mut report).await);
    }
    insta::assert_snapshot!("single_key_mutants", report);
    assert!(unexplained.is_empty(), "nobody notices, and nobody says why:\n{}", unexplained.join("\n"));
}

/// Writes down who notices what. Gives what nobody notices and nobody explains.
async fn judge_all(name: &str, report: &mut String) -> Vec<String> {
    let original = fixture(name);
    let (reading, people) = (&reading(&original), &people(&original).await);
    let mutants = mutants(&original);
    let results: Vec<(String, Result<Option<String>, String>)> = futures::stream::iter(mutants)
        .map(|(pointer, document)| async move {
            let checks_first = checks_first(&pointer);
            let noticed = first_found(reading, people, document, &pointer, checks_first).await;
            (pointer, noticed)
        })
        .buffered(4)
        .collect()
        .await;
    let served: Vec<_> =
        results.iter().filter_map(|(at, one)| one.as_ref().ok().map(|by| (at, by))).collect();
    let killed = served.iter().filter(|(_, by)| by.is_some()).count();
    let equivalent = served
        .iter()
        .filter(|(at, by)| by.is_none() && reason(name, at).is_some_and(|why| why.starts_with("equivalent")));
    let wrong = served.len() - equivalent.count();
    let _ = writeln!(
        report,
        "{name}: {killed} of {wrong} wrong servers noticed ({} %)\n",
        killed * 100 / wrong.max(1)
    );
    for (at, by) in &served {
        let words = match (by, reason(name, at)) {
            (Some(by), _) => by.clone(),
            (None, Some(why)) => format!("SURVIVES: {why}"),
            (None, None) => "SURVIVES".to_owned(),
        };
        let _ = writeln!(report, "  {at}\n      {words}");
    }
    let refused = results.len() - served.len();
    let _ = writeln!(report, "\n  {refused} more are no documents that could be served\n");
    let open = served.iter().filter(|(at, by)| by.is_none() && reason(name, at).is_none());
    open.map(|(at, _)| format!("{name} {at}")).collect()
}

/// What the checks see is tried with the checks first, so that the run is short.
fn checks_first(pointer: &str) -> bool {
    let last = pointer.rsplit('/').find(|token| token.parse::<usize>().is_err()).unwrap_or_default();
    let constraints = [
        "required",
        "enum",
        "minLength",
        "maxLength",
        "minimum",
        "maximum",
        "pattern",
        "security",
        "x-outcome",
        "writeOnly",
    ];
    constraints.contains(&last) || pointer.contains("/x-conduct/")
}

/// Every document that lacks one thing.
fn mutants(original: &Document) -> Vec<(String, Document)> {
    let mut pointers = Vec::new();
    collect(original.root(), "", &mut pointers);
    pointers
        .into_iter()
        .map(|pointer| {
            let mut root = original.root().clone();
            put(&mut root, &pointer, None);
            let document = Document::from_value("mutant.json", &root);
            (pointer, document)
        })
        .collect()
}

fn collect(value: &Value, at: &str, found: &mut Vec<String>) {
    let token = |key: &str| key.replace('~', "~0").replace('/', "~1");
    match value {
        Value::Object(members) => {
            let inside = at.rsplit('/').next().unwrap_or_default();
            for (key, member) in members {
                let here = format!("{at}/{}", token(key));
                let is_root_paths = at.is_empty() && key == "paths";
                let listed = KEYS.contains(&key.as_str())
                    && !is_root_paths
                    && inside != "properties"
                    && inside != "set";
                let is_member = MEMBERS.contains(&inside) && at != "/paths";
                if listed || is_member {
                    found.push(here.clone());
                }
                if ["seed", "example", "examples", "info", "servers"].contains(&key.as_str()) {
                    continue;
                }
                collect(member, &here, found);
            }
        }
        Value::Array(items) => {
            let inside = at.rsplit('/').next().unwrap_or_default();
            for (index, item) in items.iter().enumerate() {
                let here = format!("{at}/{index}");
                // A list of one is the key itself.
                if ELEMENTS.contains(&inside) && items.len() > 1 {
                    found.push(here.clone());
                }
                collect(item, &here, found);
            }
        }
        _ => {}
    }
}
