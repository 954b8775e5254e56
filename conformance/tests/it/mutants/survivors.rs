//! Why nobody notices some wrong servers.

/// Document, why edits are not noticed, and the ends of their pointers (with a slash at its end: any part of one). What begins with
/// `equivalent` is no wrong server at all.
const REASONS: &[(&str, &str, &[&str])] = &[
    (
        "boards",
        "equivalent: says what is the default",
        &["/x-conduct/paths", "/x-conduct/paths/ignore-case", "/x-conduct/paths/ignore-trailing-slash"],
    ),
    ("boards", "equivalent: no operation makes or changes people", &["/x-collections/people/unique"]),
    (
        "boards",
        "equivalent: nothing shows a pin or tests it",
        &["cards/post/x-effect/1/create/set/pin", "/put/x-effect/1/replace/set/pin"],
    ),
    (
        "boards",
        "equivalent: the effect says the same default",
        &["/parameters/6/schema/default", "/parameters/7/schema/default"],
    ),
    ("boards", "equivalent: people come from the seed, with their ids", &["/Person/properties/id/x-assign"]),
    ("boards", "equivalent: nothing shows people", &["/Person/properties/token/writeOnly"]),
    (
        "boards",
        "equivalent: the owner is the caller, and nobody deletes people",
        &["/Board/properties/owner/x-ref"],
    ),
    ("boards", "equivalent: nobody deletes people", &["/Board/properties/owner/x-ref/on-delete"]),
    (
        "boards",
        "equivalent: requests carry it either way",
        &["/NewCard/properties/pin/writeOnly", "/CardChange/properties/pin/writeOnly"],
    ),
    ("boards", "equivalent: the body has the same members", &["~1labels/post/x-effect/create/set"]),
    ("pantry", "equivalent: says what is the default", &["/x-conduct/body-limit/else"]),
    (
        "pantry",
        "equivalent: the effect says the same default",
        &["/get/parameters/0/schema/default", "/get/parameters/1/schema/default"],
    ),
    ("pantry", "a refusal need not give reasons", &["/Problem/properties/reasons/x-value"]),
    (
        "library",
        "equivalent: says what is the default",
        &["/x-conduct/order", "/x-conduct/paths/ignore-case"],
    ),
    ("library", "equivalent: no operation makes or changes readers", &["/x-collections/readers/unique"]),
    (
        "library",
        "equivalent: tokens are the server's, and never twice the same",
        &["/x-collections/passes/unique"],
    ),
    (
        "library",
        "equivalent: the body's numbers differ, and each book is new",
        &["/x-collections/copies/unique"],
    ),
    (
        "library",
        "whoever asks is the first reader: no operation makes another",
        &["~1me/get/x-effect/find/where/id"],
    ),
    (
        "library",
        "equivalent: readers come from the seed, with their ids",
        &["/Reader/properties/id/x-assign"],
    ),
    (
        "library",
        "a refusal is told in words of its own where the schema asks for any text",
        &["/Problem/properties/error/x-value"],
    ),
    ("library", "equivalent: nobody deletes readers", &["/Pass/properties/reader/x-ref/on-delete"]),
    ("library", "copies are seen only below their book", &["/Copy/properties/book/x-ref"]),
    ("library", "no book that has copies is deleted on purpose", &["/Copy/properties/book/x-ref/on-delete"]),
    ("pantry", "equivalent: what is kept is shown nowhere", &["/x-conduct/unknown-properties"]),
];

