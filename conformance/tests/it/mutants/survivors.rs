//! Why nobody notices some wrong servers.

/// Document, end of the pointer (or, with a slash at its end, a part of it), and why the edit is not noticed. What begins with
/// `equivalent` is no wrong server at all.
const REASONS: &[(&str, &str, &str)] = &[
    ("boards", "/x-conduct/paths", "equivalent: says what is the default"),
    ("boards", "/x-conduct/paths/ignore-case", "equivalent: says what is the default"),
    ("boards", "/x-conduct/paths/ignore-trailing-slash", "equivalent: says what is the default"),
    ("boards", "/x-collections/people/unique", "equivalent: no operation makes or changes people"),
    ("boards", "cards/post/x-effect/1/create/set/pin", "equivalent: nothing shows a pin or tests it"),
    ("boards", "/put/x-effect/1/replace/set/pin", "equivalent: nothing shows a pin or tests it"),
    ("boards", "/parameters/6/schema/default", "equivalent: the effect says the same default"),
    ("boards", "/parameters/7/schema/default", "equivalent: the effect says the same default"),
    ("boards", "/Person/properties/id/x-assign", "equivalent: people come from the seed, with their ids"),
    ("boards", "/Person/properties/token/writeOnly", "equivalent: nothing shows people"),
    (
        "boards",
        "/Board/properties/owner/x-ref",
        "equivalent: the owner is the caller, and nobody deletes people",
    ),
    ("boards", "/Board/properties/owner/x-ref/on-delete", "equivalent: nobody deletes people"),
    ("boards", "/NewCard/properties/pin/writeOnly", "equivalent: requests carry it either way"),
    ("boards", "/CardChange/properties/pin/writeOnly", "equivalent: requests carry it either way"),
    ("boards", "~1labels/post/x-effect/create/set", "equivalent: the body has the same members"),
    ("pantry", "/x-conduct/body-limit/else", "equivalent: says what is the default"),
    ("pantry", "/get/parameters/0/schema/default", "equivalent: the effect says the same default"),
    ("pantry", "/get/parameters/1/schema/default", "equivalent: the effect says the same default"),
    ("pantry", "/Problem/properties/reasons/x-value", "a refusal need not give reasons"),
    ("library", "/x-conduct/order", "equivalent: says what is the default"),
    ("library", "/x-conduct/paths/ignore-case", "equivalent: says what is the default"),
    ("library", "/x-collections/readers/unique", "equivalent: no operation makes or changes readers"),
    (
        "library",
        "/x-collections/passes/unique",
        "equivalent: tokens are the server's, and never twice the same",
    ),
    (
        "library",
        "/x-collections/copies/unique",
        "equivalent: the body's numbers differ, and each book is new",
    ),
    (
        "library",
        "~1me/get/x-effect/find/where/id",
        "whoever asks is the first reader: no operation makes another",
    ),
    ("library", "/Reader/properties/id/x-assign", "equivalent: readers come from the seed, with their ids"),
    (
        "library",
        "/Pass/properties/reader/x-ref",
        "whoever asks is the first reader: no operation makes another",
    ),
    ("library", "/Pass/properties/reader/x-ref/on-delete", "equivalent: nobody deletes readers"),
    ("library", "/Copy/properties/book/x-ref", "copies are seen only below their book"),
    ("library", "/Copy/properties/book/x-ref/on-delete", "no book that has copies is deleted on purpose"),
    ("pantry", "/x-conduct/unknown-properties", "equivalent: what is kept is shown nowhere"),
];

