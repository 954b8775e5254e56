//! Every check and law has a wrong server that it alone notices.

use std::collections::BTreeSet;

use futures::StreamExt as _;
use serde_json::{Value, json};
use tercet_conformance::check::CHECKS;
use tercet_conformance::law::LAWS;

use super::bench::{found_by, people, reading};
use super::edit::{edited, fixture};

/// A wrong server: the document that it is held to, what was changed in the one it serves, and who alone notices.
struct Mutant {
    noticed_by: &'static str,
    is: &'static str,
    document: &'static str,
    edits: Vec<(&'static str, Option<Value>)>,
}

fn mutant(
    noticed_by: &'static str,
    is: &'static str,
    document: &'static str,
    edits: Vec<(&'static str, Option<Value>)>,
) -> Mutant {
    Mutant { noticed_by, is, document, edits }
}

fn put(value: Value) -> Option<Value> {
    Some(value)
}

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

#[allow(clippy::too_many_lines, reason = "a table")]
fn mutants() -> Vec<Mutant> {
    vec![
        mutant("read_your_writes", "an item is found by its id only, not by its code", "pantry", vec![(
            "/paths/~1items~1{which}/get/x-effect/find/where",
            put(json!({ "id": "$request.path.which" })),
        )]),
        mutant("created_is_listed", "all things have the same name in the listing", "pantry", vec![(
            "/paths/~1items/get/responses/200/content/application~1json/schema/items",
            put(json!({
                "type": "object",
                "properties": {
                    "id": { "type": "string" },
                    "code": { "type": "string" },
                    "name": { "type": "string", "x-value": "thing" },
                    "amount": { "type": "integer" },
                    "archived": { "type": "boolean" },
                },
            })),
        )]),
        mutant("defaults_apply", "there is one of something, unless said otherwise: here there are two", "pantry", vec![(
            "/components/schemas/Item/properties/amount/default",
            put(json!(2)),
        )]),
        mutant("assigned_is_the_servers", "a client can choose the number of a card", "boards", vec![(
            "/components/schemas/NewCard/properties/number",
            put(json!({ "type": "integer" })),
        ), (
            "/paths/~1boards~1{board}~1cards/post/x-effect/1/create/set/number",
            put(json!("$request.body#/number")),
        )]),
        mutant("unknown_properties", "an unknown property is kept and not refused", "boards", vec![(
            "/x-conduct/unknown-properties",
            put(json!("keep")),
        )]),
        mutant("null_is_absent", "null is a wrong type", "pantry", vec![("/x-conduct/null-is-absent", None)]),
        mutant("references_exist", "a card that is blocked by nothing known is made, unblocked", "boards", vec![(
            "/paths/~1boards~1{board}~1cards/post/x-effect",
            put(json!([
                { "find": { "in": "boards", "where": { "id": "$request.path.board", "owner": "$caller.id" } } },
                {
                    "find": { "in": "cards", "where": { "id": "$request.body#/blocked_by" } },
                    "when": { "$request.body#/blocked_by": { "present": true } },
                    "else": "pass",
                    "as": "other",
                },
                { "create": { "in": "cards", "set": {
                    "board": "$request.path.board",
                    "title": "$request.body#/title",
                    "text": "$request.body#/text",
                    "state": "$request.body#/state",
                    "points": "$request.body#/points",
                    "label": "$request.body#/label",
                    "blocked_by": "$other.id",
                    "pin": "$request.body#/pin",
                } }, "as": "result" },
            ])),
        )]),
        mutant("unique_is_enforced", "names of labels differ in upper and lower case", "boards", vec![(
            "/x-collections/labels/ignore-case",
            None,
        )]),
        mutant("update_is_seen", "a label's colour stays what it was", "boards", vec![(
            "/paths/~1labels~1{label}/patch/x-effect/update/set",
            put(json!({ "name": "$request.body#/name" })),
        )]),
        mutant("merge_keeps_the_rest", "an update of a card empties its text", "boards", vec![(
            "/paths/~1boards~1{board}~1cards~1{card}/patch/x-effect/1/update/set",
            put(json!({
                "title": "$request.body#/title",
                "text": { "first": [ "$request.body#/text", "" ] },
                "state": "$request.body#/state",
                "points": "$request.body#/points",
                "label": "$request.body#/label",
                "blocked_by": "$request.body#/blocked_by",
                "pin": "$request.body#/pin",
            })),
        )]),
        mutant("replace_clears_the_rest", "a replacement merges", "boards", vec![(
            "/paths/~1boards~1{board}~1cards~1{card}/put/x-effect/1/update",
            put(json!({ "in": "cards", "where": { "id": "$request.path.card", "board": "$request.path.board" } })),
        ), (
            "/paths/~1boards~1{board}~1cards~1{card}/put/x-effect/1/replace",
            None,
        )]),
        mutant("repeat_put_is_one_put", "a replacement that changes nothing is refused", "boards", vec![(
            "/paths/~1boards~1{board}~1cards~1{card}/put/x-effect",
            put(json!([
                { "find": { "in": "boards", "where": { "id": "$request.path.board", "owner": "$caller.id" } } },
                { "find": { "in": "cards", "where": { "id": "$request.path.card", "board": "$request.path.board" } }, "as": "old" },
                { "require": { "where": { "anyOf": [
                    { "$old.text": { "not": "$request.body#/text" } },
                    { "$old.points": { "not": "$request.body#/points" } },
                    { "$old.title": { "not": "$request.body#/title" } },
                ] } } },
                { "replace": { "in": "cards", "where": { "id": "$request.path.card", "board": "$request.path.board" }, "set": {
                    "board": "$request.path.board",
                    "title": "$request.body#/title",
                    "text": "$request.body#/text",
                    "state": "$request.body#/state",
                    "points": "$request.body#/points",
                    "label": "$request.body#/label",
                    "blocked_by": "$request.body#/blocked_by",
                    "pin": "$request.body#/pin",
                } }, "as": "result" },
            ])),
        )]),
        mutant("changed_is_marked", "a change of a label leaves no mark", "boards", vec![(
            "/components/schemas/Label/properties/changed/x-assign",
            put(json!("now")),
        )]),
        mutant("refused_write_changes_nothing", "a colour that does not exist is refused, but a green label is made", "boards", vec![(
            "/x-collections/palette",
            put(json!({ "schema": "Colour", "seed": [ { "id": "red" }, { "id": "green" }, { "id": "blue" } ] })),
        ), (
            "/components/schemas/Colour",
            put(json!({ "type": "object", "properties": { "id": { "type": "string" } } })),
        ), (
            "/components/requestBodies/Label/content/application~1json/schema/properties/colour",
            put(json!({ "type": "string" })),
        ), (
            "/paths/~1labels/post/x-effect/create/set/colour",
            put(json!({ "first": [
                { "in": "palette", "where": { "id": { "enum": [ { "first": [ "$request.body#/colour", "green" ] } ] } }, "pick": "$item.id" },
                "green",
            ] })),
        ), (
            "/paths/~1labels/post/responses/201/x-outcome",
            put(json!("ok")),
        ), (
            "/paths/~1labels/post/responses/201/x-when",
            put(json!({ "anyOf": [
                { "$request.body#/colour": { "enum": [ "red", "green", "blue" ] } },
                { "$request.body#/colour": { "present": false } },
            ] })),
        ), (
            "/paths/~1labels/post/responses/400",
            put(json!({
                "description": "It was refused.",
                "x-outcome": [ "ok", "invalid" ],
                "content": { "application/json": {
                    "schema": { "$ref": "#/components/schemas/Problem" },
                    "examples": { "refused": { "x-outcome": "ok", "value": { "error": "invalid", "message": "no such colour" } } },
                } },
            })),
        )]),
        mutant("safe_methods_change_nothing", "a HEAD takes a card's points away", "boards", vec![(
            "/paths/~1boards~1{board}~1cards~1{card}/get/x-effect/-",
            put(json!({
                "update": { "in": "cards", "where": { "id": "$request.path.card" }, "set": { "points": 0 } },
                "when": { "$request.method": "HEAD" },
                "conflict": "not-found",
                "as": "after",
            })),
        )]),
        mutant("missing_is_not_found", "a label that is not there is tried in vain, for another reason", "boards", vec![(
            "/paths/~1boards~1{board}~1labels~1{label}/put/x-effect/1/else",
            put(json!("invalid")),
        )]),
        mutant("parents_bind", "a card is found under any board", "boards", vec![(
            "/paths/~1boards~1{board}~1cards~1{card}/get/x-effect/1/find/where/board",
            None,
        )]),
        mutant("strangers_see_nothing", "anybody can read a board", "boards", vec![(
            "/paths/~1boards~1{board}/get/x-effect/find/where/owner",
            None,
        )]),
        mutant("filters_select", "cards are listed whatever their state", "boards", vec![(
            "/paths/~1boards~1{board}~1cards/get/x-effect/1/list/where/state",
            None,
        )]),
        mutant("sorts_order", "labels come as they were made", "boards", vec![(
            "/paths/~1labels/get/x-effect/list/sort",
            None,
        )]),
        mutant("pages_partition", "a page has three records unless asked otherwise", "pantry", vec![(
            "/paths/~1items/get/x-effect/list/page/limit/first/1",
            put(json!(3)),
        )]),
        mutant("totals_agree", "the total is the count of the page", "boards", vec![(
            "/components/schemas/CardPage/properties/total/x-value",
            put(json!("$page.count")),
        )]),
        mutant("use_after_free", "a deleted item is only hidden from listings", "pantry", vec![(
            "/components/schemas/Item/properties/hidden",
            put(json!({ "type": "boolean", "default": false, "writeOnly": true })),
        ), (
            "/paths/~1items~1{which}/delete/x-effect",
            put(json!({
                "update": {
                    "in": "items",
                    "where": { "id": "$request.path.which", "hidden": false },
                    "set": { "hidden": true, "code": "was {$request.path.which}" },
                },
                "conflict": "not-found",
            })),
        ), (
            "/paths/~1items~1{which}/patch/x-effect/update/where/hidden",
            put(json!(false)),
        ), (
            "/paths/~1items/get/x-effect/list/where/hidden",
            put(json!(false)),
        )]),
        mutant("deleted_is_unlisted", "a deleted item is only hidden from those who name it", "pantry", vec![(
            "/components/schemas/Item/properties/hidden",
            put(json!({ "type": "boolean", "default": false, "writeOnly": true })),
        ), (
            "/paths/~1items~1{which}/delete/x-effect",
            put(json!({
                "update": {
                    "in": "items",
                    "where": { "id": "$request.path.which", "hidden": false },
                    "set": { "hidden": true, "code": "was {$request.path.which}" },
                },
                "conflict": "not-found",
            })),
        ), (
            "/paths/~1items~1{which}/patch/x-effect/update/where/hidden",
            put(json!(false)),
        ), (
            "/paths/~1items~1{which}/get/x-effect/find/where/hidden",
            put(json!(false)),
        )]),
        mutant("delete_hits_only_its_target", "who removes an item empties the pantry", "pantry", vec![(
            "/paths/~1items~1{which}/delete/x-effect",
            put(json!([
                { "find": { "in": "items", "where": { "id": "$request.path.which" } } },
                { "delete": { "in": "items", "where": { "amount": { "minimum": 0 } } } },
            ])),
        )]),
        mutant("delete_frees_unique_values", "a deleted item keeps its code", "pantry", vec![(
            "/components/schemas/Item/properties/hidden",
            put(json!({ "type": "boolean", "default": false, "writeOnly": true })),
        ), (
            "/paths/~1items~1{which}/delete/x-effect",
            put(json!({
                "update": {
                    "in": "items",
                    "where": { "id": "$request.path.which", "hidden": false },
                    "set": { "hidden": true },
                },
                "conflict": "not-found",
            })),
        ), (
            "/paths/~1items~1{which}/patch/x-effect/update/where/hidden",
            put(json!(false)),
        ), (
            "/paths/~1items~1{which}/get/x-effect/find/where/hidden",
            put(json!(false)),
        ), (
            "/paths/~1items/get/x-effect/list/where/hidden",
            put(json!(false)),
        )]),
        mutant("cascade_follows", "the cards of a deleted board stay", "boards", vec![(
            "/components/schemas/Card/properties/board/x-ref",
            None,
        )]),
        mutant("restrict_holds", "a label that is in use can be deleted", "boards", vec![(
            "/components/schemas/Card/properties/label/x-ref",
            put(json!({ "to": "labels", "on-delete": "clear" })),
        )]),
        mutant("clear_clears", "what a deleted card blocked goes with it", "boards", vec![(
            "/components/schemas/Card/properties/blocked_by/x-ref/on-delete",
            put(json!("cascade")),
        )]),
        mutant("write_only_stays_unread", "who looks at a card sees its pin", "boards", vec![(
            "/components/schemas/Card/properties/shown_pin",
            put(json!({ "type": "string", "x-value": "$record.pin", "x-when": { "$request.method": "GET" } })),
        )]),
        mutant("response_schema_conformance", "a shelf is a number", "pantry", vec![(
            "/components/schemas/Item/properties/shelf",
            put(json!({ "x-value": { "literal": 12 } })),
        )]),
        mutant("response_headers_conformance", "a new item does not say where it is", "pantry", vec![(
            "/paths/~1items/post/responses/201/headers",
            None,
        )]),
        mutant("content_type_conformance", "JSON has a name of its own", "boards", vec![(
            "/x-conduct/content-type",
            put(json!("application/vnd.pantry+json")),
        )]),
        mutant("ignored_auth", "anybody can look at an item", "pantry", vec![(
            "/paths/~1items~1{which}/get/security",
            put(json!([])),
        )]),
        mutant("negative_data_rejection", "a pin may be short", "boards", vec![
            ("/components/schemas/NewCard/properties/pin/minLength", None),
            ("/components/schemas/CardChange/properties/pin/minLength", None),
            ("/components/schemas/Card/properties/pin/minLength", None),
        ]),
        mutant("positive_data_acceptance", "a code of thirty signs is too long", "pantry", vec![(
            "/components/schemas/NewItem/properties/code/maxLength",
            put(json!(29)),
        )]),
        mutant("write_only_never_shown", "the answer to a new card tells its pin", "boards", vec![(
            "/components/schemas/Card/properties/shown_pin",
            put(json!({ "type": "string", "x-value": "$record.pin", "x-when": { "$request.method": "POST" } })),
        )]),
    ]
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
                Err(why) => wrong.push(format!("{} ({}) cannot be served: {why}", mutant.noticed_by, mutant.is)),
                Ok(found) => {
                    let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
                    if names != [mutant.noticed_by] {
                        let all: Vec<String> = found.iter().map(|(name, why)| format!("{name}: {why}")).collect();
                        wrong.push(format!("{} ({}):\n    {}", mutant.noticed_by, mutant.is, all.join("\n    ")));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "not noticed, or not by one alone:\n{}", wrong.join("\n"));
}

#[test]
fn all_have_one() {
    let all: BTreeSet<&str> = CHECKS.iter().map(|check| check.name()).chain(LAWS.iter().map(|law| law.name())).collect();
    let have: BTreeSet<&str> = mutants().iter().map(|mutant| mutant.noticed_by).collect();
    let without: BTreeSet<&str> = WITHOUT.iter().map(|(name, _)| *name).collect();
    assert!(have.is_disjoint(&without), "excused without need: {:?}", have.intersection(&without));
    let missing: Vec<_> = all.iter().filter(|name| !have.contains(*name) && !without.contains(*name)).collect();
    assert!(missing.is_empty(), "without a mutant that they alone notice: {missing:?}");
    assert!(have.union(&without).all(|name| all.contains(name)), "unknown names");
}