/// Those of the shipped document. Much of its state is the seed's: no operation makes workspaces, groups or environments.
const TOOLJET: &[(&str, &str, &[&str])] = &[
    ("tooljet", "equivalent: no client sends a setting", &["/x-settings/"]),
    ("tooljet", "equivalent: the API is switched on", &["/x-conduct/require"]),
    (
        "tooljet",
        "equivalent: says what is the default",
        &["/x-conduct/order", "/x-conduct/head", "/x-conduct/body-limit/else"],
    ),
    ("tooljet", "equivalent: what is kept is shown nowhere", &["/x-conduct/unknown-properties"]),
    ("tooljet", "50 MB are not sent for every mutant: pantry has a small limit", &["/x-conduct/body-limit"]),
    (
        "tooljet",
        "its value comes from the request, and is not judged",
        &["/x-conduct/headers/Access-Control-Allow-Origin"],
    ),
    ("tooljet", "how a violated rule is worded is not judged", &["/x-conduct/violations/"]),
    ("tooljet", "equivalent: nothing shows a password", &["/create/set/password", "/update/set/password"]),
    (
        "tooljet",
        "a path that names in two ways is filled in the first, except to read",
        &["/x-effect/0/find/where/anyOf/1"],
    ),
    ("tooljet", "equivalent: the body has the same members", &["/x-effect/1/update/set"]),
    ("tooljet", "equivalent: both outcomes are answered alike", &["/x-effect/1/conflict"]),
    (
        "tooljet",
        "no operation that the document spells out gives a place in a workspace",
        &[
            "~1user~1{identifier}/patch/x-effect/3/",
            "~1user~1{identifier}/patch/x-effect/3",
            "~1workspace~1{workspaceId}/",
        ],
    ),
    (
        "tooljet",
        "equivalent: a version that is not named drops out of the look-up",
        &["~1apps~1{app_id}/post/x-effect/1/when"],
    ),
    (
        "tooljet",
        "both refusals are a 400: only their sentences differ",
        &["~1import~1workspace~1{workspace_id}~1apps/"],
    ),
    ("tooljet", "equivalent: its examples say the same", &["/components/responses/Forbidden/x-outcome"]),
    (
        "tooljet",
        "equivalent: its example says the same",
        &["/components/responses/MalformedUserId/x-outcome"],
    ),
    ("tooljet", "which of two shapes a user has is decided by a flag that no request sets", &["/x-when"]),
    (
        "tooljet",
        "equivalent: requests are held to a schema of their own",
        &["/UserStatus/enum", "/UserRecord/properties/email/format"],
    ),
    ("tooljet", "equivalent: a workspace has them all", &["/Workspace/required"]),
    ("tooljet", "equivalent: every status is within it", &["/Error/properties/statusCode/"]),
    ("tooljet", "what it shuts out names nothing, and is refused alike", &["/StrictUuid/pattern"]),
    (
        "tooljet",
        "of an exported document only what is exported is seen",
        &["/DatabaseTable/", "/AppV2/", "/GlobalSettings/"],
    ),
    (
        "tooljet",
        "equivalent: environments come from the seed",
        &["/AppEnvironment/", "/x-collections/environments/"],
    ),
    ("tooljet", "equivalent: nothing shows tokens", &["/AccessTokenRecord/"]),
    (
        "tooljet",
        "no operation that the document spells out puts a user into a group",
        &["/UserRecord/properties/groupNames/"],
    ),
    (
        "tooljet",
        "equivalent: workspaces come from the seed",
        &["/WorkspaceRecord/", "/x-collections/workspaces/"],
    ),
    ("tooljet", "equivalent: groups come from the seed", &["/GroupRecord/", "/x-collections/groups/"]),
    (
        "tooljet",
        "equivalent: nobody deletes workspaces",
        &["/MembershipRecord/properties/workspace/x-ref/on-delete"],
    ),
    (
        "tooljet",
        "equivalent: nobody deletes groups",
        &["/GroupMemberRecord/properties/group/x-ref/on-delete"],
    ),
    ("tooljet", "equivalent: no request sets it as it is", &["/AppRecord/properties/type/enum"]),
    ("tooljet", "equivalent: no operation changes an application", &["/AppRecord/properties/updatedAt/"]),
    (
        "tooljet",
        "versions are made by a named action",
        &["/AppVersionRecord/", "/x-collections/app_versions/unique"],
    ),
    ("tooljet", "applications are made by a named action", &["/x-collections/apps/ignore-case"]),
];

/// Why a mutant is not noticed, where that is known.
pub(super) fn reason(document: &str, pointer: &str) -> Option<&'static str> {
    let ends = |end: &str| pointer.ends_with(end) || (end.ends_with('/') && pointer.contains(end));
    let fits = |(own, _, all): &&(&str, &str, &[&str])| *own == document && all.iter().any(|end| ends(end));
    REASONS.iter().chain(TOOLJET).find(fits).map(|(_, why, _)| *why)
}
