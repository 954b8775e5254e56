//! Every key of the vocabulary (and of what belongs to it in OpenAPI) taken out of the fixture documents, one at a time; of a
//! document that ships, which is much longer, one of each kind (`OF_A_KIND` is the dial). What nobody notices has a reason in
//! `survivors.rs`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use futures::StreamExt as _;
use serde_json::Value;
use tercet_spec::Document;

use super::bench::Bench;
use super::edit::{FIXTURES, fixture, put};
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

/// Keys that are taken out of a shipped document besides: it is longer than the fixtures, and more of it is judged by schemas.
const MORE_KEYS: &[&str] = &[
    "required",
    "enum",
    "format",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "nullable",
    "x-effect",
    "method-not-allowed",
    "media-type",
    "content-type",
    "prefix",
];

/// How many of a kind are tried on a shipped document. A kind is a key, or membership in a mapping or a list.
const OF_A_KIND: usize = 1;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_key_matters() {
    let mut report = String::new();
    let mut unexplained = Vec::new();
    for name in FIXTURES {
        let mutants = mutants(&fixture(name), KEYS);
        unexplained.extend(judge_all(name, mutants, &mut report).await);
    }
    insta::assert_snapshot!("single_key_mutants", report);
    assert!(unexplained.is_empty(), "nobody notices, and nobody says why:\n{}", unexplained.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_of_a_shipped_document_matter() {
    let mut report = String::new();
    let keys: Vec<&str> = KEYS.iter().chain(MORE_KEYS).copied().collect();
    let mutants = sample(mutants(&fixture("tooljet"), &keys));
    let unexplained = judge_all("tooljet", mutants, &mut report).await;
    insta::assert_snapshot!("single_key_mutants_of_tooljet", report);
    assert!(unexplained.is_empty(), "nobody notices, and nobody says why:\n{}", unexplained.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_as_it_should_be_is_noticed_by_nobody() {
    for name in FIXTURES.into_iter().chain(["tooljet"]) {
        let original = fixture(name);
        let bench = Bench::of(&original).await;
        for checks_first in [true, false] {
            let noticed = bench.first_found(original.clone(), "", checks_first, false).await;
            assert_eq!(noticed, Ok(None), "{name}");
        }
    }
}

/// At most [`OF_A_KIND`] of every kind, evenly spread over the document.
fn sample(all: Vec<(String, Document)>) -> Vec<(String, Document)> {
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for (pointer, _) in &all {
        *kinds.entry(kind(pointer)).or_default() += 1;
    }
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    all.into_iter()
        .filter(|(pointer, _)| {
            let kind = kind(pointer);
            let (count, at) = (kinds[&kind], seen.entry(kind).or_default());
            *at += 1;
            // The whole numbers at which a multiple of `count / OF_A_KIND` is passed.
            count <= OF_A_KIND || *at * OF_A_KIND / count > (*at - 1) * OF_A_KIND / count
        })
        .collect()
}

/// What is taken out: a key, or a member of `where` and the like.
fn kind(pointer: &str) -> String {
    let mut tokens = pointer.rsplit('/');
    let (last, parent) = (tokens.next().unwrap_or_default(), tokens.next().unwrap_or_default());
    if MEMBERS.contains(&parent) || last.parse::<usize>().is_ok() {
        format!("{parent}/")
    } else {
        last.to_owned()
    }
}

/// Writes down who notices what. Gives what nobody notices and nobody explains.
async fn judge_all(name: &str, mutants: Vec<(String, Document)>, report: &mut String) -> Vec<String> {
    let original = fixture(name);
    let bench = &Bench::of(&original).await;
    let results: Vec<(String, Result<Option<String>, String>)> = futures::stream::iter(mutants)
        .map(|(pointer, document)| async move {
            let checks_first = checks_first(&pointer);
            // Of what is no wrong server only the place is tried that was edited.
            let about_only = is_equivalent(name, &pointer);
            let noticed = bench.first_found(document, &pointer, checks_first, about_only).await;
            (pointer, noticed)
        })
        .buffered(4)
        .collect()
        .await;
    let served: Vec<_> =
        results.iter().filter_map(|(at, one)| one.as_ref().ok().map(|by| (at, by))).collect();
    let killed = served.iter().filter(|(_, by)| by.is_some()).count();
    let equivalent = served.iter().filter(|(at, by)| by.is_none() && is_equivalent(name, at));
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

/// Whether an edit leaves a server that is as good as the original.
fn is_equivalent(document: &str, pointer: &str) -> bool {
    reason(document, pointer).is_some_and(|why| why.starts_with("equivalent"))
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
fn mutants(original: &Document, keys: &[&str]) -> Vec<(String, Document)> {
    let mut pointers = Vec::new();
    collect(original.root(), "", keys, &mut pointers);
    pointers
        .into_iter()
        .map(|pointer| {
            let mut root = original.root().clone();
            put(&mut root, &pointer, None);
            let document = Document::from_value(original.name(), &root);
            (pointer, document)
        })
        .collect()
}

fn collect(value: &Value, at: &str, keys: &[&str], found: &mut Vec<String>) {
    let token = |key: &str| key.replace('~', "~0").replace('/', "~1");
    match value {
        Value::Object(members) => {
            let inside = at.rsplit('/').next().unwrap_or_default();
            for (key, member) in members {
                let here = format!("{at}/{}", token(key));
                let is_root_paths = at.is_empty() && key == "paths";
                let listed = keys.contains(&key.as_str())
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
                collect(member, &here, keys, found);
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
                collect(item, &here, keys, found);
            }
        }
        _ => {}
    }
}
