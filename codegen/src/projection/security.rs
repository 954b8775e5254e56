//! Security: where credentials go, which progenitor leaves to hooks.

use serde_json::Value;
use tercet_spec::Pointer;

use super::meta::{SchemeMeta, SchemePlace};
use super::notes::Notes;
use super::roots::keys;

/// The security schemes that a client can present a credential for.
pub(crate) fn schemes(notes: &mut Notes<'_>) -> Vec<SchemeMeta> {
    let at = Pointer::root().child("components").child("securitySchemes");
    let mut schemes = Vec::new();
    for name in keys(notes, &at) {
        let Some((scheme, _)) = notes.resolve(&at.child(&name)) else { continue };
        let text = |key: &str| scheme.get(key).and_then(Value::as_str).unwrap_or_default();
        let http = text("scheme").to_ascii_lowercase();
        let prefix = scheme.pointer("/x-credential/prefix");
        // In whatever case a server takes it, it is sent as it is written here.
        let own_prefix = prefix.map(|prefix| prefix.get("text").unwrap_or(prefix));
        let own_prefix = own_prefix.and_then(Value::as_str).unwrap_or_default();
        let authorization = || SchemePlace::Header("Authorization".to_owned());
        let (place, prefix) = match (text("type"), text("in"), http.as_str()) {
            ("apiKey", "header", _) => (SchemePlace::Header(text("name").to_owned()), own_prefix),
            ("apiKey", "query", _) => (SchemePlace::Query(text("name").to_owned()), own_prefix),
            ("apiKey", "cookie", _) => (SchemePlace::Cookie(text("name").to_owned()), own_prefix),
            ("http", _, "basic") => (SchemePlace::Basic, ""),
            ("http", _, "bearer") | ("oauth2" | "openIdConnect", ..) => (authorization(), "Bearer "),
            // Any other scheme: the whole value of the header is the credential.
            ("http", ..) => (authorization(), own_prefix),
            _ => continue,
        };
        schemes.push(SchemeMeta {
            description: scheme.get("description").and_then(Value::as_str).map(str::to_owned),
            name,
            place,
            prefix: prefix.to_owned(),
        });
    }
    schemes
}

/// Whether a security scheme puts its credential where this parameter stands. The client's credential is sent there, so
/// that nobody has to.
pub(crate) fn carries(notes: &mut Notes<'_>, location: &str, name: &str) -> bool {
    let at = Pointer::root().child("components").child("securitySchemes");
    keys(notes, &at).iter().any(|scheme| {
        let Some((scheme, _)) = notes.resolve(&at.child(scheme)) else { return false };
        let text = |key: &str| scheme.get(key).and_then(Value::as_str).unwrap_or_default();
        let same = match location {
            "header" => text("name").eq_ignore_ascii_case(name),
            _ => text("name") == name,
        };
        text("type") == "apiKey" && text("in") == location && same
    })
}

/// An operation's alternatives, or the document's where it has none of its own.
pub(crate) fn alternatives(notes: &Notes<'_>, operation: &Value) -> Vec<Vec<String>> {
    let own = operation.get("security").or_else(|| notes.document.root().get("security"));
    let alternatives = own.and_then(Value::as_array).into_iter().flatten();
    alternatives.filter_map(Value::as_object).map(|needed| needed.keys().cloned().collect()).collect()
}
