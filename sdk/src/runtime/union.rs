//! Unions whose kinds a property tells apart: reading them.

use serde::de::value::MapDeserializer;
use serde::de::{DeserializeOwned, Error as _};
use serde_json::{Map, Value};

/// What a kind has besides the property that names it; `None` when it has another shape than the document says.
#[allow(dead_code, reason = "only platforms with unions need it")]
pub(crate) fn rest_of<T: DeserializeOwned>(
    union: &'static str,
    property: &'static str,
    kind: &'static str,
    members: &Map<String, Value>,
) -> Option<T> {
    let rest = members.iter().filter(|(name, _)| *name != property);
    let rest = MapDeserializer::new(rest.map(|(name, value)| (name.as_str(), value)));
    let read: Result<T, serde_json::Error> = T::deserialize(rest);
    if read.is_err() {
        // What the error says can quote what was received, so it is not repeated here.
        tracing::warn!(union, kind, "a known kind is not what was declared, and is kept as it came");
    }
    read.ok()
}

/// The members of what should be a union.
///
/// # Errors
/// When it is no object.
#[allow(dead_code, reason = "only platforms with unions need it")]
pub(crate) fn members_of<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Map<String, Value>, D::Error> {
    use serde::Deserialize;
    match Value::deserialize(deserializer)? {
        Value::Object(members) => Ok(members),
        _ => Err(D::Error::custom("an object was expected, one of several kinds")),
    }
}

/// Makes an enum with an `Unknown(Map)` read as what its property says it is.
#[doc(hidden)]
#[macro_export]
macro_rules! tagged_union {
    ($name:ident, $property:literal: $($variant:ident = $value:literal),*) => {
        impl $name {
            /// The kinds that the document knows.
            pub const KNOWN: &'static [&'static str] = &[$($value),*];
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let members = $crate::runtime::members_of(deserializer)?;
                let known = match members.get($property).and_then(::serde_json::Value::as_str) {
                    $(Some($value) => {
                        $crate::runtime::rest_of(stringify!($name), $property, $value, &members).map(Self::$variant)
                    })*
                    _ => None,
                };
                Ok(known.unwrap_or_else(|| Self::Unknown(members)))
            }
        }
    };
}