/// Those of the shipped document. Much of its state is the seed's: no operation makes workspaces, groups or environments.
const TOOLJET: &[(&str, &str, &str)] = &[
    ("tooljet", "/x-settings/", "equivalent: no client sends a setting"),
    ("tooljet", "/x-conduct/require", "equivalent: the API is switched on"),
    ("tooljet", "/x-conduct/order", "equivalent: says what is the default"),
    ("tooljet", "/x-conduct/head", "equivalent: says what is the default"),
    ("tooljet", "/x-conduct/unknown-properties", "equivalent: what is kept is shown nowhere"),
    ("tooljet", "/x-conduct/body-limit", "50 MB are not sent for every mutant: pantry has a small limit"),
    ("tooljet", "/x-conduct/body-limit/else", "equivalent: says what is the default"),
    (
        "tooljet",
        "/x-conduct/headers/Access-Control-Allow-Origin",
        "its value comes from the request, and is not judged",
    ),
    ("tooljet", "/x-conduct/violations/", "how a violated rule is worded is not judged"),
    ("tooljet", "/create/set/password", "equivalent: nothing shows a password"),
    ("tooljet", "/update/set/password", "equivalent: nothing shows a password"),
    (
        "tooljet",
        "/x-effect/0/find/where/anyOf/1",
        "a path that names in two ways is filled in the first, except to read",
    ),
    ("tooljet", "/x-effect/1/update/set", "equivalent: the body has the same members"),
    ("tooljet", "/x-effect/1/conflict", "equivalent: both outcomes are answered alike"),
    (
        "tooljet",
        "~1user~1{identifier}/patch/x-effect/3/",
        "no operation that the document spells out gives a place in a workspace",
    ),
    (
        "tooljet",
        "~1user~1{identifier}/patch/x-effect/3",
        "no operation that the document spells out gives a place in a workspace",
    ),
    (
        "tooljet",
        "~1workspace~1{workspaceId}/",
        "no operation that the document spells out gives a place in a workspace",
    ),
    (
        "tooljet",
        "~1apps~1{app_id}/post/x-effect/1/when",
        "equivalent: a version that is not named drops out of the look-up",
    ),
    (
        "tooljet",
        "~1import~1workspace~1{workspace_id}~1apps/",
        "both refusals are a 400: only their sentences differ",
    ),
    ("tooljet", "/components/responses/Forbidden/x-outcome", "equivalent: its examples say the same"),
    ("tooljet", "/components/responses/MalformedUserId/x-outcome", "equivalent: its example says the same"),
    ("tooljet", "/x-when", "which of two shapes a user has is decided by a flag that no request sets"),
    ("tooljet", "/UserStatus/enum", "equivalent: requests are held to a schema of their own"),
    ("tooljet", "/Workspace/required", "equivalent: a workspace has them all"),
    ("tooljet", "/Error/properties/statusCode/", "equivalent: every status is within it"),
    ("tooljet", "/StrictUuid/pattern", "what it shuts out names nothing, and is refused alike"),
    ("tooljet", "/DatabaseTable/", "of an exported document only what is exported is seen"),
    ("tooljet", "/AppV2/", "of an exported document only what is exported is seen"),
    ("tooljet", "/GlobalSettings/", "of an exported document only what is exported is seen"),
    ("tooljet", "/AppEnvironment/", "equivalent: environments come from the seed"),
    ("tooljet", "/AccessTokenRecord/", "equivalent: nothing shows tokens"),
    (
        "tooljet",
        "/UserRecord/properties/email/format",
        "equivalent: requests are held to a schema of their own",
    ),
    (
        "tooljet",
        "/UserRecord/properties/groupNames/",
        "no operation that the document spells out puts a user into a group",
    ),
    ("tooljet", "/WorkspaceRecord/", "equivalent: workspaces come from the seed"),
    ("tooljet", "/GroupRecord/", "equivalent: groups come from the seed"),
    (
        "tooljet",
        "/MembershipRecord/properties/workspace/x-ref/on-delete",
        "equivalent: nobody deletes workspaces",
    ),
    ("tooljet", "/GroupMemberRecord/properties/group/x-ref/on-delete", "equivalent: nobody deletes groups"),
    ("tooljet", "/AppRecord/properties/type/enum", "equivalent: no request sets it as it is"),
    ("tooljet", "/AppRecord/properties/updatedAt/", "equivalent: no operation changes an application"),
    ("tooljet", "/AppVersionRecord/", "versions are made by a named action"),
    ("tooljet", "/x-collections/workspaces/", "equivalent: workspaces come from the seed"),
    ("tooljet", "/x-collections/groups/", "equivalent: groups come from the seed"),
    ("tooljet", "/x-collections/environments/", "equivalent: environments come from the seed"),
    ("tooljet", "/x-collections/apps/ignore-case", "applications are made by a named action"),
    ("tooljet", "/x-collections/app_versions/unique", "versions are made by a named action"),
];

/// Why a mutant is not noticed, where that is known.
pub(super) fn reason(document: &str, pointer: &str) -> Option<&'static str> {
    let ends = |end: &str| pointer.ends_with(end) || (end.ends_with('/') && pointer.contains(end));
    let fits = |(own, end, _): &&(&str, &str, &str)| *own == document && ends(end);
    REASONS.iter().chain(TOOLJET).find(fits).map(|(_, _, why)| *why)
}
