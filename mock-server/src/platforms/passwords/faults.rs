//! What objects are refused with; the message decides the `id` of the answer (facts: passwords 1.6).

use crate::outcome::Outcome;

/// Anything that the product did not foresee.
pub(super) fn unavailable() -> Outcome {
    Outcome::new("unavailable", "Unable to complete request")
}

/// No such object, or not the caller's.
pub(super) fn not_found() -> Outcome {
    Outcome::not_found("Resource not found")
}

/// A field that may not be empty is.
pub(super) fn empty(field: &str) -> Outcome {
    Outcome::new(format!("{field}-empty"), format!("Field \"{field}\" can not be empty"))
}

/// The hash is none that the account's setting allows.
pub(super) fn hash_invalid() -> Outcome {
    Outcome::new("hash-invalid", "Field \"hash\" must contain a valid sha1 hash")
}

/// The caller has no such tag.
pub(super) fn tag_unknown() -> Outcome {
    Outcome::new("tag-unknown", "Tag does not exist")
}

/// There is no such encryption, the account has none, or there is a key without it.
pub(super) fn cse_type_invalid() -> Outcome {
    Outcome::new("cse-type-invalid", "Invalid client side encryption type")
}

/// Encrypted by the client, but with which key?
pub(super) fn cse_key_missing() -> Outcome {
    Outcome::new("cse-key-missing", "Client side encryption key missing")
}

/// Neither client nor server would encrypt it.
pub(super) fn encryption_missing() -> Outcome {
    Outcome::new("encryption-missing", "No encryption specified")
}

/// The named revision is not the current one any more.
pub(super) fn outdated() -> Outcome {
    Outcome::new("outdated-revision", "Outdated revision id")
}

/// As [`outdated`], of an object that is in the trash: the product answers that with another status.
pub(super) fn outdated_trash() -> Outcome {
    outdated().named("outdated-trash")
}

/// A revision of another object.
pub(super) fn foreign_revision() -> Outcome {
    Outcome::new("foreign-revision", "Invalid revision id")
}

/// The base folder is as it is.
pub(super) fn base_folder() -> Outcome {
    Outcome::new("base-folder", "Can not edit base folder")
}

/// What is shared cannot be encrypted by the client.
pub(super) fn shared_cse() -> Outcome {
    Outcome::new("shared-cse", "CSE type does not support sharing")
}

/// What is shared cannot be encrypted so by the server.
pub(super) fn shared_sse() -> Outcome {
    Outcome::new("sse-not-shareable", "SSE type does not support sharing")
}

/// What is shared cannot be hidden.
pub(super) fn shared_hidden() -> Outcome {
    Outcome::new("shared-hidden", "Shared entity can not be hidden")
}
