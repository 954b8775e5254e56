//! Stories: told to a server that keeps them, to one that does not, and refused where they are not understood.

use tercet_conformance::Verdict;
use tercet_conformance::run::Choice;
use tercet_conformance::story::{Story, stories};
use tercet_mock_server::Builder;
use tercet_spec::{Document, PLATFORMS, shipped};

use crate::support::{
    ALBUM, PANTRY, changed, contract, document, findings, identities, judge, reading, session, target,
};

const STORIES: &str = include_str!("documents/pantry.arazzo.yaml");

fn of(text: &str) -> Result<Vec<Story>, Vec<String>> {
    let workflows = Document::parse("pantry.arazzo.yaml", text).unwrap();
    let told = stories(&workflows, &contract(&document("pantry.yaml", PANTRY)));
    told.map_err(|faults| faults.iter().map(ToString::to_string).collect())
}

/// Tells the stories to the server of `served`; gives the messages of what does not hold.
async fn tell(served: Document) -> Vec<String> {
    let server = Builder::new(served).start().await.unwrap();
    let reading = reading(&document("pantry.yaml", PANTRY));
    let target = target(reading.contract(), &server.url(), identities(reading.contract(), &server));
    let mut session = session(&reading, target, 1);
    let mut messages = Vec::new();
    for story in of(STORIES).unwrap() {
        match story.tell(&mut session).await.unwrap() {
            Verdict::Pass => {}
            Verdict::Fail { findings } => {
                messages.extend(
                    findings.iter().map(|one| format!("{}: {} [{}]", one.by, one.message, one.clause)),
                );
            }
            other => panic!("{other:?}"),
        }
    }
    messages
}

#[test]
fn a_story_comes_after_those_it_depends_on() {
    let names: Vec<String> = of(STORIES).unwrap().iter().map(|story| story.name().to_owned()).collect();
    assert_eq!(names, ["brought", "used-up"]);
}

#[tokio::test]
async fn a_right_server_keeps_them() {
    assert_eq!(tell(document("pantry.yaml", PANTRY)).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_wrong_server_is_noticed_at_the_criterion() {
    let original = document("pantry.yaml", PANTRY);
    let keeps = changed(&original, "/paths/~1items~1{which}/delete/x-effect", serde_json::json!([]));
    let messages = tell(keeps).await;
    assert_eq!(messages.len(), 1, "{messages:?}");
    assert!(
        messages[0].starts_with("story used-up: step `look`: `$statusCode == 410` does not hold"),
        "{messages:?}"
    );
    assert!(messages[0].contains("pantry.arazzo.yaml:23:"), "{messages:?}");
}

#[test]
fn what_is_not_understood_is_refused_with_its_place() {
    let wrong = [
        ("operationId: removeItem", "operationId: eatItem", "the document has no operation `eatItem`"),
        ("stepId: use", "onSuccess: [ ]\n        stepId: use", "`onSuccess` is not known here"),
        (
            "$steps.bring.outputs.id }",
            "$steps.bring.outputs.key }",
            "`$steps.bring.outputs.key` points at nothing",
        ),
        ("$statusCode == 204", "$statusCode = 204", "not expected in the condition"),
        ("type: regex", "type: xpath", "criteria of type `xpath` are not known"),
        (
            "dependsOn: [ brought ]",
            "dependsOn: [ used-up ]",
            "depends on a workflow that is not there, or on itself",
        ),
        (
            "name: which, in: path, value: $inputs.code",
            "name: who, in: path, value: $inputs.code",
            "no parameter `who`",
        ),
        ("arazzo: 1.0.1", "arazzo: 2.0.0", "expected version 1.0 of Arazzo"),
    ];
    for (old, new, message) in wrong {
        let faults = of(&STORIES.replacen(old, new, 1)).unwrap_err();
        assert!(faults.iter().any(|fault| fault.contains(message)), "{new}: {faults:?}");
        assert!(faults.iter().all(|fault| fault.starts_with("pantry.arazzo.yaml:")), "{faults:?}");
    }
}

/// Told by three: who made the album, somebody else, and nobody.
const CALLERS: &str = "arazzo: 1.0.1
info: { title: Album stories, version: '1' }
sourceDescriptions:
  - { name: album, url: ./album.yaml, type: openapi }
workflows:
  - workflowId: looked-into
    summary: An album is looked into
    steps:
      - stepId: make
        operationId: createAlbum
        requestBody: { payload: { title: Holidays } }
        outputs: { id: '$response.body#/id' }
      - stepId: own
        operationId: getAlbum
        parameters: [ { name: album, in: path, value: $steps.make.outputs.id } ]
        successCriteria: [ { condition: $statusCode == 200 } ]
      - stepId: another
        operationId: getAlbum
        x-caller: second
        parameters: [ { name: album, in: path, value: $steps.make.outputs.id } ]
        successCriteria: [ { condition: $statusCode == 403 } ]
      - stepId: nobody
        operationId: getAlbum
        x-caller: nobody
        parameters: [ { name: album, in: path, value: $steps.make.outputs.id } ]
        successCriteria: [ { condition: $statusCode == 402 } ]
      - stepId: back
        operationId: listAlbums
        successCriteria: [ { condition: $statusCode == 200 } ]
";

#[tokio::test]
async fn a_story_is_told_by_whom_it_says() {
    let album = document("album.yaml", ALBUM);
    let read = |text: &str| stories(&Document::parse("album.arazzo.yaml", text).unwrap(), &contract(&album));
    let server = Builder::new(album.clone()).start().await.unwrap();
    let reading = reading(&album);
    let target = target(reading.contract(), &server.url(), identities(reading.contract(), &server));
    let mut session = session(&reading, target, 1);
    let verdict = read(CALLERS).unwrap()[0].tell(&mut session).await.unwrap();
    assert_eq!(verdict, Verdict::Pass);
    // Who is nobody presents nothing; the others do, and whoever comes after nobody does again.
    let presented: Vec<bool> = session
        .exchanges()
        .iter()
        .map(|one| one.request.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("authorization")))
        .collect();
    assert_eq!(presented, [true, true, true, false, true]);

    let faults = read(&CALLERS.replace("x-caller: nobody", "x-caller: third")).unwrap_err();
    assert!(faults[0].to_string().contains("expected `second`"), "{}", faults[0]);
    let told_by_another = CALLERS.replace("x-caller: nobody", "x-caller: second");
    let verdict = read(&told_by_another).unwrap()[0].tell(&mut session).await.unwrap();
    assert!(matches!(verdict, Verdict::Fail { .. }), "{verdict:?}");
}

#[tokio::test]
async fn shipped_stories_hold() {
    for platform in PLATFORMS {
        let Some(workflows) = platform.workflows else { continue };
        let told = Document::parse(workflows.path, workflows.text).unwrap();
        let document = shipped(platform.name).unwrap().1;
        let stories =
            stories(&told, &contract(&document)).unwrap_or_else(|faults| panic!("{}", faults[0].render()));
        let only = stories.iter().map(|story| format!("story {}", story.name())).collect();
        let choice = Choice { only, stories, ..Choice::default() };
        let report = judge(&document, Builder::shipped(platform.name), &choice, 1).await;
        assert!(report.holds(), "{}", findings(&report).join("\n"));
        assert_eq!(report.counts.pass, choice.stories.len(), "{:?}", report.results);
    }
}
