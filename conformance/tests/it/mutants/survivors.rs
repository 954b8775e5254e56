//! Why nobody notices some wrong servers.

/// Document, end of the pointer, and why the edit is not noticed. What begins with `equivalent` is no wrong server at all.
const REASONS: &[(&str, &str, &str)] = &[];

/// Why a mutant is not noticed, where that is known.
pub(super) fn reason(document: &str, pointer: &str) -> Option<&'static str> {
    let fits = |(own, end, _): &&(&str, &str, &str)| *own == document && pointer.ends_with(end);
    REASONS.iter().find(fits).map(|(_, _, why)| *why)
}
