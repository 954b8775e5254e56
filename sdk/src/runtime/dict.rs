//! Maps of servers that write an empty one as `[]`.

use std::collections::{BTreeMap, btree_map};
use std::ops::{Deref, DerefMut};

use serde::{Deserialize, Deserializer, Serialize};

use super::empty_map;

/// A map from names, of a server that writes an empty one as `[]`: both are read. Derefs to the map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Dict<V>(BTreeMap<String, V>);

impl<V> Dict<V> {
    /// The map itself.
    #[must_use]
    pub fn into_inner(self) -> BTreeMap<String, V> {
        self.0
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Dict<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        empty_map::deserialize(deserializer).map(Self)
    }
}

impl<V> Default for Dict<V> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<V> Deref for Dict<V> {
    type Target = BTreeMap<String, V>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<V> DerefMut for Dict<V> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl<V> From<BTreeMap<String, V>> for Dict<V> {
    fn from(map: BTreeMap<String, V>) -> Self {
        Self(map)
    }
}

impl<V> FromIterator<(String, V)> for Dict<V> {
    fn from_iter<I: IntoIterator<Item = (String, V)>>(members: I) -> Self {
        Self(members.into_iter().collect())
    }
}

impl<V> IntoIterator for Dict<V> {
    type Item = (String, V);
    type IntoIter = btree_map::IntoIter<String, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'d, V> IntoIterator for &'d Dict<V> {
    type Item = (&'d String, &'d V);
    type IntoIter = btree_map::Iter<'d, String, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::Dict;

    #[test]
    fn an_empty_list_is_an_empty_map_and_is_written_as_one() {
        for text in ["[]", "{}"] {
            let read: Dict<String> = serde_json::from_str(text).unwrap();
            assert_eq!(read, Dict::default());
            assert_eq!(serde_json::to_string(&read).unwrap(), "{}");
        }
        let read: Dict<i64> = serde_json::from_str(r#"{"a":1}"#).unwrap();
        assert_eq!(read["a"], 1);
        assert_eq!(serde_json::to_string(&read).unwrap(), r#"{"a":1}"#);
        assert_eq!((&read).into_iter().count(), 1);
        for text in [r#"["a"]"#, "null", r#"{"a":"b"}"#] {
            assert!(serde_json::from_str::<Dict<i64>>(text).is_err(), "{text}");
        }
    }
}
