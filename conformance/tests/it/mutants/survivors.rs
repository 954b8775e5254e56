//! Why nobody notices some wrong servers.

/// Document, end of the pointer, and why the edit is not noticed. What begins with `equivalent` is no wrong server at all.
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
    ("pantry", "/x-conduct/unknown-properties", "equivalent: what is kept is shown nowhere"),
];

/// Why a mutant is not noticed, where that is known.
pub(super) fn reason(document: &str, pointer: &str) -> Option<&'static str> {
    let fits = |(own, end, _): &&(&str, &str, &str)| *own == document && pointer.ends_with(end);
    REASONS.iter().find(fits).map(|(_, _, why)| *why)
}
