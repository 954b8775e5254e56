//! Every check and law has a wrong server that it alone notices.

use std::collections::BTreeSet;

use futures::StreamExt as _;
use tercet_conformance::check::CHECKS;
use tercet_conformance::law::LAWS;
use tercet_conformance::oracle;
use tercet_spec::Document;

use super::bench::{Bench, serve};
use super::edit::{ALL, FIXTURES, edited, fixture};
use super::gremlin::{Proxy, Rule};
use super::of_checks::of_checks;
use super::of_laws::{Mutant, of_laws};
use super::of_oracle::of_oracle;
use super::on_the_wire::gremlins;

fn mutants() -> Vec<Mutant> {
    of_laws().into_iter().chain(of_checks()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_is_noticed_by_one_alone() {
    let mut wrong = Vec::new();
    for document in ALL {
        let original = fixture(document);
        let bench = &Bench::of(&original).await;
        let own = mutants().into_iter().filter(|mutant| mutant.document == document);
        let results: Vec<_> = futures::stream::iter(own)
            .map(|mutant| {
                let served = edited(mutant.is, &original, &mutant.edits);
                async move { (bench.found_by(served).await, mutant) }
            })
            .buffered(4)
            .collect()
            .await;
        for (found, mutant) in results {
            wrong.extend(not_alone(mutant.noticed_by, mutant.is, found));
        }
    }
    assert!(wrong.is_empty(), "not noticed, or not by one alone:\n{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_gremlin_is_noticed_by_one_alone() {
    let mut wrong = Vec::new();
    for document in FIXTURES {
        let original = fixture(document);
        let bench = &Bench::of(&original).await;
        let own = gremlins().into_iter().filter(|gremlin| gremlin.document == document);
        let results: Vec<_> = futures::stream::iter(own)
            .map(|gremlin| {
                let original = original.clone();
                async move { (behind(bench, original, gremlin.rule).await, gremlin) }
            })
            .buffered(4)
            .collect()
            .await;
        for (found, gremlin) in results {
            wrong.extend(not_alone(gremlin.noticed_by, gremlin.does, found));
        }
    }
    assert!(wrong.is_empty(), "not noticed, or not by one alone:\n{}", wrong.join("\n"));
}

#[tokio::test]
async fn a_gremlin_that_does_nothing_is_not_noticed() {
    for document in ALL {
        let original = fixture(document);
        let bench = &Bench::of(&original).await;
        assert_eq!(behind(bench, original, Rule::NONE).await, Ok(Vec::new()), "{document}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_oracle_alone_notices() {
    for mutant in of_oracle() {
        let original = fixture(mutant.document);
        let bench = Bench::of(&original).await;
        let served = || edited(mutant.is, &original, &mutant.edits);
        assert_eq!(bench.found_by(served()).await, Ok(Vec::new()), "{}: without the oracle", mutant.is);
        let found = bench.found_with_oracle(&original, served()).await;
        assert_eq!(not_alone(oracle::NAME, mutant.is, found), None);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_oracle_agrees_with_the_original() {
    for document in ALL.into_iter().chain(["tooljet"]) {
        let original = fixture(document);
        let bench = Bench::of(&original).await;
        assert_eq!(bench.found_with_oracle(&original, original.clone()).await, Ok(Vec::new()), "{document}");
    }
}

/// Who finds something in the reference server behind a gremlin.
async fn behind(bench: &Bench, original: Document, rule: Rule) -> Result<Vec<(String, String)>, String> {
    let server = serve(original).await?;
    let proxy = Proxy::start(server.url(), rule).await;
    bench.found_at(proxy.url()).await
}

/// What to say when a wrong server was not found by `noticed_by` alone.
fn not_alone(noticed_by: &str, is: &str, found: Result<Vec<(String, String)>, String>) -> Option<String> {
    let found = match found {
        Err(why) => return Some(format!("{noticed_by} ({is}) cannot be judged: {why}")),
        Ok(found) => found,
    };
    let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    (names != [noticed_by]).then(|| {
        let all: Vec<String> = found.iter().map(|(name, why)| format!("{name}: {why}")).collect();
        format!("{noticed_by} ({is}):\n    {}", all.join("\n    "))
    })
}

#[test]
fn all_have_one() {
    let all: BTreeSet<&str> =
        CHECKS.iter().map(|check| check.name()).chain(LAWS.iter().map(|law| law.name())).collect();
    let by_edit = mutants().into_iter().map(|mutant| mutant.noticed_by);
    let have: BTreeSet<&str> = by_edit.chain(gremlins().into_iter().map(|one| one.noticed_by)).collect();
    let missing: Vec<_> = all.difference(&have).collect();
    assert!(missing.is_empty(), "without a mutant that they alone notice: {missing:?}");
    assert!(have.is_subset(&all), "unknown names: {:?}", have.difference(&all));
}
