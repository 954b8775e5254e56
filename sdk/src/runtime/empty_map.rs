//! Maps of servers that write an empty one as `[]`, for `#[serde(with = …)]`.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, Serialize, Serializer};

/// Reads `[]` as an empty map, and everything else as the map it is.
///
/// # Errors
/// When it is neither.
pub(crate) fn deserialize<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    struct Either<T>(PhantomData<T>);
    impl<'de, T: Deserialize<'de> + Default> Visitor<'de> for Either<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a map, or an empty list")
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
            T::deserialize(MapAccessDeserializer::new(map))
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<T, A::Error> {
            match list.next_element::<IgnoredAny>()? {
                None => Ok(T::default()),
                Some(_) => Err(serde::de::Error::invalid_type(Unexpected::Seq, &self)),
            }
        }
    }
    deserializer.deserialize_any(Either(PhantomData))
}

/// Writes a map as one, also an empty one.
///
/// # Errors
/// When the serializer does.
pub(crate) fn serialize<S: Serializer, T: Serialize>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    value.serialize(serializer)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Serialize};

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Keys {
        #[serde(with = "super")]
        keys: BTreeMap<String, String>,
    }

    #[test]
    fn both_are_read_and_one_is_written() {
        for text in [r#"{"keys":[]}"#, r#"{"keys":{}}"#] {
            let read: Keys = serde_json::from_str(text).unwrap();
            assert!(read.keys.is_empty());
            assert_eq!(serde_json::to_string(&read).unwrap(), r#"{"keys":{}}"#);
        }
        let full = r#"{"keys":{"a":"b"}}"#;
        assert_eq!(serde_json::to_string(&serde_json::from_str::<Keys>(full).unwrap()).unwrap(), full);
        for text in [r#"{"keys":["a"]}"#, r#"{"keys":null}"#, r#"{"keys":"a"}"#, "{}"] {
            assert!(serde_json::from_str::<Keys>(text).is_err(), "{text}");
        }
    }
}
