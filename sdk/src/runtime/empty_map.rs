//! Maps of servers that write an empty one as `[]`, for `#[serde(deserialize_with = …)]`.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};

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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    #[derive(Deserialize)]
    struct Keys {
        #[serde(deserialize_with = "super::deserialize")]
        keys: BTreeMap<String, String>,
    }

    #[test]
    fn both_are_read() {
        for text in [r#"{"keys":[]}"#, r#"{"keys":{}}"#] {
            let read: Keys = serde_json::from_str(text).unwrap();
            assert!(read.keys.is_empty());
        }
        let full: Keys = serde_json::from_str(r#"{"keys":{"a":"b"}}"#).unwrap();
        assert_eq!(full.keys["a"], "b");
        for text in [r#"{"keys":["a"]}"#, r#"{"keys":null}"#, r#"{"keys":"a"}"#, "{}"] {
            assert!(serde_json::from_str::<Keys>(text).is_err(), "{text}");
        }
    }
}
