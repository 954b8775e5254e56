//! The reference server keeps every document, whatever the seed: the suite raises no false alarm.

use tercet_conformance::run::Choice;
use tercet_mock_server::Builder;
use tercet_spec::shipped;

use crate::support::{
    ALBUM, BOARDS, LIBRARY, PANTRY, WORKSHOP, baserow, document, findings, judge, tooljet, unjudged,
};

const SEEDS: std::ops::Range<u64> = 0..3;

async fn is_green(name: &str, text: &str) {
    let document = document(name, text);
    for seed in SEEDS {
        let report =
            judge(&document, Builder::new(document.clone()).seed(seed), &Choice::default(), seed).await;
        assert!(report.holds(), "{name}, seed {seed}:\n{}", findings(&report).join("\n"));
        assert_eq!(report.exit_code(), 0, "{name}, seed {seed}: {:?}", unjudged(&report, "error"));
        assert_eq!(report.leftovers, [], "{name}, seed {seed}");
        assert!(report.counts.pass > 60, "{name}, seed {seed}: only {:?}", report.counts);
    }
}

#[tokio::test]
async fn boards_hold() {
    is_green("boards.yaml", BOARDS).await;
}

#[tokio::test]
async fn pantry_holds() {
    is_green("pantry.yaml", PANTRY).await;
}

#[tokio::test]
async fn library_holds() {
    is_green("library.yaml", LIBRARY).await;
}

#[tokio::test]
async fn json_of_a_vendor_is_json() {
    let declared = PANTRY.replace("application/json", "application/vnd.pantry+json");
    is_green("pantry.yaml", &declared).await;
    // Said once for all answers, whatever each declares.
    let said = PANTRY.replace("x-conduct:\n", "x-conduct:\n  content-type: application/vnd.pantry+json\n");
    assert_ne!(said, PANTRY);
    is_green("pantry.yaml", &said).await;
}

#[tokio::test]
async fn workshop_holds() {
    is_green("workshop.yaml", WORKSHOP).await;
}

/// Who may not is said of it, and held to.
#[tokio::test]
async fn album_holds() {
    let document = document("album.yaml", ALBUM);
    for seed in SEEDS {
        let report =
            judge(&document, Builder::new(document.clone()).seed(seed), &Choice::default(), seed).await;
        assert!(report.holds(), "seed {seed}:\n{}", findings(&report).join("\n"));
        assert_eq!(report.leftovers, [], "seed {seed}");
        let rights = report.results.iter().filter(|one| one.name == "rights_are_kept");
        let tried: Vec<&str> = rights.map(|one| one.subject.as_str()).collect();
        assert_eq!(
            tried,
            [
                "`listAlbums` by a stranger",
                "`getAlbum` by a stranger",
                "`getAlbum` by nobody",
                "`deleteAlbum` by a stranger",
                "`deleteAlbum` by nobody",
                "`renameAlbum` by a stranger",
                "`renameAlbum` by nobody",
            ]
        );
    }
}

#[tokio::test]
async fn tooljet_holds() {
    for seed in SEEDS {
        let report =
            judge(&tooljet(), Builder::shipped("tooljet").seed(seed), &Choice::default(), seed).await;
        assert!(report.holds(), "seed {seed}:\n{}", findings(&report).join("\n"));
        assert_eq!(report.exit_code(), 0, "seed {seed}: {:?}", unjudged(&report, "error"));
        // Users and apps cannot be removed: that is said, with their names.
        assert!(report.leftovers.iter().all(|one| !one.why.is_empty()));
        assert!(report.counts.pass > 100, "seed {seed}: only {:?}", report.counts);
    }
}

/// Accounts are made by registration; what the run makes is there by actions, of which the document says what they amount to.
async fn baserow_is_green(name: &str) {
    let seed = 1;
    let report = judge(&baserow(name), Builder::shipped(name).seed(seed), &Choice::default(), seed).await;
    assert!(report.holds(), "{name}:\n{}", findings(&report).join("\n"));
    assert_eq!(report.exit_code(), 0, "{name}: {:?}", unjudged(&report, "error"));
    assert!(report.leftovers.iter().all(|one| !one.why.is_empty()));
    assert!(report.leftovers.len() < 40, "{name}: {:?}", report.leftovers);
    assert!(report.counts.pass > 1_500, "{name}: only {:?}", report.counts);
}

#[tokio::test]
async fn baserow_holds() {
    baserow_is_green("baserow").await;
}

#[tokio::test]
async fn baserow_1_35_holds() {
    baserow_is_green("baserow@1.35").await;
}

/// Ids in bodies, two calls for a deletion, one bag for all parameters; over TLS, as the edition demands it.
async fn passwords_is_green(name: &str) {
    let seed = 1;
    let document = shipped(name).unwrap().1;
    // The limits on calls are tested with the server: here they would mean minutes of waiting.
    let served = Builder::shipped(name).seed(seed).set("RATE_LIMITS", "false").tls();
    let report = judge(&document, served, &Choice::default(), seed).await;
    assert!(report.holds(), "{name}:\n{}", findings(&report).join("\n"));
    assert_eq!(report.exit_code(), 0, "{name}: {:?}", unjudged(&report, "error"));
    // Everything that has a name was removed; what is left is what actions did of which the document does not say what it is.
    assert!(report.leftovers.iter().all(|one| one.collection.is_empty()), "{name}: {:?}", report.leftovers);
    assert!(report.leftovers.len() < 70, "{name}: {:?}", report.leftovers);
    assert!(report.counts.pass > 750, "{name}: only {:?}", report.counts);
}

#[tokio::test]
async fn passwords_holds() {
    passwords_is_green("passwords").await;
}

#[tokio::test]
async fn passwords_2026_7_holds() {
    passwords_is_green("passwords@2026.7").await;
}

/// Two accounts, each with an organisation of its own; what the run makes goes along with the organisations that it makes.
async fn lowcoder_is_green(name: &str, seeds: std::ops::Range<u64>) {
    let document = shipped(name).unwrap().1;
    for seed in seeds {
        let report = judge(&document, Builder::shipped(name).seed(seed), &Choice::default(), seed).await;
        assert!(report.holds(), "{name}, seed {seed}:\n{}", findings(&report).join("\n"));
        assert_eq!(report.exit_code(), 0, "{name}, seed {seed}: {:?}", unjudged(&report, "error"));
        assert!(report.leftovers.iter().all(|one| !one.why.is_empty()));
        let rights = report.results.iter().filter(|one| one.name == "rights_are_kept");
        let kept = rights.filter(|one| one.verdict == "pass").count();
        assert!(kept > 60, "{name}, seed {seed}: only {kept} rights are tried");
        assert!(report.counts.pass > 1_300, "{name}, seed {seed}: only {:?}", report.counts);
    }
}

#[tokio::test]
async fn lowcoder_holds() {
    lowcoder_is_green("lowcoder", 1..2).await;
}

#[tokio::test]
async fn lowcoder_2_7_6_holds() {
    lowcoder_is_green("lowcoder@2.7.6", 1..2).await;
}
