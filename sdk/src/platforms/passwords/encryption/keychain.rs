//! CSEv1r1's keychain: the keys of all objects, sealed under the passphrase.

use std::fmt::{self, Write as _};

use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use super::error::VaultError;
use super::key::{KEY, Key, NONCE, SALT, open_under, random, seal_under};
use super::passphrase::Passphrase;

/// Keys by id, in their order, and the id of the one that is in use.
#[derive(Clone, Default)]
pub(super) struct Keychain {
    keys: Vec<(String, Key)>,
    current: Option<String>,
    /// Members that are not known here, written back as they came.
    extra: Vec<(String, Zeroizing<String>)>,
}

impl Keychain {
    /// One with a single key.
    pub(super) fn create() -> Result<Self, VaultError> {
        Self::default().rotated()
    }

    /// The same keys and a new one, which is in use.
    pub(super) fn rotated(&self) -> Result<Self, VaultError> {
        let mut next = self.clone();
        let id = uuid::Builder::from_random_bytes(random()?).into_uuid().to_string();
        next.keys.push((id.clone(), Key::random()?));
        next.current = Some(id);
        Ok(next)
    }

    pub(super) fn open(sealed: &str, passphrase: &Passphrase) -> Result<Self, VaultError> {
        Self::read(&open_under(passphrase.expose(), sealed)?)
    }

    pub(super) fn seal(&self, passphrase: &Passphrase) -> Result<String, VaultError> {
        self.seal_with(passphrase, &random()?, &random()?)
    }

    pub(super) fn seal_with(
        &self,
        passphrase: &Passphrase,
        salt: &[u8; SALT],
        nonce: &[u8; NONCE],
    ) -> Result<String, VaultError> {
        seal_under(passphrase.expose(), salt, nonce, &self.write())
    }

    pub(super) fn key(&self, id: &str) -> Result<&Key, VaultError> {
        let found = self.keys.iter().find(|(known, _)| known == id);
        found.map(|(_, key)| key).ok_or_else(|| VaultError::UnknownKey(id.to_owned()))
    }

    /// The key in use, with its id.
    pub(super) fn current(&self) -> Result<(&str, &Key), VaultError> {
        let id = self.current.as_deref().ok_or(VaultError::NoCurrentKey)?;
        Ok((id, self.key(id)?))
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(|(id, _)| id.as_str())
    }

    pub(super) fn read(text: &str) -> Result<Self, VaultError> {
        serde_json::from_str(text).map_err(|error| {
            // What serde says of a wrong value shows it.
            let why = match error.classify() {
                serde_json::error::Category::Data => "a member is missing, or not what it should be,",
                _ => "it is no JSON",
            };
            VaultError::NoKeychain { why, column: error.column() }
        })
    }

    /// As JSON, in a text that does not grow: growing would leave keys behind.
    pub(super) fn write(&self) -> Zeroizing<String> {
        let keys: usize = self.keys.iter().map(|(id, _)| 6 * id.len() + 2 * KEY + 8).sum();
        let extra: usize = self.extra.iter().map(|(name, value)| 6 * name.len() + value.len() + 4).sum();
        let current = 6 * self.current.as_ref().map_or(1, String::len);
        let mut text = Zeroizing::new(String::with_capacity(keys + extra + current + 64));
        text.push_str(r#"{"keys":{"#);
        for (index, (id, key)) in self.keys.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            // Writing to a text does not fail.
            let _ = write!(text, "{comma}{}:\"{}\"", quoted(id), key.to_hex().as_str());
        }
        let current = self.current.as_deref().map_or_else(|| "null".to_owned(), quoted);
        let _ = write!(text, "}},\"current\":{current}");
        for (name, value) in &self.extra {
            let _ = write!(text, ",{}:{}", quoted(name), value.as_str());
        }
        text.push('}');
        text
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

impl<'de> Deserialize<'de> for Keychain {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Keychain;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a keychain")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Keychain, A::Error> {
                let (mut keys, mut current, mut extra) = (None, None, Vec::new());
                while let Some(name) = map.next_key::<String>()? {
                    match name.as_str() {
                        "keys" => keys = Some(map.next_value::<Keys>()?.0),
                        "current" => current = Some(map.next_value::<Option<String>>()?),
                        _ => {
                            let value = map.next_value::<&RawValue>()?;
                            extra.push((name, Zeroizing::new(value.get().to_owned())));
                        }
                    }
                }
                let keys = keys.ok_or_else(|| de::Error::missing_field("keys"))?;
                let current = current.ok_or_else(|| de::Error::missing_field("current"))?;
                Ok(Keychain { keys, current, extra })
            }
        }
        deserializer.deserialize_map(Members)
    }
}

/// The keys, read from the text itself: a copy of it would not be wiped.
struct Keys(Vec<(String, Key)>);

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Keys;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("keys by id")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Keys, A::Error> {
                let mut keys: Vec<(String, Key)> = Vec::new();
                while let Some((id, key)) = map.next_entry::<String, Key>()? {
                    // The last one counts, as in the platform's own clients.
                    keys.retain(|(known, _)| *known != id);
                    keys.push((id, key));
                }
                Ok(Keys(keys))
            }
        }
        deserializer.deserialize_map(Members)
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Digits;
        impl Visitor<'_> for Digits {
            type Value = Key;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("64 hexadecimal digits")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Key, E> {
                Key::from_hex(text).ok_or_else(|| E::custom("a key is not 64 hexadecimal digits"))
            }
        }
        deserializer.deserialize_str(Digits)
    }
}
