//! Wrong servers that one law alone notices.

use serde_json::{Value, json};

/// A wrong server: the document that it is held to, what was changed in the one it serves, and who alone notices.
pub(super) struct Mutant {
    pub(super) noticed_by: &'static str,
    pub(super) is: &'static str,
    pub(super) document: &'static str,
    pub(super) edits: Vec<(&'static str, Option<Value>)>,
}

pub(super) fn mutant(
    noticed_by: &'static str,
    is: &'static str,
    document: &'static str,
    edits: Vec<(&'static str, Option<Value>)>,
) -> Mutant {
    Mutant { noticed_by, is, document, edits }
}

pub(super) fn put(value: Value) -> Option<Value> {
    Some(value)
}

/// Where the pantry looks for an item, and for all.
const FINDING: &str = "/paths/~1items~1{which}/get/x-effect/find/where/hidden";
const LISTING: &str = "/paths/~1items/get/x-effect/list/where/hidden";

/// A deleted item is changed instead, and hidden from those who change it and those who look there.
fn hidden_only(change: Value, from: &[&'static str]) -> Vec<(&'static str, Option<Value>)> {
    let hide = json!({
        "update": { "in": "items", "where": { "id": "$request.path.which", "hidden": false }, "set": change },
        "conflict": "not-found",
    });
    let property = json!({ "type": "boolean", "default": false, "writeOnly": true });
    let mut edits = vec![
        ("/components/schemas/Item/properties/hidden", put(property)),
        ("/paths/~1items~1{which}/delete/x-effect", put(hide)),
        ("/paths/~1items~1{which}/patch/x-effect/update/where/hidden", put(json!(false))),
    ];
    edits.extend(from.iter().map(|place| (*place, put(json!(false)))));
    edits
}

#[allow(clippy::too_many_lines, reason = "a table")]
pub(super) fn of_laws() -> Vec<Mutant> {
    vec![
        mutant(
            "read_your_writes",
            "an item is found by its id only, not by its code",
            "pantry",
            vec![(
                "/paths/~1items~1{which}/get/x-effect/find/where",
                put(json!({ "id": "$request.path.which" })),
            )],
        ),
        mutant(
            "created_is_listed",
            "all things have the same name in the listing",
            "pantry",
            vec![(
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
            )],
        ),
        mutant(
            "defaults_apply",
            "there is one of something, unless said otherwise: here there are two",
            "pantry",
            vec![("/components/schemas/Item/properties/amount/default", put(json!(2)))],
        ),
        mutant(
            "assigned_is_the_servers",
            "a client can choose the number of a card",
            "boards",
            vec![
                ("/components/schemas/NewCard/properties/number", put(json!({ "type": "integer" }))),
                (
                    "/paths/~1boards~1{board}~1cards/post/x-effect/1/create/set/number",
                    put(json!("$request.body#/number")),
                ),
            ],
        ),
        mutant(
            "unknown_properties",
            "an unknown property is kept and not refused",
            "boards",
            vec![("/x-conduct/unknown-properties", put(json!("keep")))],
        ),
        mutant("null_is_absent", "null is a wrong type", "pantry", vec![("/x-conduct/null-is-absent", None)]),
        mutant(
            "references_exist",
            "a card that is blocked by nothing known is made, unblocked",
            "boards",
            vec![(
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
            )],
        ),
        mutant(
            "unique_is_enforced",
            "names of labels differ in upper and lower case",
            "boards",
            vec![("/x-collections/labels/ignore-case", None)],
        ),
        mutant(
            "update_is_seen",
            "a label's colour stays what it was",
            "boards",
            vec![(
                "/paths/~1labels~1{label}/patch/x-effect/update/set",
                put(json!({ "name": "$request.body#/name" })),
            )],
        ),
        mutant(
            "merge_keeps_the_rest",
            "an update of a card empties its text",
            "boards",
            vec![(
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
            )],
        ),
        mutant(
            "replace_clears_the_rest",
            "a replacement merges",
            "boards",
            vec![
                (
                    "/paths/~1boards~1{board}~1cards~1{card}/put/x-effect/1/update",
                    put(
                        json!({ "in": "cards", "where": { "id": "$request.path.card", "board": "$request.path.board" } }),
                    ),
                ),
                ("/paths/~1boards~1{board}~1cards~1{card}/put/x-effect/1/replace", None),
            ],
        ),
        mutant(
            "repeat_put_is_one_put",
            "a replacement that changes nothing is refused",
            "boards",
            vec![(
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
            )],
        ),
        mutant(
            "changed_is_marked",
            "a change of a label leaves no mark",
            "boards",
            vec![("/components/schemas/Label/properties/changed/x-assign", put(json!("now")))],
        ),
        mutant(
            "refused_write_changes_nothing",
            "a colour that does not exist is refused, but a green label is made",
            "boards",
            vec![
                (
                    "/x-collections/palette",
                    put(
                        json!({ "schema": "Colour", "seed": [ { "id": "red" }, { "id": "green" }, { "id": "blue" } ] }),
                    ),
                ),
                (
                    "/components/schemas/Colour",
                    put(json!({ "type": "object", "properties": { "id": { "type": "string" } } })),
                ),
                (
                    "/components/requestBodies/Label/content/application~1json/schema/properties/colour",
                    put(json!({ "type": "string" })),
                ),
                (
                    "/paths/~1labels/post/x-effect/create/set/colour",
                    put(json!({ "first": [
                { "in": "palette", "where": { "id": { "enum": [ { "first": [ "$request.body#/colour", "green" ] } ] } }, "pick": "$item.id" },
                "green",
            ] })),
                ),
                ("/paths/~1labels/post/responses/201/x-outcome", put(json!("ok"))),
                (
                    "/paths/~1labels/post/responses/201/x-when",
                    put(json!({ "anyOf": [
                { "$request.body#/colour": { "enum": [ "red", "green", "blue" ] } },
                { "$request.body#/colour": { "present": false } },
            ] })),
                ),
                (
                    "/paths/~1labels/post/responses/400",
                    put(json!({
                        "description": "It was refused.",
                        "x-outcome": [ "ok", "invalid" ],
                        "content": { "application/json": {
                            "schema": { "$ref": "#/components/schemas/Problem" },
                            "examples": { "refused": { "x-outcome": "ok", "value": { "error": "invalid", "message": "no such colour" } } },
                        } },
                    })),
                ),
            ],
        ),
        mutant(
            "safe_methods_change_nothing",
            "a HEAD takes a card's points away",
            "boards",
            vec![(
                "/paths/~1boards~1{board}~1cards~1{card}/get/x-effect/-",
                put(json!({
                    "update": { "in": "cards", "where": { "id": "$request.path.card" }, "set": { "points": 0 } },
                    "when": { "$request.method": "HEAD" },
                    "conflict": "not-found",
                    "as": "after",
                })),
            )],
        ),
        mutant(
            "missing_is_not_found",
            "a label that is not there is tried in vain, for another reason",
            "boards",
            vec![("/paths/~1boards~1{board}~1labels~1{label}/put/x-effect/1/else", put(json!("invalid")))],
        ),
        mutant(
            "parents_bind",
            "a card is found under any board",
            "boards",
            vec![("/paths/~1boards~1{board}~1cards~1{card}/get/x-effect/1/find/where/board", None)],
        ),
        mutant(
            "strangers_see_nothing",
            "anybody can read a board",
            "boards",
            vec![("/paths/~1boards~1{board}/get/x-effect/find/where/owner", None)],
        ),
        mutant(
            "rights_are_kept",
            "anybody can rename an album",
            "album",
            vec![
                ("/paths/~1albums~1{album}/patch/x-effect/0", put(json!({ "find": { "in": "albums" } }))),
                ("/paths/~1albums~1{album}/patch/x-effect/1/strangers", None),
            ],
        ),
        mutant(
            "filters_select",
            "cards are listed whatever their state",
            "boards",
            vec![("/paths/~1boards~1{board}~1cards/get/x-effect/1/list/where/state", None)],
        ),
        mutant(
            "sorts_order",
            "labels come as they were made",
            "boards",
            vec![("/paths/~1labels/get/x-effect/list/sort", None)],
        ),
        mutant(
            "pages_partition",
            "a page has three records unless asked otherwise",
            "pantry",
            vec![("/paths/~1items/get/parameters/1/schema/default", put(json!(3)))],
        ),
        mutant(
            "totals_agree",
            "the total is the count of the page",
            "boards",
            vec![("/components/schemas/CardPage/properties/total/x-value", put(json!("$page.count")))],
        ),
        mutant(
            "use_after_free",
            "a deleted item is only hidden from listings",
            "pantry",
            hidden_only(json!({ "hidden": true, "code": "was {$request.path.which}" }), &[LISTING]),
        ),
        mutant(
            "deleted_is_unlisted",
            "a deleted item is only hidden from those who name it",
            "pantry",
            hidden_only(json!({ "hidden": true, "code": "was {$request.path.which}" }), &[FINDING]),
        ),
        mutant(
            "delete_hits_only_its_target",
            "who removes an item empties the pantry",
            "pantry",
            vec![(
                "/paths/~1items~1{which}/delete/x-effect",
                put(json!([
                    { "find": { "in": "items", "where": { "id": "$request.path.which" } } },
                    { "delete": { "in": "items", "where": { "amount": { "minimum": 0 } } } },
                ])),
            )],
        ),
        mutant(
            "delete_frees_unique_values",
            "a deleted item keeps its code",
            "pantry",
            hidden_only(json!({ "hidden": true }), &[FINDING, LISTING]),
        ),
        mutant(
            "expiry_ends_access",
            "a pass is good for ever",
            "library",
            vec![("/components/securitySchemes/pass/x-credential/where/expires", None)],
        ),
        mutant(
            "expiry_ends_access",
            "a token that is given to who signs in has no end",
            "turnstile",
            vec![(
                "/components/schemas/Ticket/properties/token/x-assign/value/jwt",
                put(json!({ "sub": "$record.visitor" })),
            )],
        ),
        mutant(
            "derived_values_agree",
            "the copies of all books are counted",
            "library",
            vec![("/components/schemas/Book/properties/copies/x-value/count/where", None)],
        ),
        mutant(
            "each_makes_one",
            "only the first of a book's copies is entered",
            "library",
            vec![("/paths/~1books/post/x-effect/1/create/each", put(json!(["$request.body#/copies/0"])))],
        ),
        mutant(
            "bounds_are_exact",
            "the year from which on is left out itself",
            "library",
            vec![
                ("/paths/~1books/get/x-effect/list/where/year/minimum", None),
                (
                    "/paths/~1books/get/x-effect/list/where/year/exclusiveMinimum",
                    put(json!({ "first": [ "$request.query.from", "$request.query.after" ] })),
                ),
            ],
        ),
        mutant(
            "paths_as_said",
            "a path in upper case is another one",
            "pantry",
            vec![("/x-conduct/paths/ignore-case", put(json!(false)))],
        ),
        mutant(
            "stages_in_order",
            "who calls is asked first",
            "pantry",
            vec![("/x-conduct/order", put(json!(["authenticate", "validate"])))],
        ),
        mutant(
            "cascade_follows",
            "the cards of a deleted board stay",
            "boards",
            vec![("/components/schemas/Card/properties/board/x-ref", None)],
        ),
        mutant(
            "restrict_holds",
            "a label that is in use can be deleted",
            "boards",
            vec![(
                "/components/schemas/Card/properties/label/x-ref",
                put(json!({ "to": "labels", "on-delete": "clear" })),
            )],
        ),
        mutant(
            "clear_clears",
            "what a deleted card blocked goes with it",
            "boards",
            vec![("/components/schemas/Card/properties/blocked_by/x-ref/on-delete", put(json!("cascade")))],
        ),
        mutant(
            "write_only_stays_unread",
            "who looks at a card sees its pin",
            "boards",
            vec![(
                "/components/schemas/Card/properties/shown_pin",
                put(
                    json!({ "type": "string", "x-value": "$record.pin", "x-when": { "$request.method": "GET" } }),
                ),
            )],
        ),
    ]
}
