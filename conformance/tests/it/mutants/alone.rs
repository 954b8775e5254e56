//! Every check and law has a wrong server that it alone notices.

use std::collections::BTreeSet;

use futures::StreamExt as _;
use tercet_conformance::check::CHECKS;
use tercet_conformance::law::LAWS;

use super::bench::{found_by, people, reading};
use super::edit::{edited, fixture};
use super::of_checks::of_checks;
use super::of_laws::{Mutant, of_laws};

/// Checks and laws without a mutant of their own, and why.
///
/// All of them are tried on exchanges made by hand in `checks.rs`, each with one that only it objects to.
const WITHOUT: &[(&str, &str)] = &[
    ("not_a_server_error", "the reference server has no failures of its own, whatever document it serves"),
    ("status_code_conformance", "an undocumented status is also not the one that the request must end in"),
    ("empty_body_conformance", "the HTTP library does not send a body where there can be none"),
    ("broken_body_rejection", "no document makes the reference server accept torn JSON"),
    ("wrong_media_type_rejection", "no document makes the reference server read another media type as JSON"),
    ("unsupported_method", "where a path's methods may be hidden, 404 is as good as 405"),
    ("head_mirrors_get", "a HEAD that is not answered also has an undocumented status"),
    ("unknown_record_refusal", "`missing_is_not_found` asks the same, one name at a time"),
    ("missing_required_header", "neither document has a required header"),
    ("allow_header_conformance", "no document makes the reference server forget `Allow`"),
];

fn mutants() -> Vec<Mutant> {
    of_laws().into_iter().chain(of_checks()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_is_noticed_by_one_alone() {
    let mut wrong = Vec::new();
    for document in ["boards", "pantry"] {
        let original = fixture(document);
        let (reading, people) = (&reading(&original), &people(&original).await);
        let own = mutants().into_iter().filter(|mutant| mutant.document == document);
        let results: Vec<_> = futures::stream::iter(own)
            .map(|mutant| {
                let served = edited(mutant.is, &original, &mutant.edits);
                async move { (found_by(reading, people, served).await, mutant) }
            })
            .buffered(4)
            .collect()
            .await;
        for (found, mutant) in results {
            match found {
                Err(why) => {
                    wrong.push(format!("{} ({}) cannot be served: {why}", mutant.noticed_by, mutant.is));
                }
                Ok(found) => {
                    let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
                    if names != [mutant.noticed_by] {
                        let all: Vec<String> =
                            found.iter().map(|(name, why)| format!("{name}: {why}")).collect();
                        wrong.push(format!(
                            "{} ({}):\n    {}",
                            mutant.noticed_by,
                            mutant.is,
                            all.join("\n    ")
                        ));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "not noticed, or not by one alone:\n{}", wrong.join("\n"));
}

#[test]
fn all_have_one() {
    let all: BTreeSet<&str> =
        CHECKS.iter().map(|check| check.name()).chain(LAWS.iter().map(|law| law.name())).collect();
    let have: BTreeSet<&str> = mutants().iter().map(|mutant| mutant.noticed_by).collect();
    let without: BTreeSet<&str> = WITHOUT.iter().map(|(name, _)| *name).collect();
    assert!(have.is_disjoint(&without), "excused without need: {:?}", have.intersection(&without));
    let missing: Vec<_> =
        all.iter().filter(|name| !have.contains(*name) && !without.contains(*name)).collect();
    assert!(missing.is_empty(), "without a mutant that they alone notice: {missing:?}");
    assert!(have.union(&without).all(|name| all.contains(name)), "unknown names");
}
